"""Open, change, show, cancel and remove classes, and keep what sources claim of them."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models, transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import IdKind, PublicId
from jembol.kit.text import fold_name
from jembol.places.models import Area, Venue
from jembol.registry import rules
from jembol.training import errors, events
from jembol.training.actions.checking import (
    TEXTS,
    refuse_bad_days,
    refuse_candidate,
    refuse_small_venue,
    refuse_too_few_seats,
    refuse_unknown_parts,
    refuse_venue_elsewhere,
    refuse_wide_area,
)
from jembol.training.actions.holding import (
    changes_of,
    fitting_in,
    given_in,
    hold,
    limit_of,
    officer_id,
    refuse_when_cancelled,
)
from jembol.training.actions.mentors import assign_mentors
from jembol.training.actions.offers import lapse, live_offers_of, promote
from jembol.training.actions.rule_writing import drop_rule
from jembol.training.actions.turns import free_turns, take_turns
from jembol.training.choices import LetterKind, Organiser, Unit
from jembol.training.models import (
    Attendance,
    Cancellation,
    Claim,
    Class,
    Course,
    Mentor,
    Plan,
    Publication,
    Session,
    SessionCancellation,
)
from jembol.training.orders import ask_to_tell
from jembol.training.rules import Day, in_order


@transaction.atomic
def open_class(
    *,
    course: Course,
    title: str,
    area: Area,
    organiser: str,
    days: Sequence[Day],
    by: By,
    venue: Venue | None = None,
    seats: int | None = None,
    organiser_name: str = "",
    mentors: Sequence[Mentor | Officer | str] = (),
    source: str = "",
    doubt: str = "",
) -> Class:
    """Open a class on these days; citizens do not see it before it is published.

    A class that a source reports takes no time of its venue: `rules.takes_turns`.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        NotInACity: the area is wider than a city.
        VenueElsewhere: the venue stands in another city.
        VenueTooSmall: the class has more seats than the venue holds.
        VenueTaken: another class is in the venue at that time.
        MentorElsewhere: a mentor is known in another city.
        MentorGone: a mentor takes no classes any more.
        MentorTaken: a mentor gives another class at that time.
        BadDays: no day, a day twice, or hours that end before they start.
        ValueMissing: the title is empty.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    by.must_cover(area.key)
    refuse_wide_area(area)
    refuse_venue_elsewhere(venue, area)
    refuse_small_venue(venue, seats)
    refuse_bad_days(days)
    ordered = in_order(days)
    opened = Class(
        course=course,
        area=area,
        organiser=Organiser(organiser),
        venue=venue,
        seats=seats,
        starts_on=ordered[0].on,
        ends_on=ordered[-1].on,
        created_at=by.at,
        public_id=_new_public_id(),
    )
    texts = {"title": title, "organiser_name": organiser_name, "source": source, "doubt": doubt}
    for name, value in _cleaned(texts).items():
        setattr(opened, name, value)
    opened.folded = _folded(opened.title)
    opened.save()
    _add_sessions(opened, ordered)
    assign_mentors(opened, mentors)
    take_turns(opened, by)
    details = {"title": opened.title, "days": [day.on.isoformat() for day in ordered]}
    record(events.CLASS_OPENED, about=opened, by=by, area=area, details=details)
    return opened


@transaction.atomic
def change_class(
    *, training_class: Class, changes: Mapping[str, object], by: By, why: str = ""
) -> Class:
    """Change the named parts of a class; what is equal already is left alone.

    Parts: course, title, area, organiser, organiser_name, venue, seats, source, doubt.

    Raises:
        OutOfReach: the old or the new area lies outside the actor's duty.
        NotAField: a name is none of these parts.
        NotInACity: the area is wider than a city.
        VenueElsewhere: the venue stands in another city.
        VenueTooSmall: the class has more seats than its venue holds.
        VenueTaken: another class is in the new venue at that time.
        SeatsBelowRegistrations: more people are registered than the new seats.
        CandidateClass: citizens see the class, and it would become a candidate's.
        ValueMissing: the title is empty.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    refuse_unknown_parts(changes)
    held = hold(training_class)
    by.must_cover(held.area_id)
    found = changes_of(held, _cleaned(changes).items())
    if not found:
        return held
    by.must_cover(held.area_id)
    refuse_wide_area(held.area)
    refuse_venue_elsewhere(held.venue, held.area)
    refuse_too_few_seats(held)
    if found.keys() & {"venue", "seats"}:
        refuse_small_venue(held.venue, held.seats)
    if Publication.objects.filter(training_class=held).exists():
        refuse_candidate(held)
    held.folded = _folded(held.title)
    held.save()
    _carry_to_days(held, found, by)
    record(
        events.CLASS_CHANGED, about=held, by=by, area=held.area_id, why=why, details=_told(found)
    )
    if "seats" in found:
        promote(held, by)
    return held


@transaction.atomic
def publish(*, training_class: Class, by: By) -> Publication:
    """Show the class to citizens, who may sign up from now on.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        CandidateClass: a party or candidate gives it.
        AlreadyPublished: citizens see it already.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    refuse_candidate(held)
    if Publication.objects.filter(training_class=held).exists():
        raise errors.AlreadyPublished(
            _("Citizens see the class %(title)s already.") % {"title": held.title},
            class_id=held.pk,
        )
    publication = Publication.objects.create(
        training_class=held, officer_id=officer_id(by), at=by.at
    )
    record(events.CLASS_PUBLISHED, about=held, by=by, area=held.area_id)
    return publication


