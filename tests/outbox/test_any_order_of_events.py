"""Whatever happens in whatever order: only the last claim writes, and an ended job stays ended."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from outbox_jobs import BY, Clock, note

from jembol.outbox.actions import cancel
from jembol.outbox.choices import LIVE, JobState
from jembol.outbox.errors import JobOver
from jembol.outbox.lease import LeaseLost, claim
from jembol.outbox.models import Job

LEASE = timedelta(seconds=30)


class Jobs(RuleBasedStateMachine):
    """Two workers and an officer at one table of jobs, beside a model in plain Python."""

    def __init__(self):
        super().__init__()
        Job.objects.all().delete()
        self.clock = Clock()
        self.holds = []
        self.holder = {}
        self.ended = {}

    @rule(purpose=st.sampled_from(["", "a", "b"]))
    def ask(self, purpose):
        note.enqueue(by=BY, dedup=purpose, text=purpose)

    @rule(name=st.sampled_from(["w1", "w2"]))
    def claim(self, name):
        claimed = claim(name, now=self.clock(), lease=LEASE)
        if claimed:
            job, hold = claimed
            assert job.pk not in self.ended
            self.holds.append(hold)
            self.holder[job.pk] = hold

    @rule(seconds=st.sampled_from([1, 31]))
    def wait(self, seconds):
        self.clock.pass_by(seconds=seconds)

    @rule(data=st.data(), ending=st.sampled_from([JobState.DONE, JobState.FAILED, None]))
    def write(self, data, ending):
        if not self.holds:
            return
        hold = data.draw(st.sampled_from(self.holds))
        is_last = self.holder.get(hold.job_id) is hold and hold.job_id not in self.ended
        ends = {"state": ending, "lease_until": None} if ending else {"done": 1}
        try:
            hold.write(**ends)
        except LeaseLost:
            is_given_up = Job.objects.get(pk=hold.job_id).state == JobState.FAILED
            assert not is_last or is_given_up
        else:
            assert is_last

    @rule(data=st.data())
    def cancel(self, data):
        keys = list(Job.objects.order_by("id").values_list("pk", flat=True))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        try:
            cancel(job_id=key, by=BY)
        except JobOver:
            assert key in self.ended

    @invariant()
    def an_ended_job_stays_as_it_ended(self):
        rows = Job.objects.order_by("id").values_list("pk", "state", "attempts")
        for key, state, attempts in rows:
            if key in self.ended:
                assert self.ended[key] == (state, attempts)
            elif state not in LIVE:
                self.ended[key] = (state, attempts)

    @invariant()
    def one_purpose_has_one_live_job(self):
        live = list(
            Job.objects.live().exclude(dedup="").order_by("id").values_list("dedup", flat=True)
        )
        assert len(live) == len(set(live))


@pytest.mark.django_db
def test_jobs_keep_their_promises_in_any_order_of_events():
    run_state_machine_as_test(
        Jobs,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
