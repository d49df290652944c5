"""Plan a day: from the problem to a checked plan with a reason for every stop left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jembol.methods.routing.checker import violations
from jembol.methods.routing.day import Day, day_of
from jembol.methods.routing.improve import improved, started
from jembol.methods.routing.plan import Plan, Progress, Route
from jembol.methods.routing.problem import NotAProblem, Problem, checked
from jembol.methods.routing.reasons import Set, reasons_of
from jembol.methods.routing.search import Found, Search
from jembol.methods.routing.shortlist import outside
from jembol.methods.routing.trips import Trip, objective, total, trip_of

EFFORT: Final = 2000
"""Iterations of each start: about three seconds for a day of 200 candidates and ten officers."""
STARTS: Final = 2
"""An empty one and one of our own: neither is better on every day."""


@dataclass(frozen=True, slots=True)
class Run:
    """How long and how often to search; see `solve`.

    Attributes:
        cold: Whether every other start is an empty one; else all begin with what there is.
    """

    seed: int = 1
    effort: int = EFFORT
    starts: int = STARTS
    told: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] | None = None
    spread: Callable[..., Iterable[Found]] = map
    cold: bool = True


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a search, which another process can make as well.

    Attributes:
        day: What to plan.
        run: How.
        number: Which start, from 0.
        warm: Trips to begin with; none for an empty start.
    """

    day: Day
    run: Run
    number: int
    warm: tuple[Trip, ...]


def solve(
    problem: Problem, *, seed: int = 1, effort: int = EFFORT, warm: Plan | None = None,
    told: Callable[[Progress], None] | None = None, stop: Callable[[], bool] | None = None,
    starts: int = STARTS, spread: Callable[..., Iterable[Found]] = map,
) -> Plan:  # fmt: skip
    """Return the best plan found.

    Args:
        problem: What to plan.
        seed: Of the random moves; the same seed, effort and starts give the same plan.
        effort: Iterations of each start.
        warm: A plan to begin with, instead of one of our own.
        told: Told with each better plan, and after each hundredth of the effort, how far the search
            is.
        stop: Asked before each iteration; True ends the search with the best plan so far.
        starts: How many there are: every other one, from the first, begins with nothing.
        spread: What makes the starts, `map` or the same of a pool of processes; in the latter case
            `told` and `stop` must be fit to be sent to another process.

    Raises:
        NotAProblem: the problem contradicts itself.
    """
    run = Run(seed, effort, starts, told, stop, spread)
    return best_of(day_of(checked(problem)), run, warm=warm)


def best_of(day: Day, run: Run, *, warm: Plan | None = None, aside: Set | None = None) -> Plan:
    """Return the best plan of several starts, checked and with reasons."""
    aside = replace(aside or Set(), outside=frozenset(outside(day).tolist()))
    day = barred(day, aside.outside | aside.told)
    mine = improved(day, trips_of(day, orders_of(warm)) if warm else _own_start(day))
    starts = [
        Start(
            day,
            replace(run, spread=map),
            number,
            () if run.cold and number % 2 == 0 else tuple(mine),
        )
        for number in range(run.starts)
    ]
    found = [Found(tuple(mine), 0, complete=True), *run.spread(searched, starts)]
    whole = [_whole(day, improved(day, one.trips)) for one in found]
    trips, torn = max(whole, key=lambda one: total(day, one[0]))
    return plan_with(
        day, trips, replace(aside, torn=torn), iterations=sum(one.iterations for one in found),
        reproducible=all(one.complete for one in found),
    )  # fmt: skip


def searched(start: Start) -> Found:
    """Make one start of a search."""
    run, told = start.run, start.run.told

    def tell(iterations: int, best: int) -> None:
        if told is not None:
            told(Progress(start.number + 1, run.starts, iterations, run.effort, best))

    return Search(start.day).run(
        run.seed * 1000 + start.number, run.effort, start.warm, run.stop, tell if told else None
    )  # fmt: skip


def _own_start(day: Day) -> Sequence[Trip]:
    starts = [started(day, by_regret=by_regret) for by_regret in (True, False)]
    return max(starts, key=lambda trips: total(day, trips))


def barred(day: Day, columns: Iterable[int]) -> Day:
    """Return the day without these stops."""
    out = sorted(columns)
    if not out:
        return day
    may = day.may.copy()
    may[:, out] = False
    return replace(day, may=may)


