"""Tasks and a clock for the tests of the outbox, also loaded by worker processes."""

import os
import time
from datetime import UTC, datetime, timedelta

from jembol.journal.by import By
from jembol.kit.ids import new_ulid
from jembol.kit.reach import Reach
from jembol.kit.refusal import Refusal
from jembol.outbox.choices import Channel
from jembol.outbox.models import Message
from jembol.outbox.tasks import task

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BY = By(kind="officer", id=7, label="Sari", at=NOON, door="desk", reach=Reach.everywhere())


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self):
        self.time = NOON

    def __call__(self):
        return self.time

    def pass_by(self, **time):
        self.time += timedelta(**time)


def trace(text):
    """Leave a row that tells what was done."""
    return Message.objects.create(
        id=new_ulid(NOON), channel=Channel.FILE, recipient_sealed=b"-", body=text, created_at=NOON
    )


def traces():
    return list(Message.objects.order_by("id").values_list("body", flat=True))


@task("test.steps")
def sixty_steps(step, *, total=60, pause_s=0.0):
    for number in range(step.done, total):
        with step.transaction():
            trace(f"step {number} by {os.getpid()}")
            time.sleep(pause_s)
            step.progress(number + 1, total=total, note=f"step {number + 1}")
    return {"steps": total}


@task("test.note")
def note(step, *, text):
    trace(text)


@task("test.fault", max_attempts=3)
def fault(step):
    trace("tried")
    raise ZeroDivisionError("a fault of the program")


@task("test.refusal")
def refusal(step):
    raise Refusal("The list has no column for names. Choose one.")


@task("test.lazy", max_attempts=2)
def lazy(step, *, till):
    """Make one step in each attempt, then fail."""
    if step.done < till:
        with step.transaction():
            step.progress(step.done + 1, total=till)
        raise ZeroDivisionError("again")


HOOKS = {}


@task("test.hook")
def hook(step, *, name):
    return HOOKS[name](step)
