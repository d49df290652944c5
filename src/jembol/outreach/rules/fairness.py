"""The fairness floor: no area stays unvisited longer than a city promises.

A plan takes first what the promise cannot do without, then what is most urgent. Taking only what
is overdue would be too late: areas that fall due together must be begun earlier. So the plan looks
at all deadlines ahead, and takes early as many, the earliest due first, as later plans could not
hold; that is the condition under which jobs of one length meet their deadlines (Jackson 1955,
"Scheduling a production line to minimize maximum tardiness"). docs/algorithms/need.md proves that
it then holds for ever.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

WEEK: Final = 7
SHORTEST_PROMISE: Final = 2 * WEEK
"""Within less, no second plan of a week may come in time after a visit."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An area that waits: the last day that keeps its promise, and its score."""

    key: int
    due_by: date
    score: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """An area in a plan.

    Attributes:
        key: The area.
        is_floor: Whether the promise put it there, and not its score.
        by: The last day that keeps the promise, when that lies inside the plan or before it.
    """

    key: int
    is_floor: bool
    by: date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a plan takes.

    Attributes:
        chosen: The areas, those of the promise first, the longest due before the others.
        broken: Areas whose promise is broken already, or breaks because this plan lacks room.
        needed: Visits a plan that would hold the promise, from now on and for ever.
        capacity: Visits that the plan has.
    """

    chosen: tuple[Chosen, ...]
    broken: tuple[int, ...]
    needed: int
    capacity: int

    @property
    def holds(self) -> bool:
        """Whether the capacity holds the promise, from now on and for ever."""
        return self.needed <= self.capacity

    @property
    def keys(self) -> tuple[int, ...]:
        """The areas chosen."""
        return tuple(one.key for one in self.chosen)


def choose(
    waiting: Collection[Waiting],
    *,
    on: date,
    capacity: int,
    promise_days: int,
    plan_days: int = WEEK,
    floor: bool = True,
) -> Choice:
    """Return which areas a plan visits: those of the promise first, then by score.

    Args:
        waiting: All areas, each once.
        on: The first day of the plan.
        capacity: How many visits to areas the plan has.
        promise_days: What the city promises.
        plan_days: Days of a plan; a visit may fall on any of them, or on `by` at the latest.
        floor: False leaves the promise out; only for comparing.

    Raises:
        ValueError: the capacity is negative, or the promise spans less than two plans.
    """
    if capacity < 0 or promise_days < 2 * plan_days:
        raise ValueError("capacity must not be negative, a promise must span two plans")
    by_due = sorted(waiting, key=lambda one: (one.due_by, -one.score, one.key))
    due = _due_in_plans(by_due, on, plan_days)
    must = _must(due, capacity) if floor else 0
    first = by_due[: min(must, capacity)]
    rest = sorted(by_due[len(first) :], key=lambda one: (-one.score, one.due_by, one.key))
    taken = [*first, *rest[: capacity - len(first)]]
    keys = {one.key for one in taken}
    return Choice(
        chosen=tuple(
            Chosen(
                one.key, place < len(first), one.due_by if _slot(one, on, plan_days) < 1 else None
            )
            for place, one in enumerate(taken)
        ),
        broken=tuple(
            one.key
            for one in by_due
            if one.due_by < on or (one.key not in keys and _slot(one, on, plan_days) < 1)
        ),
        needed=max(_needed(due), visits_to_hold(len(by_due), promise_days, plan_days)),
        capacity=capacity,
    )


def _slot(one: Waiting, on: date, plan_days: int) -> int:
    """Return the last plan, 0 for this one, all of whose days keep the promise; -1 for none."""
    return max(-1, ((one.due_by - on).days + 1) // plan_days - 1)


def _due_in_plans(by_due: Sequence[Waiting], on: date, plan_days: int) -> list[int]:
    """Return for each plan from this one on how many areas must be visited until its end."""
    slots = [max(0, _slot(one, on, plan_days)) for one in by_due]
    counts = [0] * (max(slots, default=0) + 1)
    for slot in slots:
        counts[slot] += 1
    return list(accumulate(counts))


def _must(due: Sequence[int], capacity: int) -> int:
    """Return how many this plan must take so that later plans, each full, can take the others."""
    return max(number - capacity * later for later, number in enumerate(due))


def _needed(due: Sequence[int]) -> int:
    """Return the visits a plan by which every deadline that stands now can be met."""
    return max(-(-number // (plan + 1)) for plan, number in enumerate(due))


def visits_to_hold(areas: int, promise_days: int, plan_days: int = WEEK) -> int:
    """Return the visits a plan that keep the promise for ever, once nothing is late.

    Whoever is visited on the first day of a plan must be visited again within `promise_days`, on
    any day of a later plan.
    """
    plans = max(1, (promise_days + 1) // plan_days - 1)
    return -(-areas // plans)
