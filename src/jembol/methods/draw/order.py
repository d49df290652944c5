"""The order of a lottery: fixed by a secret that nobody can see and everybody can check.

Before registration closes the SHA-256 of the secret is published (a commitment); after it the
secret itself. Each entry's ticket is HMAC-SHA256 (RFC 2104), keyed by the secret, over the class
and the entry's id; the lowest ticket is first. Without the secret a ticket cannot be told from a
random number, so every order is as likely as any other: tickets are compared whole, never reduced
to a range, hence no remainder favours anybody.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from jembol.methods.draw.entries import Entry, NotALottery


def commitment(secret: str) -> str:
    """Return the hash that is published while the secret is still kept, as 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(secret: str, published: str) -> bool:
    """Return whether the hash published earlier is that of this secret."""
    return hmac.compare_digest(commitment(secret), published.strip().lower())


def ticket(secret: str, label: str, entry_id: str, public_value: str = "") -> str:
    """Return the entry's ticket, as 64 hex digits.

    Args:
        secret: What is revealed after the closing.
        label: The class; one line. Another class gives another order by the same secret.
        entry_id: The entry; one line.
        public_value: A number that nobody could know at the closing, such as one announced later by
            somebody else; one line, empty where the rule names none.

    Raises:
        NotALottery: the secret is empty, or one of the others has a line end.
    """
    if not secret:
        raise NotALottery("the secret is empty; use 64 random hex digits")
    parts = (label, public_value, entry_id)
    # Joined by line ends the three stay apart only while none of them holds one.
    if any("\n" in part for part in parts):
        raise NotALottery("label, public value and entry id are one line each")
    return hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def ordered(
    entries: Iterable[Entry], secret: str, label: str, public_value: str = ""
) -> list[tuple[str, Entry]]:
    """Return the entries with their tickets, first drawn first; their own order plays no part."""
    drawn = [(ticket(secret, label, entry.id, public_value), entry) for entry in entries]
    return sorted(drawn, key=lambda pair: (pair[0], pair[1].id))
