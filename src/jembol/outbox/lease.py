"""Claiming a job, keeping the claim, and noticing that it is lost.

A claim is a lease: whoever holds it must renew it, and a killed worker simply stops renewing. The
fencing token is `attempts`: it grows with every claim, and everything a worker writes asks that it
is still the same, so a worker that slept through its lease cannot write over its successor.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from jembol.outbox.choices import JobState
from jembol.outbox.models import Job

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
TRIES = 20


class LeaseLost(Exception):
    """Another worker has the job by now, or it was cancelled: stop, and write nothing more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One worker's claim on one job."""

    job_id: str
    attempts: int
    worker: str

    def write(self, **values: object) -> None:
        """Change the job's row.

        Raises:
            LeaseLost: the claim is no longer ours.
        """
        if not self.rows().update(**values):
            raise LeaseLost(f"{self.worker} no longer holds job {self.job_id}")

    def rows(self) -> QuerySet[Job]:
        """Return the job while the claim is ours, else nothing."""
        return Job.objects.filter(
            pk=self.job_id,
            attempts=self.attempts,
            worker=self.worker,
            state=JobState.RUNNING,
        )


def claim(worker: str, *, now: datetime, lease: timedelta) -> tuple[Job, Hold] | None:
    """Take the first job that waits, or whose worker has fallen silent; None when there is none."""
    _give_up_on_the_fallen(now)
    for _try in range(TRIES):
        with _claiming():
            job = _pick(now)
            if job is None:
                return None
            if _swap(job, worker=worker, until=now + lease):
                job.refresh_from_db()
                return job, Hold(job.pk, job.attempts, worker)
    return None


def _claimable(now: datetime) -> QuerySet[Job]:
    waits = Q(state=JobState.READY, run_after__lte=now)
    return Job.objects.filter(waits | _fallen(now), attempts__lt=F("max_attempts"))


def _fallen(now: datetime) -> Q:
    return Q(state=JobState.RUNNING, lease_until__lt=now)


@contextmanager
def _claiming() -> Iterator[None]:
    # On SQLite the swap alone decides, as one statement: a transaction here would make every idle
    # look at the table a writer.
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            yield
    else:
        yield


def _pick(now: datetime) -> Job | None:
    jobs = _claimable(now).order_by("-priority", "run_after", "id")
    if connection.features.has_select_for_update_skip_locked:
        jobs = jobs.select_for_update(skip_locked=True)
    return jobs.first()


def _swap(job: Job, *, worker: str, until: datetime) -> bool:
    """Take the job unless somebody took it since it was read."""
    unchanged = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=job.state)
    taken = unchanged.update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, worker=worker, lease_until=until
    )
    return taken == 1


def _give_up_on_the_fallen(now: datetime) -> None:
    """Fail jobs whose worker fell silent in the last attempt."""
    fallen = Job.objects.filter(_fallen(now), attempts__gte=F("max_attempts"))
    if fallen.exists():
        fallen.update(
            state=JobState.FAILED,
            lease_until=None,
            finished_at=now,
            error=_(
                "The worker stopped in the middle of this work in every attempt. "
                "Look at the log of the worker, then start the work again."
            ),
        )


class LeaseKeeper:
    """A thread that renews the lease while the work goes on."""

    def __init__(self, hold: Hold, *, clock: Clock, lease: timedelta) -> None:
        """Keep `hold`; renewing begins with the `with` block, after a third of the lease."""
        self._hold = hold
        self._clock = clock
        self._lease = lease
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        try:
            while not self._ended.wait(self._lease.total_seconds() / 3):
                self._renew()
        except LeaseLost:
            return  # the work itself notices at its next step
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            self._hold.write(lease_until=self._clock() + self._lease)
        except DatabaseError:
            # A short absence of the database must not cost the lease: try again in time.
            log.warning("the lease of job %s was not renewed", self._hold.job_id, exc_info=True)
            connection.close()
