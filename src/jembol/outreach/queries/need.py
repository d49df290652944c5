"""The need of each RW, or of the kelurahan where no RW is known, with its parts and its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from jembol.kit.area import city_key, kelurahan_key
from jembol.kit.reach import Reach
from jembol.outreach.choices import EstimateUnit
from jembol.outreach.models import AreaEstimate, NeedWeights
from jembol.outreach.queries import need_counts
from jembol.outreach.queries.need_counts import Mix, Scope, Seen
from jembol.outreach.rules.need import (
    Weighing,
    Weight,
    months_between,
    parts_of,
    reasons_of,
    score_of,
    share_missing,
    share_poor,
)
from jembol.places.choices import Level
from jembol.places.models import Area


@dataclass(frozen=True, slots=True)
class AreaNeed:
    """How urgent a visit to one area is, and why.

    Attributes:
        area: The key of the RW, or of the kelurahan for what is known there without an RW.
        code: The area's code.
        name: "RW 03", or the kelurahan.
        kelurahan: The name of the kelurahan.
        kecamatan: The name of the kecamatan.
        is_rest: Whether this is a kelurahan of which some RW are known: the rest of it.
        score: 0 to 100.
        parts: Points by name of the part; they add up to the score.
        counts: The number behind each part; None where it is not known.
        known: People of the register.
        enterprises: Enterprises of the register that are not closed.
        estimated: Enterprises by the latest estimate; None where nobody gave one.
        estimate: That estimate.
        unreached: People of the register who were neither met nor came to a class.
        last_visit: The day of the last visit, whatever was found; None when nobody was there.
        days_since: Days since then.
        due_by: The last day on which a visit keeps the city's promise.
        is_overdue: Whether that day has passed.
        lat: Latitude: of the area, else the middle of its visits, else of its kelurahan.
        lon: Longitude of the same.
        why: The reasons in words, the weightiest first.
        mix: The welfare deciles told.
    """

    area: int
    code: str
    name: str
    kelurahan: str
    kecamatan: str
    is_rest: bool
    score: float
    parts: Mapping[str, float]
    counts: Mapping[str, float | None]
    known: int
    enterprises: int
    estimated: int | None
    estimate: AreaEstimate | None
    unreached: int
    last_visit: date | None
    days_since: int | None
    due_by: date
    is_overdue: bool
    lat: float | None
    lon: float | None
    why: tuple[str, ...]
    mix: Mix = field(default_factory=Mix)

    @property
    def key(self) -> int:
        """The key of the area, by which lists page."""
        return self.area

    @property
    def label(self) -> str:
        """The area as people say it: kelurahan, then RW."""
        return self.name if self.name == self.kelurahan else f"{self.kelurahan} {self.name}"


def weighing_of(city: int, on: date) -> Weighing:
    """Return what a city weighs and promises on a day; the defaults where it has set nothing."""
    return weighings([city], on)[city]


def weighings(cities: Iterable[int], on: date) -> dict[int, Weighing]:
    """Return what each of these cities weighs and promises on a day."""
    wanted = list(cities)
    found = {city: Weighing() for city in wanted}
    rows = NeedWeights.objects.filter(city__in=wanted, starts_on__lte=on)
    for row in rows.order_by("city", "starts_on"):
        before = found[row.city_id]
        found[row.city_id] = Weighing(
            weights={name: Weight(*pair) for name, pair in row.parts.items()},
            unknown_percent=row.unknown_percent,
            promise_days=row.promise_days,
            promised_since=before.promised_since or row.starts_on,
            starts_on=row.starts_on,
        )
    return found


def needs_of(reach: Reach, on: date, *, weighed_on: date | None = None) -> list[AreaNeed]:
    """Return the need of every area in reach on a day, the most urgent first.

    The number of queries does not grow with the areas, the people or the visits.

    Args:
        reach: Where.
        on: As of which day; a past day is counted from the rows that bear dates.
        weighed_on: By the weights of which day, so that two days can be compared; else of `on`.
    """
    scope = Scope.of(reach, on)
    tallies = _Tallies(scope)
    areas = _areas(reach)
    cut = {kelurahan_key(key) for key, area in areas.items() if area.level == Level.RW}
    weighed = weighings({city_key(key) for key in areas}, weighed_on or on)
    needs = [
        _need(area, tallies, weighed[city_key(key)], is_rest=key in cut)
        for key, area in areas.items()
        if key not in cut or tallies.has(key)
    ]
    return sorted(needs, key=lambda need: (-need.score, need.area))


def _areas(reach: Reach) -> dict[int, Area]:
    rows = Area.objects.within(reach).filter(level__in=(Level.KELURAHAN, Level.RW))
    return {area.key: area for area in rows.select_related("parent__parent").order_by("key")}


class _Tallies:
    """Everything that is counted, by area."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.people = need_counts.people(scope)
        self.reached = need_counts.reached(scope)
        self.enterprises = need_counts.enterprises(scope)
        self.visits = need_counts.visits(scope)
        self.estimates = need_counts.estimates(scope)
        self.deciles = need_counts.deciles(scope)
        self.counts = {name: count(scope) for name, count in need_counts.COUNTS.items()}
        self.in_kelurahan: dict[int, int] = defaultdict(int)
        for key, number in self.enterprises.items():
            self.in_kelurahan[kelurahan_key(key)] += number

    def has(self, key: int) -> bool:
        """Whether anything is known there without an RW."""
        return key in self.people or key in self.enterprises or key in self.visits

    def counted(self, area: Area, weighing: Weighing) -> dict[str, float | None]:
        """Return the number behind each part."""
        key, seen, mix = area.key, self.visits.get(area.key), self.mix(area.key)
        told = self.estimate(key)
        # An estimate of a kelurahan speaks of all of it, also of its RW.
        there = self.enterprises if area.level == Level.RW else self.in_kelurahan
        months = weighing.weights.get("months")
        return {
            "unreached": self.unreached(key),
            "uncounted": share_missing(there.get(key, 0), told.number if told else None),
            "months": months_between(
                seen.last if seen else None, self.scope.on, months.full if months else 0
            ),
            "deciles": share_poor(mix.poor, mix.told),
            **{name: found.get(key, 0) for name, found in self.counts.items()},
        }

    def unreached(self, key: int) -> int:
        """Return how many known people nobody reached."""
        return self.people.get(key, 0) - self.reached.get(key, 0)

    def mix(self, key: int) -> Mix:
        """Return the deciles told."""
        return self.deciles.get(key, Mix())

    def estimate(self, key: int) -> AreaEstimate | None:
        """Return the latest estimate of the enterprises."""
        return self.estimates.get((key, EstimateUnit.ENTERPRISES))


