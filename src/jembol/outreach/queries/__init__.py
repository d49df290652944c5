"""Answers about outreach."""

from jembol.outreach.queries.measures import AreaMeasure, Ratio, measures_of, totals_of
from jembol.outreach.queries.need import AreaNeed, due_day, needs_of, weighing_of, weighings
from jembol.outreach.queries.week import (
    monday_of,
    open_needs,
    open_promises,
    open_referrals,
    waiting_since,
    week_of,
)

__all__ = [
    "AreaMeasure",
    "AreaNeed",
    "Ratio",
    "due_day",
    "measures_of",
    "monday_of",
    "needs_of",
    "open_needs",
    "open_promises",
    "open_referrals",
    "totals_of",
    "waiting_since",
    "week_of",
    "weighing_of",
    "weighings",
]
