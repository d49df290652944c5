"""Remind participants of a day, and tell them that a day was moved or cancelled.

Every step is a transaction of its own that holds the class: a move waits for it or comes before
it, so nobody is reminded of a time that is not true any more. A worker that is killed goes on with
those who have no notice yet; the database lets nobody have two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.outbox.actions import stop
from jembol.outbox.choices import Channel
from jembol.registry.models import Person
from jembol.training import events
from jembol.training.actions.holding import hold
from jembol.training.actions.letters import Letter, write
from jembol.training.choices import LeftOut, LetterKind
from jembol.training.models import Class, Notice, Registration, Session
from jembol.training.queries.classes import ROOT
from jembol.training.queries.invitations import purpose_of
from jembol.training.queries.wording import (
    over_at,
    tongue_of,
    values_of_class,
    values_of_session,
    words_of,
)

CHUNK: Final = 100
"""People of one transaction: other writers about the class wait for it."""


@dataclass(frozen=True, slots=True)
class Tidings:
    """What participants are told.

    Attributes:
        kind: Which message.
        class_id: The class.
        session_id: The day; None for the whole class.
        revision: Of the day, when it was asked for.
        why: The reason of a change.
        channel: How it leaves.
    """

    kind: LetterKind
    class_id: int
    session_id: int | None
    revision: int
    why: str
    channel: Channel


@transaction.atomic
def tell_some(*, tidings: Tidings, after: int, by: By) -> int | None:
    """Tell the next people of a class; return where the following ones begin, or None at the end.

    Args:
        tidings: What is told.
        after: The key of the person behind whom this step begins.
        by: In whose name.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(Class(pk=tidings.class_id))
    by.must_cover(held.area_id)
    session = _session(tidings)
    if not _is_true(tidings, held, session):
        return None
    people = _next_people(tidings, held, after)
    letter = _letter(tidings, held, session)
    made = [
        notice
        for person in people
        if (notice := _notice(tidings, held, session, person, letter, by)) is not None
    ]
    Notice.objects.bulk_create(made)
    record_many([_fact(notice, by) for notice in made])
    return people[-1].pk if len(people) == CHUNK else None


@transaction.atomic
def stop_untrue(*, training_class: Class, by: By, session: Session | None = None) -> int:
    """Stop what waits and is not true any more; return how many messages that were.

    Of a day: reminders and notices of its earlier times. Of a cancelled class: everything.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    by.must_cover(training_class.area_id)
    if session is not None:
        purposes = _purposes(session, session.revision)
    else:
        purposes = [purpose_of(training_class)]
        for one in training_class.sessions.order_by("pk"):
            purposes += _purposes(one, one.revision + 1)
    why = _("The class changed, so this is not true any more.")
    stopped = stop(purposes=purposes, why=why)
    if stopped:
        record(
            events.LETTERS_STOPPED,
            about=training_class,
            by=by,
            area=training_class.area_id,
            details={"number": stopped},
        )
    return stopped


def _purposes(session: Session, revisions: int) -> list[str]:
    """Return the purposes of a day's messages under its first so many revisions."""
    kinds = (LetterKind.EVE, LetterKind.MORNING, LetterKind.MOVED)
    return [_purpose(kind, session, revision) for revision in range(revisions) for kind in kinds]


def _session(tidings: Tidings) -> Session | None:
    if tidings.session_id is None:
        return None
    return Session.objects.select_related("training_class__area", "venue").get(
        pk=tidings.session_id
    )


def _is_true(tidings: Tidings, held: Class, session: Session | None) -> bool:
    """Whether what is told still holds, now that nobody can change the class."""
    is_cancelled = hasattr(held, "cancellation")
    if session is None:
        return is_cancelled
    is_gone = hasattr(session, "cancellation")
    wants_gone = tidings.kind == LetterKind.CANCELLED
    return not is_cancelled and session.revision == tidings.revision and is_gone == wants_gone


def _next_people(tidings: Tidings, held: Class, after: int) -> Sequence[Person]:
    """Return the next participants who were not told, each once, in the order of their keys."""
    seats = Registration.objects.standing().filter(training_class=held)
    told = Notice.objects.filter(
        training_class=held,
        session=tidings.session_id,
        kind=tidings.kind,
        revision=tidings.revision,
    )
    people = Person.objects.filter(
        pk__in=seats.order_by().values_list(ROOT, flat=True), pk__gt=after
    )
    return list(people.exclude(pk__in=told.values("person")).order_by("pk")[:CHUNK])


def _purpose(kind: LetterKind, session: Session, revision: int) -> str:
    return f"class-{kind}:{session.training_class_id}:{session.pk}:{revision}"


def _letter(tidings: Tidings, held: Class, session: Session | None) -> Letter:
    language = tongue_of(held)
    values = values_of_class(held, language) if session is None else (
        values_of_session(session, language)
    )  # fmt: skip
    until: datetime | None = None if session is None else over_at(session)
    purpose = f"class-cancelled:{held.pk}"
    return Letter(
        words=words_of(held.area_id, tidings.kind, language),
        values={**values, "alasan": tidings.why.rstrip(". ")},
        subject=held.title,
        channel=tidings.channel,
        purpose=purpose if session is None else _purpose(tidings.kind, session, tidings.revision),
        until=until,
    )


def _notice(
    tidings: Tidings, held: Class, session: Session | None, person: Person, letter: Letter, by: By
) -> Notice | None:
    """Write to one person, unless that was done or cannot be."""
    message = write(letter, person, by=by)
    if isinstance(message, LeftOut):
        return None
    return Notice(
        training_class=held,
        session=session,
        person=person,
        kind=tidings.kind,
        revision=tidings.revision,
        at=by.at,
        message=message,
    )


def _fact(notice: Notice, by: By) -> Entry:
    held = notice.training_class
    details = {
        "class": held.public_id,
        "title": held.title,
        "letter": str(notice.kind),
        "sent_by": notice.message.channel,
    }
    return Entry(
        event=events.NOTICE_MADE,
        about=notice,
        by=by,
        area=notice.person.area_id,
        person_id=notice.person_id,
        details=details,
    )
