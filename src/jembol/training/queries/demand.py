"""Where a course is wanted and was not given yet, by kelurahan.

Two numbers, never added up: who asked for this course and did not get it, and who is in the
register and never came to any class. The first is a wish that was told; the second only says whom
nobody reached.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.training.models import Attendance, Class, Course, Registration

ROOT = Coalesce("person__survivor_id", "person_id")
LIVES = Coalesce("person__survivor__area_id", "person__area_id")


@dataclass(frozen=True, slots=True)
class Demand:
    """How much one course is wanted in one kelurahan.

    Attributes:
        area: The kelurahan.
        asked: People who registered for a class of the course that was cancelled, or that is over
            and to which they did not come although attendance was taken; who came to another class
            of the course or holds a seat in a coming one is not among them.
        never_reached: People of the register who never came to any class of the city.
        known: People of the register.
        given: Classes of the course that were given there.
        coming: Classes of the course that are planned there.
    """

    area: Area
    asked: int
    never_reached: int
    known: int
    given: int
    coming: int

    @property
    def is_unmet(self) -> bool:
        """Whether a next class is worth proposing here."""
        return not self.coming and bool(self.asked or self.never_reached)


def demand(course: Course, city: Area, reach: Reach, on: date) -> tuple[Demand, ...]:
    """Return each kelurahan in reach, the one with the most unmet demand first.

    Kelurahan without a coming class come first, then by who asked, then by who was never reached.
    """
    people = Person.objects.standing().within(reach).filter(area__in=Area.objects.inside(city))
    came = Attendance.objects.counted().order_by()
    roots = came.values(
        root=Coalesce("registration__person__survivor_id", "registration__person_id")
    )
    known = _by_kelurahan(people)
    reached = _by_kelurahan(people.filter(pk__in=roots))
    asked = _asked(course, on)
    given, coming = _classes(course, city, on)
    rows = [
        Demand(
            area=area,
            asked=asked[area.key],
            never_reached=known[area.key] - reached[area.key],
            known=known[area.key],
            given=given[area.key],
            coming=coming[area.key],
        )
        for area in Area.objects.inside(city).within(reach).at(Level.KELURAHAN).order_by("name")
    ]
    return tuple(
        sorted(
            rows, key=lambda row: (row.coming > 0, -row.asked, -row.never_reached, row.area.name)
        )
    )


def _by_kelurahan(people: QuerySet[Person]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for area, number in people.order_by().values_list("area_id").annotate(number=Count("pk")):
        found[kelurahan_key(area)] += number
    return found


def _asked(course: Course, on: date) -> Mapping[int, int]:
    """Return how many people in each kelurahan asked for the course in vain."""
    of_course = Registration.objects.filter(training_class__course=course).order_by("pk")
    standing = of_course.standing()
    is_cancelled = Q(training_class__cancellation__isnull=False)
    # Before attendance was taken nobody knows who stayed away.
    was_given = Q(training_class__ends_on__lt=on, training_class__sessions__roll__isnull=False)
    in_vain = standing.filter(is_cancelled | was_given)
    served = {
        *of_course.attended().values_list(ROOT, flat=True),
        *standing.filter(~is_cancelled, training_class__ends_on__gte=on).values_list(
            ROOT, flat=True
        ),
    }
    lives = dict(in_vain.values_list(ROOT, LIVES))
    return _counted(area for root, area in lives.items() if root not in served)


def _classes(course: Course, city: Area, on: date) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return how many classes of the course were given in each kelurahan, and how many come."""
    counted = Class.objects.counted().inside(city).filter(course=course).order_by("pk")
    given = counted.filter(ends_on__lt=on).values_list("area_id", flat=True)
    coming = counted.filter(ends_on__gte=on).values_list("area_id", flat=True)
    return _counted(given), _counted(coming)


def _counted(areas: Iterable[int]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for area in areas:
        found[kelurahan_key(area)] += 1
    return found
