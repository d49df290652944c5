"""The 16 digits of a national number as they arrive from cards, messages and spreadsheets."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from jembol.kit.unreadable import Unreadable

MASK_DOTS: Final = "•" * 8

_LENGTH: Final = 16
_SEPARATORS: Final = re.compile(r"[\s.\-–_/'`’‘\u200b-\u200f\u2060\ufeff]")
_SCIENTIFIC: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*e\s*\+?[0-9]+", re.IGNORECASE)
_FLOAT: Final = re.compile(r"([0-9]+)[.,]0+")
# Above this not every whole number has its own float (IEEE 754 binary64).
_EXACT_IN_FLOAT: Final = 2**53


@dataclass(frozen=True, slots=True)
class Sixteen:
    """Sixteen digits and whether they passed through a spreadsheet's number."""

    digits: str
    from_float: bool


def read_sixteen(text: str, name: str, kind: type[Unreadable]) -> Sixteen:
    """Read 16 digits that may hold spaces, dots, hyphens or a spreadsheet's apostrophe.

    Excel keeps 15 digits of a number and writes zero for the rest (Microsoft, "Excel
    specifications and limits"). A number in scientific notation, or with a decimal part and a
    last digit of zero, has therefore lost its last digit and is refused. With another last digit
    it never was in Excel; it is taken, and marked.

    Raises:
        Unreadable: as `kind`, when the text is blank, zero, has letters or another length, is
            one digit repeated, or went through a number that lost digits.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'`’‘").strip()
    if _lost_digits(plain):
        raise kind(
            "spreadsheet_float",
            f"the {name} went through a spreadsheet's number, which keeps only 15 digits",
            remedy="make the column text and type the last digit again from the card",
        )
    found = _FLOAT.fullmatch(plain)
    digits = found[1] if found else _SEPARATORS.sub("", plain)
    _check_digits(digits, name, kind)
    return Sixteen(digits, from_float=found is not None)


def mask(digits: str) -> str:
    """Return the first and the last four digits with dots between."""
    return digits[:4] + MASK_DOTS + digits[-4:]


def _lost_digits(plain: str) -> bool:
    if _SCIENTIFIC.fullmatch(plain):
        return True
    found = _FLOAT.fullmatch(plain)
    if not found or len(found[1]) != _LENGTH:
        return False
    return found[1].endswith("0") or int(found[1]) > _EXACT_IN_FLOAT


def _check_digits(digits: str, name: str, kind: type[Unreadable]) -> None:
    if not digits:
        raise kind("blank", f"the {name} is blank", remedy="leave it out or copy it from the card")
    if not (digits.isascii() and digits.isdigit()):
        raise kind(
            "letters",
            f"the {name} holds signs that are not digits",
            remedy="write the 16 digits only; the letter O is often meant as a zero",
        )
    if not digits.strip("0"):
        raise kind("zero", f"the {name} is zero", remedy="leave the cell empty when it is unknown")
    if len(digits) != _LENGTH:
        raise kind(
            "length",
            f"the {name} has {len(digits)} digits instead of 16",
            remedy="copy all digits from the card",
            length=len(digits),
        )
    if len(set(digits)) == 1:
        raise kind(
            "repeated",
            f"the {name} is one digit sixteen times",
            remedy="leave the cell empty when it is unknown",
        )
