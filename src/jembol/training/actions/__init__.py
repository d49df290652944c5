"""The verbs of training: the only door for writes, gathered from its nouns."""

from jembol.training.actions.aftermath import (
    form_group_out,
    note_follow_up,
    note_outcome,
)
from jembol.training.actions.answering import (
    accept,
    decline,
    leave_list,
)
from jembol.training.actions.applying import (
    Applied,
    apply,
    override,
    register_group,
)
from jembol.training.actions.bundles import (
    keep_bundle,
    order_bundle,
)
from jembol.training.actions.catalogue import (
    seed_courses,
)
from jembol.training.actions.certificates import (
    close_batch,
    issue_certificates,
    issue_next,
    reissue_certificate,
    revoke_certificate,
    set_certificate_numbering,
    set_certificate_rule,
)
from jembol.training.actions.classes import (
    add_claim,
    cancel,
    change_class,
    open_class,
    publish,
    remove_class,
    unpublish,
)
from jembol.training.actions.copying import (
    Point,
    copy_class,
    repeat_class,
)
from jembol.training.actions.doors import (
    set_door_hours,
    settle_scan,
)
from jembol.training.actions.drawing import (
    commit_to_secret,
    draw_seats,
)
from jembol.training.actions.exams import (
    answer_oneself,
    note_answers,
    set_exam,
)
from jembol.training.actions.holding import (
    hold,
)
from jembol.training.actions.invitations import (
    Invited,
    invite,
    open_letter,
    refuse_channel,
)
from jembol.training.actions.materials import (
    add_material,
    add_photo,
    remove_material,
    remove_photo,
)
from jembol.training.actions.mentors import (
    MentorDetails,
    add_mentor,
    change_mentor,
    choose_mentors,
)
from jembol.training.actions.notices import (
    Tidings,
    stop_untrue,
    tell_some,
)
from jembol.training.actions.offers import (
    settle,
)
from jembol.training.actions.opinions import (
    give_opinion,
)
from jembol.training.actions.packs import (
    add_hand_over,
    keep_pack,
    note_spending,
    number_letter,
    order_pack,
    remove_hand_over,
    write_minutes,
)
from jembol.training.actions.planning import (
    PlanDetails,
    add_cost,
    change_cost,
    make_plan,
    remove_cost,
)
from jembol.training.actions.presence import (
    note_partial_day,
    walk_in,
)
from jembol.training.actions.rolls import (
    attend_many,
    strike_many,
    take_roll,
)
from jembol.training.actions.rule_writing import (
    RuleText,
    write_rule,
)
from jembol.training.actions.scans import (
    ScanSaid,
    note_scan,
)
from jembol.training.actions.seats import (
    Registered,
    register,
    register_many,
    remove_registrations,
    withdraw,
)
from jembol.training.actions.sessions import (
    add_session,
    cancel_session,
    move_session,
)
from jembol.training.actions.sign_ups import (
    SignedUp,
    sign_up,
    sign_up_by_rule,
)
from jembol.training.actions.tickets import (
    issue_tickets,
)
from jembol.training.actions.wording import (
    change_times,
    change_wording,
)

__all__ = (
    "Applied",
    "Invited",
    "MentorDetails",
    "PlanDetails",
    "Point",
    "Registered",
    "RuleText",
    "ScanSaid",
    "SignedUp",
    "Tidings",
    "accept",
    "add_claim",
    "add_cost",
    "add_hand_over",
    "add_material",
    "add_mentor",
    "add_photo",
    "add_session",
    "answer_oneself",
    "apply",
    "attend_many",
    "cancel",
    "cancel_session",
    "change_class",
    "change_cost",
    "change_mentor",
    "change_times",
    "change_wording",
    "choose_mentors",
    "close_batch",
    "commit_to_secret",
    "copy_class",
    "decline",
    "draw_seats",
    "form_group_out",
    "give_opinion",
    "hold",
    "invite",
    "issue_certificates",
    "issue_next",
    "issue_tickets",
    "keep_bundle",
    "keep_pack",
    "leave_list",
    "make_plan",
    "move_session",
    "note_answers",
    "note_follow_up",
    "note_outcome",
    "note_partial_day",
    "note_scan",
    "note_spending",
    "number_letter",
    "open_class",
    "open_letter",
    "order_bundle",
    "order_pack",
    "override",
    "publish",
    "refuse_channel",
    "register",
    "register_group",
    "register_many",
    "reissue_certificate",
    "remove_class",
    "remove_cost",
    "remove_hand_over",
    "remove_material",
    "remove_photo",
    "remove_registrations",
    "repeat_class",
    "revoke_certificate",
    "seed_courses",
    "set_certificate_numbering",
    "set_certificate_rule",
    "set_door_hours",
    "set_exam",
    "settle",
    "settle_scan",
    "sign_up",
    "sign_up_by_rule",
    "stop_untrue",
    "strike_many",
    "take_roll",
    "tell_some",
    "unpublish",
    "walk_in",
    "withdraw",
    "write_minutes",
    "write_rule",
)
