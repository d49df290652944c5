"""The search by PyVRP's iterated local search, from an empty plan or from one of our own.

PyVRP knows no skills, so what a vehicle may not do is a way too long for any shift; it knows one
window for a client, so a stop with several is a group of clients of which one is visited. Promised
stops are worth more than all others together instead of required: then the empty plan is lawful,
and the search never stands before a day that cannot be held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyvrp

from jembol.methods.routing.day import NEVER, Day
from jembol.methods.routing.trips import Trip, objective, trip_of

STEPS: Final = 100
"""How often progress is told when nothing gets better."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one start gave.

    Attributes:
        trips: One for each vehicle.
        iterations: How many were made.
        complete: Whether all were; False when it was stopped.
    """

    trips: tuple[Trip, ...]
    iterations: int
    complete: bool


class Search:
    """A day in PyVRP's words."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.types: dict[Any, list[int]] = defaultdict(list)
        for row, vehicle in enumerate(day.vehicles):
            rules = day.may[row].tobytes(), day.change[row].tobytes(), vehicle.alike[-1]
            self.types[vehicle.alike, rules].append(row)
        self.clients: list[tuple[int, int]] = [
            (stop, window)
            for stop in range(day.size)
            for window in range(int((day.closes[stop] >= 0).sum()))
            if day.may[:, stop].any()
        ]
        self.empty = not self.clients or not day.vehicles
        self.data: Any = None if self.empty else self._data()

    def _data(self) -> Any:
        day = self.day
        horizon = max((one.until for one in day.vehicles), default=0)
        groups: list[Any] = []
        clients = [self._client(number, horizon, groups) for number in range(len(self.clients))]
        distances: list[Any] = []
        durations: list[Any] = []
        profiles: dict[Any, int] = {}
        types: list[Any] = []
        for (_, rules), rows in self.types.items():
            if rules not in profiles:
                profiles[rules] = len(distances)
                distance, duration = self._roads(rows[0], 2 * horizon + 1)
                distances.append(distance)
                durations.append(duration)
            one = day.vehicles[rows[0]]
            types.append(pyvrp.VehicleType(
                len(rows), [], one.start - day.size, one.end - day.size, tw_early=one.begins,
                tw_late=one.until, profile=profiles[rules],
            ))  # fmt: skip
        points = day.size + 2 * len(day.vehicles)
        depots = [pyvrp.Depot(point) for point in range(day.size, points)]
        places = [pyvrp.Location(0, 0) for _ in range(points)]
        return pyvrp.ProblemData(places, clients, depots, types, distances, durations, groups)

    def _client(self, number: int, horizon: int, groups: list[Any]) -> Any:
        day, (stop, window) = self.day, self.clients[number]
        group = None
        if int((day.closes[stop] >= 0).sum()) > 1:
            if window == 0:
                groups.append(pyvrp.ClientGroup(required=False))
            group = len(groups) - 1
            groups[-1].add_client(number)
        # A window that opens after everybody is home would only lengthen the axis of time.
        last = min(int(day.closes[stop, window]), horizon)
        first = min(int(day.opens[stop, window]), NEVER)
        return pyvrp.Client(
            stop, service_duration=int(day.service[stop]), tw_early=first,
            tw_late=max(first, last), prize=int(day.gain[stop]), required=False, group=group,
        )  # fmt: skip

    def _roads(self, row: int, too_long: int) -> tuple[Any, Any]:
        day = self.day
        distance, duration = day.weight * day.travel[row], day.travel[row].copy()
        distance[:, : day.size] += day.change[row]
        barred = np.flatnonzero(~day.may[row])
        distance[:, barred] += too_long * day.weight
        duration[:, barred] = too_long
        for matrix in distance, duration:
            np.fill_diagonal(matrix, 0)
        return distance, duration

    def run(
        self, seed: int, effort: int, warm: Sequence[Trip] = (),
        stop: Callable[[], bool] | None = None, told: Callable[[int, int], None] | None = None,
    ) -> Found:  # fmt: skip
        """Search from the given trips, or from nothing.

        Args:
            seed: Of the random moves.
            effort: Iterations.
            warm: Trips that hold; empty for an empty start.
            stop: Asked in each iteration; True ends the search.
            told: Told, with each better plan and after each hundredth of the effort, how many
                iterations there were and the objective of the best trips.
        """
        watch = _Watch(effort, stop or (lambda: False), told, self._objective)
        if self.empty or effort <= 0:
            trips = tuple(warm) or tuple(self.trips([]))
            return Found(trips, 0, complete=True)
        result = pyvrp.solve(
            self.data, watch, seed=seed, collect_stats=False,
            params=pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(callbacks=watch)),
            initial_solution=self._solution(warm),
        )  # fmt: skip
        return Found(
            tuple(self.trips(result.best.routes())), watch.iterations, not watch.stopped
        )  # fmt: skip

    def _objective(self, solution: Any) -> int:
        return objective(self.day, self.trips(solution.routes()))

    def _solution(self, trips: Sequence[Trip]) -> Any:
        of = {client: number for number, client in enumerate(self.clients)}
        kind = {row: k for k, rows in enumerate(self.types.values()) for row in rows}
        routes = []
        for trip in trips:
            visits: Any = [
                of[stop, self._window(stop, begin)]
                for stop, begin in zip(trip.stops, trip.begins, strict=True)
            ]
            if visits:
                routes.append(pyvrp.Route(self.data, visits, kind[trip.vehicle]))
        return pyvrp.Solution(self.data, routes)

    def _window(self, stop: int, begin: int) -> int:
        return int(np.flatnonzero(begin <= self.day.closes[stop])[0])

    def trips(self, routes: Sequence[Any]) -> list[Trip]:
        """Return PyVRP's routes as one trip for each vehicle."""
        left = [list(rows) for rows in self.types.values()]
        orders: dict[int, list[int]] = {}
        for route in routes:
            visits = [self.clients[one.idx][0] for one in route if one.is_client()]
            orders[left[route.vehicle_type()].pop(0)] = visits
        return [
            trip_of(self.day, row, orders.get(row, ())) for row in range(len(self.day.vehicles))
        ]


class _Watch(pyvrp.IteratedLocalSearchCallbacks):
    """Ends the search after so many iterations, or when asked, and tells of progress."""

    def __init__(
        self, effort: int, stop: Callable[[], bool], told: Callable[[int, int], None] | None,
        objective: Callable[[Any], int],
    ) -> None:  # fmt: skip
        self.effort, self.stop, self.told, self.objective = effort, stop, told, objective
        self.step = max(1, effort // STEPS)
        self.iterations = 0
        self.stopped = False
        self.best: Any = None
        self.value = 0

    def __call__(self, best_cost: int) -> bool:
        if self.iterations >= self.effort:
            return True
        self.stopped = self.stop()
        return self.stopped

    def on_iteration(self, _current: Any, _candidate: Any, best: Any, _evaluator: Any) -> None:
        self.iterations += 1
        if self.told is None:
            return
        better = best is not self.best
        if better:
            self.best, self.value = best, self.objective(best)
        if better or self.iterations % self.step == 0:
            self.told(self.iterations, self.value)
