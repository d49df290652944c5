"""Send a message, stop a job."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.kit.ids import new_ulid
from jembol.outbox.choices import Channel, JobState
from jembol.outbox.delivery import deliver, place_of
from jembol.outbox.errors import JobOver
from jembol.outbox.models import Job, Message
from jembol.outbox.tasks import Requester
from jembol.vault.sealing import seal


@transaction.atomic
def send(
    *,
    recipient: str,
    body: str,
    by: Requester,
    subject: str = "",
    channel: Channel = Channel.FILE,
    person_id: int | None = None,
    area_key: int = 0,
) -> Message:
    """Put a message into the outbox; it leaves after the commit, and not without it."""
    key = new_ulid(by.at)
    message = Message.objects.create(
        id=key,
        channel=channel,
        recipient_sealed=seal(recipient, place_of(key)),
        subject=subject,
        body=body,
        person_id=person_id,
        area_key=area_key,
        created_at=by.at,
    )
    deliver.enqueue(by=by, dedup=key, area_key=area_key, message_id=key)
    return message


@transaction.atomic
def cancel(*, job_id: str, by: Requester) -> None:
    """Stop a job: at once when it waits, at its next step when it runs.

    Raises:
        JobOver: it has ended already.
    """
    live = Job.objects.live().filter(pk=job_id)
    if not live.update(state=JobState.CANCELLED, lease_until=None, finished_at=by.at):
        raise JobOver(_("This work has ended already; there is nothing to stop."), job_id=job_id)
