"""Words for what of a workbook a visit does not ask, and for answers that do not fit."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

GAPS: Final[dict[str, tuple[Words, Words]]] = {
    "type": (
        _("Questions of this type are not asked on visits."),
        _("Ask it as text, as a number or as a choice."),
    ),
    "repeat": (
        _("A group that repeats is asked once."),
        _("Write the group as often as it is needed, with other names."),
    ),
    "list": (
        _("Its list of choices is not in the workbook."),
        _("Put the choices into the sheet choices of this workbook."),
    ),
    "function": (
        _("This function is not supported."),
        _("Write it with the functions in the list below, or leave it out."),
    ),
    "pattern": (
        _("This pattern is not supported, or could run for ever."),
        _("Write it as plain text in quotation marks, without groups inside groups that repeat."),
    ),
    "expression": (
        _("This expression cannot be read."),
        _("Compare its brackets, signs and quotation marks with the guide of XLSForm."),
    ),
    "reference": (
        _("It asks for the answer to a question that is not asked."),
        _("Take the reference out, or ask that question in a supported way."),
    ),
    "ring": (
        _("The question waits for itself."),
        _("Let it depend only on questions that stand before it."),
    ),
    "name": (
        _("Another question has this name already."),
        _("Give each question a name of its own, also across groups."),
    ),
    "appearance": (
        _("This appearance is not supported; the question is drawn in the usual way."),
        _("Nothing needs to be done."),
    ),
    "column": (
        _("This column is not supported."),
        _("If it matters, write it into the label or the hint."),
    ),
    "metadata": (
        _("A visit notes this by itself."),
        _("Nothing needs to be done."),
    ),
}
"""For each code of a gap: what is the matter, and the remedy."""

EFFECTS: Final[dict[str, tuple[Words, str]]] = {
    "left_out": (_("will not be asked"), "bad"),
    "without": (_("asked without this"), "warn"),
    "known": (_("nothing is lost"), "plain"),
}
"""What becomes of the question, with a tone."""

FAULTS: Final[dict[str, Words]] = {
    "required": _("This needs an answer."),
    "constraint": _("The answer does not fit the rule of the form."),
    "not-relevant": _("It was answered although it was not asked."),
    "not-a-number": _("This is no number."),
    "not-whole": _("This is no whole number."),
    "not-a-day": _("This is no day."),
    "not-an-hour": _("This is no hour."),
    "not-a-choice": _("This is none of the choices."),
    "too-long": _("The text is longer than 2,000 signs."),
    "not-a-text": _("This is no text."),
    "not-asked": _("The form has no such question."),
    "nik": _("It held a number that looks like a NIK; only its ends are kept."),
    "unknown-form": _("The server does not know this form or this version of it."),
}
"""What is said of an answer that breaks a rule; it is kept all the same."""

TYPES: Final[dict[str, Words]] = {
    "text": _("Written words"),
    "integer": _("Whole number"),
    "decimal": _("Number with a fraction"),
    "select_one": _("One choice"),
    "select_multiple": _("Several choices"),
    "date": _("Day"),
    "time": _("Hour"),
    "note": _("Words to read"),
    "geopoint": _("Place of the visit"),
    "image": _("Photographs of the visit"),
    "calculate": _("Worked out"),
    "group": _("Group"),
}
