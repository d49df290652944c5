"""The checker shares nothing with the search, and finds whatever a plan breaks."""

from dataclasses import replace

import pytest
from days_out import city, problems
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jembol.methods.routing import Officer, Plan, Problem, Route, Stop, Unserved, Why, solve
from jembol.methods.routing.checker import violations

PROBLEM = Problem(
    ((0, 10, 20), (15, 0, 5), (20, 5, 0)),
    (Officer("o", 0, 0, ((0, 100),)), Officer("p", 0, None, ((0, 30), (50, 90)), frozenset("k"))),
    (Stop("a", 1, 7, 10, ((0, 40),)), Stop("b", 2, 9, 5, (), "k")),
)
PLAN = Plan(
    (Route("o", 0, ("a",), (10,), 25, 35), Route("p", 0, ("b",), (20,), 20, 25),
     Route("p", 1, (), (), 0, 50)),
    (), 45, 45, 16,
)  # fmt: skip


def test_a_lawful_plan_breaks_nothing():
    assert violations(PROBLEM, PLAN) == []


@pytest.mark.parametrize(
    ("place", "change", "told"),
    [
        (0, {"officer": "z"}, "has no shift"),
        (0, {"shift": 1}, "has no shift 1"),
        (0, {"stops": ("z",)}, "is no stop"),
        (0, {"arrivals": (9,)}, "before o can be there"),
        (0, {"arrivals": (41,), "ends": 66}, "outside its windows"),
        (0, {"arrivals": ()}, "0 times for 1 stops"),
        (0, {"travel": 24}, "travels 25 seconds, not 24"),
        (0, {"ends": 34}, "ends at 35, not 34"),
        (0, {"stops": ("b",), "arrivals": (20,)}, "asks for k"),
        (0, {"stops": (), "arrivals": ()}, "must stand either"),
        (1, {"stops": ("a",), "arrivals": (15,)}, "is visited 2 times"),
        (1, {"arrivals": (26,), "ends": 31}, "after the shift ends at 30"),
        (2, {"shift": 0}, "has 2 routes in shift 0"),
    ],
)
def test_each_broken_limit_is_told(place, change, told):
    routes = list(PLAN.routes)
    routes[place] = replace(routes[place], **change)

    assert any(told in one for one in violations(PROBLEM, replace(PLAN, routes=tuple(routes))))


@pytest.mark.parametrize("change", [{"objective": 44}, {"travel": 46}, {"prizes": 15},
                                    {"unserved": (Unserved("a", Why.NO_TIME),)},
                                    {"unserved": (Unserved("z", Why.NO_TIME),)}])  # fmt: skip
def test_wrong_figures_and_false_reasons_are_told(change):
    assert violations(PROBLEM, replace(PLAN, **change))


def test_a_visit_of_two_officers_that_is_torn_is_told():
    pair = tuple(replace(one, together="x", skill=None) for one in PROBLEM.stops)
    problem = replace(PROBLEM, stops=pair)

    found = violations(problem, PLAN)

    assert found == ["x: its officers would not begin at the same moment"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(5), st.data())
def test_a_good_plan_that_is_spoiled_is_found(problem, data):
    plan = solve(problem, effort=20)
    full = [row for row, route in enumerate(plan.routes) if route.stops]
    assume(full)
    row = data.draw(st.sampled_from(full))
    route = plan.routes[row]
    spoil = data.draw(st.sampled_from(["drop", "twice", "earlier", "later", "travel"]))
    spoiled = {
        "drop": replace(route, stops=route.stops[1:], arrivals=route.arrivals[1:]),
        "twice": replace(route, stops=(*route.stops, route.stops[0]),
                         arrivals=(*route.arrivals, route.arrivals[-1])),
        "earlier": replace(route, arrivals=(route.arrivals[0] - 1, *route.arrivals[1:])),
        "later": replace(route, arrivals=(*route.arrivals[:-1], route.arrivals[-1] + 10**6)),
        "travel": replace(route, travel=route.travel + 1),
    }[spoil]  # fmt: skip
    routes = (*plan.routes[:row], spoiled, *plan.routes[row + 1 :])

    assert violations(problem, replace(plan, routes=routes))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_plan_of_a_city_is_lawful(seed):
    problem = city(60, 4, seed)

    assert violations(problem, solve(problem, effort=30)) == []
