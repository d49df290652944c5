"""A list of stops and one of officers, as a spreadsheet writes them, and the routes as a list."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final

from jembol.methods.routing.files import Read, point_of
from jembol.methods.routing.ground import travel_between
from jembol.methods.routing.plan import Plan, Route
from jembol.methods.routing.problem import NotAProblem, Officer, Problem, Span, Stop

WORTH: Final = 600
"""Seconds of travel that one point of need is worth."""
MINUTES: Final = 20
"""Of a visit that does not say how long it takes."""
MINUTE: Final = 60
HOUR: Final = 3600
MIDNIGHT: Final = 24 * HOUR
YES: Final = frozenset({"1", "y", "ya", "yes", "true", "x"})
NO: Final = frozenset({"", "0", "t", "tidak", "n", "no", "false"})
PERCENT: Final = {"": 100, "motor": 100, "mobil": 120, "sepeda": 150, "jalan": 400,
                  "motorcycle": 100, "car": 120, "bicycle": 150, "foot": 400}  # fmt: skip
"""How long a way takes, of what it takes by motorcycle."""
CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})")

Row = tuple[str, dict[str, str]]


def problem_from_lists(stops: str, officers: str) -> Read:
    """Read the problem of `jembol tool route stops.csv officers.csv`.

    Raises:
        NotAProblem: the words name the list's row and column, and the remedy.
    """
    places = list(_table(stops, "stops", ("id", "lat", "lon")))
    people = list(_table(officers, "officers", ("id", "lat", "lon", "shift")))
    points = [_point(one, place, "lat", "lon") for place, one in (*places, *people)]
    known = []
    for row, (place, one) in enumerate(people, len(places)):
        end: int | None = row
        if one.get("end_lat") or one.get("end_lon"):
            end = len(points)
            points.append(_point(one, place, "end_lat", "end_lon"))
        elif one.get("returns", "").lower() in NO - {""}:
            end = None
        known.append(_officer(one, place, row, end))
    visits = tuple(_stop(one, place, row) for row, (place, one) in enumerate(places))
    problem = Problem(travel_between(points), tuple(known), visits)
    return Read(problem, 1, {one.id: one.id for one in visits}, {one.id: one.id for one in known})


def _table(text: str, name: str, needed: tuple[str, ...]) -> Iterator[Row]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    # A spreadsheet of this country separates by semicolons.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = [one for one in needed if one not in (rows.fieldnames or [])]
    if missing:
        raise NotAProblem(f"{name}: column {missing[0]} is absent; name it in the first line")
    for row in rows:
        place = f"{name}, row {rows.line_num}"
        if None in row or None in row.values():
            raise NotAProblem(f"{place}: has another number of cells than the first line")
        yield place, {key: (cell or "").strip() for key, cell in row.items()}


def _point(one: Mapping[str, str], place: str, lat: str, lon: str) -> tuple[float, float]:
    numbers = []
    for column in (lat, lon):
        try:
            numbers.append(float(one.get(column, "").replace(",", ".")))
        except ValueError:
            raise NotAProblem(
                f"{place}, field {column}: {one.get(column)!r} is no number; give degrees such as"
                " -7.98"
            ) from None
    return point_of(numbers, f"{place}, field {lat}, {lon}")


def _officer(one: Mapping[str, str], place: str, start: int, end: int | None) -> Officer:
    mode = one.get("mode", "").lower()
    if mode not in PERCENT:
        raise NotAProblem(
            f"{place}, field mode: {mode!r} is unknown; give one of"
            f" {', '.join(word for word in PERCENT if word)}"
        )
    return Officer(
        one["id"], start, end, _spans(one["shift"], f"{place}, field shift"),
        frozenset(_words(one.get("skills", ""))), PERCENT[mode],
    )  # fmt: skip


def _stop(one: Mapping[str, str], place: str, node: int) -> Stop:
    required = one.get("required", "").lower()
    if required not in YES | NO:
        raise NotAProblem(f"{place}, field required: {required!r} is neither yes nor no")
    need = _count(one.get("need", ""), 1, f"{place}, field need")
    minutes = _count(one.get("minutes", ""), MINUTES, f"{place}, field minutes")
    return Stop(
        one["id"], node, need * WORTH, minutes * MINUTE,
        _spans(one.get("windows", ""), f"{place}, field windows"), one.get("skill") or None,
        required in YES, one.get("area", ""),
    )  # fmt: skip


def _words(cell: str) -> list[str]:
    return [word.strip() for word in re.split("[;|]", cell) if word.strip()]


def _count(cell: str, usual: int, place: str) -> int:
    if not cell:
        return usual
    if not cell.isascii() or not cell.isdigit():
        raise NotAProblem(f"{place}: {cell!r} is no whole number of 0 or more; give one")
    return int(cell)


def _spans(cell: str, place: str) -> tuple[Span, ...]:
    spans = []
    for told in _words(cell):
        first, _, last = told.replace("–", "-").partition("-")
        spans.append((_clock(first, told, place), _clock(last, told, place)))
    return tuple(spans)


def _clock(told: str, whole: str, place: str) -> int:
    match = CLOCK.fullmatch(told.strip())
    seconds = int(match[1]) * HOUR + int(match[2]) * MINUTE if match else MIDNIGHT + 1
    if seconds > MIDNIGHT or (match and int(match[2]) >= MINUTE):
        raise NotAProblem(f"{place}: {whole!r} is no time; give such as 08:00-11:30;13:00-15:00")
    return seconds


def plan_as_list(plan: Plan, reasons: Mapping[str, str]) -> str:
    """Return the routes as CSV: a line for each visit in order, then one for each left out."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["officer", "order", "stop", "arrival", "reason"])
    orders: dict[str, int] = {}
    for route in plan.routes:
        writer.writerows(_lines(route, orders))
    writer.writerows(["", "", one.stop, "", reasons[one.stop]] for one in plan.unserved)
    return file.getvalue()


def _lines(route: Route, orders: dict[str, int]) -> Iterator[list[str]]:
    for stop, begins in zip(route.stops, route.arrivals, strict=True):
        orders[route.officer] = orders.get(route.officer, 0) + 1
        # Rounded up: an officer is never told to come before the window opens.
        hour, minute = divmod(-(-begins // MINUTE), MINUTE)
        yield [route.officer, str(orders[route.officer]), stop, f"{hour:02}:{minute:02}", ""]
