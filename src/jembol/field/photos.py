"""Photos arrive here piece by piece, after their record was sent through the door."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponseBase, JsonResponse
from django.urls import path

from jembol.field.reading import REFUSALS
from jembol.kit.refusal import Refusal
from jembol.outreach.actions import Received, received, take_piece
from jembol.outreach.models import Photo
from jembol.sync.models import Envelope
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.refusing import refuse_json

LARGEST_PIECE: Final = 64 * 1024


@writes("outreach.visit", door="field", is_json=True, methods=("GET", "HEAD", "PUT"))
def photo_piece(request: OfficerRequest, key: str) -> HttpResponseBase:
    """Keep a piece of a photo (PUT), or tell how much of it is here (GET)."""
    photo = Photo.objects.filter(key=key).first()
    if photo is None or not _is_theirs(photo, request):
        return _refused("no-such-photo")
    if request.method != "PUT":
        return JsonResponse(_told(received(photo)))
    return _taken(request, photo)


def _is_theirs(photo: Photo, request: OfficerRequest) -> bool:
    """Whether the officer took it, or sent its record for who took it; for others it is not."""
    if photo.officer_id == request.officer.pk:
        return True
    return Envelope.objects.filter(pk=photo.key, sender_id=request.officer.pk).exists()


def _taken(request: OfficerRequest, photo: Photo) -> HttpResponseBase:
    piece, offset = request.body, _offset(request)
    if len(piece) > LARGEST_PIECE:
        return _refused("too-large")
    # An empty piece behind the last one finishes a photo whose end was cut off by a crash.
    if offset is None or (not piece and offset != photo.size):
        return _refused("wrong-offset", have=received(photo).have)
    try:
        kept = take_piece(photo=photo, offset=offset, piece=piece, by=request.by)
    except Refusal as refusal:
        return _refused(refusal.code, have=refusal.params.get("have", 0))
    return JsonResponse(_told(kept))


def _told(photo: Received) -> dict[str, object]:
    return {"have": photo.have, "whole": photo.is_whole}


def _offset(request: OfficerRequest) -> int | None:
    told = request.headers.get("X-From", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 12 else None


def _refused(code: str, **more: object) -> HttpResponseBase:
    status, words = REFUSALS[code]
    if not more:
        return refuse_json(status, code, str(words))
    return JsonResponse({"code": code, "words": str(words), **more}, status=status)


paths = [path("foto/<slug:key>/", photo_piece, name="photo_piece")]
