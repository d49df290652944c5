"""Calendars for other programs: secret feeds, and the days of a class that is shown to citizens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from jembol.calendars.ics import calendar, etag_of
from jembol.calendars.tokens import feed_behind
from jembol.calendars.ways import ways_into_calendars
from jembol.public.classes import open_class
from jembol.training.queries import occasions_of_class, planned_for
from jembol.ui.guards import CitizenRequest, open_to_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

ICS: Final = "text/calendar; charset=utf-8"
KEPT: Final = timedelta(days=400)
"""How far back a feed goes, so that it does not grow for ever."""


def page_of(public_id: str) -> str:
    """Return the whole address of the public page of a class."""
    return settings.PUBLIC_ADDRESS + reverse("public:class_detail", args=[public_id])


def feed_links(token: str) -> Mapping[str, str]:
    """Return the address of a feed, and the ways to put it into a calendar."""
    address = settings.PUBLIC_ADDRESS + reverse("public:feed", args=[token])
    return ways_into_calendars(address)


@open_to_all
def feed(request: CitizenRequest, token: str) -> HttpResponseBase:
    """Answer with the calendar at a secret address; an address that was replaced leads nowhere."""
    found = feed_behind(token)
    since = timezone.localdate() - KEPT
    planned = None if found is None else planned_for(found, since=since, page_of=page_of)
    if planned is None:
        raise Http404
    content = calendar(planned.occasions, name=planned.name)
    return _answered(request, content, planned.changed_at.timestamp())


@open_to_all
def class_calendar(request: CitizenRequest, public_id: str) -> HttpResponseBase:
    """Answer with the days of a class as a file, which a phone puts into its own calendar."""
    each = open_class(public_id)
    content = calendar(occasions_of_class(each, page_of=page_of), name=each.title)
    response = HttpResponse(content, content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="jadwal-{each.public_id}.ics"'
    return response


def _answered(request: HttpRequest, content: bytes, changed: float) -> HttpResponseBase:
    """Answer with a calendar, or with 304 when the reader has it already."""
    etag = etag_of(content)
    response = HttpResponse(content, content_type=ICS)
    told = {
        "ETag": etag,
        "Last-Modified": http_date(changed),
        # A secret address must not be kept by what stands between, nor be found by a search engine.
        "Cache-Control": "private, max-age=300",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    for name, value in told.items():
        response[name] = value
    answer = get_conditional_response(
        request, etag=etag, last_modified=int(changed), response=response
    )
    return answer or response


paths = [
    path("kalender/<str:token>.ics", feed, name="feed"),
    path("kelas/<slug:public_id>/jadwal.ics", class_calendar, name="class_calendar"),
]
