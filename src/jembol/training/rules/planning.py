"""What planning a class decides from days, hours and numbers alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from jembol.kit.money import Rupiah
from jembol.kit.ramadan import is_ramadan
from jembol.kit.working_days import HolidaysUnknown, holidays_in
from jembol.training.rules.classes import Day

MOST_COMPANIONS: Final = 5
"""How many may come along with one participant at most."""

_SUNDAY: Final = 6
_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a day of a class takes: [starts_at, ends_at), as moments.

    Attributes:
        starts_at: When it begins.
        ends_at: When it is over; the next may begin at that moment.
        has_hours: Whether both hours are known; without them it lasts from midnight to midnight.
    """

    starts_at: datetime
    ends_at: datetime
    has_hours: bool


def span_of(day: Day, zone: tzinfo) -> Span:
    """Return the time that a day takes, on the clocks of this zone.

    An end that is not after the start lies on the next morning. A day with a start and no end
    counts as one without hours, for nobody knows how long it takes.
    """
    if day.starts_at is None or day.ends_at is None:
        midnight = datetime.combine(day.on, time.min, zone)
        next_one = datetime.combine(day.on + _ONE_DAY, time.min, zone)
        return Span(midnight, next_one, has_hours=False)
    is_over_midnight = day.ends_at <= day.starts_at
    last = day.on + _ONE_DAY if is_over_midnight else day.on
    starts = datetime.combine(day.on, day.starts_at, zone)
    return Span(starts, datetime.combine(last, day.ends_at, zone), has_hours=True)


def takes_turns(source: str) -> bool:
    """Whether a class takes venues and mentors.

    One that is known from a source was planned by others: two reports may name one hall at the
    same hours, and both are kept as they were told.
    """
    return not source


def shifted(days: Sequence[Day], *, first: date) -> list[Day]:
    """Return the days with the same hours and gaps, the first of them on this date.

    Raises:
        OverflowError: a day would lie behind the end of the calendar.
    """
    ordered = sorted(days, key=lambda day: day.on)
    away = first - ordered[0].on
    return [Day(day.on + away, day.starts_at, day.ends_at) for day in ordered]


def starts_after(last: date, *, weekday: int, count: int) -> list[date]:
    """Return the next dates on this weekday, one a week, the first of them after `last`."""
    ahead = (weekday - last.weekday()) % 7 or 7
    first = last + timedelta(days=ahead)
    return [first + number * _WEEK for number in range(count)]


class NoteKind(StrEnum):
    """What is worth knowing about a day when a class is planned on it."""

    HOLIDAY = "holiday"
    SUNDAY = "sunday"
    RAMADAN = "ramadan"
    UNKNOWN_YEAR = "unknown-year"


@dataclass(frozen=True, slots=True)
class DayNote:
    """One thing worth knowing about a day; a warning, never a refusal.

    Attributes:
        kind: What it is.
        name: The holiday's name, or empty.
    """

    kind: NoteKind
    name: str = ""


def notes_on(day: date) -> tuple[DayNote, ...]:
    """Return what a planner should know about the day: holiday, Sunday, Ramadan by calculation."""
    found = []
    try:
        if name := holidays_in(day.year).get(day):
            found.append(DayNote(NoteKind.HOLIDAY, name))
    except HolidaysUnknown:
        found.append(DayNote(NoteKind.UNKNOWN_YEAR))
    if day.weekday() == _SUNDAY:
        found.append(DayNote(NoteKind.SUNDAY))
    if is_ramadan(day):
        found.append(DayNote(NoteKind.RAMADAN))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of a cost plan as it is given."""

    account_code: str
    kind: str
    what: str
    quantity: int
    unit: str
    unit_price: Rupiah
    mentor_id: int | None = None

    @property
    def total(self) -> Rupiah:
        """What the line comes to."""
        return self.unit_price * self.quantity


def total_of(costs: Iterable[Cost]) -> Rupiah:
    """Return what these lines come to together."""
    return sum((cost.total for cost in costs), Rupiah(0))


class RoomFault(StrEnum):
    """Why a venue may be too small."""

    SEATS = "seats"
    COMPANIONS = "companions"
    NO_LIMIT = "no-limit"


def room_fault(*, capacity: int | None, seats: int | None, companions: int) -> RoomFault | None:
    """Return why a venue may be too small for the class, or None.

    Only `SEATS` is a reason to refuse: companions may wait outside, and a class without a limit
    of seats may stay small.
    """
    if capacity is None:
        return None
    if seats is None:
        return RoomFault.NO_LIMIT
    if seats > capacity:
        return RoomFault.SEATS
    return RoomFault.COMPANIONS if seats * (1 + companions) > capacity else None
