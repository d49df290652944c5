"""The life of a job: asked for, claimed, done, failed, tried again, cancelled."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from outbox_jobs import (
    BY,
    HOOKS,
    NOON,
    Clock,
    fault,
    hook,
    lazy,
    note,
    refusal,
    sixty_steps,
    traces,
)

from jembol.outbox.actions import cancel
from jembol.outbox.choices import JobState
from jembol.outbox.errors import JobOver
from jembol.outbox.lease import LeaseLost, claim
from jembol.outbox.models import Job
from jembol.outbox.queries import job_row
from jembol.outbox.rules import LONGEST_WAIT, wait_before
from jembol.outbox.tasks import TASKS, task
from jembol.outbox.worker import Worker

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=30)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(clock):
    return Worker("w1", clock=clock, lease=LEASE)


@pytest.fixture(autouse=True)
def no_hooks():
    yield
    HOOKS.clear()


def test_a_job_is_done_and_its_progress_is_kept(worker):
    job = sixty_steps.enqueue(by=BY, area_key=35_73_00_0000_000_000, total=4)

    worker.run_once()

    row = job_row(job.pk)
    assert (row.state, row.done, row.total, row.share) == (JobState.DONE, 4, 4, 1.0)
    assert (row.note, row.result, row.is_over) == ("step 4", {"steps": 4}, True)
    assert (row.requested_by, row.finished_at) == (7, NOON)
    assert len(traces()) == 4


def test_nothing_to_do_is_nothing(worker):
    assert worker.run_once() is None


def test_a_job_waits_for_its_time(worker, clock):
    note.enqueue(by=BY, run_after=NOON + timedelta(minutes=5), text="later")

    early = worker.run_once()
    clock.pass_by(minutes=5)
    late = worker.run_once()

    assert early is None
    assert late.state == JobState.DONE


def test_the_more_important_job_goes_first_then_the_older_one(worker):
    note.enqueue(by=BY, text="first")
    note.enqueue(by=BY, text="urgent")
    Job.objects.filter(args__text="urgent").update(priority=5)
    note.enqueue(by=BY, run_after=NOON - timedelta(seconds=1), text="older")

    done = [worker.run_once().args["text"] for _job in range(3)]

    assert done == ["urgent", "older", "first"]


def test_one_live_job_is_enough_for_one_purpose(worker):
    one = note.enqueue(by=BY, dedup="import 5", text="a")
    same = note.enqueue(by=BY, dedup="import 5", text="b")
    other = note.enqueue(by=BY, dedup="import 6", text="c")

    worker.run_once()
    after_the_end = note.enqueue(by=BY, dedup="import 5", text="d")

    assert same.pk == one.pk
    assert len({one.pk, other.pk, after_the_end.pk}) == 3


def test_a_fault_is_tried_again_later_and_given_up_at_last(worker, clock):
    job = fault.enqueue(by=BY)
    tries = []

    for _look in range(3):
        tries.append(worker.run_once())
        assert worker.run_once() is None
        clock.pass_by(hours=1)

    assert [done.state for done in tries] == [JobState.READY, JobState.READY, JobState.FAILED]
    assert worker.run_once() is None
    job.refresh_from_db()
    assert "ZeroDivisionError" in job.trace
    assert job.pk in job.error
    assert "ZeroDivisionError" not in job.error


def test_a_refusal_ends_the_job_with_its_own_words(worker):
    refusal.enqueue(by=BY)

    job = worker.run_once()

    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error == "The list has no column for names. Choose one."


def test_a_job_that_moves_on_may_fail_more_often_than_one_that_stands_still(worker, clock):
    job = lazy.enqueue(by=BY, till=9)

    for _look in range(10):
        worker.run_once()
        clock.pass_by(hours=2)

    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == (JobState.DONE, 9, 10)


def test_work_that_no_part_knows_fails_with_its_name(worker):
    Job.objects.create(
        id="X", kind="test.unknown", args={}, run_after=NOON, created_at=NOON, max_attempts=5
    )

    job = worker.run_once()

    assert job.state == JobState.FAILED
    assert "test.unknown" in job.error


def test_a_failing_job_leaves_the_next_one_its_turn(worker):
    fault.enqueue(by=BY)
    note.enqueue(by=BY, text="still alive")

    worker.run_once()
    worker.run_once()

    assert "still alive" in traces()


def test_a_job_that_waits_is_cancelled_at_once(worker):
    job = note.enqueue(by=BY, text="never")

    cancel(job_id=job.pk, by=BY)

    assert worker.run_once() is None
    assert traces() == []
    with pytest.raises(JobOver):
        cancel(job_id=job.pk, by=BY)


def test_a_running_job_that_is_cancelled_stops_at_its_next_step(worker):
    def cancel_then_step(step):
        cancel(job_id=step.job_id, by=BY)
        step.progress(1)
        raise AssertionError("went on")

    HOOKS["cancel"] = cancel_then_step
    hook.enqueue(by=BY, name="cancel")

    job = worker.run_once()

    assert (job.state, job.done) == (JobState.CANCELLED, 0)


def test_a_worker_that_is_told_to_stop_hands_its_job_on(worker, clock):
    def stop_after_one(step):
        worker.stop.set()
        with step.transaction():
            step.progress(1, total=3)
        raise AssertionError("went on")

    HOOKS["stop"] = stop_after_one
    hook.enqueue(by=BY, name="stop")

    handed_on = worker.run_once()
    HOOKS["stop"] = lambda step: step.done
    finished = Worker("w2", clock=clock, lease=LEASE).run_once()

    assert (handed_on.state, handed_on.done, handed_on.error) == (JobState.READY, 1, "")
    assert (finished.state, finished.result) == (JobState.DONE, 1)


def test_what_one_attempt_keeps_the_next_one_finds(worker, clock):
    def keep_then_fail(step):
        step.progress(1, keep={"row": 400})
        raise ZeroDivisionError

    HOOKS["keep"] = keep_then_fail
    hook.enqueue(by=BY, name="keep")

    worker.run_once()
    HOOKS["keep"] = lambda step: step.kept
    clock.pass_by(hours=1)
    job = worker.run_once()

    assert job.result == {"row": 400}


def test_a_worker_that_slept_through_its_lease_changes_nothing(worker, clock):
    def sleep_too_long(step):
        clock.pass_by(minutes=5)
        assert claim("w2", now=clock(), lease=LEASE) is not None
        with step.transaction():
            step_trace = note.handler(step, text="written by a ghost")
            step.progress(1)
        return step_trace

    HOOKS["sleep"] = sleep_too_long
    hook.enqueue(by=BY, name="sleep")

    job = worker.run_once()

    assert (job.state, job.worker, job.attempts, job.done) == (JobState.RUNNING, "w2", 2, 0)
    assert traces() == []


def test_a_ghost_cannot_end_the_job_of_its_successor(worker, clock):
    job = note.enqueue(by=BY, text="x")
    _job, old = claim("w1", now=clock(), lease=LEASE)
    clock.pass_by(minutes=5)
    claim("w1", now=clock(), lease=LEASE)

    with pytest.raises(LeaseLost):
        old.write(state=JobState.DONE)

    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_job_whose_worker_dies_in_every_attempt_is_given_up(clock):
    job = fault.enqueue(by=BY)

    for _attempt in range(3):
        assert claim("w1", now=clock(), lease=LEASE) is not None
        clock.pass_by(minutes=5)

    assert claim("w1", now=clock(), lease=LEASE) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_two_tasks_cannot_have_one_name():
    before = dict(TASKS)

    with pytest.raises(ValueError, match=r"test\.note"):
        task("test.note")(lambda step: None)

    assert before == TASKS


def test_waits_double_and_are_bounded():
    waits = [wait_before(attempt) for attempt in range(2, 2000)]

    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_a_worker_outlives_trouble_with_the_database(worker, monkeypatch):
    answers = iter([OperationalError("the server is restarting"), None])

    def run_once():
        answer = next(answers)
        if answer is None:
            worker.stop.set()
            return
        raise answer

    monkeypatch.setattr("jembol.outbox.worker.TROUBLED_SECONDS", 0)
    monkeypatch.setattr(worker, "run_once", run_once)

    worker.run_forever(idle_seconds=0)

    assert list(answers) == []
