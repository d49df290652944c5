"""What each field of a pair says, in words for the person who decides."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[tuple[str, str], str | Promise]

FIELDS: Final[Mapping[str, str | Promise]] = {
    "name": _("Name"),
    "nik": "NIK",
    "birth": _("Date of birth"),
    "phone": _("Phone"),
    "place": _("Address"),
    "sex": _("Sex"),
    "business": _("Business"),
}
"""Titles of the fields of people that `methods.linkage` compares."""

_COMMON_NAME: Final = _("the same name, one that many have")
_SAME_NAME: Final = _("the same name")
_RARE_NAME: Final = _("the same name, a rare one")
_LIKE_NAME: Final = _("the names differ by a letter or in how they are written")
_RARE_LIKE_NAME: Final = _("rare names that differ by a letter or in how they are written")
_WITHIN: Final = _("one name holds the other, whose words many have")
_RARE_WITHIN: Final = _("one name holds the other, whose words are rare")
_LIKE_WITHIN: Final = _("one name nearly holds the other")
_PARTIAL: Final = _("part of the names is the same")
_AGAINST: Final = _("part of the names is the same, but the rest differs")

_NAME: Final[Mapping[str, str | Promise]] = {
    "missing": _("no name to compare"),
    "conflict": _("the names differ"),
    "little": _("the names have little in common"),
    "against-1": _AGAINST,
    "against-2": _AGAINST,
    "against-3": _AGAINST,
    "partial-1": _PARTIAL,
    "partial-2": _PARTIAL,
    "partial-3": _PARTIAL,
    "subset-1": _WITHIN,
    "subset-2": _WITHIN,
    "subset-3": _WITHIN,
    "subset-4": _RARE_WITHIN,
    "subset-5": _RARE_WITHIN,
    "like-subset-1": _LIKE_WITHIN,
    "like-subset-2": _LIKE_WITHIN,
    "like-subset-3": _LIKE_WITHIN,
    "like-subset-4": _LIKE_WITHIN,
    "like-1": _LIKE_NAME,
    "like-2": _LIKE_NAME,
    "like-3": _LIKE_NAME,
    "like-4": _RARE_LIKE_NAME,
    "like-5": _RARE_LIKE_NAME,
    "equal-1": _COMMON_NAME,
    "equal-2": _COMMON_NAME,
    "equal-3": _SAME_NAME,
    "equal-4": _SAME_NAME,
    "equal-5": _RARE_NAME,
    "equal-6": _RARE_NAME,
}
_NIK: Final[Mapping[str, str | Promise]] = {
    "missing": _("no NIK to compare"),
    "equal": _("the same NIK"),
    "card-equal": _("the same number, but it is that of a family card"),
    "rounded-equal": _("the same NIK but for the end, which a spreadsheet rounded"),
    "one-digit": _("the NIK differ by one digit"),
    "two-digits": _("the NIK differ by two digits"),
    "serial-one-digit": _("the NIK differ by one digit at the end"),
    "serial": _("the NIK name one place and birth date, with another number at the end"),
    "birth": _("the NIK name the same birth date"),
    "different": _("the NIK differ"),
}
_BIRTH: Final[Mapping[str, str | Promise]] = {
    "missing": _("no date of birth to compare"),
    "equal": _("the same date of birth"),
    "equal-default": _("the same date of birth, but one that is written when nobody knows it"),
    "swapped": _("day and month of birth changed places"),
    "one-digit": _("the dates of birth differ by one digit"),
    "two-parts": _("the dates of birth agree in two of day, month and year"),
    "different": _("the dates of birth differ"),
    "nik-equal": _("the date of birth is that in the other's NIK"),
    "nik-different": _("the date of birth is not that in the other's NIK"),
}
_PHONE: Final[Mapping[str, str | Promise]] = {
    "missing": _("no phone number to compare"),
    "equal": _("the same phone number"),
    "shared": _("the same phone number, which a family or group shares"),
    "crowd": _("the same phone number, which very many share"),
    "one-digit": _("the phone numbers differ by one digit"),
    "different": _("the phone numbers differ"),
}
_PLACE: Final[Mapping[str, str | Promise]] = {
    "missing": _("no address to compare"),
    "house": _("the same house"),
    "rt": _("the same RT"),
    "street": _("the same street"),
    "rw": _("the same RW"),
    "kelurahan": _("the same kelurahan"),
    "other-rw": _("the same kelurahan, but another RW"),
    "other-kelurahan": _("another kelurahan"),
    "other-city": _("another city"),
    "rt-only": _("the same numbers of RT and RW; the kelurahan is not known of both"),
    "street-only": _("the same street; the kelurahan is not known of both"),
    "other-rt-only": _("other numbers of RT and RW; the kelurahan is not known of both"),
    "kecamatan": _("the same kecamatan"),
}
_SEX: Final[Mapping[str, str | Promise]] = {
    "missing": _("sex not known of both"),
    "equal": _("the same sex"),
    "different": _("one is a man, the other a woman"),
}
_BUSINESS: Final[Mapping[str, str | Promise]] = {
    "missing": _("no business to compare"),
    "equal": _("the same name of the business"),
    "partial": _("part of the business names is the same"),
    "different": _("the business names differ"),
}
_BY_FIELD: Final = {
    "name": _NAME,
    "nik": _NIK,
    "birth": _BIRTH,
    "phone": _PHONE,
    "place": _PLACE,
    "sex": _SEX,
    "business": _BUSINESS,
}

WORDS: Final[Words] = {
    (field, category): words
    for field, categories in _BY_FIELD.items()
    for category, words in categories.items()
}
"""The words of each category of each field that `methods.linkage` knows."""

OF_ENTERPRISES: Final[Words] = {
    ("nib", "equal"): _("the same NIB"),
    ("name", "equal"): _("the same name"),
    ("phone", "equal"): _("the same phone number"),
    ("owner", "equal"): _("the same owner"),
}
"""The words of what two enterprises can share."""

TITLES_OF_ENTERPRISES: Final[Mapping[str, str | Promise]] = {"nib": "NIB", "owner": _("Owner")}

STRONG_BITS: Final = 4.0
CLEAR_BITS: Final = 1.0


def strength_of(bits: float) -> str | Promise:
    """Return in words how much a field says for or against a pair being one.

    Args:
        bits: Each bit doubles (or, below zero, halves) the odds.
    """
    if abs(bits) < CLEAR_BITS:
        return _("says little")
    if bits > 0:
        return _("strongly for") if bits >= STRONG_BITS else _("for")
    return _("strongly against") if bits <= -STRONG_BITS else _("against")


def words_of(field: str, category: str) -> str | Promise:
    """Return the words of a finding about two people or two enterprises."""
    found = WORDS.get((field, category)) or OF_ENTERPRISES.get((field, category))
    return found or category


def title_of(field: str) -> str | Promise:
    """Return the title of a field."""
    return FIELDS.get(field) or TITLES_OF_ENTERPRISES.get(field) or field
