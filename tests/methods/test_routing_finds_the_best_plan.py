"""On small days no plan is better than the one found: every plan there is was tried."""

from dataclasses import replace

from days_out import best, city, problems
from hypothesis import HealthCheck, given, settings

from jembol.methods.routing import Officer, Problem, Stop, solve, violations
from jembol.methods.routing.shortlist import LEAST


def told(problem, plan):
    required = {stop.id for stop in problem.stops if stop.required}
    return sum(one.stop in required for one in plan.unserved), plan.objective, plan.travel


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(4, weights=(1, 2)))
def test_no_plan_has_a_lower_objective(problem):
    plan = solve(problem, effort=200)

    assert told(problem, plan)[:2] == best(problem)[:2]
    assert violations(problem, plan) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(4, weights=(0,)))
def test_without_a_weight_travel_decides_between_equal_prizes(problem):
    assert told(problem, solve(problem, effort=200)) == best(problem)


def test_the_same_seed_gives_the_same_plan_and_travel_to_the_byte():
    problem = city(40, 3, 7)

    assert repr(solve(problem, effort=150)) == repr(solve(problem, effort=150))


def test_starts_made_elsewhere_give_the_same_plan():
    problem = city(30, 3, 7)

    def backwards(one, starts):
        return [one(start) for start in reversed(list(starts))][::-1]

    assert solve(problem, effort=100, spread=backwards) == solve(problem, effort=100)


def test_a_plan_that_was_stopped_says_that_another_run_may_differ():
    asked = iter([False] * 5)

    plan = solve(city(30, 3, 7), effort=100, stop=lambda: next(asked, True))

    assert not plan.reproducible
    assert plan.iterations < 100


def test_progress_is_told_and_never_rises():
    heard = []

    solve(city(30, 3, 7), effort=60, told=heard.append)

    assert {(one.start, one.starts, one.effort) for one in heard} == {(1, 2, 60), (2, 2, 60)}
    first = [one.objective for one in heard if one.start == 1]
    assert first == sorted(first, reverse=True)


def test_a_warm_plan_is_never_made_worse():
    problem = city(40, 3, 7)
    plan = solve(problem, effort=100)

    assert solve(problem, effort=20, warm=plan).objective <= plan.objective


def test_a_visit_of_two_officers_begins_at_one_moment_or_does_not_take_place():
    pair = [Stop(f"p{n}", 1, 0, 30, ((50, 50),), None, True, "", "pair") for n in (1, 2)]
    travel = ((0, 20), (20, 0))
    day = Problem(travel, tuple(Officer(f"o{n}", 0, 0, ((0, 200),)) for n in (1, 2)), tuple(pair))

    plan = solve(day, effort=50)
    alone = solve(replace(day, officers=day.officers[:1]), effort=50)

    assert sorted(plan.officers) == ["p1", "p2"]
    assert {route.arrivals for route in plan.routes} == {(50,)}
    assert alone.officers == {}
    assert {str(one.why) for one in alone.unserved} == {"together"}


def test_of_far_too_many_candidates_the_most_promising_are_planned():
    stops = tuple(Stop(f"s{n}", n % 2, n + 1, 300) for n in range(LEAST + 60))
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 3600),)),), stops)

    plan = solve(day, effort=20)
    outside = [one.stop for one in plan.unserved if one.why == "shortlist"]

    assert len(outside) == 60
    assert {f"s{n}" for n in range(59)} <= {*outside}
    assert "s458" in plan.officers


def test_an_empty_day_has_an_empty_plan():
    day = Problem(((0,),), (), (Stop("s", 0, 5, 1),))

    assert solve(day).objective == 5
    assert [str(one.why) for one in solve(day).unserved] == ["window"]
    assert solve(replace(day, stops=())).objective == 0
