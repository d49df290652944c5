"""What days alone tell: a doubtful date, and a list of days that is none."""

from datetime import date, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jembol.training.rules import (
    CATALOGUE,
    Day,
    DayFault,
    doubt_about,
    fault_of_days,
    in_order,
    seats_left,
    weekday_of,
)

INDONESIAN = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
days = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def test_the_catalogue_names_the_sixteen_kinds_once_in_both_languages():
    assert len(CATALOGUE) == 16
    for name in ("slug", "name", "name_en"):
        assert len({getattr(kind, name) for kind in CATALOGUE}) == 16
        assert all(getattr(kind, name) for kind in CATALOGUE)


def test_the_monday_of_2023_that_was_a_friday_is_doubted_and_the_likely_month_named():
    with translation.override("en"):
        doubt = doubt_about(date(2023, 1, 6), "Senin")

    assert doubt == (
        "The source says Monday, but 2023-01-06 was a Friday. 2023-02-06 was a Monday."
    )


@pytest.mark.parametrize("word", ["Senin,", "SENIN", " senin ", "Monday"])
def test_the_right_weekday_in_any_spelling_raises_no_doubt(word):
    assert doubt_about(date(2024, 10, 7), word) == ""


@pytest.mark.parametrize("word", ["Jumat", "Jum'at", "Jum’at", "JUM'AT"])
def test_friday_is_read_with_and_without_its_apostrophe(word):
    assert weekday_of(word) == 4


def test_a_source_that_names_no_weekday_raises_no_doubt():
    assert doubt_about(date(2023, 1, 6), "  ") == ""


def test_a_word_that_is_no_weekday_is_itself_the_doubt():
    assert "“Lusa”" in doubt_about(date(2023, 1, 6), "Lusa")


@given(day=days, stated=st.integers(0, 6), words=st.sampled_from([INDONESIAN, ENGLISH]))
def test_a_day_is_doubted_exactly_when_its_weekday_is_another(day, stated, words):
    doubt = doubt_about(day, words[stated])

    assert bool(doubt) == (day.weekday() != stated)
    assert not doubt or day.isoformat() in doubt


@given(st.lists(days, min_size=1))
def test_a_list_is_refused_exactly_when_a_day_stands_twice(chosen):
    found = fault_of_days([Day(on) for on in chosen])

    assert (found is None) == (len(set(chosen)) == len(chosen))
    assert found is None or chosen.count(found.on) > 1


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (Day(date(2026, 2, 24), time(9), time(9)), DayFault.ENDS_BEFORE_IT_STARTS),
        (Day(date(2026, 2, 24), time(9), time(8)), DayFault.ENDS_BEFORE_IT_STARTS),
        (Day(date(2026, 2, 24), None, time(8)), DayFault.END_WITHOUT_START),
    ],
)
def test_hours_must_run_forwards(day, fault):
    assert fault_of_days([Day(date(2026, 2, 23), time(9)), day]).fault == fault


def test_a_class_without_a_day_is_none():
    assert fault_of_days([]).fault == DayFault.NONE_GIVEN


@given(st.lists(days))
def test_days_are_put_in_order_and_none_is_lost(chosen):
    ordered = in_order(Day(on) for on in chosen)

    assert [day.on for day in ordered] == sorted(chosen)


@given(seats=st.integers(0, 99), registered=st.integers(0, 99))
def test_seats_left_are_never_below_zero(seats, registered):
    assert seats_left(seats, registered) == max(seats - registered, 0)
    assert seats_left(None, registered) is None
