"""What a change of a plan by hand would cost, before anybody keeps it; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jembol.methods.routing import MoveCost, NotAProblem, Plan, Problem, cost_of_move
from jembol.outreach import errors
from jembol.outreach.models import Stop, WeekPlan
from jembol.outreach.queries.week_plans import Routes, days_of, routes_of
from jembol.outreach.rules.routes import second_of

HALVES = 2
NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Priced:
    """A move with its cost.

    Attributes:
        stop: What moves.
        routes: The plan before.
        moved: The plan after; None when the stop cannot stand there.
        travel: Seconds on the road that are added.
        needs: Points of need that are won, or lost when below 0.
        late: Stops that could not begin in time.
        skill: The skill that the officer lacks; empty when there is none.
    """

    stop: Stop
    routes: Routes
    moved: Plan | None
    travel: int
    needs: int
    late: tuple[Stop, ...] = ()
    skill: str = ""


def price_move(
    plan: WeekPlan, stop: Stop, *, officer_id: int, on: date, place: int | None
) -> Priced:
    """Return what it costs that an officer visits a stop on a day.

    Args:
        plan: The plan.
        stop: One of its stops, planned or not.
        officer_id: Who shall go.
        on: On which day.
        place: Before which stop of that day, counted from 1 without the moved one; None for where
            it costs least.

    Raises:
        NotInThePlan: the officer or the day is not of the plan, or the officer is away.
        MoveNotPossible: several officers visit the stop at once, so that it cannot move alone.
    """
    routes = routes_of(plan)
    shifts = _shifts(plan, routes.problem, officer_id, on)
    try:
        found = [
            cost_of_move(
                routes.problem,
                routes.plan,
                stop=stop.ref,
                officer=str(officer_id),
                shift=shift,
                place=at,
            )
            for shift, at in _places(routes, stop, str(officer_id), shifts, place)
        ]
    except NotAProblem:
        raise errors.MoveNotPossible(
            _("Several officers visit this together, so it cannot move alone. Plan the week anew.")
        ) from None
    best = min(found, key=lambda one: (one.plan is None, one.cost))
    return _priced(plan, stop, routes, best)


def price_drop(plan: WeekPlan, stop: Stop) -> Priced:
    """Return what it costs that nobody visits a stop.

    Raises:
        MoveNotPossible: several officers visit the stop at once.
    """
    routes = routes_of(plan)
    try:
        found = cost_of_move(routes.problem, routes.plan, stop=stop.ref, officer=None)
    except NotAProblem:
        raise errors.MoveNotPossible(
            _("Several officers visit this together. Cancel the service day instead.")
        ) from None
    return _priced(plan, stop, routes, found)


# --- steps ------------------------------------------------------------------------------------


def _shifts(plan: WeekPlan, problem: Problem, officer_id: int, on: date) -> list[int]:
    one = next((one for one in problem.officers if one.id == str(officer_id)), None)
    begins = second_of(plan.starts_on, on, 0)
    shifts = (
        []
        if one is None or on not in days_of(plan)
        else [
            number
            for number, (low, high) in enumerate(one.shifts)
            if begins <= low < begins + 24 * 3600 and high > low
        ]
    )
    if not shifts:
        raise errors.NotInThePlan(
            _("That officer does not work on that day in this plan. Choose another."), field="day"
        )
    return shifts


def _places(
    routes: Routes, stop: Stop, officer: str, shifts: list[int], place: int | None
) -> Iterator[tuple[int, int | None]]:
    """Yield the shifts with the place in each that the wish can mean.

    Before the first stop of the afternoon may also be after the last one of the morning.
    """
    if place is None:
        yield from ((shift, None) for shift in shifts)
        return
    left = place - 1
    stops = {
        (route.officer, route.shift): len([one for one in route.stops if one != stop.ref])
        for route in routes.plan.routes
    }
    for shift in shifts:
        there = stops.get((officer, shift), 0)
        if 0 <= left <= there:
            yield shift, left
        left -= there
    if left > 0:
        yield shifts[-1], None


def _priced(plan: WeekPlan, stop: Stop, routes: Routes, found: MoveCost) -> Priced:
    if found.plan is None:
        late = plan.stops.filter(ref__in=[one for one in found.late if one]).order_by("place", "pk")
        return Priced(
            stop,
            routes,
            None,
            found.travel,
            0,
            tuple(late.select_related("area")),
            found.skill or "",
        )
    needs = dict(plan.stops.order_by("pk").values_list("ref", "need"))
    before, after = (sum(needs[ref] for ref in one.officers) for one in (routes.plan, found.plan))
    return Priced(stop, routes, found.plan, found.travel, after - before)