def _need(area: Area, tallies: _Tallies, weighing: Weighing, *, is_rest: bool) -> AreaNeed:
    key, on = area.key, tallies.scope.on
    seen = tallies.visits.get(key)
    counts = tallies.counted(area, weighing)
    parts = parts_of(weighing, counts)
    told = tallies.estimate(key)
    due_by = due_day(seen.last if seen else None, weighing, on)
    kelurahan = area if area.level == Level.KELURAHAN else area.parent
    above = kelurahan.parent if kelurahan else None
    lat, lon = _place(area, seen)
    return AreaNeed(
        area=key,
        code=area.code,
        name=area.name,
        kelurahan=kelurahan.name if kelurahan else "",
        kecamatan=above.name if above else "",
        is_rest=is_rest,
        score=score_of(parts),
        parts=parts,
        counts=counts,
        known=tallies.people.get(key, 0),
        enterprises=tallies.enterprises.get(key, 0),
        estimated=told.number if told else None,
        estimate=told,
        unreached=tallies.unreached(key),
        last_visit=seen.last if seen else None,
        days_since=(on - seen.last).days if seen else None,
        due_by=due_by,
        is_overdue=due_by < on,
        lat=lat,
        lon=lon,
        why=reasons_of(parts, counts, never_visited=seen is None),
        mix=tallies.mix(key),
    )


def due_day(last: date | None, weighing: Weighing, on: date) -> date:
    """Return the last day on which a visit keeps the promise.

    The days run from the last visit, but not from before the city promised anything: a promise of
    today cannot be broken today. Before the first promise nothing is ever overdue.
    """
    since = weighing.promised_since or on
    return max(since, last or since) + timedelta(days=weighing.promise_days)


def _place(area: Area, seen: Seen | None) -> tuple[float | None, float | None]:
    if area.lat is None and area.level == Level.RW:
        if seen and seen.lat is not None:
            return seen.lat, seen.lon
        if area.parent:
            return area.parent.lat, area.parent.lon
    return area.lat, area.lon
