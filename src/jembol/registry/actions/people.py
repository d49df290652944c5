"""People: enrolled, changed, removed, and their NIK read whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.kit.ids import IdKind
from jembol.kit.refusal import Refusal
from jembol.registry import errors, events, rules
from jembol.registry.actions.drawing import draw_ids
from jembol.registry.actions.households import drop_empty, households_of_cards
from jembol.registry.actions.link_keys import COMPARED, replace_link_keys, write_link_keys
from jembol.registry.actions.versions import (
    AsItStood,
    drop_undone_person_merges,
    keep_people,
    next_moment,
    person_as_it_stands,
)
from jembol.registry.actions.words import replace_person_words, write_person_words
from jembol.registry.details import Cleaned, PersonDetails, person_values
from jembol.registry.models import Household, Person
from jembol.registry.queries.identity import why_it_stays
from jembol.registry.sealed_numbers import kk_digest, nik_digest, open_nik, seal_nik

BATCH: Final = 500


@transaction.atomic
def enrol(*, details: PersonDetails, by: By, door: str = "", why: str = "") -> Person:
    """Enter a person in the register; somebody alike may be there already (see `matching`).

    Raises:
        OutOfReach: the person's place lies outside the actor's areas.
        ValueMissing: the name is blank.
        TextTooLong: a text has more signs than its place.
        TextUnreadable: a text holds NUL or half a character.
        ChoiceUnknown: sex or education is none of its list.
        PhoneUnreadable: the phone number is none.
        DayInFuture: the date of birth lies ahead.
    """
    return enrol_many([details], by=by, door=door, why=why)[0]


@transaction.atomic
def enrol_many(
    rows: Sequence[PersonDetails], *, by: By, door: str = "", why: str = ""
) -> list[Person]:
    """Enter people in the register, in order, with few statements; all of them or none.

    Raises:
        Refusal: as `enrol`; `params["row"]` is the place in `rows`, from 0.
    """
    reason = rules.line(why, field="why", longest=1000)
    cleaned = [_checked(details, place, by) for place, details in enumerate(rows)]
    ids = draw_ids(Person.objects.all(), IdKind.PERSON, len(rows))
    people = [_row(values, id_, by) for values, id_ in zip(cleaned, ids, strict=True)]
    entries = _house(people, cleaned, by)
    Person.objects.bulk_create(people, batch_size=BATCH)
    write_person_words(people)
    write_link_keys(people)
    record_many([*entries, *(_enrolled(person, by, door, reason) for person in people)])
    return people


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """What shall change of one person.

    Attributes:
        person: Whom; the row is read again under lock.
        changes: New values by the names of `PersonDetails`; equal values are no change.
        version: The version that the writer saw; None lets the last writer win.
    """

    person: Person
    changes: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None


@transaction.atomic
def change(
    *,
    person: Person,
    changes: Mapping[str, object],
    by: By,
    why: str = "",
    version: int | None = None,
) -> Person:
    """Change what differs, and nothing when nothing differs; the journal keeps old and new.

    Raises:
        OutOfReach: the person stands, or would stand, outside the actor's areas.
        ChangedMeanwhile: the person was changed after the version that the writer saw.
        ValueError: a name in `changes` is no detail of a person.
        Refusal: a value cannot be stored; as `enrol`.
    """
    edit = PersonEdit(person, changes, version)
    return change_many([edit], by=by, why=why)[0]


@transaction.atomic
def change_many(edits: Sequence[PersonEdit], *, by: By, why: str = "") -> list[Person]:
    """Change people, in order, with few statements; all of them or none.

    Raises:
        Refusal: as `change`; `params["row"]` is the place in `edits`, from 0.
    """
    reason = rules.line(why, field="why", longest=1000)
    held = _locked({edit.person.pk for edit in edits})
    values = [_checked_edit(edit, held[edit.person.pk], row, by) for row, edit in enumerate(edits)]
    households, entries = _new_households(edits, values, held, by)
    facts: list[tuple[Person, Facts]] = []
    before: dict[int, AsItStood] = {}
    for row, (edit, cleaned) in enumerate(zip(edits, values, strict=True)):
        person = held[edit.person.pk]
        told = _differences(person, cleaned)
        _must_be_fresh(person, edit.version, told, row)
        if told and person.pk not in before:
            before[person.pk] = person_as_it_stands(person, by.at)
        _apply(person, {name: cleaned[name] for name in told}, households.get(row), by)
        facts.append((person, told))
    keep_people(before.values())
    _store(facts)
    record_many([*entries, *(_changed(person, by, told, reason) for person, told in facts if told)])
    return [held[edit.person.pk] for edit in edits]


@transaction.atomic
def remove_person(*, person: Person, by: By, why: str) -> None:
    """Take a person out of the register who has nothing there but their own details.

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        ReasonMissing: no reason is given.
        StillInUse: enterprises, groups, consents or classes name the person, or a merge stands.
    """
    if remove_many([person], by=by, why=why):
        raise errors.StillInUse(why_it_stays(person), public_id=person.public_id)


@transaction.atomic
def remove_many(people: Sequence[Person], *, by: By, why: str) -> list[Person]:
    """Take people out of the register, and return those who stay because something names them.

    Raises:
        OutOfReach: a person stands outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    reason = rules.reason(why)
    held = _locked({person.pk for person in people})
    for person in held.values():
        by.must_cover(person.area_id)
    kept = _delete(list(held.values()))
    gone = [person for person in held.values() if person.pk not in kept]
    keep_people(person_as_it_stands(person, by.at, is_last=True) for person in gone)
    drop_empty({person.household_id for person in gone if person.household_id}, by=by)
    record_many([_removed(person, by, reason) for person in gone])
    return [person for person in held.values() if person.pk in kept]


