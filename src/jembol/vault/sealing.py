"""Seal, open and digest with the keys of this deployment's settings."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from jembol.kit.seal import KEY_BYTES, Sealer, key_id_of, keyed_digest


def seal(text: str, context: str) -> bytes:
    """Return the text encrypted and bound to its place.

    Args:
        text: What must not be readable in the database.
        context: The place it belongs to, like `registry.person.nik:41`; opening needs the same.

    Raises:
        ImproperlyConfigured: a key of the settings is missing or has a wrong length.
    """
    return seal_bytes(text.encode(), context)


def open_sealed(blob: bytes | memoryview, context: str) -> str:
    """Return the text that `seal` was given for this context.

    Raises:
        ImproperlyConfigured: the key that sealed the value is not among the settings' keys.
        SealBroken: the value was changed, or belongs to another place.
    """
    return open_bytes(blob, context).decode()


def seal_bytes(plain: bytes, context: str) -> bytes:
    """Return the bytes encrypted and bound to their place; see `seal`."""
    return _sealer().seal(plain, context.encode())


def open_bytes(blob: bytes | memoryview, context: str) -> bytes:
    """Return the bytes that `seal_bytes` was given for this context; see `open_sealed`."""
    sealed = bytes(blob)  # PostgreSQL answers with a memoryview
    key_id = key_id_of(sealed)
    if key_id not in settings.VAULT_KEYS:
        raise ImproperlyConfigured(
            f"A value was sealed with key {key_id!r}, which is not in JEMBOL_VAULT_KEYS. "
            f"Put {key_id}:<64 hexadecimal digits> back into it, after the current key."
        )
    return _sealer().open(sealed, context.encode())


def reseal(blob: bytes | memoryview, context: str) -> bytes | None:
    """Return the value sealed with the current key, or None when it is so already.

    Raises:
        ImproperlyConfigured: the key that sealed the value is not among the settings' keys.
        SealBroken: the value was changed, or belongs to another place.
    """
    if key_id_of(bytes(blob)) == settings.VAULT_CURRENT:
        return None
    return seal_bytes(open_bytes(blob, context), context)


def digest(purpose: str, value: str) -> str:
    """Return the keyed digest of an exact value, for look-up and uniqueness.

    Args:
        purpose: What is looked up, like `nik`; digests of two purposes never meet.
        value: The value in its one canonical form.

    Raises:
        ImproperlyConfigured: the digest key is too short.
    """
    key: bytes = settings.VAULT_DIGEST_KEY
    if len(key) < KEY_BYTES:
        raise ImproperlyConfigured(
            f"JEMBOL_DIGEST_KEY holds {len(key)} bytes but needs {KEY_BYTES}: "
            "give it 64 hexadecimal digits, and never change it once there are people."
        )
    return keyed_digest(key, purpose, value)


def _sealer() -> Sealer:
    keys: dict[str, bytes] = settings.VAULT_KEYS
    return _sealer_of(tuple(keys.items()), settings.VAULT_CURRENT)


@lru_cache(maxsize=8)
def _sealer_of(keys: tuple[tuple[str, bytes], ...], current: str) -> Sealer:
    try:
        return Sealer(dict(keys), current)
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"JEMBOL_VAULT_KEYS cannot be used: {problem}. Write it as id:hex,id:hex with "
            "64 hexadecimal digits for each key; the first one seals, all of them open."
        ) from problem
