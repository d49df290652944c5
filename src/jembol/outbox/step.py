"""Step: what a task sees of its job while it works."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from jembol.outbox.lease import Clock, Hold
from jembol.outbox.models import Job


class WorkerStopping(Exception):
    """The worker was asked to stop: the job goes back and continues elsewhere."""


class Step:
    """The handle of a running job.

    A task must be resumable: after a kill it is called again, with `done` as it was last written.
    Work and progress written inside one `transaction()` happen together or not at all, so each
    step happens once.

        @task("intake.commit")
        def commit(step: Step, *, import_id: int) -> None:
            for chunk in chunks[step.done:]:
                with step.transaction():
                    write(chunk)
                    step.progress(step.done + 1, total=len(chunks))
    """

    def __init__(
        self,
        job: Job,
        hold: Hold,
        *,
        clock: Clock,
        lease: timedelta,
        patience: int,
        stop: threading.Event,
    ) -> None:
        """Stand for `job` while `hold` is ours.

        Args:
            job: The row as it was claimed.
            hold: The claim.
            clock: The worker's clock.
            lease: How long the claim lasts after each sign of life.
            patience: Attempts allowed without any progress.
            stop: Set when the worker shall stop.
        """
        self._job = job
        self._hold = hold
        self._clock = clock
        self._lease = lease
        self._patience = patience
        self._stop = stop
        self._claimed_at_done = job.done

    @property
    def job_id(self) -> str:
        """The key of the job."""
        return self._hold.job_id

    @property
    def done(self) -> int:
        """How many steps are finished, over all attempts."""
        return self._job.done

    @property
    def is_last_attempt(self) -> bool:
        """Whether a failure now is the end of it."""
        return self._job.attempts >= self._job.max_attempts

    @property
    def area_key(self) -> int:
        """The area for which the work was asked."""
        return self._job.area_key

    @property
    def requested_by(self) -> int | None:
        """The officer who asked for the work."""
        return self._job.requested_by

    @property
    def kept(self) -> object:
        """What the last attempt left with `progress(..., keep=)`; None at first."""
        return self._job.result

    def now(self) -> datetime:
        """Return the time of the worker, for the `at` of actions."""
        return self._clock()

    def progress(
        self,
        done: int,
        *,
        total: int | None = None,
        note: str | None = None,
        keep: object = None,
    ) -> None:
        """Write how far the work is, and live on.

        Args:
            done: Steps finished, over all attempts.
            total: Steps in all, if known.
            note: One line for people.
            keep: JSON that the next attempt finds in `kept`.

        Raises:
            LeaseLost: another worker has the job, or it was cancelled.
            WorkerStopping: the worker shall stop; raised only outside a transaction.
        """
        values: dict[str, object] = {"done": done, "lease_until": self._clock() + self._lease}
        if done > self._claimed_at_done:
            # Attempts count against a job that stands still, not against a long one that was
            # interrupted twenty times and moved on each time.
            values["max_attempts"] = self._hold.attempts + self._patience
        given = {"total": total, "note": note, "result": keep}
        values |= {name: value for name, value in given.items() if value is not None}
        self._hold.write(**values)
        self._job.done = done
        if not transaction.get_connection().in_atomic_block:
            self.rest()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do one step and write its progress together, and only while the job is ours.

        Raises:
            LeaseLost: another worker has the job, or it was cancelled; the step is undone.
            WorkerStopping: the worker shall stop; the step is kept.
        """
        before = self._job.done
        try:
            with transaction.atomic():
                yield
                # The row stays locked from here to the commit, so nobody takes the job between.
                self._hold.write(lease_until=self._clock() + self._lease)
        except BaseException:
            self._job.done = before
            raise
        self.rest()

    def rest(self) -> None:
        """Give the worker a chance to stop between two steps.

        Raises:
            WorkerStopping: the worker shall stop.
        """
        if self._stop.is_set():
            raise WorkerStopping