def _whole(day: Day, trips: Sequence[Trip]) -> tuple[list[Trip], frozenset[int]]:
    """Take out the visits of several officers to which not all of them come; fill what is free."""
    members: dict[str, list[int]] = defaultdict(list)
    for column, stop in enumerate(day.problem.stops):
        if stop.together is not None:
            members[stop.together].append(column)
    where = {
        stop: day.vehicles[trip.vehicle].officer for trip in trips for stop in trip.stops
    }  # fmt: skip
    torn = frozenset(
        column
        for columns in members.values()
        if len({where[one] for one in columns if one in where}) < len(columns)
        for column in columns
    )
    if not torn:
        return list(trips), torn
    left = [trip_of(day, t.vehicle, (one for one in t.stops if one not in torn)) for t in trips]
    return improved(barred(day, torn), left), torn


def orders_of(plan: Plan) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return for each shift of each officer the stops in order."""
    return {(route.officer, route.shift): route.stops for route in plan.routes}


def trips_of(day: Day, orders: Mapping[tuple[str, int], Iterable[str]]) -> list[Trip]:
    """Return the trips that visit these stops; whatever is unknown, barred or does not fit is left.

    A stop that does not fit is the one after which the shift can no longer hold what was kept.
    """
    columns = {stop.id: column for column, stop in enumerate(day.problem.stops)}
    trips, taken = [], set[int]()
    for row, vehicle in enumerate(day.vehicles):
        officer = day.problem.officers[vehicle.officer].id
        trip = trip_of(day, row, ())
        for name in orders.get((officer, vehicle.shift), ()):
            column = columns.get(name, -1)
            if column < 0 or column in taken or not day.may[row, column]:
                continue
            longer = trip_of(day, row, (*trip.stops, column))
            if longer.holds:
                trip = longer
                taken.add(column)
        trips.append(trip)
    return trips


def plan_of(problem: Problem, orders: Mapping[tuple[str, int], Sequence[str]]) -> Plan:
    """Return the plan that visits these stops in this order, with its times, figures and reasons.

    Args:
        problem: What is planned.
        orders: For each officer and shift (counted from 0) the stops in order, as they were kept.

    Raises:
        NotAProblem: the problem contradicts itself, or an order names what the problem does not
            have, visits a stop twice, or does not fit into its shift.
    """
    day = day_of(checked(problem))
    trips = trips_of(day, orders)
    asked = [name for order in orders.values() for name in order]
    held = {day.problem.stops[column].id for trip in trips for column in trip.stops}
    for name in asked:
        if name not in held or asked.count(name) > 1:
            raise NotAProblem(f"stop {name!r}: cannot be visited where the order has it")
    return plan_with(day, trips, Set())


def plan_with(
    day: Day, trips: Sequence[Trip], aside: Set, *, iterations: int = 0, reproducible: bool = True
) -> Plan:
    """Return the plan of these trips, after the checker has seen it."""
    problem = day.problem
    routes = tuple(_route(day, trip) for trip in trips)
    visited = {stop for trip in trips for stop in trip.stops}
    prizes = sum(problem.stops[stop].prize for stop in visited)
    plan = Plan(
        routes, reasons_of(day, trips, aside), objective(day, trips),
        sum(trip.travel for trip in trips), prizes, None, iterations, reproducible,
    )  # fmt: skip
    if broken := violations(problem, plan):
        raise AssertionError(f"the search gave a plan that breaks a limit: {broken[0]}")
    return plan


def _route(day: Day, trip: Trip) -> Route:
    vehicle = day.vehicles[trip.vehicle]
    ends = trip.ends
    if trip.stops:
        ends += int(day.travel[trip.vehicle][trip.stops[-1], vehicle.end])
    return Route(
        day.problem.officers[vehicle.officer].id, vehicle.shift,
        tuple(day.problem.stops[stop].id for stop in trip.stops), trip.begins, trip.travel, ends,
    )  # fmt: skip


PACE: Final = 350
"""Iterations that a busy machine makes in a second on a large day; see docs/benchmarks.md."""


def effort_in(problem: Problem, seconds: float) -> int:
    """Return the iterations of a start that fit into so many seconds of a busy machine.

    Counted and not timed, so that every machine makes the same plan of the same problem.
    """
    return max(1, int(seconds * (PACE + 20_000 / (len(problem.stops) + 60))))