@transaction.atomic
def reveal_nik(*, person: Person, by: By, why: str) -> str:
    """Return the NIK whole, and journal that it was read (UU 27/2022 art. 31).

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        ReasonMissing: no reason is given.
        NumberUnknown: no NIK is known.
        SealBroken: the stored bytes were changed.
    """
    by.must_cover(person.area_id)
    reason = rules.reason(why)
    digits = open_nik(person)
    if not digits:
        raise errors.NumberUnknown(_("No NIK is known for %(name)s.") % {"name": person.name})
    record(
        events.NIK_READ,
        about=person,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        why=reason,
        details={"nik": person.nik_masked},
    )
    return digits


# Enrolling


def _checked(details: PersonDetails, row: int, by: By) -> Cleaned:
    try:
        by.must_cover(details.area.pk)
        return person_values(details, by.at)
    except Refusal as refusal:
        refusal.params["row"] = row
        raise


def _row(values: Cleaned, public_id: str, by: By) -> Person:
    person = Person(public_id=public_id, created_at=by.at, changed_at=by.at)
    for name, value in values.items():
        _put(person, name, value)
    return person


def _house(people: Sequence[Person], cleaned: Sequence[Cleaned], by: By) -> list[Entry]:
    """Give people with a family card its household; return the facts of new ones."""
    carded = [
        (person, values)
        for person, values in zip(people, cleaned, strict=True)
        if values["kk"] is not None
    ]
    if not carded:
        return []
    cards = [(values["kk"], values["area"]) for _person, values in carded]
    households, entries = households_of_cards(cards, by=by)
    for (person, _values), household in zip(carded, households, strict=True):
        person.household = household
    return entries


def _enrolled(person: Person, by: By, door: str, why: str) -> Entry:
    return Entry(
        event=events.PERSON_ENROLLED,
        about=person,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        why=why,
        details={"public_id": [None, person.public_id], "door": door or str(by.door)},
    )


# Changing

Facts = dict[str, list[Any]]
"""Old and new of each field, as the journal shows them."""

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "folded"),
    "nik": ("nik_sealed", "nik_digest", "nik_masked"),
    "kk": ("household",),
}
_SEARCHED: Final = frozenset({"name", "phone", "nik"})


def _locked(keys: Collection[int]) -> dict[int, Person]:
    people = Person.objects.select_for_update(of=("self",)).select_related("area", "household")
    # Always in the same order, so that two writers cannot wait for each other.
    return {person.pk: person for person in people.filter(pk__in=keys).order_by("pk")}


def _checked_edit(edit: PersonEdit, person: Person, row: int, by: By) -> Cleaned:
    try:
        by.must_cover(person.area_id)
        cleaned = person_values(edit.changes, by.at)
        if "area" in cleaned:
            by.must_cover(cleaned["area"].pk)
    except Refusal as refusal:
        refusal.params["row"] = row
        raise
    return cleaned


