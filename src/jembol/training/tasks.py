"""Work of training in the background."""

from __future__ import annotations

from jembol.journal.by import By
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.training.actions.offers import settle
from jembol.training.models import Class
from jembol.training.orders import SETTLE


@task(SETTLE.kind)
def settle_class(step: Step, *, class_id: int) -> None:
    """End the offers of a class that ran out, and offer what is free."""
    found = Class.objects.filter(pk=class_id).first()
    if found is not None:
        with step.transaction():
            settle(training_class=found, by=By.system("training.settle", at=step.now()))
