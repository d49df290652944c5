"""The door of the phones: one address to which everything is sent.

Whoever may send anything at all is let in; each kind of record asks for its own permission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import OperationalError
from django.http import HttpResponseBase, JsonResponse
from django.urls import path

from jembol.accounts.models import Officer
from jembol.field.area import carry_version
from jembol.field.reading import LARGEST_BYTES, REFUSALS, NoParcel, read_parcel
from jembol.sync import actions
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.refusing import refuse_json

if TYPE_CHECKING:
    from collections.abc import Collection

    from jembol.sync.parcels import Answer, Parcel, Receipt


@writes("training.attend", "outreach.visit", door="field", is_json=True)
def parcel_create(request: OfficerRequest) -> HttpResponseBase:
    """Receive what a phone has written."""
    try:
        receipt = _received(request)
    except NoParcel as refusal:
        status, words = REFUSALS[refusal.code]
        return refuse_json(status, refusal.code, str(words))
    return JsonResponse({**_told(receipt), "carry": carry_version(request)})


def _received(request: OfficerRequest) -> Receipt:
    """Receive the parcel of a request.

    Raises:
        NoParcel: it holds none, or the database has no time now.
    """
    if request.method != "POST":
        raise NoParcel("wrong-method")
    if _announced_bytes(request) > LARGEST_BYTES:
        raise NoParcel("too-large")
    parcel = read_parcel(request.body)
    try:
        return actions.receive(parcel=parcel, by=request.by, inactive=_inactive(parcel, request))
    except OperationalError:
        raise NoParcel("busy") from None


def _announced_bytes(request: OfficerRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def _inactive(parcel: Parcel, request: OfficerRequest) -> Collection[int]:
    """Return those officers who wrote letters of this parcel and are not active any more."""
    writers = {one.officer_id for one in parcel.letters if one.officer_id} - {request.officer.pk}
    if not writers:
        return ()
    active = Officer.objects.filter(pk__in=writers, is_active=True)
    return writers - set(active.values_list("pk", flat=True))


def _told(receipt: Receipt) -> dict[str, Any]:
    return {
        "received_at": receipt.received_at.isoformat(),
        "skew_s": round(receipt.skew.total_seconds(), 3),
        "skew_flagged": receipt.is_flagged,
        "wipe": receipt.must_wipe,
        "results": [_answer(one) for one in receipt.answers],
    }


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state,
        "was": one.was or one.state,
        "code": one.code,
        "words": one.words,
        "result": dict(one.result),
    }


paths = [path("sinkron/", parcel_create, name="parcel_create")]
