"""What a door needs: the days of a class, its tickets and cards, and what a code leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from jembol.cards.models import Card
from jembol.cards.queries import all_keys
from jembol.kit.area import AreaCode
from jembol.kit.ids import IdKind, NotAPublicId, PublicId
from jembol.kit.signed_code import PREFIX, Fault, Kind, SignedCode, verify
from jembol.places.rules import time_zone_of
from jembol.registry.models import Person
from jembol.registry.queries.identity import members_of
from jembol.training.models import Class, DoorHours, Registration, RegistrationQuerySet, Session
from jembol.training.rules import EARLY_MIN, LATE_MIN, DoorDay


@dataclass(frozen=True, slots=True)
class Found:
    """What a code leads to.

    Attributes:
        registration: The seat in the class, if there is one.
        fault: Why the code does not hold, or nobody has a seat; empty when all is well.
        is_readable: Whether it is a code of ours at all.
    """

    registration: Registration | None
    fault: str = ""
    is_readable: bool = True


UNREADABLE = frozenset({Fault.MALFORMED, Fault.TRUNCATED, Fault.UNKNOWN_KEY, Fault.FORGED})
"""Faults after which nothing of what a code says may be believed."""


def zone_of(training_class: Class) -> ZoneInfo:
    """Return the zone in which the clocks of the class's city hang."""
    return ZoneInfo(time_zone_of(AreaCode.from_key(training_class.area_id).parts[0]))


def local(training_class: Class, at: datetime) -> datetime:
    """Return a moment by the clocks of the class's city, without a zone."""
    return at.astimezone(zone_of(training_class)).replace(tzinfo=None)


def door_days(training_class: Class) -> tuple[list[DoorDay], dict[int, Session]]:
    """Return the days of a class for its door, and their rows by key."""
    of_class = Session.objects.filter(training_class=training_class)
    rows = list(of_class.select_related("cancellation", "roll").order_by("number"))
    days = [
        DoorDay(
            key=row.pk,
            number=row.number,
            on=row.on,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_cancelled=hasattr(row, "cancellation"),
        )
        for row in rows
    ]
    return days, {row.pk: row for row in rows}


def door_minutes(training_class: Class) -> tuple[int, int]:
    """Return for how many minutes the door is open before and after a day of the class."""
    told: DoorHours | None = getattr(training_class, "door_hours", None)
    return (told.early_min, told.late_min) if told else (EARLY_MIN, LATE_MIN)


def found_by_code(text: str, training_class: Class, on: date) -> Found:
    """Return the seat to which a scanned or typed code leads on this day.

    A signed code must be genuine. A bare serial, typed from paper, is only looked up.
    """
    clean = "".join(text.split())
    if clean.upper().startswith(PREFIX):
        verdict = verify(clean, all_keys(), on=on)
        if verdict.code is None or verdict.fault in UNREADABLE:
            return Found(None, str(verdict.fault or ""), is_readable=False)
        return _of_signed(verdict.code, verdict.fault, training_class)
    try:
        serial = PublicId.parse(clean)
    except NotAPublicId:
        return Found(None, Fault.MALFORMED, is_readable=False)
    return _of_serial(serial, training_class)


def seat_within(training_class: Class, key: int) -> Registration | None:
    """Return a seat of the class by its key."""
    return _seats().filter(training_class=training_class, pk=key).first()


def _of_signed(code: SignedCode, fault: Fault | None, training_class: Class) -> Found:
    if code.kind is Kind.CERTIFICATE:
        return Found(None, Fault.WRONG_KIND, is_readable=False)
    found = _of_serial(PublicId.parse(code.serial), training_class)
    return Found(found.registration, found.fault or str(fault or ""), found.is_readable)


def _of_serial(serial: PublicId, training_class: Class) -> Found:
    if serial.prefix == IdKind.TICKET:
        return _of_ticket(serial.compact, training_class)
    if serial.prefix == IdKind.CARD:
        return _of_card(serial.compact, training_class)
    if serial.prefix == IdKind.PERSON:
        person = Person.objects.filter(public_id=serial.compact).first()
        return _of_person(person, training_class)
    return Found(None, Fault.WRONG_KIND, is_readable=False)


def _of_ticket(serial: str, training_class: Class) -> Found:
    seat = _seats().filter(ticket__serial=serial).first()
    if seat is None:
        return Found(None, "unknown-serial", is_readable=False)
    if seat.training_class_id != training_class.pk:
        return Found(None, "other-class")
    return Found(seat)


def _of_card(serial: str, training_class: Class) -> Found:
    card = Card.objects.filter(serial=serial).select_related("person", "revocation").first()
    if card is None:
        return Found(None, "unknown-serial", is_readable=False)
    found = _of_person(card.person, training_class)
    return Found(found.registration, "revoked") if hasattr(card, "revocation") else found


def _of_person(person: Person | None, training_class: Class) -> Found:
    if person is None:
        return Found(None, "unknown-serial", is_readable=False)
    theirs = _seats().filter(training_class=training_class, person__in=members_of(person))
    seats: Sequence[Registration] = list(theirs.order_by("pk"))
    best = min(seats, key=lambda seat: hasattr(seat, "withdrawal"), default=None)
    return Found(best, "" if best else "not-registered")


def _seats() -> RegistrationQuerySet:
    return Registration.objects.select_related("person", "withdrawal")
