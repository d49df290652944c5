"""The days of classes as calendars want them: of a class, a person, a mentor or a venue.

A person's calendar has that person's classes and names nobody else; that of a class names no
participant. A day keeps its UID through moves and renumbering, because its row does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.calendars.choices import Subject
from jembol.calendars.ics import Occasion, last_change
from jembol.calendars.models import Feed
from jembol.journal.queries import newest_moment, newest_moments
from jembol.kit.area import city_key
from jembol.places.models import Venue
from jembol.places.queries import zone_of
from jembol.registry.models import Person
from jembol.registry.queries.identity import members_of
from jembol.training import events
from jembol.training.models import Class, Mentor, Registration, Session, SessionQuerySet

_OF_CLASS: Final = (
    events.CLASS_OPENED, events.CLASS_CHANGED, events.CLASS_PUBLISHED, events.CLASS_UNPUBLISHED,
    events.CLASS_CANCELLED, events.SESSION_ADDED, events.SESSION_MOVED, events.SESSION_CANCELLED,
)  # fmt: skip
_OF_CITY: Final = (*_OF_CLASS, events.CLASS_REMOVED, events.MENTORS_CHOSEN)
_OF_PERSON: Final = (
    events.REGISTERED, events.REGISTERED_AGAIN, events.WITHDRAWN, events.REGISTRATION_REMOVED,
)  # fmt: skip

PageOf = Callable[[str], str]
"""Gives the address of the public page of a class by its number."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a calendar holds.

    Attributes:
        name: What the calendar is called.
        occasions: The days.
        changed_at: When any of them was last added, changed or taken away.
    """

    name: str
    occasions: tuple[Occasion, ...]
    changed_at: datetime


def planned_for(feed: Feed, *, since: date, page_of: PageOf) -> Planned | None:
    """Return what the feed's subject has from this day on; None when the subject is gone."""
    readers = {
        Subject.CLASS: _of_class,
        Subject.PERSON: _of_person,
        Subject.MENTOR: _of_mentor,
        Subject.VENUE: _of_venue,
    }
    found = readers[Subject(feed.subject)](feed.subject_key)
    if found is None:
        return None
    name, sessions, removed_at = found
    occasions = occasions_of(sessions.filter(on__gte=since), page_of=page_of)
    moments = (feed.made_at, last_change(occasions), removed_at)
    return Planned(name, occasions, max(moment for moment in moments if moment is not None))


def occasions_of_class(training_class: Class, *, page_of: PageOf) -> tuple[Occasion, ...]:
    """Return the days of one class for a calendar, those that were cancelled among them."""
    return occasions_of(Session.objects.filter(training_class=training_class), page_of=page_of)


def occasions_of(sessions: SessionQuerySet, *, page_of: PageOf) -> tuple[Occasion, ...]:
    """Return these days as occasions, with a fixed number of queries."""
    related = ("venue", "cancellation", "training_class__venue", "training_class__area",
               "training_class__publication", "training_class__cancellation")  # fmt: skip
    rows = list(sessions.select_related(*related).order_by("on", "pk"))
    keys = {row.training_class_id for row in rows}
    changed = newest_moments("training.class", keys, events=_OF_CLASS)
    zone = cache(zone_of)
    return tuple(
        Occasion(
            key=f"training.session:{row.training_class.public_id}:{row.pk}",
            sequence=row.revision,
            changed_at=changed.get(str(row.training_class_id), row.training_class.created_at),
            title=row.training_class.title,
            on=row.on,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            zone=zone(city_key(row.training_class.area_id)),
            place=_place(row),
            about=_why_not(row),
            url=_page(row.training_class, page_of),
            is_cancelled=_is_cancelled(row),
        )
        for row in rows
    )


_Found = tuple[str, SessionQuerySet, datetime | None]


def _of_class(key: int) -> _Found | None:
    each = Class.objects.filter(pk=key).first()
    if each is None:
        return None
    return each.title, Session.objects.filter(training_class=each), None


def _of_person(key: int) -> _Found | None:
    person = Person.objects.filter(pk=key).first()
    if person is None:
        return None
    entries = members_of(person)
    seats = Registration.objects.standing().filter(person__in=entries)
    sessions = Session.objects.filter(training_class__in=seats.values("training_class"))
    return _("My classes"), sessions, newest_moment(_OF_PERSON, person_ids=entries)


def _of_mentor(key: int) -> _Found | None:
    mentor = Mentor.objects.filter(pk=key).first()
    if mentor is None:
        return None
    theirs = Class.objects.filter(mentors__mentor=mentor)
    sessions = Session.objects.filter(training_class__in=theirs.values("pk"))
    return mentor.name, sessions, _newest_in(mentor.area_id)


def _of_venue(key: int) -> _Found | None:
    venue = Venue.objects.filter(pk=key).first()
    if venue is None:
        return None
    there = Q(venue=venue) | Q(venue__isnull=True, training_class__venue=venue)
    return venue.name, Session.objects.filter(there), _newest_in(venue.area_id)


def _newest_in(area_key: int) -> datetime | None:
    """Return when a class of the city last changed: it may have left this calendar."""
    return newest_moment(_OF_CITY, stream=city_key(area_key))


def _is_cancelled(row: Session) -> bool:
    return hasattr(row, "cancellation") or hasattr(row.training_class, "cancellation")


def _why_not(row: Session) -> str:
    rows: Iterable[object] = (row, row.training_class)
    found = next((one for one in rows if hasattr(one, "cancellation")), None)
    return _("Cancelled: %s") % found.cancellation.why if found is not None else ""


def _place(row: Session) -> str:
    venue = row.venue or row.training_class.venue
    told = (venue.name, venue.address) if venue is not None else ()
    return ", ".join(part for part in (*told, row.training_class.area.name) if part)


def _page(each: Class, page_of: PageOf) -> str:
    is_shown = hasattr(each, "publication") and not hasattr(each, "cancellation")
    return page_of(each.public_id) if is_shown else ""
