"""Deliver messages: each to its gateway, and to the folder of this machine while it has none."""

from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.outbox.channels import GATEWAYS, setup_of
from jembol.outbox.choices import Channel, MessageState
from jembol.outbox.errors import NotAccepted
from jembol.outbox.gateways.letter import GatewayTrouble, Letter
from jembol.outbox.links import text_of
from jembol.outbox.models import Message, OptOut
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.vault.sealing import open_sealed

ATTEMPTS = 14
"""With the waits between them about four hours: a gateway's bad morning."""


def place_of(message_id: str) -> str:
    """Return the context under which a message's recipient is sealed."""
    return f"outbox.message.recipient:{message_id}"


@task("outbox.deliver", max_attempts=ATTEMPTS)
def deliver(step: Step, *, message_id: str) -> None:
    """Hand one message to its gateway, and note that it left.

    A kill between the two repeats the delivery: every gateway is told the message's key, by which
    it knows the repetition, and the folder writes the same file again.

    Raises:
        GatewayTrouble: the gateway may take it later.
        NotAccepted: the gateway never will.
    """
    message = Message.objects.get(pk=message_id)
    if message.state != MessageState.WAITING:
        return
    if why := _why_not_any_more(message, step):
        _note(step, message, state=MessageState.STOPPED, error=why)
        return
    channel, note = channel_now(Channel(message.channel))
    try:
        gateway_id = GATEWAYS[channel](letter_of(message))
    except NotAccepted as refusal:
        _note(step, message, state=MessageState.FAILED, error=refusal.message)
        raise
    except GatewayTrouble as trouble:
        _note_trouble(step, message, trouble)
        raise
    with step.transaction():
        Message.objects.filter(pk=message_id).update(
            state=MessageState.SENT,
            sent_at=step.now(),
            channel=channel,
            error=note,
            gateway_id=gateway_id,
        )
        step.progress(1, total=1)


def channel_now(channel: Channel) -> tuple[Channel, str]:
    """Return the channel that a message takes, and what is to be said when it is another one.

    Without its key a gateway's message goes into the folder, and the message says so: it was not
    sent to anybody.
    """
    if setup_of(channel).is_ready:
        return channel, ""
    words = _("%(channel)s is not set up, so the message lies in the folder of this machine.")
    return Channel.FILE, words % {"channel": channel.label}


def letter_of(message: Message) -> Letter:
    """Return the message opened for its way out."""
    return Letter(
        id=message.pk,
        to=recipient_of(message),
        subject=message.subject,
        text=text_of(message),
        asked_at=message.created_at.isoformat(),
    )


def recipient_of(message: Message) -> str:
    """Return the number or address, opened."""
    return open_sealed(message.recipient_sealed, place_of(message.pk))


def _why_not_any_more(message: Message, step: Step) -> str:
    """Return why the message is not to leave any more, or nothing."""
    if OptOut.objects.filter(recipient_digest=message.recipient_digest).exists():
        return _("The recipient wants no messages.")
    if message.until is not None and step.now() >= message.until:
        return _("What it tells has passed.")
    return ""


def _note(step: Step, message: Message, *, state: MessageState, error: str) -> None:
    with step.transaction():
        still = Message.objects.filter(Q(pk=message.pk), state=MessageState.WAITING)
        still.update(state=state, error=error)


def _note_trouble(step: Step, message: Message, trouble: GatewayTrouble) -> None:
    if step.is_last_attempt:
        words = _("The gateway did not take the message in %(count)s attempts: %(why)s.")
        state = MessageState.FAILED
    else:
        words = _("The gateway did not take the message yet; it is tried again: %(why)s.")
        state = MessageState.WAITING
    _note(step, message, state=state, error=words % {"count": ATTEMPTS, "why": str(trouble)})
