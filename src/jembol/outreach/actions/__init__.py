"""Verbs of outreach."""

from jembol.outreach.actions.answering import (
    close_referral,
    keep_promise,
    let_lapse,
    meet_need,
)
from jembol.outreach.actions.changing import (
    drop_stop,
    move_stop,
    note_illness,
)
from jembol.outreach.actions.planning import (
    FoundWeek,
    find_week,
    keep_week,
    order_week,
)
from jembol.outreach.actions.profiles import (
    ProfileDetails,
    ServiceDetails,
    cancel_service_day,
    open_service_day,
    set_profile,
)
from jembol.outreach.actions.stops import (
    mark_stop,
)
from jembol.outreach.actions.weighing import (
    note_estimates,
    set_need_weights,
)

__all__ = [
    "FoundWeek",
    "ProfileDetails",
    "ServiceDetails",
    "cancel_service_day",
    "close_referral",
    "drop_stop",
    "find_week",
    "keep_promise",
    "keep_week",
    "let_lapse",
    "mark_stop",
    "meet_need",
    "move_stop",
    "note_estimates",
    "note_illness",
    "open_service_day",
    "order_week",
    "set_need_weights",
    "set_profile",
]
