"""Official boundaries as GeoJSON (RFC 7946): read a document, or say by name what is wrong in it.

A boundary that is loaded wrongly shows a wrong map for years, so nothing is mended in silence: the
document is taken as it is or refused with the feature's name and the remedy. A ring must be simple
in the sense of OGC 06-103r4 (Simple Feature Access 1, 6.1.11): closed, and never touching itself.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.kit.area import AreaCode
from jembol.kit.refusal import Refusal
from jembol.places import errors

# The land and sea of Indonesia with a margin, in degrees (UU 43/2008 names the outer islands:
# Rondo 6.1 N, Ndana 11.0 S, Benggala 94.9 E, the border of Papua 141.02 E).
LON_RANGE: Final = (94.0, 142.0)
LAT_RANGE: Final = (-12.0, 7.0)

# GeoJSON is WGS 84 longitude, latitude (RFC 7946, 4). Older documents say so in a `crs` member.
_WGS84_NAMES: Final = frozenset(
    {
        "urn:ogc:def:crs:ogc:1.3:crs84",
        "urn:ogc:def:crs:ogc::crs84",
        "ogc:crs84",
        "crs84",
        "urn:ogc:def:crs:epsg::4326",
        "epsg:4326",
        "wgs84",
        "wgs 84",
    }
)

# Integers of a billionth of a degree (0.1 mm) make every test of a crossing exact.
_UNITS_PER_DEGREE: Final = 1_000_000_000
_FEWEST_POINTS: Final = 4

Position = tuple[float, float]
Grid = tuple[int, int]
Segment = tuple[Grid, Grid]


@dataclass(frozen=True, slots=True)
class Outline:
    """The boundary of one area, checked."""

    code: AreaCode
    label: str
    geometry: dict[str, Any]
    points: int


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a ring: which ring, its place in it, and how many sides the ring has."""

    ring: int
    place: int
    sides: int
    ends: Segment


def outlines_of(document: Any) -> list[Outline]:
    """Read and check every feature of a document.

    Raises:
        NotGeoJson: it is no FeatureCollection, or has no features.
        WrongCrs: it says another reference system, or a coordinate lies outside Indonesia.
        SwappedCoordinates: latitude stands before longitude.
        UnknownArea: a feature has no readable `code`.
        RepeatedArea: two features bound the same area.
        WrongGeometry: a feature is neither Polygon nor MultiPolygon.
        BrokenPolygon: a ring is not closed, too short, or crosses or touches itself.
    """
    found: dict[int, Outline] = {}
    for number, feature in enumerate(_features(document), start=1):
        outline = _outline(feature, number)
        if outline.code.key in found:
            raise errors.RepeatedArea(
                _("%(feature)s bounds an area that an earlier feature bounds already. Leave one.")
                % {"feature": outline.label},
                feature=number,
            )
        found[outline.code.key] = outline
    return list(found.values())


def _features(document: Any) -> list[Any]:
    is_collection = isinstance(document, Mapping) and document.get("type") == "FeatureCollection"
    features = document.get("features") if is_collection else None
    if not isinstance(features, list) or not features:
        raise errors.NotGeoJson(
            _(
                "The document is not a GeoJSON FeatureCollection with at least one feature. "
                "Export the boundaries as GeoJSON, all features in one collection."
            )
        )
    _check_crs(document.get("crs"))
    return features


def _check_crs(crs: Any) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = str(properties.get("name", "")) if isinstance(properties, Mapping) else ""
    if name.strip().casefold() not in _WGS84_NAMES:
        raise errors.WrongCrs(
            _(
                "The document says the reference system “%(crs)s”, but boundaries are longitude "
                "and latitude in WGS 84. Export it again as EPSG:4326."
            )
            % {"crs": name or crs},
            crs=name,
        )


