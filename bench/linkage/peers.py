"""One matcher in a process of its own: `python -m bench.linkage.peers NAME FILE.csv FOLDER`.

It leaves its groups in the folder, and beside them what it cost. Other matchers are given columns
that we normalised, in a process before; what that took is told apart and is not in their cost, but
it is in ours.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet

from bench.linkage.matchers import exact, no_op
from bench.linkage.memory import Watch
from bench.linkage.reading import read_rows
from bench.linkage.score import Numbers, coded

Answers = Iterator[tuple[str, Numbers | Path]]
"""Groups, or a file of them, by the name of the threshold; only the first are measured."""
LIBRARIES = {
    "Splink": "with_splink",
    "recordlinkage": "with_recordlinkage",
    "goldenmatch": "with_goldenmatch",
}
OURS = "Jembol"
UNLABELLED = "Jembol, weights learned here"
NAMES = ("no-op", "exact", *LIBRARIES, UNLABELLED, OURS)
SEED = 1
THRESHOLDS = (0.5, 0.9)
"""That of `jembol tool link` when none is told, and the one that it calls cautious."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a matcher took, its child processes included."""

    processor_s: float
    wall_s: float
    peak_mb: float
    normalising_s: float = 0


def main() -> None:
    """Run the matcher that the command line names."""
    name, people, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if name in LIBRARIES:
        columns = folder / "columns.parquet"
        words = [sys.executable, "-m", "bench.linkage.columns", str(people), str(columns)]
        subprocess.run(words, check=True)
        normalising_s = _processor_s()
        table = pyarrow.parquet.read_table(columns)
        module = importlib.import_module(f"bench.linkage.{LIBRARIES[name]}")
        _run(lambda: module.match(table, SEED), people, folder, normalising_s)
    else:
        _run(lambda: SIMPLE[name](people), people, folder)


def _run(
    begin: Callable[[], Answers], people: Path, folder: Path, normalising_s: float = 0
) -> None:
    processor, wall = _processor_s(), time.perf_counter()
    with Watch() as watch:
        answers = begin()
        label, groups = next(answers)
    cost = Cost(
        processor_s=_processor_s() - processor,
        wall_s=time.perf_counter() - wall,
        peak_mb=watch.peak_mb(),
        normalising_s=normalising_s,
    )
    (folder / "cost.json").write_text(json.dumps(asdict(cost)), encoding="utf-8")
    kept = {label: _groups(groups, people)}
    kept |= {other: _groups(found, people) for other, found in answers}
    np.savez(folder / "groups.npz", **kept)


def _groups(told: Numbers | Path, people: Path) -> Numbers:
    if not isinstance(told, Path):
        return told
    clusters = {row["record_id"]: row["cluster_id"] for row in read_rows(told)}
    return coded([clusters[row["record_id"]] for row in read_rows(people)])


def _no_op(people: Path) -> Answers:
    yield "its own", np.array(no_op(read_rows(people)))


def _exact(people: Path) -> Answers:
    yield "its own", np.array(exact(read_rows(people)))


def _ours(people: Path) -> Answers:
    command = os.environ.get("JEMBOL", str(Path(sys.executable).with_name("jembol")))
    for threshold in THRESHOLDS:
        clusters = people.with_suffix(f".{threshold}.csv")
        words = [command, "tool", "link", str(people), "--out", str(clusters)]
        words += ["--threshold", str(threshold)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        yield f"p >= {threshold}", clusters


def _unlabelled(people: Path) -> Answers:
    # Imported late, so that the others do not wait for the compiler, nor pay for it.
    yield "its own", importlib.import_module("bench.linkage.unlabelled").groups(people)


SIMPLE: dict[str, Callable[[Path], Answers]] = {
    "no-op": _no_op,
    "exact": _exact,
    UNLABELLED: _unlabelled,
    OURS: _ours,
}


def _usages() -> tuple[resource.struct_rusage, resource.struct_rusage]:
    return (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )


def _processor_s() -> float:
    return sum(one.ru_utime + one.ru_stime for one in _usages())


if __name__ == "__main__":
    main()
