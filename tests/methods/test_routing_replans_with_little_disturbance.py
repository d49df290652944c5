"""An officer does not come: nobody else's visits move, promises hold, most of the day stays."""

from dataclasses import replace

import pytest
from days_out import city, problems
from hypothesis import HealthCheck, given, settings

from jembol.methods.routing import (
    NotAProblem,
    Officer,
    Problem,
    Stop,
    cost_of_move,
    replan,
    solve,
    violations,
)


def promised(problem, plan, officers):
    """Return the problem with every third visit of these officers promised."""
    told = [stop for stop, who in sorted(plan.officers.items()) if who in officers][::3]
    return replace(
        problem,
        stops=tuple(replace(one, required=one.required or one.id in told) for one in problem.stops),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_others_keep_nine_tenths_and_swap_nothing_among_themselves(seed):
    problem = city(100, 6, seed)
    plan = solve(problem, effort=200)
    others = {f"o{n}" for n in range(6)} - {"o1"}
    problem = promised(problem, plan, others)

    anew = replan(problem, plan, absent=["o1"])

    theirs = {stop: who for stop, who in plan.officers.items() if who != "o1"}
    kept = [stop for stop, who in theirs.items() if anew.officers.get(stop) == who]
    moved = [stop for stop, who in theirs.items() if anew.officers.get(stop, who) != who]
    required = {one.id for one in problem.stops if one.required}
    assert moved == []
    assert len(kept) >= 0.9 * len(theirs)
    assert required & {*theirs} <= {*anew.officers}
    assert "o1" not in anew.officers.values()
    assert violations(problem, anew) == []


def test_need_of_the_absent_is_taken_over_where_it_fits():
    problem = city(100, 6, 1)
    plan = solve(problem, effort=200)
    prizes = {one.id: one.prize for one in problem.stops}

    anew = replan(problem, plan, absent=["o1"])

    assert any(plan.officers.get(stop) == "o1" for stop in anew.officers)
    assert anew.prizes > sum(prizes[stop] for stop, who in plan.officers.items() if who != "o1")


def test_a_promise_of_the_absent_displaces_a_visit_that_is_not_promised():
    stops = (Stop("his", 1, 300, 1800), Stop("hers", 1, 900, 1800))
    day = Problem(((0, 60), (60, 0)), tuple(
        Officer(who, 0, 0, ((0, 2000),)) for who in ("he", "she")), stops)  # fmt: skip
    plan = solve(day, effort=20)
    absent = plan.officers["his"]

    free = replan(day, plan, absent=[absent])
    firm = replan(replace(day, stops=(replace(stops[0], required=True), stops[1])), plan,
                  absent=[absent], kept=0)  # fmt: skip

    assert {*free.officers} == {"hers"}
    assert {*firm.officers} == {"his"}


def test_why_a_visit_stays_out_after_a_replan_names_what_stays():
    stops = (Stop("his", 1, 900, 1800), Stop("hers", 1, 300, 1800))
    day = Problem(((0, 60), (60, 0)), tuple(
        Officer(who, 0, 0, ((0, 2000),)) for who in ("he", "she")), stops)  # fmt: skip
    plan = solve(day, effort=20)

    anew = replan(day, plan, absent=[plan.officers["his"]])

    assert [(one.stop, str(one.why), one.instead_of) for one in anew.unserved] == [
        ("his", "kept", "hers")
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(5))
def test_every_replan_is_lawful_and_keeps_promises_of_those_who_come(problem):
    plan = solve(problem, effort=20)

    anew = replan(problem, plan, absent=["o0"], effort=20)

    assert violations(problem, anew) == []
    required = {one.id for one in problem.stops if one.required}
    theirs = {stop for stop, who in plan.officers.items() if who != "o0"}
    assert required & theirs <= {*anew.officers}


def test_the_same_replan_twice_is_the_same():
    problem = city(40, 4, 2)
    plan = solve(problem, effort=50)

    assert replan(problem, plan, absent=["o1"]) == replan(problem, plan, absent=["o1"])


def test_an_officer_who_is_unknown_is_refused():
    problem = city(10, 2, 2)

    with pytest.raises(NotAProblem, match="absent: 'o9' is no officer"):
        replan(problem, solve(problem, effort=0), absent=["o9"])


def test_the_cost_of_a_move_is_what_the_plan_then_loses():
    problem = city(40, 4, 2)
    plan = solve(problem, effort=100)
    costs = []
    for stop in sorted(plan.officers):
        for officer in problem.officers:
            told = cost_of_move(problem, plan, stop=stop, officer=officer.id)
            if told.plan is not None:
                costs.append(told.cost)
                assert told.plan.officers[stop] == officer.id
                assert told.cost == told.plan.objective - plan.objective
                assert violations(problem, told.plan) == []
            else:
                assert told.late or told.skill

    assert len(costs) > 20


def test_a_move_that_makes_a_later_visit_late_names_it():
    stops = (Stop("a", 1, 900, 900), Stop("b", 1, 900, 600, ((100, 700),)))
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 2000),)),), stops)
    plan = solve(day, effort=20)

    told = cost_of_move(day, plan, stop="a", officer="o", place=0)

    assert plan.routes[0].stops == ("b", "a")
    assert (told.plan, told.late) == (None, ("b",))
    assert cost_of_move(day, plan, stop="a", officer="o").cost == 0


def test_a_move_beyond_the_shift_or_the_skill_is_told_and_not_made():
    stops = (Stop("a", 1, 900, 1800), Stop("b", 1, 800, 1800), Stop("c", 1, 10, 60, (), "tailor"))
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 2000),)),), stops)
    plan = solve(day, effort=20)

    too_much = cost_of_move(day, plan, stop="b", officer="o")
    tailor = cost_of_move(day, plan, stop="c", officer="o")

    assert (too_much.plan, too_much.late) == (None, ("b",))
    assert (tailor.plan, tailor.skill) == (None, "tailor")


def test_a_visit_is_taken_out_at_the_price_of_its_prize():
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 2000),)),), (Stop("a", 1, 900, 60),))
    plan = solve(day, effort=20)

    told = cost_of_move(day, plan, stop="a", officer=None)

    assert (told.cost, told.travel) == (900 - 120, -120)
    assert str(told.plan.unserved[0].why) == "told"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stop": "z"}, "stop 'z': is not in the problem"),
        ({"officer": "z"}, "officer 'z': has no shift 0"),
        ({"shift": 3}, "officer 'o': has no shift 3"),
    ],
)
def test_a_move_of_what_is_not_there_is_refused(change, words):
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 2000),)),), (Stop("a", 1, 900, 60),))
    plan = solve(day, effort=20)

    with pytest.raises(NotAProblem, match=words):
        cost_of_move(day, plan, **{"stop": "a", "officer": "o", **change})
