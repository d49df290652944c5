from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.ids import ALPHABET, IdKind, NotAPublicId, PublicId, is_ulid, new_ulid

ids = st.builds(
    lambda kind, drawn: PublicId.new(kind, lambda _: drawn),
    st.sampled_from(IdKind),
    st.binary(min_size=5, max_size=5),
)


@given(ids, st.data())
def test_an_id_reads_back_from_every_way_to_type_it(found, data):
    zero, one = data.draw(st.sampled_from("0Oo")), data.draw(st.sampled_from("1IiLl"))
    typed = found.prefix + str(found)[1:].replace("0", zero).replace("1", one)

    assert PublicId.parse(typed) == found
    assert PublicId.parse(found.compact.lower()) == found
    assert PublicId.parse(f" {str(found).replace('-', ' ')} ") == found


@given(ids, st.integers(1, 9), st.sampled_from(ALPHABET))
def test_any_one_wrong_sign_is_noticed(found, place, sign):
    wrong = found.compact[:place] + sign + found.compact[place + 1 :]

    if wrong == found.compact:
        assert PublicId.parse(wrong) == found
        return
    with pytest.raises(NotAPublicId) as caught:
        PublicId.parse(wrong)
    assert (caught.value.code, caught.value.params) == ("check", {"check": wrong[-1]})
    assert repr(wrong[-1]) in str(caught.value)


@given(ids, st.integers(1, 9), st.integers(1, 9))
def test_any_two_swapped_signs_are_noticed(found, one, two):
    signs = list(found.compact)
    signs[one], signs[two] = signs[two], signs[one]

    if "".join(signs) == found.compact:
        return
    with pytest.raises(NotAPublicId, match="does not fit"):
        PublicId.parse("".join(signs))


@given(ids, st.sampled_from(IdKind))
def test_an_id_of_one_kind_is_none_of_another(found, kind):
    if kind == found.prefix:
        return
    with pytest.raises(NotAPublicId, match="does not fit"):
        PublicId.parse(kind + found.compact[1:])


def test_the_form_is_stable_so_that_printed_cards_stay_valid():
    found = PublicId.new("P", lambda size: bytes(range(1, size + 1)))

    assert str(found) == "P-0410-6105-Z"
    assert PublicId.new("U").payload != PublicId.new("U").payload


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "blank"), ("P-7K3M", "form"), ("P-7K3M-9QXU-C", "form"), ("Z-7K3M-9QX2-C", "prefix")],
)
def test_a_text_that_is_no_id_is_refused(text, code):
    with pytest.raises(NotAPublicId) as caught:
        PublicId.parse(text)

    assert caught.value.code == code


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2, unique=True).map(sorted))
def test_ulids_sort_by_the_time_given(seconds):
    start = datetime(2026, 1, 1, tzinfo=UTC)

    early, late = (new_ulid(start + timedelta(seconds=after)) for after in seconds)

    assert early < late
    assert is_ulid(early)


def test_ulids_of_one_moment_differ_and_a_time_without_zone_is_refused():
    at = datetime(2026, 1, 1, tzinfo=UTC)

    assert len({new_ulid(at) for _ in range(100)}) == 100
    with pytest.raises(ValueError, match="time zone"):
        new_ulid(at.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    ["", "01ARZ3NDEKTSV4RRFFQ69G5FAU", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "01arz3ndektsv4rrffq69g5fav"],
)
def test_a_text_that_is_no_ulid_is_told_apart(text):
    assert is_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert not is_ulid(text)