def _outline(feature: Any, number: int) -> Outline:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    properties = properties if isinstance(properties, Mapping) else {}
    written, name = str(properties.get("code") or ""), str(properties.get("name") or "")
    label = _("Feature %(number)s (%(code)s %(name)s)") % {
        "number": number,
        "code": written or _("no code"),
        "name": name,
    }
    label = label.replace(" )", ")")
    code = _code(written, label)
    geometry = feature.get("geometry")
    polygons = _polygons(geometry, label)
    checked = [_polygon(polygon, label) for polygon in polygons]
    kind = geometry["type"]
    return Outline(
        code=code,
        label=label,
        geometry={"type": kind, "coordinates": checked if kind == "MultiPolygon" else checked[0]},
        points=sum(len(ring) for polygon in checked for ring in polygon),
    )


def _code(written: str, label: str) -> AreaCode:
    try:
        code = AreaCode.parse(written)
    except ValueError as problem:
        raise errors.UnknownArea(
            _(
                "%(feature)s: “%(code)s” is not an area code. Give each feature a property "
                "`code` such as 35.73.05.1004."
            )
            % {"feature": label, "code": written},
            area_code=written,
        ) from problem
    if not code.key:
        raise errors.UnknownArea(
            _("%(feature)s has no area code. Give it a property `code` such as 35.73.05.1004.")
            % {"feature": label},
            area_code=written,
        )
    return code


def _polygons(geometry: Any, label: str) -> list[Any]:
    """Return the polygons of a geometry, each still unread."""
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise errors.WrongGeometry(
            _(
                "%(feature)s is a %(kind)s, but a boundary is a Polygon or a MultiPolygon. "
                "Export the layer of areas, not that of lines or points."
            )
            % {"feature": label, "kind": kind or _("feature without geometry")},
            kind=kind,
        )
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise _broken(label, _("it has no ring"))
    return polygons


def _polygon(rings: Any, label: str) -> list[list[Position]]:
    """Return the rings of one polygon, checked; the first is the shell, the others are holes."""
    if not isinstance(rings, list) or not rings:
        raise _broken(label, _("it has no ring"))
    read = [_ring(ring, label) for ring in rings]
    _check_crossings([_on_grid(ring) for ring in read], label)
    return read


def _ring(ring: Any, label: str) -> list[Position]:
    positions = [_position(one, label) for one in ring] if isinstance(ring, list) else []
    if len(positions) < _FEWEST_POINTS:
        raise _broken(
            label,
            _("a ring has %(count)s points, and needs at least four") % {"count": len(positions)},
        )
    if positions[0] != positions[-1]:
        raise _broken(
            label, _("a ring does not end where it begins (%(at)s)") % {"at": _shown(positions[0])}
        )
    return positions


def _position(written: Any, label: str) -> Position:
    numbers = written[:2] if isinstance(written, list | tuple) else ()
    if len(numbers) < 2 or not all(_is_number(number) for number in numbers):
        raise _broken(label, _("“%(written)s” is not a coordinate") % {"written": written})
    lon, lat = float(numbers[0]), float(numbers[1])
    if _is_within(lon, LON_RANGE) and _is_within(lat, LAT_RANGE):
        return lon, lat
    raise _misplaced(lon, lat, label)


