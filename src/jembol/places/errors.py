"""What places refuse."""

from jembol.kit.refusal import Refusal


class UnknownArea(Refusal):
    """No area has this code."""

    code = "unknown-area"


class NotOfThisLevel(Refusal):
    """The area stands on another level than the one needed."""

    code = "not-of-this-level"


class CityAlreadyOpen(Refusal):
    """The programme of this city runs here already."""

    code = "city-already-open"


class AreaExists(Refusal):
    """This RW or RT is there already."""

    code = "area-exists"


class NumberOutOfRange(Refusal):
    """An RW or RT has a number from 1 to 999."""

    code = "number-out-of-range"


class VenueExists(Refusal):
    """A venue of this name is there already."""

    code = "venue-exists"


class VenueIncomplete(Refusal):
    """A venue needs a name, and room for at least one person if its room is known."""

    code = "venue-incomplete"


class NotGeoJson(Refusal):
    """The document is no GeoJSON FeatureCollection with features."""

    code = "not-geojson"


class WrongCrs(Refusal):
    """The coordinates are not longitude and latitude in WGS 84."""

    code = "wrong-crs"


class SwappedCoordinates(WrongCrs):
    """Latitude stands before longitude."""

    code = "swapped-coordinates"


class WrongGeometry(Refusal):
    """A boundary is a Polygon or a MultiPolygon."""

    code = "wrong-geometry"


class BrokenPolygon(Refusal):
    """A ring is not closed, has too few points, or crosses itself."""

    code = "broken-polygon"


class RepeatedArea(Refusal):
    """Two features of one document bound the same area."""

    code = "repeated-area"
