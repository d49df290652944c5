"""The worker: claims jobs, does them, and never falls over one of them.

An interface like a page: it may read the clock.
"""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.kit.refusal import Refusal
from jembol.outbox.choices import JobState
from jembol.outbox.lease import Clock, Hold, LeaseKeeper, LeaseLost, claim
from jembol.outbox.models import Job
from jembol.outbox.rules import wait_before
from jembol.outbox.step import Step, WorkerStopping
from jembol.outbox.tasks import TASKS, Task

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
TROUBLED_SECONDS = 5.0


def own_name() -> str:
    """Return a name for this worker that nobody else has now."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


class Worker:
    """One thread that does one job after the other."""

    def __init__(
        self,
        name: str = "",
        *,
        clock: Clock = timezone.now,
        lease: timedelta | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Prepare a worker; `run_once` and `run_forever` let it work.

        Args:
            name: What the job's row shows; unique among living workers.
            clock: Where the time comes from.
            lease: How long a silent worker keeps its job; the settings say it by default.
            stop: Set it from outside to stop after the current step.
        """
        self.name = name or own_name()
        self.clock = clock
        self.lease = lease or timedelta(seconds=settings.JOB_LEASE_SECONDS)
        self.stop = stop or threading.Event()

    def run_forever(self, *, idle_seconds: float = IDLE_SECONDS) -> None:
        """Work until `stop` is set; trouble with the database is waited out."""
        while not self.stop.is_set():
            close_old_connections()
            try:
                found = self.run_once()
            except Exception:  # the database may be restarting; a worker outlives that
                log.exception("worker %s is in trouble and goes on", self.name)
                self.stop.wait(TROUBLED_SECONDS)
            else:
                if found is None:
                    self.stop.wait(idle_seconds)
        close_old_connections()

    def run_once(self, now: datetime | None = None) -> Job | None:
        """Do one job, if one waits; return it as it stands afterwards."""
        claimed = claim(self.name, now=now or self.clock(), lease=self.lease)
        if claimed is None:
            return None
        job, hold = claimed
        try:
            with LeaseKeeper(hold, clock=self.clock, lease=self.lease):
                ending = self._do(job, hold)
            ending()
        except LeaseLost:
            log.warning("%s lost the job %s (%s)", self.name, job.pk, job.kind)
        job.refresh_from_db()
        return job

    def _do(self, job: Job, hold: Hold) -> Callable[[], None]:
        """Call the task and return how the job's row ends.

        Raises:
            LeaseLost: another worker has the job.
        """
        task = TASKS.get(job.kind)
        if task is None:
            return lambda: self._fail(
                hold, _("No part of this program knows the work %s.") % job.kind
            )
        try:
            result = task.handler(self._step(job, hold, task), **job.args)
        except LeaseLost:
            raise
        except WorkerStopping:
            return lambda: self._hand_back(hold, task)
        except Refusal as refusal:
            # A rule says no; it will say no again, so nobody need wait for that.
            return lambda message=refusal.message: self._fail(hold, message)  # type: ignore[misc]
        except Exception as problem:  # whatever a task does, the worker lives
            log.exception("job %s (%s) failed in attempt %s", job.pk, job.kind, job.attempts)
            trace = "".join(traceback.format_exception(problem))
            return lambda: self._try_again(job, hold, trace)
        return lambda: self._finish(hold, result)

    def _step(self, job: Job, hold: Hold, task: Task) -> Step:
        return Step(
            job,
            hold,
            clock=self.clock,
            lease=self.lease,
            patience=task.max_attempts,
            stop=self.stop,
        )

    def _finish(self, hold: Hold, result: object) -> None:
        kept = {} if result is None else {"result": result}
        hold.write(
            state=JobState.DONE,
            finished_at=self.clock(),
            lease_until=None,
            error="",
            trace="",
            **kept,
        )

    def _fail(self, hold: Hold, message: str, trace: str = "") -> None:
        hold.write(
            state=JobState.FAILED,
            finished_at=self.clock(),
            lease_until=None,
            error=message,
            trace=trace,
        )

    def _hand_back(self, hold: Hold, task: Task) -> None:
        """Give the job to the next worker; being stopped is no failed attempt."""
        hold.write(
            state=JobState.READY,
            lease_until=None,
            worker="",
            run_after=self.clock(),
            max_attempts=hold.attempts + task.max_attempts,
        )

    def _try_again(self, job: Job, hold: Hold, trace: str) -> None:
        job.refresh_from_db(fields=["max_attempts"])
        if job.attempts >= job.max_attempts:
            message = _(
                "A fault of the program stopped this work %(count)s times, so it was given up. "
                "Tell the administrator the number of the work: %(id)s."
            ) % {"count": job.attempts, "id": job.pk}
            self._fail(hold, message, trace)
            return
        hold.write(
            state=JobState.READY,
            lease_until=None,
            worker="",
            run_after=self.clock() + wait_before(job.attempts + 1),
            error=_("A fault of the program stopped this work. It will be tried again by itself."),
            trace=trace,
        )
