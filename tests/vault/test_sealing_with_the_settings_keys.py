"""The deployment's keys: sealing, exact look-up, and replacing a key."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.seal import SealBroken
from jembol.vault.sealing import digest, open_sealed, reseal, seal

PLACE = "registry.person.nik:41"
NIK = "3573010101000001"  # invented: a serial that no office has given out


def use_keys(settings, *names, current):
    settings.VAULT_KEYS = {name: name.encode() * 16 for name in names}
    settings.VAULT_CURRENT = current


@given(text=st.text(), place=st.text())
def test_what_is_sealed_opens_at_its_place(text, place):
    assert open_sealed(seal(text, place), place) == text


def test_a_value_moved_to_another_row_does_not_open():
    blob = seal(NIK, PLACE)

    with pytest.raises(SealBroken):
        open_sealed(blob, "registry.person.nik:42")


def test_the_sealed_bytes_tell_nothing_and_never_repeat():
    one, other = seal(NIK, PLACE), seal(NIK, PLACE)

    assert one != other
    assert NIK.encode() not in one


def test_a_memoryview_as_postgresql_gives_it_opens_too():
    assert open_sealed(memoryview(seal(NIK, PLACE)), PLACE) == NIK


def test_the_digest_is_exact_and_apart_for_each_purpose(settings):
    assert digest("nik", NIK) == digest("nik", NIK)
    assert digest("nik", NIK) != digest("kk", NIK)
    assert digest("nik", NIK) != digest("nik", NIK[:-1] + "2")

    settings.VAULT_DIGEST_KEY = b"another key of this deployment...."
    assert digest("nik", NIK) != keyed_before(settings)


def keyed_before(settings):
    settings.VAULT_DIGEST_KEY = b"the key of this deployment before."
    return digest("nik", NIK)


def test_after_a_new_key_old_values_open_and_are_sealed_again(settings):
    use_keys(settings, "k1", current="k1")
    old = seal(NIK, PLACE)
    use_keys(settings, "k2", "k1", current="k2")

    fresh = reseal(old, PLACE)
    use_keys(settings, "k2", current="k2")

    assert open_sealed(fresh, PLACE) == NIK
    assert reseal(fresh, PLACE) is None


def test_a_missing_key_is_named_with_the_setting_to_mend(settings):
    use_keys(settings, "k1", current="k1")
    old = seal(NIK, PLACE)
    use_keys(settings, "k2", current="k2")

    with pytest.raises(ImproperlyConfigured, match=r"'k1'.*JEMBOL_VAULT_KEYS"):
        open_sealed(old, PLACE)


def test_a_short_key_is_named_with_the_setting_to_mend(settings):
    settings.VAULT_KEYS = {"k1": b"short"}
    settings.VAULT_CURRENT = "k1"

    with pytest.raises(ImproperlyConfigured, match="JEMBOL_VAULT_KEYS"):
        seal(NIK, PLACE)


def test_a_short_digest_key_is_named_with_the_setting_to_mend(settings):
    settings.VAULT_DIGEST_KEY = b"short"

    with pytest.raises(ImproperlyConfigured, match="JEMBOL_DIGEST_KEY"):
        digest("nik", NIK)
