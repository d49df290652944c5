"""Verbs of outreach."""

from jembol.outreach.actions.answering import (
    close_referral,
    keep_promise,
    let_lapse,
    meet_need,
)
from jembol.outreach.actions.photos import (
    PhotoSaid,
    Received,
    announce_photo,
    drop_stale_pieces,
    received,
    take_piece,
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

__all__ = [
    "PhotoSaid",
    "Received",
    "VisitSaid",
    "announce_photo",
    "change_visit",
    "close_referral",
    "drop_stale_pieces",
    "keep_promise",
    "let_lapse",
    "meet_need",
    "note_estimates",
    "note_visit",
    "received",
    "set_need_weights",
    "take_piece",
]
