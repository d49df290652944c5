"""A plan, and why everybody has the place that they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why somebody is without a seat; each can be confirmed from the plan alone."""

    NOT_ELIGIBLE = "not_eligible"
    """No class is open to them."""
    HOUSEHOLD = "household"
    """Somebody of their household has its seat."""
    FULL = "full"
    """The seats are with people of at least their value."""
    STRATUM_CAP = "stratum_cap"
    """Their stratum has the most it may have, with people of at least their value."""
    KEPT = "kept"
    """A seat of lower value is not given up: its stratum's minimum or a promise needs it."""
    NO_SEATS = "no_seats"
    """The classes open to them have no seats, or none for their stratum."""
    GROUPS = "groups"
    """The seats are with groups, which are not parted, or with people to whom they are promised."""
    SEARCH_ENDED = "search_ended"
    """An exchange would seat them for more value: it lies within the gap that was allowed."""
    GROUP_NOT_ELIGIBLE = "group_not_eligible"
    """No class is open to everybody of their group."""
    GROUP_HOUSEHOLD = "group_household"
    """Two of their group are of one household, which gets one seat."""
    GROUP_TOO_LARGE = "group_too_large"
    """No class that is open to all has so many seats, or so many for one stratum."""
    GROUP_NO_ROOM = "group_no_room"
    """No class has so many seats together unless people of more value in all would lose theirs."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why one applicant has no seat.

    Attributes:
        why: The kind of reason.
        training_class: Where they came nearest; of HOUSEHOLD the class of the one who has the seat.
        value: What they, or their group, would be worth there.
        last_value: Value of the last seat there; of GROUP_NO_ROOM what would have to be given up.
        other: Of HOUSEHOLD who has the seat; of STRATUM_CAP and KEPT which stratum.
        size: People of the group; 1 for a single person.
        seats: Of GROUP_TOO_LARGE the most seats that any of its classes has for it.
    """

    why: Why
    training_class: str | None = None
    value: int | None = None
    last_value: int | None = None
    other: str | None = None
    size: int = 1
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What one seat is worth and what it keeps others from.

    Attributes:
        training_class: Where.
        value: Of the applicant there.
        next_applicant: Who would get the seat were it free; None if nobody could.
        next_value: What they would be worth.
        next_class: The best other class open to the applicant; None if there is none.
        next_class_value: What they would be worth there.
    """

    training_class: str
    value: int
    next_applicant: str | None
    next_value: int | None
    next_class: str | None
    next_class_value: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits where, and how good that is.

    Attributes:
        placed: Applicant to class.
        value: Of all placed.
        bound: No plan that keeps minima and earlier seats as well is worth more.
        shortfalls: Stratum to seats that it lacks of its minimum.
        moved: Those of `placed_before` who have another seat now, or none.
        flows: How many flows were solved; the measure of work that does not depend on the machine.
        complete: Whether the search ended by itself; one that was stopped is not repeatable.
    """

    placed: Mapping[str, str]
    value: int
    bound: int
    shortfalls: Mapping[str, int]
    moved: tuple[str, ...]
    flows: int
    complete: bool

    @property
    def gap(self) -> float:
        """Return the share of the value by which a better plan could exceed this one."""
        return (self.bound - self.value) / max(abs(self.value), 1)
