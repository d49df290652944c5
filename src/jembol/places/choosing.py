"""Areas to choose from in a form, bounded by a reach."""

from django.db.models import Q, QuerySet

from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.places.queries import served_cities

LOCAL = (Level.KELURAHAN, Level.RW, Level.RT)

Groups = list[tuple[str, list[tuple[int, str]]]]


def area_choices(reach: Reach, *, with_city: str = "") -> Groups:
    """Return kelurahan by kecamatan, and RW or RT whose kelurahan lies outside the reach.

    Only served cities are offered. `with_city` is the label under which the city itself is
    offered, for people whose kelurahan nobody knows; empty leaves it out.
    """
    groups: dict[str, list[tuple[int, str]]] = {}
    for city in served_cities():
        if with_city and reach.covers(city.key):
            groups.setdefault(city.name, []).append((city.key, with_city))
        for area in _offered(city, reach):
            above = area.parent.name if area.parent else ""
            groups.setdefault(f"{above}, {city.name}", []).append((area.key, area.name))
    return list(groups.items())


def _offered(city: Area, reach: Reach) -> QuerySet[Area]:
    known = Area.objects.inside(city).within(reach).filter(level__in=LOCAL)
    # Left out by the database: a city has fifty kelurahan and thousands of RT.
    is_topmost = Q(level=Level.KELURAHAN) | ~Q(parent__in=Area.objects.within(reach))
    return known.filter(is_topmost).select_related("parent").order_by("key")


def filter_choices(reach: Reach) -> list[tuple[str, str]]:
    """Return city, kecamatan and kelurahan that the reach touches, by code, for a filter.

    An officer of one RW may ask for its kelurahan too: the rows stay bounded by the reach.
    """
    found: list[tuple[str, str]] = []
    for city in served_cities():
        known = Area.objects.inside(city).filter(level__lte=Level.KELURAHAN).order_by("key")
        found += [
            (area.code, "\u2003" * (area.level - Level.CITY) + area.name)
            for area in known
            if reach & Reach((area.span,))
        ]
    return found


def span_of(code: str) -> tuple[int, int]:
    """Return the span of an area's code; an unreadable code holds nothing."""
    try:
        return AreaCode.parse(code).span
    except ValueError:
        return (0, 0)
