"""Answers about outreach that no single queryset gives."""

from jembol.outreach.queries.charges import (
    Charge,
    caretaker_of,
    charges_of,
)
from jembol.outreach.queries.coming import (
    NextVisit,
    next_visit_to,
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
from jembol.outreach.queries.rt_doors import (
    Came,
    Policy,
    came_to,
    policy_of,
    rt_doors,
    wishes_of,
)
from jembol.outreach.queries.week import (
    monday_of,
    open_needs,
    open_promises,
    open_referrals,
    waiting_since,
    week_of,
)
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
    "AnsweredForm",
    "AreaMeasure",
    "AreaNeed",
    "Came",
    "Charge",
    "NextVisit",
    "Policy",
    "Proposed",
    "Ratio",
    "answered_forms",
    "came_to",
    "caretaker_of",
    "carried",
    "charges_of",
    "checked_answers",
    "due_day",
    "forms_for",
    "gatherings_proposed",
    "in_language",
    "measures_of",
    "monday_of",
    "needs_of",
    "next_visit_to",
    "next_visit_told",
    "open_needs",
    "open_promises",
    "open_referrals",
    "open_wishes_by_area",
    "policy_of",
    "reply_of",
    "rt_doors",
    "totals_of",
    "version_in_force",
    "visits_answered",
    "waiting_since",
    "week_of",
    "weighing_of",
    "weighings",
    "wishes",
    "wishes_of",
]
