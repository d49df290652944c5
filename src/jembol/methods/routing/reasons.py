"""Why nobody visits a stop, from the plan alone.

Four questions, the first that has an answer is the reason: can anybody do it, could any shift hold it
alone, would it fit into the plan, would it fit in place of one other visit. As the plan given out has
no insertion and no exchange left that gains anything, the figures say how far it is from changing.
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
        if not any(can(officer.skills, stop) for officer in self.day.problem.officers):
            return Unserved(stop.id, Why.SKILL, skill=stop.skill)
        return self._of_time(row, stop.id)

    def _of_time(self, row: int, stop: str) -> Unserved:
        if (trip := _most(self.alone, row)) is None:
            return Unserved(stop, Why.WINDOW)
        extra = int(self.alone[trip].extra[row])
        if (fitting := _most(self.into, row)) is not None:
            table = self.into[fitting]
            return Unserved(
                stop, Why.TOO_FAR, self._officer(fitting), gap=self._gap(table.worth[row]),
                extra=int(table.extra[row]),
            )  # fmt: skip
        if (swapped := _most(self.swaps, row)) is not None:
            swap = self.swaps[swapped]
            goes = self.trips[swapped].stops[int(swap.out[row])]
            return Unserved(
                stop, Why.DISPLACES, self._officer(swapped), self.day.problem.stops[goes].id,
                self._gap(swap.worth[row]), int(swap.extra[row]),
            )  # fmt: skip
        return Unserved(stop, Why.NO_TIME, self._officer(trip), extra=extra)

    def _officer(self, trip: int) -> str:
        vehicle = self.day.vehicles[self.trips[trip].vehicle]
        return self.day.problem.officers[vehicle.officer].id

    def _gap(self, worth: Any) -> int:
        return -int(worth) // self.day.unit


def _most(tables: Iterable[Any], row: int) -> int | None:
    """Return which table offers the stop most; None when none offers a place."""
    values = np.array([table.worth[row] for table in tables], np.int64)
    if not len(values) or values.max() == NO_GAIN:
        return None
    return int(values.argmax())
