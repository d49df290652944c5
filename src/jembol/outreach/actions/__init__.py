"""Verbs of outreach."""

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

__all__ = [
    "PhotoSaid",
    "Received",
    "VisitSaid",
    "announce_photo",
    "change_visit",
    "drop_stale_pieces",
    "hand_over",
    "note_visit",
    "received",
    "retire_form",
    "show_form",
    "take_form_in",
    "take_piece",
]
