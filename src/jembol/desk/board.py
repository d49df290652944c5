"""The front board: what was counted, apart, and where people were reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jembol.desk.cities import chosen_city, cities_within, period_of, years
from jembol.desk.lists import may
from jembol.places import queries as places
from jembol.reporting import queries as reporting
from jembol.reporting.figures import Figure, Slug
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.map import MapArea, rings_of
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.places.models import Area


@reads("reporting.see")
def board(request: OfficerRequest) -> HttpResponse:
    """Show the four counts, each a link to its rows, and the map of people reached."""
    city = chosen_city(request)
    period = period_of(request)
    reached = reporting.reached_by_kelurahan(city, request.reach, period)
    people = reporting.people_reached(city, request.reach, period)
    areas = map_areas(city, {row.key: row.people for row in reached.rows}, people.params)
    sees_people = may(request, "registry.see")
    context = {
        "title": _("Board"),
        "lead": city.name,
        "city": city,
        "today": timezone.localdate(),
        "may_see_past": sees_people,
        "cities": cities_within(request.reach),
        "years": years(),
        "year": period.starts.year if period else None,
        "figures": [
            (figure, _rows_of(request, figure))
            for figure in reporting.headline(city, request.reach, period)
        ],
        "reached": reached,
        "reached_figure": people,
        "reached_link": _reached_link(city.code, people.params) if sees_people else "",
        "claims": reporting.claims(city, request.reach, period),
        "areas": areas if sees_people else [replace(one, link="") for one in areas],
    }
    return show(request, "desk/board.html", context)


LISTS = {
    Slug.PEOPLE: "desk:person_list",
    Slug.ENTERPRISES: "desk:enterprise_list",
    Slug.REGISTRATIONS: "desk:registration_list",
    Slug.ATTENDANCES: "desk:attendance_list",
}
# What opens each of these lists.
SEES = {
    Slug.PEOPLE: "registry.see",
    Slug.ENTERPRISES: "registry.see",
    Slug.REGISTRATIONS: "training.see",
    Slug.ATTENDANCES: "training.see",
}


def _rows_of(request: OfficerRequest, figure: Figure) -> str:
    """Return the list behind a figure; empty for a role that reads numbers and no names."""
    if not may(request, SEES[figure.slug]):
        return ""
    return f"{reverse(LISTS[figure.slug])}?{urlencode(figure.params)}"


def _reached_link(code: str, params: dict[str, str], kelurahan: str = "") -> str:
    """Return the list of people who came to a class of the city, all or of one kelurahan."""
    days = {key: value for key, value in params.items() if key in {"dari", "sampai"}}
    query = urlencode({"hadir": code, **({"wilayah": kelurahan} if kelurahan else {}), **days})
    return f"{reverse('desk:person_list')}?{query}"


def map_areas(city: Area, people: dict[int, int], params: dict[str, str]) -> list[MapArea]:
    """Return the map of a city coloured by people, each kelurahan a link to its rows.

    A kelurahan that `people` does not name lies outside the reader's areas: it is drawn without
    a number, for zero would be a claim.
    """
    found = []
    for shape in places.shapes_in(city):
        rings = rings_of(shape.geometry)
        if shape.point is None and not rings:
            continue
        lon, lat = (shape.point.lon, shape.point.lat) if shape.point else rings[0][0]
        found.append(
            MapArea(
                name=shape.name,
                value=people.get(shape.key),
                link=_reached_link(city.code, params, shape.code),
                lon=lon,
                lat=lat,
                rings=rings,
            )
        )
    return found


paths = [path("", board, name="board")]