@transaction.atomic
def unpublish(*, training_class: Class, why: str, by: By) -> None:
    """Take the class from the public page; who is registered stays so.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotPublished: citizens do not see it.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    removed, _kinds = Publication.objects.filter(training_class=held).delete()
    if not removed:
        raise errors.NotPublished(
            _("Citizens do not see the class %(title)s.") % {"title": held.title},
            class_id=held.pk,
        )
    record(events.CLASS_UNPUBLISHED, about=held, by=by, area=held.area_id, why=why)


@transaction.atomic
def cancel(*, training_class: Class, why: str, by: By) -> Cancellation:
    """Cancel a class that nobody came to; its registrations stay as they were.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: it was cancelled before.
        ClassWasGiven: somebody was noted as present.
        ReasonMissing: the reason is empty.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    if Attendance.objects.filter(session__training_class=held).exists():
        raise errors.ClassWasGiven(
            _("People came to %(title)s, so it was given. Correct its attendance first.")
            % {"title": held.title},
            class_id=held.pk,
        )
    reason = rules.reason(why, longest=limit_of(Cancellation, "why"))
    cancellation = Cancellation.objects.create(
        training_class=held, officer_id=officer_id(by), why=reason, at=by.at
    )
    free_turns(held)
    held.sessions.standing().update(revision=F("revision") + 1)
    record(events.CLASS_CANCELLED, about=held, by=by, area=held.area_id, why=reason)
    lapse(held, live_offers_of(held), by)
    ask_to_tell(LetterKind.CANCELLED, held, by=by, why=reason)
    return cancellation


@transaction.atomic
def add_claim(
    *,
    training_class: Class,
    unit: str,
    number: int,
    source: str,
    by: By,
    at_least: bool = False,
) -> Claim:
    """Note a number that a source reports about the class; it is never added to our rows.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ValueMissing: the source is not named.
        TextTooLong: the source does not fit.
        TextUnreadable: the source holds signs that cannot be stored.
    """
    by.must_cover(training_class.area_id)
    claim = Claim.objects.create(
        training_class=training_class,
        unit=Unit(unit),
        number=number,
        at_least=at_least,
        source=given_in(Claim, "source", source),
    )
    details = {"unit": claim.unit, "number": number, "at_least": at_least, "source": claim.source}
    area = training_class.area_id
    record(events.CLAIM_ADDED, about=training_class, by=by, area=area, details=details)
    return claim


@transaction.atomic
def remove_class(*, training_class: Class, by: By, why: str) -> None:
    """Remove a class on which nothing hangs, as when an import is undone.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassInUse: somebody is or was registered or written to, or attendance was taken.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    uses = (
        held.registrations,
        held.entries,
        held.sessions.filter(roll__isnull=False),
        held.scans,
        held.invitations,
        held.notices,
    )
    if any(rows.exists() for rows in uses):
        raise errors.ClassInUse(
            _("People are registered for %(title)s, so it cannot be removed. Cancel it instead.")
            % {"title": held.title},
            class_id=held.pk,
        )
    about, area, title = ("training.class", held.pk), held.area_id, held.title
    try:
        _remove_with_plan(held)
    except ProtectedError:
        # What people made of it (tests, opinions, photographs, papers) is never removed along.
        raise errors.ClassInUse(
            _("Work hangs on %(title)s, so it cannot be removed. Cancel it instead.")
            % {"title": title},
            class_id=held.pk,
        ) from None
    details = {"title": title}
    record(events.CLASS_REMOVED, about=about, by=by, area=area, why=why, details=details)


def _remove_with_plan(held: Class) -> None:
    """Remove the class with what was planned for it."""
    Publication.objects.filter(training_class=held).delete()
    Cancellation.objects.filter(training_class=held).delete()
    drop_rule(held)
    held.claims.all().delete()
    for parts in (held.cost_lines, held.mentors):
        parts.all().delete()
    Plan.objects.filter(training_class=held).delete()
    SessionCancellation.objects.filter(session__training_class=held).delete()
    free_turns(held)
    held.sessions.all().delete()
    held.delete()


# --- parts of a class -------------------------------------------------------------------------


def _cleaned(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values with their texts in one line, refusing those that do not fit."""
    return {name: _cleaned_part(name, value) for name, value in values.items()}


def _cleaned_part(name: str, value: object) -> object:
    if name == "title":
        return given_in(Class, name, str(value))
    if name in TEXTS:
        return fitting_in(Class, name, str(value))
    return Organiser(str(value)).value if name == "organiser" else value


def _folded(title: str) -> str:
    return fold_name(title)[: limit_of(Class, "folded")]


def _carry_to_days(held: Class, changes: Mapping[str, object], by: By) -> None:
    """Tell calendars of a new name or place, and take the hours of a new venue."""
    if changes.keys() & {"title", "venue", "area"}:
        held.sessions.standing().update(revision=F("revision") + 1)
    is_cancelled = Cancellation.objects.filter(training_class=held).exists()
    if changes.keys() & {"venue", "area", "source"} and not is_cancelled:
        take_turns(held, by)


def _told(changes: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    """Return the changes as the journal keeps them: rows by their key."""
    return {
        name: [value.pk if isinstance(value, models.Model) else value for value in pair]
        for name, pair in changes.items()
    }


def _new_public_id() -> str:
    while True:
        drawn = PublicId.new(IdKind.CLASS).compact
        if not Class.objects.filter(public_id=drawn).exists():
            return drawn


def _add_sessions(training_class: Class, days: Iterable[Day]) -> None:
    Session.objects.bulk_create(
        Session(
            training_class=training_class,
            number=number,
            on=day.on,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
        )
        for number, day in enumerate(days, start=1)
    )
