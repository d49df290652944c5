"""Answers about outreach."""

from jembol.outreach.queries.need import AreaNeed, due_day, needs_of, weighing_of, weighings

__all__ = ["AreaNeed", "due_day", "needs_of", "weighing_of", "weighings"]
