"""The business number NIB of the OSS system."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from jembol.kit.unreadable import Unreadable

_LENGTH: Final = 13
_SEPARATORS: Final = re.compile(r"[\s.\-–_'`’\u200b-\u200f\u2060\ufeff]")
# Thirteen digits fit a spreadsheet's number of 15, so a decimal part of zero loses nothing.
_DECIMALS: Final = re.compile(r"(?<=[0-9]{9})[.,]0+$")


class NotANib(Unreadable):
    """A text cannot be a NIB. Codes: blank, letters, length, repeated."""


@dataclass(frozen=True, order=True, slots=True)
class Nib:
    """A NIB: 13 digits without a known check digit (PP 28/2025; layout as OSS prints it)."""

    digits: str

    def __post_init__(self) -> None:
        _check(self.digits)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a NIB that may hold spaces, dots, hyphens or a leading apostrophe.

        Raises:
            NotANib: the text cannot be a NIB; the code tells why.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        return cls(_SEPARATORS.sub("", _DECIMALS.sub("", plain)))

    def __str__(self) -> str:
        return self.digits


def _check(digits: str) -> None:
    remedy = "copy the 13 digits from the OSS certificate"
    if not digits:
        raise NotANib("blank", "the NIB is blank", remedy=remedy)
    if not (digits.isascii() and digits.isdigit()):
        raise NotANib("letters", "the NIB holds signs that are not digits", remedy=remedy)
    if len(digits) != _LENGTH:
        raise NotANib(
            "length",
            f"the NIB has {len(digits)} digits instead of 13",
            remedy=f"{remedy}; a spreadsheet's number drops zeros at the front",
            length=len(digits),
        )
    if len(set(digits)) == 1:
        raise NotANib("repeated", "the NIB is one digit thirteen times", remedy=remedy)
