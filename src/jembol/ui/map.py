"""A map of areas as SVG, drawn on the server: no tiles, no script, printable, each area a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 640
MARGIN = 14
STEPS = 5

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of a map: rings of (lon, lat) where its boundary is known, else only a point.

    Attributes:
        value: What is shown of it; None where the reader may not know.
        link: Address of the rows behind the value; empty for none.
        mark: A few signs drawn on the area, for eyes that tell no shades; empty for none.
        late: What is past its day there, in words: the area gets a dashed edge; empty for nothing.
    """

    name: str
    value: int | None
    link: str
    lon: float
    lat: float
    rings: Sequence[Ring] = ()
    mark: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The flat map: degrees to picture units, north up (equirectangular at the mean latitude)."""

    west: float
    north: float
    east_scale: float
    scale: float
    height: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x and y of a place."""
        return (
            MARGIN + (lon - self.west) * self.east_scale * self.scale,
            MARGIN + (self.north - lat) * self.scale,
        )


@dataclass(frozen=True, slots=True)
class Band:
    """One shade of the legend: values from `low` to `high`, both included."""

    shade: int
    low: int
    high: int

    @property
    def label(self) -> str:
        """The band in figures."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def bands(values: Sequence[int | None]) -> list[Band]:
    """Split the values above zero into at most five bands of about equally many areas.

    Zero always stands alone: "nobody reached" must never share a shade with "a few".
    """
    above = sorted(value for value in values if value)
    found = [Band(0, 0, 0)]
    steps = range(1, STEPS + 1) if above else ()
    edges = [above[min(len(above) - 1, len(above) * step // STEPS)] for step in steps]
    low = 1
    for high in sorted(set(edges)):
        found.append(Band(len(found), low, high))
        low = high + 1
    return found


def shade_of(value: int, among: Sequence[Band]) -> int:
    """Return the shade of a value."""
    return next((band.shade for band in among if band.low <= value <= band.high), 0)


def even_bands(highest: int) -> list[Band]:
    """Split a scale from 0 to `highest` into five bands of equal width, whatever values occur."""
    edges = [highest * step // STEPS for step in range(STEPS + 1)]
    return [Band(step, edges[step - 1] + (step > 1), edges[step]) for step in range(1, STEPS + 1)]


def draw(
    areas: Sequence[MapArea], *, title: str, unit: str, among: Sequence[Band] = ()
) -> SafeString:
    """Return the map as SVG with a title, one link for each area, and its value on hover."""
    if not areas:
        return SafeString("")
    frame = frame_of(areas)
    among = among or bands([area.value for area in areas])
    radius = _radius([frame.place(area.lon, area.lat) for area in areas])
    shapes = format_html_join(
        "\n",
        "{}",
        (
            (_drawn(area, _shape(area, frame, among, radius) + _mark(area, frame, among), unit),)
            for area in areas
        ),
    )
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        WIDTH,
        round(frame.height),
        title,
        shapes,
    )


def _drawn(area: MapArea, shape: SafeString, unit: str) -> SafeString:
    if area.value is None:
        return format_html("<g><title>{}</title>{}</g>", area.name, shape)
    label = f"{area.name}: {area.value} {unit}" + (f", {area.late}" if area.late else "")
    if not area.link:
        return format_html(
            '<g role="img" aria-label="{}"><title>{}</title>{}</g>', label, label, shape
        )
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>', area.link, label, label, shape
    )


def _shape(area: MapArea, frame: Frame, among: Sequence[Band], radius: float) -> SafeString:
    shade = "none" if area.value is None else f"{shade_of(area.value, among)}"
    shade += " late" if area.late else ""
    if area.rings:
        path = " ".join(
            "M"
            + "L".join(f"{x:.1f},{y:.1f}" for x, y in (frame.place(*spot) for spot in ring))
            + "Z"
            for ring in area.rings
        )
        return format_html('<path class="shade-{}" d="{}"/>', shade, path)
    x, y = frame.place(area.lon, area.lat)
    return format_html(
        '<circle class="shade-{}" cx="{}" cy="{}" r="{}"/>',
        shade,
        f"{x:.1f}",
        f"{y:.1f}",
        f"{radius:.1f}",
    )


def _mark(area: MapArea, frame: Frame, among: Sequence[Band]) -> SafeString:
    if not area.mark or area.value is None:
        return SafeString("")
    x, y = frame.place(area.lon, area.lat)
    return format_html(
        '<text class="on-{}" x="{}" y="{}">{}</text>',
        shade_of(area.value, among),
        f"{x:.1f}",
        f"{y:.1f}",
        area.mark,
    )


def _spots(areas: Sequence[MapArea]) -> Iterator[tuple[float, float]]:
    for area in areas:
        yield area.lon, area.lat
        for ring in area.rings:
            yield from ring


def frame_of(areas: Sequence[MapArea]) -> Frame:
    """Return the flat map that holds all areas with a margin."""
    spots = list(_spots(areas))
    west, east = min(lon for lon, _ in spots), max(lon for lon, _ in spots)
    south, north = min(lat for _, lat in spots), max(lat for _, lat in spots)
    east_scale = cos(radians((south + north) / 2))
    pad = 0.0 if any(area.rings for area in areas) else 0.006
    west, east, south, north = west - pad, east + pad, south - pad, north + pad
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * east_scale, 1e-6)
    return Frame(west, north, east_scale, scale, (north - south) * scale + 2 * MARGIN)


def _radius(places: Sequence[tuple[float, float]]) -> float:
    """Half the usual distance to the nearest neighbour, so that circles rarely overlap."""
    if len(places) < 2:
        return 20.0
    nearest = sorted(
        min(sqrt((x - u) ** 2 + (y - v) ** 2) for j, (u, v) in enumerate(places) if j != i)
        for i, (x, y) in enumerate(places)
    )
    return max(8.0, min(26.0, nearest[len(nearest) // 2] * 0.5))


def rings_of(geometry: Mapping[str, Any] | None) -> list[Ring]:
    """Return the rings of a GeoJSON Polygon or MultiPolygon as (lon, lat) pairs."""
    if geometry is None:
        return []
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    return [
        [(float(spot[0]), float(spot[1])) for spot in ring]
        for polygon in polygons
        for ring in polygon
    ]
