"""Answers about outreach that no single queryset gives."""

from jembol.outreach.queries.charges import (
    Charge,
    caretaker_of,
    charges_of,
)
from jembol.outreach.queries.forms import (
    AnsweredForm,
    answered_forms,
    carried,
    checked_answers,
    forms_for,
    in_language,
    version_in_force,
)
from jembol.outreach.queries.measures import (
    AreaMeasure,
    Ratio,
    measures_of,
    totals_of,
)
from jembol.outreach.queries.need import (
    AreaNeed,
    due_day,
    needs_of,
    weighing_of,
    weighings,
)
from jembol.outreach.queries.week import (
    monday_of,
    open_needs,
    open_promises,
    open_referrals,
    waiting_since,
    week_of,
)

__all__ = [
    "AnsweredForm",
    "AreaMeasure",
    "AreaNeed",
    "Charge",
    "Ratio",
    "answered_forms",
    "caretaker_of",
    "carried",
    "charges_of",
    "checked_answers",
    "due_day",
    "forms_for",
    "in_language",
    "measures_of",
    "monday_of",
    "needs_of",
    "open_needs",
    "open_promises",
    "open_referrals",
    "totals_of",
    "version_in_force",
    "waiting_since",
    "week_of",
    "weighing_of",
    "weighings",
]
