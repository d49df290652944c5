"""What papers decide from values alone: sheets in millimetres, clean data, where a fault stands."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from jembol.papers.choices import Size

SHEETS_MM: Final[dict[str, tuple[int, int]]] = {Size.A4: (210, 297), Size.F4: (215, 330)}
"""Width and height, upright."""

MAX_TEMPLATE: Final = 60_000
"""Letters of one template; the longest default has about 6,000."""

# Signs that turn the direction of what follows (Unicode 15, Bidi_Control without the marks and
# without the joiners that Arabic, Javanese and others need). In a name they could reverse the rest
# of the line, so that a certificate seems to say something else.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069\x00]")
_PLACE: Final = re.compile(r"(?P<file>[\w.-]+\.typ):(?P<line>\d+):(?P<column>\d+)")
_MAIN: Final = "main.typ"


def sheet(size: str, *, landscape: bool = False) -> dict[str, int]:
    """Return width and height of a sheet in millimetres."""
    width, height = SHEETS_MM[size]
    return {"lebar": height, "tinggi": width} if landscape else {"lebar": width, "tinggi": height}


def printable(data: Any) -> Any:
    """Return data as JSON holds them, with texts that cannot turn the direction of a line."""
    if isinstance(data, str):
        return _TURNING.sub("", data)
    if isinstance(data, Mapping):
        return {str(key): printable(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [printable(value) for value in data]
    return data


def line_of_fault(diagnostic: str) -> int | None:
    """Return the line of a city's template where typst stumbled; None when it is elsewhere."""
    places = [found for found in _PLACE.finditer(diagnostic) if found["file"] == _MAIN]
    return int(places[0]["line"]) if places else None
