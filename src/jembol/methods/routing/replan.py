"""Plan anew when an officer cannot come, with the least disturbance of the others."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from jembol.methods.routing.day import Wishes, day_of
from jembol.methods.routing.plan import Plan
from jembol.methods.routing.problem import NotAProblem, Problem, checked
from jembol.methods.routing.solve import Run, best_of

EFFORT: Final = 500
"""Iterations for each of the prices below: two seconds in all for a day of 100 candidates."""
KEPT: Final = 0.9
"""Share of the other officers' visits that stays at least."""
PRICES: Final = (0, 0.5, 1, 2)
"""What it costs besides its prize to give up a planned visit, in mean prizes; the first that keeps
enough is taken."""


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
    everything = sum(one.prize for one in problem.stops)
    mean = everything // max(1, len(problem.stops)) + 1
    for price in (*(int(mean * times) for times in PRICES), everything + 1):
        day = day_of(problem, Wishes(gone, theirs, dict.fromkeys(theirs, price)))
        found = best_of(day, Run(seed, effort, 1, None, stop, cold=False), warm=plan)
        if _share(theirs, found) >= kept:
            break
    return found


def _share(theirs: dict[str, str], plan: Plan) -> float:
    held = plan.officers
    return sum(held.get(stop) == who for stop, who in theirs.items()) / max(1, len(theirs))
