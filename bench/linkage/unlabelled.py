"""Our engine with weights learned from the list itself, without labels and without what ships.

The keys, the comparison and the grouping are the engine's own. Only what each category is worth is
found here, by expectation and maximisation over two classes of independent fields (Winkler 1988),
because the shipped weights know what an equal NIK means among Indonesian families, and FEBRL's
social security numbers are others'. Two classes are too few for a city's register: from some 60,000
rows on, the likelier class is that of households, which FEBRL has none of.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.linkage.score import Numbers
from jembol.methods.linkage.blocking import blocks_of, count_patterns
from jembol.methods.linkage.columns import (
    Columns,
    columns_of_texts,
    frequencies_of,
    stacked,
    weighed,
)
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES
from jembol.methods.linkage.files import fields_in, header_of, pieces
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.link import ENOUGH_PAIRS, link
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.shares import Shares
from jembol.methods.linkage.spelling import spelled_alike
from jembol.methods.linkage.sums import PAIRS, Sum

THRESHOLD = 0.8
"""Seen from the truth: F1 of FEBRL 3 is .9985 at 0.5 and .9990 at 0.8, of FEBRL 4 .9998 at both."""
ROUNDS = 500
LEAST = 1e-5
"""No category is impossible in either class."""
PSEUDO_PAIRS = 0.5
WRONG = ("different", "conflict", "other", "against")


def groups(register: Path) -> Numbers:
    """Return a group for each row."""
    ids, parts = [], []
    for piece in pieces(register, fields_in(header_of(register))):
        ids += piece["record_id"]
        parts.append(columns_of_texts(piece))
    records = stacked(parts)
    alike = spelled_alike(records)
    frequencies = frequencies_of(alike)
    model = _learned(_counted(weighed(alike, frequencies)))
    linked = link(records, ids, threshold=THRESHOLD, model=model, frequencies=frequencies)
    return linked.clusters.astype(np.int64)


def _counted(columns: Columns) -> Numbers:
    blocks = blocks_of(columns)
    counts = np.zeros(PATTERNS, np.int64)
    every = max(1, int((blocks.sizes.astype(np.int64) ** 2 // 2).sum()) // ENOUGH_PAIRS)
    count_patterns(columns, blocks, 0, len(blocks.sizes), every, counts)
    return counts


def _learned(counts: Numbers) -> Model:
    patterns = np.flatnonzero(counts)
    weights = counts[patterns].astype(float)
    fields = np.unravel_index(patterns, SIZES)
    same, other, share = _first_guess(), _shares(fields, weights), 0.1
    for _round in range(ROUNDS):
        odds = np.log(share / (1 - share)) + sum(
            np.log(m[field] / u[field]) for field, m, u in zip(fields, same, other, strict=True)
        )
        chances = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
        before, share = share, float((weights * chances).sum() / weights.sum())
        same, other = _shares(fields, weights * chances), _shares(fields, weights * (1 - chances))
        if abs(before - share) < 1e-9:
            break
    weights = Sum(
        start=float(np.log2(share / (1 - share))),
        single=tuple(np.log2(m / u).astype(np.float32) for m, u in zip(same, other, strict=True)),
        double=tuple(np.zeros((SIZES[a], SIZES[b]), np.float32) for a, b in PAIRS),
    )
    return Model(weights, None, Shares(share, 0.0), join=(0.0, 1.0))


def _first_guess() -> list[np.ndarray]:
    """Return shares of categories in which disagreement is rare."""
    guesses = []
    for field in FIELDS:
        told = CATEGORIES[field]
        rare = np.array([0.01 if name.startswith(WRONG) else 1.0 for name in told])
        guesses.append(rare / rare.sum())
    return guesses


def _shares(fields: Sequence[Numbers], weights: np.ndarray) -> list[np.ndarray]:
    found = []
    for field, size in zip(fields, SIZES, strict=True):
        sums = np.bincount(field, weights, size) + PSEUDO_PAIRS / size
        found.append(np.maximum(sums / sums.sum(), LEAST))
    return found
