"""Weeks that are planned, made only through actions; everybody is invented."""

from dataclasses import replace
from datetime import date, time, timedelta

from city import NOW, build_officer, by, system
from jembol.accounts.choices import Role
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.outreach import actions
from jembol.outreach.actions import ProfileDetails, ServiceDetails
from jembol.outreach.models import WeekPlan
from jembol.outreach.rules.week import Terms

MONDAY = date(2026, 3, 2)
WEEK = [MONDAY + timedelta(days=number) for number in range(5)]
TERMS = Terms(iterations=30)


def later(hours):
    """The planner's clock so many hours after NOW."""
    return NOW + timedelta(hours=hours)


def profile(officer, area, **more):
    details = ProfileDetails(area=area, **more)
    return actions.set_profile(officer=officer, details=details, by=system())


def field_officers(areas, number=2, **more):
    """Officers of the field with the usual hours, whose day begins in Dinoyo."""
    found = [build_officer(f"lapangan.{n}", Role.FIELD, "35.73") for n in range(number)]
    for officer in found:
        profile(officer, areas.dinoyo, **more)
    return found


def work(at=NOW):
    """Do everything that waits in the background."""
    discover()
    worker = Worker("tests", lease=timedelta(hours=1), clock=lambda: at)
    jobs = []
    while job := worker.run_once():
        jobs.append(job)
    return jobs


def order(area, *, terms=TERMS, by=None, starts_on=MONDAY, **changes):
    return actions.order_week(
        area=area, starts_on=starts_on, terms=replace(terms, **changes), by=by or system()
    )


def planned(area, *, at=NOW, **more):
    """A week of an area, planned by the worker."""
    plan = order(area, **more)
    assert {job.state for job in work(at)} == {"done"}
    return WeekPlan.objects.get(pk=plan.pk)


def service_day(area, on=WEEK[2], **more):
    given = {"starts_at": time(8), "ends_at": time(12), "place": "Balai RW", **more}
    details = ServiceDetails(area=area, on=on, **given)
    return actions.open_service_day(details=details, by=system())


def planner(officers, at=NOW):
    """What the desk gives to an action when the training section plans."""
    return by(officers["pelatihan"], "outreach.plan", at=at)


def stops_of(plan, **wanted):
    return list(plan.stops.filter(**wanted).order_by("officer_id", "on", "place", "pk"))
