"""The fasting month, by calculation.

The dates are those of the Umm al-Qura calendar, as carried by hijridate. Indonesia's government
fixes the first and the last day by sighting the moon (sidang isbat), often a day later, so an
answer here is an estimate and is always told as one.
"""

from datetime import date
from typing import Final

from hijridate import Gregorian

_NINTH: Final = 9


def is_ramadan(day: date) -> bool | None:
    """Whether the day lies in Ramadan by calculation; None outside of the years it knows."""
    try:
        return Gregorian.fromdate(day).to_hijri().month == _NINTH
    except OverflowError:
        return None
