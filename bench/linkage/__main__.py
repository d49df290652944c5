"""`python -m bench.linkage`: our matcher beside others, one after another on the same registers."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.linkage import febrl
from bench.linkage.peers import LIBRARIES, NAMES, OURS, UNLABELLED, Cost
from bench.linkage.register import rows, write
from bench.linkage.score import FALSE_KINDS, Score, Truth, coded, read_truth, score
from bench.linkage.styles import STYLES
from bench.machine import busyness, machine

SIZES = (6_000, 60_000)
TESTING = {"b": ("mojokerto",), "c": ("wanasari",), "hard": ("wanasari",), "a": ("malang",)}
"""Where a style's people live; the models that ship have learned from Malang alone."""
FEBRL = "FEBRL"
LARGE = 300_000
LARGE_CITIES = ("mojokerto", "wanasari")
"""More rows than one small city could fill."""


DETAILED = (OURS, "Splink")
"""Matchers of which is told where they fail, each at its best threshold."""


@dataclass(frozen=True, slots=True)
class Task:
    """One register to be grouped."""

    title: str
    people: Path
    """What libraries are given."""
    register: Path
    """The same as a list such as cities have: what we and the simple matchers are given."""
    truth: Path


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


def main() -> None:
    """Run what the command line asks for and print tables."""
    asked = _arguments()
    print("\n".join(["", *machine(), f"Before: {busyness()}", ""]), flush=True)
    with tempfile.TemporaryDirectory(prefix="jembol-linkage-") as name:
        for task in _tasks(asked, Path(name)):
            is_register = not task.title.startswith(FEBRL)
            # Two classes cannot tell a household from a person, so this one is for FEBRL alone.
            peers = [one for one in asked.peers if not (is_register and one == UNLABELLED)]
            results = [_run(task, peer, asked.limit) for peer in peers]
            print("\n".join(_lines(task, results)), flush=True)
    print(f"After: {busyness()}")


def _tasks(asked: argparse.Namespace, folder: Path) -> Iterator[Task]:
    for size in asked.sizes:
        for style in asked.styles:
            yield _made(folder, style, size, asked.seed)
    for number in asked.febrl:
        people, register, truth = febrl.write(number, folder)
        yield Task(f"{FEBRL} {number}", people, register, truth)


def _made(folder: Path, style: str, size: int, seed: int) -> Task:
    out, truth = folder / "people.csv", folder / "truth.csv"
    cities = LARGE_CITIES if size >= LARGE else TESTING[style]
    write(rows(STYLES[style], cities, (size // 2, size), seed), out, truth)
    title = f"{size:,} rows, style {style}, {' and '.join(cities)}, seed {seed}"
    return Task(title, out, out, truth)


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
    own, best = next(iter(result.scores)), result.best()
    cost = f"{result.cost.processor_s:.1f} | {result.cost.wall_s:.1f} | {result.cost.peak_mb:,.0f}"
    yield f"| {result.name} | {own} | {_figures(result.scores[own])} | {cost} |"
    if best != own:
        label = f"{best}, best seen from the truth"
        yield f"| {result.name} | {label} | {_figures(result.scores[best])} | | | |"


def _figures(told: Score) -> str:
    figures = (
        told.precision, told.recall, told.f1, told.b3_precision, told.b3_recall, told.b3_f1,
    )  # fmt: skip
    return " | ".join(f"{figure:.4f}" for figure in figures)


def _details(results: Sequence[Result]) -> Iterator[str]:
    scores = [result.scores[result.best()] for result in results]
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
