"""Travel from points on the map, where no road times are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

EARTH_KM: Final = 6371.0088
SPEED_KMH: Final = 18.0
"""A motorcycle in a city, with traffic and the last alley."""
DETOUR: Final = 1.35
"""How much longer a way by road is than as the crow flies."""


def travel_between(
    points: Sequence[tuple[float, float]], *, speed_kmh: float = SPEED_KMH, detour: float = DETOUR
) -> tuple[tuple[int, ...], ...]:
    """Return whole seconds between points (latitude, longitude), by the haversine and a detour."""
    lat, lon = np.radians(np.asarray(points, float).reshape(-1, 2)).T
    chord = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    # A floating point differs between processors in its last digit; rounded it does not matter.
    seconds = np.rint(np.round(km * detour / speed_kmh * 3600, 3)).astype(int)
    return tuple(map(tuple, seconds.tolist()))
