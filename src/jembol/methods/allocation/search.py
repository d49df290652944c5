"""Which group sits where: branch and bound over flows.

A flow in which groups may part is a bound. Where one parts it is decided: it goes to one of its
classes or stays out, and each answer is a branch (Land and Doig 1960, Econometrica 28(3)). The
branch with the highest bound goes on; prices of the parent bound its children before any flow is
solved, so most are never solved. Plans come from rounding: groups are set down one after the
other, the least divided first, and a last flow places everybody else exactly.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from jembol.methods.allocation.arrays import NOWHERE, Arrays
from jembol.methods.allocation.network import Decisions, Flow, Network
from jembol.methods.allocation.prices import Bound, Prices, bound_by, bound_under

NEAR: Final = 0.035
"""Options this far (a share of the largest weight) below the best are left out of later flows."""
MOVES: Final = 8
"""Groups that are tried elsewhere before the search gives up improving a plan by single moves."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan of a search.

    Attributes:
        options: Options that were taken.
        decided: Every group's class, or NOWHERE.
        objective: Weight less penalties.
        bound: No plan has a higher objective.
        flows: How many were solved.
        complete: Whether the search ended by itself.
        prices: Of the flow without any decision.
    """

    options: Any
    decided: Mapping[int, int]
    objective: int
    bound: int
    prices: Prices
    flows: int
    complete: bool


@dataclass(order=True, slots=True)
class _Branch:
    """Decisions that are still open: the highest bound first, then the deepest."""

    rank: tuple[int, int, int]
    decided: Decisions = field(compare=False)
    flow: Flow | None = field(compare=False, default=None)
    prices: Bound | None = field(compare=False, default=None)
    exact: bool = field(compare=False, default=False)

    @property
    def bound(self) -> int:
        """Return the highest objective that may be in it."""
        return -self.rank[0]


class Search:
    """One search; `run` gives the best plan found."""

    def __init__(
        self, arrays: Arrays, penalty: int, target: float,
        stop: Callable[[], bool], told: Callable[[int, int], None],
    ) -> None:  # fmt: skip
        """Prepare.

        Args:
            arrays: The problem.
            penalty: See `Network`.
            target: Share of the objective at which a plan is good enough.
            stop: Asked after every flow; True ends the search with what it has.
            told: Told the objective and the bound whenever either is better.
        """
        self.arrays = arrays
        self.penalty = penalty
        self.network = Network(arrays, penalty)
        self.target = target
        self.stop = stop
        self.told = told
        self.flows = 0
        self.best: tuple[int, Decisions, Flow] | None = None
        self.given_up = -(2**62)
        """The highest bound of a branch that was near enough to the best plan to be left."""
        self.made = 0
        self.root: Prices | None = None

    def run(self) -> Found:
        """Search until the target is proven, nothing is open, or `stop` says so."""
        open_: list[_Branch] = []
        complete = self._begin(open_)
        while complete and open_:
            branch = heapq.heappop(open_)
            if self._is_near(branch.bound):
                self.given_up = max(self.given_up, branch.bound)
                break
            if self.stop():
                heapq.heappush(open_, branch)
                complete = False
                break
            self._go_on(branch, open_)
        assert self.best is not None  # noqa: S101 - every search begins with a plan
        # Beside these groups everybody else has the best place, also by options left out so far.
        self._try(self.best[1], exact=True)
        objective, decided, flow = self.best
        bound = max([objective, self.given_up, *(one.bound for one in open_)])
        self.told(objective, bound)
        if self.root is None:
            raise AssertionError("every search begins with the flow without decisions")
        return Found(flow.options, decided, objective, bound, self.root, self.flows, complete)

    def _begin(self, open_: list[_Branch]) -> bool:
        """Solve the whole, round it, and improve the first plan; return whether time is left."""
        flow = self._solved({})
        if flow is None:
            raise AssertionError("a flow without decisions always fits")
        self.root = flow.prices
        prices = bound_by(self.arrays, flow.prices)
        self._push(open_, {}, bound_under(self.arrays, prices, {}), flow, prices, exact=True)
        rents = prices.rents[self.arrays.option_agent]
        largest = int(np.abs(self.arrays.option_weight).max(initial=1))
        self.network.keep(prices.left_over >= rents - int(NEAR * largest))
        self._round(flow, prices, {})
        if self.best is None:
            # Without any group every limit holds.
            self._try(dict.fromkeys(range(len(self.arrays.groups)), NOWHERE))
        return self._improve(open_[0].bound)

    def _go_on(self, branch: _Branch, open_: list[_Branch]) -> None:
        """Solve the branch, or divide it when it is solved."""
        if branch.flow is None or branch.prices is None:
            self._solve(branch, open_, exact=False)
            return
        parted = self._parted(branch.flow, branch.decided)
        if parted is None:
            self._close(branch, open_)
            return
        self._divide(branch, parted, open_)

    def _solve(self, branch: _Branch, open_: list[_Branch], *, exact: bool) -> None:
        flow = self._solved(branch.decided, exact=exact)
        if flow is None:
            return
        prices = bound_by(self.arrays, flow.prices)
        bound = min(branch.bound, bound_under(self.arrays, prices, branch.decided))
        self._push(open_, branch.decided, bound, flow, prices, exact=exact)
        if not exact and not self._is_near(bound):
            self._round(flow, prices, branch.decided)

    def _close(self, branch: _Branch, open_: list[_Branch]) -> None:
        """Take the plan of a branch whose flow parts no group.

        It is the best of its branch when all options were in the flow; while the bound is above it
        and something is still undecided (people of a group who share a household with others), the
        branch is divided all the same.
        """
        assert branch.flow is not None  # noqa: S101 - only solved branches are closed
        self._try({**self._whole(branch.flow), **branch.decided}, exact=branch.exact)
        if self.best is None or self.best[0] >= branch.bound:
            return
        if not branch.exact:
            self._solve(branch, open_, exact=True)
            return
        for number, group in enumerate(self.arrays.groups):
            if number not in branch.decided and len(group.classes):
                self._divide(branch, number, open_)
                return

    def _divide(self, branch: _Branch, number: int, open_: list[_Branch]) -> None:
        assert branch.prices is not None  # noqa: S101 - only solved branches are divided
        highest = branch.prices.best_of(number)
        for where, left in self._answers(number, branch.prices).items():
            bound = branch.bound - highest + left
            if self._is_near(bound):
                self.given_up = max(self.given_up, bound)
            else:
                self._push(open_, {**branch.decided, number: where}, bound)

    def _answers(self, number: int, prices: Bound) -> dict[int, int]:
        """Return what a group leaves over in each of its classes, and outside."""
        classes = self.arrays.groups[number].classes.tolist()
        return {NOWHERE: 0, **dict(zip(classes, prices.groups[number].tolist(), strict=True))}

    def _push(
        self, open_: list[_Branch], decided: Decisions, bound: int,
        flow: Flow | None = None, prices: Bound | None = None, *, exact: bool = False,
    ) -> None:  # fmt: skip
        self.made += 1
        rank = (-bound, -len(decided), self.made)
        heapq.heappush(open_, _Branch(rank, decided, flow, prices, exact))

    def _is_near(self, bound: int) -> bool:
        if self.best is None:
            return False
        return bound - self.best[0] <= self.target * abs(self.best[0])

    def _solved(self, decided: Decisions, *, exact: bool = False) -> Flow | None:
        self.flows += 1
        return self.network.solved(decided, exact=exact)

    def _parted(self, flow: Flow, decided: Decisions) -> int | None:
        """Return the group that most of its people would leave, were it set down in one class."""
        shares = _largest(flow)
        lost = {
            number: len(self.arrays.groups[number].members) - share
            for number, (share, _) in shares.items()
            if number not in decided
        }
        torn = {number: people for number, people in lost.items() if people}
        return max(torn, key=lambda number: (torn[number], -number)) if torn else None

    def _whole(self, flow: Flow) -> dict[int, int]:
        whole = {number: where for number, (_, where) in _largest(flow).items()}
        return {number: whole.get(number, NOWHERE) for number in range(len(self.arrays.groups))}

    def _round(self, flow: Flow, prices: Bound, decided: Decisions) -> None:
        """Set the groups down one after the other, those that part least first."""
        room = _Room(self.arrays, decided)
        if not room.fits:
            return
        shares = _largest(flow)
        numbers = [n for n in range(len(self.arrays.groups)) if n not in decided]
        sizes = [len(one.members) for one in self.arrays.groups]
        numbers.sort(key=lambda n: (-shares.get(n, (0, 0))[0] / sizes[n], n))
        chosen = dict(decided)
        for number in numbers:
            chosen[number] = room.best_for(number, prices, flow.shares)
        self._try(chosen)

    def _try(self, decided: Decisions, *, exact: bool = False) -> bool:
        """Place everybody else beside the groups; return whether that is the best plan so far."""
        flow = self._solved(decided, exact=exact)
        if flow is None:
            return False
        objective = self._objective(flow, decided)
        if self.best is not None and objective <= self.best[0]:
            return False
        self.best = objective, decided, flow
        return True

    def _objective(self, flow: Flow, decided: Decisions) -> int:
        arrays = self.arrays
        total = int(arrays.option_weight[flow.options].sum())
        seated = np.bincount(arrays.option_stratum[flow.options], minlength=len(arrays.strata))
        for number, where in decided.items():
            if where != NOWHERE:
                group = arrays.groups[number]
                total += int(group.weights[group.classes.tolist().index(where)])
                seated = seated + group.strata
        return total - self.penalty * int(np.maximum(arrays.minima - seated, 0).sum())

    def _improve(self, bound: int) -> bool:
        """Move single groups while that gains; return whether time is left.

        Prices of a plan bound what a move can gain from above, so only few are worth a flow.
        """
        failed = 0
        tried: set[tuple[int, int]] = set()
        while self.best is not None and failed < MOVES and not self._is_near(bound):
            if self.stop():
                return False
            _, decided, flow = self.best
            move = self._most_promising(flow, decided, tried)
            if move is None:
                return True
            tried.add(move)
            if self._try({**decided, move[0]: move[1]}):
                failed = 0
                self.told(self.best[0], bound)
            else:
                failed += 1
        return True

    def _most_promising(
        self, flow: Flow, decided: Decisions, tried: set[tuple[int, int]]
    ) -> tuple[int, int] | None:
        prices = bound_by(self.arrays, flow.prices)
        best, found = 0, None
        for number in range(len(self.arrays.groups)):
            left = self._answers(number, prices)
            for where, here in left.items():
                gain = here - left[decided[number]]
                if gain > best and (number, where) not in tried:
                    best, found = gain, (number, where)
        return found


def _largest(flow: Flow) -> dict[int, tuple[int, int]]:
    """Return for each group that flows its largest share and where that goes."""
    largest: dict[int, tuple[int, int]] = {}
    for (number, where), share in sorted(flow.shares.items()):
        if share > largest.get(number, (0, 0))[0]:
            largest[number] = share, where
    return largest


class _Room:
    """Seats that groups have not taken yet."""

    def __init__(self, arrays: Arrays, decided: Decisions) -> None:
        self.arrays = arrays
        self.seats = arrays.seats.copy()
        self.caps = np.repeat(arrays.caps[:, None], len(arrays.strata), axis=1)
        self.taken = np.zeros(arrays.agents, bool)
        self.crowd = np.zeros(len(arrays.classes))
        for number, where in decided.items():
            if where != NOWHERE:
                self._set_down(number, where)
        self.fits = bool(self.seats.min(initial=0) >= 0 and self.caps.min(initial=0) >= 0)

    def best_for(self, number: int, prices: Bound, shares: Mapping[tuple[int, int], int]) -> int:
        """Set the group down where it leaves most over, and return where that is."""
        group = self.arrays.groups[number]
        if self.taken[group.agents].any():
            return NOWHERE
        best, found = 0.0, NOWHERE
        each = int(np.abs(group.weights).max(initial=0)) / len(group.members)
        for where, left in zip(group.classes.tolist(), prices.groups[number].tolist(), strict=True):
            if self.seats[where] < len(group.members) or (self.caps[where] < group.strata).any():
                continue
            # Where the flow sends many of them they cost less than the last seat's price says, and
            # beside other groups more.
            worth = left + each * (0.02 * shares.get((number, where), 0) - 0.3 * self.crowd[where])
            if worth > best:
                best, found = worth, where
        if found != NOWHERE:
            self._set_down(number, found)
        return found

    def _set_down(self, number: int, where: int) -> None:
        group = self.arrays.groups[number]
        self.seats[where] -= len(group.members)
        self.caps[where] -= group.strata
        self.taken[group.agents] = True
        self.crowd[where] += len(group.members) / max(int(self.arrays.seats[where]), 1)
