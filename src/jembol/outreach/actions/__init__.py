"""Verbs of outreach."""

from jembol.outreach.actions.answering import (
    close_referral,
    keep_promise,
    let_lapse,
    meet_need,
)
from jembol.outreach.actions.gatherings import (
    ReplyText,
    answer_gathering,
    gather_wishes,
    split_gathering,
)
from jembol.outreach.actions.photos import (
    PhotoSaid,
    Received,
    announce_photo,
    drop_stale_pieces,
    received,
    take_piece,
)
from jembol.outreach.actions.rt_doors import (
    close_rt_door,
    open_rt_door,
    open_rt_doors,
    replace_rt_door,
    set_wish_policy,
)
from jembol.outreach.actions.visits import (
    VisitSaid,
    change_visit,
    note_visit,
)
from jembol.outreach.actions.weighing import (
    note_estimates,
    set_need_weights,
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
    "PhotoSaid",
    "Received",
    "ReplyText",
    "Told",
    "VisitSaid",
    "WishText",
    "announce_photo",
    "answer_gathering",
    "change_visit",
    "change_wish",
    "close_referral",
    "close_rt_door",
    "drop_stale_pieces",
    "gather_wishes",
    "keep_promise",
    "let_lapse",
    "meet_need",
    "note_estimates",
    "note_visit",
    "open_rt_door",
    "open_rt_doors",
    "received",
    "replace_rt_door",
    "set_need_weights",
    "set_wish_policy",
    "split_gathering",
    "take_piece",
    "tell_wish",
    "tell_wish_by_link",
    "withdraw_wish",
    "withdraw_wish_by_link",
]
