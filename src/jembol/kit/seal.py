"""Sealed bytes and keyed digests, without a store: values in, values out.

AES-256-GCM (NIST SP 800-38D) keeps a value secret and notices every change; HMAC-SHA256
(RFC 2104) lets an exact value be looked up without being readable.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_VERSION: Final = 1
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_LONGEST_KEY_ID: Final = 32


class SealBroken(Exception):
    """Sealed bytes were changed, belong elsewhere, or need a key that is not at hand."""


class Sealer:
    """Seals with the current key and opens with any key it holds, so keys can be replaced.

    Layout: version, length of the key's id, the id in ASCII, 12 bytes of nonce, then ciphertext
    and tag. The part before the nonce is authenticated together with the caller's `aad`.
    """

    def __init__(
        self,
        keys: Mapping[str, bytes],
        current: str,
        *,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Hold these keys by id.

        Args:
            keys: 32 bytes per key id; an id has 1 to 32 printable ASCII signs.
            current: Id of the key that seals.
            random: Source of nonces; anything but the default is for tests.

        Raises:
            ValueError: the current key is missing, or a key or an id has a wrong form.
        """
        if current not in keys:
            raise ValueError(f"the current key {current!r} is not among the keys; add it")
        for key_id, key in keys.items():
            _check_key(key_id, key)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = current
        self._random = random

    @property
    def current(self) -> str:
        """Id of the key that seals."""
        return self._current

    def seal(self, plain: bytes, aad: bytes) -> bytes:
        """Encrypt and bind to `aad`, which says where the value belongs (table, row, field)."""
        header = _header(self._current)
        # Random nonces of 96 bits are safe for 2**32 values per key (SP 800-38D, 8.3).
        nonce = self._random(_NONCE_BYTES)
        return header + nonce + self._ciphers[self._current].encrypt(nonce, plain, header + aad)

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        """Return the plain bytes.

        Raises:
            SealBroken: a byte was changed, the value belongs to another place, or its key is
                not at hand.
        """
        key_id = key_id_of(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealBroken(
                f"the value was sealed with key {key_id!r}, which is not at hand; restore that key"
            )
        header = _header(key_id)
        body = sealed[len(header) :]
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], header + aad)
        except InvalidTag:
            raise SealBroken(
                f"the value sealed with key {key_id!r} was changed or moved from its place; "
                "restore it from a backup"
            ) from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether the value was sealed with the current key, or should be sealed again.

        Raises:
            SealBroken: the bytes are not a sealed value.
        """
        return key_id_of(sealed) == self._current

    def __repr__(self) -> str:
        return f"Sealer({sorted(self._ciphers)}, current={self._current!r})"


def key_id_of(sealed: bytes) -> str:
    """Return the id of the key that sealed the value.

    Raises:
        SealBroken: the bytes are not a sealed value.
    """
    length = sealed[1] if len(sealed) > 1 else 0
    key_id = sealed[2 : 2 + length]
    whole = len(sealed) >= 2 + length + _NONCE_BYTES + _TAG_BYTES
    if not (whole and sealed[0] == _VERSION and length and key_id.isascii()):
        raise SealBroken("the bytes are no sealed value of a known version; restore a backup")
    return key_id.decode("ascii")


def keyed_digest(key: bytes, purpose: str, value: str) -> str:
    """Return HMAC-SHA256 of the value in hex, different for each purpose.

    Args:
        key: At least 32 bytes, kept outside the database: 16 structured digits can be guessed.
        purpose: Name of the look-up ("nik"), so equal values of two kinds do not show.
        value: The exact value, already in its one canonical form.

    Raises:
        ValueError: the key is too short.
    """
    if len(key) < KEY_BYTES:
        raise ValueError(f"a digest key has at least {KEY_BYTES} bytes, got {len(key)}")
    name = purpose.encode()
    # The length in front keeps ("ab", "c") and ("a", "bc") apart.
    message = len(name).to_bytes(4, "big") + name + value.encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _check_key(key_id: str, key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"key {key_id!r} has {len(key)} bytes; AES-256 needs {KEY_BYTES}")
    printable = key_id.isascii() and key_id.isprintable()
    if not (printable and 1 <= len(key_id) <= _LONGEST_KEY_ID):
        raise ValueError(f"key id {key_id!r} must be 1 to {_LONGEST_KEY_ID} printable ASCII signs")


def _header(key_id: str) -> bytes:
    return bytes((_VERSION, len(key_id))) + key_id.encode("ascii")
