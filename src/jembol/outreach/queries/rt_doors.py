"""What the page behind an RT's link tells: what came, what comes, what became of its wishes.

It names nobody. Counts of people below three are told as "fewer than three", whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q
from django.utils import timezone

from jembol.kit.area import AreaCode, city_key
from jembol.kit.reach import Reach
from jembol.outreach.models import RtDoor, RtDoorQuerySet, Visit, Wish, WishPolicy
from jembol.outreach.queries.coming import NextVisit, next_visit_to
from jembol.outreach.queries.wishes import WITH_REPLY
from jembol.outreach.rules import MOST_OPEN, default_end, told
from jembol.places.choices import Level
from jembol.training.models import Attendance, Class
from jembol.training.queries.classes import ROOT_OF_ATTENDANCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jembol.places.models import Area

DAYS_SHOWN: Final = 5
CLASSES_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Policy:
    """How many wishes of one RT may wait in a city, and until when its links lead somewhere."""

    most_open: int
    doors_until: date


@dataclass(frozen=True, slots=True)
class Came:
    """What came to an RT or RW.

    Attributes:
        visits: Visits of officers to doors there, since the beginning.
        visits_this_year: Those of this year.
        days: The last days on which somebody came, the newest first.
        trained: People who live there and came to a class of the city; None for fewer than three.
        next_visit: The next one that was told or is planned, if any.
        classes: Coming classes with a free seat, or whose rule is open, the nearest first.
    """

    visits: int
    visits_this_year: int
    days: tuple[date, ...]
    trained: int | None
    next_visit: NextVisit | None
    classes: tuple[Class, ...]


def policy_of(area_key: int, on: date) -> Policy:
    """Return the rules of the city that holds an area, its own or those that hold without any."""
    policy = WishPolicy.objects.filter(pk=city_key(area_key)).first()
    if policy is None:
        return Policy(MOST_OPEN, default_end(on))
    return Policy(policy.most_open, policy.doors_until)


def rt_doors(reach: Reach) -> RtDoorQuerySet:
    """Return the links in the reach with their place, in no order yet."""
    return RtDoor.objects.within(reach).select_related("area__parent__parent")


def came_to(area: Area, on: date) -> Came:
    """Return what came to this RT or RW until this day, and what comes next."""
    visits = Visit.objects.inside(area).order_by("-at", "-pk")
    days = dict.fromkeys(
        timezone.localdate(visit.at) for visit in visits.only("at")[: 20 * DAYS_SHOWN]
    )
    people = Attendance.objects.counted().of_people_in(Reach((area.span,)))
    return Came(
        visits=visits.count(),
        visits_this_year=visits.filter(at__year=on.year).count(),
        days=tuple(days)[:DAYS_SHOWN],
        trained=told(people.order_by().values(root=ROOT_OF_ATTENDANCE).distinct().count()),
        next_visit=next_visit_to(area, on),
        classes=tuple(_classes_near(area, on)),
    )


def wishes_of(area: Area) -> Sequence[Wish]:
    """Return the wishes of exactly this RT or RW that stand, the newest first, with answers.

    `together` says how many wishes its gathering holds.
    """
    rows = Wish.objects.filter(area=area).standing().select_related(
        *WITH_REPLY, "gathered__gathering__reply__training_class__publication",
        "gathered__gathering__reply__training_class__cancellation",
    )  # fmt: skip
    together = Count("gathered__gathering__gathered", distinct=True)
    return list(rows.annotate(together=together).order_by("-told_at", "-pk"))


def _classes_near(area: Area, on: date) -> list[Class]:
    """Return what people there can still sign up for: of their kelurahan first, then around it."""
    kecamatan = AreaCode.from_key(area.key).at_level(Level.KECAMATAN)
    own = AreaCode.from_key(area.key).at_level(Level.KELURAHAN)
    if kecamatan is None or own is None:
        return []
    shown = Class.objects.within(Reach((kecamatan.span,))).published().of_the_city()
    rows = shown.filter(starts_on__gte=on).select_related("area", "venue", "selection_rule")
    free = rows.with_seats_left().filter(
        Q(seats_left__isnull=True)
        | Q(seats_left__gt=0)
        | Q(selection_rule__closes_at__date__gte=on)
    )
    near = sorted(
        free.order_by("starts_on", "pk")[: 5 * CLASSES_SHOWN],
        key=lambda each: (not own.contains(AreaCode.from_key(each.area_id)), each.starts_on),
    )
    return near[:CLASSES_SHOWN]
