"""The catalogue of courses, and what can be decided from days and numbers alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class CourseKind:
    """One kind of training, in both languages."""

    slug: str
    name: str
    name_en: str
    about: str = ""


# The sixteen kinds that press reports of 2017 to 2024 name (docs/data.md, sources S0 to S4).
CATALOGUE: Final = (
    CourseKind("kue-kering", "Kue kering", "Cookies"),
    CourseKind("kue-hias", "Kue hias", "Decorated cakes"),
    CourseKind("potong-rambut", "Potong rambut", "Hair cutting"),
    CourseKind("kain-perca", "Kerajinan kain perca", "Patchwork"),
    CourseKind("lukis-kain", "Lukis kain", "Fabric painting"),
    CourseKind("konten-media-sosial", "Konten media sosial", "Social-media content"),
    CourseKind("kerajinan-kulit", "Kerajinan kulit", "Leather craft"),
    CourseKind("ecoprint", "Ecoprint", "Ecoprint"),
    CourseKind("shibori", "Shibori", "Shibori"),
    CourseKind("bordir", "Bordir", "Embroidery"),
    CourseKind("kerajinan-bambu", "Kerajinan bambu", "Bamboo craft"),
    CourseKind("cor-kuningan", "Cor kuningan", "Brass casting"),
    CourseKind("kerajinan-fiber", "Kerajinan fiber", "Fibre craft"),
    CourseKind("jajanan-tradisional", "Jajanan tradisional", "Traditional snacks"),
    CourseKind("temu-usaha", "Temu usaha", "Business matching"),
    CourseKind("inkubasi", "Inkubasi usaha", "Business incubation"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a class as it is planned or reported; the hours may be unknown."""

    on: date
    starts_at: time | None = None
    ends_at: time | None = None


class DayFault(StrEnum):
    """Why a list of days is none."""

    NONE_GIVEN = "none-given"
    REPEATED = "repeated"
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    END_WITHOUT_START = "end-without-start"
    STRANGE_YEAR = "strange-year"


@dataclass(frozen=True, slots=True)
class DayListFault:
    """What is wrong with a list of days, and with which day."""

    fault: DayFault
    on: date | None = None


FIRST_DAY: Final = date(1945, 8, 17)
LAST_DAY: Final = date(2100, 12, 31)
"""No class was given before the one and none is planned after the other: such a year is a slip."""


def fault_of_days(days: Sequence[Day]) -> DayListFault | None:
    """Return the first thing that is wrong with the days of a class, or None."""
    if not days:
        return DayListFault(DayFault.NONE_GIVEN)
    for day in days:
        if fault := _fault_of_day(day):
            return DayListFault(fault, day.on)
    in_order = sorted(day.on for day in days)
    twice = next((one for one, other in pairwise(in_order) if one == other), None)
    return DayListFault(DayFault.REPEATED, twice) if twice else None


def in_order(days: Iterable[Day]) -> tuple[Day, ...]:
    """Return the days from first to last."""
    return tuple(sorted(days, key=lambda day: day.on))


def _fault_of_day(day: Day) -> DayFault | None:
    is_possible = FIRST_DAY <= day.on <= LAST_DAY
    return _fault_of_hours(day) if is_possible else DayFault.STRANGE_YEAR


def _fault_of_hours(day: Day) -> DayFault | None:
    if day.ends_at is None:
        return None
    if day.starts_at is None:
        return DayFault.END_WITHOUT_START
    return DayFault.ENDS_BEFORE_IT_STARTS if day.ends_at <= day.starts_at else None


# As newspapers and letters write them; the index is that of `date.weekday()`.
_WEEKDAY_WORDS: Final = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum at": 4, "sabtu": 5,
    "minggu": 6, "ahad": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3,
    "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip


def weekday_of(text: str) -> int | None:
    """Return the number of a weekday's name, 0 for Monday, or None for another word."""
    plain = "".join(sign if sign.isalpha() else " " for sign in text.casefold())
    return _WEEKDAY_WORDS.get(" ".join(plain.split()))


def doubt_about(day: date, stated_weekday: str) -> str:
    """Return in words why the day is doubtful when its source names another weekday.

    Empty when the source names none, or the right one. The day is kept either way: a source's
    weekday is no better proof than its date, so neither is corrected. The nearest day with the
    same number in another month that fits is named, because a wrong month is the usual slip.
    """
    stated = stated_weekday.strip()
    if not stated:
        return ""
    number = weekday_of(stated)
    if number is None:
        return _("The source calls the day “%(stated)s”, which is no weekday.") % {"stated": stated}
    if number == day.weekday():
        return ""
    words = {
        "stated": WEEKDAYS[number],
        "day": day.isoformat(),
        "actual": WEEKDAYS[day.weekday()],
    }
    doubt = _("The source says %(stated)s, but %(day)s was a %(actual)s.") % words
    if near := _same_number_nearby(day, number):
        hint = _("%(near)s was a %(stated)s.") % {"near": near.isoformat(), **words}
        return f"{doubt} {hint}"
    return doubt


def _same_number_nearby(day: date, weekday: int) -> date | None:
    """Return the nearest day of that weekday with the same number in a month of the same year."""
    others = (_in_month(day, month) for month in range(1, 13))
    fitting = [other for other in others if other and other.weekday() == weekday]
    return min(fitting, key=lambda other: (abs(other - day), other), default=None)


def _in_month(day: date, month: int) -> date | None:
    try:
        return day.replace(month=month)
    except ValueError:
        return None


def seats_left(seats: int | None, registered: int) -> int | None:
    """Return how many more may register; None when the class has no limit."""
    return None if seats is None else max(seats - registered, 0)
