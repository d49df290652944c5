"""`python -m bench.routing`: plan made days and public instances beside rivals; print tables."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.machine import busyness, machine
from bench.routing.cases import day
from bench.routing.public import BEST, toptw
from bench.routing.rivals import by_ortools, by_pyvrp, limit
from jembol.methods.routing import Plan, Problem, replan, solve, violations
from jembol.methods.routing.day import Wishes, day_of
from jembol.methods.routing.solve import Run, best_of

SIZES = {"50x4": (50, 4), "100x6": (100, 6), "200x10": (200, 10)}
NO_END = 10**9


def ours(problem: Problem, seconds: float, seed: int) -> Plan:
    """Return our plan: half of the time for the empty start, half for our own."""
    half = [limit(seconds / 2)]

    def stop() -> bool:
        if half[0]():
            half[0] = limit(seconds / 2)
            return True
        return False

    return solve(problem, seed=seed, effort=NO_END, stop=stop)


METHODS = {"ours": ours, "PyVRP, own start": by_pyvrp, "OR-Tools routing": by_ortools}


def days(size: str, seeds: list[int], budgets: list[float]) -> None:
    """Print the gaps of made days to the best plan that any run found."""
    found: dict[tuple[str, float], list[tuple[int, Plan]]] = defaultdict(list)
    for seed in seeds:
        problem = day(*SIZES[size], seed)
        for budget in budgets:
            for name, method in METHODS.items():
                plan = method(problem, budget, 1)
                assert violations(problem, plan) == []
                found[name, budget].append((seed, plan))
    best = {
        seed: min((plan for plans in found.values() for s, plan in plans if s == seed),
                  key=lambda plan: plan.objective)
        for seed in seeds
    }  # fmt: skip
    print(f"\n{size}, seeds {seeds}: gap to the best of all runs, need lost, stops visited\n")
    print("| method | CPU s | gap | need lost | visited |\n|---|---|---|---|---|")
    for (name, budget), plans in found.items():
        gap = statistics.mean(p.objective / best[s].objective - 1 for s, p in plans)
        lost = statistics.mean(1 - p.prizes / best[s].prizes for s, p in plans)
        visited = statistics.mean(len(p.officers) for _, p in plans)
        print(f"| {name} | {budget:g} | {gap:.2%} | {lost:.2%} | {visited:.1f} |", flush=True)


def scores(folder: Path, tours: list[int], budget: float) -> None:
    """Print the scores of public instances beside the best known."""
    print(f"\nTOPTW, n=100, {budget:g} CPU s each, all starts together\n")
    print(
        "| instance | tours | ours | OR-Tools | best known | behind it |\n|---|---|---|---|---|---|"
    )
    gaps = []
    for path in sorted(folder.glob("*.txt")):
        for count in tours:
            problem = toptw(path, count)
            mine = ours(problem, budget, 1).prizes
            rival = by_ortools(problem, budget, 1).prizes
            known = BEST.get((path.stem.lower(), count))
            behind = "-" if known is None else f"{1 - mine / known:.2%}"
            gaps += [] if known is None else [1 - mine / known]
            print(f"| {path.stem} | {count} | {mine} | {rival} | {known or '-'} | {behind} |",
                  flush=True)  # fmt: skip
    if gaps:
        print(f"\nMean {statistics.mean(gaps):.2%}, {sum(g <= 0 for g in gaps)} of {len(gaps)} hit")


def absences(seeds: list[int], budget: float) -> None:
    """Print what is left of a day of 100 candidates and six officers when one does not come."""
    print("\n| seed | re-plan | CPU s | need | others kept | moved | promises dropped |")
    print("|---|---|---|---|---|---|---|")
    for seed in seeds:
        problem = day(*SIZES["100x6"], seed)
        plan = ours(problem, budget, 1)
        free = Run(1, NO_END, 1, None, limit(3), cold=False)
        _absence(seed, "free", problem, plan,
                 lambda p=problem, q=plan, r=free: best_of(
                     day_of(p, Wishes(frozenset(["o0"]))), r, warm=q))  # fmt: skip
        _absence(seed, "ours", problem, plan, lambda p=problem, q=plan: replan(p, q, absent=["o0"]))


def _absence(seed: int, name: str, problem: Problem, plan: Plan, anew: Callable[[], Plan]) -> None:
    begun = time.process_time()
    found = anew()
    spent = time.process_time() - begun
    theirs = {stop: who for stop, who in plan.officers.items() if who != "o0"}
    held = found.officers
    kept = sum(held.get(stop) == who for stop, who in theirs.items()) / len(theirs)
    moved = sum(held.get(stop, who) != who for stop, who in theirs.items())
    dropped = sum(one.required and one.id in theirs and one.id not in held for one in problem.stops)
    shown = f"{spent:.2f} | {found.prizes:,} | {kept:.1%} | {moved} | {dropped}"
    print(f"| {seed} | {name} | {shown} |", flush=True)


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.routing", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["50x4", "200x10"])
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", default="1,5,10", help="CPU seconds of each method")
    parser.add_argument("--instances", type=Path, help="folder of Solomon's files, r101.txt, …")
    parser.add_argument("--tours", default="1,2,4")
    asked = parser.parse_args()
    seeds = [int(one) for one in asked.seeds.split(",")]
    budgets = [float(one) for one in asked.seconds.split(",")]
    print("\n".join(machine()), f"One thread of {os.cpu_count()} cores; before: {busyness()}",
          sep="\n")  # fmt: skip
    for size in asked.sizes:
        days(size, seeds, budgets)
    absences(seeds, budgets[-1])
    if asked.instances:
        scores(asked.instances, [int(one) for one in asked.tours.split(",")], budgets[-1])
    else:
        print("\nPublic instances: give --instances; bench/routing/public.py says where they are.")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nPeak memory {peak} MB; after: {busyness()}")


if __name__ == "__main__":
    main()
