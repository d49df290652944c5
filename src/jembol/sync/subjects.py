"""Rows whose fields phones change: what the package that owns them must be able to do.

Packages put theirs beside their envelopes, into `<package>/envelopes`:

    @subject
    class OfPerson: ...
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from django.utils.functional import Promise

from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.sync.kinds import discover

Made = TypeVar("Made", bound=type[Any])

Value = Any
"""A plain value of JSON, as phones carry it."""


@dataclass(frozen=True, slots=True)
class Past:
    """A row as it stood until a change: the version that ended, when, and its values.

    `digests` holds the keyed digest of each secret value, as far as it is known.
    """

    version: int
    until_at: datetime
    values: Mapping[str, Value]
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A row as it stands, locked, with all that it was before, the oldest first.

    `digests` holds the keyed digest of each secret value.
    """

    area_key: int
    version: int
    values: Mapping[str, Value]
    past: Sequence[Past] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


class Subject(Protocol):
    """One kind of row whose fields phones change."""

    kind: str
    """As the journal names it, like `registry.person`."""
    words: str | Promise
    fields: Mapping[str, str | Promise]
    """The fields that phones may change, and how a page calls them."""
    secret: Collection[str]
    """Those of which only a mask is kept outside of the envelope."""

    def hold(self, key: int) -> Standing:
        """Lock the row and return it.

        Raises:
            Refusal: there is no such row.
        """
        ...

    def now(self, keys: Sequence[int], reach: Reach) -> Mapping[int, Mapping[str, Value]]:
        """Return what the rows hold, without a lock, by key; of those that lie in the reach now."""
        ...

    def cleaned(self, values: Mapping[str, Value], by: By) -> dict[str, Value]:
        """Return values in the form in which they would be stored.

        Raises:
            Refusal: a value cannot be stored.
        """
        ...

    def masked(self, field: str, value: Value) -> Value:
        """Return what may be shown of a value, which may be shown already; the value if all may."""
        ...

    def digest_of(self, field: str, value: Value) -> str:
        """Return the keyed digest of a secret value in its stored form; blank for no value."""
        ...

    def typed(self, body: Mapping[str, Any], field: str) -> Value:
        """Return the value of a masked field as the body of an envelope tells it."""
        ...

    def write(self, key: int, values: Mapping[str, Value], *, by: By, why: str) -> int:
        """Change the row, and return its new version.

        Raises:
            Refusal: a value cannot be stored, or the row lies elsewhere.
        """
        ...

    def name_of(self, keys: Sequence[int], reach: Reach) -> Mapping[int, str]:
        """Return what pages call these rows; nothing of those that lie elsewhere by now."""
        ...

    def told(self, field: str, value: Value) -> str:
        """Return a value in words."""
        ...


SUBJECTS: Final[dict[str, Subject]] = {}


def subject(of: Made) -> Made:
    """Make a class the one that keeps rows of its kind."""
    made: Subject = of()
    SUBJECTS[made.kind] = made
    return of


def subject_of(kind: str) -> Subject:
    """Return the one that keeps rows of this kind.

    Raises:
        KeyError: no package does.
    """
    discover()
    return SUBJECTS[kind]
