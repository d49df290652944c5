"""`python -m bench.linkage`: our matcher beside others, one after another on the same registers."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bench.linkage import febrl
from bench.linkage.peers import LIBRARIES, NAMES, OURS, UNLABELLED, Cost
from bench.linkage.score import FALSE_KINDS, Score, Truth, coded, read_truth, score
from bench.linkage.styles import STYLES
from bench.linkage.tasks import SIZES, Task, made
from bench.machine import busyness, machine

FEBRL = "FEBRL"
PACKAGES = ("splink", "duckdb", "recordlinkage", "goldenmatch", "numba", "numpy")

DETAILED = (OURS, "Splink")
"""Matchers of which is told where they fail: we at our own threshold, others at their best."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one matcher on one register."""

    name: str
    cost: Cost | None
    """None when it did not come to an end."""
    scores: dict[str, Score]
    """By threshold; the first is the matcher's own."""
    note: str = ""

    def best(self) -> str:
        """Return the threshold with the best F1, which only who knows the truth can choose."""
        return max(self.scores, key=lambda label: self.scores[label].f1)

    def told(self) -> str:
        """Return the threshold at which is told where it fails."""
        return self.own() if self.name == OURS else self.best()

    def shown(self) -> Sequence[str]:
        """Return the thresholds of the table: its own first, of ours all."""
        if self.name == OURS:
            return list(self.scores)
        return list(dict.fromkeys((self.own(), self.best())))

    def own(self) -> str:
        """Return the threshold that needs no truth."""
        return next(iter(self.scores))


def main() -> None:
    """Run what the command line asks for and print tables."""
    asked = _arguments()
    print("\n".join(["", *machine(), *_versions(), f"Before: {busyness()}", ""]), flush=True)
    with tempfile.TemporaryDirectory(prefix="jembol-linkage-") as name:
        # The first run after an installation compiles; see docs/benchmarks.md for what that takes.
        _run(made(Path(name), "a", 400, asked.seed), OURS, asked.limit)
        for task in _tasks(asked, Path(name)):
            is_register = not task.title.startswith(FEBRL)
            # Two classes cannot tell a household from a person, so this one is for FEBRL alone.
            peers = [one for one in asked.peers if not (is_register and one == UNLABELLED)]
            results = [_run(task, peer, asked.limit) for peer in peers]
            print("\n".join(_lines(task, results)), flush=True)
    print(f"After: {busyness()}")


def _versions() -> Iterator[str]:
    yield ", ".join(f"{name} {version(name)}" for name in PACKAGES)


def _tasks(asked: argparse.Namespace, folder: Path) -> Iterator[Task]:
    for size in asked.sizes:
        for style in asked.styles:
            yield made(folder, style, size, asked.seed)
    for number in asked.febrl:
        people, register, truth = febrl.write(number, folder)
        yield Task(f"{FEBRL} {number}", people, register, truth)


def _run(task: Task, name: str, limit_s: int) -> Result:
    print(f".. {task.title}: {name}; {busyness()}", file=sys.stderr, flush=True)
    given = task.people if name in LIBRARIES else task.register
    with tempfile.TemporaryDirectory(prefix="jembol-linkage-") as folder:
        words = [sys.executable, "-m", "bench.linkage.peers", name, str(given), folder]
        try:
            subprocess.run(words, check=True, timeout=limit_s, stdout=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return Result(name, None, {}, f"not finished in {limit_s} s")
        except subprocess.CalledProcessError as failed:
            return Result(name, None, {}, f"ended with {failed.returncode}")
        cost = Cost(**json.loads((Path(folder) / "cost.json").read_text(encoding="utf-8")))
        return Result(name, cost, _scored(Path(folder) / "groups.npz", read_truth(task.truth)))


def _scored(file: Path, truth: Truth) -> dict[str, Score]:
    with np.load(file) as groups:
        return {label: score(coded(groups[label].tolist()), truth) for label in groups.files}


def _lines(task: Task, results: Sequence[Result]) -> Iterator[str]:
    yield f"### {task.title}"
    yield ""
    yield "| matcher | threshold | P | R | F1 | B3 P | B3 R | B3 F1 | CPU s | wall s | peak MB |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for result in results:
        yield from _rows_of(result)
    yield ""
    told = [result for result in results if result.scores and result.name in DETAILED]
    if told and not task.title.startswith(FEBRL):
        yield from _details(told)


def _rows_of(result: Result) -> Iterator[str]:
    if result.cost is None:
        yield f"| {result.name} | {result.note} |" + " – |" * 9
        return
    cost = f"{result.cost.processor_s:.1f} | {result.cost.wall_s:.1f} | {result.cost.peak_mb:,.0f}"
    for label in result.shown():
        seen = ", best seen from the truth" if label != result.own() and result.name != OURS else ""
        yield f"| {result.name} | {label}{seen} | {_figures(result.scores[label])} | {cost} |"
        cost = "– | – | –"


def _figures(told: Score) -> str:
    figures = (
        told.precision, told.recall, told.f1, told.b3_precision, told.b3_recall, told.b3_f1,
    )  # fmt: skip
    return " | ".join(f"{figure:.4f}" for figure in figures)


def _details(results: Sequence[Result]) -> Iterator[str]:
    scores = [result.scores[result.told()] for result in results]
    yield f"| | pairs | {' | '.join(result.name for result in results)} |"
    yield f"|---|---:{'|---:' * len(results)}|"
    for kind in FALSE_KINDS:
        counts = " | ".join(f"{told.false_pairs[kind]:,}" for told in scores)
        yield f"| wrongly joined: {kind} | | {counts} |"
    for slip, (_share, count) in sorted(scores[0].recall_by_slip.items()):
        shares = " | ".join(f"{told.recall_by_slip[slip][0]:.3f}" for told in scores)
        yield f"| found, of pairs with {slip} | {count:,} | {shares} |"
    yield ""
    for result in results:
        if result.cost and result.cost.normalising_s:
            seconds = f"{result.cost.normalising_s:.1f} CPU s"
            yield f"Normalising the columns for {result.name}, not in its cost: {seconds}."
            yield ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--styles", nargs="*", choices=STYLES, default=["b", "c"])
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--peers", nargs="*", choices=NAMES, default=list(NAMES))
    parser.add_argument("--febrl", type=int, nargs="*", choices=(3, 4), default=[3, 4])
    parser.add_argument("--limit", type=int, default=900, help="seconds that a matcher may take")
    return parser.parse_args()


if __name__ == "__main__":
    main()
