"""Verbs of outreach."""

from jembol.outreach.actions.answering import (
    close_referral,
    keep_promise,
    let_lapse,
    meet_need,
)
from jembol.outreach.actions.charges import (
    hand_over,
)
from jembol.outreach.actions.forms import (
    retire_form,
    show_form,
    take_form_in,
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
    "hand_over",
    "keep_promise",
    "let_lapse",
    "meet_need",
    "note_estimates",
    "note_visit",
    "received",
    "retire_form",
    "set_need_weights",
    "show_form",
    "take_form_in",
    "take_piece",
]
