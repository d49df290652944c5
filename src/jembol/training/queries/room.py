"""What is taken of a class, and what the register tells of those who want a seat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import F, Max
from django.utils import timezone

from jembol.registry.models import Ownership, Person
from jembol.registry.queries.deciles import deciles_of
from jembol.registry.queries.identity import families_of
from jembol.training.choices import QuotaKind
from jembol.training.models import (
    Attendance,
    Class,
    EntryMember,
    HeldSeat,
    Quota,
    Registration,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.rules import Facts, Room, Share

CHUNK = 500


def rule_of(training_class: Class) -> SelectionRule | None:
    """Return the published rule of a class, as it is now, or None."""
    return SelectionRule.objects.filter(training_class=training_class).first()


def shares_of(training_class: Class) -> tuple[Share, ...]:
    """Return the quotas of a class in the order in which they were written."""
    rows = Quota.objects.filter(training_class=training_class).order_by("pk")
    return tuple(Share(QuotaKind(row.kind), row.value, row.at_least, row.at_most) for row in rows)


def room_of(training_class: Class, at: datetime) -> Room:
    """Return what is taken of a class; minima keep seats until the registration window closes."""
    seated = Registration.objects.standing().filter(training_class=training_class).once()
    offered = HeldSeat.objects.filter(training_class=training_class)
    shares = shares_of(training_class)
    if not shares:
        return Room(training_class.seats, seated.count() + offered.count())
    people = list(seated.order_by("pk").values_list("person_id", flat=True))
    people += people_offered(training_class)
    facts = facts_of(people, training_class, at)
    counts = tuple(sum(share.counts(facts[one]) for one in people) for share in shares)
    rule = rule_of(training_class)
    keeps = rule is not None and at < rule.closes_at
    return Room(training_class.seats, len(people), shares, counts, keeps)


def people_offered(training_class: Class) -> list[int]:
    """Return the keys of the people to whom a seat is offered now."""
    entries = WaitingEntry.objects.filter(
        training_class=training_class, offers__state="offered"
    ).order_by("pk")
    return [person for entry in entries for person in people_of(entry)]


def people_of(entry: WaitingEntry) -> list[int]:
    """Return the keys of the people for whom an entry stands, in order."""
    if entry.person_id is not None:
        return [entry.person_id]
    members = EntryMember.objects.filter(entry=entry).order_by("person__folded", "person_id")
    return list(members.values_list("person_id", flat=True))


def facts_of(people: Collection[int], training_class: Class, at: datetime) -> dict[int, Facts]:
    """Return what the register tells of these people for a class, by their keys."""
    keys = sorted(set(people))
    facts: dict[int, Facts] = {}
    for start in range(0, len(keys), CHUNK):
        facts |= _facts(keys[start : start + CHUNK], training_class, timezone.localdate(at))
    return facts


def facts_for(
    room: Room, people: Collection[int], training_class: Class, at: datetime
) -> dict[int, Facts]:
    """Return what the quotas of a room ask of these people: nothing where there is no quota."""
    if room.shares:
        return facts_of(people, training_class, at)
    return dict.fromkeys(people, Facts(training_class.area_id))


def _facts(keys: list[int], training_class: Class, on: date) -> dict[int, Facts]:
    families = families_of(Person, keys)
    members = {member for family in families.values() for member in family}
    rows = Person.objects.filter(pk__in=members).order_by("pk")
    told = {
        row[0]: row[1:]
        for row in rows.values_list("pk", "area_id", "sex", "born_on", "has_disability")
    }
    deciles = deciles_of(keys)
    owners = _owners(members, on)
    same = _last_days(members, training_class, is_same=True)
    any_class = _last_days(members, training_class, is_same=False)
    return {
        key: Facts(
            *told[key],
            decile=deciles[key].number if key in deciles else None,
            has_business=not owners.isdisjoint(families[key]),
            last_came_on=max((same[one] for one in families[key] if one in same), default=None),
            ever_came=any(one in any_class for one in families[key]),
        )
        for key in keys
    }


def _owners(people: Iterable[int], on: date) -> set[int]:
    rows = Ownership.objects.standing(on).filter(person__in=list(people)).order_by("pk")
    return set(rows.values_list("person_id", flat=True))


def _last_days(people: Iterable[int], training_class: Class, *, is_same: bool) -> dict[int, date]:
    """Return the last day on which each came to another class, of the same course or of any."""
    came = Attendance.objects.filter(registration__person__in=list(people)).exclude(
        session__training_class=training_class
    )
    if is_same:
        came = came.filter(session__training_class__course=training_class.course_id)
    by_person = came.order_by().values(person=F("registration__person_id"))
    return {row["person"]: row["last"] for row in by_person.annotate(last=Max("session__on"))}
