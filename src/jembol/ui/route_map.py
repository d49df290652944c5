"""A map of routes as SVG: each line has a colour and a number, so that print and eyes can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jembol.ui.map import Frame, MapArea, frame_of

APART = 20.0
"""How far spots in one place are drawn from each other, in units of the picture."""
TINTS = 8
"""Colours of lines; the ninth line has the first colour again, and a number of its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One stop of a route.

    Attributes:
        text: What is said when it is pointed at.
        label: What stands in its circle.
        link: Where it leads.
    """

    lat: float
    lon: float
    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One route from its start.

    Attributes:
        number: How the route is called on the map.
        title: Whose it is.
        start: Latitude and longitude of its beginning; None where it is not shown.
        spots: Its stops in order.
    """

    number: int
    title: str
    start: tuple[float, float] | None
    spots: Sequence[Spot]


def draw_routes(
    lines: Sequence[Line],
    ground: Sequence[MapArea],
    *,
    title: str,
    others: Sequence[Spot] = (),
    others_title: str = "",
) -> SafeString:
    """Return the map with its legend; nothing when there is no stop to show.

    Args:
        lines: The routes.
        ground: Areas whose boundaries are drawn beneath.
        title: What the map shows.
        others: Places beside the routes, as small dots.
        others_title: What these are.
    """
    spots = [spot for line in lines for spot in line.spots]
    if not spots:
        return SafeString("")
    near = [MapArea("", None, "", spot.lon, spot.lat) for spot in (*spots, *others)]
    frame = frame_of(near)
    shapes = format_html_join("", "{}", ((_ground(area, frame),) for area in ground if area.rings))
    dots = format_html_join("", "{}", ((_dot(spot, frame),) for spot in others))
    taken: dict[tuple[int, int], int] = {}
    drawn = format_html_join(
        "\n", "{}", ((_line(line, frame, taken),) for line in lines if line.spots)
    )
    legend = format_html_join(
        "",
        '<li><span class="swatch tint-{}"></span>{}. {}</li>',
        ((tint_of(line.number), line.number, line.title) for line in lines if line.spots),
    )
    if others:
        legend += format_html('<li><span class="swatch left"></span>{}</li>', others_title)
    return format_html(
        '<figure class="map-figure"><svg class="map routes" viewBox="0 0 640 {}" role="group" '
        'aria-label="{}">{}{}{}</svg><ul class="legend">{}</ul></figure>',
        round(frame.height),
        title,
        shapes,
        dots,
        drawn,
        legend,
    )


def tint_of(number: int) -> int:
    """Return the colour of a route."""
    return (number - 1) % TINTS + 1


def _dot(spot: Spot, frame: Frame) -> SafeString:
    x, y = frame.place(spot.lon, spot.lat)
    return format_html(
        '<circle class="left" cx="{}" cy="{}" r="4"><title>{}</title></circle>',
        f"{x:.1f}",
        f"{y:.1f}",
        spot.text,
    )


def _ground(area: MapArea, frame: Frame) -> SafeString:
    path = " ".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (frame.place(*spot) for spot in ring)) + "Z"
        for ring in area.rings
    )
    return format_html('<path class="shade-none" d="{}"/>', path)


def _apart(x: float, y: float, taken: dict[tuple[int, int], int]) -> tuple[float, float]:
    """Return the place, or one beside it for each spot that stands there already."""
    place = (round(x / APART), round(y / APART))
    number = taken.get(place, 0)
    taken[place] = number + 1
    if not number:
        return x, y
    ring, angle = 1 + (number - 1) // 6, (number - 1) % 6 * pi / 3
    return x + ring * APART * cos(angle), y + ring * APART * sin(angle)


def _line(line: Line, frame: Frame, taken: dict[tuple[int, int], int]) -> SafeString:
    tint = tint_of(line.number)
    places = [_apart(*frame.place(spot.lon, spot.lat), taken) for spot in line.spots]
    begin = [] if line.start is None else [frame.place(line.start[1], line.start[0])]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*begin, *places))
    circles = format_html_join(
        "",
        '<a href="{}" aria-label="{}"><title>{}</title><circle class="tint-{}" cx="{}" cy="{}" '
        'r="11"/><text x="{}" y="{}">{}</text></a>',
        (
            (
                spot.link, spot.text, spot.text, tint, f"{x:.1f}", f"{y:.1f}", f"{x:.1f}",
                f"{y + 4:.1f}", spot.label,
            )
            for spot, (x, y) in zip(line.spots, places, strict=True)
        ),
    )  # fmt: skip
    return format_html('<polyline class="tint-{}" points="{}"/>{}', tint, way, circles)
