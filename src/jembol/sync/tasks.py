"""Work of the door in the background."""

from jembol.journal.by import By
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.sync.actions import release_due
from jembol.sync.actions.releasing import RELEASE


@task(RELEASE.kind)
def release(step: Step) -> int:
    """Let envelopes act that have waited long enough for another one."""
    return release_due(by=By.system("sync.release", at=step.now(), door="field"))
