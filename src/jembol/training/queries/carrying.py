"""What a door carries with it, so that it works without a signal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from jembol.cards.queries import cards_of, public_keys, revoked_of
from jembol.kit.reach import Reach
from jembol.kit.signed_code import PublicKey
from jembol.places.models import Area
from jembol.training.models import Attendance, Class, Registration
from jembol.training.queries.door import door_days, door_minutes
from jembol.training.queries.tickets import void_serials
from jembol.training.rules import DoorDay


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedSeat:
    """One seat as a door knows it.

    `name` and `lives` are empty for who lives outside what the officer may see: the ticket is
    taken, and nobody is named.
    """

    registration: int
    name: str
    lives: Area | None
    serial: str
    card: str
    is_withdrawn: bool
    came: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A class as a door carries it."""

    training_class: Class
    days: list[DoorDay]
    early_min: int
    late_min: int
    seats: list[CarriedSeat]
    keys: dict[str, PublicKey]
    revoked: list[str]


def carried(training_class: Class, reach: Reach, on: date) -> Carried:
    """Return what a door of this class needs, with a fixed number of queries."""
    days, _sessions = door_days(training_class)
    early_min, late_min = door_minutes(training_class)
    rows = _rows(training_class)
    people = {row.person_id for row in rows}
    cards = cards_of(people)
    came = _came(training_class)
    return Carried(
        training_class=training_class,
        days=days,
        early_min=early_min,
        late_min=late_min,
        seats=[_seat(row, reach, cards, came) for row in rows],
        keys=public_keys(on),
        revoked=sorted([*revoked_of(people), *void_serials(training_class)]),
    )


def _rows(training_class: Class) -> list[Registration]:
    related = ("person__area__parent__parent", "withdrawal", "ticket")
    rows = Registration.objects.filter(training_class=training_class).select_related(*related)
    return list(rows.order_by("person__folded", "pk"))


def _came(training_class: Class) -> dict[int, tuple[int, ...]]:
    rows = Attendance.objects.filter(session__training_class=training_class)
    found: dict[int, list[int]] = defaultdict(list)
    for seat, number in rows.order_by("session__number").values_list(
        "registration_id", "session__number"
    ):
        found[seat].append(number)
    return {seat: tuple(numbers) for seat, numbers in found.items()}


def _seat(
    row: Registration, reach: Reach, cards: dict[int, str], came: dict[int, tuple[int, ...]]
) -> CarriedSeat:
    is_seen = reach.covers(row.person.area_id)
    return CarriedSeat(
        registration=row.pk,
        name=row.person.name if is_seen else "",
        lives=row.person.area if is_seen else None,
        serial=row.ticket.serial if hasattr(row, "ticket") else "",
        card=cards.get(row.person_id, ""),
        is_withdrawn=hasattr(row, "withdrawal"),
        came=came.get(row.pk, ()),
    )
