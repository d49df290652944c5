"""A week as one problem of routes: every half of a day of an officer is a shift on one axis.

The axis counts seconds from the Monday's midnight in local time. What a visit is worth is its need
times the multiplier of its kecamatan times the travel that a point of need is worth.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final

from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.methods.routing import Officer, Problem, Stop, travel_between
from jembol.outreach.choices import Travel
from jembol.outreach.rules.week import Hours, Terms, hour_of
from jembol.places.choices import Level

DAY: Final = 24 * 3600
MINUTE: Final = 60
PACES: Final[Mapping[str, int]] = {Travel.FOOT: 375, Travel.MOTORCYCLE: 100, Travel.CAR: 125}
"""Per cent of a motorcycle's time: one on foot makes 4.8 km in an hour; a car looks for a place."""

Window = tuple[date, int, int]
"""A day, and from and until which minute of it a visit may begin."""
Span = tuple[int, int]
"""From and until, in seconds on the axis."""
Point = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Worker:
    """An officer of the week.

    Attributes:
        officer: The key.
        start: Where the days begin.
        hours: For each weekday from Monday how the day is divided.
        skills: What the officer can do.
        travel: How the officer gets about.
        reach: Where the officer may visit people; nobody is sent where a visit would be refused.
    """

    officer: int
    start: Point
    hours: tuple[Hours, ...]
    skills: frozenset[str]
    travel: str
    reach: Reach = field(default_factory=Reach.everywhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somewhere that could be visited in the week.

    Attributes:
        ref: What it is called in the problem.
        kind: Of `StopKind`.
        area: The key of the area.
        point: Where it is.
        minutes: How long it takes.
        need: Points from 0 to 100.
        must: Why it has to be in the plan; empty where it only should.
        windows: When it may begin; empty for at any time.
        skill: What its officer must be able to do; empty for nothing special.
        together: What the stops of one visit by several officers have in common.
        source: The key of the promise or of the service day.
        why: Reasons for the visit that somebody wrote, the weightiest first.
        facts: Of an area what its need is made of, from which the reasons are worded when read.
    """

    ref: str
    kind: str
    area: int
    point: Point
    minutes: int
    need: int = 0
    must: str = ""
    windows: tuple[Window, ...] = ()
    skill: str = ""
    together: str = ""
    source: int | None = None
    why: tuple[str, ...] = ()
    facts: Mapping[str, Any] | None = None


def second_of(starts_on: date, day: date, minute: int) -> int:
    """Return the second on the axis of the week."""
    return (day - starts_on).days * DAY + minute * MINUTE


def moment_of(starts_on: date, second: int) -> tuple[date, time]:
    """Return the day and the hour of a second on the axis, whole minutes rounded up."""
    days, rest = divmod(second, DAY)
    return starts_on + timedelta(days=days), hour_of(-(-rest // MINUTE))


def kept_problem(
    workers: Sequence[Worker],
    candidates: Sequence[Candidate],
    *,
    starts_on: date,
    days: Sequence[date],
    terms: Terms,
    multipliers: Mapping[int, float],
) -> dict[str, Any]:
    """Return the problem of a week as JSON, from which `problem_of` makes it again.

    Args:
        workers: Officers, each with shifts on these days.
        candidates: What could be visited.
        starts_on: The Monday.
        days: Days that can be planned.
        terms: The planner's numbers.
        multipliers: By key of a kecamatan; those not named count as they are.
    """
    points: dict[Point, int] = {}
    for point in (*(one.start for one in workers), *(one.point for one in candidates)):
        points.setdefault(_rounded(point), len(points))
    labels = {one.ref: _label(one, workers) for one in candidates}
    stops = [_kept_stop(one, points, starts_on, terms, multipliers) for one in candidates]
    officers = [_kept_worker(one, points, starts_on, days, terms) for one in workers]
    for kept, worker in zip(officers, workers, strict=True):
        mine = {labels[one.ref] for one in candidates if _may_go(worker, one)}
        kept["skills"] = sorted({*worker.skills, *mine} - {""})
    return {
        "starts_on": starts_on.isoformat(),
        "points": [list(point) for point in points],
        "officers": officers,
        "stops": [{**kept, "skill": labels[kept["id"]] or None} for kept in stops],
    }


def asked_by(label: str) -> tuple[str, bool]:
    """Return which skill a stop's label asks for, and whether it asks for a duty there too."""
    skill, _sign, officers = label.partition(_WITH_DUTY)
    return skill, bool(officers or _sign)


def hash_of(kept: Mapping[str, Any]) -> str:
    """Return the digest by which a problem is known."""
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def problem_of(
    kept: Mapping[str, Any],
    *,
    away: Iterable[tuple[int, date]] = (),
    only: date | None = None,
    stops: Collection[str] | None = None,
    required: Collection[str] = (),
    with_slack: bool = True,
) -> Problem:
    """Return the problem as the solver takes it.

    Args:
        kept: As `kept_problem` gave it.
        away: Officers with days on which they are away; their shifts of these days are empty, so
            that the numbers of the other shifts stay.
        only: A day: no officer has a shift on any other.
        stops: The stops that count; None for all.
        required: Stops that must be in the plan besides those that were promised.
        with_slack: Whether shifts may use the time that the search leaves free for what happens.
    """
    starts_on = date.fromisoformat(kept["starts_on"])
    gone = {(str(officer), day) for officer, day in away}
    return Problem(
        travel=travel_between([(lat, lon) for lat, lon in kept["points"]]),
        officers=tuple(
            _officer(one, _shifts(one, starts_on, gone, only, with_slack))
            for one in kept["officers"]
        ),
        stops=tuple(
            _stop(one, one["required"] or one["id"] in required)
            for one in kept["stops"]
            if stops is None or one["id"] in stops
        ),
    )


def shift_at(problem: Problem, officer: str, second: int) -> int | None:
    """Return the number of the officer's shift that holds this second, or None."""
    found = next((one for one in problem.officers if one.id == officer), None)
    if found is None:
        return None
    return next(
        (place for place, (low, high) in enumerate(found.shifts) if low <= second <= high), None
    )


# --- steps ------------------------------------------------------------------------------------


_WITH_DUTY: Final = "@"


def _may_go(worker: Worker, one: Candidate) -> bool:
    return worker.reach.covers(one.area) and (not one.skill or one.skill in worker.skills)


def _label(one: Candidate, workers: Sequence[Worker]) -> str:
    """Return what the solver takes for the skill of a stop: the skill, and who has a duty there."""
    there = [worker.officer for worker in workers if worker.reach.covers(one.area)]
    if len(there) == len(workers):
        return one.skill
    return f"{one.skill}{_WITH_DUTY}{','.join(map(str, sorted(there)))}"


def _rounded(point: Point) -> Point:
    # A metre is enough, and equal places share a node.
    return round(point[0], 5), round(point[1], 5)


def _kept_worker(
    one: Worker,
    points: Mapping[Point, int],
    starts_on: date,
    days: Sequence[date],
    terms: Terms,
) -> dict[str, Any]:
    shifts = [
        [second_of(starts_on, day, minute) for minute in (low, high, whole)]
        for day in days
        for (low, high), (_low, whole) in zip(
            one.hours[day.weekday()].halves(terms.slack_percent),
            one.hours[day.weekday()].halves(0),
            strict=True,
        )
    ]
    return {
        "id": str(one.officer),
        "start": points[_rounded(one.start)],
        "shifts": shifts,
        "pace": PACES[one.travel],
    }


def _kept_stop(
    one: Candidate,
    points: Mapping[Point, int],
    starts_on: date,
    terms: Terms,
    multipliers: Mapping[int, float],
) -> dict[str, Any]:
    weight = multipliers.get(kecamatan_key(one.area), 1.0)
    return {
        "id": one.ref,
        "node": points[_rounded(one.point)],
        "prize": round(one.need * weight * terms.point_minutes * MINUTE),
        "service": one.minutes * MINUTE,
        "windows": [
            [second_of(starts_on, day, low), second_of(starts_on, day, high)]
            for day, low, high in one.windows
        ],
        "required": bool(one.must),
        "area": str(kecamatan_key(one.area)),
        "together": one.together or None,
    }


def _shifts(
    kept: Mapping[str, Any],
    starts_on: date,
    gone: set[tuple[str, date]],
    only: date | None,
    with_slack: bool,  # noqa: FBT001 - as it was given
) -> tuple[Span, ...]:
    found = []
    for low, high, whole in kept["shifts"]:
        day = moment_of(starts_on, low)[0]
        is_out = (kept["id"], day) in gone or only not in {None, day}
        found.append((low, low if is_out else (whole if with_slack else high)))
    return tuple(found)


def _officer(kept: Mapping[str, Any], shifts: tuple[Span, ...]) -> Officer:
    return Officer(
        id=kept["id"],
        start=kept["start"],
        end=None,
        shifts=shifts,
        skills=frozenset(kept["skills"]),
        travel_percent=kept["pace"],
    )


def _stop(kept: Mapping[str, Any], required: bool) -> Stop:  # noqa: FBT001 - one of the fields
    windows = tuple((low, high) for low, high in kept["windows"])
    return Stop(**{**kept, "windows": windows, "required": required})


def kecamatan_key(key: int) -> int:
    """Return the key of the kecamatan that holds an area, or of the area itself above one."""
    found = AreaCode.from_key(key).at_level(Level.KECAMATAN)
    return key if found is None else found.key
