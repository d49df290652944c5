"""Other ways to place the same applicants: an office's own, a flow without groups, and HiGHS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf
from typing import Any, Final

from ortools.math_opt.python import mathopt

from jembol.methods.allocation.problem import Applicant, Problem
from jembol.methods.allocation.solve import solve

HALF: Final = 0.5
"""Above it a solver means 1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rival gave: its plan, and the bound it proved (None for none)."""

    placed: Mapping[str, str]
    bound: float | None = None


def greedy(problem: Problem) -> Answer:
    """Place by value, the highest first, as an office does with a sheet; groups as one row."""
    known = {one.id: one for one in problem.applicants}
    classes = {one.id: one for one in problem.classes}
    groups: dict[str, list[str]] = defaultdict(list)
    for one in problem.applicants:
        groups[one.group or one.id].append(one.id)
    worth: dict[tuple[str, str], list[int]] = defaultdict(list)
    for applicant, where, value in problem.eligible:
        worth[known[applicant].group or applicant, where].append(value)
    rows = [
        (sum(values) / len(values), unit, where)
        for (unit, where), values in worth.items()
        if len(values) == len(groups[unit])
    ]
    seats = {one.id: one.seats for one in problem.classes}
    strata: dict[tuple[str, str], int] = defaultdict(int)
    homes: set[str | None] = set()
    placed: dict[str, str] = {}
    for _, unit, where in sorted(rows, key=lambda row: (-row[0], row[1], row[2])):
        members = groups[unit]
        households = [known[one].household for one in members if known[one].household]
        if members[0] in placed or seats[where] < len(members) or homes & {*households}:
            continue
        more: dict[str, int] = defaultdict(int)
        for one in members:
            more[known[one].stratum] += 1
        cap = classes[where].stratum_cap
        if cap is not None and any(strata[where, s] + n > cap for s, n in more.items()):
            continue
        seats[where] -= len(members)
        homes |= {*households}
        for stratum, count in more.items():
            strata[where, stratum] += count
        placed.update(dict.fromkeys(members, where))
    return Answer(placed)


def without_groups(problem: Problem) -> Answer:
    """Place single people exactly and leave every group out."""
    single = {one.id for one in problem.applicants if one.group is None}
    plan = solve(replace(
        problem,
        applicants=tuple(one for one in problem.applicants if one.id in single),
        eligible=tuple(pair for pair in problem.eligible if pair[0] in single),
    ))  # fmt: skip
    return Answer(plan.placed)


def highs(problem: Problem, gap: float, seconds: float) -> Answer:
    """Solve the whole as a mixed integer programme: only the groups' choices are binary."""
    programme = _Programme(problem)
    programme.limit()
    return programme.solved(gap, seconds)


class _Programme:
    """The problem as the textbook writes it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known = {one.id: one for one in problem.applicants}
        self.model = mathopt.Model()
        self.groups: dict[str, list[str]] = defaultdict(list)
        for one in problem.applicants:
            if one.group:
                self.groups[one.group].append(one.id)
        self.terms: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        self.taken: dict[tuple[str, str], Any] = {}
        self.chosen: dict[tuple[str, str], Any] = {}
        self.objective: list[Any] = []
        self._single()
        self._together()

    def _single(self) -> None:
        for applicant, where, value in self.problem.eligible:
            one = self.known[applicant]
            if not one.group:
                variable = self.model.add_variable(lb=0, ub=1)
                self.taken[applicant, where] = variable
                self._count(one, where, variable)
                self.objective.append(value * variable)

    def _together(self) -> None:
        worth: dict[tuple[str, str], list[int]] = defaultdict(list)
        for applicant, where, value in self.problem.eligible:
            if group := self.known[applicant].group:
                worth[group, where].append(value)
        for (group, where), values in worth.items():
            if len(values) == len(self.groups[group]):
                variable = self.model.add_binary_variable()
                self.chosen[group, where] = variable
                self.terms["group", group].append(variable)
                for one in self.groups[group]:
                    self._count(self.known[one], where, variable)
                self.objective.append(sum(values) * variable)

    def _count(self, one: Applicant, where: str, variable: Any) -> None:
        self.terms["seats", where].append(variable)
        self.terms["cap", where, one.stratum].append(variable)
        self.terms["stratum", one.stratum].append(variable)
        self.terms["household", one.household or f"alone {one.id}"].append(variable)

    def limit(self) -> None:
        """Add every limit."""
        most: dict[tuple[str, str], float] = {}
        for one in self.problem.classes:
            most["seats", one.id] = one.seats
            most["cap", one.id] = inf if one.stratum_cap is None else one.stratum_cap
        for (kind, about, *_), parts in self.terms.items():
            total = mathopt.fast_sum(parts)
            if kind == "stratum":
                least = self.problem.stratum_minimum.get(about, 0)
                self.model.add_linear_constraint(total >= least)
            else:
                self.model.add_linear_constraint(total <= most.get((kind, about), 1))

    def solved(self, gap: float, seconds: float) -> Answer:
        """Return the plan; OR-Tools does not let the caller choose the threads of HiGHS."""
        self.model.maximize(mathopt.fast_sum(self.objective))
        result = mathopt.solve(
            self.model, mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                relative_gap_tolerance=gap, time_limit=timedelta(seconds=seconds)
            ),
        )  # fmt: skip
        if not result.has_primal_feasible_solution():
            return Answer({}, result.best_objective_bound())
        values = result.variable_values()
        placed = {one: where for (one, where), v in self.taken.items() if values[v] > HALF}
        for (group, where), v in self.chosen.items():
            if values[v] > HALF:
                placed.update(dict.fromkeys(self.groups[group], where))
        return Answer(placed, result.best_objective_bound())
