"""Which city and which period a page speaks of: from the address, within the officer's reach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from jembol.kit.period import Period
from jembol.places.queries import served_cities
from jembol.ui.listing import parse_day, parse_key

if TYPE_CHECKING:
    from jembol.kit.reach import Reach
    from jembol.places.models import Area
    from jembol.ui.guards import OfficerRequest

# The programme's oldest documented classes are of 2017.
FIRST_YEAR = 2017


def cities_within(reach: Reach) -> list[Area]:
    """Return the served cities that the reach touches, even if only by one RW."""
    return [
        city
        for city in served_cities()
        if any(low < city.span[1] and city.span[0] < high for low, high in reach.spans)
    ]


def chosen_city(request: OfficerRequest) -> Area:
    """Return the city that the address names, else the first within reach.

    Raises:
        Http404: it is not within reach, or no city has been opened.
    """
    cities = cities_within(request.reach)
    wanted = request.GET.get("kota", "")
    found = next((city for city in cities if city.code == wanted), None)
    if wanted and found is None:
        raise Http404
    if found or cities:
        return found or cities[0]
    raise Http404


def years() -> list[int]:
    """Return the years that can be asked for, newest first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


def period_of(request: OfficerRequest) -> Period[date] | None:
    """Return the year that the address names as a period, or None for all time."""
    year = parse_key(request.GET.get("tahun", ""))
    if year in years():
        return Period(date(year, 1, 1), date(year + 1, 1, 1))
    return None


def day_named(request: OfficerRequest, key: str, otherwise: date) -> date:
    """Return the day that the address names, from the first year of the programme until today."""
    wanted = parse_day(request.GET.get(key, "")) or otherwise
    return min(max(wanted, date(FIRST_YEAR, 1, 1)), timezone.localdate())


# The calendar's last day, on which no class is given.
NO_DAY = Period(date.max)


def days_named(request: OfficerRequest) -> Period[date] | None:
    """Return the days from `dari` to and with `sampai`; None when the address names neither."""
    first, last = (parse_day(request.GET.get(key, "")) for key in ("dari", "sampai"))
    if first is None and last is None:
        return None
    first, last = first or date.min, last or date.max
    if last < first:
        return NO_DAY
    return Period(first, None if last == date.max else last + timedelta(days=1))
