"""On which days a ticket holds; values in, values out."""

from datetime import date, timedelta
from typing import Final

AFTER: Final = timedelta(days=60)
"""A class that is moved keeps its printed tickets; which day it is, the door knows."""


def ticket_days(issued_on: date, starts_on: date, ends_on: date) -> tuple[date, date]:
    """Return the first and last day of a ticket's code, both inclusive."""
    return min(issued_on, starts_on), ends_on + AFTER
