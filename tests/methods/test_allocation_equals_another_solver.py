"""On made cases of a town the plan is worth what an independent solver finds."""

import pytest
from bench.allocation.cases import Size, case
from bench.allocation.rivals import greedy, highs

from jembol.methods.allocation.checker import value_of, violations
from jembol.methods.allocation.solve import solve


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_value_is_that_of_a_mixed_integer_programme(seed):
    problem = case(Size(600, 12, 5), seed, minimum=0.4)
    other = highs(problem, gap=0.0, seconds=120)

    plan = solve(problem, gap=0)

    assert violations(problem, other.placed) == []
    assert plan.value == value_of(problem, other.placed)
    assert plan.shortfalls == {}


def test_a_plan_within_the_gap_is_lawful_and_beats_the_highest_first():
    problem = case(Size(1_500, 30, 10), 4)

    plan = solve(problem)

    assert violations(problem, plan.placed) == []
    assert plan.gap <= 0.0001
    assert plan.value > 1.03 * value_of(problem, greedy(problem).placed)
