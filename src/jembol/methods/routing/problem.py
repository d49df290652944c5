"""What is to be planned: officers with their shifts, stops with their windows, and the travel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 10**9
"""Seconds and prizes beyond this would overflow the solver's whole numbers."""
MOST_PERCENT: Final = 10_000

Span = tuple[int, int]
"""From and until, in whole seconds on one axis that all of a problem share."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who goes out.

    Attributes:
        id: Different for everybody.
        start: Node where each shift begins.
        end: Node that must be reached before the shift is over; None where it may end anywhere.
        shifts: When they are out, one route for each. A prayer or a meal is the gap between two.
        skills: What they can do; a stop may ask for one of it.
        travel_percent: How long a way takes them, of what `Problem.travel` says: 100 for whoever
            goes as it was measured, 400 on foot where it was measured by motorcycle. Rounded up.
    """

    id: str
    start: int
    end: int | None
    shifts: tuple[Span, ...]
    skills: frozenset[str] = frozenset()
    travel_percent: int = 100

    def seconds(self, way: int) -> int:
        """Return how long a way takes them."""
        return -(-way * self.travel_percent // 100)


@dataclass(frozen=True, slots=True)
class Stop:
    """Somewhere that one officer would visit once.

    Attributes:
        id: Different for every stop.
        node: Where it lies.
        prize: What the visit is worth, in the unit of `Problem.travel_weight` times seconds.
        service: Seconds that the visit takes; they lie within the shift.
        windows: When the visit may begin, any of them; empty for at any time.
        skill: What its officer must be able to do; None for nothing special.
        required: Promised: it is left out only when no plan can hold it.
        area: Where it is counted, such as a kelurahan; plays no part in the search.
        together: Stops of one such name are one visit by as many officers: they begin at the same
            moment, by different officers, or none of them takes place. Each needs `required` and
            one window of a single moment, such as an appointment at nine: (32400, 32400).
    """

    id: str
    node: int
    prize: int
    service: int
    windows: tuple[Span, ...] = ()
    skill: str | None = None
    required: bool = False
    area: str = ""
    together: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan depends on, besides the seed and the effort.

    Attributes:
        travel: Seconds from node (row) to node (column); the way back may take another time.
        officers: In any order that stays the same.
        stops: The same.
        travel_weight: What a second on the road costs. 0 asks for prizes alone; then travel decides
            between plans of equal prizes.
    """

    travel: tuple[tuple[int, ...], ...]
    officers: tuple[Officer, ...]
    stops: tuple[Stop, ...]
    travel_weight: int = 1


class NotAProblem(ValueError):
    """The input contradicts itself; the words name field and row, and the remedy."""


def checked(problem: Problem) -> Problem:
    """Return the problem when it is whole.

    Raises:
        NotAProblem: an id twice, an unknown node, a time or a prize that cannot be.
    """
    nodes = len(problem.travel)
    for row, line in enumerate(problem.travel, 1):
        _check_line(row, line, nodes)
    _check_range("field travel_weight", problem.travel_weight)
    _check_ids("officers", (one.id for one in problem.officers))
    _check_ids("stops", (one.id for one in problem.stops))
    for row, officer in enumerate(problem.officers, 1):
        _check_officer(f"officers, row {row}", officer, nodes)
    for row, stop in enumerate(problem.stops, 1):
        _check_stop(f"stops, row {row}", stop, nodes)
    _check_together(problem)
    return problem


def _check_line(row: int, line: tuple[int, ...], nodes: int) -> None:
    if len(line) != nodes:
        raise NotAProblem(
            f"travel, row {row}: has {len(line)} numbers for {nodes} nodes; give one for each node"
        )
    if line and not (min(line) >= 0 and max(line) <= LARGEST):
        raise NotAProblem(
            f"travel, row {row}: holds a time below 0 or above {LARGEST}; give whole seconds"
        )


def _check_ids(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for row, one in enumerate(ids, 1):
        if not one:
            raise NotAProblem(f"{name}, row {row}, field id: is empty; give each its own id")
        if one in seen:
            raise NotAProblem(
                f"{name}, row {row}, field id: {one!r} stands there twice; keep one of them"
            )
        seen.add(one)


def _check_range(place: str, told: int) -> None:
    if not 0 <= told <= LARGEST:
        raise NotAProblem(f"{place}: {told} is out of range; give 0 to {LARGEST}")


def _check_node(place: str, node: int, nodes: int) -> None:
    if not 0 <= node < nodes:
        raise NotAProblem(f"{place}: {node} is no node; give a number from 0 to {nodes - 1}")


def _check_span(place: str, span: Span) -> None:
    for told in span:
        _check_range(place, told)
    if span[0] > span[1]:
        raise NotAProblem(f"{place}: ends at {span[1]}, before it begins at {span[0]}; turn it")


def _check_officer(place: str, one: Officer, nodes: int) -> None:
    _check_node(f"{place}, field start", one.start, nodes)
    if one.end is not None:
        _check_node(f"{place}, field end", one.end, nodes)
    if not 1 <= one.travel_percent <= MOST_PERCENT:
        raise NotAProblem(
            f"{place}, field travel_percent: {one.travel_percent} is out of range; give 1 to"
            f" {MOST_PERCENT}, 100 for the times as they are"
        )
    if not one.shifts:
        raise NotAProblem(f"{place}, field shift: is absent; give [from, to] in seconds")
    before = -1
    for span in sorted(one.shifts):
        _check_span(f"{place}, field shift", span)
        if span[0] < before:
            raise NotAProblem(f"{place}, field shift: {span} overlaps the one before; part them")
        before = span[1]


def _check_stop(place: str, one: Stop, nodes: int) -> None:
    _check_node(f"{place}, field node", one.node, nodes)
    _check_range(f"{place}, field prize", one.prize)
    _check_range(f"{place}, field service", one.service)
    for span in one.windows:
        _check_span(f"{place}, field windows", span)


def _check_together(problem: Problem) -> None:
    moments: dict[str, set[tuple[Span, ...]]] = defaultdict(set)
    for row, one in enumerate(problem.stops, 1):
        if one.together is None:
            continue
        moments[one.together].add(one.windows)
        moment = len(one.windows) == 1 and one.windows[0][0] == one.windows[0][1]
        if not (one.required and moment and one.service > 0 and len(moments[one.together]) == 1):
            raise NotAProblem(
                f"stops, row {row}, field together: a visit of several officers needs required,"
                " a service and the same single moment as window for each, such as [32400, 32400]"
            )
