"""What an officer carries: the people, enterprises and promises of their areas, as one file."""

from __future__ import annotations

import functools
import gzip
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.field import worker
from jembol.field.wiping import refused_to_wiped
from jembol.journal.canonical import canonical
from jembol.journal.record import Entry
from jembol.outreach import events
from jembol.outreach.queries import forms_for
from jembol.outreach.queries.carrying import CarriedArea, carried_area, state_of, was_told_today
from jembol.outreach.queries.routes import route_of
from jembol.ui.guards import OfficerRequest, reads

if TYPE_CHECKING:
    from datetime import date, datetime

    from jembol.kit.reach import Reach

MAY: Final = "outreach.visit"
MODEL: Final = "linkage-model.json"
KNOWN_SECONDS: Final = 60
FORMAT: Final = 1
"""Raised when the file says the same things in another way."""


@reads(MAY, door="field", is_json=True)
def area_file(request: OfficerRequest) -> HttpResponseBase:
    """Give the officer's areas as a phone carries them; nothing when nothing has changed."""
    if refused := refused_to_wiped(request):
        return refused
    today = timezone.localdate(request.by.at)
    version = _version(request.officer.pk, request.reach, today)
    cache.set(_cache_key(request.officer.pk, request.reach, today), version, KNOWN_SECONDS)
    tag = f'"{version}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        answer = HttpResponseNotModified()
    else:
        told = _told(request, carried_area(request.reach, today, settings.CARRY_PEOPLE))
        answer = _packed(request, {"version": version, **told})
        _note_reading(request, len(told["people"]))
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def carry_version(request: OfficerRequest) -> str:
    """Return the version of the file that this officer would get; empty for who carries none.

    It counts a whole city, and a phone that empties its queue asks many times: for a while the
    answer that was found last is given again. Whoever fetches the file renews it.
    """
    today, officer = timezone.localdate(request.by.at), request.officer
    reach = officer.reach(MAY, today)
    if not reach:
        return ""
    key = _cache_key(officer.pk, reach, today)
    return str(cache.get_or_set(key, lambda: _version(officer.pk, reach, today), KNOWN_SECONDS))


def _packed(request: OfficerRequest, told: dict[str, Any]) -> HttpResponse:
    """Return the file, compressed for whoever reads that: a village's line is slow.

    It repeats nothing that a request said, so its length tells a listener nothing (BREACH, 2013).
    """
    answer = JsonResponse(
        told,
        encoder=DjangoJSONEncoder,
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )
    answer.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content = gzip.compress(answer.content, 6)
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _version(officer_id: int, reach: Reach, today: date) -> str:
    told = [FORMAT, officer_id, settings.CARRY_PEOPLE, state_of(reach, today)]
    told += [forms_for(reach), _route(officer_id, today), _model_digest()]
    return hashlib.sha256(canonical(told).encode()).hexdigest()[:32]


def _cache_key(officer_id: int, reach: Reach, today: date) -> str:
    spans = [list(span) for span in reach.spans]
    told = canonical([FORMAT, officer_id, settings.CARRY_PEOPLE, spans, today.isoformat()])
    return f"carry:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _told(request: OfficerRequest, area: CarriedArea) -> dict[str, Any]:
    now, officer = request.by.at, request.officer
    open_promises: dict[int, list[int]] = {}
    for promise in area.promises:
        if promise.visit.person_id:
            open_promises.setdefault(promise.visit.person_id, []).append(promise.pk)
    return {
        "server_now": now.isoformat(),
        "expires_at": (now + timedelta(days=settings.CARRY_DAYS)).isoformat(),
        "officer": {"id": officer.pk, "name": officer.name},
        # Keys of areas are texts: those of Papua are larger than a number of JavaScript holds.
        "areas": [
            [str(one.key), one.name, one.level, str(one.parent_id or ""), one.lat, one.lon]
            for one in area.areas
        ],
        "people": [
            _person(row, area.last_visits.get(row[0]), open_promises.get(row[0], []))
            for row in area.people
        ],
        "left_out": area.left_out,
        "enterprises": [
            [
                one.pk,
                one.public_id,
                one.name,
                one.product,
                str(one.area_id),
                area.owners.get(one.pk, []),
                one.version,
                one.status,
            ]
            for one in area.enterprises
        ],
        "promises": [
            [
                one.pk,
                one.visit.person_id or 0,
                one.visit.enterprise_id or 0,
                one.words,
                one.due_on,
                one.officer.name,
            ]
            for one in area.promises
        ],
        "consent_texts": [
            {"id": one.pk, "purpose": one.purpose, "text": one.body, "language": one.language}
            for one in area.consent_texts
        ],
        "classes": [
            {"public_id": one.public_id, "title": one.title, "starts_on": one.starts_on}
            for one in area.classes
        ],
        "forms": forms_for(request.reach),
        "route": _route(officer.pk, timezone.localdate(now)),
        "markets": [],
        "tools": [],
        "linkage": _linkage(),
    }


def _person(row: tuple[Any, ...], last: datetime | None, promises: list[int]) -> list[Any]:
    key, public_id, name, area, phone, sex, born_on, address, version, household, nik = row
    last_on = timezone.localdate(last).isoformat() if last else ""
    born = born_on.isoformat() if born_on else ""
    return [
        key, public_id, name, str(area), phone, sex, born, address, version, household or 0, nik,
        last_on, promises,
    ]  # fmt: skip


def _route(officer_id: int, on: date) -> dict[str, Any] | None:
    """Return the officer's way of this day."""
    return route_of(Officer.objects.get(pk=officer_id), on)


def _linkage() -> dict[str, str] | None:
    """Return where the model of the duplicate check lies, and its digest."""
    digest = _model_digest()
    return {"model": static(f"field/{MODEL}"), "digest": digest} if digest else None


@functools.cache
def _model_digest() -> str:
    """Return the digest of the model, empty where there is none."""
    file = worker.FOLDER / MODEL
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _note_reading(request: OfficerRequest, people: int) -> None:
    """Let the journal know once a day that personal data went onto a phone."""
    midnight = timezone.localtime(request.by.at).replace(hour=0, minute=0, second=0, microsecond=0)
    if was_told_today(request.officer.pk, midnight):
        return
    area = next(low for low, _high in request.reach.spans)
    about = ("accounts.officer", request.officer.pk)
    request.readings.append(
        Entry(
            event=events.AREA_CARRIED,
            about=about,
            by=request.by,
            area=area,
            details={"people": people, "device": request.headers.get("X-Device", "")[:26]},
        )
    )


paths = [path("wilayah/bawaan.json", area_file, name="area_file")]
