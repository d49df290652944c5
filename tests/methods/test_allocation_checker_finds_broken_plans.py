"""The checker shares nothing with the search, and finds whatever a plan breaks."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from placing import problems

from jembol.methods.allocation.checker import Violation, shortfalls, value_of, violations
from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass
from jembol.methods.allocation.solve import solve

PROBLEM = Problem(
    (
        Applicant("a", "X", "h"), Applicant("b", "X", "h"), Applicant("c", "X"),
        Applicant("g1", "Y", None, "g"), Applicant("g2", "Y", None, "g"),
    ),
    (TrainingClass("k", 2, 1), TrainingClass("l", 2)),
    tuple((one, where, 1) for one in ("a", "b", "c", "g1", "g2") for where in ("k", "l")
          if (one, where) != ("c", "l")),
    {"Y": 2},
)  # fmt: skip


@pytest.mark.parametrize(
    ("placed", "limit", "about"),
    [
        ({"z": "k"}, "applicant", "z"),
        ({"a": "z"}, "class", "z"),
        ({"c": "l"}, "eligible", "c"),
        ({"a": "k", "b": "l"}, "household", "h"),
        ({"g1": "k", "g2": "l"}, "group", "g"),
        ({"g1": "l"}, "group", "g"),
        ({"a": "l", "g1": "l", "g2": "l"}, "seats", "l"),
        ({"a": "k", "c": "k"}, "stratum_cap", "k: X"),
    ],
)
def test_each_broken_limit_is_named(placed, limit, about):
    assert Violation(limit, about) in violations(PROBLEM, placed)


def test_a_lawful_plan_breaks_nothing_and_its_shortfall_is_told():
    assert violations(PROBLEM, {"a": "k"}) == []
    assert shortfalls(PROBLEM, {"a": "k"}) == {"Y": 2}
    assert value_of(PROBLEM, {"a": "k", "g1": "l", "g2": "l"}) == 3


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(8, minima=False), st.data())
def test_a_good_plan_that_is_spoiled_is_found(problem, data):
    plan = solve(problem)
    assume(plan.placed)
    one = data.draw(st.sampled_from(sorted(plan.placed)))
    mates = [a for a in problem.applicants if a.group and a.group == next(
        b.group for b in problem.applicants if b.id == one)]  # fmt: skip
    spoil = data.draw(st.sampled_from(["seats", "eligible", "group"]))

    placed = dict(plan.placed)
    if spoil == "seats":
        courses = [TrainingClass(c.id, sum(w == c.id for w in placed.values()) - 1, c.stratum_cap)
                   if c.id == placed[one] else c for c in problem.classes]  # fmt: skip
        problem = Problem(problem.applicants, tuple(courses), problem.eligible)
    elif spoil == "eligible":
        pairs = tuple(pair for pair in problem.eligible if pair[:2] != (one, placed[one]))
        problem = Problem(problem.applicants, problem.classes, pairs)
    else:
        assume(len(mates) > 1)
        del placed[one]

    assert spoil in {found.limit for found in violations(problem, placed)}
