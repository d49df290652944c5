"""The problem as arrays: one vehicle for each shift, one point for each stop, start and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from jembol.methods.routing.problem import Problem, Stop

NEVER: Final = 1 << 40
"""Later than any time of a problem."""
NO_GAIN: Final = -(1 << 60)
"""Below the worth of any visit."""
SAFE: Final = 1 << 44
"""The solver's costs stay exact up to here."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One shift of one officer.

    Attributes:
        officer: Its place in the problem.
        shift: Its place among the officer's shifts.
        begins: When it begins.
        until: When it is over.
        start: Its point in `Day.travel`.
        end: The same; all ways to it take no time when the officer may end anywhere.
        alike: Equal for vehicles that have the same start, end and times.
    """

    officer: int
    shift: int
    begins: int
    until: int
    start: int
    end: int
    alike: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that the search looks at.

    Attributes:
        problem: What it was made from.
        vehicles: In the order of officers and shifts.
        travel: Of each vehicle the seconds between points: the stops, then each vehicle's start,
            then each one's end.
        service: Seconds of each stop.
        opens: Of each stop the beginnings of its windows, in order; rows are filled up with NEVER.
        closes: The same of their ends; filled up with -1.
        gain: What a visit is worth in the search's own unit; of a promised stop more than all else.
        weight: What a second of travel costs in it.
        unit: How many of it are one of the problem's.
        may: Whether a vehicle may visit a stop.
        change: What it costs that this vehicle visits it, besides travel.
    """

    problem: Problem
    vehicles: tuple[Vehicle, ...]
    travel: tuple[Any, ...]
    service: Any
    opens: Any
    closes: Any
    gain: Any
    weight: int
    unit: int
    may: Any
    change: Any

    @property
    def size(self) -> int:
        """Return the number of stops."""
        return len(self.service)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a re-plan adds to a problem.

    Attributes:
        absent: Officers who do not go.
        only: Stop to the one officer who may still visit it.
        kept: Stop to what it costs more to leave it out.
        dropped: Stops that are not planned at all.
    """

    absent: frozenset[str] = frozenset()
    only: Mapping[str, str] | None = None
    kept: Mapping[str, int] | None = None
    dropped: frozenset[str] = frozenset()


NONE: Final = Wishes()


def day_of(problem: Problem, wishes: Wishes = NONE) -> Day:
    """Return the arrays of a checked problem."""
    vehicles = _vehicles(problem)
    width = max((len(stop.windows) for stop in problem.stops), default=1) or 1
    opens = np.full((len(problem.stops), width), NEVER, np.int64)
    closes = np.full((len(problem.stops), width), -1, np.int64)
    for index, stop in enumerate(problem.stops):
        for place, (first, last) in enumerate(sorted(stop.windows) or [(0, NEVER - 1)]):
            opens[index, place], closes[index, place] = first, last
    weight, unit = _units(problem, vehicles)
    may = _may(problem, vehicles, wishes)
    return Day(
        problem, vehicles, _travel(problem, vehicles),
        np.array([stop.service for stop in problem.stops], np.int64),
        opens, closes, _gains(problem, vehicles, weight, unit, wishes), weight, unit,
        may, np.zeros_like(may, np.int64),
    )  # fmt: skip


def _vehicles(problem: Problem) -> tuple[Vehicle, ...]:
    shifts = [
        (number, place, span)
        for number, officer in enumerate(problem.officers)
        for place, span in enumerate(officer.shifts)
    ]
    first = len(problem.stops)
    return tuple(
        Vehicle(
            number, place, span[0], span[1], first + row, first + len(shifts) + row,
            (
                problem.officers[number].start, problem.officers[number].end, span,
                problem.officers[number].travel_percent,
            ),
        )
        for row, (number, place, span) in enumerate(shifts)
    )  # fmt: skip


def _travel(problem: Problem, vehicles: Sequence[Vehicle]) -> tuple[Any, ...]:
    roads = np.array(problem.travel, np.int64).reshape(len(problem.travel), -1)
    officers = [problem.officers[vehicle.officer] for vehicle in vehicles]
    nodes = [stop.node for stop in problem.stops] + [one.start for one in officers]
    nodes += [0 if one.end is None else one.end for one in officers]
    measured = roads[np.ix_(nodes, nodes)] if nodes else np.zeros((0, 0), np.int64)
    for vehicle, officer in zip(vehicles, officers, strict=True):
        if officer.end is None:
            measured[:, vehicle.end] = 0
    percents = {one.travel_percent for one in officers}
    # Rounded up as `Officer.seconds` does.
    taken = {percent: -(-measured * percent // 100) for percent in percents}
    return tuple(taken[one.travel_percent] for one in officers)


def _units(problem: Problem, vehicles: Sequence[Vehicle]) -> tuple[int, int]:
    """Return the weight of a second and the unit of a prize.

    Without a weight a prize counts more than all travel that the shifts can hold, so that travel
    decides between equals only: a search that does not see travel at all goes astray.
    """
    if problem.travel_weight:
        return problem.travel_weight, 1
    shifts = sum(one.until - one.begins for one in vehicles) + 1
    prizes = sum(stop.prize for stop in problem.stops) + 1
    return 1, max(1, min(shifts, SAFE // prizes))


def _gains(
    problem: Problem, vehicles: Sequence[Vehicle], weight: int, unit: int, wishes: Wishes
) -> Any:
    kept = wishes.kept or {}
    gains = [(stop.prize + kept.get(stop.id, 0)) * unit for stop in problem.stops]
    road = weight * sum(one.until - one.begins for one in vehicles)
    promised = sum(gains) + road + 1
    return np.array(
        [
            gain + (promised if stop.required else 0)
            for gain, stop in zip(gains, problem.stops, strict=True)
        ],
        np.int64,
    )


def _may(problem: Problem, vehicles: Sequence[Vehicle], wishes: Wishes) -> Any:
    only = wishes.only or {}
    may = np.ones((len(vehicles), len(problem.stops)), bool)
    for row, vehicle in enumerate(vehicles):
        officer = problem.officers[vehicle.officer]
        for column, stop in enumerate(problem.stops):
            may[row, column] = (
                officer.id not in wishes.absent
                and stop.id not in wishes.dropped
                and only.get(stop.id, officer.id) == officer.id
                and can(officer.skills, stop)
            )
    return may


def can(skills: frozenset[str], stop: Stop) -> bool:
    """Return whether somebody of these skills may visit the stop."""
    return stop.skill is None or stop.skill in skills
