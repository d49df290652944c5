"""Answers about outreach."""

from jembol.outreach.queries.rt_doors import Came, Policy, came_to, policy_of, rt_doors, wishes_of
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
    "Came",
    "Policy",
    "Proposed",
    "came_to",
    "gatherings_proposed",
    "next_visit_told",
    "open_wishes_by_area",
    "policy_of",
    "reply_of",
    "rt_doors",
    "visits_answered",
    "wishes",
    "wishes_of",
]
