"""Write the routes of a plan: whoever changes a plan does it here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from jembol.methods.routing import Plan, Problem
from jembol.outreach.models import Stop, WeekPlan
from jembol.outreach.rules.routes import moment_of


def set_routes(plan: WeekPlan, problem: Problem, found: Plan) -> None:
    """Let every stop of the plan stand where the routes have it; its caller tells the journal."""
    rows = {stop.ref: stop for stop in plan.stops.order_by("pk")}
    # First all leave their places: two stops that change places would meet in between.
    plan.stops.update(officer=None, on=None, place=None, arrives_at=None, leaves_at=None)
    for stop in rows.values():
        stop.officer_id = stop.on = stop.place = stop.arrives_at = stop.leaves_at = None
        stop.unserved = {}
    places: dict[tuple[int, date], int] = defaultdict(int)
    for ref, officer, begins, ends in _visits(problem, found):
        stop = rows[ref]
        stop.officer_id = int(officer)
        stop.on, stop.arrives_at = moment_of(plan.starts_on, begins)
        stop.leaves_at = moment_of(plan.starts_on, ends)[1]
        places[stop.officer_id, stop.on] += 1
        stop.place = places[stop.officer_id, stop.on]
    for one in found.unserved:
        rows[one.stop].unserved = {
            "why": one.why.value,
            "officer": one.officer,
            "instead_of": one.instead_of,
            "gap": one.gap,
            "extra": one.extra,
            "skill": one.skill,
        }
    names = ["officer", "on", "place", "arrives_at", "leaves_at", "unserved"]
    Stop.objects.bulk_update(rows.values(), names, batch_size=200)


def _visits(problem: Problem, found: Plan) -> Iterator[tuple[str, str, int, int]]:
    service = {one.id: one.service for one in problem.stops}
    for route in sorted(found.routes, key=lambda one: (one.officer, one.shift)):
        for ref, begins in zip(route.stops, route.arrivals, strict=True):
            yield ref, route.officer, begins, begins + service[ref]
