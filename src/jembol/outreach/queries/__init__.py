"""Answers about outreach."""

from jembol.outreach.queries.wishes import (
    WITH_REPLY,
    Proposed,
    gatherings_proposed,
    next_visit_told,
    open_wishes_by_area,
    reply_of,
    visits_answered,
    wishes,
)

__all__ = [
    "WITH_REPLY",
    "Proposed",
    "gatherings_proposed",
    "next_visit_told",
    "open_wishes_by_area",
    "reply_of",
    "visits_answered",
    "wishes",
]
