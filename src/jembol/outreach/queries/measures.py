"""Honest measures of each RW: visited, met, and needs met within thirty days.

Each is a number out of a number, with what cannot be told yet beside it: a need whose thirty days
are not over is neither met nor failed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, F, Q
from django.utils import timezone

from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.outreach.choices import VisitOutcome
from jembol.outreach.models import Need, Visit
from jembol.outreach.queries.need_counts import unit_of
from jembol.places.choices import Level
from jembol.places.models import Area

DAYS_TO_MEET: Final = 30
"""A need counts as met in time when it was met within so many days after it was told."""

_OLDEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number out of a number; `open` more cannot be told yet."""

    part: int = 0
    whole: int = 0
    open: int = 0

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where there is nothing to share."""
        return self.part / self.whole if self.whole else None

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.part + other.part, self.whole + other.whole, self.open + other.open)


@dataclass(frozen=True, slots=True)
class AreaMeasure:
    """What a period brought to one area.

    Attributes:
        key: The key of the RW, or of the kelurahan for visits without an RW.
        code: The area's code.
        label: The area as people say it.
        met: Visits at which somebody was met, out of all visits.
        people: Different people who were met.
        needs: Needs met within thirty days, out of the needs told whose thirty days are over.
    """

    key: int
    code: str
    label: str
    met: Ratio = field(default_factory=Ratio)
    people: int = 0
    needs: Ratio = field(default_factory=Ratio)

    @property
    def visits(self) -> int:
        """How many visits there were."""
        return self.met.whole

    @property
    def met_share(self) -> float | None:
        """The share of visits at which somebody was met."""
        return self.met.share

    @property
    def needs_share(self) -> float | None:
        """The share of needs met in time."""
        return self.needs.share


def measures_of(reach: Reach, period: Period[date], on: date) -> list[AreaMeasure]:
    """Return the measures of every area in reach where something happened, by area.

    Args:
        reach: Where.
        period: Days on which the visits were and the needs were told.
        on: The day of the reader, after which nothing is known.
    """
    tomorrow = on + timedelta(days=1)
    # No database has a moment of the year 1, which an address may name.
    begin = _midnight(min(max(period.starts, _OLDEST), tomorrow))
    end = _midnight(min(max(period.ends or tomorrow, _OLDEST), tomorrow))
    met, people = _visits(reach, begin, end)
    needs = _needs(reach, begin, end, on)
    keys = set(met) | set(needs)
    areas = Area.objects.filter(pk__in=keys, level__in=(Level.KELURAHAN, Level.RW))
    return [
        AreaMeasure(
            key=area.key,
            code=area.code,
            label=f"{area.parent.name} {area.name}"
            if area.level == Level.RW and area.parent
            else area.name,
            met=met.get(area.key, Ratio()),
            people=people.get(area.key, 0),
            needs=needs.get(area.key, Ratio()),
        )
        for area in areas.select_related("parent").order_by("key")
    ]


def totals_of(rows: Iterable[AreaMeasure]) -> tuple[Ratio, Ratio]:
    """Return the sums: visits at which somebody was met, needs met in time."""
    met, needs = Ratio(), Ratio()
    for row in rows:
        met, needs = met + row.met, needs + row.needs
    return met, needs


def _visits(
    reach: Reach, begin: datetime, end: datetime
) -> tuple[Mapping[int, Ratio], Mapping[int, int]]:
    rows = Visit.objects.within(reach).filter(at__gte=begin, at__lt=end).order_by()
    is_met = Q(outcome=VisitOutcome.MET)
    found: dict[int, Ratio] = defaultdict(Ratio)
    counted = rows.values_list("area_id").annotate(n=Count("pk"), met=Count("pk", filter=is_met))
    for area, number, met in counted:
        found[unit_of(area)] += Ratio(met, number)
    people: dict[int, set[int]] = defaultdict(set)
    # One who is met twice, at two RT of the RW, is one person.
    named = rows.filter(is_met, person__isnull=False).values_list("area_id", "person_id")
    for area, person in named.distinct():
        people[unit_of(area)].add(person)
    return found, {unit: len(them) for unit, them in people.items()}


def _needs(reach: Reach, begin: datetime, end: datetime, on: date) -> Mapping[int, Ratio]:
    rows = Need.objects.within(reach).filter(at__gte=begin, at__lt=end).order_by()
    days = timedelta(days=DAYS_TO_MEET)
    is_over = Q(at__lt=_midnight(on + timedelta(days=1)) - days)
    in_time = Q(met_at__isnull=False, met_at__lte=F("at") + days)
    found: dict[int, Ratio] = defaultdict(Ratio)
    counted = rows.values_list("area_id").annotate(
        met=Count("pk", filter=is_over & in_time),
        over=Count("pk", filter=is_over),
        open=Count("pk", filter=~is_over),
    )
    for area, met, over, still_open in counted:
        found[unit_of(area)] += Ratio(met, over, still_open)
    return found


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))
