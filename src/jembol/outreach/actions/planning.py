"""Have a week planned: ask, find the plan in the background, keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.methods.routing import Plan, Progress, solve
from jembol.outreach import errors, events
from jembol.outreach.actions.routes import set_routes
from jembol.outreach.choices import PlanState
from jembol.outreach.models import PlannedOfficer, Stop, WeekPlan
from jembol.outreach.orders import PLAN_WEEK
from jembol.outreach.queries.candidates import week_of, workers_in
from jembol.outreach.rules.routes import Candidate, hash_of, kept_problem, problem_of
from jembol.outreach.rules.week import Share, Terms, days_left, monday_of
from jembol.places.choices import Level
from jembol.places.models import Area

SEED: Final = 1
"""Decides between plans of equal worth; the same for all, so that nobody can choose it."""


@dataclass(frozen=True, slots=True)
class FoundWeek:
    """A plan of a week that was found and is not kept yet.

    Attributes:
        officers: Keys of the officers, in the order of their numbers.
        candidates: What could be visited.
        shares: The ledger.
        unknown: Names of areas of which nobody knows where they are.
        problem: What the solver was given.
        plan: What it found.
    """

    officers: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    shares: tuple[Share, ...]
    unknown: tuple[str, ...]
    problem: dict[str, Any]
    plan: Plan


@transaction.atomic
def order_week(*, area: Area, starts_on: date, terms: Terms, by: By) -> WeekPlan:
    """Have a week of a city or a kecamatan planned in the background, in place of an older plan.

    Asking while the same week is being planned gives the plan that is being made.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        NotAMonday: the week does not begin on a Monday, is over, or the area is neither a city nor
            a kecamatan.
        NobodyToPlan: no officer of the area has a work profile and is free in that week.
    """
    by.must_cover(area.key)
    _refuse_week(area, starts_on, by)
    # Two planners of one area queue here; the constraint on the plan is what decides.
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    before = WeekPlan.objects.filter(area=area, starts_on=starts_on).exclude(
        state=PlanState.REPLACED
    )
    there = before.order_by("pk").first()
    if there is not None and there.state == PlanState.ASKED:
        return there
    if there is not None:
        _replace(there)
    if not workers_in(area, starts_on):
        raise errors.NobodyToPlan(
            _(
                "No officer of %(area)s has a work profile and is free in that week. "
                "Set the work profile of an officer first."
            )
            % {"area": area.name}
        )
    plan = _asked(area, starts_on, terms, by)
    job = PLAN_WEEK.enqueue(by=by, area_key=area.key, dedup=f"plan:{plan.pk}", plan_id=plan.pk)
    plan.job_id = job.pk
    plan.save(update_fields=["job_id"])
    record(events.PLAN_ASKED, about=plan, by=by, area=area.key, details={"week": starts_on})
    return plan


def find_week(
    *, plan: WeekPlan, by: By, told: Callable[[Progress], None] | None = None
) -> FoundWeek:
    """Return the best plan found for the week; reads only, because it takes seconds."""
    terms = Terms.read(plan.terms)
    days = days_left(plan.starts_on, timezone.localdate(by.at))
    week = week_of(plan.area, plan.starts_on, days, terms)
    problem = kept_problem(
        week.workers,
        week.candidates,
        starts_on=plan.starts_on,
        days=days,
        terms=terms,
        multipliers={one.area: one.multiplier for one in week.shares},
    )
    wanted = problem_of(problem, with_slack=False)
    found = solve(wanted, seed=plan.seed, effort=terms.iterations, told=told)
    return FoundWeek(
        tuple(one.officer for one in week.workers),
        week.candidates,
        week.shares,
        week.unknown,
        problem,
        found,
    )


@transaction.atomic
def keep_week(*, plan: WeekPlan, found: FoundWeek, by: By) -> WeekPlan:
    """Keep what was found; of a plan that was kept or replaced meanwhile nothing changes.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        NobodyToPlan: an officer was taken by another plan meanwhile.
    """
    held = WeekPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    by.must_cover(held.area_id)
    if _is_kept(held):
        return held
    _take_officers(held, found.officers)
    Stop.objects.bulk_create(_row(held, one) for one in found.candidates)
    set_routes(held, problem_of(found.problem), found.plan)
    held.state, held.made_at = PlanState.MADE, by.at
    held.problem, held.input_hash = found.problem, hash_of(found.problem)
    held.solver = f"pyvrp {version('pyvrp')}"
    held.iterations, held.value = found.plan.iterations, found.plan.objective
    held.is_reproducible = found.plan.reproducible
    held.ledger = {
        "shares": [_told(one) for one in found.shares],
        "unknown": list(found.unknown),
    }
    held.save()
    details = {"hash": held.input_hash, "solver": held.solver, "value": held.value}
    record(events.PLAN_MADE, about=held, by=by, area=held.area_id, details=details)
    return held


# --- steps ------------------------------------------------------------------------------------


def _is_kept(held: WeekPlan) -> bool:
    return held.state != PlanState.ASKED


def _refuse_week(area: Area, starts_on: date, by: By) -> None:
    if area.level not in {Level.CITY, Level.KECAMATAN}:
        raise errors.NotAMonday(_("A plan is made for a city or a kecamatan."), field="area")
    today = timezone.localdate(by.at)
    if starts_on != monday_of(starts_on) or not days_left(starts_on, today):
        raise errors.NotAMonday(
            _("Choose a Monday whose week still has working days to come."), field="starts_on"
        )


def _replace(plan: WeekPlan) -> None:
    """Let a plan go; its stops stay, for visits were written at them."""
    plan.state = PlanState.REPLACED
    plan.save(update_fields=["state"])
    PlannedOfficer.objects.filter(plan=plan).update(is_live=False)


def _asked(area: Area, starts_on: date, terms: Terms, by: By) -> WeekPlan:
    return WeekPlan.objects.create(
        area=area,
        starts_on=starts_on,
        officer_id=by.id if by.kind == "officer" else None,
        terms=terms.kept(),
        seed=SEED,
        at=by.at,
    )


def _take_officers(plan: WeekPlan, officers: Sequence[int]) -> None:
    try:
        with transaction.atomic():
            PlannedOfficer.objects.bulk_create(
                PlannedOfficer(plan=plan, officer_id=key, number=number, starts_on=plan.starts_on)
                for number, key in enumerate(officers, start=1)
            )
    except IntegrityError:
        raise errors.NobodyToPlan(
            _("An officer was taken by another plan of that week meanwhile. Plan once more.")
        ) from None


def _row(plan: WeekPlan, one: Candidate) -> Stop:
    lat, lon = one.point
    return Stop(
        plan=plan,
        area_id=one.area,
        ref=one.ref,
        kind=one.kind,
        promise_id=one.source if one.kind == "promise" else None,
        service_id=one.source if one.kind == "service" else None,
        together=one.together,
        need=one.need,
        must=one.must,
        skill=one.skill,
        minutes=one.minutes,
        lat=lat,
        lon=lon,
        why=list(one.why) if one.facts is None else one.facts,
    )


def _told(one: Share) -> Mapping[str, Any]:
    return {
        "area": one.area,
        "needed": one.needed,
        "served": one.served,
        "multiplier": one.multiplier,
    }
