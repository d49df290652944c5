"""`python -m bench.linkage.cluster`: one list on this machine and on a cluster, side by side."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from bench.linkage.register import rows, write
from bench.linkage.score import read_clusters, read_truth, score
from bench.linkage.styles import STYLES
from bench.machine import busyness, machine

MASTER = "local-cluster[2,1,1024]"
"""Two workers of one core and 1 GB each, in processes of their own."""
SIZES = (6_000, 60_000)
CITY = "mojokerto"
PACKAGES = ("pyspark", "pyarrow", "duckdb", "numba", "numpy")


class Result(NamedTuple):
    """What came of one engine."""

    engine: str
    wall_s: float
    f1: float
    lines: list[list[str]]
    """Of the file that it wrote, sorted."""


def main() -> None:
    """Run what the command line asks for and print a table."""
    asked = _arguments()
    told = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print("\n".join(["", *machine(), told, f"Before: {busyness()}", ""]), flush=True)
    print(
        "| records | engine | wall s | F1 | lines unlike one machine's |\n|---:|---|---:|---:|---:|"
    )
    with tempfile.TemporaryDirectory(prefix="jembol-cluster-") as name:
        for people, truth in _registers(asked, Path(name)):
            results = [_run(people, truth, engine, asked.master) for engine in ("duckdb", "spark")]
            print("\n".join(_lines(results)), flush=True)
    print(f"\nAfter: {busyness()}")


def _registers(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[Path, Path]]:
    if asked.people:
        yield from ((path, path.with_suffix(".truth.csv")) for path in asked.people)
        return
    for size in asked.sizes:
        people, truth = folder / "people.csv", folder / "truth.csv"
        write(rows(STYLES["b"], (CITY,), (size // 2, size), asked.seed), people, truth)
        yield people, truth


def _run(people: Path, truth: Path, engine: str, master: str) -> Result:
    print(f".. {people.name}: {engine}; {busyness()}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="jembol-cluster-") as folder:
        out = Path(folder) / "clusters.csv"
        words = [sys.executable, "-m", "jembol.config.main", "tool", "link", str(people)]
        words += ["--out", str(out), "--engine", engine, "--master", master]
        state = {**os.environ, "JEMBOL_STATE": folder}
        begun = time.monotonic()
        subprocess.run(words, check=True, env=state, stderr=subprocess.DEVNULL)
        wall = time.monotonic() - begun
        told = read_truth(truth)
        f1 = score(read_clusters(out, told.records), told).f1
        with out.open(encoding="utf-8", newline="") as file:
            return Result(engine, wall, f1, sorted(csv.reader(file)))


def _lines(results: list[Result]) -> Iterator[str]:
    for result in results:
        unlike = sum(a != b for a, b in zip(result.lines, results[0].lines, strict=True))
        yield (
            f"| {len(result.lines) - 1:,} | {result.engine} | {result.wall_s:.1f} "
            f"| {result.f1:.4f} | {unlike} |"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.cluster", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--master", default=MASTER)
    parser.add_argument("--people", type=Path, nargs="*", help="registers with PEOPLE.truth.csv")
    return parser.parse_args()


if __name__ == "__main__":
    main()
