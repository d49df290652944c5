"""Which classes can be placed together, and what became of those that were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from jembol.kit.reach import Reach
from jembol.outbox.queries import JobRow, job_row
from jembol.training.choices import DrawOutcome, SelectionKind
from jembol.training.models import Class, ClassQuerySet, Draw, Drawn, Placing, Quota, WaitingEntry


@dataclass(frozen=True, slots=True)
class FilledClass:
    """One class of a placing.

    Attributes:
        training_class: The class.
        is_filled: Whether its seats were given.
        seated: Entries that got a seat.
        elsewhere: Entries of people who got a seat in another class.
        waiting: Entries that wait.
    """

    training_class: Class
    is_filled: bool
    seated: int
    elsewhere: int
    waiting: int


@dataclass(frozen=True, slots=True)
class PlacingTold:
    """A placing with what became of it.

    Attributes:
        placing: The order.
        job: How far it is; None when the job was forgotten.
        classes: Its classes.
        gap: Share by which a better plan could exceed this one at most; None before the plan.
    """

    placing: Placing
    job: JobRow | None
    classes: tuple[FilledClass, ...]
    gap: float | None


def placeable(reach: Reach, at: datetime) -> ClassQuerySet:
    """Return the classes whose seats could be given together, with `waiting`, in no order yet."""
    rule = Q(selection_rule__kind=SelectionKind.NEED_SCORE, selection_rule__closes_at__lte=at)
    waiting = (
        WaitingEntry.objects.waiting()
        .filter(training_class=OuterRef("pk"))
        .order_by()
        .values("training_class")
        .annotate(number=Count("pk"))
    )
    return (
        Class.objects.within(reach)
        .standing()
        .filter(rule, seats__isnull=False, placed_in__isnull=True)
        .exclude(Exists(Draw.objects.filter(training_class=OuterRef("pk"))))
        .exclude(Exists(Quota.objects.filter(training_class=OuterRef("pk"))))
        .annotate(waiting=Coalesce(Subquery(waiting.values("number")), 0))
        .select_related("area", "course")
    )


def placings(reach: Reach) -> list[Placing]:
    """Return the placings of cities in the reach, the newest first."""
    rows = Placing.objects.within(reach).select_related("area")
    return list(rows.annotate(number=Count("classes")).order_by("-pk")[:50])


def placing_told(placing: Placing) -> PlacingTold:
    """Return what became of a placing."""
    classes = list(Class.objects.filter(placed_in__placing=placing).order_by("starts_on", "pk"))
    drawn = set(
        Draw.objects.filter(training_class__in=classes)
        .values_list("training_class", flat=True)
        .order_by("pk")
    )
    counts = (
        Drawn.objects.filter(draw__training_class__in=classes)
        .order_by()
        .values("draw__training_class", "outcome")
        .annotate(number=Count("pk"))
    )
    told = {(row["draw__training_class"], row["outcome"]): row["number"] for row in counts}
    gap = None
    if placing.value is not None and placing.bound:
        gap = (placing.bound - placing.value) / placing.bound
    return PlacingTold(placing, job_row(placing.job_id), tuple(_filled(classes, drawn, told)), gap)


def _filled(
    classes: Sequence[Class], drawn: set[int], told: dict[tuple[int, str], int]
) -> list[FilledClass]:
    return [
        FilledClass(
            training_class=each,
            is_filled=each.pk in drawn,
            seated=told.get((each.pk, DrawOutcome.DRAWN), 0),
            elsewhere=told.get((each.pk, DrawOutcome.ELSEWHERE), 0),
            waiting=told.get((each.pk, DrawOutcome.NOT_DRAWN), 0),
        )
        for each in classes
    ]
