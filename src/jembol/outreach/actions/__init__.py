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
from jembol.outreach.actions.rt_doors import (
    close_rt_door,
    open_rt_door,
    open_rt_doors,
    replace_rt_door,
    set_wish_policy,
)
from jembol.outreach.actions.stops import (
    mark_stop,
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
    "FoundWeek",
    "PhotoSaid",
    "ProfileDetails",
    "Received",
    "ReplyText",
    "ServiceDetails",
    "Told",
    "VisitSaid",
    "WishText",
    "announce_photo",
    "answer_gathering",
    "cancel_service_day",
    "change_visit",
    "change_wish",
    "close_referral",
    "close_rt_door",
    "drop_stale_pieces",
    "drop_stop",
    "find_week",
    "gather_wishes",
    "keep_promise",
    "keep_week",
    "let_lapse",
    "mark_stop",
    "meet_need",
    "move_stop",
    "note_estimates",
    "note_illness",
    "note_visit",
    "open_rt_door",
    "open_rt_doors",
    "open_service_day",
    "order_week",
    "received",
    "replace_rt_door",
    "set_need_weights",
    "set_profile",
    "set_wish_policy",
    "split_gathering",
    "take_piece",
    "tell_wish",
    "tell_wish_by_link",
    "withdraw_wish",
    "withdraw_wish_by_link",
]
