"""Let envelopes act that waited: for another one, for the time to pass, for somebody's word."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outbox.tasks import Order
from jembol.sync import events
from jembol.sync.actions.storing import act_and_store, body_of
from jembol.sync.choices import State
from jembol.sync.errors import NotSetAside
from jembol.sync.kinds import kind_of
from jembol.sync.models import Device, Envelope
from jembol.sync.rules import has_gap_before

RELEASE: Final = Order("sync.release")
ROUNDS: Final = 200


def release_after(arrived: Collection[str], *, device: Device, by: By) -> None:
    """Let those act that waited for what has just arrived, and those that waited for them."""
    fresh = set(arrived)
    for _round in range(ROUNDS):
        waiting = _waiting_for(fresh, device)
        ready = [one for one in waiting if one.held_for or not has_gap(one)]
        if not ready:
            return
        fresh = {one.pk for one in ready}
        for envelope in ready:
            _act(envelope, by)


def release_due(*, by: By) -> int:
    """Let those act that have waited long enough, without what they waited for."""
    until = by.at - hold_time()
    due = Envelope.objects.held().filter(received_at__lte=until).select_related("device")
    rows = list(due.order_by("device_id", "seq", "pk"))
    for envelope in rows:
        _act(envelope, by, is_late=True)
    return len(rows)


def let_in(*, envelope: Envelope, by: By) -> Envelope:
    """Let an envelope act that was set aside: from quarantine, or after a fault was mended.

    Raises:
        OutOfReach: it is about an area outside the actor's duty.
        NotSetAside: it does not wait for anybody's word.
    """
    by.must_cover(envelope.area_key)
    with transaction.atomic():
        rows = Envelope.objects.select_for_update(of=("self",)).set_aside()
        held = rows.filter(pk=envelope.pk).first()
        if held is None:
            raise NotSetAside(
                _("This record does not wait for anybody's word. Load the page again."),
                envelope_id=envelope.pk,
            )
        _act(held, by, is_late=held.received_at <= by.at - hold_time())
        held.refresh_from_db()
        details = {"kind": held.kind, "state": held.state}
        record(events.LET_IN, about=held, by=by, area=held.area_key, details=details)
    release_after([held.pk], device=held.device, by=by)
    return held


def end_waits(for_: Envelope, *, by: By) -> None:
    """Let those act, or be set aside, that waited for an envelope which never will act."""
    for envelope in Envelope.objects.held().filter(held_for=for_.pk).order_by("pk"):
        _act(envelope, by, is_late=True)


def hold_for_a_while(envelope: Envelope, by: By) -> None:
    """Ask the worker to look when the envelope has waited long enough."""
    RELEASE.enqueue(by=by, dedup=envelope.pk, run_after=by.at + hold_time())


def hold_time() -> timedelta:
    """Return how long an envelope waits for another one."""
    return timedelta(hours=settings.HOLD_HOURS)


def _waiting_for(arrived: Collection[str], device: Device) -> Sequence[Envelope]:
    theirs = Q(held_for__in=arrived) | Q(device=device, held_for="")
    rows = Envelope.objects.waiting().filter(theirs).select_related("device")
    return list(rows.order_by("device_id", "seq", "pk"))


def has_gap(envelope: Envelope) -> bool:
    """Whether an earlier envelope of the device is missing, or waits itself."""
    before = Envelope.objects.filter(device=envelope.device_id, seq__lt=envelope.seq, seq__gt=0)
    settled = before.exclude(state=State.HELD)
    return has_gap_before(envelope.seq, settled.values("seq").distinct().count())


@transaction.atomic
def _act(envelope: Envelope, by: By, *, is_late: bool = False) -> None:
    """Let one envelope act, unless another request has done so meanwhile."""
    rows = Envelope.objects.select_for_update(of=("self",))
    still = rows.filter(pk=envelope.pk, state=envelope.state).first()
    kind = kind_of(envelope.kind)
    if still is not None and kind is not None:
        act_and_store(still, kind, body_of(still), by, is_late=is_late)
