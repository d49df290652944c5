"""`python -m bench.allocation`: place a made city beside its rivals, and print a table."""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable

from bench.allocation.cases import CITY, TOWN, TWO_CITIES, Size, case
from bench.allocation.rivals import Answer, greedy, highs, without_groups
from bench.machine import busyness, machine
from jembol.methods.allocation.checker import shortfalls, value_of, violations
from jembol.methods.allocation.problem import Problem
from jembol.methods.allocation.solve import solve

SIZES = {"town": TOWN, "city": CITY, "two-cities": TWO_CITIES}
GAP = 0.0001
FIRST = 0.0005


def ours(problem: Problem, gap: float, seconds: float) -> tuple[Answer, int]:
    """Return our plan and the flows that it took."""
    begun = time.process_time()
    plan = solve(problem, gap=gap, stop=lambda: time.process_time() - begun > seconds)
    return Answer(plan.placed, plan.bound), plan.flows


def row(name: str, problem: Problem, answer: Callable[[], Answer]) -> None:
    """Measure one answer in CPU seconds, check it, and print its line."""
    begun = time.process_time()
    found = answer()
    spent = time.process_time() - begun
    value = value_of(problem, found.placed)
    gap = "-" if found.bound is None or not value else f"{(found.bound - value) / value:.4%}"
    broken = len(violations(problem, found.placed))
    short = sum(shortfalls(problem, found.placed).values())
    print(f"| {name} | {spent:.2f} | {value:,} | {gap} | {broken} | {short} |", flush=True)


def measure(size: Size, seed: int, seconds: float, *, beside: bool) -> None:
    """Print the table of one case."""
    problem = case(size, seed)
    seats = sum(one.seats for one in problem.classes)
    print(
        f"\n{size.applicants:,} applicants, {size.classes} classes, {seats:,} seats,"
        f" {size.groups} groups, {len(problem.eligible):,} pairs, seed {seed}; {busyness()}\n"
    )
    print("| method | CPU s | value | proven gap | violations | below minima |")
    print("|---|---|---|---|---|---|")
    row("greedy by value", problem, lambda: greedy(problem))
    row("flow, groups left out", problem, lambda: without_groups(problem))
    row(f"ours, stop at {FIRST:.2%}", problem, lambda: ours(problem, FIRST, seconds)[0])
    row(f"ours, stop at {GAP:.2%}", problem, lambda: ours(problem, GAP, seconds)[0])
    if beside:
        row(f"HiGHS, stop at {GAP:.2%}", problem, lambda: highs(problem, GAP, 20 * seconds))


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.allocation", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["town", "city", "two-cities"])
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--seconds", type=float, default=10.0, help="CPU, for ours; HiGHS has 20x")
    parser.add_argument("--alone", action="store_true", help="without HiGHS")
    asked = parser.parse_args()
    print(
        "\n".join(machine()),
        f"One thread of {os.cpu_count()} cores; before: {busyness()}",
        sep="\n",
    )
    for name in asked.sizes:
        for seed in map(int, asked.seeds.split(",")):
            measure(SIZES[name], seed, asked.seconds, beside=not asked.alone)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nPeak memory {peak} MB; after: {busyness()}")


if __name__ == "__main__":
    main()
