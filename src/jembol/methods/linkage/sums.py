"""Log-odds that are a sum over the fields and over pairs of fields, small enough to be read.

A generalised additive model with interactions (Lou, Caruana, Gehrke and Hooker 2013); a table of
all patterns once it is laid out.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple, Self

import numpy as np

from jembol.methods.linkage.columns import Array
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES

PAIRS: Final = tuple(combinations(range(len(FIELDS)), 2))
_DECIMALS: Final = 3


class Sum(NamedTuple):
    """Weights in bits (log-odds to base 2).

    Attributes:
        start: Weight of a pair of which nothing is known.
        single: For each field, the weight of each category.
        double: For each two fields of `PAIRS`, (categories, categories) weights.
    """

    start: float
    single: tuple[Array, ...]
    double: tuple[Array, ...]

    def table(self) -> Array:
        """Return the log-odds of each pattern, float32 in the shape of the categories."""
        table = np.full(SIZES, self.start, np.float32)
        for place, weights in enumerate(self.single):
            table += _spread(weights, (place,))
        for places, weights in zip(PAIRS, self.double, strict=True):
            table += _spread(weights, places)
        return table

    def at(self, patterns: Array) -> Array:
        """Return the log-odds of some patterns, in the order in which the table holds them."""
        fields = np.unravel_index(patterns, SIZES)
        odds = np.full(len(patterns), self.start, np.float32)
        for field, weights in zip(fields, self.single, strict=True):
            odds += weights[field]
        for (one, other), weights in zip(PAIRS, self.double, strict=True):
            odds += weights[fields[one], fields[other]]
        return odds

    def bits(self, categories: Sequence[int]) -> list[float]:
        """Return what each field's category adds to the start.

        A weight of two fields together is divided between them evenly.
        """
        bits = [float(row[at]) for row, at in zip(self.single, categories, strict=True)]
        for (one, other), weights in zip(PAIRS, self.double, strict=True):
            half = float(weights[categories[one], categories[other]]) / 2
            bits[one] += half
            bits[other] += half
        return bits

    def to_json(self) -> dict[str, Any]:
        """Return the weights as plain values, by the names of fields and categories."""
        return {
            "start": self.start,
            "single": named(self.single),
            "double": {
                f"{FIELDS[one]} {FIELDS[other]}": [_rounded(row) for row in weights]
                for (one, other), weights in zip(PAIRS, self.double, strict=True)
            },
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the weights of `to_json`.

        Raises:
            KeyError: a field or category is missing.
            ValueError: a field has other categories.
        """
        double = tuple(
            np.array(values["double"][f"{FIELDS[one]} {FIELDS[other]}"], np.float32)
            for one, other in PAIRS
        )
        for (one, other), weights in zip(PAIRS, double, strict=True):
            if weights.shape != (SIZES[one], SIZES[other]):
                raise ValueError(f"the model has other categories of {FIELDS[one]}; learn it again")
        return cls(float(values["start"]), arrays(values["single"]), double)


def named(weights: Sequence[Array]) -> dict[str, dict[str, float]]:
    """Return single weights by the names of field and category; nothing for no weights."""
    return {
        field: dict(zip(CATEGORIES[field], _rounded(row), strict=True))
        for field, row in zip(FIELDS, weights, strict=bool(weights))
    }


def arrays(told: Mapping[str, Mapping[str, float]]) -> tuple[Array, ...]:
    """Return the single weights of `named`."""
    return tuple(
        np.array([told[field][name] for name in CATEGORIES[field]], np.float32) for field in FIELDS
    )


def _spread(weights: Array, places: tuple[int, ...]) -> Array:
    shape = [SIZES[place] if place in places else 1 for place in range(len(SIZES))]
    return weights.reshape(shape).astype(np.float32)


def _rounded(row: Array) -> list[float]:
    return [round(float(value), _DECIMALS) for value in row]
