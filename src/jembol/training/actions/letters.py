"""Write to one person about a class: fill in the words, and ask the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jembol.journal.by import By
from jembol.kit.phone import NotAPhone, Phone
from jembol.outbox.actions import send
from jembol.outbox.choices import Channel
from jembol.outbox.errors import OptedOut, WrittenBefore
from jembol.outbox.models import Message
from jembol.registry.models import Person
from jembol.training.choices import LeftOut
from jembol.training.rules import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be written, the same for everybody but for the name.

    Attributes:
        words: With holes for the values and the link.
        values: What fills them.
        subject: For channels that have one.
        channel: How it leaves.
        purpose: Under which each number is written to once.
        until: From when on it makes no sense any more.
    """

    words: str
    values: Mapping[str, str]
    subject: str
    channel: Channel
    purpose: str
    until: datetime | None


def write(letter: Letter, person: Person, *, by: By) -> Message | LeftOut:
    """Put the letter to one person into the outbox, or return why that cannot be."""
    if not is_mobile(person.phone):
        return LeftOut.NO_PHONE
    try:
        return send(
            recipient=person.phone,
            body=filled(letter.words, {**letter.values, "nama": person.name}),
            subject=letter.subject,
            channel=letter.channel,
            person_id=person.pk,
            area_key=person.area_id,
            purpose=letter.purpose,
            until=letter.until,
            by=by,
        )
    except OptedOut:
        return LeftOut.OPTED_OUT
    except WrittenBefore:
        return LeftOut.WRITTEN_BEFORE


def is_mobile(phone: str) -> bool:
    """Whether a number can take an SMS or a message of WhatsApp."""
    try:
        return Phone.parse(phone).is_mobile
    except NotAPhone:
        return False
