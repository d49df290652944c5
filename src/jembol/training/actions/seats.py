"""Give seats and take them back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.registry.models import Group, Person
from jembol.registry.queries.identity import families_of, members_of
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in, hold, refuse_when_cancelled
from jembol.training.actions.obeying import note_overrides, refuse_against_rule
from jembol.training.actions.offers import end_waiting, promote
from jembol.training.actions.room import refuse_by_quota, refuse_when_full
from jembol.training.choices import Door, EntryState
from jembol.training.models import Attendance, Class, Registration, WaitingEntry, Withdrawal

BATCH = 500

_HAVE_COME = (Door.IMPORT, Door.WALK_IN)
"""Doors through which people come who were let in already: refusing them would lose the truth."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What a bulk registration came to.

    Attributes:
        ids: The registration of every person asked for, by the person's key.
        created: The registrations that were not there before.
    """

    ids: dict[int, int]
    created: frozenset[int]


@transaction.atomic
def register(
    *, training_class: Class, person: Person, by: By, door: str, group: Group | None = None
) -> Registration:
    """Give the person a seat; a seat given back before is taken up again in the same row.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        AlreadyRegistered: the person has a seat.
        NotByTheRule: the published rule of the class gives its seats in another way.
        NotEligible: a condition of the rule is not met.
        RegistrationNotOpen: the window of the rule is not open.
        ClassFull: no seat is left.
        QuotaReached: a quota leaves no seat for the person.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    by.must_cover(person.area_id)
    refuse_against_rule(held, [person.pk], by)
    return take_seat(held, person, by=by, door=door, group=group)


def take_seat(
    held: Class, person: Person, *, by: By, door: str, group: Group | None = None
) -> Registration:
    """Give the person a seat in a class that is held.

    Raises:
        ClassCancelled: the class was cancelled.
        AlreadyRegistered: the person has a seat.
        ClassFull: no seat is left.
        QuotaReached: a quota leaves no seat for the person.
    """
    refuse_when_cancelled(held)
    seat = registration_of(held, person) or Registration(training_class=held, person=person)
    is_new = seat.pk is None
    if not is_new and is_standing(seat):
        raise errors.AlreadyRegistered(
            _("%(name)s is registered for %(title)s already.")
            % {"name": person.name, "title": held.title},
            field="person",
            registration_id=seat.pk,
        )
    refuse_when_full(held, wanted=1)
    refuse_by_quota(held, [person.pk], by.at)
    seat.door, seat.group, seat.at = door, group, by.at
    seat.save()
    Withdrawal.objects.filter(registration=seat).delete()
    end_waiting(held, members_of(person), by)
    event = events.REGISTERED if is_new else events.REGISTERED_AGAIN
    facts = [_entry(event, seat, held, by)]
    if door in _HAVE_COME:
        facts += note_overrides(held, [seat], by=by, why=str(Door(door).label))
    record_many(facts)
    return seat


@transaction.atomic
def register_many(
    *,
    training_class: Class,
    people: Sequence[Person],
    by: By,
    door: str,
    group: Group | None = None,
) -> Registered:
    """Give many people seats with a fixed number of queries; all get one, or nobody does.

    Who has a seat keeps it without a new fact. Who gave it back takes it up again, unless the door
    is an imported list: a list does not overrule what a person said later. Where a published rule
    gives the seats, only the way it names is open; people of an imported list and those who walked
    in have come already, so they are let in and noted as overrides.

    Raises:
        OutOfReach: the class or one of the people lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        NotByTheRule: the published rule of the class gives its seats in another way.
        NotEligible: a condition of the rule is not met.
        RegistrationNotOpen: the window of the rule is not open.
        ClassFull: fewer seats are left than are needed.
        QuotaReached: a quota leaves no seat for all of them.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    for person in people:
        by.must_cover(person.area_id)
    refuse_when_cancelled(held)
    families = families_of(Person, [person.pk for person in people])
    there = _seats_there(held, families)
    missing = _without_seat(people, there, families)
    returning = [] if door == Door.IMPORT else _withdrawn(there)
    fresh_people = [person.pk for person in missing.values()]
    wanted = [*fresh_people, *(seat.person_id for seat in returning)]
    if door not in _HAVE_COME and wanted:
        refuse_against_rule(held, wanted, by)
    refuse_when_full(held, wanted=len(wanted))
    refuse_by_quota(held, wanted, by.at)
    seats = Registration.objects.bulk_create(
        (
            Registration(training_class=held, person=person, group=group, door=door, at=by.at)
            for person in missing.values()
        ),
        batch_size=BATCH,
    )
    _take_up_again(returning, door=door, group=group, by=by)
    end_waiting(held, [one for key in wanted for one in families[key]], by)
    facts = [_entry(events.REGISTERED, seat, held, by) for seat in seats]
    facts += [_entry(events.REGISTERED_AGAIN, seat, held, by) for seat in returning]
    if door in _HAVE_COME:
        facts += note_overrides(held, [*seats, *returning], by=by, why=str(Door(door).label))
    record_many(facts)
    fresh = {member: seat for seat in seats for member in families[seat.person_id]}
    return Registered(
        ids={person.pk: (there.get(person.pk) or fresh[person.pk]).pk for person in people},
        created=frozenset(seat.pk for seat in seats),
    )


@transaction.atomic
def withdraw(*, registration: Registration, why: str, by: By) -> Withdrawal:
    """Give a seat back; what the person attended until then stays a fact.

    Who was registered under two ids gives back both seats: it is one person who will not come.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        AlreadyWithdrawn: it was given back before.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = hold(registration.training_class)
    by.must_cover(held.area_id)
    by.must_cover(registration.person.area_id)
    if not is_standing(registration):
        raise errors.AlreadyWithdrawn(
            _("%(name)s gave back the place in %(title)s before.")
            % {"name": registration.person.name, "title": held.title},
            registration_id=registration.pk,
        )
    reason = fitting_in(Withdrawal, "why", why)
    seats = [registration, *_other_seats(registration)]
    withdrawals = [
        Withdrawal.objects.create(registration=seat, why=reason, at=by.at) for seat in seats
    ]
    record_many([_entry(events.WITHDRAWN, seat, held, by, why=reason) for seat in seats])
    _leave_the_list(held, [seat.person_id for seat in seats], by)
    promote(held, by)
    return withdrawals[0]


