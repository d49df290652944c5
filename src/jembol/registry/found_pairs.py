"""Pairs that a search found to be one perhaps, and how much an answer about one changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

Part = Sequence[Any]
"""What one field says: its name, the category, and the bits for (or, below zero, against)."""

BARELY_OPEN: Final = 1e-4


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two records, the smaller key first, that may be one.

    Attributes:
        low: Smaller key.
        high: Greater key.
        probability: That they are one, 0 to 1.
        parts: What each field says.
        value: How much an answer changes, see `value_of`.
    """

    low: int
    high: int
    probability: float
    parts: Sequence[Part]
    value: float


def value_of(probability: float, hanging: int) -> float:
    """Return how much an answer changes what is counted.

    The variance of the answer, p(1-p), says how little we know; one plus the rows that hang on
    both records says how many counts move with it. A pair that is nearly certain keeps a little
    value, so that what hangs on it still orders it.

    Args:
        probability: That the pair is one, 0 to 1.
        hanging: Classes, enterprises, groups and consents of both records.
    """
    doubt = max(probability * (1 - probability), BARELY_OPEN)
    return round(doubt * (1 + hanging), 9)
