"""kill -9 while a week is being planned: another worker finds the same plan, kept once."""

import pytest
from django.utils import timezone
from weeks import MONDAY, field_officers, order

from city import build_areas, system
from jembol.journal.models import Fact
from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from jembol.outreach import actions, events
from jembol.outreach.rules.week import monday_of
from processes import wait_until

LONG = 6000


@pytest.mark.server
def test_another_worker_finds_the_same_plan_and_keeps_it_once(transactional_db, processes):
    areas = build_areas()
    field_officers(areas, 2)
    now = timezone.now()
    today = timezone.localdate(now)
    monday = monday_of(today.fromordinal(today.toordinal() + 7))
    plan = order(areas.malang, starts_on=monday, by=system(now), iterations=LONG)
    job = Job.objects.get(pk=plan.job_id)
    first = processes.command("worker", JEMBOL_JOB_LEASE_SECONDS=2)
    wait_until(lambda: Job.objects.get(pk=job.pk).done > 0, what="the first line of progress")

    processes.kill(first)
    standing = Job.objects.get(pk=job.pk)
    plan.refresh_from_db()
    was = plan.state
    processes.command("worker", JEMBOL_JOB_LEASE_SECONDS=2)
    wait_until(
        lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, seconds=300, what="the end"
    )

    plan.refresh_from_db()
    found = actions.find_week(plan=_alone(plan), by=system(now))
    assert (standing.state, was, plan.state) == (JobState.RUNNING, "asked", "made")
    assert found.plan.objective == plan.value
    assert Fact.objects.filter(event=events.PLAN_MADE).count() == 1
    assert plan.stops.count() == len(found.candidates)
    assert monday != MONDAY


def _alone(plan):
    """The plan as if its officers were not in it yet."""
    plan.officers.update(is_live=False)
    return plan
