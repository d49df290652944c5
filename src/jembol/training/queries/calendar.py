"""Which class is where on which day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from jembol.kit.period import Period
from jembol.kit.ramadan import is_ramadan
from jembol.kit.reach import Reach
from jembol.places.models import Venue
from jembol.training.models import Class, Mentor, MentorAssignment, Session
from jembol.training.rules import DayNote, NoteKind, notes_on


@dataclass(frozen=True, slots=True)
class Slot:
    """One day of a class in the calendar.

    Attributes:
        session: The day.
        training_class: Its class.
        venue: Where it is held, or None.
        mentors: Who gives it.
        is_cancelled: Whether the day or its class was cancelled.
    """

    session: Session
    training_class: Class
    venue: Venue | None
    mentors: tuple[MentorAssignment, ...]
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date with what happens on it, and what a planner should know about it."""

    on: date
    slots: tuple[Slot, ...]
    notes: tuple[DayNote, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A stretch of days.

    Attributes:
        days: The dates on which there is a class or a holiday.
        sessions: Days of classes that stand.
        ramadan: The first and last of these dates in Ramadan by calculation, or None.
        unknown_years: Years of these dates whose holidays are not known.
    """

    days: tuple[CalendarDay, ...]
    sessions: int
    ramadan: tuple[date, date] | None
    unknown_years: tuple[int, ...]


def calendar(
    reach: Reach,
    first: date,
    last: date,
    *,
    venue: Venue | None = None,
    mentor: Mentor | None = None,
) -> Calendar:
    """Return the classes of the reach from the first to the last date, one venue's or mentor's."""
    slots = _slots(reach, Period(first, last + timedelta(days=1)), venue, mentor)
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    notes = {on: notes_on(on) for on in dates}
    fasting = [on for on in dates if is_ramadan(on)]
    kinds = {on: {note.kind for note in notes[on]} for on in dates}
    return Calendar(
        days=tuple(
            CalendarDay(on, tuple(slots[on]), notes[on])
            for on in dates
            if slots[on] or NoteKind.HOLIDAY in kinds[on]
        ),
        sessions=sum(not slot.is_cancelled for there in slots.values() for slot in there),
        ramadan=(fasting[0], fasting[-1]) if fasting else None,
        unknown_years=tuple(
            sorted({on.year for on in dates if NoteKind.UNKNOWN_YEAR in kinds[on]})
        ),
    )


def _slots(
    reach: Reach, days: Period[date], venue: Venue | None, mentor: Mentor | None
) -> dict[date, list[Slot]]:
    rows = Session.objects.filter(
        on__gte=days.starts, on__lt=days.ends, training_class__in=Class.objects.within(reach)
    )
    if venue is not None:
        own = Q(venue=venue) | Q(venue__isnull=True, training_class__venue=venue)
        rows = rows.filter(own)
    if mentor is not None:
        rows = rows.filter(training_class__mentors__mentor=mentor)
    named = Prefetch(
        "training_class__mentors", MentorAssignment.objects.order_by("pk"), to_attr="named"
    )
    related = ("venue", "cancellation", "training_class__venue", "training_class__area",
               "training_class__cancellation")  # fmt: skip
    found: dict[date, list[Slot]] = defaultdict(list)
    ordered = rows.select_related(*related).prefetch_related(named)
    for session in ordered.order_by("on", "starts_at", "pk"):
        found[session.on].append(_slot(session))
    return found


def _slot(session: Session) -> Slot:
    each = session.training_class
    return Slot(
        session=session,
        training_class=each,
        venue=session.venue or each.venue,
        mentors=tuple(vars(each)["named"]),
        is_cancelled=hasattr(session, "cancellation") or hasattr(each, "cancellation"),
    )
