"""The route of one officer on one day, as the phone carries it and as a page or paper shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jembol.accounts.models import Officer
from jembol.kit.reach import Reach
from jembol.outreach.choices import PlanState, StopKind
from jembol.outreach.models import Stop, WeekPlan, WorkProfile
from jembol.outreach.queries.week_plans import StopRow, absences_of, rows_of_day
from jembol.outreach.rules.need import reasons_of
from jembol.outreach.rules.week import monday_of
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.models import Person

NAMED = 6
"""People whom a stop at an RW names: as many as an hour can hold."""


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop with the people whom it is about.

    Attributes:
        row: The stop.
        people: Whom to look for, as far as the reader may know them.
    """

    row: StopRow
    people: tuple[Person, ...]


def route_of(officer: Officer, on: date) -> dict[str, Any] | None:
    """Return the route that an officer carries on a day; None when no plan has one.

    People are named as far as the officer's duty for visits reaches.
    """
    plan = _plan_with(officer, on)
    if plan is None:
        return None
    stops = stops_with_people(plan, officer.pk, on, officer.reach("outreach.visit", on))
    if not stops:
        return None
    return {
        "date": on.isoformat(),
        "start": _start(officer),
        "stops": [_carried(one) for one in stops],
    }


def stops_with_people(plan: WeekPlan, officer_id: int, on: date, reach: Reach) -> list[RouteStop]:
    """Return the stops of one officer on one day, with the people whom the reach lets be named."""
    rows = rows_of_day(plan, officer_id, on)
    return [RouteStop(row, tuple(_people(row.stop, reach))) for row in rows]


def place_in_words(area: Area) -> str:
    """Return an area as people say it: kelurahan, RW, RT; needs `parent.parent` selected."""
    names = [area.name]
    above = area.parent
    while above is not None and above.level >= Level.KELURAHAN:
        names.insert(0, above.name)
        above = above.parent if above.level > Level.KELURAHAN else None
    return " ".join(names)


def reasons_in_words(stop: Stop) -> list[str]:
    """Return why a stop is worth a visit, the weightiest reason first, in the reader's language."""
    if isinstance(stop.why, list):
        return [str(word) for word in stop.why]
    return list(reasons_of(stop.why["parts"], stop.why["counts"],
                           never_visited=stop.why["never_visited"]))  # fmt: skip


# --- steps ------------------------------------------------------------------------------------


def _plan_with(officer: Officer, on: date) -> WeekPlan | None:
    plan = (
        WeekPlan.objects.filter(
            state=PlanState.MADE, starts_on=monday_of(on), officers__officer=officer
        )
        .order_by("-pk")
        .first()
    )
    if plan is None or (officer.pk, on) in absences_of(plan):
        return None
    return plan


def _people(stop: Stop, reach: Reach) -> Sequence[Person]:
    if stop.kind == StopKind.SERVICE:
        return ()
    if stop.promise is not None:
        return _promised(stop, reach)
    rows = Person.objects.inside(stop.area).filter(survivor__isnull=True, visits__isnull=True)
    return list(rows.within(reach).select_related("area__parent__parent").order_by("pk")[:NAMED])


def _promised(stop: Stop, reach: Reach) -> Sequence[Person]:
    visit = stop.promise.visit if stop.promise else None
    if visit is None:
        return ()
    keys = [visit.person_id] if visit.person_id else []
    if not keys and visit.enterprise is not None:
        keys = list(visit.enterprise.owners.order_by("pk").values_list("pk", flat=True))
    rows = Person.objects.filter(pk__in=keys).within(reach).select_related("area__parent__parent")
    return list(rows.order_by("pk"))


def _start(officer: Officer) -> str:
    profile = WorkProfile.objects.filter(officer=officer).first()
    return "" if profile is None else f"{profile.starts_at:%H:%M}"


def _carried(one: RouteStop) -> dict[str, Any]:
    stop = one.row.stop
    return {
        "id": stop.pk,
        "area": stop.area_id,
        "name": place_in_words(stop.area),
        "arrive": "" if stop.arrives_at is None else f"{stop.arrives_at:%H:%M}",
        "words": "; ".join(reasons_in_words(stop)[:3]),
        "lat": stop.lat,
        "lon": stop.lon,
        "people": [person.pk for person in one.people],
    }
