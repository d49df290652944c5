"""Whom to ask after a class, what came of classes, and how much of each day somebody was there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from jembol.kit.reach import Reach
from jembol.training.choices import Reached
from jembol.training.models import (
    Attendance,
    Class,
    FollowUp,
    FormedGroup,
    Outcome,
    Registration,
    RegistrationQuerySet,
    Session,
)
from jembol.training.rules.aftermath import share_of_day, windows

WHERE = ("person__area__parent__parent", "training_class")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered some days after classes.

    Attributes:
        after_days: Which of the four questions.
        asked: How many were sought.
        reached: How many answered.
        use_it: How many use what they learned.
        told_use: How many said whether they do.
        have_business: How many have a business now.
        told_business: How many said whether they have.
    """

    after_days: int
    asked: int
    reached: int
    use_it: int
    told_use: int
    have_business: int
    told_business: int


def due_follow_ups(reach: Reach, today: date) -> RegistrationQuerySet:
    """Return whose answer is due and missing, with `after_days`, in no order yet.

    Only people who came are asked. Nothing has to create these rows: they follow from the last day
    of the class, also when that day is moved.
    """
    spans = windows(today)
    is_due = Q(pk__in=())
    for _days, first, last in spans:
        is_due |= Q(training_class__ends_on__range=(first, last))
    due_days = Case(
        *(
            When(training_class__ends_on__range=(first, last), then=Value(days))
            for days, first, last in spans
        ),
        output_field=IntegerField(),
    )
    answered = FollowUp.objects.filter(
        registration=OuterRef("pk"), after_days=OuterRef("after_days")
    )
    rows = Registration.objects.counted().attended().of_people_in(reach).filter(is_due)
    asked = rows.annotate(after_days=due_days).filter(~Exists(answered))
    return asked.select_related(*WHERE).once()


def outcomes(reach: Reach) -> QuerySet[Outcome]:
    """Return what people in the reach made of classes, in no order yet."""
    related = (f"registration__{name}" for name in WHERE)
    return Outcome.objects.of_people_in(reach).select_related(*related)


def answers_after(training_class: Class) -> tuple[Answers, ...]:
    """Return what was answered about one class, by how long after; people are never named."""
    rows = FollowUp.objects.filter(registration__training_class=training_class)
    by_days: dict[int, list[FollowUp]] = defaultdict(list)
    for row in rows.order_by("after_days", "pk"):
        by_days[row.after_days].append(row)
    return tuple(_answers(days, given) for days, given in sorted(by_days.items()))


def groups_out_of(training_class: Class) -> list[FormedGroup]:
    """Return the groups that a class formed, the oldest first."""
    of_class = FormedGroup.objects.filter(training_class=training_class)
    return list(of_class.select_related("group").order_by("pk"))


def days_present(training_class: Class) -> dict[int, float]:
    """Return how many days each registration was there, a part of a day as its share.

    Keyed by the registration's key; who never came is left out.
    """
    rows = Attendance.objects.filter(session__training_class=training_class)
    days: dict[int, float] = defaultdict(float)
    for row in rows.select_related("session", "partial").order_by("pk"):
        days[row.registration_id] += share_of(row)
    return dict(days)


def share_of(attendance: Attendance) -> float:
    """Return which share of the day somebody was there; it comes with `session` and `partial`."""
    minutes = attendance.partial.minutes if hasattr(attendance, "partial") else None
    return share_of_day(minutes, planned_minutes(attendance.session))


def planned_minutes(session: Session) -> int | None:
    """Return how long a day is planned, or None when its hours are not known."""
    if session.starts_at is None or session.ends_at is None:
        return None
    begins = datetime.combine(session.on, session.starts_at)
    ends = datetime.combine(session.on, session.ends_at)
    return int((ends - begins).total_seconds() // 60)


def _answers(after_days: int, rows: Iterable[FollowUp]) -> Answers:
    given = list(rows)
    reached = [row for row in given if row.reached in {Reached.MET, Reached.PHONED}]
    return Answers(
        after_days=after_days,
        asked=len(given),
        reached=len(reached),
        use_it=sum(row.uses_it is True for row in reached),
        told_use=sum(row.uses_it is not None for row in reached),
        have_business=sum(row.has_business is True for row in reached),
        told_business=sum(row.has_business is not None for row in reached),
    )
