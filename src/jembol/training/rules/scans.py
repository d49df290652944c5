"""Which day of a class a scan belongs to, and what is said at the door; values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

EARLY_MIN: Final = 60
LATE_MIN: Final = 60
"""How long before a day begins and after it ends its door is open, where a class says nothing."""

MIDNIGHT: Final = time(0)


@dataclass(frozen=True, slots=True)
class DoorDay:
    """One day of a class as its door sees it; without hours the door is open all day."""

    key: int
    number: int
    on: date
    starts_at: time | None = None
    ends_at: time | None = None
    is_cancelled: bool = False


class Fit(StrEnum):
    """How the moment of a scan fits the day that it is noted for."""

    INSIDE = ""
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    OTHER_DAY = "other-day"
    CANCELLED = "session-cancelled"
    NO_SESSION = "no-session-today"


@dataclass(frozen=True, slots=True)
class Place:
    """The day that a scan is noted for, if any, and how well that fits."""

    day: DoorDay | None
    fit: Fit


def place_of(
    days: Sequence[DoorDay], at: datetime, *, early_min: int, late_min: int, wanted: int | None
) -> Place:
    """Return the day of the class to which a moment belongs.

    The day that the door names is taken. Otherwise it is the one whose door is open then, or else
    the day of the calendar: who comes three hours early came all the same, and that is told.

    Args:
        days: The days of the class.
        at: When, by the clocks of the class's city, without a zone.
        early_min: Minutes for which the door is open before a day begins.
        late_min: Minutes for which it is open after the day ends.
        wanted: The number of the day that the door names.
    """
    if wanted is not None:
        named = next((day for day in days if day.number == wanted), None)
        if named is None:
            return Place(None, Fit.NO_SESSION)
        return Place(named, _fit_of(named, at, early_min, late_min))
    held = [day for day in days if not day.is_cancelled]
    fits = [(day, _fit_of(day, at, early_min, late_min)) for day in held]
    # Doors of two neighbouring days may both be open over midnight: the day itself goes first.
    near = sorted(fits, key=lambda one: (one[1] is not Fit.INSIDE, abs(one[0].on - at.date())))
    if near and near[0][1] is Fit.INSIDE:
        return Place(*near[0])
    same = next(((day, fit) for day, fit in fits if day.on == at.date()), None)
    return Place(*same) if same else Place(None, Fit.NO_SESSION)


def _fit_of(day: DoorDay, at: datetime, early_min: int, late_min: int) -> Fit:
    if day.is_cancelled:
        return Fit.CANCELLED
    opens, closes = door_hours(day, early_min=early_min, late_min=late_min)
    if opens <= at < closes:
        return Fit.INSIDE
    if at.date() != day.on:
        return Fit.OTHER_DAY
    return Fit.TOO_EARLY if at < opens else Fit.TOO_LATE


def door_hours(day: DoorDay, *, early_min: int, late_min: int) -> tuple[datetime, datetime]:
    """Return when the door of a day opens and closes, by the city's clocks, half-open."""
    next_day = datetime.combine(day.on + timedelta(days=1), MIDNIGHT)
    if day.starts_at is None:
        return datetime.combine(day.on, MIDNIGHT), next_day
    opens = datetime.combine(day.on, day.starts_at) - timedelta(minutes=early_min)
    if day.ends_at is None:
        return opens, next_day
    return opens, datetime.combine(day.on, day.ends_at) + timedelta(minutes=late_min, seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheDoor:
    """What is known of somebody at the door.

    Attributes:
        has_seat: Whether the code or name leads to a registration of this class.
        is_readable: Whether the code is one of ours at all.
        code_fault: Why the code does not hold, or empty.
        is_withdrawn: Whether the seat was given back.
        is_class_cancelled: Whether the class was cancelled.
        fit: How the moment fits the day.
        came_before: Whether the person is noted for the day already.
    """

    has_seat: bool
    is_readable: bool = True
    code_fault: str = ""
    is_withdrawn: bool = False
    is_class_cancelled: bool = False
    fit: Fit = Fit.INSIDE
    came_before: bool = False


class Said(StrEnum):
    """What the door says."""

    WELCOME = "welcome"
    AGAIN = "again"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_CODE = "unknown_code"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said at the door, why, and whether coming in counts as having come.

    Who came in although it was not allowed did come: that is noted, and a supervisor looks at it.
    It is not noted where there is nothing to note it on, or nobody can be sure who it was.
    """

    said: Said
    why: str
    counts: bool


UNSURE: Final = frozenset({"key-expired"})
"""A key that is no longer trusted may have signed for a thief."""

NOTHING_TO_NOTE: Final = frozenset({Fit.NO_SESSION, Fit.CANCELLED})


def judge(seen: AtTheDoor) -> Judgement:
    """Return what is said to somebody at the door."""
    if not seen.has_seat:
        said = Said.NOT_ALLOWED if seen.is_readable else Said.UNKNOWN_CODE
        return Judgement(said, seen.code_fault or "not-registered", counts=False)
    if seen.is_class_cancelled:
        return Judgement(Said.NOT_ALLOWED, "class-cancelled", counts=False)
    counts = seen.fit not in NOTHING_TO_NOTE and seen.code_fault not in UNSURE
    why = seen.code_fault or ("withdrawn" if seen.is_withdrawn else "") or seen.fit.value
    if why:
        return Judgement(Said.NOT_ALLOWED, why, counts=counts)
    return Judgement(Said.AGAIN if seen.came_before else Said.WELCOME, "", counts=counts)
