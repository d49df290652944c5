import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.cells import guard, unguard

signs = st.sampled_from(list("'=+-@|%\t\r\n 5a.,6(2)\ufeff\u00a0＝"))
hostile = st.one_of(st.text(max_size=20), st.text(signs, max_size=8))
STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(hostile)
def test_what_is_guarded_comes_back_exactly(text):
    assert unguard(guard(text)) == text


@given(hostile, hostile)
def test_two_texts_never_become_one_cell(one, two):
    assert (guard(one) == guard(two)) == (one == two)


@given(
    st.sampled_from(("", " ", "\ufeff", "\u00a0 ")),
    st.sampled_from(STARTS),
    st.text("abcXYZ(!", min_size=1),
)
def test_no_guarded_cell_begins_like_a_formula(before, start, rest):
    assert guard(before + start + rest) == "'" + before + start + rest


@pytest.mark.parametrize(
    "text",
    [
        "+6281234567890",
        "+62 812-3456-7890",
        "-5",
        "-1.500",
        "-1,5",
        "Siti",
        "",
        "'",
        "O'Neil",
        " a",
        "5-3",
    ],
)
def test_harmless_cells_stay_untouched(text):
    assert guard(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "''=1+1",
        "+62=cmd|' /C calc'!A0",
        "-5+3",
        "- 5",
        "-",
        "+1",
        "@SUM(A1)",
        "-1.5e3",
    ],
)
def test_cells_that_a_spreadsheet_would_reckon_get_an_apostrophe(text):
    assert guard(text) == f"'{text}"
