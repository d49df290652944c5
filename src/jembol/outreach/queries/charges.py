"""What an officer has open in an area, and who looks after it when they have moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jembol.accounts.models import Officer
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.outreach.choices import ChargeKind, PlanState, ReferralState
from jembol.outreach.models import ChargeHandover, Promise, Referral, Stop, Visit
from jembol.places.models import Area
from jembol.sync.choices import State
from jembol.sync.models import Envelope

LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One open thing that somebody must look after.

    Attributes:
        kind: What it is.
        ref: Its key.
        words: What it is about, for the list.
        due_on: Until when, if there is a day.
    """

    kind: ChargeKind
    ref: str
    words: str
    due_on: date | None = None


Finder = Callable[[Officer, Area, date], Iterator[Charge]]


def charges_of(officer: Officer, area: Area, on: date) -> list[Charge]:
    """Return everything open of this officer in this area, in the order of its kinds and days.

    The list is for whoever looks after the area, so it names nobody who lives elsewhere by now.

    Args:
        officer: Whose it is.
        area: Where.
        on: The day; planned stops before it are past.
    """
    return [charge for find in FINDERS.values() for charge in find(officer, area, on)]


def caretaker_of(officer_id: int, area_key: int) -> int:
    """Return who looks after what this officer leaves open in an area: themselves, or an heir.

    Follows the handovers of the places in which the area lies, in the order of their days.
    """
    current = officer_id
    for giver, taker in _handovers(AreaCode.from_key(area_key)):
        if giver == current:
            current = taker
    return current


def _handovers(place: AreaCode) -> Sequence[tuple[int, int]]:
    """Return the handovers of the places in which this one lies, the oldest first."""
    holders = [one.key for one in (*place.ancestors, place)]
    rows = ChargeHandover.objects.filter(area__in=holders).order_by("at", "pk")
    return list(rows.values_list("giver_id", "taker_id"))


# --- where each kind is found -----------------------------------------------------------------


def _promises(officer: Officer, area: Area, _on: date) -> Iterator[Charge]:
    rows = Promise.objects.inside(area).filter(officer=officer, kept_at=None)
    there = Reach.of([area.key])
    for row in rows.select_related("visit__person", "area").order_by("due_on", "pk"):
        yield Charge(
            kind=ChargeKind.PROMISE, ref=str(row.pk), due_on=row.due_on,
            words=_told(row.visit, row.words, row.area.name, there),
        )  # fmt: skip


def open_referrals(officer: Officer, area: Area) -> list[Referral]:
    """Return the open referrals that this officer looks after: passed to them, or their own."""
    rows = Referral.objects.inside(area).filter(state=ReferralState.OPEN)
    own = rows.filter(officer=None, visit__officer=officer) | rows.filter(officer=officer)
    return list(own.select_related("visit__person", "area").order_by("at", "pk"))


def _referrals(officer: Officer, area: Area, _on: date) -> Iterator[Charge]:
    there = Reach.of([area.key])
    for row in open_referrals(officer, area):
        words = f"{row.get_kind_display()} {row.words}".strip()
        yield Charge(
            kind=ChargeKind.REFERRAL, ref=str(row.pk),
            words=_told(row.visit, words, row.area.name, there),
        )  # fmt: skip


def _stops(officer: Officer, area: Area, on: date) -> Iterator[Charge]:
    rows = Stop.objects.inside(area).filter(officer=officer, on__gte=on, visited=None)
    live = rows.exclude(plan__state=PlanState.REPLACED).select_related("area")
    for row in live.order_by("on", "arrives_at", "pk"):
        yield Charge(
            kind=ChargeKind.STOP,
            ref=str(row.pk),
            words=f"{row.get_kind_display()} · {row.area.name}"[:LONGEST_WORDS],
            due_on=row.on,
        )


def _envelopes(officer: Officer, area: Area, _on: date) -> Iterator[Charge]:
    low, high = area.span
    waiting = (State.HELD, State.QUARANTINED, State.PARKED)
    rows = Envelope.objects.filter(
        officer_id=officer.pk, state__in=waiting, area_key__gte=low, area_key__lt=high
    )
    for row in rows.select_related("device").order_by("received_at", "pk"):
        words = f"{row.get_state_display()} · {row.device.label}"
        yield Charge(kind=ChargeKind.ENVELOPE, ref=row.pk, words=words[:LONGEST_WORDS])


def _told(visit: Visit, words: str, place: str, there: Reach) -> str:
    person = visit.person
    name = person.name if person and there.covers(person.area_id) else ""
    return " · ".join(part for part in (name, words, place) if part)[:LONGEST_WORDS]


FINDERS: Final[dict[ChargeKind, Finder]] = {
    ChargeKind.PROMISE: _promises,
    ChargeKind.REFERRAL: _referrals,
    ChargeKind.STOP: _stops,
    ChargeKind.ENVELOPE: _envelopes,
}
"""Each kind with its finder."""
