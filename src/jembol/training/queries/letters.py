"""What was written about a class, for the list from which it is opened and watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jembol.kit.reach import Reach
from jembol.outbox.choices import Channel, MessageState
from jembol.outbox.models import Message
from jembol.registry.models import Person
from jembol.training.choices import LetterKind
from jembol.training.models import Class, Invitation, Notice, Registration
from jembol.training.queries.classes import ROOT


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One message about a class, to one person.

    Attributes:
        letter: The invitation or the notice.
        kind: What it says.
        person: To whom.
        message: With its state, and when it was opened or sent.
        is_open: It can be opened in WhatsApp now.
        has_seat: The person has a seat by now.
    """

    letter: Invitation | Notice
    kind: LetterKind
    person: Person
    message: Message
    is_open: bool
    has_seat: bool

    @property
    def is_invitation(self) -> bool:
        """Whether it is an invitation; otherwise it is a notice."""
        return self.kind == LetterKind.INVITATION


def letters_of(training_class: Class, reach: Reach, *, at: datetime) -> list[LetterRow]:
    """Return what was written about a class to people in reach: what can be opened first.

    Args:
        training_class: The class.
        reach: Whom the reader may see.
        at: Now; what has passed cannot be opened any more.
    """
    seats = Registration.objects.standing().filter(training_class=training_class)
    seated = set(seats.order_by("pk").values_list(ROOT, flat=True))
    related = ("person__area__parent__parent", "message", "training_class")
    invitations = training_class.invitations.select_related(*related).order_by("pk")
    notices = training_class.notices.select_related(*related).order_by("pk")
    rows = [_row(one, LetterKind.INVITATION, seated, at) for one in invitations]
    rows += [_row(one, LetterKind(one.kind), seated, at) for one in notices]
    seen = [row for row in rows if reach.covers(row.person.area_id)]
    return sorted(seen, key=lambda row: (not row.is_open, row.message.opened_at is not None))


def class_of_message(message: Message) -> Class | None:
    """Return the class that a message is about."""
    related = ("area", "venue", "cancellation")
    by_letter: Sequence[str] = ("invitations__message", "notices__message")
    for path in by_letter:
        found = Class.objects.filter(**{path: message}).select_related(*related).first()
        if found is not None:
            return found
    return None


def _row(
    letter: Invitation | Notice, kind: LetterKind, seated: set[int], at: datetime
) -> LetterRow:
    message = letter.message
    root = letter.person.survivor_id or letter.person_id
    return LetterRow(
        letter=letter,
        kind=kind,
        person=letter.person,
        message=message,
        is_open=(
            message.channel == Channel.WA_LINK
            and message.state in {MessageState.WAITING, MessageState.OPENED}
            and (message.until is None or at < message.until)
            and bool(message.body)
        ),
        has_seat=root in seated,
    )
