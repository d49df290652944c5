"""Which city and which period a page speaks of: from the address, within the officer's reach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from jembol.kit.period import Period
from jembol.places.queries import served_cities

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
    wanted = request.GET.get("tahun", "")
    if wanted.isdigit() and int(wanted) in years():
        return Period(date(int(wanted), 1, 1), date(int(wanted) + 1, 1, 1))
    return None
