"""Who fits a class best: points for each reason, published, and shown with every person.

The points are the programme's: who was never reached comes first (RPJMD aim of less poverty), those
who live near can come, and who had this course has had it. No figure is a property of the person:
the same person has other points for another class. Welfare deciles are not among the parts, because
the register holds none; they are imported with their date, and never guessed (docs/algorithms).
"""

from collections.abc import Mapping
from typing import Final

from jembol.training.choices import FitPart

POINTS: Final[Mapping[FitPart, int]] = {
    FitPart.NEVER_IN_COURSE: 30,
    FitPart.SAME_KELURAHAN: 25,
    FitPart.NEARBY: 18,
    FitPart.SAME_KECAMATAN: 10,
    FitPart.NEVER_REACHED: 15,
    FitPart.NOT_FOR_LONG: 10,
    FitPart.NO_BUSINESS: 5,
    FitPart.DISABILITY: 10,
}
NEARBY_M: Final = 2_000.0
NOT_FOR_LONG_DAYS: Final = 365

PLACES: Final = (FitPart.SAME_KELURAHAN, FitPart.NEARBY, FitPart.SAME_KECAMATAN)
"""Of these the first that holds counts, and no other."""

Parts = tuple[tuple[FitPart, int], ...]


def fit(held: frozenset[FitPart]) -> Parts:
    """Return the parts that count for a person, each with its points.

    Args:
        held: Everything that is true of the person for this class.
    """
    near = next((part for part in PLACES if part in held), None)
    counted = (part for part in FitPart if part in held and (part not in PLACES or part == near))
    return tuple((part, POINTS[part]) for part in counted)


def score(parts: Parts) -> int:
    """Return the sum of the points."""
    return sum(points for _part, points in parts)
