"""Why everybody has the place that they have, computed from the plan.

Nothing of the search is used: for each applicant without a seat each class that is open to them is
looked at, and who of those seated there would have to give up a seat. So a reason can be confirmed
by anybody who has the plan, and an exchange that would make the plan better shows as SEARCH_ENDED.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest

from jembol.methods.allocation.plan import Placed, Plan, Unplaced, Why
from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass


@dataclass(frozen=True, slots=True)
class Reasons:
    """A reason for everybody.

    Attributes:
        placed: Of those with a seat.
        unplaced: Of those without.
    """

    placed: Mapping[str, Placed]
    unplaced: Mapping[str, Unplaced]


@dataclass(frozen=True, slots=True)
class _Seat:
    """One seat that is taken by a single person, and what giving it up would cost."""

    cost: int
    applicant: str
    stratum: str


def reasons_of(problem: Problem, plan: Plan) -> Reasons:
    """Return the reasons."""
    return _Explaining(problem, plan).reasons()


class _Explaining:
    """The plan, laid out by class, household and group."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.placed = plan.placed
        self.known: dict[str, Applicant] = {one.id: one for one in problem.applicants}
        self.classes: dict[str, TrainingClass] = {one.id: one for one in problem.classes}
        self.open: dict[str, dict[str, int]] = defaultdict(dict)
        for applicant, where, value in problem.eligible:
            self.open[applicant][where] = value
        self.groups: dict[str, list[str]] = defaultdict(list)
        self.homes: dict[str, str] = {}
        self.count: dict[str, int] = defaultdict(int)
        self.of_stratum: dict[tuple[str, str], int] = defaultdict(int)
        self.seated: dict[str, int] = defaultdict(int)
        for one in problem.applicants:
            if one.group is not None:
                self.groups[one.group].append(one.id)
            if one.id in self.placed:
                self._seat(one)
        self.stay = problem.move_price
        self.seats = {where: self._seats_in(where) for where in self.classes}

    def _seat(self, one: Applicant) -> None:
        where = self.placed[one.id]
        if one.household is not None:
            self.homes[one.household] = one.id
        self.count[where] += 1
        self.of_stratum[where, one.stratum] += 1
        self.seated[one.stratum] += 1

    def _seats_in(self, where: str) -> list[_Seat]:
        """Return the seats of single people, the one that costs least to give up first."""
        found = [
            _Seat(self._worth(one, where), one, self.known[one].stratum)
            for one, place in self.placed.items()
            if place == where and not self._in_group(self.known[one]) and not self._is_promised(one)
        ]
        return sorted(found, key=lambda seat: (seat.cost, seat.applicant))

    def _in_group(self, one: Applicant) -> bool:
        return one.group is not None and len(self.groups[one.group]) > 1

    def _is_promised(self, one: str) -> bool:
        return self.stay is None and self.problem.placed_before.get(one) == self.placed.get(one)

    def _worth(self, one: str, where: str) -> int:
        """Return the value there, with the price of losing an earlier seat."""
        bonus = self.stay or 0
        return self.open[one][where] + (
            bonus if self.problem.placed_before.get(one) == where else 0
        )

    def reasons(self) -> Reasons:
        unplaced = {
            one: self._unplaced(self.known[one]) for one in self.known if one not in self.placed
        }
        waiting: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for one, reason in unplaced.items():
            if not self._in_group(self.known[one]) and reason.why != Why.HOUSEHOLD:
                for where, value in self.open[one].items():
                    waiting[where].append((-value, one))
        for line in waiting.values():
            line.sort()
        placed = {one: self._placed(one, where, waiting) for one, where in self.placed.items()}
        return Reasons(placed, unplaced)

    # Those without a seat.

    def _unplaced(self, one: Applicant) -> Unplaced:
        if self._in_group(one):
            return self._group_without(one.group or "")
        mate = self.homes.get(one.household) if one.household is not None else None
        if not self.open[one.id]:
            return Unplaced(Why.NOT_ELIGIBLE)
        if mate is not None:
            return Unplaced(Why.HOUSEHOLD, self.placed[mate], other=mate)
        found = [self._in_class(one, where) for where in sorted(self.open[one.id])]
        return min(found, key=_lack)

    def _in_class(self, one: Applicant, where: str) -> Unplaced:
        value = self._worth(one.id, where)
        course, stratum = self.classes[where], one.stratum
        full = self.count[where] >= course.seats
        cap = course.stratum_cap
        capped = cap is not None and self.of_stratum[where, stratum] >= cap
        if not full and not capped:
            why = Why.SEARCH_ENDED if value > 0 else Why.FULL
            return Unplaced(why, where, value, 0)
        rivals = [seat for seat in self.seats[where] if not capped or seat.stratum == stratum]
        if not rivals:
            nothing = not course.seats or cap == 0
            return Unplaced(Why.NO_SEATS if nothing else Why.GROUPS, where, value)
        first = rivals[0]
        if first.cost >= value:
            why = Why.STRATUM_CAP if capped else Why.FULL
            return Unplaced(why, where, value, first.cost, stratum if capped else None)
        # A lower seat that its holder keeps: their stratum would fall below its minimum.
        free = [seat for seat in rivals if not self._is_needed(seat, stratum)]
        if free and free[0].cost < value:
            return Unplaced(Why.SEARCH_ENDED, where, value, free[0].cost)
        return Unplaced(Why.KEPT, where, value, first.cost, first.stratum)

    def _is_needed(self, seat: _Seat, by: str) -> bool:
        least = self.problem.stratum_minimum.get(seat.stratum, 0)
        return seat.stratum != by and self.seated[seat.stratum] <= least

    def _group_without(self, name: str) -> Unplaced:
        members = self.groups[name]
        size = len(members)
        homes = [self.known[one].household for one in members if self.known[one].household]
        if len(homes) > len(set(homes)):
            return Unplaced(Why.GROUP_HOUSEHOLD, size=size)
        may = set.intersection(*(set(self.open[one]) for one in members))
        if not may:
            return Unplaced(Why.GROUP_NOT_ELIGIBLE, size=size)
        for one in members:
            mate = self.homes.get(self.known[one].household or "")
            if mate is not None:
                return Unplaced(Why.HOUSEHOLD, self.placed[mate], other=mate, size=size)
        strata: dict[str, int] = defaultdict(int)
        for one in members:
            strata[self.known[one].stratum] += 1
        fits = [where for where in sorted(may) if self._could_hold(where, size, strata)]
        if not fits:
            most = max(self.classes[where].seats for where in may)
            return Unplaced(Why.GROUP_TOO_LARGE, size=size, seats=most)
        return min((self._group_in(members, where) for where in fits), key=_lack)

    def _could_hold(self, where: str, size: int, strata: Mapping[str, int]) -> bool:
        course = self.classes[where]
        cap = course.stratum_cap
        return course.seats >= size and (cap is None or max(strata.values()) <= cap)

    def _group_in(self, members: list[str], where: str) -> Unplaced:
        """Return what seating the group there would at least take from others.

        The cheapest seats are counted without asking whose limits they help, so the true cost is no
        lower, and where the group is worth more than that, the limits may still stand against it.
        """
        value = sum(self._worth(one, where) for one in members)
        missing = len(members) - (self.classes[where].seats - self.count[where])
        cheapest = nsmallest(max(missing, 0), (seat.cost for seat in self.seats[where]))
        if len(cheapest) < missing:
            return Unplaced(Why.GROUPS, where, value, size=len(members))
        why = Why.GROUP_NO_ROOM if sum(cheapest) >= value else Why.SEARCH_ENDED
        return Unplaced(why, where, value, sum(cheapest), size=len(members))

    # Those with a seat.

    def _placed(self, one: str, where: str, waiting: Mapping[str, list[tuple[int, str]]]) -> Placed:
        others = [(-value, place) for place, value in self.open[one].items() if place != where]
        value, place = min(others, default=(0, ""))
        following = self._next_in(one, where, waiting.get(where, []))
        return Placed(
            where, self.open[one][where],
            following[1] if following else None, -following[0] if following else None,
            place or None, -value if place else None,
        )  # fmt: skip

    def _next_in(self, one: str, where: str, line: list[tuple[int, str]]) -> tuple[int, str] | None:
        """Return who would get the seat were it free: the most valued whom the cap lets in."""
        cap = self.classes[where].stratum_cap
        for value, other in line:
            stratum = self.known[other].stratum
            same = stratum == self.known[one].stratum
            if same or cap is None or self.of_stratum[where, stratum] < cap:
                return value, other
        return None


def _lack(reason: Unplaced) -> tuple[int, str]:
    """Sort classes by how near somebody came: what the last seat is worth more than they."""
    if reason.last_value is None or reason.value is None:
        return 2**62, reason.training_class or ""
    return abs(reason.last_value - reason.value), reason.training_class or ""
