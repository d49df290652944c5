"""A worker that is killed while it reminds leaves nobody out and reminds nobody twice."""

import os
import signal
from collections import Counter
from datetime import time, timedelta

import pytest
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.outbox.models import Message
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.models import Notice
from jembol.training.rules import Day
from processes import wait_until

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
PEOPLE = 450


def build_class():
    """A class tomorrow whose reminders are due at any hour of today."""
    build_areas()
    now = system(timezone.now())
    training.change_times(
        city=area("35.73"), eve_at=time(0, 0), morning_at=None, channel=None, by=now
    )
    each = training.open_class(
        course=training.seed_courses(by=now)["kue-kering"],
        title="Kue kering",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=1))],
        by=now,
    )
    rows = [
        registry.PersonDetails(name=f"Warga {n}", area=area(DINOYO), phone=f"0812{n:08d}")
        for n in range(PEOPLE)
    ]
    people = registry.enrol_many(rows, by=now)
    training.register_many(training_class=each, people=people, by=now, door="desk")
    return each


def test_everybody_is_reminded_once_though_the_worker_is_killed_again_and_again(processes):
    build_class()

    for enough in (1, 150, 300):
        worker = processes.command("worker", JEMBOL_JOB_LEASE_SECONDS=1)
        wait_until(
            lambda least=enough: Notice.objects.count() >= least, seconds=120, what="some notices"
        )
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    processes.command("worker", JEMBOL_JOB_LEASE_SECONDS=1)
    wait_until(lambda: Notice.objects.count() >= PEOPLE, seconds=180, what="all notices")

    counted = Counter(Notice.objects.values_list("person", flat=True))
    assert (len(counted), set(counted.values())) == (PEOPLE, {1})
    assert Message.objects.count() == PEOPLE
