"""Working days of government offices: weekends, national holidays and collective leave.

The dates come from the yearly joint decree of three ministers (SKB 3 Menteri), as carried by
lokal. A year without its decree is refused rather than taken to have no holidays.
"""

from datetime import date
from typing import Final

import lokal

KNOWN_YEARS: Final[tuple[int, ...]] = lokal.HOLIDAY_YEARS
"""The years whose decree is at hand."""


class HolidaysUnknown(ValueError):
    """The decree with the holidays of a year is not at hand."""

    def __init__(self, year: int) -> None:
        known = ", ".join(map(str, KNOWN_YEARS))
        super().__init__(
            f"the holidays of {year} are not known (known: {known}); "
            "update lokal-id once the joint decree for that year is out"
        )
        self.year = year


def holidays_in(year: int) -> dict[date, str]:
    """Return the holidays and days of collective leave of a year, with their names.

    Raises:
        HolidaysUnknown: the decree of that year is not at hand.
    """
    _check(year)
    return {date.fromisoformat(day.date): day.name for day in lokal.get_holidays(year).holidays}


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend, no holiday and no collective leave.

    Raises:
        HolidaysUnknown: the decree of that year is not at hand.
    """
    _check(day.year)
    return lokal.is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """Return the day that lies `count` working days after the given one, or before when negative.

    Raises:
        HolidaysUnknown: the way leads through a year whose decree is not at hand.
    """
    step = date.resolution if count > 0 else -date.resolution
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days from the first to the last day, both included.

    Raises:
        HolidaysUnknown: a year in between has no decree at hand.
    """
    for year in range(first.year, last.year + 1):
        _check(year)
    return lokal.count_working_days(first, last)


def _check(year: int) -> None:
    if year not in KNOWN_YEARS:
        raise HolidaysUnknown(year)
