"""When people are asked after a class, and what may be told of what they think."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Final

AFTER_DAYS: Final = (30, 90, 180, 365)
"""Days after the last day of a class (docs/data.md, programme)."""

LAPSES_AFTER: Final = 455
"""Days after a class from which nobody is asked any more: a quarter of a year after the last."""

LEAST_OF_A_DAY: Final = 0.5
"""Share of a day from which it counts as a day attended."""

STEPS: Final = range(1, 6)
"""The steps of a scale."""

FEW_OPINIONS: Final = 5
"""Below so many answers nothing is shown: in a group of thirty a reader would guess who it was."""


@dataclass(frozen=True, slots=True)
class Due:
    """A question that is due to one person.

    Attributes:
        after_days: Which of the four.
        on: Since when.
    """

    after_days: int
    on: date


def due(ended_on: date, answered: Collection[int], today: date) -> Due | None:
    """Return the latest question that is due and not answered, or None.

    Whoever was asked late is asked once, for the latest date: three questions on one day would get
    one answer three times. The last question lapses, so that lists of years ago ask nobody.
    """
    passed = [days for days in AFTER_DAYS if ended_on + timedelta(days=days) <= today]
    if not passed or passed[-1] in answered or today > ended_on + timedelta(days=LAPSES_AFTER):
        return None
    return Due(passed[-1], ended_on + timedelta(days=passed[-1]))


def windows(today: date) -> tuple[tuple[int, date, date], ...]:
    """Return for each question between which last days of a class it is due today.

    Returns:
        Days after, the earliest last day, the latest last day; both inclusive.
    """
    ends = (*AFTER_DAYS[1:], LAPSES_AFTER + 1)
    return tuple(
        (days, today - timedelta(days=end - 1), today - timedelta(days=days))
        for days, end in zip(AFTER_DAYS, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Answers on one scale of 1 to 5.

    Attributes:
        count: How many.
        mean: Their mean; None below five answers.
        spread: How many chose 1, 2, 3, 4 and 5; None below five answers.
    """

    count: int
    mean: float | None
    spread: tuple[int, ...] | None


def scale(answers: Iterable[int]) -> Scale:
    """Return what may be told of these answers."""
    given = list(answers)
    if len(given) < FEW_OPINIONS:
        return Scale(len(given), None, None)
    return Scale(len(given), fmean(given), tuple(given.count(step) for step in STEPS))


def share_of_day(minutes: int | None, planned: int | None) -> float:
    """Return which share of a day somebody was there.

    Args:
        minutes: Minutes noted for a part of the day; None for the whole day.
        planned: Length of the day; None when its hours are not known.
    """
    if minutes is None:
        return 1.0
    # Without hours a part of a day counts as half: it is neither nothing nor the whole.
    return min(minutes / planned, 1.0) if planned else 0.5
