"""Days, hours and numbers as Indonesian papers write them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.indonesian import (
    MONTHS,
    day_in_words,
    days_together,
    hours,
    long_day,
    number_in_words,
    roman_month,
)

FIRST = date(2026, 2, 24)


def days(*texts):
    return [date.fromisoformat(text) for text in texts]


def test_a_day_is_written_with_its_month_and_if_wanted_its_weekday():
    assert long_day(date(2026, 3, 3)) == "3 Maret 2026"
    assert long_day(date(2026, 3, 3), weekday=True) == "Selasa, 3 Maret 2026"


def test_a_day_is_written_in_words_as_minutes_do():
    assert day_in_words(FIRST) == (
        "Selasa, tanggal dua puluh empat, bulan Februari, tahun dua ribu dua puluh enam"
    )


@pytest.mark.parametrize(
    ("given_days", "written"),
    [
        (days("2026-02-24"), "24 Februari 2026"),
        (days("2026-02-24", "2026-02-25"), "24–25 Februari 2026"),
        (days("2026-02-25", "2026-02-24", "2026-02-24"), "24–25 Februari 2026"),
        (days("2026-02-24", "2026-02-26"), "24 dan 26 Februari 2026"),
        (days("2026-02-23", "2026-02-24", "2026-02-26", "2026-02-28"),
         "23–24, 26 dan 28 Februari 2026"),
        (days("2026-02-28", "2026-03-01"), "28 Februari – 1 Maret 2026"),
        (days("2026-02-24", "2026-03-03"), "24 Februari dan 3 Maret 2026"),
        (days("2026-12-31", "2027-01-01"), "31 Desember 2026 – 1 Januari 2027"),
        (days("2026-12-30", "2027-01-02"), "30 Desember 2026 dan 2 Januari 2027"),
    ],
)  # fmt: skip
def test_days_are_written_together(given_days, written):
    assert days_together(given_days) == written


def test_no_days_cannot_be_written():
    with pytest.raises(ValueError, match="no day"):
        days_together([])


@given(st.sets(st.integers(0, 500), min_size=1, max_size=12))
def test_every_edge_of_a_span_is_named_once(offsets):
    chosen = sorted(FIRST + timedelta(days=offset) for offset in offsets)
    one = timedelta(days=1)
    edges = [day for day in chosen if day - one not in chosen or day + one not in chosen]

    written = days_together(chosen)

    numbers = [int(word) for word in written.replace("–", " ").replace(",", " ").split()
               if word.isdigit() and len(word) < 3]  # fmt: skip
    assert numbers == [day.day for day in edges]
    assert all(MONTHS[day.month - 1] in written for day in edges)


def test_hours_are_written_with_points_and_the_zone():
    assert hours(time(8), time(15, 30)) == "08.00–15.30 WIB"
    assert hours(time(8), None) == "08.00 WIB–selesai"
    assert hours(None, None) == ""


def test_months_have_roman_numerals_and_numbers_have_words():
    assert [roman_month(date(2026, month, 1)) for month in (1, 4, 9, 12)] == [
        "I", "IV", "IX", "XII",
    ]  # fmt: skip
    assert number_in_words(12) == "dua belas"
