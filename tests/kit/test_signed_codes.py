"""A signed code is genuine or not, and each way of not holding is told apart."""

import json
from datetime import date, timedelta

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from make_signed_codes import FILE, build

from jembol.kit.ids import ALPHABET, IdKind, PublicId
from jembol.kit.signed_code import (
    EPOCH,
    LAST_DAY,
    PREFIX,
    SERIALS,
    Fault,
    Kind,
    PublicKey,
    SignedCode,
    key_id,
    new_private,
    public_of,
    read,
    sign,
    verify,
)

PRIVATE = bytes(range(32))
PUBLIC = PublicKey(public_of(PRIVATE), EPOCH, LAST_DAY)
KEYS = {PUBLIC.id: PUBLIC}
DAYS = st.dates(EPOCH, LAST_DAY)
FIVE = st.binary(min_size=5, max_size=5)


@st.composite
def codes(draw):
    kind = draw(st.sampled_from(Kind))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return SignedCode(
        kind=kind,
        key_id=PUBLIC.id,
        serial=PublicId.from_bytes(SERIALS[kind], draw(FIVE)).compact,
        subject=draw(
            st.just("") | FIVE.map(lambda five: PublicId.from_bytes(IdKind.CLASS, five).compact)
        ),
        holder=draw(st.binary(min_size=8, max_size=8)),
        valid_from=first,
        valid_until=last,
    )


@given(codes())
def test_what_was_signed_is_read_again(code):
    text = sign(code, PRIVATE)

    assert read(text) == code
    assert verify(text, KEYS, on=code.valid_from, kind=code.kind).holds


@given(codes())
def test_it_fits_a_small_qr_code_in_the_alphanumeric_mode(code):
    text = sign(code, PRIVATE)
    qr = segno.make(text, error="m", boost_error=False)

    assert len(text) == 150
    assert (qr.mode, qr.version) == ("alphanumeric", 6)


@given(codes(), st.integers(0, 145), st.sampled_from(ALPHABET))
def test_any_other_sign_anywhere_never_makes_a_code_that_holds(code, place, sign_):
    text = sign(code, PRIVATE)
    at = len(PREFIX) + place
    changed = text[:at] + sign_ + text[at + 1 :]

    verdict = verify(changed, KEYS, on=code.valid_from)

    assert verdict.holds == (changed == text)


@given(codes(), st.integers(4, 149))
def test_a_code_whose_end_is_missing_is_truncated(code, length):
    assert read(sign(code, PRIVATE)[:length]) is Fault.TRUNCATED


@given(st.text())
def test_no_text_whatever_breaks_the_reader(text):
    assert not verify(text, KEYS, on=EPOCH).holds
    assert not verify(PREFIX + text, KEYS, on=EPOCH).holds


@given(codes(), st.integers(1, 400))
def test_a_code_holds_from_its_first_to_its_last_day_and_not_beyond(code, days):
    text, away = sign(code, PRIVATE), timedelta(days=days)
    # The key proves beyond what a code can say.
    keys = {PUBLIC.id: PublicKey(PUBLIC.public, date.min, date.max)}

    assert verify(text, keys, on=code.valid_from - away).fault is Fault.NOT_YET_VALID
    assert verify(text, keys, on=code.valid_until + away).fault is Fault.EXPIRED
    assert verify(text, keys, on=code.valid_until).holds


@given(codes())
def test_another_key_under_the_same_name_proves_nothing(code):
    other = PublicKey(public_of(new_private()), EPOCH, LAST_DAY)

    fault = verify(sign(code, PRIVATE), {PUBLIC.id: other}, on=code.valid_from).fault

    assert fault is Fault.FORGED


@given(codes(), st.sampled_from(Kind))
def test_a_code_of_another_kind_is_told_apart(code, wanted):
    fault = verify(sign(code, PRIVATE), KEYS, on=code.valid_from, kind=wanted).fault

    assert fault == (None if wanted is code.kind else Fault.WRONG_KIND)


def test_two_keys_overlap_while_one_follows_the_other():
    follower = new_private()
    keys = {
        **KEYS,
        key_id(public_of(follower)): PublicKey(public_of(follower), date(2026, 1, 1), LAST_DAY),
    }
    common = {
        "kind": Kind.CARD, "serial": PublicId.new("C").compact, "subject": "", "holder": bytes(8),
        "valid_from": date(2026, 1, 1), "valid_until": date(2027, 1, 1),
    }  # fmt: skip
    old = sign(SignedCode(key_id=PUBLIC.id, **common), PRIVATE)
    new = sign(SignedCode(key_id=key_id(public_of(follower)), **common), follower)

    assert verify(old, keys, on=date(2026, 6, 1)).holds
    assert verify(new, keys, on=date(2026, 6, 1)).holds


@pytest.mark.parametrize(
    "wrong",
    [{"key_id": "00000000"}, {"holder": b"short"}, {"serial": PublicId.new("C").compact}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_cannot_be_true_is_not_signed(wrong):
    said = {
        "kind": Kind.TICKET, "key_id": PUBLIC.id, "serial": PublicId.new("T").compact,
        "subject": "", "holder": bytes(8), "valid_from": EPOCH, "valid_until": EPOCH,
    }  # fmt: skip

    with pytest.raises(ValueError, match=r"key|holder|serial"):
        sign(SignedCode(**{**said, **wrong}), PRIVATE)


def test_the_vectors_are_those_of_this_code():
    assert json.loads(FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(build()))


def test_the_vectors_show_every_fault():
    told = {case["fault"] for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}

    assert told == {None, *(str(fault) for fault in Fault)}