def _new_households(
    edits: Sequence[PersonEdit], values: Sequence[Cleaned], held: Mapping[int, Person], by: By
) -> tuple[dict[int, Household], list[Entry]]:
    """Return the household of each edit that brings a family card, by the edit's place."""
    cards = {
        row: (cleaned["kk"], cleaned.get("area") or held[edit.person.pk].area)
        for row, (edit, cleaned) in enumerate(zip(edits, values, strict=True))
        if cleaned.get("kk") is not None and "kk" in _differences(held[edit.person.pk], cleaned)
    }
    if not cards:
        return {}, []
    households, entries = households_of_cards(list(cards.values()), by=by)
    return dict(zip(cards, households, strict=True)), entries


def _differences(person: Person, values: Cleaned) -> Facts:
    pairs = ((name, _pair(person, name, value)) for name, value in values.items())
    return {name: [old, new] for name, (is_same, old, new) in pairs if not is_same}


def _pair(person: Person, name: str, value: Any) -> tuple[bool, Any, Any]:
    """Return whether the stored value is this one, and both as the journal shows them."""
    if name == "nik":
        digest = nik_digest(value) if value else ""
        return digest == person.nik_digest, person.nik_masked, value.masked if value else ""
    if name == "kk":
        digest = kk_digest(value) if value else ""
        held = person.household or Household()
        return digest == held.kk_digest, held.kk_masked, value.masked if value else ""
    if name == "area":
        return value.pk == person.area_id, person.area.code, value.code
    old = getattr(person, name)
    return old == value, old, value


def _must_be_fresh(person: Person, version: int | None, told: Facts, row: int) -> None:
    if version is None or version == person.version or not told:
        return
    raise errors.ChangedMeanwhile(
        _(
            "%(name)s was changed by somebody else while this form was open. "
            "Compare what is stored now with what you wrote, and save again."
        )
        % {"name": person.name},
        row=row,
        version=person.version,
        theirs={name: old for name, (old, _new) in told.items()},
        yours={name: new for name, (_old, new) in told.items()},
    )


def _apply(person: Person, values: Cleaned, household: Household | None, by: By) -> None:
    for name, value in values.items():
        if name == "kk":
            person.household = household
        else:
            _put(person, name, value)
    if values:
        person.version += 1
        person.changed_at = next_moment(person, by.at)


def _put(person: Person, name: str, value: Any) -> None:
    if name == "nik":
        number = seal_nik(value, person.public_id)
        person.nik_sealed = number.sealed
        person.nik_digest, person.nik_masked = number.digest, number.masked
    elif name != "kk":
        setattr(person, name, value)
    if name == "name":
        person.folded = rules.folded_name(value)


def _store(facts: Sequence[tuple[Person, Facts]]) -> None:
    changed = {person.pk: person for person, told in facts if told}
    names = {name for _person, told in facts for name in told}
    if not changed:
        return
    columns = {column for name in names for column in _COLUMNS.get(name, (name,))}
    Person.objects.bulk_update(
        changed.values(), sorted(columns | {"version", "changed_at"}), batch_size=BATCH // 2
    )
    searched = {person.pk: person for person, told in facts if _SEARCHED & told.keys()}
    if searched:
        replace_person_words(searched.values())
    compared = {person.pk: person for person, told in facts if COMPARED & told.keys()}
    if compared:
        replace_link_keys(compared.values())


def _changed(person: Person, by: By, told: Facts, why: str) -> Entry:
    return Entry(
        event=events.PERSON_CHANGED,
        about=person,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        why=why,
        details=told,
    )


# Removing


def _delete(people: Sequence[Person]) -> set[int]:
    """Delete whom nothing names; return the keys of the others."""
    keys = [person.pk for person in people]
    try:
        with transaction.atomic():
            # Merges that were undone hold nobody.
            drop_undone_person_merges(keys)
            Person.objects.filter(pk__in=keys).delete()
    except ProtectedError:
        if len(people) == 1:
            return {people[0].pk}
        # Halving finds the few that stay in few statements.
        middle = len(people) // 2
        return _delete(people[:middle]) | _delete(people[middle:])
    return set()


def _removed(person: Person, by: By, why: str) -> Entry:
    return Entry(
        event=events.PERSON_REMOVED,
        about=("registry.person", person.pk),
        by=by,
        area=person.area_id,
        person_id=person.pk,
        why=why,
        details={"public_id": [person.public_id, None], "name": [person.name, None]},
    )
