"""One line says which field of which row is wrong, and how to mend it."""

import json
from dataclasses import replace

import pytest

from jembol.methods.routing import NotAProblem, Officer, Problem, Stop, plan_of, solve
from jembol.methods.routing.files import problem_from_json
from jembol.methods.routing.lists import problem_from_lists

OFFICER = {"id": "o", "start": 0, "end": 0, "shift": [0, 100], "skills": []}
STOP = {"id": "s", "node": 1, "prize": 5, "service": 1, "windows": [[0, 50]], "skill": None}
DAY = {"travel": [[0, 1], [1, 0]], "officers": [OFFICER], "stops": [STOP]}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("{", "the problem is no JSON"),
        ("[]", "the problem is no object"),
        ({"officers": [], "stops": []}, "field travel is absent"),
        ({**DAY, "officers": 3}, "field officers is no list"),
        ({**DAY, "stops": ["s"]}, "stops, row 1: is no object"),
        ({**DAY, "travel": [[0, 1], [1]]}, "travel, row 2: has 1 numbers for 2 nodes"),
        ({**DAY, "travel": [[0, "x"], [1, 0]]}, "travel, row 1, column 2: 'x' is no number"),
        ({**DAY, "travel": [[0, -1], [1, 0]]}, "travel, row 1: holds a time below 0"),
        ({**DAY, "travel": [[0, 1.5], [1, 0]]}, "travel, row 1, column 2: 1.5 is no whole"),
        ({**DAY, "travel_weight": -1}, "field travel_weight: -1 is out of range"),
        ({**DAY, "travel_weight": 0.1234567}, "field travel_weight: 0.1234567 has more than 6"),
        ('{"travel": [[0]], "officers": [], "stops": [], "travel_weight": NaN}', "is no number"),
        ('{"travel": [[0]], "officers": [], "stops": [], "travel_weight": 1e99}', "out of range"),
        ({**DAY, "stops": [STOP, STOP]}, "stops, row 2, field id: 's' stands there twice"),
        ({**DAY, "stops": [{**STOP, "id": ""}]}, "stops, row 1, field id: is empty"),
        ({**DAY, "stops": [{**STOP, "id": None}]}, "stops, row 1, field id: None is no id"),
        ({**DAY, "stops": [{**STOP, "node": 2}]}, "stops, row 1, field node: 2 is no node"),
        ({**DAY, "stops": [{**STOP, "prize": -2}]}, "stops, row 1, field prize: -2 is out of"),
        ({**DAY, "stops": [{**STOP, "service": "1"}]}, "stops, row 1, field service: '1' is no"),
        ({**DAY, "stops": [{**STOP, "windows": [[9]]}]}, "field windows: \\[9\\] is not"),
        ({**DAY, "stops": [{**STOP, "windows": 9}]}, "field windows: is no list"),
        ({**DAY, "stops": [{**STOP, "windows": [[9, 5]]}]}, "ends at 5, before it begins at 9"),
        ({**DAY, "stops": [{**STOP, "required": "ya"}]}, "field required: 'ya' is not true"),
        ({**DAY, "stops": [{**STOP, "skill": 1.5}]}, "field skill: Decimal.* is no text"),
        ({**DAY, "stops": [{**STOP, "together": "x"}]}, "field together: a visit of several"),
        ({**DAY, "officers": [{"id": "o", "start": 0}]}, "officers, row 1, field shift: None"),
        ({**DAY, "officers": [{**OFFICER, "end": 7}]}, "officers, row 1, field end: 7 is no node"),
        ({**DAY, "officers": [{**OFFICER, "shifts": []}]}, "field shift: is absent"),
        ({**DAY, "officers": [{**OFFICER, "shifts": [[0, 9], [8, 10]]}]}, "overlaps"),
        ({**DAY, "officers": [{**OFFICER, "travel_percent": 0}]}, "field travel_percent: 0"),
        ({**DAY, "travel": 5}, "field travel: is no list"),
        ({"points": [[99, 0]], "officers": [], "stops": []}, "points, row 1: .* is no place"),
        ({"points": [], "speed_kmh": 0, "officers": [], "stops": []}, "field speed_kmh: 0 is out"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(told, words):
    text = told if isinstance(told, str) else json.dumps(told)

    with pytest.raises(NotAProblem, match=words) as refused:
        solve(problem_from_json(text).problem, effort=1)

    assert "\n" not in str(refused.value)


STOPS = "id,lat,lon,need,minutes,windows,skill,required\ns,-7.97,112.63,3,20,08:00-10:00,,ya\n"
OFFICERS = "id,lat,lon,shift,skills,mode\no,-7.98,112.62,08:00-12:00;13:00-15:00,jawa,motor\n"


def test_two_lists_of_a_spreadsheet_are_a_problem():
    problem = problem_from_lists(
        STOPS, OFFICERS.replace(",", ";").replace("00;13", "00|13")
    ).problem

    assert problem.officers[0].shifts == ((28800, 43200), (46800, 54000))
    (stop,) = problem.stops
    assert (stop.prize, stop.service, stop.windows, stop.required) == (
        1800, 1200, ((28800, 36000),), True,
    )  # fmt: skip


def test_on_foot_a_way_takes_longer_and_a_day_may_end_anywhere():
    text = "id,lat,lon,shift,mode,returns\no,-7.98,112.62,08:00-12:00,jalan,tidak\n"

    (officer,) = problem_from_lists(STOPS, text).problem.officers

    assert (officer.travel_percent, officer.end) == (400, None)


@pytest.mark.parametrize(
    ("stops", "officers", "words"),
    [
        ("id,lat\n", OFFICERS, "stops: column lon is absent"),
        (STOPS, "id,lat,lon\n", "officers: column shift is absent"),
        (STOPS + "x,1\n", OFFICERS, "stops, row 3: has another number of cells"),
        (STOPS.replace("-7.97", "x"), OFFICERS, "stops, row 2, field lat: 'x' is no number"),
        (STOPS.replace("-7.97", "97"), OFFICERS, "stops, row 2, field lat, lon: .* is no place"),
        (STOPS.replace(",3,", ",-3,"), OFFICERS, "stops, row 2, field need: '-3' is no whole"),
        (STOPS.replace(",20,", ",x,"), OFFICERS, "stops, row 2, field minutes: 'x' is no whole"),
        (STOPS.replace("10:00", "25:00"), OFFICERS, "field windows: '08:00-25:00' is no time"),
        (STOPS.replace(",ya", ",?"), OFFICERS, "stops, row 2, field required: '\\?' is neither"),
        (STOPS, OFFICERS.replace("motor", "perahu"), "officers, row 2, field mode: 'perahu'"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(stops, officers, words):
    with pytest.raises(NotAProblem, match=words):
        problem_from_lists(stops, officers)


def test_an_order_that_does_not_fit_is_refused():
    day = Problem(((0, 60), (60, 0)), (Officer("o", 0, 0, ((0, 2000),)),), (Stop("a", 1, 900, 60),))

    assert plan_of(day, {("o", 0): ["a"]}).objective == 120
    for order in ({("o", 0): ["z"]}, {("p", 0): ["a"]}, {("o", 0): ["a", "a"]}):
        with pytest.raises(NotAProblem, match="cannot be visited where the order has it"):
            plan_of(day, order)
    with pytest.raises(NotAProblem, match="cannot be visited"):
        plan_of(replace(day, officers=(Officer("o", 0, 0, ((0, 100),)),)), {("o", 0): ["a"]})
