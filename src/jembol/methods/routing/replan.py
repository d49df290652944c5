"""Plan anew when an officer cannot come, with the least disturbance of the others."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from jembol.methods.routing.day import Wishes, day_of
from jembol.methods.routing.plan import Plan
from jembol.methods.routing.problem import NotAProblem, Problem, checked
from jembol.methods.routing.solve import Run, best_of

EFFORT: Final = 600
"""Iterations for each price that is tried; fewer for a day of more than a hundred candidates."""
CANDIDATES: Final = 100
KEPT: Final = 0.9
"""Share of the other officers' visits that stays at least."""
ROUNDS: Final = 4
"""How often the price is halved in."""


def replan(
    problem: Problem, plan: Plan, *, absent: Collection[str], seed: int = 1, effort: int = EFFORT,
    kept: float = KEPT, stop: Callable[[], bool] | None = None,
) -> Plan:  # fmt: skip
    """Return the plan without the absent officers.

    No visit goes from one of the others to another of them: what was planned for one who comes
    stays with them or gives way to a visit of more need. Promised visits (`required`) give way to
    none.

    Args:
        problem: What was planned, with the promises of today.
        plan: As it stands.
        absent: Ids of the officers who do not come.
        seed: As in `solve`.
        effort: Iterations for each price that is tried.
        kept: Share of the others' visits that stays at least.
        stop: As in `solve`.

    Raises:
        NotAProblem: there is no such officer, or the plan is of another problem.
    """
    known = {one.id for one in checked(problem).officers}
    for one in sorted(set(absent) - known):
        raise NotAProblem(f"absent: {one!r} is no officer of the problem; give one of its ids")
    gone = frozenset(absent)
    theirs = {stop: who for stop, who in plan.officers.items() if who not in gone}
    effort = max(1, effort * CANDIDATES // max(CANDIDATES, len(problem.stops)))
    run = Run(seed, effort, 1, None, stop, cold=False)

    def planned(price: int) -> Plan:
        keep = dict.fromkeys(theirs, price)
        return best_of(day_of(problem, Wishes(gone, theirs, keep)), run, warm=plan)

    return _cheapest(planned, sum(one.prize for one in problem.stops), len(problem.stops),
                     lambda found: _share(theirs, found) >= kept)  # fmt: skip


def _cheapest(
    planned: Callable[[int], Plan], everything: int, count: int, enough: Callable[[Plan], bool]
) -> Plan:
    """Return the best plan that keeps enough, of those that some price of giving up a visit gives.

    The price is halved in: too low a one gives up too many visits, too high a one too few.
    """
    if enough(found := planned(0)):
        return found
    best: Plan | None = None
    low, high = 0, 2 * everything // max(1, count) + 2
    for _ in range(ROUNDS):
        price = (low + high) // 2
        if not enough(found := planned(price)):
            low = price
            continue
        high = price
        if best is None or found.objective < best.objective:
            best = found
    return best or planned(everything + 1)


def _share(theirs: dict[str, str], plan: Plan) -> float:
    held = plan.officers
    return sum(held.get(stop) == who for stop, who in theirs.items()) / max(1, len(theirs))
