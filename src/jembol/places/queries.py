"""Answers about places: finding an area by what people wrote, children, shapes for a map."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from jembol.kit.area import AreaCode, city_key
from jembol.kit.point import Point
from jembol.kit.reach import Reach
from jembol.kit.text import fold_area
from jembol.places.choices import Level
from jembol.places.models import Area, AreaAlias, City
from jembol.places.rules import slips, slips_allowed, time_zone_of


class How(StrEnum):
    """By what a written name was recognised."""

    NAME = "name"
    ALIAS = "alias"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Match:
    """The one area that a text means.

    Attributes:
        area: The area.
        how: `name` when the spelling is the official one but for case, spaces and hyphens, `alias`
            when it is a listed variant, `near` when a typing error was forgiven.
    """

    area: Area
    how: How

    @property
    def key(self) -> int:
        """The key of the area."""
        return self.area.key

    @property
    def name(self) -> str:
        """The official name."""
        return self.area.name


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text may mean: one match, or none and the areas between which nobody should guess."""

    match: Match | None
    candidates: tuple[Area, ...]


class AreaFinder:
    """Finds kecamatan and kelurahan of one city by name, in memory, after two queries.

    It never guesses: a name that two areas share, or that is as near to one as to another, finds
    nothing and tells the candidates.
    """

    def __init__(self, city: Area) -> None:
        """Read the names and spellings of a city."""
        levels = (Level.KECAMATAN, Level.KELURAHAN)
        known = Area.objects.inside(city).filter(level__in=levels).order_by("key")
        self._areas = {area.key: area for area in known}
        self._spellings: dict[int, dict[str, dict[int, How]]] = {
            level: defaultdict(dict) for level in levels
        }
        low, high = city.span
        aliases = AreaAlias.objects.filter(area_id__gte=low, area_id__lt=high).order_by("id")
        for alias in aliases.values_list("area_id", "folded"):
            self._learn(*alias, How.ALIAS)
        for area in self._areas.values():
            self._learn(area.key, area.folded, How.NAME)

    def kelurahan(self, text: str, kecamatan: str = "") -> Match | None:
        """Return the kelurahan that the text means, or None when it is unknown or ambiguous."""
        return self.look_up_kelurahan(text, kecamatan).match

    def kecamatan(self, text: str) -> Match | None:
        """Return the kecamatan that the text means, or None when it is unknown or ambiguous."""
        return self.look_up_kecamatan(text).match

    def look_up_kelurahan(self, text: str, kecamatan: str = "") -> Finding:
        """Return the kelurahan that the text means, or the candidates.

        A kecamatan that is recognised decides between equal names; when it contradicts the
        kelurahan, nothing is found and the candidates tell what the name alone would mean.
        """
        finding = self._find(Level.KELURAHAN, text)
        above = self.kecamatan(kecamatan) if kecamatan else None
        if above is None:
            return finding
        inside = [area for area in finding.candidates if area.parent_id == above.key]
        if len(inside) != 1:
            return Finding(None, finding.candidates)
        how = self._how(Level.KELURAHAN, text, inside[0])
        return Finding(Match(inside[0], how), (inside[0],))

    def look_up_kecamatan(self, text: str) -> Finding:
        """Return the kecamatan that the text means, or the candidates."""
        return self._find(Level.KECAMATAN, text)

    def _learn(self, key: int, folded: str, how: How) -> None:
        area = self._areas.get(key)
        if area is not None:
            self._spellings[area.level][folded][key] = how

    def _find(self, level: Level, text: str) -> Finding:
        folded = fold_area(text)
        known = self._spellings[level].get(folded)
        keys: Iterable[int] = known or self._near(level, folded)
        candidates = tuple(self._areas[key] for key in sorted(keys))
        if len(candidates) != 1:
            return Finding(None, candidates)
        return Finding(Match(candidates[0], self._how(level, text, candidates[0])), candidates)

    def _how(self, level: Level, text: str, area: Area) -> How:
        known = self._spellings[level].get(fold_area(text), {})
        return known.get(area.key, How.NEAR)

    def _near(self, level: Level, folded: str) -> set[int]:
        """Return every area within the slips that a name of this length may have."""
        allowed = slips_allowed(folded)
        if not allowed:
            return set()
        return {
            key
            for spelling, keys in self._spellings[level].items()
            if slips(folded, spelling, at_most=allowed) <= allowed
            for key in keys
        }


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of a list."""

    key: int
    code: str
    name: str
    level: int
    kind: str


def served_cities() -> list[Area]:
    """Return the cities whose programme runs here, in the order of their codes."""
    # From the few cities to their areas: the other way round SQLite, which does not know that
    # they are few, walks through all areas of the country (80 ms against 1 ms).
    return [city.area for city in City.objects.select_related("area").order_by("pk")]


def time_zones(cities: Collection[Area]) -> set[str]:
    """Return the names of the zones in which the clocks of these cities hang."""
    rows = City.objects.filter(pk__in=[city.pk for city in cities])
    return set(rows.values_list("time_zone", flat=True))


def zone_of(area_key: int) -> ZoneInfo:
    """Return the zone of the clocks of an area: of its city, or else of its province."""
    city = City.objects.filter(pk=city_key(area_key) or 0).first()
    if city is not None:
        return ZoneInfo(city.time_zone)
    return ZoneInfo(time_zone_of(AreaCode.from_key(area_key).parts[0]))


def children_of(area: Area) -> list[AreaRow]:
    """Return the areas one level below, in the order of their codes."""
    rows = Area.objects.filter(parent=area).order_by("key")
    return [AreaRow(*row) for row in rows.values_list("key", "code", "name", "level", "kind")]


@dataclass(frozen=True, slots=True)
class Choice:
    """One area to choose in a form; the label names what holds it."""

    key: int
    label: str


def choices_within(reach: Reach, level: Level) -> list[Choice]:
    """Return the areas of a level inside a reach, by label."""
    rows = Area.objects.within(reach).at(level).values_list("key", "name", "parent__name")
    choices = [Choice(key, f"{name}, {above}" if above else name) for key, name, above in rows]
    return sorted(choices, key=lambda choice: (choice.label, choice.key))


@dataclass(frozen=True, slots=True)
class Shape:
    """A kelurahan on the map: its official boundary when loaded, else its middle, else neither."""

    key: int
    code: str
    name: str
    kecamatan: str
    point: Point | None
    geometry: dict[str, Any] | None


def shapes_in(city: Area) -> list[Shape]:
    """Return every kelurahan or desa of a city for the map, in the order of their codes."""
    rows = (
        Area.objects.inside(city)
        .at(Level.KELURAHAN)
        .order_by("key")
        .values_list("key", "code", "name", "parent__name", "lat", "lon", "boundary__geometry")
    )
    return [_shape(row) for row in rows]


def _shape(row: Sequence[Any]) -> Shape:
    key, code, name, kecamatan, lat, lon, geometry = row
    point = None if lat is None else Point(lat=lat, lon=lon)
    return Shape(key, code, name, kecamatan, point, geometry)


def line_of(area: Area) -> list[AreaRow]:
    """Return the areas that hold this one, from the province down, and itself."""
    code = AreaCode.from_key(area.key)
    keys = [one.key for one in (*code.ancestors, code) if one.key]
    rows = Area.objects.filter(key__in=keys).order_by("level")
    return [AreaRow(*row) for row in rows.values_list("key", "code", "name", "level", "kind")]
