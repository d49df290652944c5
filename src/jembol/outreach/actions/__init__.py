"""Verbs of outreach."""

from jembol.outreach.actions.photos import (
    PhotoSaid,
    Received,
    announce_photo,
    drop_stale_pieces,
    received,
    take_piece,
)
from jembol.outreach.actions.visits import VisitSaid, change_visit, note_visit

__all__ = [
    "PhotoSaid",
    "Received",
    "VisitSaid",
    "announce_photo",
    "change_visit",
    "drop_stale_pieces",
    "note_visit",
    "received",
    "take_piece",
]
