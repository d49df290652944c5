"""kill -9 in the middle of a job: another worker finishes it, and no step happens twice."""

import signal
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone
from outbox_jobs import BY, sixty_steps, traces

from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from processes import wait_until

WORKER = Path(__file__).parent / "outbox_worker.py"


def ask_for_sixty_steps():
    from dataclasses import replace

    return sixty_steps.enqueue(by=replace(BY, at=timezone.now()), total=60, pause_s=0.03)


def steps_done(job):
    return Job.objects.values_list("done", flat=True).get(pk=job.pk)


def steps_and_doers():
    told = [text.split(" by ") for text in traces()]
    return Counter(step for step, _pid in told), {pid for _step, pid in told}


@pytest.mark.server
def test_another_worker_finishes_a_killed_job_with_each_step_once(processes):
    job = ask_for_sixty_steps()
    first = processes.start(WORKER, JEMBOL_JOB_LEASE_SECONDS=2)
    wait_until(lambda: steps_done(job) >= 20, what="step 20")

    processes.kill(first)
    standing = Job.objects.get(pk=job.pk)
    processes.start(WORKER, JEMBOL_JOB_LEASE_SECONDS=2)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, what="the end")

    steps, doers = steps_and_doers()
    assert standing.state == JobState.RUNNING
    assert 20 <= standing.done < 60
    assert steps == Counter({f"step {number}": 1 for number in range(60)})
    assert len(doers) == 2
    assert Job.objects.get(pk=job.pk).attempts == 2


@pytest.mark.server
def test_a_job_survives_more_kills_than_it_has_attempts(processes):
    job = ask_for_sixty_steps()
    Job.objects.filter(pk=job.pk).update(max_attempts=2)

    for kill in range(1, 5):
        worker = processes.start(WORKER, JEMBOL_JOB_LEASE_SECONDS=1)
        wait_until(lambda k=kill: steps_done(job) >= 8 * k, what="some more steps")
        processes.kill(worker)
    processes.start(WORKER, JEMBOL_JOB_LEASE_SECONDS=1)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, what="the end")

    steps, _doers = steps_and_doers()
    assert steps == Counter({f"step {number}": 1 for number in range(60)})


@pytest.mark.server
def test_a_worker_that_is_asked_to_stop_ends_between_two_steps(processes):
    job = ask_for_sixty_steps()
    first = processes.start(WORKER)
    wait_until(lambda: steps_done(job) >= 5, what="step 5")

    first.send_signal(signal.SIGTERM)

    assert first.wait(30) == 0
    standing = Job.objects.get(pk=job.pk)
    steps, _doers = steps_and_doers()
    assert standing.state == JobState.READY
    assert len(steps) == standing.done
