"""Plans of weeks as they stand: the routes as the solver knows them, and what became of stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from jembol.kit.reach import Reach
from jembol.methods.routing import Plan, Problem, plan_of
from jembol.outbox.queries import JobRow, job_row
from jembol.outreach.choices import PlanState, VisitOutcome
from jembol.outreach.models import Absence, PlanChange, PlannedOfficer, Stop, StopVisit, WeekPlan
from jembol.outreach.rules.routes import problem_of, second_of, shift_at
from jembol.outreach.rules.week import minute_of


@dataclass(frozen=True, slots=True)
class Routes:
    """A plan as the solver knows it.

    Attributes:
        problem: The whole problem, without the shifts of those who are away.
        plan: Who goes where now.
    """

    problem: Problem
    plan: Plan


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop with what became of it.

    Attributes:
        stop: The stop.
        outcome: What was found at the last visit there; empty while nobody was.
        number: The officer's number in the plan; 0 for a stop that nobody visits.
    """

    stop: Stop
    outcome: str
    number: int

    @property
    def is_done(self) -> bool:
        """Whether the visit need not be made once more."""
        return self.outcome not in {"", VisitOutcome.NOT_HOME}


@dataclass(frozen=True, slots=True)
class DayRow:
    """The stops of one officer on one day, in their order."""

    planned: PlannedOfficer
    on: date
    is_away: bool
    stops: tuple[StopRow, ...]


@dataclass(frozen=True, slots=True)
class PlanTold:
    """A plan with everything that its page shows.

    Attributes:
        plan: The plan.
        job: How far the work is; None when it was forgotten.
        officers: In the order of their numbers.
        days: One for each officer and day that can be planned, by day, then by number.
        unserved: Stops that nobody visits, those that must be visited first, then by need.
        changes: What was changed since, the newest first.
    """

    plan: WeekPlan
    job: JobRow | None
    officers: tuple[PlannedOfficer, ...]
    days: tuple[DayRow, ...]
    unserved: tuple[StopRow, ...]
    changes: tuple[PlanChange, ...]


def week_plans(reach: Reach) -> QuerySet[WeekPlan]:
    """Return the plans within reach with how many stops are planned and visited, in no order."""
    planned = Q(stops__officer__isnull=False)
    rows: QuerySet[Any] = WeekPlan.objects.within(reach).exclude(state=PlanState.REPLACED)
    found: QuerySet[WeekPlan] = rows.select_related("area").annotate(
        planned=Count("stops", filter=planned, distinct=True),
        visited=Count("stops", filter=planned & Q(stops__visited__isnull=False), distinct=True),
    )
    return found


def plan_told(plan: WeekPlan) -> PlanTold:
    """Return a plan with its officers, days, stops and changes."""
    officers = tuple(plan.officers.select_related("officer").order_by("number"))
    stops = _stops_of(plan, {one.officer_id: one.number for one in officers})
    by_day: dict[tuple[int | None, date | None], list[StopRow]] = defaultdict(list)
    for row in stops:
        by_day[row.stop.officer_id, row.stop.on].append(row)
    away = absences_of(plan)
    days = tuple(
        DayRow(one, day, (one.officer_id, day) in away, tuple(by_day[one.officer_id, day]))
        for day in days_of(plan)
        for one in officers
    )
    unserved = sorted(
        by_day[None, None], key=lambda row: (not row.stop.must, -row.stop.need, row.stop.ref)
    )
    changes = tuple(plan.changes.order_by("-version"))
    return PlanTold(plan, job_row(plan.job_id), officers, days, tuple(unserved), changes)


def days_of(plan: WeekPlan) -> tuple[date, ...]:
    """Return the days for which the plan was made."""
    kept = plan.problem or {"officers": []}
    shifts = {low for one in kept["officers"] for low, *_ends in one["shifts"]}
    return tuple(sorted({date.fromordinal(_day(plan, low)) for low in shifts}))


def absences_of(plan: WeekPlan) -> set[tuple[int, date]]:
    """Return which officers are away on which days."""
    rows = Absence.objects.filter(planned__plan=plan).order_by("pk")
    return set(rows.values_list("planned__officer_id", "on"))


def routes_of(plan: WeekPlan) -> Routes:
    """Return a plan as the solver knows it.

    Raises:
        NotAProblem: what is kept does not fit together: a fault of the program.
    """
    problem = problem_of(plan.problem or {}, away=absences_of(plan))
    return Routes(problem, plan_of(problem, orders_of(plan, problem)))


def orders_of(plan: WeekPlan, problem: Problem) -> dict[tuple[str, int], list[str]]:
    """Return for each officer and shift the stops in order."""
    orders: dict[tuple[str, int], list[str]] = defaultdict(list)
    rows = plan.stops.filter(officer__isnull=False).order_by("officer_id", "on", "place")
    for stop in rows:
        found = shift_of(plan, problem, stop)
        if found is not None:
            orders[str(stop.officer_id), found].append(stop.ref)
    return dict(orders)


def shift_of(plan: WeekPlan, problem: Problem, stop: Stop) -> int | None:
    """Return the number of the shift in which a planned stop stands."""
    if stop.on is None or stop.arrives_at is None:
        return None
    second = second_of(plan.starts_on, stop.on, minute_of(stop.arrives_at))
    return shift_at(problem, str(stop.officer_id), second)


def rows_of_day(plan: WeekPlan, officer_id: int, on: date) -> Sequence[StopRow]:
    """Return the stops of one officer on one day, in their order."""
    numbers = dict(plan.officers.order_by("pk").values_list("officer_id", "number"))
    found = _stops_of(plan, numbers)
    return [row for row in found if row.stop.officer_id == officer_id and row.stop.on == on]


# --- steps ------------------------------------------------------------------------------------


def _stops_of(plan: WeekPlan, numbers: dict[int, int]) -> list[StopRow]:
    last = dict(
        StopVisit.objects.filter(stop__plan=plan)
        .order_by("visit__at", "pk")
        .values_list("stop_id", "visit__outcome")
    )
    rows = plan.stops.select_related(
        "area__parent__parent", "promise__visit__person", "promise__visit__enterprise", "service"
    )
    return [
        StopRow(stop, last.get(stop.pk, ""), numbers.get(stop.officer_id or 0, 0))
        for stop in rows.order_by("on", "officer_id", "place", "pk")
    ]


def _day(plan: WeekPlan, second: int) -> int:
    return plan.starts_on.toordinal() + second // (24 * 3600)
