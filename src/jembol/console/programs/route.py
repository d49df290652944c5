"""`jembol tool route`: who visits which stops, in what order."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from jembol.methods.routing import NotAProblem, Plan, Progress, solve
from jembol.methods.routing.files import Read, plan_as_json, problem_from_json
from jembol.methods.routing.lists import plan_as_list, problem_from_lists
from jembol.methods.routing.solve import effort_in
from jembol.outreach.unvisited import in_words

PAUSE: Final = 1.0
"""Seconds between two lines of progress of a process; two of them work at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to plan.

    Attributes:
        problem: PROBLEM.json, or stops.csv and officers.csv.
        out: JSON or CSV to write.
        seconds: Of CPU, for each start of the search.
        seed: Of the search.
        language: Of the reasons.
    """

    problem: tuple[Path, ...]
    out: Path
    seconds: float
    seed: int
    language: str


class CpuLimit:
    """Says when a process has worked for so many seconds since it was first asked."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begun: float | None = None

    def __call__(self) -> bool:
        if self.begun is None:
            self.begun = time.process_time()
        return time.process_time() - self.begun > self.seconds


class Paced:
    """Writes progress to standard error, once a second at most."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self.last < PAUSE:
            return
        self.last = now
        sys.stderr.write(
            f"start {progress.start} of {progress.starts}, iteration {progress.iterations} of"
            f" {progress.effort}, objective {progress.objective}\n"
        )
        sys.stderr.flush()


def run(job: Job) -> Plan:
    """Plan and write the plan.

    Raises:
        NotAProblem: a file cannot be read or written, or contradicts itself.
    """
    read = _read(job.problem)
    plan = solve(
        read.problem, seed=job.seed, effort=effort_in(read.problem, job.seconds), told=Paced(),
        stop=CpuLimit(job.seconds), spread=in_processes,
    )  # fmt: skip
    with translation.override(job.language):
        reasons = {
            one.stop: in_words(one, show=lambda gap: str(_points(gap, read.unit)))
            for one in plan.unserved
        }
    if job.out.suffix == ".csv":
        text = plan_as_list(plan, reasons)
    else:
        text = plan_as_json(read, plan, reasons, job.seconds)
    _write(job.out, text)
    return plan


def _write(out: Path, text: str) -> None:
    half = out.with_name(out.name + ".half")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(out)
    except OSError as problem:
        raise NotAProblem(f"--out: {problem}; give a file that can be written") from problem


def in_processes(one: Callable[[Any], Any], starts: Iterable[Any]) -> list[Any]:
    """Do the same with each start, in as many processes as there are cores; in their order."""
    starts = list(starts)
    workers = min(len(starts), os.cpu_count() or 1)
    if workers <= 1:
        return [one(start) for start in starts]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(one, starts))


def _read(paths: tuple[Path, ...]) -> Read:
    try:
        texts = [path.read_text(encoding="utf-8") for path in paths]
    except (OSError, UnicodeDecodeError) as problem:
        raise NotAProblem(f"{problem}; give a readable file in UTF-8") from problem
    return problem_from_json(*texts) if len(texts) == 1 else problem_from_lists(*texts)


def _points(value: int, unit: int) -> int | float:
    return value if unit == 1 else value / unit
