"""What evidence is worth: a weight for each category, and for each two categories together.

Fields are not independent: an equal date of birth says little beside an equal NIK, and much beside
an equal telephone number in one house. So the log-odds of "one person" are a sum over the fields
and over pairs of fields (`sums`). The weights are shipped; they were learned from invented
registers (`bench/linkage`), and a missing field weighs nothing. What differs from register to
register needs no label: how telling a word is (`columns.Frequencies`), and how many pairs are one
person, one household or strangers (`shares`). Verdicts of a city's officers then move the weights
of single categories, a little and within bounds.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np

from jembol.methods.linkage.columns import Array
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES
from jembol.methods.linkage.shares import Shares, found, shift
from jembol.methods.linkage.sums import Sum, arrays, named

MOST_BITS: Final = 40.0
MOST_SHARPENING: Final = 3.0
"""Bits by which a city's verdicts may move the weight of one category."""

_SHIPPED: Final = Path(__file__).with_name("shipped.json")
_DECIMALS: Final = 3


class Part(NamedTuple):
    """What one field says: its category, and its bits for (or, below zero, against) one person."""

    field: str
    category: str
    bits: float


class Evidence(NamedTuple):
    """What two records say together.

    Attributes:
        log_odds: Base 2; `start` and the parts add up to it.
        probability: That they are one person, 0 to 1.
        start: What is known before anything is compared.
        parts: By field, in the order of `evidence.FIELDS`.
    """

    log_odds: float
    probability: float
    start: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Model:
    """What evidence is worth, and what is known of the register it is found in.

    Attributes:
        person: Weights for one person.
        household: Weights for one household, given that it is two people; None where there are no
            households.
        learned: The shares of pairs in the registers that the weights were learned from.
        join: Intercept and slope that turn the mean log-odds of two groups of more than two records
            into the log-odds that they are one person.
        here: The shares of pairs in this register; None takes them for those above.
        sharpening: For each field, what this city's verdicts add to each category.
    """

    person: Sum
    household: Sum | None
    learned: Shares
    join: tuple[float, float]
    here: Shares | None = None
    sharpening: tuple[Array, ...] = ()

    @classmethod
    def shipped(cls) -> Self:
        """Return the model that comes with Jembol."""
        return cls.from_json(_shipped())

    @cached_property
    def scores(self) -> Array:
        """Log-odds of each pattern, float32, in the order of `kernel.pattern`."""
        table = self.sharp.table()
        if self.here is not None:
            kin = _probabilities(self.household.table()) if self.household else 0.0
            table += shift(kin, self.learned, self.here)
        return np.clip(table.ravel(), -MOST_BITS, MOST_BITS)

    @property
    def sharp(self) -> Sum:
        """The weights for one person with the city's sharpening."""
        if not self.sharpening:
            return self.person
        pairs = zip(self.person.single, self.sharpening, strict=True)
        return self.person._replace(single=tuple(a + b for a, b in pairs))

    def explained(self, categories: Sequence[int]) -> Evidence:
        """Return what each field's category is worth beside the others.

        What the shares of this register add stands in the start: it depends on all fields at once.
        """
        sharp = self.sharp
        bits = sharp.bits(categories)
        start = sharp.start + self._shift(categories)
        total = min(max(start + sum(bits), -MOST_BITS), MOST_BITS)
        parts = tuple(
            Part(field, CATEGORIES[field][at], round(value, _DECIMALS))
            for field, at, value in zip(FIELDS, categories, bits, strict=True)
        )
        return Evidence(total, probability(total), start, parts)

    def _shift(self, categories: Sequence[int]) -> float:
        if self.here is None:
            return 0.0
        kin = self.household
        bits = -math.inf if kin is None else kin.start + sum(kin.bits(categories))
        return float(shift(probability(bits), self.learned, self.here))

    def of_register(self, counts: Array) -> Self:
        """Return the model with the shares that the pairs of a register show.

        Args:
            counts: (PATTERNS,) pairs of each pattern.
        """
        patterns = np.flatnonzero(counts)
        if not len(patterns):
            return self
        as_learned = _probabilities(self.sharp.at(patterns))
        kin = self.household
        households = _probabilities(kin.at(patterns)) if kin else np.zeros(len(patterns))
        weights = counts[patterns] / counts.sum()
        return self.holding(found(as_learned, households, weights, self.learned))

    def holding(self, here: Shares | None) -> Self:
        """Return the model with these shares."""
        return replace(self, here=here)

    def sharpened(self, categories: Array, is_same: Array) -> Self:
        """Return the model with what a city's verdicts teach, each weight within its bound.

        Args:
            categories: (n, fields) categories of the judged pairs.
            is_same: (n,) whether they were judged one person.
        """
        plain = replace(self, sharpening=())
        moved = _penalised(
            plain,
            np.asarray(categories, np.int64).reshape(-1, len(FIELDS)),
            np.asarray(is_same, bool),
        )
        return replace(plain, sharpening=moved)

    def to_json(self) -> dict[str, Any]:
        """Return the model as plain values."""
        return {
            **self.person.to_json(),
            "household": self.household.to_json() if self.household else None,
            "learned": self.learned._asdict(),
            "join": list(self.join),
            "here": self.here._asdict() if self.here else None,
            "sharpening": named(self.sharpening),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the model of `to_json`.

        Raises:
            ValueError: it was written for other fields or categories.
        """
        kin, here, more = (values.get(name) for name in ("household", "here", "sharpening"))
        try:
            return cls(
                person=Sum.from_json(values),
                household=Sum.from_json(kin) if kin else None,
                learned=Shares(**values["learned"]),
                join=(float(values["join"][0]), float(values["join"][1])),
                here=Shares(**here) if here else None,
                sharpening=arrays(more) if more else (),
            )
        except KeyError as missing:
            raise ValueError(f"the model lacks {missing}; learn it again") from None


def log_odds(wanted: float) -> float:
    """Return the log-odds (base 2) of a probability above 0 and below 1."""
    return math.log2(wanted / (1 - wanted))


def probability(log_odds: float) -> float:
    """Return the probability of log-odds to base 2."""
    return float(1 / (1 + 2.0 ** -max(-60.0, min(60.0, log_odds))))


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return values


def _probabilities(bits: Array) -> Array:
    chances: Array = 1 / (1 + np.exp2(-np.clip(bits, -MOST_BITS, MOST_BITS)))
    return chances


_RIDGE: Final = 4.0
_STEPS: Final = 200
_STEP: Final = 0.5


def _penalised(model: Model, categories: Array, is_same: Array) -> tuple[Array, ...]:
    """Return the changes of single weights that verdicts ask for (ridge around what is shipped).

    Gradient steps, each scaled by how often the category was judged, so that none overshoots.
    """
    moved = [np.zeros(size) for size in SIZES]
    if not len(categories):
        return tuple(row.astype(np.float32) for row in moved)
    known = model.scores[np.ravel_multi_index(tuple(categories.T), SIZES)].astype(np.float64)
    judged = [np.bincount(categories[:, place], minlength=size) for place, size in enumerate(SIZES)]
    for _step in range(_STEPS):
        odds = known + sum(row[categories[:, place]] for place, row in enumerate(moved))
        missing = is_same - 1 / (1 + np.exp(-np.clip(odds * math.log(2), -40, 40)))
        for place in range(len(SIZES)):
            row = moved[place]
            gradient = np.bincount(categories[:, place], missing, SIZES[place]) - _RIDGE * row / 4
            further = row + _STEP * gradient / (judged[place] / 4 + _RIDGE)
            moved[place] = np.clip(further, -MOST_SHARPENING, MOST_SHARPENING)
    return tuple(row.astype(np.float32) for row in moved)
