"""What a fact's hash covers and how facts are chained; values in, values out."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime

from jembol.journal.canonical import canonical

GENESIS = "0" * 64
"""The previous hash of the first fact of a stream."""

COVERED = (
    "stream",
    "seq",
    "at",
    "event",
    "by_kind",
    "by_id",
    "by_label",
    "door",
    "about_kind",
    "about_id",
    "area_key",
    "person_id",
    "why",
    "details_digest",
    "previous_hash",
)
"""Fields of a fact under its hash. `details` is covered by its digest alone, so that UU 27/2022
(right to erasure) can be served without breaking the chain."""


def digest_of(details_text: str, salt: str) -> str:
    """Return the digest of the canonical details; the salt keeps guesses from being checked.

    Args:
        details_text: Canonical JSON.
        salt: 32 hexadecimal digits, random, erased together with the details.
    """
    return hashlib.sha256(f"{salt}{details_text}".encode()).hexdigest()


def hash_of(covered: Mapping[str, object]) -> str:
    """Return the hash of a fact from the values of the fields in `COVERED`."""
    values = {name: _plain(covered[name]) for name in COVERED}
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def is_same(left: str, right: str) -> bool:
    """Compare two digests."""
    return hmac.compare_digest(left, right)


def _plain(value: object) -> object:
    # The one moment has one text, whatever time zone the database answers in.
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
