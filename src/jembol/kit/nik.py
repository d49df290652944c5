"""The numbers of a resident and of a family card: NIK and KK.

A NIK is PP KK CC DDMMYY SSSS: place of first registration, date of birth with 40 added to the
day for a woman, and a serial number (UU 23/2006 art. 13; Perpres 96/2018). It never changes when
somebody moves and the place code may since have been split, so a place is no reason to refuse.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Self

from lokal import PROVINCES, parse_nik

from jembol.kit.sixteen import mask, read_sixteen
from jembol.kit.unreadable import Unreadable

_WOMAN_DAYS: Final = 40
# lokal needs a date to choose the century. At the end of 2099 every two digits mean 20YY, whose
# calendar holds each day of 19YY too (1900 lacks the leap day that 2000 has).
_LAST_DAY: Final = date(2099, 12, 31)
_CENTURIES: Final = (1900, 2000)
_CODES: Final = {"wilayah": "area", "birth_date": "date", "serial": "serial"}
_FACTS: Final = {
    "area": "the NIK has 00 as its kota, kabupaten or kecamatan",
    "date": "digits 7 to 12 of the NIK are no date of birth",
    "serial": "the NIK ends in the serial number 0000",
}


class NotANik(Unreadable):
    """A text cannot be a NIK.

    Codes: blank, zero, letters, length, repeated, spreadsheet_float, area, date, serial.
    """


class NotAKk(Unreadable):
    """A text cannot be the number of a family card.

    Codes: blank, zero, letters, length, repeated, spreadsheet_float.
    """


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK whose structure holds; whether Dukcapil knows it is another question.

    Attributes:
        digits: All 16 digits. Seal them before they are stored.
        suspect_rounding: The text was a number with a decimal part, so a program has held it as a
            float on the way; compare it with the card. Not part of equality.
    """

    digits: str
    suspect_rounding: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if read_sixteen(self.digits, "NIK", NotANik).digits != self.digits:
            raise ValueError("a Nik is made from 16 bare digits; use Nik.parse for other forms")
        _check_structure(self.digits)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a NIK that may hold spaces, dots, hyphens or a leading apostrophe.

        Raises:
            NotANik: the text cannot be a NIK; the code tells why.
        """
        found = read_sixteen(text, "NIK", NotANik)
        return cls(found.digits, suspect_rounding=found.from_float)

    @property
    def area_prefix(self) -> str:
        """Code of the kecamatan of first registration, "35.73.05"; may be an old one."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """Slugs of what is odd yet no reason to refuse: "unknown_province"."""
        return () if self.digits[:2] in PROVINCES else ("unknown_province",)

    @property
    def is_woman(self) -> bool:
        """Whether the day of birth has 40 added."""
        return int(self.digits[6:8]) > _WOMAN_DAYS

    @property
    def sex(self) -> Literal["L", "P"]:
        """L for a man and P for a woman, the letters of the card."""
        return "P" if self.is_woman else "L"

    @property
    def born_day_month(self) -> tuple[int, int]:
        """Day and month of birth."""
        return int(self.digits[6:8]) % _WOMAN_DAYS, int(self.digits[8:10])

    @property
    def serial(self) -> str:
        """The last four digits."""
        return self.digits[12:]

    @property
    def masked(self) -> str:
        """The first and the last four digits with dots between."""
        return mask(self.digits)

    def born_candidates(self, on: date) -> tuple[date, ...]:
        """Return the dates of birth that the digits allow, up to and with the given day.

        The year has two digits, so there can be two dates, a hundred years apart, oldest first.
        """
        day, month = self.born_day_month
        years = (century + int(self.digits[10:12]) for century in _CENTURIES)
        dates = (_date_or_none(year, month, day) for year in years)
        return tuple(born for born in dates if born and born <= on)

    def __repr__(self) -> str:
        return f"Nik({self.masked})"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Kk:
    """The number of a family card (kartu keluarga): 16 digits, without a checked structure."""

    digits: str

    def __post_init__(self) -> None:
        if read_sixteen(self.digits, "KK number", NotAKk).digits != self.digits:
            raise ValueError("a Kk is made from 16 bare digits; use Kk.parse for other forms")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number that may hold spaces, dots, hyphens or a leading apostrophe.

        Raises:
            NotAKk: the text cannot be the number of a family card.
        """
        return cls(read_sixteen(text, "KK number", NotAKk).digits)

    @property
    def masked(self) -> str:
        """The first and the last four digits with dots between."""
        return mask(self.digits)

    def __repr__(self) -> str:
        return f"Kk({self.masked})"

    __str__ = __repr__


def _check_structure(digits: str) -> None:
    if digits[:2] == "00":
        raise _refuse("area")
    for issue in parse_nik(digits, reference_date=_LAST_DAY).errors:
        # An unknown province is a warning: codes change when a province is split.
        if issue.code in _CODES:
            raise _refuse(_CODES[issue.code])


def _refuse(code: str) -> NotANik:
    return NotANik(code, _FACTS[code], remedy="compare every digit with the identity card")


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
