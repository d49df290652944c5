"""Tasks: functions by name, and the jobs that ask for them.

Packages put theirs into `<package>/tasks.py`; the worker finds them there. The call shape is that
of `django.tasks` (Django 6), which may replace this surface one day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.module_loading import autodiscover_modules

from jembol.kit.ids import new_ulid
from jembol.outbox.models import Job
from jembol.outbox.step import Step

Handler = Callable[..., Any]
TRIES = 5


class Requester(Protocol):
    """Who asks for work: `journal.by.By` fits."""

    @property
    def id(self) -> int | None:
        """The key of the officer or citizen."""

    @property
    def kind(self) -> str:
        """What the requester is."""

    @property
    def at(self) -> datetime:
        """The moment of asking."""


@dataclass(frozen=True, slots=True)
class Order:
    """Work that can be asked for by its name, without loading the code that does it."""

    kind: str
    max_attempts: int = 5
    priority: int = 0

    def enqueue(
        self,
        *,
        by: Requester,
        dedup: str = "",
        area_key: int = 0,
        run_after: datetime | None = None,
        **args: object,
    ) -> Job:
        """Ask for the work, in the transaction of the change that needs it.

        Args:
            by: Who asks, and when.
            dedup: Purpose of which one live job is enough; that one is returned instead.
            area_key: The area for which it is done.
            run_after: Not before this moment; None is at once.
            args: What the handler is called with; must be JSON.
        """
        job = Job(
            id=new_ulid(by.at),
            kind=self.kind,
            args=args,
            priority=self.priority,
            max_attempts=self.max_attempts,
            run_after=run_after or by.at,
            dedup=dedup,
            area_key=area_key,
            requested_by=by.id if by.kind == "officer" else None,
            created_at=by.at,
        )
        return _once(job) if dedup else _saved(job)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Order):
    """A function that a worker can do by name."""

    handler: Handler


TASKS: dict[str, Task] = {}


def task(
    kind: str, *, max_attempts: int = 5, priority: int = 0
) -> Callable[[Callable[..., Any]], Task]:
    """Make a function `handler(step, **args)` a task; what it returns is the job's result.

    Args:
        kind: Its name in the database, like `intake.commit`; never changed, jobs may wait.
        max_attempts: Attempts without any progress before it is given up.
        priority: Higher goes first.

    Raises:
        ValueError: the name is taken by another function.
    """

    def register(handler: Callable[..., Any]) -> Task:
        if kind in TASKS:
            raise ValueError(f"task {kind!r} is {TASKS[kind].handler.__module__}'s already")
        TASKS[kind] = Task(kind=kind, handler=handler, max_attempts=max_attempts, priority=priority)
        return TASKS[kind]

    return register


def discover() -> None:
    """Load the tasks of every package."""
    autodiscover_modules("tasks", "delivery")


def _saved(job: Job) -> Job:
    job.save(force_insert=True)
    return job


def _once(job: Job) -> Job:
    """Save the job, or return the live one with the same purpose."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _saved(job)
        except IntegrityError:
            standing = Job.objects.live().filter(kind=job.kind, dedup=job.dedup).first()
            if standing is not None:
                return standing
            # It ended between the two statements: ask again.
    raise IntegrityError(
        f"job {job.kind!r} with dedup {job.dedup!r} can neither be saved nor found"
    )


__all__ = ["TASKS", "Order", "Requester", "Step", "Task", "discover", "task"]
