"""The verbs of the register, the only door for its writes."""

from jembol.registry.actions.consents import (
    give_consent,
    publish_consent_text,
    withdraw_consent,
)
from jembol.registry.actions.contacts import (
    resume_messages_by_link,
    stop_messages,
    stop_messages_by_link,
)
from jembol.registry.actions.deciles import (
    note_decile,
)
from jembol.registry.actions.entering import (
    Entered,
    EnteredAsTold,
    enter,
    enter_as_told,
    recognise,
)
from jembol.registry.actions.enterprises import (
    add_enterprise,
    add_enterprises,
    begin_ownership,
    change_enterprise,
    pass_on,
    remove_enterprise,
)
from jembol.registry.actions.groups import (
    form_group,
    join,
    leave,
    remove_group,
)
from jembol.registry.actions.households import (
    form_household,
    move_in,
    move_out,
    reveal_kk,
)
from jembol.registry.actions.link_keys import (
    rebuild_link_keys,
)
from jembol.registry.actions.memberships import (
    join_many,
    remove_memberships,
)
from jembol.registry.actions.merging import (
    judge,
    judge_enterprises,
    merge,
    merge_enterprises,
    unmerge,
    unmerge_enterprises,
)
from jembol.registry.actions.number_checks import (
    begin_number_check,
    finish_number_check,
)
from jembol.registry.actions.people import (
    PersonEdit,
    change,
    change_many,
    enrol,
    enrol_many,
    remove_many,
    remove_person,
    reveal_nik,
)
from jembol.registry.actions.reports import (
    Telling,
    report,
    report_many,
    withdraw_reports,
)
from jembol.registry.actions.telling_apart import (
    tell_apart,
)
from jembol.registry.details import (
    EnterpriseDetails,
    PersonDetails,
)

__all__ = [
    "Entered",
    "EnteredAsTold",
    "EnterpriseDetails",
    "PersonDetails",
    "PersonEdit",
    "Telling",
    "add_enterprise",
    "add_enterprises",
    "begin_number_check",
    "begin_ownership",
    "change",
    "change_enterprise",
    "change_many",
    "enrol",
    "enrol_many",
    "enter",
    "enter_as_told",
    "finish_number_check",
    "form_group",
    "form_household",
    "give_consent",
    "join",
    "join_many",
    "judge",
    "judge_enterprises",
    "leave",
    "merge",
    "merge_enterprises",
    "move_in",
    "move_out",
    "note_decile",
    "pass_on",
    "publish_consent_text",
    "rebuild_link_keys",
    "recognise",
    "remove_enterprise",
    "remove_group",
    "remove_many",
    "remove_memberships",
    "remove_person",
    "report",
    "report_many",
    "resume_messages_by_link",
    "reveal_kk",
    "reveal_nik",
    "stop_messages",
    "stop_messages_by_link",
    "tell_apart",
    "unmerge",
    "unmerge_enterprises",
    "withdraw_consent",
    "withdraw_reports",
]
