"""People and enterprises counted by where they stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, QuerySet

from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.models import Enterprise, Person

_UNITS_IN_KELURAHAN = 1_000_000
"""Keys of one kelurahan: three digits of RW and three of RT."""


@dataclass(frozen=True, slots=True)
class KelurahanCount:
    """How many rows stand in a kelurahan; key 0 is "kelurahan not known"."""

    area_key: int
    number: int


def people_by_kelurahan(city: Area, reach: Reach) -> list[KelurahanCount]:
    """Return the distinct people of the register in each kelurahan that has any, by key."""
    return _by_kelurahan(Person.objects.standing().within(reach).inside(city))


def enterprises_by_kelurahan(city: Area, reach: Reach) -> list[KelurahanCount]:
    """Return the enterprises in each kelurahan that has any, by key."""
    return _by_kelurahan(Enterprise.objects.standing().within(reach).inside(city))


def rows_by_floor(rows: QuerySet[Any]) -> list[tuple[int, int]]:
    """Return how many rows stand in each kelurahan or above, as (key without RW and RT, number)."""
    # Integer arithmetic in the database: the last six digits are RW and RT, so one GROUP BY does.
    floor = ExpressionWrapper(
        F("area_id") - F("area_id") % _UNITS_IN_KELURAHAN, output_field=BigIntegerField()
    )
    grouped = rows.order_by().values(floor=floor).annotate(number=Count("pk"))
    return list(grouped.values_list("floor", "number"))


def _by_kelurahan(rows: QuerySet[Any]) -> list[KelurahanCount]:
    totals: dict[int, int] = {}
    for floor, number in rows_by_floor(rows):
        key = kelurahan_key(floor)
        totals[key] = totals.get(key, 0) + number
    return [KelurahanCount(key, totals[key]) for key in sorted(totals)]
