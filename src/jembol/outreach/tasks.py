"""Work of outreach in the background."""

from jembol.journal.by import By
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.outreach.actions import drop_stale_pieces
from jembol.outreach.actions.photos import CLEAN


@task(CLEAN.kind)
def clean(step: Step) -> int:
    """Forget pieces of photos to which nothing came for long."""
    return drop_stale_pieces(by=By.system("outreach.pieces.clean", at=step.now(), door="field"))
