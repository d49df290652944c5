"""Ask for a seat by the published rule: it is given at once, or one waits in line."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record_many
from jembol.registry.models import Group, Membership, Person
from jembol.registry.queries.identity import families_of
from jembol.training import errors
from jembol.training.actions.entries import end_entry, make_entry
from jembol.training.actions.holding import given_in, hold, refuse_when_cancelled
from jembol.training.actions.obeying import note_overrides, refuse_outside_window
from jembol.training.actions.offers import promote
from jembol.training.actions.seats import register_many, take_seat
from jembol.training.choices import EntryState, OfferState, SelectionKind
from jembol.training.models import (
    Class,
    EntryMember,
    Override,
    Registration,
    SelectionRule,
    WaitingEntry,
    WaitingQuerySet,
)
from jembol.training.queries.eligibility import eligibility_of, not_met
from jembol.training.queries.room import facts_for, room_of, rule_of


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of asking for a seat.

    Attributes:
        entry: The place on the list; None for a class without a rule.
        registrations: The seats, when they were given at once.
    """

    entry: WaitingEntry | None
    registrations: tuple[Registration, ...]


@transaction.atomic
def apply(*, training_class: Class, person: Person, by: By, door: str) -> Applied:
    """Ask for a seat for a person, as the class's rule says.

    First come, first served gives it at once while one is free that nobody before can take; else,
    and before a draw, the person waits in line.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        RegistrationNotOpen: the window is not open.
        AlreadyRegistered: the person has a seat.
        AlreadyWaiting: the person is on the list.
        ClassFull: the class has no rule, and no seat is left.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    by.must_cover(person.area_id)
    rule = rule_of(held)
    if rule is None:
        return Applied(None, (take_seat(held, person, by=by, door=door),))
    return enter(held, rule, [person], group=None, by=by, door=door)


@transaction.atomic
def register_group(
    *, training_class: Class, group: Group, people: Sequence[Person], by: By, door: str
) -> Applied:
    """Ask for seats for those of a group who come: all together, or nobody.

    Raises:
        OutOfReach: the class, the group or one of the people lies outside the actor's duty.
        ValueMissing: nobody was named.
        NotInTheGroup: somebody is no member of the group.
        ClassCancelled: the class was cancelled.
        RegistrationNotOpen: the window is not open.
        AlreadyRegistered: one of them has a seat.
        AlreadyWaiting: the group, or one of them, is on the list.
        ClassFull: the class has no rule, and too few seats are left.
    """
    held = hold(training_class)
    for area in (held.area_id, group.area_id, *(person.area_id for person in people)):
        by.must_cover(area)
    _refuse_strangers(group, people, by)
    rule = rule_of(held)
    if rule is not None:
        return enter(held, rule, people, group=group, by=by, door=door)
    given = register_many(training_class=held, people=people, by=by, door=door, group=group)
    seats = Registration.objects.filter(pk__in=given.ids.values()).order_by("pk")
    return Applied(None, tuple(seats))


@transaction.atomic
def override(*, training_class: Class, person: Person, why: str, by: By, door: str) -> Registration:
    """Give a person a seat otherwise than by the rule; reason and officer are kept and reported.

    Neither the seats nor a quota can be overridden.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        NoRule: the class has no rule that could be overridden.
        ValueMissing: no reason is given.
        HasAnOffer: a seat is offered to the person.
        AlreadyWaiting: the person waits with a group, which comes together or not at all.
        ClassCancelled: the class was cancelled.
        AlreadyRegistered: the person has a seat.
        ClassFull: no seat is left.
        QuotaReached: a quota leaves no seat.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    by.must_cover(person.area_id)
    if rule_of(held) is None:
        raise errors.NoRule(
            _("%(title)s has no published rule, so register the person as usual.")
            % {"title": held.title},
            class_id=held.pk,
        )
    reason = given_in(Override, "why", why)
    entry = waiting_entry_of(held, person)
    if entry is not None and entry.offers.filter(state=OfferState.OFFERED).exists():
        raise errors.HasAnOffer(
            _("A seat is offered to %(name)s already. Accept the offer.") % {"name": person.name},
            entry_id=entry.pk,
        )
    _refuse_one_of_a_group(held, person)
    seat = take_seat(held, person, by=by, door=door)
    record_many(note_overrides(held, [seat], by=by, why=reason))
    return seat


