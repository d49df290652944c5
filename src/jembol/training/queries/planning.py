"""What is planned: mentors with their classes, the costs of a class, and its days."""

from dataclasses import dataclass

from django.db.models import Count, Q

from jembol.kit.money import Rupiah
from jembol.kit.reach import Reach
from jembol.places.models import Venue
from jembol.training.choices import CostKind
from jembol.training.models import Class, CostLine, Mentor, MentorQuerySet, Session
from jembol.training.rules import DayNote, notes_on


def mentors(reach: Reach) -> MentorQuerySet:
    """Return the mentors of the reach with `class_count`, their classes that stand."""
    standing = Q(assignments__training_class__cancellation__isnull=True)
    return Mentor.objects.within(reach).annotate(
        class_count=Count("assignments", filter=standing & Q(assignments__isnull=False))
    )


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a class as it is planned.

    Attributes:
        session: The day.
        venue: Where it is held, its own venue or the class's; None when there is none.
        is_elsewhere: Whether it is not where the class is.
        is_cancelled: Whether it will not be held.
        is_held: Whether its attendance was taken.
        notes: What a planner should know about the date.
    """

    session: Session
    venue: Venue | None
    is_elsewhere: bool
    is_cancelled: bool
    is_held: bool
    notes: tuple[DayNote, ...]


def days_of_class(training_class: Class) -> tuple[PlannedDay, ...]:
    """Return the days of a class, cancelled ones too, from first to last."""
    rows = training_class.sessions.select_related("venue", "cancellation", "roll")
    return tuple(
        PlannedDay(
            session=session,
            venue=session.venue or training_class.venue,
            is_elsewhere=session.venue_id is not None,
            is_cancelled=hasattr(session, "cancellation"),
            is_held=hasattr(session, "roll"),
            notes=notes_on(session.on),
        )
        for session in rows.order_by("number")
    )


@dataclass(frozen=True, slots=True)
class PlannedCost:
    """One line of the costs.

    Attributes:
        line: The line.
        unit_price: What one unit costs.
        total: What the line comes to.
        is_replaced: Whether it pays a mentor who does not give the class any more.
    """

    line: CostLine
    unit_price: Rupiah
    total: Rupiah
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class CostPlan:
    """What a class is planned to cost.

    Attributes:
        lines: The lines, by kind and then as they were written.
        sums: What each kind comes to, for the kinds that occur.
        total: What all lines come to.
        per_seat: The total for each seat, rounded up to a rupiah; None without a limit of seats.
    """

    lines: tuple[PlannedCost, ...]
    sums: tuple[tuple[CostKind, Rupiah], ...]
    total: Rupiah
    per_seat: Rupiah | None


def cost_plan(training_class: Class) -> CostPlan:
    """Return what a class is planned to cost."""
    giving = set(training_class.mentors.order_by("pk").values_list("mentor_id", flat=True))
    order = [kind.value for kind in CostKind]
    rows = training_class.cost_lines.select_related("mentor").order_by("pk")
    lines = tuple(
        PlannedCost(
            line=line,
            unit_price=Rupiah(line.unit_price),
            total=Rupiah(line.unit_price) * line.quantity,
            is_replaced=line.mentor_id is not None and line.mentor_id not in giving,
        )
        for line in sorted(rows, key=lambda one: order.index(one.kind))
    )
    total = sum((row.total for row in lines), Rupiah(0))
    sums = {
        kind: sum((row.total for row in lines if row.line.kind == kind), Rupiah(0))
        for kind in CostKind
        if any(row.line.kind == kind for row in lines)
    }
    seats = training_class.seats
    each = Rupiah(-(-total.amount // seats)) if seats else None
    return CostPlan(lines=lines, sums=tuple(sums.items()), total=total, per_seat=each)
