"""Answers about outreach that no single queryset gives."""

from jembol.outreach.queries.charges import Charge, caretaker_of, charges_of
from jembol.outreach.queries.forms import (
    AnsweredForm,
    answered_forms,
    carried,
    checked_answers,
    forms_for,
    in_language,
    version_in_force,
)

__all__ = [
    "AnsweredForm",
    "Charge",
    "answered_forms",
    "caretaker_of",
    "carried",
    "charges_of",
    "checked_answers",
    "forms_for",
    "in_language",
    "version_in_force",
]
