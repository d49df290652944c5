"""What is shown of a rule and its list: to officers, to each applicant, and to everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from jembol.kit.reach import Reach
from jembol.registry.models import Person
from jembol.training.choices import Answer, ConditionKind, EntryState
from jembol.training.models import (
    Class,
    Draw,
    Drawn,
    EntryMember,
    Offer,
    Override,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.queries.eligibility import Met, eligibility_of, not_met
from jembol.training.queries.room import people_of, room_of, rule_of
from jembol.training.rules import Room, Share

SHOWN = 300
"""Entries on an officer's page."""


@dataclass(frozen=True, slots=True)
class QuotaState:
    """One quota, and how far it is taken."""

    share: Share
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as an officer sees it.

    Attributes:
        entry: The entry.
        person: Who waits, or None for a group, or somebody outside the reader's areas.
        place: Place in line, counted from one.
        offer: The offer that waits for an answer, or None.
        unmet: Conditions that are not met, in words.
        unknown: Conditions of which it is not known.
        points: Of a draw by need; None without one, and for readers who may not know.
    """

    entry: WaitingEntry
    person: Person | None
    place: int
    offer: Offer | None
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]
    points: int | None


@dataclass(frozen=True, slots=True)
class Selection:
    """How the seats of a class are given out, for one reader.

    Attributes:
        rule: The published rule, or None.
        room: What is taken.
        quotas: The quotas with what is taken of each.
        lines: Who waits, first first, as far as the page goes.
        waiting: How many entries wait.
        hidden: How many of those shown lie outside the reader's areas.
        draw: The draw, or None.
    """

    rule: SelectionRule | None
    room: Room
    quotas: tuple[QuotaState, ...]
    lines: tuple[Line, ...]
    waiting: int
    hidden: int
    draw: Draw | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one applicant stands, for the page behind their secret link; nobody else is on it.

    Attributes:
        entry: Their entry.
        rule: The rule.
        place: Place in line, counted from one; 0 when they do not wait in line now.
        waiting: How many entries wait.
        offer: The seat that is offered to them, or None.
        drawn: What the draw gave them, or None.
        draw: The draw of the class, or None.
        met: Conditions that the page may tell of; what is personal is checked at the office.
        is_checked: Whether a condition is left to the office.
    """

    entry: WaitingEntry
    rule: SelectionRule
    place: int
    waiting: int
    offer: Offer | None
    drawn: Drawn | None
    draw: Draw | None
    met: tuple[Met, ...]
    is_checked: bool


def selection_of(
    training_class: Class, reach: Reach, at: datetime, *, specific: Reach
) -> Selection:
    """Return how the seats of a class are given out; people outside the reach are not named.

    Args:
        training_class: The class.
        reach: Of whom the reader may see the names.
        at: The moment.
        specific: Of whom the reader may know specific data such as the decile (UU 27/2022 art. 4).
    """
    room = room_of(training_class, at)
    waiting = WaitingEntry.objects.waiting().filter(training_class=training_class)
    related = (
        "person__area__parent__parent", "person__survivor__area__parent__parent",
        "group__area__parent__parent", "drawn", "training_class",
    )  # fmt: skip
    entries = list(waiting.select_related(*related).in_line()[:SHOWN])
    offers = {offer.entry_id: offer for offer in _live_of(training_class)}
    lines = tuple(_lines(entries, offers, training_class, (reach, specific), at))
    quotas = zip(room.shares, room.counts, strict=True)
    return Selection(
        rule=rule_of(training_class),
        room=room,
        quotas=tuple(QuotaState(share, count) for share, count in quotas),
        lines=lines,
        waiting=waiting.count(),
        hidden=sum(line.person is None and line.entry.person_id is not None for line in lines),
        draw=Draw.objects.filter(training_class=training_class).first(),
    )


def standing_of(training_class: Class, digest: str, at: datetime) -> Standing | None:
    """Return where the applicant with this link stands, or None for no link of ours."""
    rows = WaitingEntry.objects.select_related("person", "group", "training_class")
    entry = rows.filter(training_class=training_class, token_digest=digest).first()
    rule = rule_of(training_class)
    if entry is None or rule is None:
        return None
    answers = _answers_of(entry, at)
    offer = Offer.objects.live().filter(entry=entry, expires_at__gt=at).first()
    is_waiting = entry.state == EntryState.WAITING
    draw = Draw.objects.filter(training_class=training_class).first()
    return Standing(
        entry=entry,
        rule=rule,
        place=_place_of(entry) if is_waiting else 0,
        waiting=WaitingEntry.objects.waiting().filter(training_class=training_class).count(),
        offer=offer,
        drawn=Drawn.objects.filter(entry=entry).first(),
        draw=draw,
        met=tuple(one for one in answers if one.condition.kind == ConditionKind.LIVES_IN),
        is_checked=any(
            one.answer != Answer.MET and one.condition.kind != ConditionKind.LIVES_IN
            for one in answers
        ),
    )


def overrides(reach: Reach) -> QuerySet[Override]:
    """Return who got a seat otherwise than by a rule, in classes and of people in the reach."""
    related = ("training_class__area", "person__area__parent__parent", "person__survivor__area")
    rows = Override.objects.filter(
        training_class__in=Class.objects.within(reach),
        person__in=Person.objects.within(reach),
    )
    return rows.select_related(*related)


def _live_of(training_class: Class) -> Iterable[Offer]:
    return Offer.objects.live().filter(training_class=training_class).order_by("pk")


def _lines(
    entries: list[WaitingEntry],
    offers: dict[int, Offer],
    training_class: Class,
    reaches: tuple[Reach, Reach],
    at: datetime,
) -> Iterable[Line]:
    reach, specific = reaches
    people = _people_of(entries)
    answers = eligibility_of({one for some in people.values() for one in some}, training_class, at)
    for place, entry in enumerate(entries, start=1):
        whose = entry.person or entry.group
        may_know = whose is not None and specific.covers(whose.area_id)
        told = [
            met
            for one in people[entry.pk]
            for met in answers[one]
            if may_know or met.condition.kind != ConditionKind.DECILE
        ]
        yield Line(
            entry=entry,
            person=entry.person if entry.person and reach.covers(entry.person.area_id) else None,
            place=place,
            offer=offers.get(entry.pk),
            unmet=tuple(dict.fromkeys(one.words for one in not_met(told))),
            unknown=tuple(dict.fromkeys(one.words for one in told if one.answer == Answer.UNKNOWN)),
            points=drawn.points if (drawn := getattr(entry, "drawn", None)) and may_know else None,
        )


def _people_of(entries: Sequence[WaitingEntry]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.person_id is not None:
            found[entry.pk].append(entry.person_id)
    whole = [entry.pk for entry in entries if entry.person_id is None]
    members = EntryMember.objects.filter(entry__in=whole).order_by("pk") if whole else ()
    for member in members:
        found[member.entry_id].append(member.person_id)
    return found


def _answers_of(entry: WaitingEntry, at: datetime) -> list[Met]:
    people = people_of(entry)
    answers = eligibility_of(people, entry.training_class, at)
    return [met for one in people for met in answers[one]]


def _place_of(entry: WaitingEntry) -> int:
    waiting = WaitingEntry.objects.waiting().filter(training_class=entry.training_class_id)
    earlier = Q(at__lt=entry.at) | Q(at=entry.at, pk__lt=entry.pk)
    if entry.place is not None:
        return waiting.filter(place__lt=entry.place).count() + 1
    before = waiting.filter(Q(place__isnull=False) | Q(earlier, place__isnull=True))
    return before.count() + 1
