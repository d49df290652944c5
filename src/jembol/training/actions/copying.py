"""Copy a class, and repeat it at the next points of the city."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.places.models import Area, Venue
from jembol.training import errors, events
from jembol.training.actions.classes import open_class
from jembol.training.actions.holding import hold
from jembol.training.actions.turns import queue_for
from jembol.training.models import Class, CostLine, Mentor, Plan
from jembol.training.rules import Day

_PLAN = ("budget_code", "budget_line", "budget_year", "language", "companions", "materials_note")
_LINE = ("account_code", "kind", "what", "quantity", "unit", "unit_price", "mentor_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where and when a class is given once more.

    Attributes:
        title: What it is called.
        area: Where.
        days: When.
        venue: In which venue, or None.
    """

    title: str
    area: Area
    days: Sequence[Day]
    venue: Venue | None = None


@transaction.atomic
def copy_class(*, training_class: Class, point: Point, by: By) -> Class:
    """Open a class like this one: its course, organiser, seats, mentors, plan and cost lines.

    Nobody's registration is copied, and neither is what a source told about the old class. A note
    on access belongs to the old venue and stays there.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        BadDays: no day, a day twice, or hours that end before they start.
        VenueElsewhere: the venue stands in another city.
        VenueTooSmall: the class has more seats than the venue holds.
        VenueTaken: another class is in the venue at that time.
        MentorElsewhere: a mentor is known in another city.
        MentorGone: a mentor takes no classes any more.
        MentorTaken: a mentor gives another class at that time.
        ValueMissing: the title is empty.
    """
    (copy,) = repeat_class(training_class=training_class, points=[point], by=by)
    return copy


@transaction.atomic
def repeat_class(*, training_class: Class, points: Sequence[Point], by: By) -> list[Class]:
    """Open a class like this one at each of the points: all of them, or none.

    Raises:
        NoPoints: no point is given.
        Refusal: one of the classes cannot be opened; as `copy_class`.
    """
    if not points:
        raise errors.NoPoints(_("Choose at least one place for the next classes."))
    held = hold(training_class)
    by.must_cover(held.area_id)
    mentors = _mentors_of(held)
    # All rows at which others queue come before the first fact of the journal.
    queue_for(
        venues=[point.venue.pk for point in points if point.venue],
        mentors=[mentor.pk for mentor in mentors if isinstance(mentor, Mentor)],
    )
    return [_copied(held, point, mentors, by) for point in points]


def _mentors_of(held: Class) -> list[Mentor | Officer | str]:
    rows = held.mentors.select_related("mentor", "officer").order_by("pk")
    return [row.mentor or row.officer or row.name for row in rows]


def _copied(held: Class, point: Point, mentors: Sequence[Mentor | Officer | str], by: By) -> Class:
    copy = open_class(
        course=held.course,
        title=point.title,
        area=point.area,
        organiser=held.organiser,
        organiser_name=held.organiser_name,
        venue=point.venue,
        seats=held.seats,
        mentors=mentors,
        days=point.days,
        by=by,
    )
    if plan := Plan.objects.filter(training_class=held).first():
        kept = {name: getattr(plan, name) for name in _PLAN}
        Plan.objects.create(training_class=copy, **kept)
    CostLine.objects.bulk_create(
        CostLine(training_class=copy, **{name: getattr(line, name) for name in _LINE})
        for line in held.cost_lines.order_by("pk")
    )
    details = {"from": held.public_id}
    record(events.CLASS_COPIED, about=copy, by=by, area=copy.area_id, details=details)
    return copy
