"""The rule in whole days, the form of numbers, and the code as people type it."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.ids import ALPHABET
from jembol.training.rules import (
    CODE_LENGTH,
    Day,
    Performance,
    Shortfall,
    Terms,
    code_read,
    days_needed,
    fault_of_form,
    grouped,
    hours_in_words,
    minutes_of,
    shortfall_of,
    written_number,
)

SHARES = st.decimals("0.01", "1", places=2)


@pytest.mark.parametrize(
    ("share", "days", "needed"),
    [("0.8", 3, 3), ("0.8", 5, 4), ("0.5", 2, 1), ("0.5", 3, 2), ("0.01", 4, 1), ("1", 6, 6)],
)
def test_a_share_is_rounded_up_to_whole_days(share, days, needed):
    assert days_needed(Decimal(share), days) == needed


@given(share=SHARES, days=st.integers(1, 60))
def test_the_days_needed_reach_the_share_and_one_less_does_not(share, days):
    needed = days_needed(share, days)

    assert 1 <= needed <= days
    assert needed >= share * days
    assert needed == 1 or needed - 1 < share * days


@given(share=SHARES, days=st.integers(1, 10), data=st.data())
def test_coming_more_often_never_loses_the_certificate(share, days, data):
    rolls = data.draw(st.integers(0, days))
    came = data.draw(st.integers(0, rolls))
    terms = Terms(share, None)

    seldom = shortfall_of(Performance(days, rolls, came), terms)
    often = shortfall_of(Performance(days, rolls, min(came + 1, rolls)), terms)

    assert seldom is not None or often is None


def test_a_score_is_asked_for_only_where_the_rule_says_so():
    done = Performance(days=2, rolls=2, attended=2)

    assert shortfall_of(done, Terms()) is None
    assert shortfall_of(done, Terms(least_score=70)) == Shortfall.NO_SCORE


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ("{nomor}/{kode}/{bulan_romawi}/{tahun}", None),
        ("{tahun}{nomor}", None),
        ("{nomor}/{kode}", "{tahun}"),
        ("{tahun}", "{nomor}"),
        ("{nomor}/{tahun}/{}", "{}"),
        ("{nomor}/{tahun}/{nama}", "{nama}"),
    ],
)
def test_a_form_keeps_numbers_apart_or_its_fault_is_named(form, fault):
    assert fault_of_form(form) == fault


@given(
    numbers=st.sets(st.integers(1, 99_999), min_size=2, max_size=2),
    form=st.sampled_from(["{nomor}/{kode}/{tahun}", "{kode}-{tahun}-{bulan}.{nomor}"]),
)
def test_two_numbers_of_a_year_are_written_differently(numbers, form):
    one, other = (
        written_number(form, number=number, code="{nomor}", on=date(2026, 3, 1))
        for number in numbers
    )

    assert one != other


def test_hours_are_known_only_when_every_day_has_them():
    whole = [Day(date(2026, 3, day), time(9), time(15)) for day in (1, 2)]

    assert hours_in_words(minutes_of(whole) or 0) == "12 jam"
    assert hours_in_words(450) == "7,5 jam"
    assert minutes_of([*whole, Day(date(2026, 3, 3))]) is None


@given(st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_read_however_it_is_typed(code):
    typed = grouped(code).lower().replace("0", "o").replace("1", "i")

    assert code_read(f"  {typed} ") == code
    assert code_read(code[:-1]) is None
