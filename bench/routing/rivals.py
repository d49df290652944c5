"""The same day by others for the same CPU seconds: PyVRP as it is called, OR-Tools routing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pyvrp
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from jembol.methods.routing import Plan, Problem, plan_of
from jembol.methods.routing.day import NEVER, Day, day_of
from jembol.methods.routing.search import Search


def limit(seconds: float) -> Callable[[], bool]:
    """Return what says whether so many CPU seconds have passed."""
    begun = time.process_time()
    return lambda: time.process_time() - begun > seconds


def by_pyvrp(problem: Problem, seconds: float, seed: int) -> Plan:
    """Return PyVRP's plan from its own start: what a call without further thought gives."""
    day = day_of(problem)
    search, over = Search(day), limit(seconds)
    result = pyvrp.solve(search.data, lambda _cost: over(), seed=seed, collect_stats=False)
    routes = result.best.routes() if result.best.is_feasible() else []
    return _plan(day, [list(trip.stops) for trip in search.trips(routes)])


def by_ortools(problem: Problem, seconds: float, _seed: int) -> Plan:
    """Return OR-Tools' plan: cheapest insertion, then guided local search."""
    return _OrTools(day_of(problem)).solved(limit(seconds))


def _plan(day: Day, orders: list[list[int]]) -> Plan:
    problem = day.problem
    return plan_of(problem, {
        (problem.officers[one.officer].id, one.shift): [problem.stops[stop].id for stop in order]
        for one, order in zip(day.vehicles, orders, strict=True)
    })  # fmt: skip


class _OrTools:
    """A day in OR-Tools' words."""

    def __init__(self, day: Day) -> None:
        self.day = day
        vehicles = day.vehicles
        self.manager = pywrapcp.RoutingIndexManager(
            day.size + 2 * len(vehicles), len(vehicles), [one.start for one in vehicles],
            [one.end for one in vehicles],
        )  # fmt: skip
        self.model = pywrapcp.RoutingModel(self.manager)
        self._times()
        for stop in range(day.size):
            self._stop(stop)

    def _times(self) -> None:
        day, model, node = self.day, self.model, self.manager.IndexToNode
        service = [*day.service.tolist(), *([0] * (2 * len(day.vehicles)))]
        spends = []
        for row in range(len(day.vehicles)):
            ways = day.travel[row].tolist()

            def road(a: int, b: int, ways: Any = ways) -> int:
                return self.day.weight * ways[node(a)][node(b)]

            def spent(a: int, b: int, ways: Any = ways) -> int:
                return ways[node(a)][node(b)] + service[node(a)]

            model.SetArcCostEvaluatorOfVehicle(model.RegisterTransitCallback(road), row)
            spends.append(model.RegisterTransitCallback(spent))
        horizon = max(one.until for one in day.vehicles)
        model.AddDimensionWithVehicleTransits(
            spends, horizon, horizon, fix_start_cumul_to_zero=False, name="time"
        )
        self.time = model.GetDimensionOrDie("time")
        for row, one in enumerate(day.vehicles):
            self.time.CumulVar(model.Start(row)).SetRange(one.begins, one.until)
            self.time.CumulVar(model.End(row)).SetRange(one.begins, one.until)

    def _stop(self, stop: int) -> None:
        day, index = self.day, self.manager.NodeToIndex(stop)
        self.model.AddDisjunction([index], int(day.gain[stop]))
        able = [row for row in range(len(day.vehicles)) if day.may[row, stop]]
        self.model.VehicleVar(index).SetValues([-1, *able])
        begins, closed = self.time.CumulVar(index), 0
        for first, last in zip(day.opens[stop].tolist(), day.closes[stop].tolist(), strict=True):
            if last >= 0:
                if first > closed:
                    begins.RemoveInterval(closed, first - 1)
                closed = last + 1
        if closed < NEVER:
            begins.RemoveInterval(closed, NEVER)

    def solved(self, over: Callable[[], bool]) -> Plan:
        asked = pywrapcp.DefaultRoutingSearchParameters()
        asked.first_solution_strategy = (
            routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        )
        asked.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        asked.time_limit.seconds = 3600
        self.model.AddSearchMonitor(self.model.solver().CustomLimit(over))
        found = self.model.SolveWithParameters(asked)
        orders: list[list[int]] = [[] for _ in self.day.vehicles]
        for row, order in enumerate(orders if found else ()):
            index = found.Value(self.model.NextVar(self.model.Start(row)))
            while not self.model.IsEnd(index):
                order.append(self.manager.IndexToNode(index))
                index = found.Value(self.model.NextVar(index))
        return _plan(self.day, orders)
