"""Freed seats go to whose turn it is: one live offer for each, and each has an end."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from jembol.journal.by import By
from jembol.journal.record import record_many
from jembol.training import events
from jembol.training.actions.entries import end_entry, fact
from jembol.training.actions.holding import hold
from jembol.training.choices import EntryState, OfferState, SelectionKind
from jembol.training.models import (
    Class,
    Draw,
    HeldSeat,
    Offer,
    OfferQuerySet,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.orders import SETTLE
from jembol.training.queries.eligibility import eligibility_of, not_met
from jembol.training.queries.room import facts_for, people_of, room_of, rule_of

_BATCH: Final = 50


@transaction.atomic
def settle(*, training_class: Class, by: By) -> list[Offer]:
    """End the offers that ran out, and offer what is free; the new offers are returned."""
    return promote(hold(training_class), by)


def promote(held: Class, by: By) -> list[Offer]:
    """Offer every free seat of a held class to whose turn it is.

    Whoever cannot take it now is passed over and keeps their place: a group that is larger than
    what is free, somebody whose quota is reached, somebody who does not meet a condition.
    """
    expire_due(held, by)
    rule = rule_of(held)
    if rule is None or not _is_promoting(held, rule, by.at):
        return []
    room = room_of(held, by.at)
    offers: list[Offer] = []
    in_line = WaitingEntry.objects.waiting().filter(training_class=held)
    rows = in_line.exclude(offers__state=OfferState.OFFERED).select_related("person", "group")
    for batch in _batches(rows.in_line()) if room.left != 0 else ():
        people = {entry.pk: people_of(entry) for entry in batch}
        every = [one for group in people.values() for one in group]
        facts = facts_for(room, every, held, by.at)
        answers = eligibility_of(every, held, by.at)
        for entry in batch:
            theirs = [facts[one] for one in people[entry.pk]]
            if room.bar(theirs) or any(not_met(answers[one]) for one in people[entry.pk]):
                continue
            offers.append(_offer(held, entry, rule, by))
            room = room.with_people(theirs)
        if room.left == 0:
            break
    record_many([fact(events.OFFERED, offer.entry, held, by) for offer in offers])
    return offers


def expire_due(held: Class, by: By) -> None:
    """End the offers of a held class whose time ran out; who let one run out leaves the list."""
    lapse(held, live_offers_of(held).filter(expires_at__lte=by.at), by)


def lapse(held: Class, offers: Iterable[Offer], by: By) -> None:
    """Let offers run out, and their entries leave."""
    facts = []
    for offer in offers:
        end_offer(offer, OfferState.EXPIRED, by)
        end_entry(offer.entry, state=EntryState.LEFT, by=by, why=OfferState.EXPIRED)
        facts.append(fact(events.OFFER_EXPIRED, offer.entry, held, by))
    record_many(facts)


def end_offer(offer: Offer, state: OfferState, by: By) -> None:
    """Let an offer end; the seat that it kept is free again or taken by its person."""
    HeldSeat.objects.filter(offer=offer).delete()
    offer.state, offer.answered_at = state, by.at
    offer.save(update_fields=["state", "answered_at"])


def end_waiting(held: Class, people: Iterable[int], by: By) -> None:
    """Take those off the list of a held class who have a seat now, however they got it."""
    waiting = WaitingEntry.objects.waiting().filter(training_class=held, person__in=list(people))
    for entry in waiting.select_related("person").order_by("pk"):
        if live := live_offer_of(entry):
            end_offer(live, OfferState.ACCEPTED, by)
        end_entry(entry, state=EntryState.SEATED, by=by)


def live_offers_of(held: Class) -> OfferQuerySet:
    """Return the offers of a class that can still be answered, the oldest first."""
    live = Offer.objects.live().filter(training_class=held)
    return live.select_related("entry__person", "entry__group").order_by("pk")


def live_offer_of(entry: WaitingEntry) -> Offer | None:
    """Return the offer that an entry can still answer, or None."""
    return Offer.objects.live().filter(entry=entry).select_related("entry").first()


def begins_at(held: Class) -> datetime:
    """Return the first moment of the class's first day."""
    return timezone.make_aware(datetime.combine(held.starts_on, time.min))


def _is_promoting(held: Class, rule: SelectionRule, at: datetime) -> bool:
    if not rule.opens_at <= at < begins_at(held):
        return False
    if not Class.objects.filter(pk=held.pk).standing().exists():
        return False
    is_drawn = Draw.objects.filter(training_class=held).exists()
    return is_drawn or rule.kind == SelectionKind.FIRST_COME


def _batches(rows: Iterable[WaitingEntry]) -> Iterable[list[WaitingEntry]]:
    every = list(rows)
    return (every[start : start + _BATCH] for start in range(0, len(every), _BATCH))


def _offer(held: Class, entry: WaitingEntry, rule: SelectionRule, by: By) -> Offer:
    expires_at = min(by.at + timedelta(hours=rule.offer_hours), begins_at(held))
    offer = Offer.objects.create(
        entry=entry, training_class=held, offered_at=by.at, expires_at=expires_at
    )
    kept = set(
        HeldSeat.objects.filter(training_class=held).order_by("pk").values_list("number", flat=True)
    )
    free = (number for number in range(1, len(kept) + entry.size + 1) if number not in kept)
    HeldSeat.objects.bulk_create(
        HeldSeat(training_class=held, number=number, offer=offer)
        for number, _one in zip(free, range(entry.size), strict=False)
    )
    SETTLE.enqueue(
        by=by,
        dedup=f"offer:{offer.pk}",
        area_key=held.area_id,
        run_after=expires_at,
        class_id=held.pk,
    )
    return offer
