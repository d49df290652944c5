"""A week of a corner: a plan with a visit that was promised, a service day, an officer's hours."""

from dataclasses import replace
from datetime import time, timedelta

from city import NOW, system
from jembol.accounts.models import Officer
from jembol.kit.reach import Reach
from jembol.methods.routing import solve
from jembol.outreach import actions
from jembol.outreach.actions import FoundWeek, ProfileDetails, ServiceDetails
from jembol.outreach.models import Promise, ServiceDay, Stop, WeekPlan
from jembol.outreach.queries.candidates import workers_in
from jembol.outreach.rules.routes import Candidate, kept_problem, problem_of
from jembol.outreach.rules.week import Terms
from outreach.doors import visit

MONDAY = NOW.date() + timedelta(days=7)
HOME = (-7.95, 112.61)
TERMS = Terms(iterations=1)


def plan_a_week(corner):
    """Plan a week of the corner's own area, which is smaller than what a planner may choose."""
    here, canary, by = corner.person.area, corner.canary, system()
    city = here.code[:5].replace(".", "-")
    officer = Officer.objects.create(
        username=f"jalan.{here.key}", name=f"{canary} Petugas", joined_at=NOW
    )
    details = ProfileDetails(area=here, lat=HOME[0], lon=HOME[1])
    actions.set_profile(officer=officer, details=details, by=by)
    service = ServiceDetails(
        area=here, on=NOW.date() + timedelta(days=400), starts_at=time(8), ends_at=time(12),
        place=f"{canary} Balai {city}",
    )  # fmt: skip
    actions.open_service_day(details=service, by=by)
    before = visit(here, officer, NOW.date(), person=corner.person)
    promise = Promise.objects.create(
        area=here, visit=before, officer=officer, words=f"{canary} Janji", due_on=MONDAY
    )
    plan = WeekPlan.objects.create(area=here, starts_on=MONDAY, terms=TERMS.kept(), seed=1, at=NOW)
    actions.keep_week(plan=plan, found=_found(here, promise, canary), by=by)


def _found(here, promise, canary):
    # The officer of a corner has no duty, so that nobody sees the name for that reason.
    workers = [replace(one, reach=Reach.everywhere()) for one in workers_in(here, MONDAY)]
    candidates = [
        Candidate(
            ref=f"promise:{promise.pk}", kind="promise", area=here.key, point=HOME, minutes=30,
            need=50, must="promised", source=promise.pk, why=(f"{canary} Janji",),
        )
    ]  # fmt: skip
    kept = kept_problem(
        workers, candidates, starts_on=MONDAY, days=[MONDAY], terms=TERMS, multipliers={}
    )
    found = solve(problem_of(kept), effort=1)
    keys = tuple(one.officer for one in workers)
    return FoundWeek(keys, tuple(candidates), (), (f"{canary} Entah",), kept, found)


def plan_in(corner):
    """The plan of a corner."""
    return WeekPlan.objects.get(area=corner.person.area)


def stop_in(corner):
    """The stop of a corner's plan."""
    return Stop.objects.get(plan=plan_in(corner))


def service_in(corner):
    """The service day of a corner."""
    return ServiceDay.objects.get(area=corner.person.area)
