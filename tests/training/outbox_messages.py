"""What tests about messages share: a worker that does what is due at a moment."""

from datetime import timedelta

from city import NOW
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker


def work(at=NOW):
    """Do everything that waits at this moment."""
    discover()
    worker = Worker("tests", clock=lambda: at, lease=timedelta(hours=1))
    while job := worker.run_once():
        assert job.state in {"done", "ready"}, job.trace or job.error
