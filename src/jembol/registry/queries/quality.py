"""How good the register's data are: what is filled in, what agrees, what may be there twice."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Mod

from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.methods.shares import wilson
from jembol.places.models import Area
from jembol.registry.choices import Answer
from jembol.registry.models import LinkageRun, MergeSample, NumberCheck, Person

_KEYS_OF_RW: Final = 10**3
_KEYS_OF_KELURAHAN: Final = 10**6
_KEYS_OF_KECAMATAN: Final = 10**10

MEASURES: Final = ("nik", "kk", "phone", "born_on", "kelurahan", "rt")
"""What a complete record of a person holds, in the order in which it is shown."""

_FILLED: Final[Mapping[str, Q]] = {
    "nik": ~Q(nik_digest=""),
    "kk": Q(household__isnull=False) & ~Q(household__kk_digest=""),
    "phone": ~Q(phone=""),
    "born_on": Q(born_on__isnull=False),
    "kelurahan": Q(in_kecamatan__gte=_KEYS_OF_KELURAHAN),
    "rt": Q(in_rw__gt=0),
}


@dataclass(slots=True)
class Completeness:
    """How many people there are, and how many have each measure.

    Attributes:
        people: Everybody counted once, absorbed records aside.
        filled: Number by name of `MEASURES`. A number that was unreadable is not kept, so "nik"
            counts those whose structure holds and the rest have none.
    """

    people: int = 0
    filled: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def add(self, counted: Mapping[str, Any]) -> None:
        """Add one group of people as the database counted it."""
        self.people += counted["people"]
        for name in MEASURES:
            self.filled[name] += counted[f"with_{name}"]

    def share(self, name: str) -> float | None:
        """Return the share that has it; None where nobody is."""
        return self.filled[name] / self.people if self.people else None


def people_of(city: Area, reach: Reach) -> QuerySet[Person]:
    """Return the people whose data are judged: each once, inside the city and the reach."""
    return Person.objects.standing().within(reach).inside(city)


def counted(grouped: QuerySet[Any], *, distinct: bool = False) -> QuerySet[Any]:
    """Return the numbers of `Completeness` for each group of people.

    Args:
        grouped: People, annotated by `with_place` and grouped by `values`.
        distinct: The grouping names a person several times.
    """
    filled = {
        f"with_{name}": Count("pk", filter=condition, distinct=distinct)
        for name, condition in _FILLED.items()
    }
    found: QuerySet[Any] = grouped.annotate(people=Count("pk", distinct=distinct), **filled)
    return found


def with_place(people: QuerySet[Person]) -> QuerySet[Any]:
    """Return people with the digits of their area by which a kelurahan and an RT are known."""
    key = F("area_id")
    return people.order_by().annotate(
        in_kecamatan=Mod(key, _KEYS_OF_KECAMATAN, output_field=BigIntegerField()),
        in_rw=Mod(key, _KEYS_OF_RW, output_field=BigIntegerField()),
    )


def completeness_by_kelurahan(city: Area, reach: Reach) -> dict[int, Completeness]:
    """Return the completeness by kelurahan, key 0 for "kelurahan not known", in one query."""
    floor = ExpressionWrapper(
        F("area_id") - F("area_id") % _KEYS_OF_KELURAHAN, output_field=BigIntegerField()
    )
    found: dict[int, Completeness] = defaultdict(Completeness)
    for row in counted(with_place(people_of(city, reach)).values(floor=floor)):
        found[kelurahan_key(row["floor"])].add(row)
    return dict(found)


def total_of(parts: Mapping[int, Completeness]) -> Completeness:
    """Return the completeness of all parts together."""
    whole = Completeness()
    for part in parts.values():
        whole.people += part.people
        for name in MEASURES:
            whole.filled[name] += part.filled[name]
    return whole


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the newest search of a city's register estimates.

    Attributes:
        remaining: Records too many.
        low: Lower end of its 95 % interval.
        high: Upper end.
        by_kelurahan: The same by key of the kelurahan; 0 where it is not known.
        by_door: The same by the way in which the later record came.
        records: How many records were searched.
        searched_at: When the search ended.
    """

    remaining: float
    low: float | None
    high: float | None
    by_kelurahan: dict[int, float]
    by_door: dict[str, float]
    records: int
    searched_at: datetime


def estimated_duplicates(city: Area, reach: Reach) -> Duplicates | None:
    """Return the newest estimate of a city; None when nobody has searched it yet.

    The number of the whole city is told to who reaches the whole city; others learn the sum of
    their own kelurahan, without an interval.
    """
    finished = LinkageRun.objects.filter(area=city, finished_at__isnull=False)
    run = finished.exclude(remaining=None).order_by("-pk").first()
    if run is None or run.remaining is None or run.finished_at is None:
        return None
    whole = reach.covers(city.key)
    seen: dict[int, float] = defaultdict(float)
    for text, number in run.by_area.items():
        key = kelurahan_key(int(text))
        if whole or (key and reach.covers(key)):
            seen[key] += number
    return Duplicates(
        remaining=run.remaining if whole else sum(seen.values()),
        low=run.remaining_low if whole else None,
        high=run.remaining_high if whole else None,
        by_kelurahan=dict(seen),
        by_door=dict(run.by_source) if whole else {},
        records=run.records,
        searched_at=run.finished_at,
    )


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the merges drawn by lot were right, as second readers say.

    Attributes:
        right: Answered "the same".
        wrong: Answered "different", of one household or not.
        unsure: Answered "cannot tell"; they count neither way.
        waiting: Drawn and not answered yet.
        last_at: The newest answer.
    """

    right: int
    wrong: int
    unsure: int
    waiting: int
    last_at: datetime | None

    @property
    def share(self) -> float | None:
        """The share of right ones; None before the first answer."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval (Wilson)."""
        return wilson(self.right, self.right + self.wrong)


def precision_of_merges(city: Area, reach: Reach) -> Precision:
    """Return what second readers found of past merges, in one query each for answers and day."""
    drawn = MergeSample.objects.filter(
        merge__survivor__in=Person.objects.within(reach).inside(city)
    )
    answers = dict(
        drawn.order_by().values_list("answer").annotate(number=Count("pk"))
    )  # fmt: skip
    newest = drawn.exclude(answered_at=None).order_by("-answered_at").first()
    return Precision(
        right=answers.get(Answer.SAME, 0),
        wrong=answers.get(Answer.DIFFERENT, 0) + answers.get(Answer.HOUSEHOLD, 0),
        unsure=answers.get(Answer.UNSURE, 0),
        waiting=answers.get("", 0),
        last_at=newest.answered_at if newest else None,
    )


def newest_number_check(city: Area, reach: Reach) -> NumberCheck | None:
    """Return the newest comparison of NIK with sex and birth; None when there is none to see."""
    if not reach.covers(city.key):
        return None
    return NumberCheck.objects.filter(area=city, finished_at__isnull=False).order_by("-pk").first()
