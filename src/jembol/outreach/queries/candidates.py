"""Who could be sent where in a week: officers with their hours, and what waits for a visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from jembol.kit.area import AreaCode, city_key
from jembol.kit.reach import Reach
from jembol.outreach.choices import MustWhy, PlanState, StopKind
from jembol.outreach.models import PlannedOfficer, Promise, ServiceDay, Stop, WorkProfile
from jembol.outreach.queries.need import AreaNeed, needs_of, weighing_of
from jembol.outreach.rules.fairness import Waiting, choose
from jembol.outreach.rules.routes import Candidate, Point, Window, Worker, kecamatan_key
from jembol.outreach.rules.week import (
    WEEKS_REMEMBERED,
    Hours,
    Share,
    Terms,
    minute_of,
    skill_for,
    skills_of_service,
    trade_of,
    window_of,
    with_multipliers,
)
from jembol.places.choices import Level
from jembol.places.models import Area

WORKING_DAY = (7 * 60, 17 * 60)
"""Between which minutes an appointment without hours of its own may begin."""
HALVES = 2
WAY = 30
"""Minutes after the beginning of a half of a day by which officers can be anywhere in a city."""
LEAST_SERVICE = 30
"""Minutes of a service day in one half below which nobody is sent."""
WAY_BETWEEN = 10
"""Minutes of the way from one visit to the next, for counting how many a week holds."""


@dataclass(frozen=True, slots=True)
class Week:
    """What a week is planned from.

    Attributes:
        workers: Officers who are free in it.
        candidates: What waits, in an order that stays the same.
        shares: The ledger of the kecamatan.
        unknown: Names of areas that cannot be planned because nobody knows where they are.
    """

    workers: tuple[Worker, ...]
    candidates: tuple[Candidate, ...]
    shares: tuple[Share, ...]
    unknown: tuple[str, ...]


def week_of(area: Area, starts_on: date, days: Sequence[date], terms: Terms) -> Week:
    """Return what a week of an area is planned from."""
    workers = workers_in(area, starts_on)
    where = _Places(area)
    needs = needs_of(Reach.of([area.key]), starts_on)
    claimed = [
        *_of_promises(area, days, where, terms),
        *_of_services(area, _common(days, terms, workers), where),
    ]
    free = _minutes(workers, days, terms) - sum(one.minutes for one in claimed if one)
    floor = _floor(area, needs, days, free, terms)
    candidates = [*claimed, *(_of_area(one, where, terms, days, floor) for one in needs)]
    known = [one for one in candidates if one is not None]
    unknown = [one.label for one in needs if where.point(one.area, _own(one)) is None]
    shares = ledger_of(area, starts_on) if terms.is_fair else ()
    return Week(
        tuple(workers),
        tuple(sorted(known, key=lambda one: one.ref)),
        with_multipliers(shares),
        tuple(unknown),
    )


def workers_in(area: Area, starts_on: date) -> list[Worker]:
    """Return the officers of an area who are in no other plan of that week, by their key."""
    taken = PlannedOfficer.objects.filter(starts_on=starts_on, is_live=True)
    rows = (
        WorkProfile.objects.inside(area)
        .filter(officer__is_active=True)
        .exclude(officer__in=taken.values("officer"))
        .select_related("area", "officer")
        .order_by("officer_id")
    )
    where = _Places(area)
    found = []
    for row in rows:
        own = None if row.lat is None or row.lon is None else (row.lat, row.lon)
        start = where.point(row.area_id, own)
        if start is not None:
            found.append(_worker(row, start, starts_on))
    return found


def ledger_of(area: Area, starts_on: date) -> list[Share]:
    """Return what each kecamatan of the area had of its need in the weeks before, by key."""
    since = starts_on - timedelta(weeks=WEEKS_REMEMBERED)
    rows = (
        Stop.objects.inside(area)
        .filter(
            plan__state=PlanState.MADE,
            plan__starts_on__gte=since,
            plan__starts_on__lt=starts_on,
            kind=StopKind.AREA,
        )
        .order_by("area_id")
        .values_list("area_id")
        .annotate(needed=Sum("need"), served=Sum("need", filter=Q(officer__isnull=False)))
    )
    told = dict.fromkeys(_kecamatan_in(area), (0, 0))
    for key, needed, served in rows:
        kecamatan = kecamatan_key(key)
        had = told.get(kecamatan, (0, 0))
        told[kecamatan] = (had[0] + needed, had[1] + (served or 0))
    return [Share(key, *numbers) for key, numbers in sorted(told.items())]


# --- steps ------------------------------------------------------------------------------------


class _Places:
    """Where the areas inside one area are; an area without a place has that of the one above."""

    def __init__(self, area: Area) -> None:
        rows = Area.objects.inside(area).filter(lat__isnull=False).order_by("key")
        self._points: Mapping[int, Point] = {
            key: (lat, lon)
            for key, lat, lon in rows.values_list("key", "lat", "lon")
            if lat is not None and lon is not None
        }

    def point(self, key: int, own: Point | None = None) -> Point | None:
        """Return where something in this area is; its own place counts first."""
        if own is not None:
            return own
        code: AreaCode | None = AreaCode.from_key(key)
        while code is not None and code.level >= Level.KELURAHAN:
            if code.key in self._points:
                return self._points[code.key]
            code = code.parent
        return None


def _own(one: AreaNeed) -> Point | None:
    return None if one.lat is None or one.lon is None else (one.lat, one.lon)


def _kecamatan_in(area: Area) -> Iterable[int]:
    rows = Area.objects.inside(area).at(Level.KECAMATAN).order_by("key")
    return rows.values_list("key", flat=True)


def _worker(row: WorkProfile, start: Point, on: date) -> Worker:
    usual = Hours(row.starts_at, row.rests_at, row.resumes_at, row.ends_at)
    friday = Hours(row.starts_at, row.friday_rests_at, row.friday_resumes_at, row.ends_at)
    skills = frozenset(row.skills)
    hours = (*[usual] * 4, friday, usual, usual)
    reach = row.officer.reach("outreach.visit", on)
    return Worker(row.officer_id, start, hours, skills, row.travel, reach)


def _floor(
    area: Area, needs: Sequence[AreaNeed], days: Sequence[date], minutes: int, terms: Terms
) -> dict[int, date | None]:
    """Return the areas that the city's promise puts into this week, with the day that keeps it.

    Args:
        area: What is planned.
        needs: Its areas.
        days: Days of the plan.
        minutes: Time of all officers that nothing else has claimed.
        terms: The planner's numbers.
    """
    if not days or minutes <= 0:
        return {}
    choice = choose(
        [Waiting(one.area, one.due_by, one.score) for one in needs],
        on=days[0],
        capacity=minutes // (terms.area_minutes + WAY_BETWEEN),
        promise_days=weighing_of(city_key(area.key), days[0]).promise_days,
    )
    return {one.key: one.by for one in choice.chosen if one.is_floor}


def _minutes(workers: Sequence[Worker], days: Sequence[date], terms: Terms) -> int:
    return sum(
        high - low
        for one in workers
        for day in days
        for low, high in one.hours[day.weekday()].halves(terms.slack_percent)
    )


def _of_area(
    one: AreaNeed,
    where: _Places,
    terms: Terms,
    days: Sequence[date],
    floor: Mapping[int, date | None],
) -> Candidate | None:
    point = where.point(one.area, _own(one))
    if point is None:
        return None
    by = floor.get(one.area)
    in_time = [day for day in days if by is not None and day <= by]
    return Candidate(
        ref=f"area:{one.area}",
        kind=StopKind.AREA,
        area=one.area,
        point=point,
        minutes=terms.area_minutes,
        need=round(one.score),
        must=MustWhy.FLOOR if one.area in floor else "",
        windows=tuple((day, *WORKING_DAY) for day in in_time),
        facts={
            "parts": dict(one.parts),
            "counts": dict(one.counts),
            "never_visited": one.last_visit is None,
        },
    )


def _of_promises(
    area: Area, days: Sequence[date], where: _Places, terms: Terms
) -> Iterable[Candidate | None]:
    rows = (
        Promise.objects.inside(area)
        .filter(kept_at__isnull=True, due_on__lte=days[-1] if days else date.min)
        .select_related("visit__enterprise", "visit__person")
        .prefetch_related("visit__needs")
        .order_by("pk")
    )
    for row in rows:
        visit = row.visit
        own = None if visit.lat is None or visit.lon is None else (visit.lat, visit.lon)
        point = where.point(row.area_id, own)
        if point is None:
            continue
        yield Candidate(
            ref=f"promise:{row.pk}",
            kind=StopKind.PROMISE,
            area=row.area_id,
            point=point,
            minutes=terms.promise_minutes,
            need=100,
            must=MustWhy.PROMISED,
            windows=_windows(row, days, terms),
            skill=skill_for(one.kind for one in visit.needs.all() if one.met_at is None),
            source=row.pk,
            why=(row.words,),
        )


def _windows(row: Promise, days: Sequence[date], terms: Terms) -> tuple[Window, ...]:
    """Return when an appointment may begin: until its day, or at once when that is past."""
    shop = row.visit.enterprise
    trade = trade_of(shop.activity, shop.product, shop.name) if shop else trade_of("")
    low, high = window_of(trade, terms) or WORKING_DAY
    in_time = [day for day in days if day <= row.due_on] or list(days[:1])
    return tuple((day, low, high) for day in in_time)


def _common(
    days: Sequence[date], terms: Terms, workers: Sequence[Worker]
) -> dict[date, list[tuple[int, int]]]:
    """Return for each day the halves in which all officers are at work."""
    found = {}
    for day in days:
        halves = [one.hours[day.weekday()].halves(terms.slack_percent) for one in workers]
        both = zip(*(one for one in halves if len(one) == HALVES), strict=True)
        found[day] = [(max(low for low, _ in one), min(high for _, high in one)) for one in both]
    return found


def _of_services(
    area: Area, halves: Mapping[date, Sequence[tuple[int, int]]], where: _Places
) -> Iterable[Candidate]:
    rows = ServiceDay.objects.inside(area).filter(on__in=list(halves), cancelled_at__isnull=True)
    for row in rows.order_by("pk"):
        own = None if row.lat is None or row.lon is None else (row.lat, row.lon)
        point = where.point(row.area_id, own)
        if point is None:
            continue
        for half, span in enumerate(halves[row.on], start=1):
            yield from _of_service(row, half, span, point)


def _of_service(
    row: ServiceDay, half: int, span: tuple[int, int], point: Point
) -> Iterable[Candidate]:
    """Yield a stop for each officer who is there in one half of the day.

    They come when the half has begun by the time of the way there, and stay to its end; who is
    there at noon is a matter of those who are there.
    """
    low = max(minute_of(row.starts_at), span[0] + WAY)
    high = min(minute_of(row.ends_at), span[1])
    if high - low < LEAST_SERVICE:
        return
    skills = skills_of_service(row.services, row.officers)
    for number, skill in enumerate(skills, start=1):
        yield Candidate(
            ref=f"service:{row.pk}:{half}:{number}",
            kind=StopKind.SERVICE,
            area=row.area_id,
            point=point,
            minutes=high - low,
            need=100,
            must=MustWhy.SERVICE,
            windows=((row.on, low, low),),
            skill=skill,
            together=f"service:{row.pk}:{half}" if len(skills) > 1 else "",
            source=row.pk,
            why=(row.place,),
        )
