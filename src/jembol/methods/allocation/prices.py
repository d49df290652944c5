"""What seats are worth at the margin, and the bound that follows from it.

Any prices give a bound (Lagrange: Geoffrion 1974, Mathematical Programming Study 2): let everybody
buy the option with the most left over, each group as a whole, and add what all seats would earn.
No plan is worth more. It is computed in whole numbers, over all options and with groups undivided,
so nothing that a search leaves out or rounds can make it wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jembol.methods.allocation.arrays import NOWHERE, Arrays


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in the weights of the arrays.

    Attributes:
        seats: Of a seat of each class.
        cells: Of a seat of each class for each stratum, on top.
        strata: What a stratum below its minimum pays for each of its people.
    """

    seats: Any
    cells: Any
    strata: Any

    def of(self, classes: Any, strata: Any) -> Any:
        """Return what a seat costs somebody of the stratum."""
        return self.seats[classes] + self.cells[classes, strata] - self.strata[strata]


@dataclass(frozen=True, slots=True)
class Bound:
    """The bound by prices, taken apart so that decisions on groups only exchange their part.

    Attributes:
        ground: The bound without any group.
        rents: What each agent has left over in its best option; a group takes that from its people.
        groups: For each group what each of its classes leaves over; staying out leaves 0.
        left_over: For each option what it leaves over.
    """

    ground: int
    rents: Any
    groups: tuple[Any, ...]
    left_over: Any

    def best_of(self, number: int) -> int:
        """Return the most that an undecided group leaves over."""
        return int(self.groups[number].max(initial=0))


def bound_by(arrays: Arrays, prices: Prices) -> Bound:
    """Return the bound on value less penalties that these prices prove."""
    left_over = arrays.option_weight - prices.of(arrays.option_class, arrays.option_stratum)
    rents = np.zeros(arrays.agents, np.int64)
    if len(left_over):
        starts = np.flatnonzero(np.diff(arrays.option_agent, prepend=-1))
        best = np.maximum.reduceat(left_over, starts)
        rents[arrays.option_agent[starts]] = np.maximum(best, 0)
    ground = (
        int(prices.seats @ arrays.seats)
        + int(prices.cells.sum(axis=1) @ arrays.caps)
        - int(prices.strata @ arrays.minima)
        + int(rents.sum())
    )
    strata = np.arange(len(arrays.strata))
    groups = tuple(
        group.weights
        - prices.of(group.classes[:, None], strata[None, :]) @ group.strata
        - rents[group.agents].sum()
        for group in arrays.groups
    )
    return Bound(ground, rents, groups, left_over)


def bound_under(arrays: Arrays, bound: Bound, decided: Mapping[int, int]) -> int:
    """Return the bound on every plan that follows the decisions."""
    total = bound.ground
    for number, group in enumerate(arrays.groups):
        if number not in decided:
            total += bound.best_of(number)
        elif decided[number] != NOWHERE:
            total += int(bound.groups[number][group.classes.tolist().index(decided[number])])
    return total
