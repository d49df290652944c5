"""Can the seats that are left still hold every quota?

Entries that need as many seats and count alike for every quota are of one kind; for the question
only the numbers of each kind matter, so that it stays as small with 10,000 entries as with 100. It
is a small integer programme (CP-SAT of OR-Tools). Only whether it can be solved, and the best
value, are used, never which of several solutions comes back, so that the answer does not depend on
the solver's edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from jembol.methods.draw.entries import Entry, Quota


@dataclass(frozen=True, slots=True)
class Kind:
    """Entries between which the rule sees no difference.

    Attributes:
        size: Seats that each needs.
        counts: How many people of each count for each quota, in the order of the quotas.
    """

    size: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """What is still open.

    Attributes:
        seats: Seats left.
        supply: Entries of each kind whose turn is still to come.
        counts: People placed so far for each quota.
        limits: The most for each quota; None where there is none.
    """

    seats: int
    supply: Mapping[Kind, int]
    counts: tuple[int, ...]
    limits: tuple[int | None, ...]


def kind_of(entry: Entry, quotas: Sequence[Quota]) -> Kind:
    """Return the kind of the entry under these quotas."""
    return Kind(entry.size, tuple(entry.count(quota.category) for quota in quotas))


def completion(rest: Rest, minima: Sequence[int]) -> dict[Kind, int] | None:
    """Return how many of each kind fulfil the minima with the fewest seats; None if none can."""
    if all(count >= least for count, least in zip(rest.counts, minima, strict=True)):
        return {}
    return _Model(rest).fewest_seats(minima)


def attainable(rest: Rest, quotas: Sequence[Quota]) -> tuple[int, ...]:
    """Return the minima that can be held: each as near as the earlier ones allow."""
    asked = [quota.at_least for quota in quotas]
    if completion(rest, asked) is not None:
        return tuple(asked)
    minima = [0] * len(quotas)
    for number, least in enumerate(asked):
        minima[number] = _Model(rest).most_of(number, least, minima)
    return tuple(minima)


class _Model:
    """How many of each kind are taken, as an integer programme."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest
        self.solver = pywraplp.Solver.CreateSolver("SAT")
        self.solver.SetNumThreads(1)
        self.taken = {
            kind: self.solver.IntVar(0, supply, "")
            for kind, supply in rest.supply.items()
            if supply and kind.size <= rest.seats
        }
        seats = self.solver.Constraint(0, max(rest.seats, 0))
        for kind, one in self.taken.items():
            seats.SetCoefficient(one, kind.size)
        for number, limit in enumerate(rest.limits):
            if limit is not None:
                # Seats given past a limit on purpose stay; they only leave no room for more.
                self._bound(number, 0, max(limit - rest.counts[number], 0))

    def fewest_seats(self, minima: Sequence[int]) -> dict[Kind, int] | None:
        self._hold(minima)
        objective = self.solver.Objective()
        for kind, one in self.taken.items():
            objective.SetCoefficient(one, kind.size)
        objective.SetMinimization()
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        chosen = {kind: round(one.solution_value()) for kind, one in self.taken.items()}
        return {kind: number for kind, number in chosen.items() if number}

    def most_of(self, number: int, enough: int, minima: Sequence[int]) -> int:
        self._hold(minima)
        held = self.rest.counts[number]
        more = self.solver.IntVar(0, max(enough - held, 0), "")
        beyond = self._bound(number, 0, self.solver.infinity())
        beyond.SetCoefficient(more, -1)
        self.solver.Objective().SetCoefficient(more, 1)
        self.solver.Objective().SetMaximization()
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise AssertionError("minima that were found attainable cannot be held")
        reached: int = held + round(more.solution_value())
        return min(enough, reached)

    def _hold(self, minima: Sequence[int]) -> None:
        for number, least in enumerate(minima):
            if least > self.rest.counts[number]:
                more = least - self.rest.counts[number]
                self._bound(number, more, self.solver.infinity())

    def _bound(self, number: int, least: float, most: float) -> pywraplp.Constraint:
        bound = self.solver.Constraint(least, most)
        for kind, one in self.taken.items():
            bound.SetCoefficient(one, kind.counts[number])
        return bound