def enter(
    held: Class,
    rule: SelectionRule,
    people: Sequence[Person],
    *,
    group: Group | None,
    by: By,
    door: str,
) -> Applied:
    """Put people on the list of a held class, and seat them when the rule gives seats at once.

    Raises:
        ClassCancelled: the class was cancelled.
        RegistrationNotOpen: the window is not open.
        AlreadyRegistered: one of them has a seat.
        AlreadyWaiting: one of them is on the list.
    """
    refuse_when_cancelled(held)
    refuse_outside_window(rule, held, by)
    _refuse_who_is_there(held, people, group)
    if rule.kind != SelectionKind.FIRST_COME:
        return Applied(make_entry(held, people, group=group, door=door, by=by), ())
    promote(held, by)
    entry = make_entry(held, people, group=group, door=door, by=by)
    if not _is_seated_at_once(held, people, by):
        return Applied(entry, ())
    seats = tuple(take_seat(held, one, by=by, door=door, group=group) for one in people)
    end_entry(entry, state=EntryState.SEATED, by=by)
    return Applied(entry, seats)


def waiting_entry_of(training_class: Class, person: Person) -> WaitingEntry | None:
    """Return the entry under which a person waits alone, whichever of their ids it names."""
    family = families_of(Person, [person.pk])[person.pk]
    waiting = WaitingEntry.objects.waiting().filter(training_class=training_class)
    return waiting.filter(person__in=family).order_by("pk").first()


def _refuse_one_of_a_group(held: Class, person: Person) -> None:
    family = families_of(Person, [person.pk])[person.pk]
    waiting = WaitingEntry.objects.waiting().filter(training_class=held)
    found = waiting.filter(members__person__in=family).select_related("group").first()
    if found is not None and found.group is not None:
        raise errors.AlreadyWaiting(
            _("%(name)s waits with %(group)s. Take the group off the list first.")
            % {"name": person.name, "group": found.group.name},
            entry_id=found.pk,
        )


def _is_seated_at_once(held: Class, people: Sequence[Person], by: By) -> bool:
    keys = [person.pk for person in people]
    answers = eligibility_of(keys, held, by.at)
    if any(not_met(told) for told in answers.values()):
        return False
    room = room_of(held, by.at)
    facts = facts_for(room, keys, held, by.at)
    return room.bar([facts[one] for one in keys]) is None


def _refuse_who_is_there(held: Class, people: Sequence[Person], group: Group | None) -> None:
    families = families_of(Person, [person.pk for person in people])
    members = {member for family in families.values() for member in family}
    seated = Registration.objects.standing().filter(training_class=held, person__in=members)
    if seat := seated.select_related("person").order_by("pk").first():
        raise errors.AlreadyRegistered(
            _("%(name)s is registered for %(title)s already.")
            % {"name": seat.person.name, "title": held.title},
            registration_id=seat.pk,
        )
    waiting = WaitingEntry.objects.waiting().filter(training_class=held)
    if name := _name_of_waiting(waiting, members, group):
        raise errors.AlreadyWaiting(
            _("%(name)s is on the list of %(title)s already.")
            % {"name": name, "title": held.title},
            class_id=held.pk,
        )


def _name_of_waiting(rows: WaitingQuerySet, members: set[int], group: Group | None) -> str:
    if group is not None and rows.filter(group=group).exists():
        return group.name
    alone = rows.filter(person__in=members).select_related("person").order_by("pk").first()
    if alone is not None and alone.person is not None:
        return alone.person.name
    inside = EntryMember.objects.filter(entry__in=rows.values("pk"), person__in=members)
    found = inside.select_related("person").order_by("pk").first()
    return found.person.name if found else ""


def _refuse_strangers(group: Group, people: Sequence[Person], by: By) -> None:
    if not people:
        raise errors.NotInTheGroup(_("Tick who of the group comes."), group_id=group.pk)
    standing = Membership.objects.standing(by.at.date()).filter(group=group)
    members = set(standing.order_by("pk").values_list("person_id", flat=True))
    families = families_of(Person, [person.pk for person in people])
    for person in people:
        if members.isdisjoint(families[person.pk]):
            raise errors.NotInTheGroup(
                _("%(name)s is no member of %(group)s. Add them to the group first.")
                % {"name": person.name, "group": group.name},
                person_id=person.pk,
            )
