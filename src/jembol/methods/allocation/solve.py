"""Place everybody: from the problem to a checked plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from jembol.methods.allocation.arrays import NOWHERE, Arrays, arrays_of
from jembol.methods.allocation.checker import shortfalls, value_of, violations
from jembol.methods.allocation.plan import Plan
from jembol.methods.allocation.prices import bound_by, bound_under
from jembol.methods.allocation.problem import Problem, checked
from jembol.methods.allocation.search import Found, Search

GAP: Final = 0.0001


def solve(
    problem: Problem, *, seed: int = 1, gap: float = GAP, stop: Callable[[], bool] | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Plan:  # fmt: skip
    """Return the best plan found, with the bound that proves how good it is.

    Args:
        problem: What to place.
        seed: Salt of the hash that decides between plans of equal value; publish it before.
        gap: Share of the value at which a plan is good enough.
        stop: Asked after each flow; True ends the search with what it has.
        told: Told value and bound whenever one is better.

    Raises:
        NotAProblem: the problem contradicts itself.
    """
    arrays = arrays_of(checked(problem), seed)
    run = _Run(arrays, gap, stop or (lambda: False), _told_in_points(arrays, told))
    plan: Plan | None = None
    for penalty in _penalties(arrays):
        plan = _plan(problem, arrays, run.found(penalty), penalty)
        # A penalty that is too low for the prices of this problem shows in a shortfall; the last
        # one is beyond any gain along a chain of moves, so what is lacking then cannot be had.
        if not plan.shortfalls:
            break
    if plan is None:
        raise AssertionError("there is always a penalty to try")
    if broken := violations(problem, plan.placed):
        raise AssertionError(f"the search gave a plan that breaks {broken[0]}")
    return plan


class _Run:
    """Searches under one penalty after the other."""

    def __init__(
        self, arrays: Arrays, gap: float, stop: Callable[[], bool], told: Callable[[int, int], None]
    ) -> None:
        self.arrays, self.gap, self.stop, self.told = arrays, gap, stop, told

    def found(self, penalty: int) -> Found:
        """Search; where households span strata that have minima, once more with each in one.

        A flow counts a household for one stratum, or for none. The first search counts such
        households for none; the second for the stratum where they are worth most, by its prices and
        where it left a stratum short. The bound counts each person for their own, in both.
        """
        arrays = self.arrays
        first = self._searched(arrays, penalty)
        spans = (arrays.agent_stratum == NOWHERE)[arrays.option_agent]
        if not spans.any() or not arrays.minima.any():
            return first
        second = self._searched(_each_in_one_stratum(arrays, first, penalty), penalty)
        bound = min(first.bound, bound_under(arrays, bound_by(arrays, second.prices), {}))
        best = max(first, second, key=lambda one: one.objective)
        options = best.options
        if best is second:
            options = np.flatnonzero(_kept(arrays, first, penalty))[options]
        return replace(
            best, options=options, bound=max(bound, best.objective),
            flows=first.flows + second.flows, complete=first.complete and second.complete,
        )  # fmt: skip

    def _searched(self, arrays: Arrays, penalty: int) -> Found:
        return Search(arrays, penalty, self.gap, self.stop, self.told).run()


def _kept(arrays: Arrays, first: Found, penalty: int) -> Any:
    """Return the options that remain when each household counts for one stratum."""
    seated = np.bincount(arrays.option_stratum[first.options], minlength=len(arrays.strata))
    for number, where in first.decided.items():
        if where != NOWHERE:
            seated = seated + arrays.groups[number].strata
    left_over = bound_by(arrays, first.prices).left_over + (
        penalty * (seated < arrays.minima)[arrays.option_stratum]
    )
    kept = np.ones(len(left_over), bool)
    best: dict[int, tuple[int, int]] = {}
    spans = np.flatnonzero((arrays.agent_stratum == NOWHERE)[arrays.option_agent])
    for row in spans.tolist():
        agent = int(arrays.option_agent[row])
        here = int(left_over[row]), int(arrays.option_stratum[row])
        best[agent] = max(best.get(agent, here), here)
    for row in spans.tolist():
        kept[row] = best[int(arrays.option_agent[row])][1] == arrays.option_stratum[row]
    return kept


def _each_in_one_stratum(arrays: Arrays, first: Found, penalty: int) -> Arrays:
    kept = _kept(arrays, first, penalty)
    strata = arrays.agent_stratum.copy()
    strata[arrays.option_agent[kept]] = arrays.option_stratum[kept]
    return replace(
        arrays, agent_stratum=strata, option_agent=arrays.option_agent[kept],
        option_applicant=arrays.option_applicant[kept], option_class=arrays.option_class[kept],
        option_stratum=arrays.option_stratum[kept], option_weight=arrays.option_weight[kept],
    )  # fmt: skip


def _penalties(arrays: Arrays) -> tuple[int, int]:
    weights = [int(np.abs(arrays.option_weight).max(initial=1))]
    weights += [
        int(np.abs(group.weights).max(initial=0)) // len(group.members) + 1
        for group in arrays.groups
    ]
    largest = max(weights)
    room = 2**61 // (arrays.agents + (len(arrays.classes) + 1) * (len(arrays.strata) + 1) + 2)
    return min(8 * largest, room), min(2 * largest * (len(arrays.classes) + 2), room)


def _told_in_points(
    arrays: Arrays, told: Callable[[int, int], None] | None
) -> Callable[[int, int], None]:
    def in_points(objective: int, bound: int) -> None:
        if told is not None:
            told(objective // arrays.scale, bound // arrays.scale)

    return in_points


def _plan(problem: Problem, arrays: Arrays, found: Found, penalty: int) -> Plan:
    placed = {
        arrays.applicants[person]: arrays.classes[where]
        for person, where in zip(
            arrays.option_applicant[found.options].tolist(),
            arrays.option_class[found.options].tolist(), strict=True,
        )
    }  # fmt: skip
    for number, where in found.decided.items():
        if where != NOWHERE:
            for person in arrays.groups[number].members.tolist():
                placed[arrays.applicants[person]] = arrays.classes[where]
    placed = dict(sorted(placed.items()))
    value, short = value_of(problem, placed), shortfalls(problem, placed)
    before = problem.placed_before
    moved = tuple(sorted(one for one, where in before.items() if placed.get(one) != where))
    may = {(one, where) for one, where, _ in problem.eligible}
    stayed = sum(placed.get(one) == where and (one, where) in may for one, where in before.items())
    # What the objective counts besides value goes out again, as it stands in this plan.
    bound = (found.bound + penalty * sum(short.values()) - arrays.stay * stayed) // arrays.scale
    return Plan(placed, value, max(bound, value), short, moved, found.flows, found.complete)
