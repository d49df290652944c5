"""Room under quotas, conditions and points: values in, values out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.area import AreaCode
from jembol.training.choices import Answer, ConditionKind, QuotaKind
from jembol.training.rules import (
    Bar,
    Condition,
    Facts,
    Room,
    Share,
    ShareFault,
    answer,
    fault_of_shares,
    need_parts,
    need_points,
    open_needs,
    read_conditions,
)

ON = date(2026, 4, 20)
DINOYO = AreaCode.parse("35.73.05.1004").key
MAN, WOMAN = Facts(DINOYO, sex="L"), Facts(DINOYO, sex="P")


def room(*shares, seats=3, keeps=True):
    return Room(seats, 0, shares, (0,) * len(shares), keeps_minima=keeps)


def test_a_minimum_keeps_seats_until_the_window_closes():
    kept = room(Share(QuotaKind.WOMEN, "", 1)).with_people([MAN, MAN])

    assert kept.bar([MAN])[0] == Bar.RESERVED
    assert kept.bar([WOMAN]) is None
    assert Room(3, 2, kept.shares, kept.counts).bar([MAN]) is None


def test_minima_of_two_kinds_may_be_met_by_one_person():
    both = room(Share(QuotaKind.WOMEN, "", 1), Share(QuotaKind.KECAMATAN, "35.73.01", 1), seats=2)

    assert both.with_people([MAN]).bar([WOMAN])[0] == Bar.RESERVED
    assert both.bar([WOMAN]) is None


def test_a_maximum_holds_for_all_of_a_group_together():
    few = room(Share(QuotaKind.WOMEN, "", 0, 1), keeps=False)

    assert few.bar([WOMAN, WOMAN])[0] == Bar.AT_MOST
    assert few.bar([WOMAN, MAN]) is None


def test_a_group_larger_than_what_is_left_is_told_apart_from_full():
    assert room(seats=2).bar([MAN] * 3) == (Bar.TOO_MANY, None)
    assert room(seats=0).bar([MAN]) == (Bar.FULL, None)


@given(st.lists(st.sampled_from([MAN, WOMAN]), max_size=12), st.integers(0, 5), st.integers(0, 5))
def test_letting_in_whoever_is_not_barred_never_loses_a_reachable_minimum(people, least, seats):
    now = room(Share(QuotaKind.WOMEN, "", min(least, seats)), seats=seats)
    for person in people:
        if now.bar([person]) is None:
            now = now.with_people([person])

    assert now.taken <= seats
    assert open_needs(now)[QuotaKind.WOMEN] <= now.left


@pytest.mark.parametrize(
    ("shares", "fault"),
    [
        ([Share(QuotaKind.WOMEN), Share(QuotaKind.WOMEN)], ShareFault.TWICE),
        ([Share(QuotaKind.KECAMATAN, "35.73")], ShareFault.NO_VALUE),
        ([Share(QuotaKind.DECILE, "0-4")], ShareFault.NO_VALUE),
        ([Share(QuotaKind.DECILE, "1-4"), Share(QuotaKind.DECILE, "4-5")], ShareFault.OVERLAP),
        ([Share(QuotaKind.WOMEN, "", 3, 2)], ShareFault.AT_MOST_BELOW_AT_LEAST),
        ([Share(QuotaKind.WOMEN, "", 4)], ShareFault.BEYOND_SEATS),
        ([Share(QuotaKind.WOMEN, "", 3, 3)], None),
    ],
)
def test_quotas_that_do_not_fit_together_are_named(shares, fault):
    assert fault_of_shares(shares, 3) == fault


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (Condition(ConditionKind.LIVES_IN, areas=("35.73.05",)), MAN, Answer.MET),
        (Condition(ConditionKind.LIVES_IN, areas=("35.73.01",)), MAN, Answer.NOT_MET),
        (
            Condition(ConditionKind.LIVES_IN, areas=("35.73.01",)),
            Facts(AreaCode.parse("35.73").key),
            Answer.UNKNOWN,
        ),
        (Condition(ConditionKind.WOMEN), Facts(DINOYO), Answer.UNKNOWN),
        (Condition(ConditionKind.WOMEN), MAN, Answer.NOT_MET),
        (Condition(ConditionKind.AGE, low=17), Facts(DINOYO), Answer.UNKNOWN),
        (Condition(ConditionKind.AGE, low=17), Facts(DINOYO, born_on=ON.replace(2009)), Answer.MET),
        (
            Condition(ConditionKind.AGE, low=17),
            Facts(DINOYO, born_on=date(2009, 4, 21)),
            Answer.NOT_MET,
        ),
        (Condition(ConditionKind.DECILE, high=4), Facts(DINOYO), Answer.UNKNOWN),
        (Condition(ConditionKind.DECILE, high=4), Facts(DINOYO, decile=5), Answer.NOT_MET),
        (Condition(ConditionKind.NOT_AGAIN, months=12), Facts(DINOYO), Answer.MET),
        (
            Condition(ConditionKind.NOT_AGAIN, months=2),
            Facts(DINOYO, last_came_on=date(2026, 2, 21)),
            Answer.NOT_MET,
        ),
        (
            Condition(ConditionKind.NOT_AGAIN, months=2),
            Facts(DINOYO, last_came_on=date(2026, 2, 20)),
            Answer.MET,
        ),
        (Condition(ConditionKind.BUSINESS), Facts(DINOYO), Answer.UNKNOWN),
        (Condition(ConditionKind.NO_BUSINESS), Facts(DINOYO, has_business=True), Answer.NOT_MET),
    ],
)
def test_a_condition_is_met_not_met_or_not_known(condition, facts, expected):
    (read,) = read_conditions([condition.written()])

    assert answer(read, facts, ON) == expected


def test_points_are_the_sum_of_their_parts_and_the_unknown_is_said_to_be_unknown():
    weights = {"decile_1": 40, "decile_unknown": 5, "woman": 10, "disability": 7}
    parts = need_parts(weights, WOMAN)

    assert need_points(weights, WOMAN) == 15
    assert [(one.name, one.points, one.is_known) for one in parts] == [
        ("decile", 5, False),
        ("disability", 0, False),
        ("woman", 10, True),
    ]
