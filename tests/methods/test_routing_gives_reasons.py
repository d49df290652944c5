"""Each reason is confirmed by looking at the plan afresh, with none of the search's own code."""

from dataclasses import replace
from itertools import pairwise

from days_out import city, problems, road
from hypothesis import HealthCheck, given, settings

from jembol.methods.routing import Officer, Problem, Stop, Why, solve

FAR = 10**9


def routes_of(problem, plan):
    """Return (officer, span, stops) of each route."""
    officers = {one.id: one for one in problem.officers}
    stops = {one.id: one for one in problem.stops}
    return [
        (officers[r.officer], officers[r.officer].shifts[r.shift], [stops[s] for s in r.stops])
        for r in plan.routes
    ]


def roads(problem, officer, span, order, stop):
    """Return the travel of each lawful route that has the stop somewhere in this order."""
    found = [road(problem, officer, span, (*order[:k], stop, *order[k:]))
             for k in range(len(order) + 1)]  # fmt: skip
    return [one for one in found if one is not None]


def looked(problem, plan, stop):
    """Return (fits alone, best insertion, best exchange) in the objective's unit: rise, or FAR."""
    alone, into, swaps = False, FAR, FAR
    for officer, span, order in routes_of(problem, plan):
        held = road(problem, officer, span, order)
        alone |= road(problem, officer, span, [stop]) is not None
        for found in roads(problem, officer, span, order, stop):
            into = min(into, problem.travel_weight * (found - held) - stop.prize)
        for k, gone in enumerate(order):
            if gone.required and not stop.required:
                continue
            for found in roads(problem, officer, span, [*order[:k], *order[k + 1 :]], stop):
                rise = problem.travel_weight * (found - held) - stop.prize + gone.prize
                swaps = min(swaps, rise)
    return alone, into, swaps


def check(problem, plan):
    stops = {one.id: one for one in problem.stops}
    for one in plan.unserved:
        stop = stops[one.stop]
        alone, into, swaps = looked(problem, plan, stop)
        if one.why is Why.SKILL:
            assert not any(stop.skill in officer.skills for officer in problem.officers)
        elif one.why is Why.WINDOW:
            assert not alone
        elif one.why is Why.TOO_FAR:
            assert into == one.gap >= 0
        elif one.why is Why.DISPLACES:
            assert into == FAR
            assert swaps == one.gap >= 0
            assert one.instead_of in plan.officers
        elif one.why is Why.PROMISED:
            assert into == swaps == FAR
            assert stops[one.instead_of].required
        else:
            assert one.why is Why.NO_TIME
            assert alone
            assert into == swaps == FAR


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(6, weights=(1, 2)))
def test_each_reason_of_a_small_day_is_true_and_no_exchange_gains(problem):
    check(problem, solve(problem, effort=10))


def test_each_reason_of_a_city_is_true_and_no_exchange_gains():
    problem = city(80, 3, 5)
    plan = solve(problem, effort=30)

    check(problem, plan)
    assert len(plan.unserved) > 20


def test_with_prizes_alone_no_insertion_and_no_exchange_gains_either():
    problem = replace(city(60, 3, 5), travel_weight=0)
    plan = solve(problem, effort=30)

    check(problem, plan)
    assert all(one.why is not Why.TOO_FAR for one in plan.unserved)


def test_each_kind_of_reason_is_given():
    day = Problem(
        ((0, 60, 900), (60, 0, 900), (900, 900, 0)),
        (Officer("o", 0, 0, ((0, 3600),)),),
        (
            Stop("in", 1, 2000, 1500), Stop("also", 1, 2000, 1500, required=True),
            Stop("skill", 1, 500, 60, (), "tailor"), Stop("late", 1, 500, 60, ((9000, 9999),)),
            Stop("cheap", 1, 100, 900), Stop("far", 2, 10, 0), Stop("long", 1, 3000, 3300),
        ),
    )  # fmt: skip

    told = {one.stop: (str(one.why), one.instead_of) for one in solve(day, effort=50).unserved}

    assert told == {
        "skill": ("skill", None),
        "late": ("window", None),
        "cheap": ("displaces", "in"),
        "far": ("displaces", "in"),
        "long": ("no_time", None),
    }


def test_a_detour_that_costs_more_than_the_visit_is_worth_is_told_with_its_price():
    day = Problem(
        ((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 3600),)),), (Stop("far", 1, 50, 60),)
    )

    (one,) = solve(day, effort=50).unserved

    assert (one.why, one.officer, one.gap, one.extra) == (Why.TOO_FAR, "o", 70, 120)


def test_a_promised_visit_gives_way_to_no_prize():
    stops = (Stop("kept", 1, 1, 1800, required=True), Stop("rich", 1, 10**6, 1800))
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 3600),)),), stops)

    plan = solve(day, effort=50)

    assert plan.officers == {"kept": "o"}
    assert [(one.stop, one.why, one.instead_of) for one in plan.unserved] == [
        ("rich", Why.PROMISED, "kept")
    ]


def test_visits_follow_one_another_as_early_as_can_be():
    problem = city(30, 2, 3)

    for officer, span, order in routes_of(problem, plan := solve(problem, effort=30)):
        route = next(r for r in plan.routes if r.stops == tuple(s.id for s in order))
        assert span[0] <= route.ends <= span[1]
        assert all(a < b for a, b in pairwise(route.arrivals)), officer.id
