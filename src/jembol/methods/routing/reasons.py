"""Why nobody visits a stop, from the plan alone.

Four questions, the first that has an answer is the reason: can anybody do it, could any shift hold
it alone, would it fit into the plan, would it fit in place of one other visit. As the plan given
out has no insertion and no exchange left that gains anything, the figures say how far it is from
changing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jembol.methods.routing.day import NO_GAIN, Day, can
from jembol.methods.routing.improve import exchanges
from jembol.methods.routing.plan import Unserved, Why
from jembol.methods.routing.trips import Trip, insertions, trip_of, unvisited


@dataclass(frozen=True, slots=True)
class Set:
    """Stops that were set aside before the search, by their columns.

    Attributes:
        outside: Not on the shortlist.
        torn: Visits of several officers that could not all be there.
        told: Taken out by hand.
    """

    outside: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()


def reasons_of(day: Day, trips: Sequence[Trip], aside: Set) -> tuple[Unserved, ...]:
    """Return a reason for each stop that no trip visits, in the order of the problem."""
    columns = unvisited(day, trips)
    if not len(columns):
        return ()
    look = _Look(day, trips, columns)
    return tuple(look.reason(row, aside) for row in range(len(columns)))


class _Look:
    """What the plan offers to each stop that is left out."""

    def __init__(self, day: Day, trips: Sequence[Trip], columns: Any) -> None:
        self.day, self.columns = day, columns
        self.trips = trips
        # An absent officer may visit nothing at all.
        self.going = [
            day.problem.officers[one.officer]
            for one, may in zip(day.vehicles, day.may, strict=True)
            if may.any()
        ]
        self.prizes = np.array([stop.prize for stop in day.problem.stops], np.int64)
        self.bonus = day.gain - self.prizes * day.unit
        self.alone = [insertions(day, trip_of(day, one.vehicle, ()), columns) for one in trips]
        self.into = [insertions(day, one, columns) for one in trips]
        self.swaps = [exchanges(day, one, columns) for one in trips]

    def reason(self, row: int, aside: Set) -> Unserved:
        """Return the reason of one stop (a row of the columns)."""
        column = int(self.columns[row])
        stop = self.day.problem.stops[column]
        for kind, why in (
            (aside.outside, Why.SHORTLIST), (aside.torn, Why.TOGETHER), (aside.told, Why.TOLD),
        ):  # fmt: skip
            if column in kind:
                return Unserved(stop.id, why)
        if stop.skill is not None and not any(can(one.skills, stop) for one in self.going):
            return Unserved(stop.id, Why.SKILL, skill=stop.skill)
        return self._of_time(row, stop.id)

    def _of_time(self, row: int, stop: str) -> Unserved:
        if (trip := _most(self.alone, row)) is None:
            return Unserved(stop, Why.WINDOW)
        extra = int(self.alone[trip].extra[row])
        if (fitting := _most(self.into, row)) is not None:
            table = self.into[fitting]
            gap = self._gap(table.worth[row], int(self.columns[row]))
            return Unserved(
                stop, Why.TOO_FAR, self._officer(fitting), gap=gap, extra=int(table.extra[row])
            )  # fmt: skip
        if (swapped := _most(self.swaps, row)) is not None:
            swap = self.swaps[swapped]
            goes = self.trips[swapped].stops[int(swap.out[row])]
            return self._displaced(row, self._officer(swapped), goes, swap)
        return Unserved(stop, Why.NO_TIME, self._officer(trip), extra=extra)

    def _displaced(self, row: int, officer: str, goes: int, swap: Any) -> Unserved:
        stops, column, bonus = self.day.problem.stops, int(self.columns[row]), self.bonus
        why = Why.DISPLACES
        if bonus[goes] > bonus[column]:
            why = Why.PROMISED if stops[goes].required else Why.KEPT
        gap = self._gap(swap.worth[row], column, goes)
        return Unserved(
            stops[column].id, why, officer, stops[goes].id, gap, int(swap.extra[row])
        )  # fmt: skip

    def _officer(self, trip: int) -> str:
        vehicle = self.day.vehicles[self.trips[trip].vehicle]
        return self.day.problem.officers[vehicle.officer].id

    def _gap(self, worth: Any, column: int, goes: int | None = None) -> int:
        """Return what the objective rises by, without what the search adds to prizes."""
        if self.day.problem.travel_weight == 0:
            return int((0 if goes is None else self.prizes[goes]) - self.prizes[column])
        return int(self.bonus[column] - (0 if goes is None else self.bonus[goes]) - worth)


def _most(tables: Iterable[Any], row: int) -> int | None:
    """Return which table offers the stop most; None when none offers a place."""
    values = np.array([table.worth[row] for table in tables], np.int64)
    if not len(values) or values.max() == NO_GAIN:
        return None
    return int(values.argmax())
