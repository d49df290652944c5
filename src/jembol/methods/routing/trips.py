"""One route as numbers: when each visit begins, how late it could, and what an insertion costs.

A visit begins as early as it can; a wait for a window costs nothing. How late it could begin so
that all after it still hold is known too, so whether another stop fits at a place is one
comparison, for all stops and places at once (Savelsbergh 1992, with several windows for a stop).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jembol.methods.routing.day import NEVER, NO_GAIN, Day


def begins_at(day: Day, stops: Any, arrivals: Any) -> Any:
    """Return when visits begin for arrivals (stops, places); NEVER after the last window."""
    opens, closes = day.opens[stops], day.closes[stops]
    found = np.full_like(arrivals, NEVER)
    for window in range(opens.shape[1]):
        first, last = opens[:, window, None], closes[:, window, None]
        begin = np.maximum(arrivals, first)
        np.minimum(found, np.where(begin <= last, begin, NEVER), out=found)
    return found


@dataclass(frozen=True, slots=True)
class Trip:
    """The route of one vehicle.

    Attributes:
        vehicle: Its row in the day.
        stops: Columns, in order.
        begins: When each visit begins.
        leaves: When the vehicle leaves its start, then each stop.
        latest: How late it may arrive at each stop, then at the end.
        travel: Seconds on the road; none for an empty trip.
        holds: Whether every window and the shift are kept.
    """

    vehicle: int
    stops: tuple[int, ...]
    begins: tuple[int, ...]
    leaves: tuple[int, ...]
    latest: tuple[int, ...]
    travel: int
    holds: bool

    @property
    def ends(self) -> int:
        """Return when it leaves the last stop."""
        return self.leaves[-1]


def trip_of(day: Day, vehicle: int, stops: Iterable[int]) -> Trip:
    """Return the trip that visits these stops in this order; it may not hold."""
    one, ways, stops = day.vehicles[vehicle], day.travel[vehicle], tuple(stops)
    begins, leaves, here, road = [], [one.begins], one.start, 0
    for stop in stops:
        way = int(ways[here, stop])
        road += way
        begin = _first(day, stop, leaves[-1] + way)
        begins.append(begin)
        leaves.append(begin + int(day.service[stop]))
        here = stop
    if stops:
        road += int(ways[here, one.end])
    latest, after = [one.until], one.end
    for stop in reversed(stops):
        late = latest[-1] - int(ways[stop, after]) - int(day.service[stop])
        latest.append(_last(day, stop, late))
        after = stop
    latest.reverse()
    holds = not stops or leaves[0] + int(ways[one.start, stops[0]]) <= latest[0]
    return Trip(vehicle, stops, tuple(begins), tuple(leaves), tuple(latest), road, holds)


def _first(day: Day, stop: int, arrival: int) -> int:
    for first, last in zip(day.opens[stop].tolist(), day.closes[stop].tolist(), strict=True):
        if arrival <= last:
            return max(arrival, int(first))
    return NEVER


def _last(day: Day, stop: int, late: int) -> int:
    """Return the latest beginning in a window that is no later; below 0 when there is none."""
    fitting = [
        min(late, last)
        for first, last in zip(day.opens[stop].tolist(), day.closes[stop].tolist(), strict=True)
        if first <= late
    ]
    return max(fitting, default=-1)


def worth(day: Day, trip: Trip) -> int:
    """Return what a trip gains, less what it costs."""
    stops = list(trip.stops)
    gain = int(day.gain[stops].sum() - day.change[trip.vehicle, stops].sum()) if stops else 0
    return gain - day.weight * trip.travel


@dataclass(frozen=True, slots=True)
class Insertions:
    """The best place in a trip for each of several stops.

    Attributes:
        worth: What the plan gains by it; NO_GAIN where it does not fit.
        place: Before which of the trip's stops.
        extra: Seconds of detour.
    """

    worth: Any
    place: Any
    extra: Any


def insertions(day: Day, trip: Trip, stops: Any) -> Insertions:
    """Return the best insertion into a trip for each of the stops (columns)."""
    one, ways = day.vehicles[trip.vehicle], day.travel[trip.vehicle]
    before = np.array([one.start, *trip.stops])
    after = np.array([*trip.stops, one.end])
    there = ways[np.ix_(before, stops)].T
    onward = ways[np.ix_(stops, after)]
    begin = begins_at(day, stops, np.array(trip.leaves, np.int64) + there)
    fits = begin + day.service[stops][:, None] + onward <= np.array(trip.latest, np.int64)
    fits &= day.may[trip.vehicle, stops][:, None]
    extra = there + onward
    if trip.stops:
        extra = extra - ways[before, after]
    cost = np.where(fits, extra, NEVER)
    place = cost.argmin(axis=1)
    rows = np.arange(len(place))
    gained = day.gain[stops] - day.change[trip.vehicle, stops] - day.weight * extra[rows, place]
    return Insertions(
        np.where(fits[rows, place], gained, NO_GAIN), place, extra[rows, place]
    )  # fmt: skip


def inserted(day: Day, trip: Trip, stop: int, place: int) -> Trip:
    """Return the trip with one more stop."""
    return trip_of(day, trip.vehicle, (*trip.stops[:place], stop, *trip.stops[place:]))


def without(day: Day, trip: Trip, place: int) -> Trip:
    """Return the trip with one stop less."""
    return trip_of(day, trip.vehicle, (*trip.stops[:place], *trip.stops[place + 1 :]))


def unvisited(day: Day, trips: Sequence[Trip]) -> Any:
    """Return the columns of all stops that no trip visits."""
    out = np.ones(day.size, bool)
    for trip in trips:
        out[list(trip.stops)] = False
    return np.flatnonzero(out)


def total(day: Day, trips: Sequence[Trip]) -> int:
    """Return what all trips gain, less what they cost."""
    return sum(worth(day, trip) for trip in trips)


def objective(day: Day, trips: Sequence[Trip]) -> int:
    """Return weight times travel plus the prizes left behind, in the problem's unit."""
    visited = {stop for trip in trips for stop in trip.stops}
    left = sum(one.prize for row, one in enumerate(day.problem.stops) if row not in visited)
    return day.problem.travel_weight * sum(trip.travel for trip in trips) + left
