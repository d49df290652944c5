"""A plan: who goes where and when, and why the other stops are left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why nobody visits a stop; each can be confirmed from the plan alone."""

    SKILL = "skill"
    """No officer has the skill that it asks for."""
    WINDOW = "window"
    """No shift of such an officer can hold it, even with nothing else to do."""
    TOO_FAR = "too_far"
    """It would fit, but the way costs as much as the visit is worth, or more."""
    DISPLACES = "displaces"
    """It would fit in place of one other visit, and the plan would lose by that."""
    PROMISED = "promised"
    """It would fit in place of a visit that is promised, and of no other."""
    KEPT = "kept"
    """It would fit in place of a visit that people were told of before, and of no other."""
    NO_TIME = "no_time"
    """Two or more visits would have to go for it."""
    SHORTLIST = "shortlist"
    """There are so many candidates that only the most promising were planned; it was not one."""
    TOGETHER = "together"
    """Not all the officers whom the visit needs at once can be there."""
    TOLD = "told"
    """It was taken out by hand, and could be put back."""


@dataclass(frozen=True, slots=True)
class Route:
    """What one officer does in one shift.

    Attributes:
        officer: Whose.
        shift: Which of their shifts, counted from 0.
        stops: In order.
        arrivals: When each visit begins, as early as can be; a wait before a window is over then.
        travel: Seconds on the road.
        ends: When the last visit is over and the end reached.
    """

    officer: str
    shift: int
    stops: tuple[str, ...]
    arrivals: tuple[int, ...]
    travel: int
    ends: int


@dataclass(frozen=True, slots=True)
class Unserved:
    """Why one stop is left out.

    Attributes:
        stop: Which.
        why: The kind of reason.
        officer: Who came nearest to it; None where nobody could.
        instead_of: Of DISPLACES, PROMISED and KEPT the visit that would have to go.
        gap: What the plan would lose by that exchange, or by the detour of TOO_FAR, in the unit of
            prizes; None where there is no such figure.
        extra: Seconds of detour; of WINDOW, DISPLACES and TOO_FAR the least or the one meant.
        skill: Of SKILL what is asked for.
    """

    stop: str
    why: Why
    officer: str | None = None
    instead_of: str | None = None
    gap: int | None = None
    extra: int | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes where, and how good that is.

    Attributes:
        routes: One for each shift of each officer, in the order of the problem; also empty ones.
        unserved: One for each stop that nobody visits, in the order of the problem.
        objective: Weight times travel plus the prizes left behind; the lower the better.
        travel: Seconds on the road.
        prizes: Of all stops visited.
        bound: No plan has a lower objective than this; None where none is known.
        iterations: How many the search made; a measure of work that no machine changes.
        reproducible: False when a limit of time ended the search: another run may differ.
    """

    routes: tuple[Route, ...]
    unserved: tuple[Unserved, ...]
    objective: int
    travel: int
    prizes: int
    bound: int | None = None
    iterations: int = 0
    reproducible: bool = True

    @property
    def officers(self) -> dict[str, str]:
        """Return for each stop visited its officer."""
        return {stop: route.officer for route in self.routes for stop in route.stops}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come.

    Attributes:
        start: Which start of the search, counted from 1.
        starts: How many there are.
        iterations: Of this start so far.
        effort: Of this start in all.
        objective: Of the best plan of this start.
    """

    start: int
    starts: int
    iterations: int
    effort: int
    objective: int
