"""The verbs of training: the only door for writes, gathered from its nouns."""

from jembol.training.actions.catalogue import (
    seed_courses,
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
from jembol.training.actions.holding import (
    hold,
)
from jembol.training.actions.invitations import (
    Invited,
    invite,
    open_letter,
    refuse_channel,
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
from jembol.training.actions.planning import (
    PlanDetails,
    add_cost,
    change_cost,
    make_plan,
    remove_cost,
)
from jembol.training.actions.rolls import (
    attend_many,
    strike_many,
    take_roll,
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
    sign_up,
)
from jembol.training.actions.wording import (
    change_times,
    change_wording,
)

__all__ = (
    "Invited",
    "MentorDetails",
    "PlanDetails",
    "Point",
    "Registered",
    "Tidings",
    "add_claim",
    "add_cost",
    "add_mentor",
    "add_session",
    "attend_many",
    "cancel",
    "cancel_session",
    "change_class",
    "change_cost",
    "change_mentor",
    "change_times",
    "change_wording",
    "choose_mentors",
    "copy_class",
    "hold",
    "invite",
    "make_plan",
    "move_session",
    "open_class",
    "open_letter",
    "publish",
    "refuse_channel",
    "register",
    "register_many",
    "remove_class",
    "remove_cost",
    "remove_registrations",
    "repeat_class",
    "seed_courses",
    "sign_up",
    "stop_untrue",
    "strike_many",
    "take_roll",
    "tell_some",
    "unpublish",
    "withdraw",
)
