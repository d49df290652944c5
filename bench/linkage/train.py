"""Learn the shipped weights: `python -m bench.linkage.train PEOPLE… --out FILE --words FILE`.

Each PEOPLE.csv has its truth beside it as PEOPLE.truth.csv. Learned are the single and double
weights, for one person and, among two people, for one household (logistic regression with a ridge);
the shares of both; and how the mean log-odds of two groups turn into a probability. With
`--person FILE` the weights for one person stay as they are in FILE. Registers for testing are made
with other cities and seeds.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse

from bench.linkage.joins import judged
from bench.linkage.reading import read_register
from jembol.methods.linkage.alike import compiled
from jembol.methods.linkage.blocking import blocks_of
from jembol.methods.linkage.clusters import decided_of, tree_of
from jembol.methods.linkage.columns import frequencies_of, weighed
from jembol.methods.linkage.evidence import SIZES
from jembol.methods.linkage.kernel import PATTERNS, pattern
from jembol.methods.linkage.link import EDGE_FLOOR, edges_of, learned
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.shares import Shares
from jembol.methods.linkage.spelling import spelled_alike
from jembol.methods.linkage.sums import PAIRS, Sum

SINGLE_RIDGE = 1.0
DOUBLE_RIDGE = 3.0
ROUNDS = 800


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--person", type=Path, help="a file of weights for one person to be kept")
    given = parser.parse_args()
    registers = [_Register(path) for path in given.people]
    same, kin, total = (sum(counts) for counts in zip(*(r.counts for r in registers), strict=True))
    model = _kept(given.person, same, kin, total) if given.person else _fitted(same, kin, total)
    model = replace(model, join=_calibrated(model, registers))
    given.out.write_text(json.dumps(model.to_json(), separators=(",", ":")) + "\n", "utf-8")
    if not given.person:
        # The first register stands for how common names are where nothing has been counted yet.
        common = registers[0].frequencies.to_json() | {"phones": {}}
        given.words.write_text(json.dumps(common, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(np.flatnonzero(total))} patterns, {model.learned}, join {model.join}")


class _Register:
    """One register, with the pairs of each pattern: one person, one household, and all."""

    def __init__(self, path: Path) -> None:
        columns, self.person, household = read_register(path)
        columns = spelled_alike(columns)
        self.frequencies = frequencies_of(columns)
        self.columns = weighed(columns, self.frequencies)
        self.blocks = blocks_of(self.columns)
        everything = np.ones(PATTERNS, np.float32)
        edges = edges_of(self.columns, self.blocks, everything)
        patterns = np.empty(len(edges.left), np.int64)
        _fill(self.columns, edges.left, edges.right, patterns)
        is_same = self.person[edges.left] == self.person[edges.right]
        is_kin = ~is_same & (household[edges.left] == household[edges.right])
        kinds = (is_same, is_kin, np.ones_like(is_same))
        self.counts = [np.bincount(patterns, kind, PATTERNS) for kind in kinds]


@compiled
def _fill(columns: Any, left: Any, right: Any, patterns: Any) -> None:
    for edge in range(len(left)):
        patterns[edge] = pattern(columns, left[edge], columns, right[edge])


def _fitted(same: Any, kin: Any, total: Any) -> Model:
    shares = Shares(float(same.sum() / total.sum()), float(kin.sum() / total.sum()))
    return Model(_sum(same, total), _sum(kin, total - same), shares, (0.0, 1.0))


def _kept(file: Path, same: Any, kin: Any, total: Any) -> Model:
    """Return the model of the file with what these pairs teach of households.

    The share of one person stays, with as many relatives for each such pair as there are here.
    """
    values = json.loads(file.read_text("utf-8"))
    person = float(values["learned"]["person"])
    shares = Shares(person, person * float(kin.sum() / same.sum()))
    others = total - same
    among = np.log2(shares.household / shares.strangers)
    here = np.log2(kin.sum() / (others.sum() - kin.sum()))
    household = _sum(kin, others)
    household = household._replace(start=household.start + float(among - here))
    return Model(Sum.from_json(values), household, shares, (0.0, 1.0))


def _sum(positive: Any, total: Any) -> Sum:
    found = np.flatnonzero(total)
    design, widths = _design(found)
    positive, total = positive[found], total[found]
    ridge = np.concatenate(
        [
            [0.0],
            np.full(sum(SIZES), SINGLE_RIDGE),
            np.full(design.shape[1] - 1 - sum(SIZES), DOUBLE_RIDGE),
        ]
    )

    def loss(weights: Any) -> tuple[float, Any]:
        odds = design @ weights
        chances = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
        lost = positive @ np.logaddexp(0, -odds) + (total - positive) @ np.logaddexp(0, odds)
        gradient = design.T @ (total * chances - positive) + ridge * weights
        return lost + ridge @ weights**2 / 2, gradient

    result = scipy.optimize.minimize(
        loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B",
        options={"maxiter": ROUNDS, "maxfun": 2 * ROUNDS},
    )  # fmt: skip
    parts = np.split(result.x / np.log(2), np.cumsum([1, *widths])[:-1])
    single = tuple(part.astype(np.float32) for part in parts[1 : 1 + len(SIZES)])
    double = tuple(
        part.reshape(SIZES[one], SIZES[other]).astype(np.float32)
        for part, (one, other) in zip(parts[1 + len(SIZES) :], PAIRS, strict=True)
    )
    return _from_missing(Sum(float(parts[0][0]), single, double))


def _from_missing(told: Sum) -> Sum:
    """Return the same sums with nothing added by a missing field, alone or beside another.

    "Missing" is the first category of each field; what it weighed goes to the others and the start.
    """
    start, double = told.start, []
    single = [weights.copy() for weights in told.single]
    for (one, other), weights in zip(PAIRS, told.double, strict=True):
        corner = weights[0, 0]
        single[one] += weights[:, 0] - corner
        single[other] += weights[0, :] - corner
        start += float(corner)
        double.append(weights - weights[:, :1] - weights[:1, :] + corner)
    start += sum(float(weights[0]) for weights in single)
    single = [weights - weights[0] for weights in single]
    return Sum(start, tuple(single), tuple(double))


def _design(patterns: Any) -> tuple[Any, list[int]]:
    fields = np.unravel_index(patterns, SIZES)
    places = [(field, size) for field, size in zip(fields, SIZES, strict=True)]
    places += [(fields[a] * SIZES[b] + fields[b], SIZES[a] * SIZES[b]) for a, b in PAIRS]
    widths = [size for _place, size in places]
    starts = np.cumsum([1, *widths])
    columns = np.stack(
        [np.zeros(len(patterns), np.int64)]
        + [start + place for start, (place, _size) in zip(starts, places, strict=False)],
        axis=1,
    )
    rows = np.repeat(np.arange(len(patterns)), columns.shape[1])
    shape = (len(patterns), int(starts[-1]))
    return scipy.sparse.csr_matrix((np.ones(columns.size), (rows, columns.ravel())), shape), widths


def _calibrated(model: Model, registers: list[_Register]) -> tuple[float, float]:
    """Fit intercept and slope of the log-odds of a join of larger groups, weighted by its pairs."""
    heights, same, pairs = [], [], []
    for one in registers:
        moved = learned(one.columns, one.blocks, model)
        edges = edges_of(one.columns, one.blocks, moved.scores)
        nothing = decided_of(np.zeros((0, 2)), np.zeros((0, 2)))
        tree = tree_of(
            one.columns, moved.scores, edges.left, edges.right, edges.weights, nothing, EDGE_FLOOR
        )
        found = judged(tree.left, tree.right, one.person)
        is_larger = found[1] > 1
        heights.append(tree.heights[is_larger])
        same.append(found[0][is_larger])
        pairs.append(found[1][is_larger])
    height, right, total = map(np.concatenate, (heights, same, pairs))

    def loss(line: Any) -> float:
        odds = (line[0] + line[1] * height) * np.log(2)
        return float(right @ np.logaddexp(0, -odds) + (total - right) @ np.logaddexp(0, odds))

    line = scipy.optimize.minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x
    return round(float(line[0]), 3), round(float(line[1]), 3)


if __name__ == "__main__":
    main()
