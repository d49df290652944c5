"""What it costs to move one visit by hand, before anybody moves it."""

from __future__ import annotations

from dataclasses import dataclass

from jembol.methods.routing.day import NO_GAIN, Day, can, day_of
from jembol.methods.routing.plan import Plan
from jembol.methods.routing.problem import NotAProblem, Problem, checked
from jembol.methods.routing.reasons import Set
from jembol.methods.routing.solve import orders_of, plan_with, trips_of
from jembol.methods.routing.trips import Trip, insertions, trip_of


@dataclass(frozen=True, slots=True)
class MoveCost:
    """What a move would do.

    Attributes:
        cost: By how much the objective rises; below 0 the plan gets better.
        travel: Seconds on the road that are added.
        late: Stops of the route that could then not begin in time, the moved one among them; empty
            when the move holds. ("",) when only the way back is too late.
        skill: The skill that the officer lacks; None when there is none.
        plan: The plan after the move; None when it cannot be made.
    """

    cost: int
    travel: int
    late: tuple[str, ...] = ()
    skill: str | None = None
    plan: Plan | None = None


def cost_of_move(
    problem: Problem, plan: Plan, *, stop: str, officer: str | None, shift: int = 0,
    place: int | None = None,
) -> MoveCost:  # fmt: skip
    """Return what it costs that this officer visits a stop, wherever it stands now.

    Args:
        problem: What was planned.
        plan: As it stands.
        stop: Which is moved; one that nobody visits is put in.
        officer: Who shall visit it; None to take it out.
        shift: Which of their shifts, from 0.
        place: Before which of the stops of that route as it is without the moved one, from 0; None
            for the best place.

    Raises:
        NotAProblem: there is no such stop, officer or shift, or the plan is of another problem.
    """
    day = day_of(checked(problem))
    column = _column(problem, stop)
    before = _trips(day, plan)
    trips = [_without(day, trip, column) for trip in before]
    aside = Set(told=frozenset([column])) if officer is None else Set()
    if officer is not None:
        row = _row(day, officer, shift)
        asked = problem.stops[column]
        if not can(problem.officers[day.vehicles[row].officer].skills, asked):
            return MoveCost(0, 0, skill=asked.skill)
        trips[row] = _put(day, trips[row], column, place)
        if not trips[row].holds:
            return _broken(day, before, trips, row)
    moved = plan_with(day, trips, aside)
    return MoveCost(moved.objective - plan.objective, moved.travel - plan.travel, plan=moved)


def _column(problem: Problem, stop: str) -> int:
    for column, one in enumerate(problem.stops):
        if one.id == stop:
            if one.together is not None:
                raise NotAProblem(f"stop {stop!r}: several officers visit it at once; plan anew")
            return column
    raise NotAProblem(f"stop {stop!r}: is not in the problem; give one of its stops")


def _trips(day: Day, plan: Plan) -> list[Trip]:
    trips = trips_of(day, orders_of(plan))
    if sum(len(trip.stops) for trip in trips) != len(plan.officers):
        raise NotAProblem("the plan does not fit the problem; give the problem that it was made of")
    return trips


def _row(day: Day, officer: str, shift: int) -> int:
    for row, vehicle in enumerate(day.vehicles):
        if day.problem.officers[vehicle.officer].id == officer and vehicle.shift == shift:
            return row
    raise NotAProblem(f"officer {officer!r}: has no shift {shift}; give one of the problem")


def _without(day: Day, trip: Trip, column: int) -> Trip:
    if column not in trip.stops:
        return trip
    return trip_of(day, trip.vehicle, (one for one in trip.stops if one != column))


def _put(day: Day, trip: Trip, column: int, place: int | None) -> Trip:
    if place is None:
        best = insertions(day, trip, [column])
        place = int(best.place[0]) if best.worth[0] > NO_GAIN else len(trip.stops)
    place = min(max(place, 0), len(trip.stops))
    return trip_of(day, trip.vehicle, (*trip.stops[:place], column, *trip.stops[place:]))


def _broken(day: Day, before: list[Trip], trips: list[Trip], row: int) -> MoveCost:
    trip = trips[row]
    travel = sum(one.travel for one in trips) - sum(one.travel for one in before)
    horizon = day.vehicles[row].until
    late = tuple(
        day.problem.stops[stop].id
        for stop, begin in zip(trip.stops, trip.begins, strict=True)
        if begin + int(day.service[stop]) > horizon
    )
    return MoveCost(day.problem.travel_weight * travel, travel, late or ("",))
