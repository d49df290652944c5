"""Regret insertion, and improvement until no single insertion or exchange gains anything.

The start of a search, the repair of a plan and the reasons all rest on the same two looks at a
plan: what would it gain to insert this stop, and what to put this stop in place of that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jembol.methods.routing.day import NO_GAIN, Day
from jembol.methods.routing.trips import (
    Insertions,
    Trip,
    inserted,
    insertions,
    trip_of,
    unvisited,
    without,
    worth,
)


@dataclass(frozen=True, slots=True)
class Exchanges:
    """The best exchange of one visit of a trip, for each of several stops.

    Attributes:
        worth: What the plan gains; NO_GAIN where no exchange of one visit makes room.
        out: Place of the visit that goes; -1 for none.
        place: Where the stop goes in the trip without that visit.
        extra: Seconds of detour there.
    """

    worth: Any
    out: Any
    place: Any
    extra: Any


def exchanges(day: Day, trip: Trip, stops: Any) -> Exchanges:
    """Return the best exchange in a trip for each of the stops (columns)."""
    best = np.full(len(stops), NO_GAIN, np.int64)
    out, place, extra = (np.full(len(stops), -1, np.int64) for _ in range(3))
    held = worth(day, trip)
    for position in range(len(trip.stops)):
        shorter = without(day, trip, position)
        into = insertions(day, shorter, stops)
        fits = into.worth > NO_GAIN
        gained = np.where(fits, into.worth + worth(day, shorter) - held, NO_GAIN)
        better = gained > best
        best[better], out[better] = gained[better], position
        place[better], extra[better] = into.place[better], into.extra[better]
    return Exchanges(best, out, place, extra)


def started(day: Day, *, by_regret: bool, trips: Sequence[Trip] | None = None) -> list[Trip]:
    """Return trips filled by insertion.

    Args:
        day: What to plan.
        by_regret: Take first what loses most when its best trip is lost (Potvin and Rousseau 1993);
            else what gains most for its time (Vansteenwegen et al. 2009).
        trips: What is planned already; else nothing.
    """
    trips = list(trips or (trip_of(day, row, ()) for row in range(len(day.vehicles))))
    everything = np.arange(day.size)
    if not trips or not day.size:
        return trips
    tables = [insertions(day, trip, everything) for trip in trips]
    free = np.zeros(day.size, bool)
    free[unvisited(day, trips)] = True
    score = _by_regret if by_regret else _by_time
    while True:
        values = np.stack([table.worth for table in tables])
        row = values.argmax(axis=0)
        best = values[row, everything]
        open_ = free & (best > 0)
        if not open_.any():
            return trips
        extra = np.stack([table.extra for table in tables])[row, everything]
        stop = int(np.where(open_, score(day, values, best, extra), -np.inf).argmax())
        chosen = int(row[stop])
        trips[chosen] = inserted(day, trips[chosen], stop, int(tables[chosen].place[stop]))
        tables[chosen] = insertions(day, trips[chosen], everything)
        free[stop] = False


def _by_regret(day: Day, values: Any, best: Any, _extra: Any) -> Any:
    second = np.partition(values, -2, axis=0)[-2] if len(values) > 1 else np.zeros_like(best)
    return (2 * best - np.maximum(second, 0)).astype(float)


def _by_time(day: Day, _values: Any, best: Any, extra: Any) -> Any:
    return best.astype(float) ** 2 / (day.service + np.maximum(extra, 0) + 1)


def improved(day: Day, trips: Sequence[Trip]) -> list[Trip]:
    """Return trips that no single insertion and no exchange of one visit makes better."""
    trips = list(trips)
    into: list[Insertions | None] = [None] * len(trips)
    swaps: list[Exchanges | None] = [None] * len(trips)
    everything = np.arange(day.size)
    while True:
        free = np.zeros(day.size, bool)
        free[unvisited(day, trips)] = True
        best, move = 0, None
        for row, trip in enumerate(trips):
            table = into[row] = into[row] or insertions(day, trip, everything)
            stop, value = _best(table.worth, free)
            if value > best:
                best, move = value, inserted(day, trip, stop, int(table.place[stop]))
        for row, trip in enumerate(trips) if move is None else ():
            swap = swaps[row] = swaps[row] or exchanges(day, trip, everything)
            stop, value = _best(swap.worth, free)
            if value > best:
                shorter = without(day, trip, int(swap.out[stop]))
                best, move = value, inserted(day, shorter, stop, int(swap.place[stop]))
        if move is None:
            return trips
        trips[move.vehicle] = move
        into[move.vehicle] = swaps[move.vehicle] = None


def _best(values: Any, free: Any) -> tuple[int, int]:
    if not free.any():
        return 0, 0
    open_ = np.where(free, values, NO_GAIN)
    stop = int(open_.argmax())
    return stop, int(open_[stop])
