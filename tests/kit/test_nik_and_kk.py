"""All numbers here are invented: their serials begin with 00."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.nik import Kk, Nik, NotAKk, NotANik

NIK = "3573051203900012"
TODAY = date(2026, 11, 2)


@st.composite
def niks(draw):
    area = "".join(f"{draw(st.integers(1, 99)):02d}" for _ in range(3))
    born = draw(st.dates(date(1927, 1, 1), TODAY))
    day = born.day + draw(st.sampled_from((0, 40)))
    serial = f"{draw(st.integers(1, 99)):04d}"
    return f"{area}{day:02d}{born:%m%y}{serial}", born, day > 40


@given(niks())
def test_a_nik_tells_birth_and_sex_and_hides_its_middle(drawn):
    digits, born, is_woman = drawn

    nik = Nik.parse(digits)

    assert nik.digits == digits
    assert nik.is_woman == is_woman
    assert nik.sex == ("P" if is_woman else "L")
    assert nik.born_day_month == (born.day, born.month)
    assert born in nik.born_candidates(TODAY)
    assert nik.serial == digits[12:]
    assert nik.area_prefix.replace(".", "") == digits[:6]


@given(niks())
def test_the_mask_never_shows_the_middle(drawn):
    digits = drawn[0]

    nik, kk = Nik.parse(digits), Kk.parse(digits)

    for shown in (nik.masked, kk.masked):
        assert shown == f"{digits[:4]}••••••••{digits[12:]}"
    for shown in (repr(nik), str(nik), f"{nik}", repr(kk), str(kk), repr([nik, kk])):
        assert digits[4:12] not in shown
        assert digits not in shown


@given(niks(), st.sampled_from((" ", ".", "-", "\u00a0", "\u200b")), st.integers(1, 15))
def test_separators_an_apostrophe_and_wide_digits_do_not_matter(drawn, separator, place):
    digits = drawn[0]
    wide = digits.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"})

    assert Nik.parse(digits[:place] + separator + digits[place:]).digits == digits
    assert Nik.parse(f" '{digits} ").digits == digits
    assert Nik.parse(wide).digits == digits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("-", "blank"),
        ("0", "zero"),
        ("0.0", "zero"),
        ("0000000000000000", "zero"),
        ("357305120390001", "length"),
        ("35730512039000123", "length"),
        ("35730512O3900012", "letters"),
        ("٣٥٧٣٠٥١٢٠٣٩٠٠٠١٢", "letters"),
        ("tidak punya", "letters"),
        ("3.57305E+15", "spreadsheet_float"),
        ("3,57305E+15", "spreadsheet_float"),
        ("3.573051203900012e15", "spreadsheet_float"),
        ("3573051203900010.0", "spreadsheet_float"),
        ("9173051203900013.0", "spreadsheet_float"),
        ("1111111111111111", "repeated"),
        ("3500051203900012", "area"),
        ("3573001203900012", "area"),
        ("0073051203900012", "area"),
        ("3573053102900012", "date"),
        ("3573054003900012", "date"),
        ("3573057203900012", "date"),
        ("3573051213900012", "date"),
        ("3573051203900000", "serial"),
    ],
)
def test_a_text_that_cannot_be_a_nik_is_refused_without_repeating_it(text, code):
    with pytest.raises(NotANik) as caught:
        Nik.parse(text)

    assert caught.value.code == code
    assert caught.value.remedy in str(caught.value)
    assert len(text) < 4 or text not in f"{caught.value} {caught.value.params}"


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        (NIK, False),
        ("3573051203900010", False),
        ("3573051203900012.0", True),
        ("3573051203900012,0", True),
    ],
)
def test_a_number_that_was_a_float_is_marked_yet_equal(text, suspect):
    nik = Nik.parse(text)

    assert nik.suspect_rounding is suspect
    assert nik == Nik(nik.digits)


@pytest.mark.parametrize(
    ("digits", "warnings"),
    [
        ("3576015203900012", ()),
        ("3578015203900012", ()),
        ("9973051203900012", ("unknown_province",)),
    ],
)
def test_a_foreign_or_old_place_is_never_a_reason_to_refuse(digits, warnings):
    assert Nik.parse(digits).warnings == warnings


def test_two_digits_of_a_year_can_mean_two_centuries():
    young = Nik.parse("3573051203050012")
    leap = Nik.parse("3573056902000012")

    assert young.born_candidates(TODAY) == (date(1905, 3, 12), date(2005, 3, 12))
    assert young.born_candidates(date(2005, 3, 11)) == (date(1905, 3, 12),)
    assert Nik.parse(NIK).born_candidates(TODAY) == (date(1990, 3, 12),)
    assert leap.born_candidates(TODAY) == (date(2000, 2, 29),)


def test_the_constructors_take_bare_digits_only():
    with pytest.raises(ValueError, match=r"Nik\.parse"):
        Nik("3573.0512.0390.0012")
    with pytest.raises(ValueError, match=r"Kk\.parse"):
        Kk("3573 0512 0390 0012")


@pytest.mark.parametrize("text", ["", "0", "357305", "3.57305E+15", "2222222222222222"])
def test_a_family_card_number_is_checked_as_far_as_its_form_is_known(text):
    assert Kk.parse("3573 0512 9990 0000").digits == "3573051299900000"
    with pytest.raises(NotAKk):
        Kk.parse(text)


def test_a_reason_survives_the_way_to_another_process():
    with pytest.raises(NotANik) as caught:
        Nik.parse("12345")

    again = pickle.loads(pickle.dumps(caught.value))

    assert (type(again), again.code, again.params, str(again)) == (
        NotANik,
        "length",
        {"length": 5},
        str(caught.value),
    )
