"""What evidence is worth: a weight for each category, and for each two categories together.

Fields are not independent: an equal date of birth says little beside an equal NIK, and much beside
an equal telephone number in one house. So the log-odds of "one person" are a sum over the fields
and over pairs of fields (a generalised additive model with interactions: Lou, Caruana, Gehrke and
Hooker 2013), small enough to be read, and a table once it is laid out. The weights are shipped;
they were learned from invented registers (`bench/linkage`), and a missing field weighs nothing.
What differs from register to register needs no label: how telling a word is
(`columns.Frequencies`), and the share of pairs that are one person, which expectation and
maximisation finds from the pairs themselves (Saerens, Latinne and Decaestecker 2002). Verdicts of a
city's officers then move the weights of single categories, a little and within bounds.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np

from jembol.methods.linkage.columns import Array
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES

PAIRS: Final = tuple(combinations(range(len(FIELDS)), 2))
MOST_BITS: Final = 40.0
MOST_SHIFT: Final = 8.0
"""Bits by which another share of matches may move all weights."""

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


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in bits (log-odds to base 2).

    Attributes:
        start: Weight of a pair of which nothing is known, in the registers it was learned from.
        share: Share of pairs that were one person there, 0 to 1.
        single: For each field, the weight of each category.
        double: For each two fields of `PAIRS`, (categories, categories) weights.
        join: Intercept and slope that turn the mean log-odds of two groups of more than two records
            into the log-odds that they are one person.
        shift: What the share of matches in this register adds.
        sharpening: For each field, what this city's verdicts add to each category.
    """

    start: float
    share: float
    single: tuple[Array, ...]
    double: tuple[Array, ...]
    join: tuple[float, float]
    shift: float = 0.0
    sharpening: tuple[Array, ...] = ()

    @classmethod
    def shipped(cls) -> Self:
        """Return the model that comes with Jembol."""
        return cls.from_json(_shipped())

    @property
    def scores(self) -> Array:
        """Log-odds of each pattern, float32, in the order of `kernel.pattern`."""
        table = np.full(SIZES, self.start + self.shift, np.float32)
        for place, weights in enumerate(self.weights):
            table += _spread(weights, (place,))
        for places, weights in zip(PAIRS, self.double, strict=True):
            table += _spread(weights, places)
        return np.clip(table.ravel(), -MOST_BITS, MOST_BITS)

    @property
    def weights(self) -> tuple[Array, ...]:
        """The single weights with the city's sharpening."""
        if not self.sharpening:
            return self.single
        return tuple(a + b for a, b in zip(self.single, self.sharpening, strict=True))

    def explained(self, categories: Sequence[int]) -> Evidence:
        """Return what each field's category is worth beside the others.

        A weight of two fields together is divided between them evenly.
        """
        bits = [float(row[at]) for row, at in zip(self.weights, categories, strict=True)]
        for (one, other), weights in zip(PAIRS, self.double, strict=True):
            half = float(weights[categories[one], categories[other]]) / 2
            bits[one] += half
            bits[other] += half
        start = self.start + self.shift
        total = min(max(start + sum(bits), -MOST_BITS), MOST_BITS)
        parts = tuple(
            Part(field, CATEGORIES[field][at], round(value, _DECIMALS))
            for field, at, value in zip(FIELDS, categories, bits, strict=True)
        )
        return Evidence(total, probability(total), start, parts)

    def shifted_to(self, counts: Array) -> Self:
        """Return the model with the share of matches that these pairs themselves show.

        Args:
            counts: (PATTERNS,) pairs of each pattern.
        """
        patterns = np.flatnonzero(counts)
        if not len(patterns):
            return self
        weights = counts[patterns] / counts.sum()
        odds = replace(self, shift=0.0).scores[patterns].astype(np.float64) * math.log(2)
        share, before = self.share, _logit(self.share)
        for _round in range(200):
            chances = 1 / (1 + np.exp(-np.clip(odds + _logit(share) - before, -40, 40)))
            found = min(max(float((weights * chances).sum()), 1e-6), 0.9)
            if abs(found - share) < 1e-9:
                break
            share = found
        shift = (_logit(share) - before) / math.log(2)
        return replace(self, shift=min(max(shift, -MOST_SHIFT), MOST_SHIFT))

    def moved(self, shift: float) -> Self:
        """Return the model with this shift."""
        return replace(self, shift=shift)

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
            "start": self.start,
            "share": self.share,
            "join": list(self.join),
            "shift": self.shift,
            "single": _named(self.single),
            "sharpening": _named(self.sharpening),
            "double": {
                f"{FIELDS[one]} {FIELDS[other]}": [_rounded(row) for row in weights]
                for (one, other), weights in zip(PAIRS, self.double, strict=True)
            },
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the model of `to_json`.

        Raises:
            ValueError: it was written for other fields or categories.
        """
        try:
            model = cls(
                start=float(values["start"]),
                share=float(values["share"]),
                join=(float(values["join"][0]), float(values["join"][1])),
                shift=float(values.get("shift", 0.0)),
                single=_arrays(values["single"]),
                sharpening=_arrays(values["sharpening"]) if values.get("sharpening") else (),
                double=tuple(
                    np.array(values["double"][f"{FIELDS[one]} {FIELDS[other]}"], np.float32)
                    for one, other in PAIRS
                ),
            )
        except KeyError as missing:
            raise ValueError(f"the model lacks {missing}; learn it again") from None
        for (one, other), weights in zip(PAIRS, model.double, strict=True):
            if weights.shape != (SIZES[one], SIZES[other]):
                raise ValueError(f"the model has other categories of {FIELDS[one]}; learn it again")
        return model


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


def _spread(weights: Array, places: tuple[int, ...]) -> Array:
    shape = [SIZES[place] if place in places else 1 for place in range(len(SIZES))]
    return weights.reshape(shape).astype(np.float32)


def _named(weights: Sequence[Array]) -> dict[str, dict[str, float]]:
    return {
        field: dict(zip(CATEGORIES[field], _rounded(row), strict=True))
        for field, row in zip(FIELDS, weights, strict=bool(weights))
    }


def _arrays(named: Mapping[str, Mapping[str, float]]) -> tuple[Array, ...]:
    return tuple(
        np.array([named[field][name] for name in CATEGORIES[field]], np.float32) for field in FIELDS
    )


def _rounded(row: Array) -> list[float]:
    return [round(float(value), _DECIMALS) for value in row]


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


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
