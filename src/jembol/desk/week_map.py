"""The routes of a day on the map."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.kit.area import city_key
from jembol.places.models import Area
from jembol.places.queries import shapes_in
from jembol.ui.map import MapArea, rings_of
from jembol.ui.route_map import Line, Spot, draw_routes

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from jembol.desk.week_words import Words
    from jembol.outreach.queries.week_plans import DayRow, PlanTold


def map_of(told: PlanTold, words: Words, on: date | None) -> SafeString | None:
    """Return the map of one day; None when nobody goes out."""
    if on is None:
        return None
    lines = [_line(row, words) for row in told.days if row.on == on]
    title = _("Routes of %(day)s") % {"day": format_day(on, "l, j F")}
    others = [Spot(one.stop.lat, one.stop.lon, "", words.title(one.stop)) for one in told.unserved]
    return (
        draw_routes(
            lines,
            _ground(told),
            title=title,
            others=others,
            others_title=_("not visited this week"),
        )
        or None
    )


def _line(row: DayRow, words: Words) -> Line:
    # The start may be the door of a home, so the line begins at the first stop.
    spots = [
        Spot(
            one.stop.lat,
            one.stop.lon,
            f"{row.planned.number}.{one.stop.place}",
            f"{one.stop.arrives_at:%H.%M} {words.title(one.stop)}",
            f"#perhentian-{one.stop.pk}",
        )
        for one in row.stops
    ]
    return Line(row.planned.number, row.planned.officer.name, None, spots)


def _ground(told: PlanTold) -> list[MapArea]:
    city = Area.objects.filter(key=city_key(told.plan.area_id)).first()
    if city is None:
        return []
    return [
        MapArea(shape.name, None, "", 0.0, 0.0, rings_of(shape.geometry))
        for shape in shapes_in(city)
        if shape.geometry
    ]
