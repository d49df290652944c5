import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.seal import SealBroken, Sealer, key_id_of, keyed_digest

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
SEALER = Sealer({"2025": OLD, "2026": NEW}, "2026")
plains = st.binary(max_size=60)


@given(plains, plains)
def test_what_is_sealed_opens_to_the_same_bytes(plain, aad):
    sealed = SEALER.seal(plain, aad)

    assert SEALER.open(sealed, aad) == plain
    assert SEALER.is_current(sealed)


@given(plains, st.data())
def test_a_change_of_any_bit_is_noticed(plain, data):
    sealed = bytearray(SEALER.seal(plain, b"person:1:nik"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(SealBroken):
        SEALER.open(bytes(sealed), b"person:1:nik")


@given(plains, st.data())
def test_a_shortened_value_is_noticed(plain, data):
    sealed = SEALER.seal(plain, b"")

    with pytest.raises(SealBroken):
        SEALER.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], b"")


@given(plains, plains, plains)
def test_a_value_moved_to_another_place_does_not_open(plain, here, there):
    sealed = SEALER.seal(plain, here)

    if here == there:
        assert SEALER.open(sealed, there) == plain
        return
    with pytest.raises(SealBroken, match="moved from its place"):
        SEALER.open(sealed, there)


def test_an_old_key_still_opens_and_a_lost_key_is_named():
    sealed = Sealer({"2025": OLD}, "2025").seal(b"secret", b"")

    assert SEALER.open(sealed, b"") == b"secret"
    assert key_id_of(sealed) == "2025"
    assert not SEALER.is_current(sealed)
    with pytest.raises(SealBroken, match="'2025'"):
        Sealer({"2026": NEW}, "2026").open(sealed, b"")


def test_a_wrong_key_under_the_right_id_does_not_open():
    sealed = SEALER.seal(b"secret", b"")

    with pytest.raises(SealBroken, match="'2026'"):
        Sealer({"2026": OLD}, "2026").open(sealed, b"")


def test_equal_values_never_look_equal_and_no_key_is_shown():
    assert SEALER.seal(b"secret", b"") != SEALER.seal(b"secret", b"")
    assert b"secret" not in SEALER.seal(b"secret", b"")
    assert repr(SEALER) == "Sealer(['2025', '2026'], current='2026')"


@pytest.mark.parametrize(
    ("keys", "current", "reason"),
    [
        ({"a": OLD}, "b", "not among the keys"),
        ({"a": b"short"}, "a", "needs 32"),
        ({"": OLD}, "", "printable"),
        ({"ü": OLD}, "ü", "printable"),
        ({"a" * 33: OLD}, "a" * 33, "printable"),
    ],
)
def test_keys_of_a_wrong_form_are_refused(keys, current, reason):
    with pytest.raises(ValueError, match=reason):
        Sealer(keys, current)


@given(
    st.tuples(st.text(max_size=8), st.text(max_size=8)),
    st.tuples(st.text(max_size=8), st.text(max_size=8)),
)
def test_digests_are_equal_exactly_when_purpose_and_value_are(one, two):
    assert (keyed_digest(OLD, *one) == keyed_digest(OLD, *two)) == (one == two)
    assert keyed_digest(OLD, *one) != keyed_digest(NEW, *one)


def test_a_digest_is_that_of_rfc_2104_over_a_length_the_purpose_and_the_value():
    found = keyed_digest(OLD, "nik", "x")

    # printf '\0\0\0\3nikx' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    assert found == "4e4a5c59a411e8001b8962992d33cf679585b72a78b8f60a9331ebca22a58bde"
    with pytest.raises(ValueError, match="at least 32 bytes"):
        keyed_digest(b"short", "nik", "x")
