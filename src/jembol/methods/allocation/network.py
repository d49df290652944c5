"""The flow behind a plan: single people exactly, groups that are not yet decided as water.

Agents (households) stand on one side, the seats on the other; the seats of a stratum in a class
are a cell under the class. Whoever stays without a seat flows through the node of their stratum,
where the first so many are free and each further one, who would leave the stratum below its
minimum, costs a penalty beyond any gain: minima are reached where they can be, and else as nearly
as can be. All limits lie inside one another on either side, so the flow is whole (Ahuja, Magnanti
and Orlin 1993, *Network Flows*), and only a group that flows into several classes has to be
decided.

Solved by OR-Tools' cost-scaling push-relabel (Goldberg 1997, Journal of Algorithms 22(1)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from jembol.methods.allocation.arrays import NOWHERE, Arrays
from jembol.methods.allocation.prices import Prices

Decisions = Mapping[int, int]
"""Group to class, or to NOWHERE for a group that stays out."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow under decisions.

    Attributes:
        options: Options (rows of the arrays) that were taken.
        shares: Group and class to people that flowed there, of the groups that are not decided.
        prices: What a seat is worth at the margin.
    """

    options: Any
    shares: Mapping[tuple[int, int], int]
    prices: Prices


@dataclass(frozen=True, slots=True)
class _Arcs:
    tails: Any
    heads: Any
    capacities: Any
    costs: Any


class Network:
    """The flow of one problem, solved again and again under other decisions."""

    def __init__(self, arrays: Arrays, penalty: int) -> None:
        """Lay out the nodes.

        Args:
            arrays: The problem.
            penalty: What each seat below a stratum's minimum costs.
        """
        self.arrays = arrays
        self.penalty = penalty
        self.kept = np.ones(len(arrays.option_agent), bool)
        strata, classes = len(arrays.strata), len(arrays.classes)
        self.groups = arrays.agents
        self.cells = self.groups + len(arrays.groups)
        self.classes = self.cells + classes * strata
        self.without = self.classes + classes
        # One more for households that span several strata: no minimum counts them by their home.
        self.end = self.without + strata + 1
        self.home = self.without + np.where(
            arrays.agent_stratum == NOWHERE, strata, arrays.agent_stratum
        )
        self.option_heads = self._seat(arrays.option_class, arrays.option_stratum)
        self._lay_groups()

    def _seat(self, classes: Any, strata: Any) -> Any:
        """Return the node of a seat: the cell, or the class where it caps nothing."""
        arrays = self.arrays
        capped = arrays.caps[classes] < arrays.seats[classes]
        cell = self.cells + classes * len(arrays.strata) + strata
        return np.where(capped, cell, self.classes + classes)

    def _lay_groups(self) -> None:
        joins, splits = [], []
        for number, group in enumerate(self.arrays.groups):
            if not len(group.classes):
                continue
            joins += [(agent, number) for agent in group.agents.tolist()]
            each = -(-group.weights // len(group.members))
            for where, weight in zip(group.classes.tolist(), each.tolist(), strict=True):
                splits += [
                    (number, where, stratum, count, weight)
                    for stratum, count in enumerate(group.strata.tolist())
                    if count
                ]
        self.joins = np.array(joins, np.int64).reshape(-1, 2)
        self.splits = np.array(splits, np.int64).reshape(-1, 5)

    def keep(self, kept: Any) -> None:
        """Leave out options that cannot matter; bounds count them all the same."""
        self.kept = kept

    def solved(self, decided: Decisions, *, exact: bool = False) -> Flow | None:
        """Return the best flow under the decisions; None when their groups do not fit.

        Args:
            decided: What is no longer open.
            exact: Over all options, also those that `keep` leaves out.
        """
        room = self._room(decided)
        if room is None:
            return None
        arcs, supply, options = self._arcs(decided, *room, exact=exact)
        flow = SimpleMinCostFlow()
        numbers = flow.add_arcs_with_capacity_and_unit_cost(
            arcs.tails, arcs.heads, arcs.capacities, arcs.costs
        )
        agents = np.flatnonzero(supply)
        flow.set_nodes_supplies(
            np.append(agents, self.end), np.append(np.ones(len(agents), np.int64), -len(agents))
        )
        status = flow.solve()
        if status != flow.OPTIMAL:
            raise OverflowError(f"the flow ended as {status.name}; use smaller values")
        flows = flow.flows(numbers)
        taken = options[flows[: len(options)] > 0]
        return Flow(taken, self._shares(arcs, flows), self._prices(arcs, flows, supply))

    def _room(self, decided: Decisions) -> tuple[Any, Any, Any] | None:
        """Return the seats, caps and minima that the decided groups leave."""
        arrays = self.arrays
        seats, minima = arrays.seats.copy(), arrays.minima.copy()
        caps = np.repeat(arrays.caps[:, None], len(arrays.strata), axis=1)
        taken = np.zeros(arrays.agents, np.int64)
        for number, where in decided.items():
            if where == NOWHERE:
                continue
            group = arrays.groups[number]
            seats[where] -= len(group.members)
            caps[where] -= group.strata
            minima -= group.strata
            taken[group.agents] += 1
            if seats[where] < 0 or caps[where].min() < 0:
                return None
        # Two groups may hold people of one household, which has one seat.
        return None if taken.max(initial=0) > 1 else (seats, caps, np.maximum(minima, 0))

    def _arcs(
        self, decided: Decisions, seats: Any, caps: Any, minima: Any, *, exact: bool
    ) -> tuple[_Arcs, Any, Any]:
        arrays = self.arrays
        supply = np.ones(arrays.agents, bool)
        for number, where in decided.items():
            if where != NOWHERE:
                supply[arrays.groups[number].agents] = False
        options = np.flatnonzero((self.kept | exact) & supply[arrays.option_agent])
        agents = np.flatnonzero(supply)
        joins, splits = self._open(decided, supply)
        strata, classes = len(arrays.strata), len(arrays.classes)
        capped = np.flatnonzero(np.repeat(arrays.caps < arrays.seats, strata))
        at_home = np.bincount(self.home[agents] - self.without, minlength=strata + 1)
        needed = np.append(np.minimum(minima, at_home[:strata]), 0)
        without, course = np.arange(strata + 1), np.arange(classes)
        ones, zero = np.ones_like, np.zeros_like
        rows = (
            (arrays.option_agent[options], self.option_heads[options], ones(options),
             -arrays.option_weight[options]),
            (agents, self.home[agents], ones(agents), zero(agents)),
            (joins[:, 0], self.groups + joins[:, 1], ones(joins[:, 0]), zero(joins[:, 0])),
            (self.groups + splits[:, 0], self._seat(splits[:, 1], splits[:, 2]), splits[:, 3],
             -splits[:, 4]),
            (self.cells + capped, self.classes + capped // strata, caps.ravel()[capped],
             zero(capped)),
            (self.classes + course, np.full(classes, self.end), seats, zero(course)),
            (self.without + without, np.full(strata + 1, self.end), at_home - needed,
             zero(without)),
            (self.without + without, np.full(strata + 1, self.end), needed,
             np.full(strata + 1, self.penalty)),
        )  # fmt: skip
        columns = (np.concatenate(one).astype(np.int64) for one in zip(*rows, strict=True))
        return _Arcs(*columns), supply, options

    def _open(self, decided: Decisions, supply: Any) -> tuple[Any, Any]:
        """Return how the undecided groups may flow."""
        undecided = np.ones(len(self.arrays.groups), bool)
        undecided[list(decided)] = False
        joins = self.joins[undecided[self.joins[:, 1]] & supply[self.joins[:, 0]]]
        return joins, self.splits[undecided[self.splits[:, 0]]]

    def _shares(self, arcs: _Arcs, flows: Any) -> dict[tuple[int, int], int]:
        shares: dict[tuple[int, int], int] = {}
        from_group = (arcs.tails >= self.groups) & (arcs.tails < self.cells) & (flows > 0)
        strata = len(self.arrays.strata)
        for tail, head, flow in zip(
            arcs.tails[from_group].tolist(), arcs.heads[from_group].tolist(),
            flows[from_group].tolist(), strict=True,
        ):  # fmt: skip
            where = head - self.classes if head >= self.classes else (head - self.cells) // strata
            key = tail - self.groups, where
            shares[key] = shares.get(key, 0) + flow
        return shares

    def _prices(self, arcs: _Arcs, flows: Any, supply: Any) -> Prices:
        """Return the shortest distances in what the flow leaves open (its dual)."""
        first = self.groups
        tails, heads, costs = self._left_open(arcs, flows, supply)
        distance = _shortest(self.end + 1 - first, tails - first, heads - first, costs)
        strata, classes = len(self.arrays.strata), len(self.arrays.classes)
        cells = distance[self.cells - first : self.classes - first].reshape(classes, strata)
        course = distance[self.classes - first : self.without - first]
        without = distance[self.without - first : self.without - first + strata]
        end = distance[self.end - first]
        capped = (self.arrays.caps < self.arrays.seats)[:, None]
        return Prices(
            np.maximum(end - course, 0),
            np.where(capped, np.maximum(course[:, None] - cells, 0), 0),
            np.clip(end - without, 0, self.penalty),
        )

    def _left_open(self, arcs: _Arcs, flows: Any, supply: Any) -> tuple[Any, Any, Any]:
        """Return the open ways between nodes that are not agents; an agent is a way by itself.

        An agent who sits at one node and could sit at another joins the two, at the difference.
        """
        of_agent = arcs.tails < self.groups
        used = of_agent & (flows > 0)
        at, paid = np.zeros(len(supply), np.int64), np.zeros(len(supply), np.int64)
        at[arcs.tails[used]] = arcs.heads[used]
        paid[arcs.tails[used]] = arcs.costs[used]
        other = of_agent & (flows == 0)
        who = arcs.tails[other]
        forth = ~of_agent & (flows < arcs.capacities)
        back = ~of_agent & (flows > 0)
        return (
            np.concatenate([at[who], arcs.tails[forth], arcs.heads[back]]),
            np.concatenate([arcs.heads[other], arcs.heads[forth], arcs.tails[back]]),
            np.concatenate([arcs.costs[other] - paid[who], arcs.costs[forth], -arcs.costs[back]]),
        )


def _shortest(nodes: int, tails: Any, heads: Any, costs: Any) -> Any:
    """Return the distance of every node from a source that reaches all at no cost.

    Bellman (1958) and Ford, all ways at once; parallel ways count by their cheapest.
    """
    way = heads * nodes + tails
    order = np.lexsort((costs, way))
    first = np.flatnonzero(np.diff(way[order], prepend=-1))
    tails, heads, costs = (one[order][first] for one in (tails, heads, costs))
    starts = np.flatnonzero(np.diff(heads, prepend=-1))
    targets = heads[starts]
    distance = np.zeros(nodes, np.int64)
    while len(starts):
        nearer = np.minimum(distance[targets], np.minimum.reduceat(distance[tails] + costs, starts))
        if np.array_equal(nearer, distance[targets]):
            break
        distance[targets] = nearer
    return distance
