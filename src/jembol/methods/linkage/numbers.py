"""NIK, phone, sex and date of birth as they are compared.

A NIK is PP KK CC DDMMYY SSSS (UU 23/2006 art. 13). What is typed into its column may be the number
of the family card, whose middle digits are a day of issue; a number that a spreadsheet has rounded
(15 digits are kept); or a filler. None of them may count as the NIK of a person.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

WHOLE: Final = 1
ROUNDED: Final = 2
CARD: Final = 3
SHORT: Final = 4
LONG: Final = 5
PERSONAL: Final = frozenset((WHOLE, ROUNDED))
"""Kinds whose digits 7 to 12 are a date of birth at their place."""

_DIGITS: Final = 16
_WOMAN: Final = 40
_NOT_DIGIT: Final = re.compile(r"\D+")
_POWER: Final = re.compile(r"([0-9])[.,]([0-9]+)e\+?15", re.IGNORECASE)
_DECIMAL: Final = re.compile(r"[.,]0+$")
_FILLER: Final = re.compile(
    r"(\d)\1{11,}|\d{6}0{10}|1234567890\d*|0+\d|\d{2}0{9,}\d*|(\d\d)\2{7}|9{6}\d*"
)
_FIRST_CARD_YEAR: Final = 4  # Family cards with 16 digits are issued since SIAK, about 2004.
_LAST_CARD_YEAR: Final = 26
_YOUNGEST_BORN: Final = 12  # In 2026 an entrepreneur was born before 2013.


class NikRead(NamedTuple):
    """The digits as a number, 0 for none, and what they are.

    `WHOLE` has 16 digits; `ROUNDED` too, but the last is not known; `CARD` is a family card's;
    `SHORT` has 15 digits and `LONG` 17, because one was left out or typed twice.
    """

    digits: int
    kind: int


NO_NIK: Final = NikRead(0, 0)


def read_nik(text: str) -> NikRead:
    """Return the number in a NIK column; a filler or a wrong length is none."""
    plain = text.strip()
    if not plain:
        return NO_NIK
    if not (len(plain) == _DIGITS and plain.isascii() and plain.isdigit()):
        return _from_spreadsheet(plain) or _digits_only(plain)
    return _judged(plain)


def _from_spreadsheet(plain: str) -> NikRead | None:
    power = _POWER.search(plain)
    if not power:
        return None
    digits = (power[1] + power[2]).ljust(_DIGITS, "0")
    # Fewer digits than birth date and place need say nothing.
    return NikRead(int(digits), ROUNDED) if len(power[2]) >= _DIGITS - 2 else NO_NIK


def _digits_only(plain: str) -> NikRead:
    digits = _NOT_DIGIT.sub("", _DECIMAL.sub("", plain))
    if len(digits) == _DIGITS:
        return _judged(digits)
    if abs(len(digits) - _DIGITS) == 1 and digits[0] != "0" and not _FILLER.fullmatch(digits):
        return NikRead(int(digits), SHORT if len(digits) < _DIGITS else LONG)
    return NO_NIK


def _judged(digits: str) -> NikRead:
    if _FILLER.fullmatch(digits):
        return NO_NIK
    number = int(digits)
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    plausible = 1 <= day % _WOMAN <= 31 and day <= 71 and 1 <= month <= 12
    if (
        plausible
        and day <= 31
        and _FIRST_CARD_YEAR <= year <= _LAST_CARD_YEAR
        and year > _YOUNGEST_BORN
    ):
        return NikRead(number, CARD)
    if digits[-1] == "0" and plausible:
        return NikRead(number, ROUNDED)
    if digits[-4:] == "0000":
        return NO_NIK
    return NikRead(number, WHOLE)


def born_in(nik: int) -> tuple[int, int, int]:
    """Return day, month and two-digit year of birth in the digits; 0, 0, 0 when they are none."""
    birth = nik // 10_000 % 1_000_000
    day, month, year = birth // 10_000, birth // 100 % 100, birth % 100
    day = day - _WOMAN if day > _WOMAN else day
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else (0, 0, 0)


def sex_in(nik: int) -> int:
    """Return 1 for a man, 2 for a woman, 0 when the digits hold no day."""
    day = nik // 100_000_000 % 100
    if 1 <= day <= 31:
        return 1
    return 2 if _WOMAN < day <= _WOMAN + 31 else 0


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb pebruari februari february peb", "mar maret march mrt",
            "apr april", "mei may", "jun juni june", "jul juli july",
            "agu agt agustus ags aug august agus", "sep september sept", "okt oktober oct october",
            "nov nopember november nop", "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[-/. ]\s*(\d{4}|\d{2})\b", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_EIGHT: Final = re.compile(r"\d{8}")
_SERIAL: Final = re.compile(r"[1-4]\d{4}(?:\.0)?")
_CENTURY: Final = 2026 % 100


@lru_cache(maxsize=1 << 16)
def read_birth(text: str) -> int:
    """Return the date of birth as YYYYMMDD, 0 for none."""
    plain = text.strip()
    found = _YEAR_FIRST.search(plain)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.search(plain)
    if found:
        month = int(found[2]) if found[2].isdigit() else _MONTHS.get(found[2].lower(), 0)
        return _date(_year(found[3]), month, int(found[1]))
    if _EIGHT.fullmatch(plain):
        return _compact(plain)
    if _SERIAL.fullmatch(plain):
        # A spreadsheet's day number, counted from 30 December 1899.
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(plain[:5]))
        return day.year * 10_000 + day.month * 100 + day.day
    return 0


def _compact(digits: str) -> int:
    if digits[:2] in {"19", "20"} and int(digits[4:6]) <= 12:
        return _date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if year <= _CENTURY else 1900 + year


def _date(year: int, month: int, day: int) -> int:
    if month > 12 >= day:
        day, month = month, day
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return 0
    return year * 10_000 + month * 100 + day


_SEXES: Final = {
    **dict.fromkeys("l lk laki laki-laki laki2 pria m male man cowok 1".split(), 1),
    **dict.fromkeys("p pr perempuan wanita w f female woman cewek 2".split(), 2),
}


def read_sex(text: str) -> int:
    """Return 1 for a man, 2 for a woman, 0 for unknown."""
    return _SEXES.get(text.strip().lower(), 0)


_APART: Final = re.compile(r"[/,;&|\n]|\b(?:atau|dan)\b")
_FILLED: Final = re.compile(r"(\d)\1{6,}|12345678\d*|8?1?234567\d*")
_SHORTEST: Final = 6
_LONGEST: Final = 12

TABLES: Final = {
    "power": _POWER,
    "decimal": _DECIMAL,
    "filler": _FILLER,
    "card_years": (_FIRST_CARD_YEAR, _LAST_CARD_YEAR),
    "youngest_born": _YOUNGEST_BORN,
    "months": _MONTHS,
    "day_first": _DAY_FIRST,
    "year_first": _YEAR_FIRST,
    "serial": _SERIAL,
    "century": _CENTURY,
    "sexes": _SEXES,
    "apart": _APART,
    "filled": _FILLED,
    "shortest": _SHORTEST,
    "longest": _LONGEST,
}
"""What reading numbers rests on, for an implementation in another language."""


@lru_cache(maxsize=1 << 16)
def read_phones(text: str) -> tuple[int, int]:
    """Return up to two numbers without zero and country code in front; 0 for none."""
    found = []
    parts = (text,) if text.isdigit() else _APART.split(text)
    for part in parts:
        number = _phone(part)
        if number and number not in found:
            found.append(number)
    found += [0, 0]
    return found[0], found[1]


def _phone(part: str) -> int:
    digits = _NOT_DIGIT.sub("", _DECIMAL.sub("", part)).lstrip("0")
    if digits.startswith("62") and len(digits) > _SHORTEST + 2:
        digits = digits[2:].lstrip("0")
    if not _SHORTEST <= len(digits) <= _LONGEST or _FILLED.search(digits):
        return 0
    return int(digits)
