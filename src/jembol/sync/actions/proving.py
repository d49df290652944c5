"""Who signed a record: keys taken at first sight, verdicts, and checking again years later."""

import json
from collections.abc import Collection

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.canonical import canonical
from jembol.journal.record import record
from jembol.kit.device_signature import is_public_key, is_signed_by
from jembol.kit.seal import SealBroken
from jembol.sync import events
from jembol.sync.actions.storing import body_of, signed_place
from jembol.sync.choices import Proof
from jembol.sync.models import Conflict, Device, DeviceKey, Envelope
from jembol.sync.parcels import Letter, Parcel
from jembol.vault.sealing import open_sealed, seal


def take_key(parcel: Parcel, device: Device, by: By) -> None:
    """Note the key of a phone at first sight, when the officer whose key it is brings it."""
    if by.id is None or parcel.key_of != by.id or not is_public_key(parcel.public):
        return
    theirs = DeviceKey.objects.filter(device=device, officer_id=by.id)
    if not theirs.filter(public=parcel.public).exists():
        _note_key(parcel.public, device, by.id, by)


@transaction.atomic
def _note_key(public: str, device: Device, officer_id: int, by: By) -> None:
    has_others = DeviceKey.objects.filter(device=device, officer_id=officer_id).exists()
    key, is_new = DeviceKey.objects.get_or_create(
        device=device, officer_id=officer_id, public=public, defaults={"first_seen_at": by.at}
    )
    if is_new:
        event = events.KEY_ADDED if has_others else events.KEY_TAKEN
        area = next((low for low, _high in by.reach.spans), 0)
        details = {"officer": officer_id, "key": key.pk, "label": device.label}
        record(event, about=device, by=by, area=area, details=details)


def holders_of(device: Device, public: str) -> Collection[int]:
    """Return the officers for whom this device signs with this key."""
    if not public:
        return frozenset()
    rows = DeviceKey.objects.filter(device=device, public=public)
    return frozenset(rows.values_list("officer_id", flat=True))


def proven(row: Envelope | Conflict, letter: Letter, holders: Collection[int], place: str) -> None:
    """Put onto a row what a phone signed, and what that proves."""
    signed = letter.signed
    if signed is None:
        return
    row.signed_sealed = seal(signed.text, place)
    row.signature, row.public_key = signed.signature, signed.public
    is_theirs = signed.is_read and letter.officer_id in holders
    holds = is_theirs and is_signed_by(signed.public, signed.text, signed.signature)
    row.proof = Proof.GOOD if holds else Proof.BAD


def signature_holds(envelope: Envelope) -> bool:
    """Whether the envelope, as it is stored, is what its officer's phone signed.

    For an auditor: it needs nothing but the stored rows, and believes no verdict of the past.
    """
    if envelope.signed_sealed is None:
        return False
    holders = holders_of(envelope.device, envelope.public_key)
    try:
        text = open_sealed(envelope.signed_sealed, signed_place(envelope.pk))
        is_same = _says_the_same(json.loads(text), envelope)
    except (SealBroken, ValueError):
        return False
    is_theirs = is_same and envelope.officer_id in holders
    return is_theirs and is_signed_by(envelope.public_key, text, envelope.signature)


def _says_the_same(said: object, envelope: Envelope) -> bool:
    """Whether a signed text says what the envelope's columns say."""
    if not isinstance(said, dict):
        return False
    columns = (envelope.pk, envelope.kind, envelope.seq, envelope.officer_id)
    told = tuple(said.get(name) for name in ("id", "kind", "seq", "officer"))
    return told == columns and canonical(said.get("body")) == canonical(body_of(envelope))
