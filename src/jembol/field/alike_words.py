"""The words of every code by which the phone says why it takes two people for one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.registry.choices import Reason
from jembol.registry.evidence_words import WORDS

REMARKS: dict[str, str | Promise] = {
    "same_nik_tail": _("the NIK begins and ends alike; the office compares the rest"),
    "name_differs_by_title": _("the names differ only by a title"),
}
"""What is worth a word and weighs nothing."""


def words() -> dict[str, str | Promise]:
    """Return the words by code: of what is equal, of each category of each field, and remarks."""
    equal: dict[str, str | Promise] = {
        reason.value: reason.label for reason in Reason if not reason.value.startswith("other-")
    }
    fields = {f"{field}.{category}": told for (field, category), told in WORDS.items()}
    return {**equal, **fields, **REMARKS}
