"""`jembol tool allocate`: who sits in which class."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from jembol.methods.allocation.files import Read, problem_from_csv, problem_from_json
from jembol.methods.allocation.plan import Plan
from jembol.methods.allocation.problem import NotAProblem
from jembol.methods.allocation.reasons import Reasons, reasons_of
from jembol.methods.allocation.solve import solve
from jembol.training.placing import in_words, placed_in_words


@dataclass(frozen=True, slots=True)
class Job:
    """What to place.

    Attributes:
        problem: PROBLEM.json, or applicants.csv and classes.csv.
        out: JSON or CSV to write.
        seconds: After which the search ends with what it has.
        gap: Share of the value at which a plan is good enough.
        seed: Salt of the hash that decides between equals.
        language: Of the reasons.
        told: Told value and bound.
    """

    problem: tuple[Path, ...]
    out: Path
    seconds: float
    gap: float
    seed: int
    language: str
    told: Callable[[int, int], None]


def run(job: Job) -> Plan:
    """Place everybody and write the plan.

    Raises:
        NotAProblem: a file cannot be read or contradicts itself.
    """
    read = _read(job.problem)
    begun = time.monotonic()
    plan = solve(
        read.problem, seed=job.seed, gap=job.gap, told=job.told,
        stop=lambda: time.monotonic() - begun > job.seconds,
    )  # fmt: skip
    reasons = reasons_of(read.problem, plan)
    with translation.override(job.language):
        text = (_csv if len(job.problem) > 1 else _json)(read, plan, reasons)
    half = job.out.with_name(job.out.name + ".half")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.replace(job.out)
    return plan


def _read(paths: tuple[Path, ...]) -> Read:
    try:
        texts = [path.read_text(encoding="utf-8") for path in paths]
    except (OSError, UnicodeDecodeError) as problem:
        raise NotAProblem(f"{problem}; give a readable file in UTF-8") from problem
    return problem_from_json(*texts) if len(texts) == 1 else problem_from_csv(*texts)


def _json(read: Read, plan: Plan, reasons: Reasons) -> str:
    show = _shown(read.unit)
    told: dict[str, Any] = {
        "placed": {one: read.classes[where] for one, where in plan.placed.items()},
        "unplaced": {one: in_words(why, show) for one, why in sorted(reasons.unplaced.items())},
        "value": _points(plan.value, read.unit),
        "bound": _points(plan.bound, read.unit),
        "gap": plan.gap,
        "shortfalls": dict(plan.shortfalls),
        "moved": list(plan.moved),
        "flows": plan.flows,
        "reproducible": plan.complete,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _csv(read: Read, plan: Plan, reasons: Reasons) -> str:
    show = _shown(read.unit)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["applicant", "class", "reason"])
    for one in sorted(applicant.id for applicant in read.problem.applicants):
        if one in reasons.placed:
            why = placed_in_words(reasons.placed[one], show)
        else:
            why = in_words(reasons.unplaced[one], show)
        writer.writerow([one, plan.placed.get(one, ""), why])
    return file.getvalue()


def _points(value: int, unit: int) -> int | float:
    return value if unit == 1 else value / unit


def _shown(unit: int) -> Callable[[int], str]:
    return lambda value: str(_points(value, unit))
