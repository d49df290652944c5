from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.area import KEY_LIMIT, AreaCode
from jembol.kit.reach import Reach

WORLD = range(40)
spans = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 40)), max_size=6).map(tuple)


def keys_of(drawn):
    return {key for low, high in drawn for key in range(low, high)}


def covered(reach):
    return {key for key in WORLD if reach.covers(key)}


@given(spans)
def test_a_reach_covers_exactly_the_keys_of_its_spans(drawn):
    reach = Reach(drawn)

    assert covered(reach) == keys_of(drawn)
    assert bool(reach) == bool(keys_of(drawn))


@given(spans)
def test_spans_are_sorted_and_neither_overlap_nor_touch(drawn):
    kept = Reach(drawn).spans

    assert all(low < high for low, high in kept)
    assert all(one[1] < two[0] for one, two in pairwise(kept))


@given(spans, spans)
def test_union_and_intersection_are_those_of_sets(one, two):
    assert covered(Reach(one) | Reach(two)) == keys_of(one) | keys_of(two)
    assert covered(Reach(one) & Reach(two)) == keys_of(one) & keys_of(two)


@given(spans, spans)
def test_two_reaches_are_equal_exactly_when_they_hold_the_same_keys(one, two):
    assert (Reach(one) == Reach(two)) == (keys_of(one) == keys_of(two))


@given(spans)
def test_everywhere_and_nowhere_are_the_ends_of_the_algebra(drawn):
    reach = Reach(drawn)

    assert reach | Reach.everywhere() == Reach.everywhere()
    assert reach & Reach.everywhere() == reach
    assert reach | Reach.nowhere() == reach
    assert reach & Reach.nowhere() == Reach.nowhere()


def test_a_reach_of_areas_covers_what_lies_in_them_and_nothing_above_or_beside():
    kelurahan = AreaCode.parse("35.73.05.1004")
    neighbour = AreaCode.parse("35.73.05.1005")

    reach = Reach.of([kelurahan.key, AreaCode.parse("35.76").key])

    assert reach.covers(kelurahan.rw(999).rt(999).key)
    assert reach.covers(AreaCode.parse("35.76.01.1003").key)
    assert not any(reach.covers(above.key) for above in kelurahan.ancestors)
    assert not reach.covers(neighbour.key)


def test_an_area_inside_another_adds_no_span():
    city, kelurahan = AreaCode.parse("35.73"), AreaCode.parse("35.73.05.1004")

    assert Reach.of([kelurahan.key, city.key]) == Reach.of([city.key])
    assert Reach.of([0]) == Reach.everywhere()
    assert not Reach.everywhere().covers(KEY_LIMIT)
