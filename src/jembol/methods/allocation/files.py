"""Problems as files: one JSON, or a list of applicants and one of classes.

The columns are described in docs/commands.md.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from jembol.methods.allocation.problem import Applicant, NotAProblem, Problem, TrainingClass

DECIMALS: Final = 6
"""Values with more decimals than these are refused."""
EARTH_KM: Final = 6371.0088


@dataclass(frozen=True, slots=True)
class Read:
    """A problem with what its file says that the search need not know.

    Attributes:
        problem: With whole values.
        unit: By how much each value was multiplied so that it is whole.
        classes: Ids of classes as they stand in the file: a JSON may number them.
    """

    problem: Problem
    unit: int
    classes: Mapping[str, Any]


def problem_from_json(text: str) -> Read:
    """Read the problem of `jembol tool allocate PROBLEM.json`.

    Raises:
        NotAProblem: the words name the field and the row, and the remedy.
    """
    try:
        told = json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except ValueError as wrong:
        raise NotAProblem(f"the problem is no JSON: {wrong}; mend the file there") from None
    if not isinstance(told, dict):
        raise NotAProblem('the problem is no object; give {"applicants": [...], "classes": [...]}')
    applicants = tuple(
        Applicant(
            _id(one, "id", place), _text(one, "stratum", place) or "",
            _text(one, "household", place), _text(one, "group", place),
        )
        for place, one in _rows(told, "applicants")
    )  # fmt: skip
    courses = list(_rows(told, "classes"))
    classes = tuple(_class(one, place) for place, one in courses)
    eligible, unit = _eligible(told.get("eligible", []))
    price = told.get("move_price")
    problem = Problem(
        applicants, classes, eligible,
        {name: _whole(least, f"stratum_minimum of {name!r}")
         for name, least in _mapping(told, "stratum_minimum").items()},
        {one: _as_id(where, f"placed_before of {one!r}")
         for one, where in _mapping(told, "placed_before").items()},
        None if price is None else _whole(price, "field move_price") * unit,
    )  # fmt: skip
    return Read(problem, unit, {str(one["id"]): one["id"] for _, one in courses})


def _rows(told: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = told.get(name)
    if not isinstance(rows, list):
        raise NotAProblem(f"field {name} is no list; give one object for each")
    for row, one in enumerate(rows, 1):
        if not isinstance(one, dict):
            raise NotAProblem(f"{name}, row {row}: is no object; give one with an id")
        yield f"{name}, row {row}", one


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name) or {}
    if not isinstance(found, dict):
        raise NotAProblem(f"field {name} is no object; give {{name: number}}")
    return found


def _as_id(told: Any, place: str) -> str:
    if isinstance(told, bool) or not isinstance(told, str | int):
        raise NotAProblem(f"{place}: {told!r} is no id; give a text or a whole number")
    return str(told)


def _id(one: Mapping[str, Any], name: str, place: str) -> str:
    if name not in one:
        raise NotAProblem(f"{place}, field {name}: is absent; give each its own id")
    return _as_id(one[name], f"{place}, field {name}")


def _text(one: Mapping[str, Any], name: str, place: str) -> str | None:
    told = one.get(name)
    return None if told is None or told == "" else _as_id(told, f"{place}, field {name}")


def _whole(told: Any, place: str) -> int:
    if isinstance(told, bool) or not isinstance(told, int | Decimal) or told != int(told):
        raise NotAProblem(f"{place}: {told} is no whole number; give one")
    return int(told)


def _number(told: Any, place: str) -> Decimal:
    # JSON's own reader lets NaN and Infinity through as floats.
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        raise NotAProblem(f"{place}: {told!r} is no number; give one")
    return Decimal(told)


def _class(one: Mapping[str, Any], place: str) -> TrainingClass:
    seats = _whole(one.get("seats"), f"{place}, field seats")
    cap = one.get("stratum_cap")
    return TrainingClass(
        _id(one, "id", place), seats,
        None if cap is None else cap_of(_number(cap, f"{place}, field stratum_cap"), seats, place),
    )  # fmt: skip


def cap_of(told: Decimal, seats: int, place: str) -> int:
    """Return the most seats of one stratum: a share below 1 is of the seats, rounded down.

    Raises:
        NotAProblem: it is below zero, or neither a share nor a whole number.
    """
    if told < 0:
        raise NotAProblem(f"{place}, field stratum_cap: {told} is below zero; leave it empty")
    if told < 1:
        return math.floor(Fraction(told) * seats)
    return _whole(told, f"{place}, field stratum_cap")


def _eligible(rows: Any) -> tuple[tuple[tuple[str, str, int], ...], int]:
    if not isinstance(rows, list):
        raise NotAProblem("field eligible is no list; give [applicant, class, value] for each")
    found: list[tuple[str, str, int | Decimal]] = []
    digits = 0
    for row, one in enumerate(rows, 1):
        place = f"eligible, row {row}"
        if not isinstance(one, list) or len(one) != 3:
            raise NotAProblem(f"{place}: is not [applicant, class, value]; give these three")
        value = one[2]
        if type(value) is not int:
            value = _number(value, f"{place}, field value")
            digits = max(digits, -int(value.normalize().as_tuple().exponent))
            if digits > DECIMALS:
                raise NotAProblem(
                    f"{place}, field value: {value} has more than {DECIMALS} decimals; round it"
                )
        found.append((str(one[0]), str(one[1]), value))
    unit = 10**digits
    return tuple((a, c, int(value * unit)) for a, c, value in found), unit


def problem_from_csv(applicants: str, classes: str) -> Read:
    """Read the problem of `jembol tool allocate applicants.csv classes.csv`.

    Raises:
        NotAProblem: the words name the file's row and column, and the remedy.
    """
    courses = list(_table(classes, "classes", ("id", "seats")))
    people = list(_table(applicants, "applicants", ("id", "priority")))
    known = [
        TrainingClass(
            one["id"], _cell_whole(one["seats"], f"{place}, field seats"),
            _cell_cap(one, place),
        )
        for place, one in courses
    ]  # fmt: skip
    pairs = [
        (one["id"], where, worth)
        for place, one in people
        for where, worth in _open(one, place, courses)
    ]
    # The lowest becomes 1, so that a seat is never left empty for want of priority.
    lift = 1 - min((worth for _, _, worth in pairs), default=1)
    problem = Problem(
        tuple(
            Applicant(
                one["id"], one.get("stratum") or one.get("kecamatan") or "",
                one.get("household") or None, one.get("group") or None,
            )
            for _, one in people
        ),
        tuple(known),
        tuple((applicant, where, worth + lift) for applicant, where, worth in pairs),
    )  # fmt: skip
    return Read(problem, 1, {one.id: one.id for one in known})


def _table(text: str, name: str, needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    # A spreadsheet of this country separates by semicolons.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = [one for one in needed if one not in (rows.fieldnames or [])]
    if missing:
        raise NotAProblem(f"{name}: column {missing[0]} is absent; name it in the first line")
    for row in rows:
        if None in row or None in row.values():
            raise NotAProblem(
                f"{name}, row {rows.line_num}: has another number of cells than the first line"
            )
        yield (
            f"{name}, row {rows.line_num}",
            {key: (cell or "").strip() for key, cell in row.items()},
        )


def _cell_whole(cell: str, place: str) -> int:
    try:
        return _whole(Decimal(cell), place)
    except (InvalidOperation, ValueError, OverflowError):
        raise NotAProblem(f"{place}: {cell!r} is no whole number; give one") from None


def _cell_cap(one: Mapping[str, str], place: str) -> int | None:
    cell = one.get("stratum_cap", "")
    if not cell:
        return None
    try:
        told = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        told = Decimal("NaN")
    if not told.is_finite():
        raise NotAProblem(f"{place}, field stratum_cap: {cell!r} is no number; give 18 or 0.45")
    return cap_of(told, _cell_whole(one["seats"], f"{place}, field seats"), place)


def _open(
    one: Mapping[str, str], place: str, courses: list[tuple[str, dict[str, str]]]
) -> Iterator[tuple[str, int]]:
    """Give the classes open to an applicant, and what each is worth.

    Priority, less one point for each place further down the choices, less one for each kilometre.
    """
    priority = _cell_whole(one["priority"], f"{place}, field priority")
    known = {course["id"]: course for _, course in courses}
    chosen = [part.strip() for part in one.get("choices", "").split(";") if part.strip()]
    for rank, where in enumerate(chosen or known):
        if where not in known:
            raise NotAProblem(
                f"{place}, field choices: {where!r} is not among the classes; mend its id"
            )
        far = _km(_point(one, place), _point(known[where], f"classes, id {where}"))
        yield where, priority - (rank if chosen else 0) - far


def _point(one: Mapping[str, str], place: str) -> tuple[float, float] | None:
    if not one.get("lat") or not one.get("lon"):
        return None
    try:
        lat, lon = float(one["lat"]), float(one["lon"])
    except ValueError:
        lat = lon = math.nan
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise NotAProblem(
            f"{place}, field lat, lon: is no place; give degrees such as -7.98, 112.63"
        )
    return lat, lon


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int:
    """Return the whole kilometres between two places; none where one is not known."""
    if one is None or other is None:
        return 0
    (lat, lon), (other_lat, other_lon) = (tuple(map(math.radians, place)) for place in (one, other))
    chord = (
        math.sin((lat - other_lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((lon - other_lon) / 2) ** 2
    )
    return round(2 * EARTH_KM * math.asin(math.sqrt(min(chord, 1.0))))
