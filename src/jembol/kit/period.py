"""Half-open stretches of days or of time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

T = TypeVar("T", date, datetime)


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """From `starts` up to and without `ends`; without an end it goes on.

    Both ends are dates, or both are datetimes with a time zone.

    Raises:
        ValueError: it ends before or when it starts, or a datetime has no time zone.
        TypeError: one end is a date and the other a datetime.
    """

    starts: T
    ends: T | None = None

    def __post_init__(self) -> None:
        _check(self.starts)
        if self.ends is None:
            return
        _check(self.ends)
        _same_kind(self.starts, self.ends)
        if self.ends <= self.starts:
            raise ValueError(f"a period must end after it starts, got {self.starts} to {self.ends}")

    def contains(self, moment: T) -> bool:
        """Whether the day or moment lies in the period; its end does not.

        Raises:
            TypeError: a date is asked of a period of datetimes, or the other way round.
        """
        _same_kind(self.starts, moment)
        return self.starts <= moment and (self.ends is None or moment < self.ends)

    def overlaps(self, other: "Period[T]") -> bool:
        """Whether the two share any stretch; two that only touch do not.

        Raises:
            TypeError: one is of dates and the other of datetimes.
        """
        _same_kind(self.starts, other.starts)
        before_end = self.ends is None or other.starts < self.ends
        return before_end and (other.ends is None or self.starts < other.ends)


def _check(moment: date) -> None:
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone; give an aware datetime")


def _same_kind(one: date, other: date) -> None:
    # A datetime is a date for isinstance, yet the two cannot be compared.
    if isinstance(one, datetime) != isinstance(other, datetime):
        raise TypeError(f"cannot compare the date and the datetime in {one!r} and {other!r}")
