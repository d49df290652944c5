"""Invented numbers: well formed, and plainly nobody's.

- NIK: kecamatan and date of birth as on any card, but a serial from 8001 up: no kecamatan registers
  eight thousand births in a day. (The people of `examples/` have serials from 9001 up.)
- Family card: the same with a date of issue.
- Telephone: 0899-00xx-xxxx, one row of a million numbers that all begin with 00.
- NIB: four zeros before a running number.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from jembol.kit.nib import Nib
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import Phone

SERIALS_FROM = 8001
WOMAN_DAYS = 40
PHONES = 1_000_000
# Shares no factor with a million, so that every number comes up once, and neighbours differ.
_STRIDE = 387_401
_NIB_DIGITS = 13


@dataclass(slots=True)
class Numbers:
    """Gives out each number once; the seed chooses where the row of telephones begins."""

    seed: int
    _taken: Counter[str] = field(default_factory=Counter)
    _phones: int = 0
    _nibs: int = 0

    def nik(self, kecamatan: str, born_on: date, *, is_woman: bool) -> Nik:
        """Return a NIK of this kecamatan ("357305") and date of birth."""
        day = born_on.day + (WOMAN_DAYS if is_woman else 0)
        return Nik(self._with_serial(f"{kecamatan}{day:02d}{born_on:%m%y}"))

    def kk(self, kecamatan: str, issued_on: date) -> Kk:
        """Return the number of a family card issued on this day."""
        return Kk(self._with_serial(f"{kecamatan}{issued_on:%d%m%y}"))

    def phone(self) -> Phone:
        """Return a mobile number that nobody was given before.

        Raises:
            ValueError: all of the row are given.
        """
        if self._phones == PHONES:
            raise ValueError("no invented telephone number is left")
        number = (self.seed * 7_919 + self._phones * _STRIDE) % PHONES
        self._phones += 1
        return Phone(f"+6289900{number:06d}")

    def nib(self) -> Nib:
        """Return a NIB that no enterprise was given before."""
        self._nibs += 1
        return Nib(f"{self._nibs:0{_NIB_DIGITS}d}")

    def _with_serial(self, twelve: str) -> str:
        serial = SERIALS_FROM + self._taken[twelve]
        self._taken[twelve] += 1
        return f"{twelve}{serial}"
