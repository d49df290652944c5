"""The days of a class: one more, one moved, one cancelled."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.places.models import Venue
from jembol.registry import rules
from jembol.training import errors, events
from jembol.training.actions.checking import (
    refuse_bad_days,
    refuse_small_venue,
    refuse_venue_elsewhere,
)
from jembol.training.actions.holding import hold, limit_of, officer_id, refuse_when_cancelled
from jembol.training.actions.turns import take_turns
from jembol.training.choices import LetterKind
from jembol.training.models import Attendance, Class, Session, SessionCancellation
from jembol.training.orders import ask_to_tell
from jembol.training.rules import Day


@transaction.atomic
def add_session(*, training_class: Class, day: Day, by: By, venue: Venue | None = None) -> Session:
    """Add one day to a class and number its days anew, in their order.

    Args:
        training_class: The class.
        day: The day and its hours.
        by: Who adds it.
        venue: Where it is held, when not where the class is.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadDays: the class has that day already, or its hours end before they start.
        VenueElsewhere: the venue stands in another city.
        VenueTooSmall: the class has more seats than the venue holds.
        VenueTaken: another class is in the venue at that time.
        MentorTaken: a mentor gives another class at that time.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    there = list(held.sessions.order_by("on"))
    refuse_bad_days([*(Day(session.on) for session in there), day])
    _refuse_venue(venue, held)
    session = Session(
        training_class=held,
        number=0,
        on=day.on,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        venue=_own_venue(venue, held),
    )
    session.save()
    _set_in_order(held)
    take_turns(held, by)
    details = {"on": day.on.isoformat()}
    record(events.SESSION_ADDED, about=held, by=by, area=held.area_id, details=details)
    session.refresh_from_db()
    return session


@transaction.atomic
def move_session(
    *, session: Session, day: Day, why: str, by: By, venue: Venue | None = None
) -> Session:
    """Move one day of a class to another date, other hours or another venue; nobody loses a seat.

    The days are numbered anew, in their order. What is equal already is left alone.

    Args:
        session: The day.
        day: When it is held from now on.
        why: The reason, which people are told.
        by: Who moves it.
        venue: Where it is held; None for where the class is.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        SessionCancelled: the day was cancelled.
        SessionHeld: attendance of the day was taken.
        BadDays: the class has that day already, or its hours end before they start.
        VenueElsewhere: the venue stands in another city.
        VenueTooSmall: the class has more seats than the venue holds.
        VenueTaken: another class is in the venue at that time.
        MentorTaken: a mentor gives another class at that time.
        ReasonMissing: the reason is empty.
    """
    held = hold(session.training_class)
    by.must_cover(held.area_id)
    moved = _standing(session, held)
    reason = rules.reason(why, longest=limit_of(SessionCancellation, "why"))
    others = held.sessions.exclude(pk=moved.pk).order_by("on")
    refuse_bad_days([*(Day(other.on) for other in others), day])
    _refuse_venue(venue, held)
    before = _told(moved)
    moved.on, moved.starts_at, moved.ends_at = day.on, day.starts_at, day.ends_at
    moved.venue = _own_venue(venue, held)
    after = _told(moved)
    if before == after:
        return moved
    moved.revision += 1
    moved.save()
    _set_in_order(held)
    take_turns(held, by)
    details = {"from": before, "to": after, "revision": moved.revision}
    record(events.SESSION_MOVED, about=held, by=by, area=held.area_id, why=reason, details=details)
    ask_to_tell(LetterKind.MOVED, held, session=moved, by=by, why=reason)
    moved.refresh_from_db()
    return moved


@transaction.atomic
def cancel_session(*, session: Session, why: str, by: By) -> SessionCancellation:
    """Cancel one day of a class; its other days, its seats and its number stay.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        SessionCancelled: the day was cancelled before.
        SessionHeld: attendance of the day was taken.
        LastSession: no other day of the class stands.
        ReasonMissing: the reason is empty.
    """
    held = hold(session.training_class)
    by.must_cover(held.area_id)
    cancelled = _standing(session, held)
    reason = rules.reason(why, longest=limit_of(SessionCancellation, "why"))
    if not held.sessions.standing().exclude(pk=cancelled.pk).exists():
        raise errors.LastSession(
            _("It is the last day of %(title)s. Move it, or cancel the whole class.")
            % {"title": held.title},
            class_id=held.pk,
        )
    row = SessionCancellation.objects.create(
        session=cancelled, officer_id=officer_id(by), why=reason, at=by.at
    )
    cancelled.revision += 1
    cancelled.save(update_fields=["revision"])
    _set_in_order(held)
    take_turns(held, by)
    details = {"on": cancelled.on.isoformat(), "number": cancelled.number}
    record(
        events.SESSION_CANCELLED, about=held, by=by, area=held.area_id, why=reason, details=details
    )
    ask_to_tell(LetterKind.CANCELLED, held, session=cancelled, by=by, why=reason)
    return row


def _standing(session: Session, held: Class) -> Session:
    """Return the day as it is now, when it can still be changed.

    Raises:
        ClassCancelled: the class was cancelled.
        SessionCancelled: the day was cancelled.
        SessionHeld: attendance of the day was taken.
    """
    refuse_when_cancelled(held)
    now = held.sessions.get(pk=session.pk)
    words = {"on": now.on.isoformat(), "title": held.title}
    if hasattr(now, "cancellation"):
        raise errors.SessionCancelled(
            _("The day %(on)s of %(title)s was cancelled. Add a new day instead.") % words,
            session_id=now.pk,
        )
    if hasattr(now, "roll") or Attendance.objects.filter(session=now).exists():
        raise errors.SessionHeld(
            _(
                "Attendance of %(on)s was taken, so the day was held. "
                "Move or cancel another day, or add one."
            )
            % words,
            session_id=now.pk,
        )
    return now


def _refuse_venue(venue: Venue | None, held: Class) -> None:
    if venue is not None:
        refuse_venue_elsewhere(venue, held.area)
        refuse_small_venue(venue, held.seats)


def _own_venue(venue: Venue | None, held: Class) -> Venue | None:
    """Return the venue of a day, or None when it is the one of its class."""
    return None if venue is None or venue.pk == held.venue_id else venue


def _told(session: Session) -> dict[str, object]:
    """Return when and where a day is, as the journal keeps it."""
    return {
        "on": session.on.isoformat(),
        "starts_at": session.starts_at.isoformat("minutes") if session.starts_at else None,
        "ends_at": session.ends_at.isoformat("minutes") if session.ends_at else None,
        "venue": session.venue_id,
    }


def _set_in_order(held: Class) -> None:
    """Number the days by their dates, and let the class last from its first to its last day."""
    _renumber(held, held.sessions.order_by("on"))
    standing = held.sessions.standing().aggregate(first=Min("on"), last=Max("on"))
    held.starts_on, held.ends_on = standing["first"], standing["last"]
    held.save(update_fields=["starts_on", "ends_on"])


def _renumber(held: Class, sessions: Iterable[Session]) -> None:
    """Number the sessions in this order, out of the way first: a number stands only once."""
    ordered = list(sessions)
    if [session.number for session in ordered] == list(range(1, len(ordered) + 1)):
        return
    far = 1000
    held.sessions.update(number=F("number") + far)
    for number, session in enumerate(ordered, start=1):
        session.number = number
        session.save(update_fields=["number"])
