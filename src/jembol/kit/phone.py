"""Telephone numbers of Indonesia, however somebody wrote them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from lokal import parse_phone

from jembol.kit.unreadable import Unreadable

_SCIENTIFIC: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_DECIMALS: Final = re.compile(r"(?<=[0-9]{8})[.,]0$")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# What stands between two numbers in one cell.
_BETWEEN: Final = re.compile(r"[/,;&|\n]|\b(?:atau|dan|or)\b", re.IGNORECASE)
# Letters behind a digit are no label: "0812345678O" is a mistake, not a shorter number.
_LABELS: Final = re.compile(r"(?<![0-9a-z])[a-z]+[.:]*|\(\s*[a-z .]+\)|:", re.IGNORECASE)
# "0341/551234" is one number with its area code before the stroke.
_AREA_STROKE: Final = re.compile(r"\(?0[2-79][0-9]{1,2}\)?\s*/\s*[0-9][0-9 .-]{4,9}")
_SHOWN_FIRST: Final = 4
_SHOWN_LAST: Final = 3


class NotAPhone(Unreadable):
    """A text is no telephone number of Indonesia.

    Codes: blank, spreadsheet_float, format, length.
    """


@dataclass(frozen=True, order=True, slots=True)
class Phone:
    """One telephone number of Indonesia.

    Attributes:
        e164: "+6281234567890", the form that is stored and compared.
    """

    e164: str

    def __post_init__(self) -> None:
        if parse_phone(self.e164).e164 != self.e164:
            raise ValueError("a Phone is made from its E.164 form; use Phone.parse for others")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one number: "0812-3456-7890", "+62 812…", "62-812…", "812…", "(0341) 551234".

        Raises:
            NotAPhone: the text is no number; the code tells why.
        """
        plain = _plain(text)
        if not plain.strip("-–.0"):
            raise NotAPhone("blank", "the telephone number is blank", remedy=_REMEDY)
        if _SCIENTIFIC.fullmatch(plain):
            raise NotAPhone(
                "spreadsheet_float",
                "the telephone number went through a spreadsheet's number and lost digits",
                remedy="make the column text and type the number again",
            )
        found = parse_phone(plain)
        if found.e164 is None:
            code = found.errors[0].code
            raise NotAPhone(code, _FACTS[code], remedy=_REMEDY)
        return cls(found.e164)

    @property
    def national(self) -> str:
        """The number as people in Indonesia read it: "0812-3456-7890"."""
        return parse_phone(self.e164).national or self.e164

    @property
    def is_mobile(self) -> bool:
        """Whether it is a mobile number."""
        return parse_phone(self.e164).type == "mobile"

    @property
    def whatsapp(self) -> str | None:
        """The number for a wa.me link; None for a landline."""
        return parse_phone(self.e164).whatsapp

    @property
    def masked(self) -> str:
        """The first four and the last three digits with dots between."""
        digits = "0" + self.e164.removeprefix("+62")
        hidden = len(digits) - _SHOWN_FIRST - _SHOWN_LAST
        return digits[:_SHOWN_FIRST] + "•" * hidden + digits[-_SHOWN_LAST:]

    def __repr__(self) -> str:
        return f"Phone({self.masked})"

    def __str__(self) -> str:
        return self.national


_REMEDY: Final = "write it like 0812-3456-7890 or +62 812-3456-7890"
_FACTS: Final = {
    "format": "the telephone number does not begin like one of Indonesia or holds other signs",
    "length": "the telephone number has too few or too many digits",
}


def phones_in(text: str) -> tuple[Phone, ...]:
    """Read every number in a cell ("0812… / 0857…"), in order and each once.

    Words such as "WA" or "rumah" beside a number are skipped; a cell without digits, or with 0 for
    "none", holds none.

    Raises:
        NotAPhone: a part with digits is no number.
    """
    plain = _plain(text)
    if _SCIENTIFIC.fullmatch(plain) or _AREA_STROKE.fullmatch(plain):
        return (Phone.parse(plain.replace("/", "")),)
    parts = (_LABELS.sub(" ", part) for part in _BETWEEN.split(plain))
    found = (Phone.parse(part) for part in parts if re.search(r"[1-9]", part))
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'`’‘").strip()
    plain = _DECIMALS.sub("", _INVISIBLE.sub("", plain)).replace("–", "-")
    # 00 is how a telephone dials the plus of an international number.
    return "+62" + plain[4:] if plain.startswith("0062") else plain
