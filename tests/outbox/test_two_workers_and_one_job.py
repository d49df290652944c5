"""Workers that race for the same jobs, and what would happen without the guard."""

import threading

import pytest
from django.db import connection
from outbox_jobs import BY, note, traces

from jembol.outbox import lease
from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from jembol.outbox.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(count, work):
    faults = []

    def run(number):
        try:
            work(number)
        except Exception as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def meet_at_the_same_job(monkeypatch):
    """Let both workers read the row before either takes it."""
    both = threading.Barrier(2, timeout=30)
    met = threading.local()

    def pick(now):
        job = lease._claimable(now).order_by("id").first()
        if not getattr(met, "once", False):
            met.once = True
            both.wait()
        return job

    monkeypatch.setattr(lease, "_pick", pick)


def test_each_job_is_done_once_by_four_workers():
    for number in range(40):
        note.enqueue(by=BY, text=f"job {number:02}")

    def work(number):
        worker = Worker(f"w{number}")
        while worker.run_once():
            pass

    in_threads(4, work)

    assert sorted(traces()) == [f"job {number:02}" for number in range(40)]
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_two_workers_that_read_the_same_row_do_not_both_take_it(monkeypatch):
    note.enqueue(by=BY, text="once")
    meet_at_the_same_job(monkeypatch)

    in_threads(2, lambda number: Worker(f"w{number}").run_once())

    assert traces() == ["once"]


def test_without_the_guard_both_would_take_it(monkeypatch):
    def take_without_asking(job, *, worker, until):
        rows = Job.objects.filter(pk=job.pk)
        rows.update(
            state=JobState.RUNNING, attempts=job.attempts + 1, worker=worker, lease_until=until
        )
        return True

    note.enqueue(by=BY, text="once")
    meet_at_the_same_job(monkeypatch)
    monkeypatch.setattr(lease, "_swap", take_without_asking)

    in_threads(2, lambda number: Worker(f"w{number}").run_once())

    assert traces() == ["once", "once"]


def test_one_purpose_asked_for_by_many_at_once_is_one_job():
    keys = []

    in_threads(6, lambda _number: keys.append(note.enqueue(by=BY, dedup="one", text="x").pk))

    assert len(keys) == 6
    assert set(keys) == {Job.objects.get().pk}


def test_the_lease_is_renewed_while_a_long_step_goes_on():
    from datetime import timedelta

    from outbox_jobs import HOOKS, hook

    from processes import wait_until

    def wait_for_a_renewal(step):
        first = Job.objects.get(pk=step.job_id).lease_until
        wait_until(lambda: Job.objects.get(pk=step.job_id).lease_until > first)
        return "renewed"

    HOOKS["long"] = wait_for_a_renewal
    hook.enqueue(by=BY, name="long")

    job = Worker("w1", lease=timedelta(seconds=3)).run_once()

    assert (job.state, job.result, job.attempts) == (JobState.DONE, "renewed", 1)
