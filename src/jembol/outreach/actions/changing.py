"""Change a plan after it was made: by hand, or because an officer is ill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.methods.routing import Plan, Problem, cost_of_move, plan_of, replan
from jembol.outreach import errors, events
from jembol.outreach.actions.routes import set_routes
from jembol.outreach.choices import ChangeKind, MustWhy, PlanState
from jembol.outreach.models import Absence, PlanChange, PlannedOfficer, Stop, StopVisit, WeekPlan
from jembol.outreach.queries.moves import Priced, price_drop, price_move
from jembol.outreach.queries.week_plans import absences_of, days_of, orders_of
from jembol.outreach.rules.routes import moment_of, problem_of


@transaction.atomic
def move_stop(
    *,
    plan: WeekPlan,
    stop: Stop,
    officer_id: int,
    on: date,
    place: int | None,
    version: int,
    by: By,
) -> PlanChange:
    """Have an officer visit a stop on a day, as a person decided; nothing later moves it away.

    Args:
        plan: The plan.
        stop: One of its stops, planned or not.
        officer_id: Who shall go.
        on: On which day.
        place: Before which stop of that day, counted from 1; None for where it costs least.
        version: Of the plan that the person saw.
        by: Who decides.

    Raises:
        OutOfReach: the area of the plan lies outside the actor's duty.
        PlanChanged: somebody changed the plan since.
        PlanNotReady: the plan is being made or was replaced.
        NotInThePlan: stop, officer or day are not of the plan.
        PastDay: the day is past, or the stop was visited.
        MoveNotPossible: the stop cannot stand there.
    """
    held = _hold(plan, version, by)
    mine = _stop_of(held, stop, by)
    if on < timezone.localdate(by.at):
        raise errors.PastDay(_("That day is past. Choose today or a later day."), field="day")
    priced = price_move(held, mine, officer_id=officer_id, on=on, place=place)
    if priced.moved is None:
        raise errors.MoveNotPossible(
            _(
                "The stop cannot stand there: the officer lacks the skill or has no duty there, or "
                "a visit would begin too late. Choose another place."
            )
        )
    if not mine.must:
        mine.must = MustWhy.HELD
        mine.save(update_fields=["must"])
    return _keep(held, priced, ChangeKind.MOVE, by)


@transaction.atomic
def drop_stop(*, plan: WeekPlan, stop: Stop, version: int, by: By) -> PlanChange:
    """Take a stop out of the week; it comes back among the candidates of the next.

    Raises:
        OutOfReach: the area of the plan lies outside the actor's duty.
        PlanChanged: somebody changed the plan since.
        PlanNotReady: the plan is being made or was replaced.
        NotInThePlan: the stop is not of the plan.
        PastDay: the stop was visited or its day is past.
        MoveNotPossible: several officers visit it together.
    """
    held = _hold(plan, version, by)
    mine = _stop_of(held, stop, by)
    priced = price_drop(held, mine)
    if mine.must == MustWhy.HELD:
        mine.must = ""
        mine.save(update_fields=["must"])
    return _keep(held, priced, ChangeKind.DROP, by)


def note_illness(*, plan: WeekPlan, officer_id: int, on: date, by: By) -> PlanChange:
    """Plan a day anew without an officer, with the least disturbance of the others.

    Only that day is planned anew. What was promised and finds no place on it gets the cheapest one
    on a later day. The search takes seconds, so it runs before the plan is held; when somebody
    changed the plan meanwhile, nothing is kept.

    Raises:
        OutOfReach: the area of the plan lies outside the actor's duty.
        PlanChanged: somebody changed the plan meanwhile.
        PlanNotReady: the plan is being made or was replaced.
        NotInThePlan: the officer or the day is not of the plan, or the absence is noted already.
        PastDay: the day is past.
    """
    by.must_cover(plan.area_id)
    seen = WeekPlan.objects.get(pk=plan.pk)
    _refuse_absence(seen, officer_id, on, by)
    problem, found = _without(seen, officer_id, on)
    return _keep_absence(seen, officer_id, on, (problem, found), by)


@transaction.atomic
def _keep_absence(
    plan: WeekPlan, officer_id: int, on: date, found: tuple[Problem, Plan], by: By
) -> PlanChange:
    held = _hold(plan, plan.version, by)
    planned = _refuse_absence(held, officer_id, on, by)
    Absence.objects.create(planned=planned, on=on, noted_by=by.id, at=by.at)
    change = _write(held, *found, ChangeKind.ILLNESS, {"officer": officer_id, "on": on}, by)
    details = {"officer": officer_id, "on": on}
    record(events.OFFICER_ILL, about=held, by=by, area=held.area_id, details=details)
    return change


# --- steps ------------------------------------------------------------------------------------


def _hold(plan: WeekPlan, version: int, by: By) -> WeekPlan:
    """Return the plan as it is now, locked; whoever saw an older version is told so."""
    held = WeekPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    by.must_cover(held.area_id)
    if held.state != PlanState.MADE:
        raise errors.PlanNotReady(
            _("The plan is still being made, or a newer one replaced it. Open the list of plans.")
        )
    _refuse_stale(held, version)
    return held


def _refuse_stale(held: WeekPlan, version: int) -> None:
    if held.version != version:
        raise errors.PlanChanged(
            _("Somebody changed this plan meanwhile. Look at it as it is now, then decide."),
            version=held.version,
        )


def _stop_of(plan: WeekPlan, stop: Stop, by: By) -> Stop:
    found = plan.stops.filter(pk=stop.pk).first()
    if found is None:
        raise errors.NotInThePlan(_("That stop is not of this plan."))
    is_past = found.on is not None and found.on < timezone.localdate(by.at)
    if is_past or StopVisit.objects.filter(stop=found).exists():
        raise errors.PastDay(_("The stop was visited, or its day is past. It stays where it is."))
    return found


def _refuse_absence(plan: WeekPlan, officer_id: int, on: date, by: By) -> PlannedOfficer:
    planned = plan.officers.filter(officer_id=officer_id).first()
    if planned is None or on not in days_of(plan) or (officer_id, on) in absences_of(plan):
        raise errors.NotInThePlan(
            _("The officer is not in this plan on that day, or the absence is noted already."),
            field="day",
        )
    if on < timezone.localdate(by.at):
        raise errors.PastDay(_("That day is past."), field="day")
    return planned


def _without(plan: WeekPlan, officer_id: int, on: date) -> tuple[Problem, Plan]:
    """Return the week in which that day is planned anew without the officer."""
    away = absences_of(plan)
    kept = plan.problem or {}
    held = frozenset(
        plan.stops.filter(must=MustWhy.HELD).order_by("pk").values_list("ref", flat=True)
    )
    whole = problem_of(kept, away=away)
    orders = orders_of(plan, whole)
    elsewhere = {
        ref for key, refs in orders.items() for ref in refs if not _is_on(plan, whole, key, on)
    }
    free = {one.id for one in whole.stops} - elsewhere
    day = problem_of(kept, away=away, only=on, stops=free, required=held & free)
    here = {key: refs for key, refs in orders.items() if _is_on(plan, whole, key, on)}
    found = replan(day, plan_of(day, here), absent=[str(officer_id)])
    rest = {key: refs for key, refs in orders.items() if key not in here}
    rest |= {(one.officer, one.shift): list(one.stops) for one in found.routes if one.stops}
    after = problem_of(kept, away=away | {(officer_id, on)}, required=held)
    lost = [ref for key, refs in here.items() if key[0] == str(officer_id) for ref in refs]
    return after, _with_promised(plan, after, plan_of(after, rest), lost, on)


def _with_promised(
    plan: WeekPlan, problem: Problem, found: Plan, lost: list[str], on: date
) -> Plan:
    """Put what was promised and has no place on that day onto a later day, where it costs least."""
    promised = {one.id for one in problem.stops if one.required and one.together is None}
    for ref in lost:
        if ref not in promised or ref in found.officers:
            continue
        tries = [
            cost_of_move(problem, found, stop=ref, officer=officer, shift=shift)
            for officer, shift in _later(plan, problem, on)
        ]
        fitting = [(one.cost, number, one.plan) for number, one in enumerate(tries) if one.plan]
        if fitting:
            found = min(fitting, key=lambda one: one[:2])[2]
    return found


def _later(plan: WeekPlan, problem: Problem, on: date) -> Iterator[tuple[str, int]]:
    for one in problem.officers:
        for shift, (low, high) in enumerate(one.shifts):
            if high > low and moment_of(plan.starts_on, low)[0] > on:
                yield one.id, shift


def _is_on(plan: WeekPlan, problem: Problem, key: tuple[str, int], on: date) -> bool:
    shifts = next(one.shifts for one in problem.officers if one.id == key[0])
    return moment_of(plan.starts_on, shifts[key[1]][0])[0] == on


def _keep(plan: WeekPlan, priced: Priced, kind: ChangeKind, by: By) -> PlanChange:
    told = {
        "stop": priced.stop.ref,
        "travel": priced.travel,
        "needs": priced.needs,
    }
    found = priced.moved or priced.routes.plan
    return _write(plan, priced.routes.problem, found, kind, told, by)


def _write(
    plan: WeekPlan,
    problem: Problem,
    found: Plan,
    kind: ChangeKind,
    told: Mapping[str, Any],
    by: By,
) -> PlanChange:
    before = _where(plan)
    set_routes(plan, problem, found)
    after = _where(plan)
    moved = [
        {"ref": ref, "before": before[ref], "after": after[ref]}
        for ref in sorted(before)
        if before[ref] != after[ref]
    ]
    plan.version += 1
    plan.value = found.objective
    plan.save(update_fields=["version", "value"])
    details = {**told, "moved": moved, "stayed": sum(1 for ref in after if after[ref] == before[ref]
                                                      and after[ref] is not None)}  # fmt: skip
    change = PlanChange.objects.create(
        plan=plan, version=plan.version, kind=kind, details=details, changed_by=by.id, at=by.at
    )
    record(events.PLAN_CHANGED, about=plan, by=by, area=plan.area_id, details=details)
    return change


def _where(plan: WeekPlan) -> dict[str, list[Any] | None]:
    rows = plan.stops.order_by("pk").values_list("ref", "officer_id", "on")
    return {
        ref: None if officer is None or on is None else [officer, on.isoformat()]
        for ref, officer, on in rows
    }
