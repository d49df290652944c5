"""What earns a certificate, how its number is written, and how its code is read."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from jembol.kit.ids import ALPHABET
from jembol.kit.indonesian import roman_month
from jembol.training.rules.classes import Day

DEFAULT_SHARE: Final = Decimal("0.80")
DEFAULT_FORM: Final = "{nomor}/{kode}/{bulan_romawi}/{tahun}"
DEFAULT_CODE: Final = "PELATIHAN"
CODE_LENGTH: Final = 12
"""Signs of a certificate's code: 60 random bits, so that guessing finds none (see ADR 0012)."""

_NUMBER_WIDTH: Final = 3
_TERM: Final = re.compile(r"\{([a-z_]*)\}")
_TERMS: Final = frozenset({"nomor", "kode", "bulan_romawi", "bulan", "tahun"})
_NEEDED: Final = frozenset({"nomor", "tahun"})
# What people read for a sign that the alphabet does not have.
_MISREAD: Final = str.maketrans("OIL", "011")
_APART: Final = re.compile(r"[\s\-–_.]")


class Shortfall(StrEnum):
    """Why somebody gets no certificate now."""

    ROLL_MISSING = "roll-missing"
    TOO_FEW_DAYS = "too-few-days"
    NO_SCORE = "no-score"
    SCORE_TOO_LOW = "score-too-low"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a class asks for.

    Attributes:
        least_share: Share of the days, above 0 and at most 1.
        least_score: Least score in the last test, 0 to 100; None when no test is asked for.
    """

    least_share: Decimal = DEFAULT_SHARE
    least_score: int | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """What one person did in a class.

    Attributes:
        days: Days of the class.
        rolls: Days whose attendance was taken.
        attended: Days on which the person came.
        score: Score in the last test, or None.
        was_revoked: Whether a certificate of this person for this class was revoked.
    """

    days: int
    rolls: int
    attended: int
    score: Decimal | None = None
    was_revoked: bool = False


def days_needed(share: Decimal, days: int) -> int:
    """Return the whole days that a share of the days comes to; never none."""
    return max(math.ceil(share * days), 1)


def shortfall_of(done: Performance, terms: Terms) -> Shortfall | None:
    """Return the first reason against a certificate, or None when it is earned.

    A day without a roll speaks against nobody: as long as it could still bring the person over the
    line, the roll is what is missing.
    """
    needed = days_needed(terms.least_share, done.days)
    if done.attended < needed:
        is_open = done.attended + done.days - done.rolls >= needed
        return Shortfall.ROLL_MISSING if is_open else Shortfall.TOO_FEW_DAYS
    if terms.least_score is not None:
        if done.score is None:
            return Shortfall.NO_SCORE
        if done.score < terms.least_score:
            return Shortfall.SCORE_TOO_LOW
    return Shortfall.REVOKED if done.was_revoked else None


def fault_of_form(form: str) -> str | None:
    """Return the term that a form of numbers has wrongly or lacks, or None when it is good."""
    terms = _TERM.findall(form)
    wrong = next((term for term in terms if term not in _TERMS), None)
    if wrong is not None:
        return f"{{{wrong}}}"
    missing = sorted(_NEEDED - set(terms))
    return f"{{{missing[0]}}}" if missing else None


def written_number(form: str, *, number: int, code: str, on: date) -> str:
    """Return a number as the certificate shows it: `{nomor}/{kode}/…` filled in."""
    terms = {
        "nomor": f"{number:0{_NUMBER_WIDTH}d}",
        "kode": code,
        "bulan_romawi": roman_month(on),
        "bulan": f"{on.month:02d}",
        "tahun": str(on.year),
    }
    return _TERM.sub(lambda found: terms.get(found[1], found[0]), form)


def minutes_of(days: Iterable[Day]) -> int | None:
    """Return how long a class lasts in minutes; None when the hours of a day are unknown."""
    total = 0
    for day in days:
        if day.starts_at is None or day.ends_at is None:
            return None
        length = datetime.combine(day.on, day.ends_at) - datetime.combine(day.on, day.starts_at)
        total += int(length.total_seconds()) // 60
    return total or None


def hours_in_words(minutes: int) -> str:
    """Write minutes as hours: 450 is "7,5 jam"."""
    hours = f"{minutes / 60:.1f}".removesuffix(".0").replace(".", ",")
    return f"{hours} jam"


def grouped(code: str) -> str:
    """Write a code in groups of four, as people read it aloud."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def code_read(text: str) -> str | None:
    """Return the code that somebody typed or scanned, or None when it is none."""
    clean = _APART.sub("", text).upper().translate(_MISREAD)
    is_code = len(clean) == CODE_LENGTH and set(clean) <= set(ALPHABET)
    return clean if is_code else None