@transaction.atomic
def remove_registrations(*, registrations: Collection[int], by: By, why: str) -> int:
    """Remove registrations as if they had never been, as when an import is undone.

    Returns how many were removed; one that is gone already is passed over.

    Raises:
        OutOfReach: a class or a person lies outside the actor's duty.
        RegistrationInUse: one of the people came to a session.
    """
    for training_class in _classes_of(registrations):
        by.must_cover(hold(training_class).area_id)
    rows = list(
        Registration.objects.filter(pk__in=registrations)
        .select_related("person", "training_class")
        .order_by("pk")
    )
    for row in rows:
        by.must_cover(row.person.area_id)
    used = Attendance.objects.filter(registration__in=[row.pk for row in rows])
    if names := sorted(used.values_list("registration__person__name", flat=True).distinct()):
        raise errors.RegistrationInUse(
            _("%(name)s came to the class, so the registration stays. Correct attendance first.")
            % {"name": names[0]},
            names=names,
        )
    entries = [
        _entry(events.REGISTRATION_REMOVED, row, row.training_class, by, why=why) for row in rows
    ]
    Registration.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(entries)
    for training_class in {row.training_class_id: row.training_class for row in rows}.values():
        promote(training_class, by)
    return len(rows)


# --- what is there ----------------------------------------------------------------------------


def registration_of(training_class: Class, person: Person) -> Registration | None:
    """Return the person's registration for the class, standing or given back.

    Whichever id of a merged person it names: the one that stands, or else their own, the oldest.
    """
    families = {person.pk: tuple(members_of(person))}
    return _seats_there(training_class, families).get(person.pk)


def is_standing(registration: Registration) -> bool:
    """Whether the seat is held now; the database is asked, not the row at hand."""
    return Registration.objects.standing().filter(pk=registration.pk).exists()


def _seats_there(
    training_class: Class, families: Mapping[int, tuple[int, ...]]
) -> dict[int, Registration]:
    """Return the seat that speaks for each of these people, under whichever of their ids."""
    rows = Registration.objects.filter(training_class=training_class)
    members = {member for family in families.values() for member in family}
    of_them = rows.filter(person__in=members).select_related("person", "withdrawal").order_by("pk")
    by_member = {seat.person_id: seat for seat in of_them}
    found = {}
    for key, family in families.items():
        seats = [by_member[member] for member in (key, *family) if member in by_member]
        if seats:
            found[key] = min(seats, key=lambda seat: hasattr(seat, "withdrawal"))
    return found


def _without_seat(
    people: Iterable[Person],
    there: Mapping[int, Registration],
    families: Mapping[int, tuple[int, ...]],
) -> dict[tuple[int, ...], Person]:
    """Return who needs a new seat, one for each family."""
    return {families[person.pk]: person for person in people if person.pk not in there}


def _withdrawn(there: Mapping[int, Registration]) -> list[Registration]:
    """Return those of the seats that were given back, each once."""
    gone = {seat.pk: seat for seat in there.values() if hasattr(seat, "withdrawal")}
    return [gone[key] for key in sorted(gone)]


def _other_seats(registration: Registration) -> list[Registration]:
    """Return the seats that the same person holds in the class under other ids."""
    members = members_of(registration.person)
    standing = Registration.objects.standing().filter(person__in=members).select_related("person")
    of_class = standing.filter(training_class=registration.training_class_id)
    return list(of_class.exclude(pk=registration.pk).order_by("pk"))


def _take_up_again(
    seats: Sequence[Registration], *, door: str, group: Group | None, by: By
) -> None:
    keys = [seat.pk for seat in seats]
    Registration.objects.filter(pk__in=keys).update(door=door, group=group, at=by.at)
    Withdrawal.objects.filter(registration__in=keys).delete()


def _leave_the_list(held: Class, people: Iterable[int], by: By) -> None:
    """Note at the entries of these people that they gave their seat back."""
    theirs = WaitingEntry.objects.filter(training_class=held, person__in=list(people))
    theirs.filter(state=EntryState.SEATED).update(state=EntryState.LEFT, ended_at=by.at)


def _classes_of(registrations: Iterable[int]) -> list[Class]:
    """Return the classes in one order for all, so that two who hold several never block."""
    of = Class.objects.filter(registrations__in=list(registrations))
    return list(of.distinct().order_by("pk"))


def _entry(event: str, seat: Registration, held: Class, by: By, why: str = "") -> Entry:
    """Return the fact, placed where the person lives: it is the person's, not the hall's."""
    return Entry(
        event=event,
        about=seat,
        by=by,
        area=seat.person.area_id,
        person_id=seat.person_id,
        why=why,
        details={"class": held.public_id, "title": held.title},
    )
