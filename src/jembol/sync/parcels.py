"""Parcels: what one request of a phone brings, and what it is told."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from jembol.journal.canonical import canonical
from jembol.sync.rules import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The exact text that a phone signed, with its signature and the key that it tells.

    `is_read` says whether the text is an object; the letter says what it holds then.
    """

    text: str
    signature: str
    public: str
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One envelope on its way.

    Attributes:
        id: Made on the device; must be a ULID.
        kind: What it is.
        seq: Its place among all that the device wrote, from 1 on; 0 when it tells none.
        written: The device's clocks when it was written.
        body: What it says.
        officer_id: Who wrote it; None for whoever is signed in.
        is_readable: Whether all parts that an envelope needs were there.
        signed: What the phone signed, which says all of the above; None from an older app.
    """

    id: str
    kind: str
    seq: int
    written: Moment
    body: Mapping[str, Any]
    officer_id: int | None = None
    is_readable: bool = True
    signed: Signed | None = None

    @property
    def fingerprint(self) -> str:
        """What two letters have in common only when they say the same."""
        at = self.written.at.isoformat() if self.written.at else None
        said = [self.kind, self.seq, at, self.written.mono_ms, self.written.boot, self.body]
        if self.signed and not self.signed.is_read:
            said.append(self.signed.text)
        return hashlib.sha256(canonical(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one request brings."""

    device_id: str
    device_label: str
    sent: Moment
    letters: Sequence[Letter]
    is_wiped: bool = False
    """Whether the phone says that it has destroyed what it carried."""
    public: str = ""
    """The key with which the device signs for `key_of`."""
    key_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one letter; `was` is the state that is stored."""

    id: str
    state: str
    was: str = ""
    code: str = ""
    words: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the phone is told, the answers in the order in which the letters were sent."""

    received_at: datetime
    skew: timedelta
    is_flagged: bool
    answers: Sequence[Answer]
    must_wipe: bool = False
