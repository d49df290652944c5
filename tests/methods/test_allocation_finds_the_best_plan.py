"""The plan found is the best there is, whatever the limits; its bound is true."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from placing import best_by_trying_every_plan, merit, problems

from jembol.methods.allocation.checker import violations
from jembol.methods.allocation.problem import Applicant, NotAProblem, Problem, TrainingClass
from jembol.methods.allocation.solve import solve

MANY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(problems())
def test_no_plan_is_better_and_the_bound_holds(problem):
    plan = solve(problem, gap=0)

    assert violations(problem, plan.placed) == []
    assert merit(problem, plan.placed) == best_by_trying_every_plan(problem)
    assert plan.bound == plan.value


@MANY
@given(problems(5, before=True))
def test_nobody_placed_before_moves_unless_they_must_or_the_gain_pays(problem):
    plan = solve(problem, gap=0)

    assert violations(problem, plan.placed) == []
    assert merit(problem, plan.placed) == best_by_trying_every_plan(problem)


@MANY
@given(problems(spanning=True))
def test_a_household_across_strata_never_makes_the_plan_unlawful_or_the_bound_wrong(problem):
    plan = solve(problem, gap=0)

    best = best_by_trying_every_plan(problem)
    assert violations(problem, plan.placed) == []
    if merit(problem, plan.placed)[0] == best[0]:
        assert plan.value <= best[2] <= plan.bound


@settings(max_examples=60, deadline=None)
@given(problems(spanning=True), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem, random):
    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    other = replace(
        problem,
        applicants=shuffled(problem.applicants),
        classes=shuffled(problem.classes),
        eligible=shuffled(problem.eligible),
    )

    assert solve(other) == solve(problem)


def seats_for_one(*applicants):
    return Problem(
        tuple(Applicant(one, "X") for one in applicants), (TrainingClass("k", 1),),
        tuple((one, "k", 5) for one in applicants),
    )  # fmt: skip


def test_between_equals_the_published_seed_decides_not_the_alphabet():
    problem = seats_for_one("a", "b", "c", "d")

    winners = [next(iter(solve(problem, seed=seed).placed)) for seed in range(40)]

    assert set(winners) == {"a", "b", "c", "d"}
    assert winners == [next(iter(solve(problem, seed=seed).placed)) for seed in range(40)]


def test_a_search_that_is_stopped_says_so_and_its_bound_still_holds():
    problem = Problem(
        tuple(Applicant(f"a{n}", "X", None, f"g{n % 3}") for n in range(6)),
        (TrainingClass("k", 3), TrainingClass("l", 2)),
        tuple((f"a{n}", where, 1 + n) for n in range(6) for where in "kl"),
    )

    stopped, ended = solve(problem, gap=0, stop=lambda: True), solve(problem, gap=0)

    assert not stopped.complete
    assert stopped.value <= ended.value <= stopped.bound
    assert ended.complete


def test_a_plan_runs_again_without_moving_anybody_when_one_more_applies():
    first = seats_for_one("a", "b")
    held = solve(first).placed
    better = replace(
        first,
        applicants=(*first.applicants, Applicant("new", "X")),
        eligible=(*first.eligible, ("new", "k", 9)),
        placed_before=held,
    )

    assert solve(better).placed == held
    assert solve(replace(better, move_price=5)).placed == held
    assert solve(replace(better, move_price=3)).placed == {"new": "k"}
    assert solve(replace(better, move_price=3)).moved == tuple(held)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"applicants": (Applicant("a", "X"), Applicant("a", "X"))}, "row 2, field id: 'a'"),
        ({"applicants": (Applicant("", "X"),)}, "applicants, row 1, field id"),
        ({"classes": (TrainingClass("k", -1),)}, "classes, row 1, field seats: -1"),
        ({"classes": (TrainingClass("k", 1, -2),)}, "classes, row 1, field stratum_cap: -2"),
        ({"eligible": (("z", "k", 1),)}, "eligible, row 1, field applicant: 'z'"),
        ({"eligible": (("a", "z", 1),)}, "eligible, row 1, field class: 'z'"),
        ({"eligible": (("a", "k", 1), ("a", "k", 2))}, "eligible, row 2: 'a' and 'k'"),
        ({"eligible": (("a", "k", 10**12),)}, "field value"),
        ({"stratum_minimum": {"X": -1}}, "stratum_minimum of 'X'"),
        ({"stratum_minimum": {"Z": 1}}, "names 'Z'"),
        ({"placed_before": {"z": "k"}}, "placed_before names applicant 'z'"),
        ({"placed_before": {"a": "z"}}, "placed_before of 'a', field class: 'z'"),
        ({"move_price": -1}, "move_price is -1"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused_by_row_and_field(change, told):
    with pytest.raises(NotAProblem, match=told):
        solve(replace(seats_for_one("a", "b"), **change))
