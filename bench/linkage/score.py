"""`python -m bench.linkage.score CLUSTERS TRUTH`: how well groups of records agree with the truth.

Pairs are counted from group sizes and never listed, except those wrongly joined in small groups.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

SMALL_GROUP = 200
"""In a larger group not every wrong pair is looked at, only a sample that stands for all."""
SAMPLE = 20_000
AT_ONCE = 2_000_000
FALSE_KINDS = (
    "card number as NIK", "NIK of a relative", "twins", "spouses", "other relatives",
    "namesakes", "strangers",
)  # fmt: skip
CARD, SHARED_NIK, TWINS, SPOUSES, RELATIVES, NAMESAKES, STRANGERS = range(len(FALSE_KINDS))


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of each record, as numbers in the order of the file."""

    records: Sequence[str]
    person: Numbers
    household: Numbers
    name: Numbers
    role: NDArray[np.str_]
    slips: Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How well groups agree with the truth."""

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    recall_by_slip: dict[str, tuple[float, int]] = field(default_factory=dict)
    """By kind of slip on either side of a true pair: the share found, and how many there are."""
    false_pairs: dict[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Yield the score as text."""
        yield f"pairs    P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}"
        yield f"B-cubed  P {self.b3_precision:.4f}  R {self.b3_recall:.4f}  F1 {self.b3_f1:.4f}"
        for kind, (share, count) in sorted(self.recall_by_slip.items()):
            yield f"recall   {share:.4f}  {kind} ({count:,} pairs)"
        for kind, count in self.false_pairs.items():
            yield f"false    {count:>9,}  {kind}"


def read_truth(path: Path, of: str = "person_id") -> Truth:
    """Read the truth beside a register; records that are nobody's are left out.

    Args:
        path: The file that `bench.linkage.register` wrote.
        of: The column that tells what belongs together.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[of]]
    return Truth(
        records=[row["record_id"] for row in rows],
        person=coded([row[of] for row in rows]),
        household=coded([row.get("household_id", row[of]) for row in rows]),
        name=coded([row.get("name_id", row[of]) for row in rows]),
        role=np.array([row.get("role", "") for row in rows]),
        slips=[frozenset(row.get("errors", "").split("|")) - {""} for row in rows],
    )


def read_clusters(path: Path, records: Sequence[str]) -> Numbers:
    """Return the group of each of these records; one that the file leaves out stands alone."""
    with path.open(encoding="utf-8", newline="") as file:
        told = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    return coded([told.get(record, f"\0{record}") for record in records])


def coded(words: Sequence[str]) -> Numbers:
    """Return a number for each word, equal where words are equal."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)


def score(cluster: Numbers, truth: Truth) -> Score:
    """Compare groups with the truth.

    Args:
        cluster: The group of each record, in the order of the truth.
        truth: What is true.
    """
    both = _crossed(cluster, truth.person)
    found, claimed, true = (_pairs(_sizes(one)) for one in (both, cluster, truth.person))
    precision = found / claimed if claimed else 1.0
    recall = found / true if true else 1.0
    overlap = _sizes(both)[both]
    b3_precision = float(np.mean(overlap / _sizes(cluster)[cluster]))
    b3_recall = float(np.mean(overlap / _sizes(truth.person)[truth.person]))
    return Score(
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
        b3_f1=_harmonic(b3_precision, b3_recall),
        recall_by_slip=_recall_by_slip(both, truth),
        false_pairs=_false_pairs(cluster, truth),
    )


def _crossed(one: Numbers, other: Numbers) -> Numbers:
    """Return a number for each combination."""
    codes = one * (int(other.max(initial=0)) + 1) + other
    places: Numbers = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return places


def _sizes(groups: Numbers) -> Numbers:
    return np.bincount(groups).astype(np.int64)


def _pairs(sizes: Numbers) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _recall_by_slip(both: Numbers, truth: Truth) -> dict[str, tuple[float, int]]:
    kinds = sorted(set[str]().union(*truth.slips)) if truth.slips else []
    shares = {}
    for kind in kinds:
        clean = np.array([kind not in slips for slips in truth.slips])
        met = _pairs(_sizes(truth.person)) - _pairs(_sizes(truth.person[clean]))
        found = _pairs(_sizes(both)) - _pairs(_sizes(both[clean]))
        if met:
            shares[kind] = (found / met, met)
    # For comparison: both rows without any slip.
    clean = np.array([not slips for slips in truth.slips])
    if met := _pairs(_sizes(truth.person[clean])):
        shares["(none)"] = (_pairs(_sizes(both[clean])) / met, met)
    return shares


def _false_pairs(cluster: Numbers, truth: Truth) -> dict[str, int]:
    of_relative = np.array(["nik_other" in slips for slips in truth.slips], bool)
    of_card = np.array(["nik_card" in slips for slips in truth.slips], bool)
    counts: Counter[int] = Counter()
    for pairs, weight in _joined(cluster):
        is_false = truth.person[pairs[0]] != truth.person[pairs[1]]
        one, other = pairs[:, is_false]
        at_home = truth.household[one] == truth.household[other]
        roles = np.sort(np.stack([truth.role[one], truth.role[other]]), axis=0)
        kind = np.select(
            [
                at_home & (of_card[one] | of_card[other]),
                at_home & (of_relative[one] | of_relative[other]),
                at_home & (roles[0] == "twin") & (roles[1] == "twin"),
                at_home & (roles[0] == "head") & (roles[1] == "spouse"),
                at_home,
                truth.name[one] == truth.name[other],
            ],
            [CARD, SHARED_NIK, TWINS, SPOUSES, RELATIVES, NAMESAKES],
            STRANGERS,
        )
        for number, count in zip(*np.unique(kind, return_counts=True), strict=True):
            counts[int(number)] += round(count * weight)
    return {name: counts[number] for number, name in enumerate(FALSE_KINDS)}


def _joined(cluster: Numbers) -> Iterator[tuple[Numbers, float]]:
    """Yield pairs of records in one group, two rows, and how many pairs each stands for."""
    order = np.argsort(cluster, kind="stable")
    sizes = _sizes(cluster)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for size in np.unique(sizes[sizes > 1]):
        first = starts[sizes == size]
        if size > SMALL_GROUP:
            yield from _sampled(order, first, int(size))
            continue
        low, high = np.triu_indices(size, 1)
        step = max(1, AT_ONCE // len(low))
        for begin in range(0, len(first), step):
            some = first[begin : begin + step, None]
            yield order[np.stack([(some + low).ravel(), (some + high).ravel()])], 1.0


def _sampled(order: Numbers, first: Numbers, size: int) -> Iterator[tuple[Numbers, float]]:
    dice = np.random.default_rng(size)
    for start in first:
        low = dice.integers(0, size, SAMPLE)
        high = (low + dice.integers(1, size, SAMPLE)) % size
        yield order[np.stack([start + low, start + high])], size * (size - 1) / 2 / SAMPLE


def main() -> None:
    """Print the score of a file of clusters."""
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.score", description=__doc__)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--of", default="person_id", help="or enterprise_id")
    asked = parser.parse_args()
    truth = read_truth(asked.truth, asked.of)
    print("\n".join(score(read_clusters(asked.clusters, truth.records), truth).lines()))


if __name__ == "__main__":
    main()
