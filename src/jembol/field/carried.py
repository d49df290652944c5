"""What a door carries: a class with its people, keys and revocations, as one file."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.field.wiping import refused_to_wiped
from jembol.journal.canonical import canonical
from jembol.places.choices import Level
from jembol.training.models import Class
from jembol.training.queries.carrying import Carried, CarriedSeat, carried
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.refusing import refuse_json

if TYPE_CHECKING:
    from datetime import time

    from jembol.places.models import Area


@reads("training.attend", door="field", is_json=True)
def carried_file(request: OfficerRequest, public_id: str) -> HttpResponseBase:
    """Give a class as its door needs it; nothing when it has not changed."""
    if refused := refused_to_wiped(request):
        return refused
    within = Class.objects.within(request.reach).select_related("area", "door_hours")
    each = within.filter(public_id=public_id).first()
    if each is None:
        return refuse_json(404, "no-such-class", _("There is no such class in your areas."))
    told = _told(carried(each, request.reach, timezone.localdate(request.by.at)))
    told["officer"] = {"id": request.officer.pk, "name": request.officer.name}
    version = f'"{hashlib.sha256(canonical(told).encode()).hexdigest()[:32]}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        answer = HttpResponseNotModified()
    else:
        told |= {"version": version, "server_now": request.by.at.isoformat()}
        answer = JsonResponse(told, encoder=DjangoJSONEncoder)
    answer.headers["ETag"] = version
    # The browser asks each time; only the check-in page itself keeps the file.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _told(carried_class: Carried) -> dict[str, Any]:
    each = carried_class.training_class
    return {
        "class": {"public_id": each.public_id, "title": each.title, "area": each.area.name},
        "sessions": [
            {
                "number": day.number,
                "on": day.on.isoformat(),
                "starts_at": _hour(day.starts_at),
                "ends_at": _hour(day.ends_at),
                "cancelled": day.is_cancelled,
            }
            for day in carried_class.days
        ],
        "tolerance": {"early_min": carried_class.early_min, "late_min": carried_class.late_min},
        "people": [_person(seat) for seat in carried_class.seats],
        "keys": [
            {
                "id": name,
                "public": base64.urlsafe_b64encode(key.public).rstrip(b"=").decode(),
                "from": key.valid_from.isoformat(),
                "until": key.valid_until.isoformat(),
            }
            for name, key in carried_class.keys.items()
        ],
        "revoked": carried_class.revoked,
    }


def _person(seat: CarriedSeat) -> dict[str, Any]:
    return {
        "registration": seat.registration,
        "name": seat.name,
        "lives": _named(seat.lives) if seat.lives else "",
        "serial": seat.serial,
        "card": seat.card or None,
        "withdrawn": seat.is_withdrawn,
        "came": list(seat.came),
    }


def _hour(value: time | None) -> str | None:
    return value.strftime("%H:%M") if value else None


def _named(area: Area) -> str:
    """Return an area as people say it: kelurahan, then RW and RT."""
    if area.level == Level.RT and area.parent and area.parent.parent:
        return f"{area.parent.parent.name} {area.parent.name} {area.name}"
    if area.level == Level.RW and area.parent:
        return f"{area.parent.name} {area.name}"
    return area.name


paths = [path("absensi/<slug:public_id>/bawaan.json", carried_file, name="carried_file")]
