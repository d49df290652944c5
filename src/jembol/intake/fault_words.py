"""Says what is wrong with a number or a text of a cell, in the reader's language.

kit knows no translation: its faults carry the kind of value, a code and the numbers behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.kit.ids import NotAPublicId
from jembol.kit.nib import NotANib
from jembol.kit.nik import NotAKk, NotANik
from jembol.kit.phone import NotAPhone
from jembol.kit.text import NotCleanText
from jembol.kit.unreadable import Unreadable

Words = tuple[Promise, Promise]
"""What is wrong, without a full stop because sentences go on after it, and what helps."""

_UNKNOWN: Final = _("Leave the cell empty when it is unknown.")
_RETYPE: Final = _("Make the column text and type the number again.")
_PHONE: Final = _("Write it like 0812-3456-7890 or +62 812-3456-7890.")
_OSS: Final = _("Copy the 13 digits from the OSS certificate.")
_CARD: Final = _("Compare every digit with the identity card.")
_LIST: Final = _("Copy it from our list, like P-7K3M-9QX2-C.")

_SIXTEEN: Final[Mapping[str, Words]] = {
    "blank": (_("The number is blank"), _("Leave it out or copy it from the card.")),
    "letters": (
        _("The number holds signs that are not digits"),
        _("Write the 16 digits only; the letter O is often meant as a zero."),
    ),
    "zero": (_("The number is zero"), _UNKNOWN),
    "length": (
        _("The number has %(length)d digits instead of 16"),
        _("Copy all digits from the card."),
    ),
    "repeated": (_("The number is one digit sixteen times"), _UNKNOWN),
    "spreadsheet_float": (
        _("The number went through a spreadsheet's number, which keeps only 15 digits"),
        _("Make the column text and type the last digit again from the card."),
    ),
}
_WORDS: Final[Mapping[type[Unreadable], Mapping[str, Words]]] = {
    NotAKk: _SIXTEEN,
    NotANik: {
        **_SIXTEEN,
        "area": (_("The NIK has 00 as its kota, kabupaten or kecamatan"), _CARD),
        "date": (_("Digits 7 to 12 of the NIK are no date of birth"), _CARD),
        "serial": (_("The NIK ends in the serial number 0000"), _CARD),
    },
    NotANib: {
        "blank": (_("The NIB is blank"), _OSS),
        "letters": (_("The NIB holds signs that are not digits"), _OSS),
        "length": (
            _("The NIB has %(length)d digits instead of 13"),
            _(
                "Copy the 13 digits from the OSS certificate; a spreadsheet's number drops zeros "
                "at the front."
            ),
        ),
        "repeated": (_("The NIB is one digit thirteen times"), _OSS),
    },
    NotAPhone: {
        "blank": (_("The phone number is blank"), _PHONE),
        "format": (
            _("The phone number does not begin like one of Indonesia or holds other signs"),
            _PHONE,
        ),
        "length": (_("The phone number has too few or too many digits"), _PHONE),
        "spreadsheet_float": (
            _("The phone number went through a spreadsheet's number and lost digits"),
            _RETYPE,
        ),
    },
    NotAPublicId: {
        "blank": (_("The Jembol ID is blank"), _LIST),
        "form": (_("The text is no ID of one letter and nine signs"), _LIST),
        "prefix": (_("The ID begins with a letter that no ID of Jembol has"), _LIST),
        "check": (
            _("The last sign does not fit the ID: one is mistyped or two are swapped"),
            _LIST,
        ),
    },
    NotCleanText: {
        "nul": (
            _("The text holds a NUL sign"),
            _("Remove it; a file with many is often UTF-16 saved under another name."),
        ),
        "surrogate": (_("The text holds half a character"), _("Type that character again.")),
    },
}


def in_words(fault: Unreadable) -> tuple[str, str]:
    """Return what is wrong and what helps, in the reader's language.

    A fault that is not in the list is told in kit's English rather than not at all.
    """
    known = _WORDS.get(type(fault), {}).get(fault.code)
    if known is None:
        return fault.fact, fault.remedy
    fact, remedy = known
    return str(fact) % fault.params if "%(" in str(fact) else str(fact), str(remedy)
