"""Seats are filled by the rule: first by the order, under limits, quotas and whole groups."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lots import SECRET, by_trying_every_set, counted, entries, quotas

from jembol.methods.draw.entries import Entry, NotALottery, Quota
from jembol.methods.draw.filling import Shortfall, Why, fill
from jembol.methods.draw.lottery import draw

SEATS = st.integers(0, 9)


@settings(max_examples=400, deadline=None)
@given(entries(), SEATS, quotas())
def test_the_filling_is_the_one_found_by_trying_every_set(order, seats, rule):
    assert list(fill(order, seats, rule).placed) == by_trying_every_set(order, seats, rule)


@settings(max_examples=100, deadline=None)
@given(entries(6), entries(3), SEATS, quotas())
def test_a_freed_seat_goes_to_the_first_whom_the_quotas_let_in(order, others, seats, rule):
    held = [Entry(f"H{entry.id}", entry.size, entry.members) for entry in others]

    assert list(fill(order, seats, rule, held).placed) == by_trying_every_set(
        order, seats, rule, held
    )


@settings(max_examples=200, deadline=None)
@given(entries(40), st.integers(0, 30), quotas())
def test_seats_limits_and_quotas_hold_and_nobody_is_lost(order, seats, rule):
    filled = fill(order, seats, rule)

    known = {entry.id: entry for entry in order}
    placed = [known[one] for one in filled.placed]
    assert sum(entry.size for entry in placed) <= seats
    assert Counter(filled.placed + filled.waiting) == Counter(list(known))
    short = {one.category: one.attainable for one in filled.shortfalls}
    for quota in rule:
        assert counted(placed, quota) >= short.get(quota.category, quota.at_least)
        assert quota.at_most is None or counted(placed, quota) <= quota.at_most
    for entry in order:
        assert filled.reasons[entry.id].why.is_placed == (entry.id in filled.placed)


@settings(max_examples=60, deadline=None)
@given(entries(30), st.integers(0, 30), quotas(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_are_given_changes_nothing(found, seats, rule, random):
    shuffled = random.sample(found, len(found))

    assert draw(found, seats, rule, SECRET, "K1") == draw(shuffled, seats, rule, SECRET, "K1")


def test_a_quota_bites_only_where_luck_would_give_less():
    order = [Entry.person(f"m{number}") for number in range(3)]
    order += [Entry.person(f"w{number}", ["women"]) for number in range(3)]

    filled = fill(order, 4, [Quota("women", 2)])

    assert filled.placed == ("m0", "m1", "w0", "w1")
    assert filled.reasons["w0"].why == Why.DRAWN
    assert (filled.reasons["w1"].why, filled.reasons["w1"].categories) == (Why.QUOTA, ("women",))
    assert filled.reasons["m2"].why == Why.KEPT
    assert filled.reasons["m2"].categories == ("women",)
    assert filled.reasons["w2"].why == Why.FULL


def test_reserve_after_reserve_would_miss_a_quota_that_this_rule_holds():
    order = [
        Entry.person("woman", ["women"]),
        Entry.person("disabled man", ["disability"]),
        Entry.person("disabled woman", ["women", "disability"]),
    ]

    assert fill(order, 1, [Quota("women", 1), Quota("disability", 1)]).placed == ("disabled woman",)


def test_a_group_comes_whole_or_is_passed_over():
    order = [Entry.person("a"), Entry("group", 3), Entry.person("b"), Entry("pair", 2)]

    filled = fill(order, 3)

    assert filled.placed == ("a", "b")
    assert filled.reasons["group"].why == Why.GROUP_TOO_LARGE
    assert filled.reasons["group"].seats_left == 2
    assert filled.reasons["pair"].seats_left == 1


def test_a_limit_is_named_and_a_quota_beyond_reach_is_told():
    order = [Entry.person(f"a{number}", ["kecamatan:A"]) for number in range(3)]

    filled = fill(order, 3, [Quota("kecamatan:A", 0, 2), Quota("kecamatan:B", 1)])

    assert filled.placed == ("a0", "a1")
    assert filled.reasons["a2"].why == Why.LIMIT
    assert filled.shortfalls == (Shortfall("kecamatan:B", 1, 0),)


def test_the_earlier_quota_goes_before_the_later_where_both_cannot_be_held():
    order = [Entry.person("b", ["B"]), Entry.person("a", ["A"])]

    filled = fill(order, 1, [Quota("A", 1), Quota("B", 1)])

    assert filled.placed == ("a",)
    assert filled.shortfalls == (Shortfall("B", 1, 0),)


def test_whoever_holds_a_seat_beyond_the_rule_keeps_it():
    held = [Entry.person(f"h{number}", ["A"]) for number in range(3)]

    filled = fill([Entry.person("a", ["A"]), Entry.person("b")], 4, [Quota("A", 0, 2)], held)

    assert filled.placed == ("b",)


@pytest.mark.parametrize(
    ("found", "seats", "rule", "told"),
    [
        ([Entry("a"), Entry("a")], 1, [], "'a' stands there twice"),
        ([Entry("")], 1, [], "at least one sign"),
        ([Entry("a\nb")], 1, [], "one line"),
        ([Entry("a", 0)], 1, [], "has size 0"),
        ([Entry("a", 1, {"A": 2})], 1, [], "counts 2 of 'A'"),
        ([], -1, [], "seats is -1"),
        ([], 1, [Quota("A", 3, 2)], "at least 3 and at most 2"),
        ([], 1, [Quota("A"), Quota("A", 1)], "'A' stands there twice"),
    ],
)
def test_what_contradicts_itself_is_refused(found, seats, rule, told):
    with pytest.raises(NotALottery, match=told):
        fill(found, seats, rule)
