"""`python -m bench.linkage.joins`: from which probability merging needs nobody's eye.

Our engine's joins on fresh registers, the surest first, held against the truth: precision and
recall at every threshold, how many records somebody would have to look at, and how much was
compared to find them. Nothing here is timed.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.linkage.reading import read_register
from bench.linkage.score import Numbers
from bench.linkage.styles import STYLES
from bench.linkage.tasks import SIZES, made
from jembol.methods.linkage.link import Joins, Linked, link

Shares = NDArray[np.float64]
SAFE = 0.995
"""The precision of merges that nobody looks at, see the goals in docs/benchmarks.md."""
ASKED_FROM = 0.3
"""Below it two groups are not worth a question."""
THRESHOLDS = (0.3, 0.5, 0.7, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Curve:
    """What joining down to each join would bring, the surest first."""

    probabilities: Shares
    precision: Shares
    recall: Shares

    def reach(self, least: float) -> int:
        """Return how many joins are at least as probable."""
        return int(np.searchsorted(-self.probabilities, -least, side="right"))

    def safe(self) -> float:
        """Return the lowest probability from which on precision is that of safe merges."""
        good = np.flatnonzero(self.precision >= SAFE)
        return float(self.probabilities[good[-1]]) if len(good) else 1.0

    def at(self, least: float) -> tuple[float, float]:
        """Return precision and recall of all joins that are at least as probable."""
        place = self.reach(least) - 1
        if place < 0:
            return 1.0, 0.0
        return float(self.precision[place]), float(self.recall[place])


def judged(left: Numbers, right: Numbers, person: Numbers) -> tuple[Shares, Shares]:
    """Return for each join the pairs across it that are one person, and all pairs across it.

    Args:
        left: A record of the one group.
        right: A record of the other.
        person: For each record whom it is about.
    """
    groups = {place: {int(owner): 1} for place, owner in enumerate(person)}
    root = list(range(len(person)))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    same, pairs = np.zeros(len(left)), np.zeros(len(left))
    for join, (one, other) in enumerate(zip(left, right, strict=True)):
        low, high = find(int(one)), find(int(other))
        kept, taken = groups[low], groups.pop(high)
        same[join] = sum(count * kept.get(owner, 0) for owner, count in taken.items())
        pairs[join] = sum(kept.values()) * sum(taken.values())
        for owner, count in taken.items():
            kept[owner] = kept.get(owner, 0) + count
        root[high] = low
    return same, pairs


def curve_of(joins: Joins, person: Numbers) -> Curve:
    """Hold the joins against the truth."""
    same, pairs = judged(joins.left, joins.right, person)
    sizes = np.bincount(person)
    true = (sizes * (sizes - 1) // 2).sum()
    return Curve(
        probabilities=joins.probabilities,
        precision=np.cumsum(same) / np.cumsum(pairs),
        recall=np.cumsum(same) / true,
    )


def _lines(linked: Linked, person: Numbers) -> Iterator[str]:
    count = len(person)
    curve = curve_of(linked.joins, person)
    keys, entries = linked.left_out
    yield f"{linked.pairs / count:.1f} pairs compared for each record."
    yield f"{keys:,} keys left out as too common; {entries / count:.2f} of them for each record."
    yield ""
    yield "| threshold | P | R | records in a question between 0.3 and it |"
    yield "|---|---:|---:|---:|"
    for least in sorted({*THRESHOLDS, curve.safe()}):
        precision, recall = curve.at(least)
        asked = _asked(linked.joins, curve, least) / count
        name = f"{least:.3f}, lowest with P ≥ {SAFE}" if least == curve.safe() else f"{least}"
        yield f"| {name} | {precision:.4f} | {recall:.4f} | {asked:.1%} |"
    yield ""


def _asked(joins: Joins, curve: Curve, least: float) -> int:
    between = slice(curve.reach(least), curve.reach(ASKED_FROM))
    return len(np.unique(np.concatenate([joins.left[between], joins.right[between]])))


def main() -> None:
    """Print the curve of each register that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.joins", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--styles", nargs="*", choices=STYLES, default=["b", "c"])
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jembol-linkage-") as folder:
        for size in asked.sizes:
            for style in asked.styles:
                task = made(Path(folder), style, size, asked.seed)
                columns, person, _household = read_register(task.people)
                lines = _lines(link(columns), person)
                print("\n".join([f"### {task.title}", "", *lines]), flush=True)


if __name__ == "__main__":
    main()
