"""Verbs of outreach."""

from jembol.outreach.actions.gatherings import (
    ReplyText,
    answer_gathering,
    gather_wishes,
    split_gathering,
)
from jembol.outreach.actions.rt_doors import (
    close_rt_door,
    open_rt_door,
    open_rt_doors,
    replace_rt_door,
    set_wish_policy,
)
from jembol.outreach.actions.wishes import (
    Told,
    WishText,
    change_wish,
    tell_wish,
    tell_wish_by_link,
    withdraw_wish,
    withdraw_wish_by_link,
)

__all__ = [
    "ReplyText",
    "Told",
    "WishText",
    "answer_gathering",
    "change_wish",
    "close_rt_door",
    "gather_wishes",
    "open_rt_door",
    "open_rt_doors",
    "replace_rt_door",
    "set_wish_policy",
    "split_gathering",
    "tell_wish",
    "tell_wish_by_link",
    "withdraw_wish",
    "withdraw_wish_by_link",
]
