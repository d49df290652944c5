"""Write facts, in the transaction of the change that they tell."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction

from jembol.journal.by import By
from jembol.journal.canonical import canonical
from jembol.journal.models import Chain, Fact
from jembol.journal.rules import COVERED, GENESIS, digest_of, hash_of
from jembol.kit.area import city_key

BATCH = 500


class Placed(Protocol):
    """An area: something with the 16-digit key."""

    @property
    def key(self) -> int:
        """The key of the area."""


About = models.Model | tuple[str, str | int]
"""A saved row, or its kind (`registry.person`) and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact to be written; the arguments of `record`."""

    event: str
    about: About
    by: By
    area: Placed | int
    person_id: int | None = None
    why: str = ""
    details: Mapping[str, Any] | None = None


def record(
    event: str,
    *,
    about: About,
    by: By,
    area: Placed | int,
    person_id: int | None = None,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> Fact:
    """Write one fact into the chain of the area's city.

    Call it last in the transaction: other writers of the same city wait from here to its commit.

    Raises:
        RuntimeError: no transaction is open, or `about` is not saved.
    """
    entry = Entry(
        event=event,
        about=about,
        by=by,
        area=area,
        person_id=person_id,
        why=why,
        details=details,
    )
    (fact,) = record_many([entry])
    return fact


def record_many(entries: Sequence[Entry]) -> list[Fact]:
    """Write several facts, in order, with one lock per city and few statements.

    Raises:
        RuntimeError: no transaction is open, or an `about` is not saved.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "a fact belongs to the transaction of its change: call record inside atomic()"
        )
    by_stream: dict[int, list[Fact]] = defaultdict(list)
    facts = [_fact_of(entry) for entry in entries]
    for fact in facts:
        by_stream[fact.stream].append(fact)
    # Always in the same order, so that two writers about several cities cannot block each other.
    for stream in sorted(by_stream):
        _append(stream, by_stream[stream])
    return facts


def _append(stream: int, facts: Iterable[Fact]) -> None:
    """Chain the facts to the head of their stream and move the head."""
    head = _locked_head(stream)
    chained = []
    for fact in facts:
        head.seq += 1
        fact.seq, fact.previous_hash = head.seq, head.hash
        fact.hash = head.hash = hash_of({name: getattr(fact, name) for name in COVERED})
        chained.append(fact)
    Fact.objects.bulk_create(chained, batch_size=BATCH)
    head.save(update_fields=["seq", "hash"])


def _locked_head(stream: int) -> Chain:
    """Return the head of the stream, locked until the end of the transaction."""
    # SQLite has no row locks: there the IMMEDIATE transaction itself is the lock.
    heads = Chain.objects.select_for_update().filter(stream=stream)
    if head := heads.first():
        return head
    first = Chain(stream=stream, seq=0, hash=GENESIS)
    Chain.objects.bulk_create([first], ignore_conflicts=True)
    return heads.get()


def _fact_of(entry: Entry) -> Fact:
    kind, key = _subject(entry.about)
    area_key = entry.area if isinstance(entry.area, int) else entry.area.key
    salt = None if entry.details is None else secrets.token_hex(16)
    digest = "" if salt is None else digest_of(canonical(entry.details), salt)
    return Fact(
        stream=city_key(area_key),
        at=entry.by.at,
        event=entry.event,
        by_kind=str(entry.by.kind),
        by_id=entry.by.id,
        by_label=entry.by.label,
        door=str(entry.by.door),
        about_kind=kind,
        about_id=key,
        area_key=area_key,
        person_id=entry.person_id,
        why=entry.why,
        details=entry.details,
        salt=salt,
        details_digest=digest,
    )


def _subject(about: About) -> tuple[str, str]:
    """Return the kind and key of what the fact is about."""
    if isinstance(about, tuple):
        kind, key = about
        return kind, str(key)
    kind = about._meta.label_lower  # noqa: SLF001 - Django documents `_meta` as public
    if about.pk is None:
        raise RuntimeError(f"save the {kind} before its fact is recorded")
    return kind, str(about.pk)
