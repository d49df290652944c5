"""Send a message, stop a job."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.kit.ids import new_ulid
from jembol.outbox.addresses import digest_of
from jembol.outbox.choices import Channel, JobState, MessageState
from jembol.outbox.delivery import deliver, place_of, recipient_of
from jembol.outbox.errors import JobOver, MessageOver, OptedOut, WrittenBefore
from jembol.outbox.links import digest_of_token, text_of, token_of, whatsapp_link
from jembol.outbox.models import Job, Message, OptOut
from jembol.outbox.tasks import Requester
from jembol.vault.sealing import seal

_BATCH: Final = 500
_WRITTEN_BEFORE: Final = gettext_lazy("This number was written to about the same thing before.")


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
    purpose: str = "",
    until: datetime | None = None,
) -> Message:
    """Put a message into the outbox; it leaves after the commit, and not without it.

    Args:
        recipient: A telephone number or an e-mail address.
        body: The text; `links.MARK` becomes the message's own link.
        by: Who asks, and when.
        subject: For channels that have one.
        channel: How it leaves; a link of WhatsApp waits for a person who opens it.
        person_id: Whom of the register it is for.
        area_key: Where that person lives.
        purpose: What it is about; one recipient is written to once for each purpose.
        until: From this moment on it makes no sense any more, and is not sent.

    Raises:
        OptedOut: the recipient wants no messages.
        WrittenBefore: the recipient was written to for this purpose, under whichever name.
    """
    known = digest_of(recipient)
    _refuse_opted_out(known)
    key = new_ulid(by.at)
    message = Message(
        id=key,
        channel=channel,
        recipient_sealed=seal(recipient, place_of(key)),
        subject=subject,
        body=body,
        person_id=person_id,
        area_key=area_key,
        created_at=by.at,
        purpose=purpose,
        recipient_digest=known,
        link_digest=digest_of_token(token_of(key)),
        until=until,
    )
    _save_once(message)
    if channel != Channel.WA_LINK:
        deliver.enqueue(by=by, dedup=key, area_key=area_key, message_id=key)
    return message


def _refuse_opted_out(known: str) -> None:
    if OptOut.objects.filter(recipient_digest=known).exists():
        raise OptedOut(_("The owner of this number wants no messages."))


def _save_once(message: Message) -> None:
    """Save the message, unless its recipient was written to for its purpose.

    Raises:
        WrittenBefore: that is so; of two at once the database lets one through.
    """
    same = Message.objects.filter(
        purpose=message.purpose, recipient_digest=message.recipient_digest
    ).exclude(purpose="")
    try:
        # Looked for first, because a failed statement costs more than a question.
        if same.exists():
            raise WrittenBefore(str(_WRITTEN_BEFORE))
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if not same.exists():
            raise
        raise WrittenBefore(str(_WRITTEN_BEFORE)) from None


@transaction.atomic
def open_link(*, message_id: str, by: Requester) -> str:
    """Note that somebody opened the message in WhatsApp, and return the address that does it.

    Whether it was then sent there, nobody here knows: the state says "opened", never "sent".

    Raises:
        MessageOver: it was stopped, or what it tells has passed.
        OptedOut: the recipient wants no messages any more.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    is_over = message.until is not None and by.at >= message.until
    is_open = message.state in {MessageState.WAITING, MessageState.OPENED}
    if message.channel != Channel.WA_LINK or not is_open or is_over or not message.body:
        raise MessageOver(_("This message is not to be sent any more. Load the page again."))
    _refuse_opted_out(message.recipient_digest)
    if message.opened_at is None:
        message.state, message.opened_at = MessageState.OPENED, by.at
        message.save(update_fields=["state", "opened_at"])
    return whatsapp_link(recipient_of(message), text_of(message))


@transaction.atomic
def stop(*, purposes: Iterable[str], why: str) -> int:
    """Stop what waits under these purposes, because it is not true any more; return how many."""
    waiting = Message.objects.filter(purpose__in=list(purposes), state=MessageState.WAITING)
    return waiting.update(state=MessageState.STOPPED, error=why)


@transaction.atomic
def opt_out(*, recipient_digest: str, at: datetime) -> bool:
    """Write to this number no more; return whether that is new."""
    _row, is_new = OptOut.objects.get_or_create(
        recipient_digest=recipient_digest, defaults={"at": at}
    )
    waiting = Message.objects.filter(recipient_digest=recipient_digest, state=MessageState.WAITING)
    waiting.update(state=MessageState.STOPPED, error=_("The recipient wants no messages."))
    return is_new


@transaction.atomic
def opt_in(*, recipient_digest: str) -> bool:
    """Let this number be written to again; return whether that is new."""
    removed, _kinds = OptOut.objects.filter(recipient_digest=recipient_digest).delete()
    return bool(removed)


@transaction.atomic
def forget_texts(*, before: datetime) -> int:
    """Forget text and recipient of messages older than this moment; return how many.

    What remains says that somebody was written to, when and about what, so that it is not done
    again (UU 27/2022 art. 43).
    """
    old = Message.objects.filter(created_at__lt=before).exclude(body="")
    keys = list(old.order_by("created_at").values_list("pk", flat=True)[:_BATCH])
    return Message.objects.filter(pk__in=keys).update(
        body="", subject="", recipient_sealed=b"", link_digest=""
    )


@transaction.atomic
def forget_jobs(*, kind: str, before: datetime) -> int:
    """Remove the rows of work that ended before this moment; return how many."""
    old = Job.objects.filter(kind=kind, state=JobState.DONE, finished_at__lt=before)
    return old.delete()[0]


@transaction.atomic
def cancel(*, job_id: str, by: Requester) -> None:
    """Stop a job: at once when it waits, at its next step when it runs.

    Raises:
        JobOver: it has ended already.
    """
    live = Job.objects.live().filter(pk=job_id)
    if not live.update(state=JobState.CANCELLED, lease_until=None, finished_at=by.at):
        raise JobOver(_("This work has ended already; there is nothing to stop."), job_id=job_id)
