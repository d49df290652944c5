"""Wishes of RT and RW heads: counted by area, proposed to be gathered, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from jembol.kit.area import city_key, kelurahan_key
from jembol.kit.point import Point
from jembol.outreach.choices import ReplyKind
from jembol.outreach.models import Reply, Wish, WishQuerySet
from jembol.outreach.rules import NEAR_M, Alike, Asked, alike
from jembol.places.choices import Level
from jembol.places.models import Area

if TYPE_CHECKING:
    from datetime import date

    from jembol.kit.reach import Reach

WITH_REPLY = (
    "area__parent__parent",
    "gathered__gathering__reply__training_class",
    "officer",
)
"""What a list of wishes selects so that their state and answer need no query a row."""


def open_wishes_by_area(reach: Reach) -> dict[int, int]:
    """Return how many wishes wait for an answer in each RT and RW that has any."""
    waiting = Wish.objects.within(reach).unanswered().order_by()
    return dict(waiting.values_list("area_id").annotate(number=Count("pk")))


def wishes(reach: Reach) -> WishQuerySet:
    """Return the wishes in the reach with their place and answer, in no order yet."""
    return Wish.objects.within(reach).select_related(*WITH_REPLY)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Wishes that one answer may fulfil, as a page shows them.

    Attributes:
        wishes: The wishes, by area.
        topic: The words that all of them have.
        areas: How many RT and RW asked.
        people: For how many people, as far as they said.
        kelurahan: Where they stand.
        need: The greatest need among these kelurahan; 0 where it was not told.
    """

    wishes: tuple[Wish, ...]
    topic: str
    areas: int
    people: int
    kelurahan: tuple[str, ...]
    need: float = 0.0

    @property
    def kind(self) -> str:
        """What is needed, in words."""
        return self.wishes[0].get_kind_display()

    @property
    def year(self) -> int:
        """For which year."""
        return self.wishes[0].year


def gatherings_proposed(reach: Reach, *, need: Mapping[int, float] | None = None) -> list[Proposed]:
    """Return which waiting wishes to gather, most RT and RW first.

    Args:
        reach: Where.
        need: Need of each kelurahan by its key, which decides between equals.
    """
    rows = Wish.objects.within(reach).alone().select_related(WITH_REPLY[0]).order_by("area", "pk")
    by_city: dict[int, list[Wish]] = {}
    for row in rows:
        by_city.setdefault(city_key(row.area_id), []).append(row)
    found: list[Proposed] = []
    for city in sorted(by_city):
        near = _near(city, {kelurahan_key(row.area_id) for row in by_city[city]})
        known = {row.pk: row for row in by_city[city]}
        found += [
            _proposed(one, [known[key] for key in one.wishes])
            for one in alike([_asked(row) for row in by_city[city]], near=near, need=need)
        ]
    return found


def _asked(row: Wish) -> Asked:
    return Asked(
        key=row.pk,
        kind=row.kind,
        year=row.year,
        area=row.area_id,
        words=row.words,
        people=row.people or 0,
    )


def _proposed(one: Alike, rows: list[Wish]) -> Proposed:
    rows.sort(key=lambda row: (row.area_id, row.pk))
    names = dict.fromkeys(_kelurahan_of(row.area) for row in rows)
    return Proposed(tuple(rows), one.topic, one.areas, one.people, tuple(names), one.need)


def _kelurahan_of(area: Area) -> str:
    while area.level > Level.KELURAHAN and area.parent:
        area = area.parent
    return area.name


def _near(city: int, keys: set[int]) -> dict[int, set[int]]:
    """Return for each of these kelurahan the near ones; one of unknown place has none."""
    rows = Area.objects.filter(pk__in=keys, lat__isnull=False).order_by("pk")
    points = {row.pk: Point(row.lat, row.lon) for row in rows if row.lat is not None and row.lon}
    return {
        key: {
            other
            for other, point in points.items()
            if other != key and city_key(other) == city and here.distance_m(point) <= NEAR_M
        }
        for key, here in points.items()
    }


def visits_answered(reach: Reach, on: date) -> dict[int, int]:
    """Return the RT and RW that were told a visit and wait for it, with the key of the answer.

    Whoever plans the rounds of officers takes these as places to go to.
    """
    told = Wish.objects.within(reach).standing().order_by("pk")
    waiting = told.filter(gathered__gathering__reply__kind=ReplyKind.VISIT).exclude(
        gathered__gathering__reply__visit_on__lt=on
    )
    return dict(waiting.values_list("area_id", "gathered__gathering_id"))


def next_visit_told(area: Area, on: date) -> date | None:
    """Return the next day on which an answer told this RT or RW that somebody comes."""
    mine = Wish.objects.inside(area).standing().filter(gathered__gathering__reply__visit_on__gte=on)
    days = mine.values_list("gathered__gathering__reply__visit_on", flat=True)
    return min((day for day in days.order_by("pk") if day), default=None)


def reply_of(wish: Wish) -> Reply | None:
    """Return what the city answered to a wish; needs `WITH_REPLY` selected in a list."""
    gathered = getattr(wish, "gathered", None)
    return getattr(gathered.gathering, "reply", None) if gathered else None
