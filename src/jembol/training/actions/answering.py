"""Answer the offer of a seat, or leave the list."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record_many
from jembol.registry.models import Person
from jembol.training import errors, events
from jembol.training.actions.entries import end_entry, fact
from jembol.training.actions.holding import fitting_in, hold
from jembol.training.actions.offers import end_offer, live_offer_of, promote
from jembol.training.actions.seats import is_standing, registration_of, take_seat, withdraw
from jembol.training.choices import EntryState, OfferState
from jembol.training.models import Class, Offer, Registration, WaitingEntry
from jembol.training.queries.room import people_of


@transaction.atomic
def accept(*, offer: Offer, by: By) -> tuple[Registration, ...]:
    """Take the seats that are offered: a group all of them, or none.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        OfferOver: it was answered before, or its time ran out.
        ClassCancelled: the class was cancelled.
        QuotaReached: the quotas were changed since, and leave no seat.
    """
    held, live = _live(offer, by)
    end_offer(live, OfferState.ACCEPTED, by)
    entry = live.entry
    seats = seat_entry(held, entry, by)
    record_many([fact(events.OFFER_ACCEPTED, entry, held, by)])
    return seats


def seat_entry(held: Class, entry: WaitingEntry, by: By) -> tuple[Registration, ...]:
    """Give everybody of an entry a seat who has none; one of a group may have come in alone."""
    people = Person.objects.filter(pk__in=people_of(entry)).order_by("pk")
    seats = tuple(
        take_seat(held, person, by=by, door=entry.door, group=entry.group)
        for person in people
        if (seat := registration_of(held, person)) is None or not is_standing(seat)
    )
    end_entry(entry, state=EntryState.SEATED, by=by)
    return seats


@transaction.atomic
def decline(*, offer: Offer, by: By, why: str = "") -> None:
    """Give the offered seat to whose turn is next, and leave the list.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        OfferOver: it was answered before, or its time ran out.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held, live = _live(offer, by)
    reason = fitting_in(WaitingEntry, "why", why)
    end_offer(live, OfferState.DECLINED, by)
    end_entry(live.entry, state=EntryState.LEFT, by=by, why=reason or OfferState.DECLINED)
    record_many([fact(events.OFFER_DECLINED, live.entry, held, by, why=reason)])
    promote(held, by)


@transaction.atomic
def leave_list(*, entry: WaitingEntry, by: By, why: str = "") -> None:
    """Leave the list of a class, or give the seat back that came of it; the next one moves up.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotOnTheList: the entry left before.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = hold(entry.training_class)
    by.must_cover(held.area_id)
    mine = WaitingEntry.objects.select_related("person", "group").get(pk=entry.pk)
    if mine.state == EntryState.LEFT:
        raise errors.NotOnTheList(
            _("You left the list of %(title)s before.") % {"title": held.title}, entry_id=mine.pk
        )
    reason = fitting_in(WaitingEntry, "why", why)
    was_seated = mine.state == EntryState.SEATED
    if live := live_offer_of(mine):
        end_offer(live, OfferState.DECLINED, by)
    end_entry(mine, state=EntryState.LEFT, by=by, why=reason)
    record_many([fact(events.ENTRY_LEFT, mine, held, by, why=reason)])
    if was_seated:
        _give_back(held, mine, reason, by)
    promote(held, by)


def _live(offer: Offer, by: By) -> tuple[Class, Offer]:
    held = hold(offer.training_class)
    by.must_cover(held.area_id)
    rows = Offer.objects.select_related("entry__person", "entry__group")
    now = rows.get(pk=offer.pk)
    if now.state == OfferState.OFFERED and by.at < now.expires_at:
        return held, now
    raise errors.OfferOver(
        _("This offer of a seat in %(title)s is over. The seat went to the next in line.")
        % {"title": held.title},
        offer_id=now.pk,
    )


def _give_back(held: Class, entry: WaitingEntry, why: str, by: By) -> None:
    theirs = Registration.objects.standing().filter(
        training_class=held, person__in=people_of(entry)
    )
    for seat in theirs.select_related("training_class", "person").order_by("pk"):
        withdraw(registration=seat, why=why, by=by)
