"""Verbs of outreach."""

from jembol.outreach.actions.changing import drop_stop, move_stop, note_illness
from jembol.outreach.actions.planning import FoundWeek, find_week, keep_week, order_week
from jembol.outreach.actions.profiles import (
    ProfileDetails,
    ServiceDetails,
    cancel_service_day,
    open_service_day,
    set_profile,
)
from jembol.outreach.actions.stops import mark_stop

__all__ = [
    "FoundWeek",
    "ProfileDetails",
    "ServiceDetails",
    "cancel_service_day",
    "drop_stop",
    "find_week",
    "keep_week",
    "mark_stop",
    "move_stop",
    "note_illness",
    "open_service_day",
    "order_week",
    "set_profile",
]
