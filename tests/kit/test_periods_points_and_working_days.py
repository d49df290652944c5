from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.period import Period
from jembol.kit.point import EARTH_RADIUS_M, Point
from jembol.kit.working_days import (
    HolidaysUnknown,
    add_working_days,
    holidays_in,
    is_working_day,
    working_days_between,
)

START = date(2026, 1, 1)
DAYS = [START + timedelta(days=place) for place in range(30)]
periods = st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(1, 9))).map(
    lambda drawn: Period(DAYS[drawn[0]], drawn[1] and DAYS[drawn[0] + drawn[1]])
)
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(periods, periods)
def test_periods_overlap_exactly_when_they_share_a_day(one, two):
    shared = [day for day in DAYS if one.contains(day) and two.contains(day)]

    assert one.overlaps(two) == two.overlaps(one) == bool(shared)


@given(periods)
def test_a_period_holds_its_start_and_not_its_end(period):
    assert period.contains(period.starts)
    assert not period.contains(period.starts - timedelta(days=1))
    assert period.ends is None or not period.contains(period.ends)


def test_a_period_of_no_length_or_of_mixed_or_naive_ends_is_refused():
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    with pytest.raises(ValueError, match="must end after"):
        Period(START, START)
    with pytest.raises(ValueError, match="time zone"):
        Period(moment.replace(tzinfo=None))
    with pytest.raises(TypeError):
        Period(START, moment)
    with pytest.raises(TypeError):
        Period(START).contains(moment)
    with pytest.raises(TypeError):
        Period(START).overlaps(Period(moment))


@given(points, points, points)
def test_distances_are_those_of_a_globe(one, two, three):
    assert one.distance_m(one) == 0
    assert one.distance_m(two) == pytest.approx(two.distance_m(one))
    assert one.distance_m(two) <= EARTH_RADIUS_M * 3.141593
    assert one.distance_m(three) <= one.distance_m(two) + two.distance_m(three) + 0.01


def test_a_degree_of_the_equator_and_a_way_across_a_city_have_their_known_length():
    assert Point(0, 0).distance_m(Point(0, 1)) == pytest.approx(111_195.08, abs=0.01)
    assert Point(0, 0).distance_m(Point(0, 180)) == pytest.approx(20_015_114.4, abs=0.1)
    assert Point(-7.98, 112.63).distance_m(Point(-7.98, 112.64)) == pytest.approx(1101.2, abs=0.1)


@pytest.mark.parametrize(
    ("lat", "lon"), [(112.6, -7.9), (91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))]
)
def test_coordinates_outside_the_globe_are_refused(lat, lon):
    with pytest.raises(ValueError, match="outside"):
        Point(lat, lon)


@given(st.dates(date(2026, 3, 1), date(2027, 10, 1)), st.integers(-30, 30))
def test_adding_working_days_and_counting_them_agree(day, count):
    other = add_working_days(day, count)

    first, last = sorted((day, other))
    counted = working_days_between(first, last) - is_working_day(day)
    assert counted == abs(count) if count else other == day


def test_independence_day_a_sunday_and_an_unknown_year_are_told_apart():
    assert not is_working_day(date(2026, 8, 17))
    assert not is_working_day(date(2026, 11, 1))
    assert is_working_day(date(2026, 11, 2))
    assert holidays_in(2026)[date(2026, 8, 17)] == "Proklamasi Kemerdekaan"
    for day in (date(2019, 1, 5), date(2019, 1, 7)):
        with pytest.raises(HolidaysUnknown, match="2019"):
            is_working_day(day)
    with pytest.raises(HolidaysUnknown, match="2028"):
        add_working_days(date(2027, 12, 31), 1)


def test_a_span_of_days_that_touches_an_unknown_year_is_never_counted_in_part():
    with pytest.raises(HolidaysUnknown):
        working_days_between(date(2025, 12, 31), date(2026, 1, 5))
    assert working_days_between(date(2026, 1, 5), date(2026, 1, 2)) == 0
