"""Problems of routes as files: one JSON, or a list of stops and one of officers.

The columns are described in docs/commands.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from jembol.methods.routing.ground import DETOUR, SPEED_KMH, travel_between
from jembol.methods.routing.plan import Plan
from jembol.methods.routing.problem import NotAProblem, Officer, Problem, Stop

DECIMALS: Final = 6
"""Prizes and weights with more decimals than these are refused."""
MOST_KMH: Final = 200
MOST_DETOUR: Final = 10
LARGEST: Final = 10**15
"""Numbers beyond this are no times and no prizes."""
PAIR: Final = 2
LAT_LON: Final = (90, 180)


@dataclass(frozen=True, slots=True)
class Read:
    """A problem with what its file says that the search need not know.

    Attributes:
        problem: With whole prizes.
        unit: By how much each prize and the weight was multiplied so that it is whole.
        stops: Ids of stops as they stand in the file: a JSON may number them.
        officers: The same of officers.
    """

    problem: Problem
    unit: int
    stops: Mapping[str, Any]
    officers: Mapping[str, Any]


def problem_from_json(text: str) -> Read:
    """Read the problem of `jembol tool route PROBLEM.json`.

    Raises:
        NotAProblem: the words name the field and the row, and the remedy.
    """
    told = _told(text)
    officers, stops = list(_rows(told, "officers")), list(_rows(told, "stops"))
    weight = _number(told.get("travel_weight", 1), "field travel_weight")
    prizes = [_number(one.get("prize", 0), f"{place}, field prize") for place, one in stops]
    unit = 10 ** max((_digits(number) for number in (weight, *prizes)), default=0)
    problem = Problem(
        _travel(told),
        tuple(_officer(one, place) for place, one in officers),
        tuple(
            _stop(one, place, int(prize * unit))
            for (place, one), prize in zip(stops, prizes, strict=True)
        ),
        int(weight * unit),
    )
    stop_ids, officer_ids = (
        {str(one["id"]): one["id"] for _, one in rows} for rows in (stops, officers)
    )
    return Read(problem, unit, stop_ids, officer_ids)


def _told(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise NotAProblem(f"the problem is no JSON: {wrong}; mend the file there") from None
    if not isinstance(told, dict):
        raise NotAProblem('the problem is no object; give {"officers": [...], "stops": [...]}')
    return told


def _rows(told: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = told.get(name)
    if not isinstance(rows, list):
        raise NotAProblem(f"field {name} is no list; give one object for each")
    for row, one in enumerate(rows, 1):
        if not isinstance(one, dict):
            raise NotAProblem(f"{name}, row {row}: is no object; give one with an id")
        yield f"{name}, row {row}", one


def _number(told: Any, place: str) -> Decimal:
    # JSON's own reader lets NaN and Infinity through as floats.
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        raise NotAProblem(f"{place}: {told!r} is no number; give one")
    number = Decimal(told)
    if not number.is_finite() or abs(number) > LARGEST:
        raise NotAProblem(f"{place}: {told} is out of range; give a number up to {LARGEST}")
    if _digits(number) > DECIMALS:
        raise NotAProblem(f"{place}: {told} has more than {DECIMALS} decimals; round it")
    return number


def _digits(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def _whole(told: Any, place: str) -> int:
    number = _number(told, place)
    if number != int(number):
        raise NotAProblem(f"{place}: {told} is no whole number; give one")
    return int(number)


def _id(one: Mapping[str, Any], place: str) -> str:
    told = one.get("id")
    if isinstance(told, bool) or not isinstance(told, str | int):
        raise NotAProblem(f"{place}, field id: {told!r} is no id; give a text or a whole number")
    return str(told)


def _word(told: Any, place: str) -> str | None:
    if told is None or told == "":
        return None
    if isinstance(told, bool) or not isinstance(told, str | int):
        raise NotAProblem(f"{place}: {told!r} is no text; give one, or null for none")
    return str(told)


def _list(told: Any, place: str) -> list[Any]:
    if told is None:
        return []
    if not isinstance(told, list):
        raise NotAProblem(f"{place}: is no list; give one in brackets")
    return told


def _span(told: Any, place: str) -> tuple[int, int]:
    if not isinstance(told, list) or len(told) != PAIR:
        raise NotAProblem(f"{place}: {told!r} is not [from, to]; give two numbers of seconds")
    return _whole(told[0], place), _whole(told[1], place)


def _officer(one: Mapping[str, Any], place: str) -> Officer:
    end = one.get("end")
    shifts = one["shifts"] if "shifts" in one else [one.get("shift")]
    return Officer(
        _id(one, place),
        _whole(one.get("start"), f"{place}, field start"),
        None if end is None else _whole(end, f"{place}, field end"),
        tuple(
            _span(span, f"{place}, field shift") for span in _list(shifts, f"{place}, field shifts")
        ),
        frozenset(
            word
            for told in _list(one.get("skills"), f"{place}, field skills")
            if (word := _word(told, f"{place}, field skills"))
        ),
        _whole(one.get("travel_percent", 100), f"{place}, field travel_percent"),
    )


def _stop(one: Mapping[str, Any], place: str, prize: int) -> Stop:
    required = one.get("required", False)
    if not isinstance(required, bool):
        raise NotAProblem(f"{place}, field required: {required!r} is not true or false")
    return Stop(
        _id(one, place),
        _whole(one.get("node"), f"{place}, field node"),
        prize,
        _whole(one.get("service", 0), f"{place}, field service"),
        tuple(
            _span(span, f"{place}, field windows")
            for span in _list(one.get("windows"), f"{place}, field windows")
        ),
        _word(one.get("skill"), f"{place}, field skill"),
        required,
        _word(one.get("area"), f"{place}, field area") or "",
        _word(one.get("together"), f"{place}, field together"),
    )


def _travel(told: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    if "travel" in told:
        return tuple(
            tuple(
                _whole(cell, f"travel, row {row}, column {column}")
                for column, cell in enumerate(_list(line, f"travel, row {row}"), 1)
            )
            for row, line in enumerate(_list(told["travel"], "field travel"), 1)
        )
    if "points" not in told:
        raise NotAProblem("field travel is absent; give a table of seconds, or points as lat, lon")
    points = [
        point_of(one, f"points, row {row}")
        for row, one in enumerate(_list(told["points"], "field points"), 1)
    ]
    return travel_between(
        points,
        speed_kmh=_within(told.get("speed_kmh"), "speed_kmh", SPEED_KMH, 1, MOST_KMH),
        detour=_within(told.get("detour"), "detour", DETOUR, 1, MOST_DETOUR),
    )


def point_of(told: Any, place: str) -> tuple[float, float]:
    """Return latitude and longitude.

    Raises:
        NotAProblem: they are no place on the earth.
    """
    numbers: list[Any] = told if isinstance(told, list) and len(told) == PAIR else [None, None]
    for one, most in zip(numbers, LAT_LON, strict=True):
        real = isinstance(one, int | float | Decimal) and not isinstance(one, bool)
        if not (real and math.isfinite(one) and abs(one) <= most):
            raise NotAProblem(
                f"{place}: {told} is no place; give [lat, lon] such as [-7.98, 112.6]"
            )
    return float(numbers[0]), float(numbers[1])


def _within(told: Any, name: str, usual: float, least: float, most: float) -> float:
    if told is None:
        return usual
    number = float(_number(told, f"field {name}"))
    if not least <= number <= most:
        raise NotAProblem(f"field {name}: {told} is out of range; give {least} to {most}")
    return number


def plan_as_json(read: Read, plan: Plan, reasons: Mapping[str, str], seconds: float) -> str:
    """Return the plan as text.

    Args:
        read: What was planned.
        plan: Of it.
        reasons: For each stop that is left out the words.
        seconds: Limit of the search. What was used would make equal plans unequal files.
    """
    stop_id, officer_id = read.stops, read.officers
    shown: dict[str, Any] = {
        "routes": [
            {
                "officer": officer_id[route.officer],
                "shift": route.shift,
                "stops": [stop_id[stop] for stop in route.stops],
                "arrivals": list(route.arrivals),
                "travel": route.travel,
                "ends": route.ends,
            }
            for route in plan.routes
        ],
        "unserved": [
            {
                "stop": stop_id[one.stop],
                "reason": reasons[one.stop],
                "kind": one.why.value,
                "instead_of": None if one.instead_of is None else stop_id[one.instead_of],
                "officer": None if one.officer is None else officer_id[one.officer],
                "gap": None if one.gap is None else _points(one.gap, read.unit),
            }
            for one in plan.unserved
        ],
        "objective": _points(plan.objective, read.unit),
        "bound": None if plan.bound is None else _points(plan.bound, read.unit),
        "travel": plan.travel,
        "prizes": _points(plan.prizes, read.unit),
        "iterations": plan.iterations,
        "seconds": seconds,
        "reproducible": plan.reproducible,
    }
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _points(value: int, unit: int) -> int | float:
    return value if unit == 1 else value / unit
