"""kill -9 in the middle of 2,000 certificates: one for everybody, numbers 1 to 2,000, none twice.

`JEMBOL_KILL_CERTIFICATES` sets the size.
"""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.utils import timezone

import city
from jembol.journal.models import Fact
from jembol.journal.verify import streams, verify
from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from jembol.training import actions as training
from jembol.training import events
from jembol.training.actions import certificates as issuing
from jembol.training.models import Certificate, CertificateBatch
from processes import wait_until
from training.certified import ADDRESS, ask, certificates, class_given, faults_of, series

PEOPLE = int(os.environ.get("JEMBOL_KILL_CERTIFICATES", "2000"))
KILLS = 8
LEASE = {"JEMBOL_JOB_LEASE_SECONDS": 1}
RUNNERS = 12


@pytest.fixture
def areas(transactional_db):
    return city.build_areas()


@pytest.fixture
def by(areas):
    officer = city.build_officer("pelatihan", *city.OFFICERS["pelatihan"])
    return city.by(officer, "training.change", at=timezone.now())


def job_of(batch):
    return Job.objects.get(pk=CertificateBatch.objects.get(pk=batch.pk).job_id)


def got_to(batch, number, worker):
    assert worker.poll() is None, worker.log.read_text()
    job = job_of(batch)
    return job.done >= number or job.finished_at


def work_with_kills(processes, batch, points, dice):
    """Kill each worker when so many are issued and a moment more has passed."""
    running = 0
    for point in points:
        worker = processes.command("worker", **LEASE)
        wait_until(lambda p=point, w=worker: got_to(batch, p, w), seconds=240, what=str(point))
        time.sleep(dice.random() * 0.1)
        processes.kill(worker)
        running += job_of(batch).state == JobState.RUNNING
    processes.command("worker", **LEASE)
    wait_until(lambda: job_of(batch).finished_at, seconds=600, what="the end")
    return running


@pytest.mark.server
def test_killed_workers_leave_one_certificate_for_everybody_and_no_gap(processes, areas, by):
    opened = class_given(areas.dinoyo, PEOPLE)
    batch = ask(opened, by)
    dice = random.Random(20261125)
    points = sorted(dice.randrange(int(PEOPLE * 0.8)) for _kill in range(KILLS))

    running = work_with_kills(processes, batch, points, dice)

    issued = certificates(opened)
    assert (job_of(batch).state, running) == (JobState.DONE, KILLS)
    assert [one.number for one in issued] == list(range(1, PEOPLE + 1))
    assert {one.registration_id for one in issued} == set(
        opened.registrations.values_list("pk", flat=True)
    )
    assert faults_of(issued, series()) == []
    assert Fact.objects.filter(event=events.CERTIFICATE_ISSUED).count() == PEOPLE
    assert CertificateBatch.objects.get(pk=batch.pk).closed_at is not None
    assert [verify(stream) for stream in streams()] == [None] * len(streams())


# --- the same without processes, to show that the check would see a fault ------------------------


class Killed(BaseException):
    """What SIGKILL is to a transaction: it ends before its commit."""


def issue_with_deaths(batch, by, dice):
    """Issue in chunks whose transactions die now and then just before the commit."""
    left = True
    while left:
        try:
            with transaction.atomic():
                issued, _due = training.issue_next(batch=batch, limit=7, by=by)
                if dice.random() < 0.4:
                    raise Killed
                left = issued > 0
        except Killed:
            continue


@pytest.mark.parametrize("seed", range(10))
def test_transactions_that_die_take_their_numbers_back(areas, by, seed):
    opened = class_given(areas.dinoyo, 60)

    issue_with_deaths(ask(opened, by), by, random.Random(seed))

    assert faults_of(certificates(opened), series()) == []
    assert len(certificates(opened)) == 60


def test_numbers_taken_outside_the_transaction_leave_a_gap_that_is_seen(areas, by, monkeypatch):
    opened = class_given(areas.dinoyo, 60)
    outside = count(1)
    monkeypatch.setattr(
        issuing, "take_numbers", lambda _city, _year, many: [next(outside) for _n in range(many)]
    )

    issue_with_deaths(ask(opened, by), by, random.Random(1))

    assert "gap" in faults_of(certificates(opened))
    assert len(certificates(opened)) == 60


# --- two at once --------------------------------------------------------------------------------


def together(work, jobs):
    """Do the work for each of the jobs at the same moment, each on its own connection."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(60)
            return work(job)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def issue_all(batch, by):
    while training.issue_next(batch=batch, limit=5, by=by)[0]:
        pass


def test_presses_at_once_make_one_batch(areas, by):
    opened = class_given(areas.dinoyo, 5)

    batches = together(
        lambda _n: training.issue_certificates(training_class=opened, address=ADDRESS, by=by).pk,
        range(RUNNERS),
    )

    assert len(set(batches)) == CertificateBatch.objects.count() == 1


def test_two_workers_on_one_batch_and_two_classes_of_a_city_keep_numbers_apart(areas, by):
    classes = [class_given(areas.dinoyo, 40), class_given(areas.purwantoro, 40, prefix="Lain")]
    batches = [ask(one, by) for one in classes]

    together(lambda batch: issue_all(batch, by), batches * 3)

    issued = list(Certificate.objects.order_by("number"))
    assert len(issued) == 80
    assert faults_of(issued, series()) == []


def unlocked(city_, year, many):
    """`take_numbers` without holding the row that counts."""
    from jembol.training.models import CertificateSeries

    row, _new = CertificateSeries.objects.get_or_create(city=city_, year=year)
    first = row.next_number
    time.sleep(0.05)
    CertificateSeries.objects.filter(pk=row.pk).update(next_number=first + many)
    return range(first, first + many)


@pytest.mark.skipif(
    "sqlite" in connections.settings["default"]["ENGINE"], reason="SQLite's one writer is its lock"
)
def test_without_the_lock_two_classes_take_one_number(areas, by, monkeypatch):
    from django.db import IntegrityError

    classes = [class_given(areas.dinoyo, 20), class_given(areas.purwantoro, 20, prefix="Lain")]
    batches = [ask(one, by) for one in classes]
    monkeypatch.setattr(issuing, "take_numbers", unlocked)

    with pytest.raises(IntegrityError, match="certificate_number_once"):
        together(lambda batch: issue_all(batch, by), batches)
