"""Readers of what a source tells of an enterprise: money, workers, labels, place, lineage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.intake.dates import read_date
from jembol.intake.row_cells import RowCells
from jembol.kit.money import NotAnAmount, Rupiah
from jembol.kit.point import Point

_WHOLE: Final = re.compile(r"([0-9]{1,9})(?:[.,]0+)?")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?")
_FROM_A_NUMBER: Final = re.compile(r"([0-9]+)\.0+")
_MOST_WORKERS: Final = 10**6
_MONTHS: Final = 12
# The box around Indonesia, one degree wide of its capes: what lies outside is swapped or a slip.
_SOUTH_WEST: Final = Point(-12.0, 94.0)
_NORTH_EAST: Final = Point(7.0, 142.0)


def _line(row: RowCells, name: str) -> str:
    return row.line(name)


def _id(row: RowCells, name: str) -> str:
    text = row.line(name)
    number = _FROM_A_NUMBER.fullmatch(text)
    return number[1] if number else text


def _amount(row: RowCells, name: str) -> int | None:
    try:
        amount = Rupiah.parse(row.text(name)).amount
    except NotAnAmount:
        amount = -1
    if amount < 0:
        row.warn(
            name,
            _("This is no amount of rupiah; it is left out."),
            _("Write one exact amount, like 1500000."),
        )
        return None
    return amount


def _workers(row: RowCells, name: str) -> int | None:
    found = _WHOLE.fullmatch(row.text(name).strip())
    if found is None or int(found[1]) > _MOST_WORKERS:
        row.warn(
            name,
            _("This is no number of workers; it is left out."),
            _("Write a whole number; 0 for none, and leave it empty when it is unknown."),
        )
        return None
    return int(found[1])


def _year(row: RowCells, name: str) -> int | None:
    found = _YEAR.fullmatch(row.text(name).strip())
    if found is None or int(found[1]) > row.form.today.year:
        row.warn(
            name,
            _("This is no year that has been; it is left out."),
            _("Write the year with four digits."),
        )
        return None
    return int(found[1])


def _month(row: RowCells, name: str) -> int | None:
    found = _WHOLE.fullmatch(row.text(name).strip())
    if found is None or not 1 <= int(found[1]) <= _MONTHS:
        row.warn(name, _("This is no month; it is left out."), _("Write a number from 1 to 12."))
        return None
    return int(found[1])


def _degrees(row: RowCells, name: str) -> float | None:
    try:
        return float(row.text(name).strip().replace("−", "-").replace(",", "."))
    except ValueError:
        _warn_of_place(row, name)
        return None


def place_of(row: RowCells) -> tuple[float, float] | None:
    """Return latitude and longitude when both are read and lie in Indonesia; tell when not."""
    values = row.reading.values
    pair = values.pop("latitude", None), values.pop("longitude", None)
    if pair[0] is None or pair[1] is None:
        return None
    lat, lon = pair
    # A place of 0, 0 is what programs write when they know none.
    if not (
        _SOUTH_WEST.lat <= lat <= _NORTH_EAST.lat and _SOUTH_WEST.lon <= lon <= _NORTH_EAST.lon
    ):
        _warn_of_place(row, "latitude")
        return None
    return lat, lon


def _warn_of_place(row: RowCells, name: str) -> None:
    row.warn(
        name,
        _("This is no place in Indonesia; it is left out."),
        _("Write degrees, like -7.9425 and 112.6094; latitude and longitude may be swapped."),
    )


def _moment(row: RowCells, name: str) -> str | None:
    text = row.text(name).strip()
    found = _read_moment(text)
    if found is None:
        day = read_date(row.cells[name]).date
        found = _local(datetime.combine(day, time())) if day else None
    if found is None or timezone.localdate(found) > row.form.today:
        row.warn(
            name,
            _("This is no moment that has been; it is left out."),
            _("Write it like 2026-05-01T10:00:00+07:00."),
        )
        return None
    return found.astimezone(UTC).isoformat()


def _read_moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else _local(found)
    except (ValueError, OverflowError):
        return None


def _local(moment: datetime) -> datetime:
    return timezone.make_aware(moment)


def day_of(moment: str) -> date:
    """Return the day of a moment that was read, where the office stands."""
    return timezone.localdate(datetime.fromisoformat(moment))


_MONEY: Final = ("yearly_sales", "assets", "capital")
_LABOUR: Final = tuple(
    f"{pay}_{who}"
    for pay in ("paid", "unpaid")
    for who in ("men", "women", "disabled_men", "disabled_women")
)
FIGURE_READERS: Final[dict[str, Callable[[RowCells, str], object]]] = {
    **dict.fromkeys(_MONEY, _amount),
    **dict.fromkeys(_LABOUR, _workers),
    **dict.fromkeys(
        ("kbli_category", "legal_form", "scale_label", "photo", "source_page"), _line
    ),
    "sidt_id": _id, "start_year": _year, "start_month": _month, "latitude": _degrees,
    "longitude": _degrees, "pulled_at": _moment, "updated_at": _moment,
}  # fmt: skip