def _misplaced(lon: float, lat: float, label: str) -> Refusal:
    values = {"feature": label, "at": f"{lon}, {lat}"}
    if _is_within(lat, LON_RANGE) and _is_within(lon, LAT_RANGE):
        return errors.SwappedCoordinates(
            _(
                "%(feature)s has latitude before longitude at %(at)s. GeoJSON wants longitude "
                "first: swap the two axes and export again."
            )
            % values
        )
    return errors.WrongCrs(
        _(
            "%(feature)s: the point %(at)s is not in Indonesia, so the coordinates are not "
            "longitude and latitude in WGS 84. Export the document again as EPSG:4326."
        )
        % values
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _broken(label: str, why: str) -> errors.BrokenPolygon:
    return errors.BrokenPolygon(
        _("%(feature)s is broken: %(why)s. Mend it in the map program (“fix geometries”).")
        % {"feature": label, "why": why},
        why=why,
    )


def _shown(position: Sequence[float]) -> str:
    return f"{position[0]:.6f}, {position[1]:.6f}"


def _on_grid(ring: Sequence[Position]) -> list[Grid]:
    """Return the points as exact integers, without the repeated ones."""
    points = [(round(lon * _UNITS_PER_DEGREE), round(lat * _UNITS_PER_DEGREE)) for lon, lat in ring]
    return [points[0], *(after for before, after in pairwise(points) if before != after)]


def _check_crossings(rings: Sequence[Sequence[Grid]], label: str) -> None:
    """Refuse sides that meet where they must not.

    A sweep from west to east keeps only the sides that the sweep line cuts, so a ring of n points
    costs about n times the few sides above one another, not n squared.
    """
    for ring in rings:
        if len(ring) < _FEWEST_POINTS:
            raise _broken(label, _("a ring has fewer than three corners"))
    standing: list[_Side] = []
    for side in sorted(_sides(rings), key=lambda one: min(one.ends)):
        west = min(side.ends)[0]
        standing = [other for other in standing if max(other.ends)[0] >= west]
        for other in standing:
            if _is_clash(side, other):
                lon, lat = (part / _UNITS_PER_DEGREE for part in side.ends[0])
                raise _broken(
                    label,
                    _("its outline crosses or touches itself near %(at)s")
                    % {"at": _shown((lon, lat))},
                )
        standing.append(side)


def _sides(rings: Sequence[Sequence[Grid]]) -> Iterator[_Side]:
    for number, ring in enumerate(rings):
        for place, ends in enumerate(pairwise(ring)):
            yield _Side(number, place, len(ring) - 1, ends)


def _is_clash(one: _Side, other: _Side) -> bool:
    """Whether two sides meet in a way that no valid polygon has."""
    if not _boxes_meet(one.ends, other.ends):
        return False
    if one.ring != other.ring:
        # A hole may touch the shell at single points (OGC 06-103r4, 6.1.11.1).
        return _cross_inside(one.ends, other.ends)
    gap = abs(one.place - other.place)
    if gap in {1, one.sides - 1}:
        return _fold_back(one.ends, other.ends)
    return _touch(one.ends, other.ends)


def _boxes_meet(one: Segment, other: Segment) -> bool:
    return all(
        min(one[0][axis], one[1][axis]) <= max(other[0][axis], other[1][axis])
        and min(other[0][axis], other[1][axis]) <= max(one[0][axis], one[1][axis])
        for axis in (0, 1)
    )


def _turn(a: Grid, b: Grid, c: Grid) -> int:
    """Return above 0 when c lies left of the line from a to b, below 0 when right, 0 when on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _turns(one: Segment, other: Segment) -> tuple[int, int, int, int]:
    return (
        _turn(*one, other[0]),
        _turn(*one, other[1]),
        _turn(*other, one[0]),
        _turn(*other, one[1]),
    )


def _differ(one: int, other: int) -> bool:
    return (one > 0 > other) or (one < 0 < other)


def _cross_inside(one: Segment, other: Segment) -> bool:
    """Whether two sides cross at a point that is an end of neither."""
    a, b, c, d = _turns(one, other)
    return _differ(a, b) and _differ(c, d)


def _touch(one: Segment, other: Segment) -> bool:
    """Whether two sides share any point; their boxes meet."""
    a, b, c, d = _turns(one, other)
    # When all four are 0 the sides lie on one line, and boxes that meet then mean a shared point.
    return not (_same_sign(a, b) or _same_sign(c, d))


def _same_sign(one: int, other: int) -> bool:
    return (one > 0 and other > 0) or (one < 0 and other < 0)


def _fold_back(one: Segment, other: Segment) -> bool:
    """Whether two neighbouring sides share more than the corner between them."""
    corner = next(end for end in one if end in other)
    far = one[1] if one[0] == corner else one[0]
    other_far = other[1] if other[0] == corner else other[0]
    if _turn(corner, far, other_far) != 0:
        return False
    along = (far[0] - corner[0]) * (other_far[0] - corner[0])
    across = (far[1] - corner[1]) * (other_far[1] - corner[1])
    return along + across > 0
