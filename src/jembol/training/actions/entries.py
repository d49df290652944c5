"""Entries in the list of a class: made, seated, ended."""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.kit.ids import ALPHABET
from jembol.registry.models import Group, Person
from jembol.training import events
from jembol.training.choices import EntryState
from jembol.training.models import Class, EntryMember, WaitingEntry
from jembol.vault.sealing import digest

_SIGNS: Final = 8
_TOKEN: Final = 32


def token_of(entry: WaitingEntry) -> str:
    """Return the secret word in the link to an entry's own page; only this deployment can."""
    return digest("training.entry", f"{entry.training_class_id}.{entry.pseudonym}")[:_TOKEN]


def group_token_of(held: Class, group: Group) -> str:
    """Return the secret word in the link by which a group's head says who comes."""
    return digest("training.group", f"{held.public_id}.{group.public_id}")[:_TOKEN]


def token_digest(token: str) -> str:
    """Return by what a token is found again; who reads the database cannot open the page."""
    return sha256(token.encode()).hexdigest()


def make_entry(
    held: Class, people: Sequence[Person], *, group: Group | None, door: str, by: By
) -> WaitingEntry:
    """Put a person, or a group that comes whole, at the end of the list of a held class."""
    entry = WaitingEntry(
        training_class=held,
        person=people[0] if group is None else None,
        group=group,
        size=len(people) if group else 1,
        door=door,
        at=by.at,
        pseudonym=_new_pseudonym(held),
    )
    entry.token_digest = token_digest(token_of(entry))
    entry.save()
    if group is not None:
        EntryMember.objects.bulk_create(
            EntryMember(entry=entry, person=person) for person in people
        )
    record_many([fact(events.ENTERED, entry, held, by)])
    return entry


def end_entry(entry: WaitingEntry, *, state: EntryState, by: By, why: str = "") -> None:
    """Let an entry end: seated, or gone from the list."""
    entry.state, entry.ended_at, entry.why = state, by.at, why
    entry.save(update_fields=["state", "ended_at", "why"])


def fact(event: str, entry: WaitingEntry, held: Class, by: By, why: str = "") -> Entry:
    """Return the fact that something happened to an entry, placed where its people live."""
    whose = entry.person or entry.group
    return Entry(
        event=event,
        about=entry,
        by=by,
        area=whose.area_id if whose else held.area_id,
        person_id=entry.person_id,
        why=why,
        details={"class": held.public_id, "title": held.title},
    )


def _new_pseudonym(held: Class) -> str:
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _sign in range(_SIGNS))
        if not WaitingEntry.objects.filter(training_class=held, pseudonym=drawn).exists():
            return drawn
