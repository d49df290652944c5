"""Does a plan keep every limit? Written without anything of the search.

Every plan passes here before it is given to anybody. Only plain loops over the problem's own words,
so that it can be read beside the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jembol.methods.routing.plan import Plan, Route
from jembol.methods.routing.problem import Officer, Problem, Stop


def violations(problem: Problem, plan: Plan) -> list[str]:
    """Return every limit that the plan breaks, in words; an empty list for a lawful plan.

    A promised stop that is left out is no violation: it may be that no plan can hold it. It stands
    among the unserved with its reason.
    """
    stops = {one.id: one for one in problem.stops}
    officers = {one.id: one for one in problem.officers}
    named = [stop for route in plan.routes for stop in route.stops]
    unknown = [f"{stop}: is no stop of the problem" for stop in named if stop not in stops]
    unknown += [
        f"{route.officer}: has no shift {route.shift}"
        for route in plan.routes
        if route.officer not in officers
        or not 0 <= route.shift < len(officers[route.officer].shifts)
    ]
    if unknown:
        return unknown
    found = [f"{stop}: is visited {n} times" for stop, n in Counter(named).items() if n > 1]
    shifts = Counter((route.officer, route.shift) for route in plan.routes)
    found += [f"{who}: has {n} routes in shift {k}" for (who, k), n in shifts.items() if n > 1]
    for route in plan.routes:
        found += _broken_route(problem, officers[route.officer], stops, route)
    found += _torn(problem, plan)
    found += _not_told(problem, plan)
    found += _wrong_sums(problem, plan, stops)
    return found


def _broken_route(
    problem: Problem, officer: Officer, stops: dict[str, Stop], route: Route
) -> Iterator[str]:
    if len(route.arrivals) != len(route.stops):
        yield f"{officer.id}: has {len(route.arrivals)} times for {len(route.stops)} stops"
        return
    clock = officer.shifts[route.shift][0]
    here, road = officer.start, 0
    for name, begins in zip(route.stops, route.arrivals, strict=True):
        way = officer.seconds(problem.travel[here][stops[name].node])
        if begins < clock + way:
            yield f"{name}: begins at {begins}, before {officer.id} can be there"
        yield from _broken_visit(officer, stops[name], begins)
        clock, here, road = begins + stops[name].service, stops[name].node, road + way
    if not route.stops:
        clock = route.ends
    elif officer.end is not None:
        way = officer.seconds(problem.travel[here][officer.end])
        clock, road = clock + way, road + way
    yield from _broken_end(officer, route, clock, road)


def _broken_visit(officer: Officer, stop: Stop, begins: int) -> Iterator[str]:
    if stop.skill is not None and stop.skill not in officer.skills:
        yield f"{stop.id}: asks for {stop.skill}, which {officer.id} cannot"
    if stop.windows and not any(first <= begins <= last for first, last in stop.windows):
        yield f"{stop.id}: begins at {begins}, outside its windows"


def _broken_end(officer: Officer, route: Route, clock: int, road: int) -> Iterator[str]:
    until = officer.shifts[route.shift][1]
    if clock > until:
        yield f"{officer.id}: is back at {clock}, after the shift ends at {until}"
    if clock != route.ends:
        yield f"{officer.id}: ends at {clock}, not {route.ends}"
    if road != route.travel:
        yield f"{officer.id}: travels {road} seconds, not {route.travel}"


def _torn(problem: Problem, plan: Plan) -> Iterator[str]:
    """Find visits of several officers that some of them would make alone, or one of them twice."""
    begins = {
        stop: (route.officer, at)
        for route in plan.routes
        for stop, at in zip(route.stops, route.arrivals, strict=False)
    }
    names = sorted({one.together for one in problem.stops if one.together is not None})
    for name in names:
        members = [one.id for one in problem.stops if one.together == name]
        there = [begins[one] for one in members if one in begins]
        if not there:
            continue
        if len(there) < len(members):
            yield f"{name}: {len(there)} of {len(members)} officers would come"
        if len({officer for officer, _ in there}) < len(there):
            yield f"{name}: one officer would come twice"
        if len({at for _, at in there}) > 1:
            yield f"{name}: its officers would not begin at the same moment"


def _not_told(problem: Problem, plan: Plan) -> Iterator[str]:
    visited = {stop for route in plan.routes for stop in route.stops}
    told = Counter(one.stop for one in plan.unserved)
    for stop in problem.stops:
        if told[stop.id] != (stop.id not in visited):
            yield f"{stop.id}: must stand either in a route or once among the unserved"
    known = {one.id for one in problem.stops}
    yield from (f"{one}: is no stop of the problem" for one in told if one not in known)


def _wrong_sums(problem: Problem, plan: Plan, stops: dict[str, Stop]) -> Iterator[str]:
    travel = sum(route.travel for route in plan.routes)
    prizes = sum(stops[stop].prize for route in plan.routes for stop in route.stops)
    left = sum(stop.prize for stop in problem.stops) - prizes
    objective = problem.travel_weight * travel + left
    if (plan.travel, plan.prizes, plan.objective) != (travel, prizes, objective):
        yield (
            f"the plan says travel {plan.travel}, prizes {plan.prizes}, objective {plan.objective};"
            f" counted: {travel}, {prizes}, {objective}"
        )
