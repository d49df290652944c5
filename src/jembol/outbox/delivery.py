"""Deliver messages; the first channel writes them into a folder of this machine."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from jembol.outbox.choices import Channel, MessageState
from jembol.outbox.models import Message
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.vault.sealing import open_sealed


def place_of(message_id: str) -> str:
    """Return the context under which a message's recipient is sealed."""
    return f"outbox.message.recipient:{message_id}"


@task("outbox.deliver")
def deliver(step: Step, *, message_id: str) -> None:
    """Hand one message to its channel, and note that it left.

    A kill between the two repeats the delivery: every adapter must bear that, as the file adapter
    does by writing the same file again.
    """
    message = Message.objects.get(pk=message_id)
    if message.state == MessageState.SENT:
        return
    ADAPTERS[Channel(message.channel)](message)
    with step.transaction():
        Message.objects.filter(pk=message_id).update(state=MessageState.SENT, sent_at=step.now())
        step.progress(1, total=1)


def write_file(message: Message) -> None:
    """Write the message as one JSON file, whole or not at all."""
    folder = Path(settings.MESSAGES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    letter = {
        "id": message.pk,
        "to": open_sealed(message.recipient_sealed, place_of(message.pk)),
        "subject": message.subject,
        "body": message.body,
        "asked_at": message.created_at.isoformat(),
    }
    unfinished = folder / f".{message.pk}.{os.getpid()}"
    unfinished.write_text(json.dumps(letter, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.chmod(0o600)
    unfinished.replace(folder / f"{message.pk}.json")


ADAPTERS: dict[Channel, Callable[[Message], None]] = {Channel.FILE: write_file}
