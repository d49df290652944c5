"""Hand over what an officer has open in a kelurahan when they move."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.choices import ChargeKind
from jembol.outreach.models import ChargeHandover, HandedOver, Promise, Referral
from jembol.outreach.queries.charges import Charge, caretaker_of, charges_of
from jembol.places.models import Area
from jembol.registry.rules import required_line

LONGEST_WHY: Final = 300


def hand_over(*, area: Area, giver: Officer, taker: Officer, why: str, by: By) -> ChargeHandover:
    """Pass what one officer has open in an area to another.

    Open promises and referrals get the new officer. Planned stops stay in their week plan, where
    somebody moves them with the cost before their eyes, and records of the phone that wait for
    somebody's word stay whose they are: both stand on the list. What the phone of the officer who
    moved still holds is taken as before; what it leaves open falls to the new one.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        HandoverRefused: both are one, the new officer is not active or has no visits to make
            there, or somebody else looks after the area already.
        ValueMissing: no reason is given.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    by.must_cover(area.key)
    said = required_line(why, field="why", longest=LONGEST_WHY)
    _refuse_unfit(area, giver, taker, by)
    try:
        return _handed_over(area, giver, taker, said, by)
    except IntegrityError as second:
        # Two at once: the database let one of them through.
        raise _taken_already(area, giver) from second


@transaction.atomic
def _handed_over(area: Area, giver: Officer, taker: Officer, why: str, by: By) -> ChargeHandover:
    _hold(giver)
    if caretaker_of(giver.pk, area.key) != giver.pk:
        raise _taken_already(area, giver)
    handover = ChargeHandover.objects.create(
        area=area,
        giver=giver,
        taker=taker,
        number=_next_number(area, giver),
        why=why,
        officer_id=by.id if by.kind == "officer" else None,
        at=by.at,
    )
    charges = charges_of(giver, area, timezone.localdate(by.at))
    _write_list(handover, charges)
    _pass_on(charges, taker)
    counts = Counter(str(charge.kind) for charge in charges)
    details = {"from": giver.pk, "to": taker.pk, "things": dict(sorted(counts.items()))}
    record(events.CHARGE_HANDED_OVER, about=handover, by=by, area=area.key, why=why,
           details=details)  # fmt: skip
    return handover


def _next_number(area: Area, giver: Officer) -> int:
    return ChargeHandover.objects.filter(area=area, giver=giver).count() + 1


def _hold(giver: Officer) -> None:
    """Let those who hand over from one officer wait for one another."""
    # NO KEY: rows that only refer to the officer need not wait (PostgreSQL manual, 13.3.2).
    Officer.objects.select_for_update(of=("self",), no_key=True).get(pk=giver.pk)


def _write_list(handover: ChargeHandover, charges: list[Charge]) -> None:
    HandedOver.objects.bulk_create(
        [
            HandedOver(
                handover=handover,
                kind=charge.kind,
                ref=charge.ref,
                words=charge.words,
                due_on=charge.due_on,
            )
            for charge in charges
        ],
        batch_size=500,
    )


def _pass_on(charges: list[Charge], taker: Officer) -> None:
    """Give open promises and referrals to the new officer, as they stand at this moment."""
    for kind, rows in ((ChargeKind.PROMISE, Promise.objects.filter(kept_at=None)),
                       (ChargeKind.REFERRAL, Referral.objects.filter(closed_at=None))):  # fmt: skip
        keys = [int(charge.ref) for charge in charges if charge.kind == kind]
        rows.filter(pk__in=keys).update(officer=taker)


def _refuse_unfit(area: Area, giver: Officer, taker: Officer, by: By) -> None:
    if giver.pk == taker.pk:
        raise errors.HandoverRefused(
            _("Both are the same officer. Choose who takes over."), field="taker"
        )
    on = timezone.localdate(by.at)
    # Afresh: an officer reads their duties once, and may have been deactivated since.
    now = Officer.objects.get(pk=taker.pk)
    if not now.reach("outreach.visit", on).covers(area.key):
        raise errors.HandoverRefused(
            _("%(name)s makes no visits in %(area)s. Ask the administrator for a duty there first.")
            % {"name": taker.name, "area": area.name},
            field="taker",
        )


def _taken_already(area: Area, giver: Officer) -> errors.HandoverRefused:
    heir = Officer.objects.filter(pk=caretaker_of(giver.pk, area.key)).first()
    return errors.HandoverRefused(
        _("%(heir)s has taken over from %(name)s in %(area)s already. Open that list instead.")
        % {"heir": heir.name if heir else "", "name": giver.name, "area": area.name}
    )
