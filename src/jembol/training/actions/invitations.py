"""Invite people to a class, and open the links by which they are invited by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.outbox.actions import open_link
from jembol.outbox.channels import setup_of
from jembol.outbox.choices import Channel
from jembol.outbox.models import Message
from jembol.places.queries import zone_of
from jembol.registry.models import Person
from jembol.registry.queries.identity import roots_of
from jembol.training import errors, events
from jembol.training.actions.checking import refuse_candidate
from jembol.training.actions.holding import hold, officer_id, refuse_when_cancelled
from jembol.training.actions.letters import Letter, write
from jembol.training.choices import LeftOut, LetterKind, Tongue
from jembol.training.models import Class, Invitation, Notice, Registration
from jembol.training.queries.classes import ROOT
from jembol.training.queries.invitations import purpose_of
from jembol.training.queries.wording import is_demo, values_of_class, words_of


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of the people who were chosen.

    Attributes:
        invitations: To those who are written to now.
        left_out: The others, each with why.
    """

    invitations: tuple[Invitation, ...]
    left_out: tuple[tuple[Person, LeftOut], ...]


@transaction.atomic
def invite(
    *,
    training_class: Class,
    people: Iterable[Person],
    channel: Channel,
    by: By,
    language: Tongue = Tongue.INDONESIAN,
) -> Invited:
    """Invite these people; pressed twice it writes to nobody twice.

    Whoever has a seat, was invited, has no mobile number, wants no messages or shares a number that
    was written to is left out and named in the answer; the others are invited all the same.

    Args:
        training_class: The class.
        people: Whom; an entry that is one with another stands for that person.
        channel: How; a link of WhatsApp waits in the list of the class until somebody opens it.
        by: Who invites.
        language: In which of the city's words.

    Raises:
        OutOfReach: the class or a person lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        CandidateClass: a party or candidate gives it.
        ClassHasBegun: its first day has come.
        ChannelNotReady: the channel is not set up, or invites nobody.
        NobodyChosen: no person is given.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    refuse_candidate(held)
    _refuse_when_begun(held, by)
    refuse_channel(channel)
    _refuse_gateway_of_demo(held, channel)
    chosen = _roots(people)
    if not chosen:
        raise errors.NobodyChosen(_("Tick the people who are to be invited."), field="people")
    for person in chosen:
        by.must_cover(person.area_id)
    letter = _letter(held, channel, language)
    before = _why_not(held)
    made: list[Invitation] = []
    left_out: list[tuple[Person, LeftOut]] = []
    for person in chosen:
        answer = before.get(person.pk) or write(letter, person, by=by)
        if isinstance(answer, LeftOut):
            left_out.append((person, answer))
        else:
            made.append(_invitation(held, person, answer, by))
    Invitation.objects.bulk_create(made)
    record_many([_fact(invitation, by) for invitation in made])
    return Invited(tuple(made), tuple(left_out))


@transaction.atomic
def open_letter(*, letter: Invitation | Notice, by: By) -> str:
    """Return the address that opens the message in WhatsApp, and note who opened it first.

    The note says "opened": nobody here knows whether it was sent there.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        MessageOver: the message was stopped, or what it tells has passed.
        OptedOut: the person wants no messages any more.
    """
    by.must_cover(letter.training_class.area_id)
    by.must_cover(letter.person.area_id)
    is_first = Message.objects.get(pk=letter.message_id).opened_at is None
    address = open_link(message_id=letter.message_id, by=by)
    if is_first:
        details = {"class": letter.training_class.public_id, "title": letter.training_class.title}
        record(
            events.LETTER_OPENED,
            about=letter,
            by=by,
            area=letter.person.area_id,
            person_id=letter.person_id,
            details=details,
        )
    return address


def refuse_channel(channel: Channel) -> None:
    """Let only channels through that reach people's telephones.

    Raises:
        ChannelNotReady: it does not, or its settings are missing.
    """
    setup = setup_of(channel)
    if channel == Channel.EMAIL:
        raise errors.ChannelNotReady(
            _("The register knows nobody's e-mail address. Choose another channel."),
            field="channel",
        )
    if not setup.is_ready:
        raise errors.ChannelNotReady(
            _("%(channel)s is not set up here. The administrator must give: %(missing)s.")
            % {"channel": channel.label, "missing": ", ".join(setup.missing) or _("an address")},
            field="channel",
        )


def _refuse_gateway_of_demo(held: Class, channel: Channel) -> None:
    """Let no gateway write to invented people: their numbers may be somebody's.

    Raises:
        ChannelNotReady: the class is of a demo city, and the channel would send.
    """
    if channel not in {Channel.FILE, Channel.WA_LINK} and is_demo(held.area_id):
        raise errors.ChannelNotReady(
            _("The people of a demo city are invented, so nothing is sent to their numbers."),
            field="channel",
        )


def _refuse_when_begun(held: Class, by: By) -> None:
    if held.starts_on <= timezone.localdate(by.at):
        raise errors.ClassHasBegun(
            _("%(title)s has begun, so nobody is invited any more.") % {"title": held.title},
            class_id=held.pk,
        )


def _roots(people: Iterable[Person]) -> list[Person]:
    """Return the people who stand for these, each once, in their order."""
    given = list(people)
    roots = roots_of(Person, {person.pk for person in given})
    rows = Person.objects.in_bulk(list(roots.values()))
    keys = dict.fromkeys(roots.get(person.pk, person.pk) for person in given)
    return [rows[key] for key in keys]


def _why_not(held: Class) -> dict[int, LeftOut]:
    """Return the people who are in the class or invited, by key, each with that reason."""
    seats = Registration.objects.standing().filter(training_class=held)
    invited = held.invitations.values_list(ROOT, flat=True)
    found = dict.fromkeys(invited.order_by("pk"), LeftOut.INVITED)
    found.update(
        dict.fromkeys(seats.order_by("pk").values_list(ROOT, flat=True), LeftOut.REGISTERED)
    )
    return found


def _letter(held: Class, channel: Channel, language: Tongue) -> Letter:
    zone = zone_of(held.area_id)
    return Letter(
        words=words_of(held.area_id, LetterKind.INVITATION, language),
        values=values_of_class(held, language),
        subject=held.title,
        channel=channel,
        purpose=purpose_of(held),
        # The first day is over; whoever comes later may still come to the second.
        until=datetime.combine(held.starts_on + timedelta(days=1), time(), zone),
    )


def _invitation(held: Class, person: Person, message: Message, by: By) -> Invitation:
    return Invitation(
        training_class=held,
        person=person,
        at=by.at,
        officer_id=officer_id(by),
        channel=message.channel,
        message=message,
    )


def _fact(invitation: Invitation, by: By) -> Entry:
    held = invitation.training_class
    return Entry(
        event=events.INVITED,
        about=invitation,
        by=by,
        area=invitation.person.area_id,
        person_id=invitation.person_id,
        details={"class": held.public_id, "title": held.title, "sent_by": invitation.channel},
    )
