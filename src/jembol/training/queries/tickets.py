"""Tickets with their codes, as they are printed and shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jembol.cards.queries import all_keys
from jembol.cards.signing import Signer
from jembol.kit.ids import PublicId
from jembol.kit.reach import Reach
from jembol.kit.signed_code import Fault, Kind, verify
from jembol.registry.models import Person
from jembol.training.models import Class, Registration, RegistrationQuerySet, Ticket
from jembol.training.rules import ticket_days


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """One ticket as it is printed."""

    person: Person
    serial: str
    code: str

    @property
    def serial_told(self) -> str:
        """The serial in groups, as it is read aloud."""
        return str(PublicId.parse(self.serial))


@dataclass(frozen=True, slots=True)
class ShownTicket:
    """A ticket as its holder sees it.

    Attributes:
        registration: The seat.
        code: As it was given.
        fault: Why it does not hold, or empty.
    """

    registration: Registration
    code: str
    fault: str

    @property
    def serial_told(self) -> str:
        """The serial in groups, as it is read aloud."""
        return str(PublicId.parse(self.registration.ticket.serial))


def seats_with_ticket(training_class: Class, reach: Reach) -> RegistrationQuerySet:
    """Return the standing seats of a class that have a ticket, of people in the reach, by name."""
    standing = Registration.objects.standing().of_people_in(reach)
    theirs = standing.filter(training_class=training_class, ticket__isnull=False)
    return theirs.select_related("person", "ticket").order_by("person__folded", "pk")


def printed_tickets(training_class: Class, reach: Reach, signer: Signer) -> Iterator[PrintedTicket]:
    """Yield the tickets of a class with their codes, by name."""
    for seat in seats_with_ticket(training_class, reach):
        yield PrintedTicket(
            seat.person, seat.ticket.serial, ticket_code(seat, training_class, signer)
        )


def ticket_code(seat: Registration, training_class: Class, signer: Signer) -> str:
    """Return the signed code of a seat's ticket; needs `person` and `ticket` selected."""
    issued_on = timezone.localdate(seat.ticket.issued_at)
    first, last = ticket_days(issued_on, training_class.starts_on, training_class.ends_on)
    return signer.code(
        Kind.TICKET,
        seat.ticket.serial,
        seat.person,
        valid_from=first,
        valid_until=last,
        subject=training_class.public_id,
    )


def shown_ticket(code: str, on: date) -> ShownTicket | None:
    """Return the ticket that a genuine code names, or None: a guessed one shows nothing."""
    verdict = verify(code, all_keys(), on=on, kind=Kind.TICKET)
    hidden = {Fault.FORGED, Fault.UNKNOWN_KEY, Fault.KEY_EXPIRED, Fault.WRONG_KIND}
    if verdict.code is None or verdict.fault in hidden:
        return None
    related = (
        "registration__person", "registration__withdrawal",
        "registration__training_class__venue", "registration__training_class__area",
    )  # fmt: skip
    rows = Ticket.objects.select_related(*related, "registration__training_class__cancellation")
    ticket = rows.filter(serial=verdict.code.serial).first()
    if ticket is None:
        return None
    seat = ticket.registration
    fault = str(verdict.fault or "")
    if hasattr(seat, "withdrawal"):
        fault = "withdrawn"
    if hasattr(seat.training_class, "cancellation"):
        fault = "class-cancelled"
    return ShownTicket(seat, code, fault)


def void_serials(training_class: Class) -> list[str]:
    """Return the serials of the class's tickets whose seat was given back."""
    rows = Ticket.objects.filter(
        registration__training_class=training_class, registration__withdrawal__isnull=False
    )
    return list(rows.order_by("serial").values_list("serial", flat=True))
