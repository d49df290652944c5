"""Places on the globe."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

# Mean radius of the ellipsoid GRS 80 in metres (Moritz 2000, Journal of Geodesy 74(1), R1).
EARTH_RADIUS_M: Final = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS 84, in degrees.

    Raises:
        ValueError: a coordinate is outside its range or not a number.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        # A comparison with NaN is false, so NaN is refused too.
        if not -90 <= self.lat <= 90:
            raise ValueError(
                f"latitude {self.lat} is outside -90 to 90; is it written as lat, lon in degrees?"
            )
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon} is outside -180 to 180; give degrees")

    def distance_m(self, other: "Point") -> float:
        """Return the great-circle distance in metres.

        The haversine formula (Sinnott 1984, Sky and Telescope 68(2)), which stays exact for near
        points; the globe taken as a sphere errs by at most 0.6 %.
        """
        lat, other_lat = radians(self.lat), radians(other.lat)
        half_lat = sin((other_lat - lat) / 2)
        half_lon = sin(radians(other.lon - self.lon) / 2)
        chord = half_lat**2 + cos(lat) * cos(other_lat) * half_lon**2
        # Rounding can lift the value of two antipodes above 1, where asin ends.
        return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))
