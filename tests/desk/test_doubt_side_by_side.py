"""What differs between two values is marked, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.desk.doubt_pairs import compared


def told(text):
    """The value with what differs in brackets."""
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in text)


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("Siti Aminah", "Sitti Aminah", "Siti Aminah", "Si[t]ti Aminah"),
        ("SITI", "Siti", "SITI", "Siti"),
        ("Eko Subagyo", "Subagyo", "[Eko ]Subagyo", "Subagyo"),
        ("Jl. Mawar 1", "Jl. Tombro 1", "Jl. [Mawar] 1", "Jl. [Tombro] 1"),
        ("28 Jan 1967", "27 Jan 1967", "[28] Jan 1967", "[27] Jan 1967"),
    ],
)
def test_words_that_are_alike_are_compared_sign_by_sign(one, other, left, right):
    assert tuple(map(told, compared(one, other))) in {
        (left, right), (left, right.replace("Si[t]ti", "Sit[t]i")),
    }  # fmt: skip


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_no_sign_is_lost_and_none_is_added(one, other):
    left, right = compared(one, other)

    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other


@given(text=st.text(max_size=40))
def test_a_value_beside_itself_has_no_mark(text):
    assert not any(piece.differs for side in compared(text, text) for piece in side)
