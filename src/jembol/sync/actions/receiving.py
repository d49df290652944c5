"""Receive what a phone sends: each envelope once for ever, one after the other, none for all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import is_ulid
from jembol.sync import events
from jembol.sync.actions.devices import note_wiped
from jembol.sync.actions.proving import holders_of, proven, take_key
from jembol.sync.actions.releasing import has_gap, hold_for_a_while, release_after
from jembol.sync.actions.storing import (
    Outcome,
    act_and_store,
    conflict_place,
    place_of,
    sealed,
    signed_place,
    store,
)
from jembol.sync.choices import CONFLICT, KNOWN, WORDS, Proof, State
from jembol.sync.kinds import EnvelopeKind, kind_of
from jembol.sync.models import Conflict, Device, Envelope
from jembol.sync.parcels import Answer, Letter, Parcel, Receipt
from jembol.sync.rules import corrected, in_order_of, is_flagged, skew_of

SEEN_AGAIN: Final = timedelta(minutes=5)
"""A device that sends every second is noted as seen this often."""


def receive(*, parcel: Parcel, by: By, inactive: Collection[int] = ()) -> Receipt:
    """Act on each letter of a parcel once for ever, and answer for each.

    Every letter is a short transaction of its own, so that a fault of one undoes no other, and
    what was done stays done when the answer is lost on its way. Sent again, it is answered from
    what is stored. Letters act in the order in which the device wrote them.

    Args:
        parcel: What the request brings.
        by: Who is signed in; its moment is when the parcel was received.
        inactive: Officers whose letters go into quarantine.

    Raises:
        OperationalError: the database is not there, or too busy; what was stored stays so.
    """
    device = _seen(parcel, by)
    take_key(parcel, device, by)
    holders = holders_of(device, parcel.public)
    stored = Envelope.objects.in_bulk([one.id for one in parcel.letters])
    times = _times(parcel, by.at)
    answers: dict[int, Answer] = {}
    in_order = sorted(range(len(parcel.letters)), key=lambda place: parcel.letters[place].seq)
    for place in in_order:
        letter = parcel.letters[place]
        known = stored.get(letter.id)
        if known is None and is_ulid(letter.id):
            fresh = _envelope(letter, device, times[place], by)
            proven(fresh, letter, holders, signed_place(letter.id))
            known = _stored_once(fresh, letter, by, inactive)
            if known is None:
                # The same id may stand twice in one parcel.
                stored[letter.id] = fresh
                answers[place] = _told(fresh, fresh.state)
                continue
        if known is None:
            answers[place] = _bad_id(letter)
        else:
            answers[place] = _again(known, letter, _Came(device, times[place]), by)
    ids = [one.id for one in parcel.letters]
    # What another request brought while ours still found it missing releases here too.
    release_after([*ids, *_waited_for(ids)], device=device, by=by)
    skew = skew_of(parcel.sent, by.at)
    return Receipt(
        received_at=by.at,
        skew=skew,
        is_flagged=is_flagged(skew),
        must_wipe=_must_wipe(device, parcel, by),
        answers=[answers[place] for place in range(len(parcel.letters))],
    )


# --- one letter -------------------------------------------------------------------------------


def _stored_once(
    fresh: Envelope, letter: Letter, by: By, inactive: Collection[int]
) -> Envelope | None:
    """Act on a letter and store it; return the envelope that another request stored meanwhile."""
    try:
        _act(fresh, letter, by, inactive)
    except IntegrityError:
        # Whoever inserted first acted; this request only tells what became of it.
        return Envelope.objects.get(pk=fresh.pk)
    return None


def _act(fresh: Envelope, letter: Letter, by: By, inactive: Collection[int]) -> None:
    kind = kind_of(letter.kind)
    outcome = _outcome_without_acting(fresh, letter, kind, inactive)
    if outcome is not None or kind is None:
        store(fresh, outcome or Outcome.coded(State.PARKED, "unknown-kind"), by)
    else:
        act_and_store(fresh, kind, letter.body, by)
    if fresh.state == State.HELD:
        hold_for_a_while(fresh, by)


def _outcome_without_acting(
    fresh: Envelope, letter: Letter, kind: EnvelopeKind | None, inactive: Collection[int]
) -> Outcome | None:
    if fresh.proof == Proof.BAD:
        return Outcome.coded(State.QUARANTINED, "bad-signature")
    if not letter.is_readable:
        return Outcome.coded(State.REFUSED, "unreadable-envelope")
    if fresh.officer_id in inactive:
        return Outcome.coded(State.QUARANTINED, "deactivated-officer")
    if kind is not None and kind.is_ordered and has_gap(fresh):
        return Outcome.coded(State.HELD, "waits-for-earlier")
    return None


def _envelope(letter: Letter, device: Device, at: datetime, by: By) -> Envelope:
    kind = kind_of(letter.kind)
    is_sealed = kind is not None and kind.is_sealed
    written = letter.written.at
    return Envelope(
        id=letter.id,
        kind=letter.kind,
        device=device,
        seq=letter.seq,
        fingerprint=letter.fingerprint,
        body=None if is_sealed else letter.body,
        body_sealed=sealed(letter.body, place_of(letter.id)) if is_sealed else None,
        device_at=written,
        mono_ms=letter.written.mono_ms,
        boot=letter.written.boot,
        received_at=by.at,
        corrected_at=at,
        skew_s=(written - at).total_seconds() if written else 0,
        officer_id=letter.officer_id or by.id,
        sender_id=by.id,
        area_key=_area_of(kind, letter.body, by),
    )


def _area_of(kind: EnvelopeKind | None, body: Mapping[str, Any], by: By) -> int:
    """Return the area that the body is about; where the sender works, if it does not say."""
    told = kind.place(body) if kind else 0
    return told or next((low for low, _high in by.reach.spans), 0)


def _waited_for(ids: Collection[str]) -> list[str]:
    """Return the envelopes that have come and that some of these wait for."""
    held = Envelope.objects.held().filter(pk__in=ids).exclude(held_for="")
    there = Envelope.objects.filter(pk__in=held.values("held_for")).exclude(state=State.HELD)
    return list(there.values_list("pk", flat=True).order_by("pk"))


# --- answers ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Came:
    """Where a letter came from, and when it was really written."""

    device: Device
    at: datetime


def _again(known: Envelope, letter: Letter, came: _Came, by: By) -> Answer:
    """Answer for an id that is stored: as before, or that this is not what came before."""
    if known.fingerprint == letter.fingerprint:
        is_final = known.state in {State.ACCEPTED, State.REFUSED}
        return _told(known, KNOWN if is_final else known.state)
    _keep_conflict(known, letter, came, by)
    return Answer(
        id=letter.id, state=CONFLICT, was=known.state, code=CONFLICT, words=str(WORDS[CONFLICT])
    )


@transaction.atomic
def _keep_conflict(known: Envelope, letter: Letter, came: _Came, by: By) -> None:
    is_sealed = known.body_sealed is not None
    place = conflict_place(known.pk, letter.fingerprint)
    second = Conflict(
        device=came.device,
        body=None if is_sealed else letter.body,
        body_sealed=sealed(letter.body, place) if is_sealed else None,
    )
    public = letter.signed.public if letter.signed else ""
    proven(
        second,
        letter,
        holders_of(came.device, public),
        signed_place(f"{known.pk}:{letter.fingerprint}"),
    )
    kept, is_new = Conflict.objects.get_or_create(
        envelope=known,
        fingerprint=letter.fingerprint,
        defaults={
            "device": came.device,
            "officer_id": letter.officer_id or by.id,
            "device_at": letter.written.at,
            "corrected_at": came.at,
            "area_key": _area_of(kind_of(letter.kind), letter.body, by),
            "body": second.body,
            "body_sealed": second.body_sealed,
            "sender_id": by.id,
            "received_at": by.at,
            "proof": second.proof,
            "signed_sealed": second.signed_sealed,
            "signature": second.signature,
            "public_key": second.public_key,
        },
    )
    if is_new:
        details = {"kind": known.kind, "conflict": kept.pk}
        record(events.CONFLICT_KEPT, about=known, by=by, area=known.area_key, details=details)


def _told(envelope: Envelope, state: str) -> Answer:
    return Answer(
        id=envelope.pk,
        state=state,
        was=envelope.state,
        code=envelope.code,
        words=envelope.words,
        result=envelope.result,
    )


def _bad_id(letter: Letter) -> Answer:
    code = "bad-id"
    return Answer(id=letter.id, state=State.REFUSED, code=code, words=str(WORDS[code]))


# --- the device -------------------------------------------------------------------------------


def _seen(parcel: Parcel, by: By) -> Device:
    """Return the device, noted as seen now, or not long ago."""
    known = Device.objects.filter(pk=parcel.device_id).first()
    label = parcel.device_label or (known.label if known else parcel.device_id[-4:])
    if known and _is_as_told(known, label, by):
        return known
    told = {"label": label, "officer_id": by.id, "last_seen_at": by.at}
    device, _is_new = Device.objects.update_or_create(
        pk=parcel.device_id, defaults=told, create_defaults={**told, "first_seen_at": by.at}
    )
    return device


def _must_wipe(device: Device, parcel: Parcel, by: By) -> bool:
    """Return whether the phone must destroy what it carries; note it when it says that it did."""
    if device.must_wipe and parcel.is_wiped and device.wiped_at is None:
        area = next((low for low, _high in by.reach.spans), 0)
        note_wiped(device_id=device.pk, area_key=area, by=by)
    return device.must_wipe


def _is_as_told(known: Device, label: str, by: By) -> bool:
    is_same = (known.label, known.officer_id) == (label, by.id)
    return is_same and by.at - known.last_seen_at < SEEN_AGAIN


def _times(parcel: Parcel, received_at: datetime) -> Sequence[datetime]:
    """Return when each letter was written, in the order in which they were sent."""
    letters = parcel.letters
    in_order = sorted(range(len(letters)), key=lambda place: letters[place].seq)
    moments = [corrected(letters[place].written, parcel.sent, received_at) for place in in_order]
    fitting = dict(zip(in_order, in_order_of(moments), strict=True))
    return [fitting[place] for place in range(len(letters))]
