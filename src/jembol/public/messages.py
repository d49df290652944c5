"""The page behind the link in a message: what it is about, no more of them, and one's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.calendars import actions as calendars
from jembol.calendars.choices import Subject
from jembol.calendars.models import Feed
from jembol.calendars.tokens import token_of
from jembol.outbox.links import message_behind
from jembol.outbox.models import Message, OptOut
from jembol.public.feeds import feed_links
from jembol.registry import actions as registry
from jembol.registry.models import Person
from jembol.training.models import Class
from jembol.training.queries import class_of_message
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@open_to_all
def message_detail(request: CitizenRequest, token: str) -> HttpResponse:
    """Show what a message was about, and do what its reader asks.

    The page names nobody: a message may be passed on. What can be done here is harmless for that
    reason too, and can be taken back here.
    """
    found = message_behind(token)
    if found is None:
        raise Http404
    act = _ACTS.get(request.POST.get("aksi", ""))
    if request.method == "POST" and act is not None:
        messages.success(request, act(found, request))
        return redirect("public:message_detail", token=token)
    return _private(show(request, "public/message_detail.html", _context(found, token)))


def _context(found: Message, token: str) -> Mapping[str, object]:
    each = class_of_message(found)
    feed = _feed(found)
    return {
        "title": each.title if each is not None else _("About this message"),
        "each": each,
        "sessions": each.sessions.standing().order_by("on") if each is not None else (),
        "sign_up": _sign_up(each),
        "why_cancelled": _why_cancelled(each),
        "token": token,
        "has_stopped": OptOut.objects.filter(recipient_digest=found.recipient_digest).exists(),
        "has_person": found.person_id is not None,
        "feed": feed_links(token_of(feed)) if feed is not None else None,
    }


def _sign_up(each: Class | None) -> str:
    """Return where one signs up, while that is possible."""
    if each is None or each.starts_on < timezone.localdate():
        return ""
    is_shown = Class.objects.published().filter(pk=each.pk).exists()
    return reverse("public:class_detail", args=[each.public_id]) if is_shown else ""


def _why_cancelled(each: Class | None) -> str:
    return each.cancellation.why if each is not None and hasattr(each, "cancellation") else ""


def _feed(found: Message) -> Feed | None:
    return Feed.objects.filter(subject=Subject.PERSON, subject_key=found.person_id or 0).first()


def _stop(found: Message, request: CitizenRequest) -> str:
    registry.stop_messages_by_link(message=found, by=request.by)
    return _("We will send no more messages to this number.")


def _resume(found: Message, request: CitizenRequest) -> str:
    registry.resume_messages_by_link(message=found, by=request.by)
    return _("You will get messages again.")


def _open_feed(found: Message, request: CitizenRequest) -> str:
    person = Person.objects.filter(pk=found.person_id or 0).first()
    if person is None:
        raise Http404
    calendars.open_feed(
        subject=Subject.PERSON,
        key=person.pk,
        area_key=person.area_id,
        by=request.by,
        person_id=person.pk,
    )
    return _("Your calendar address is ready.")


def _replace_feed(found: Message, request: CitizenRequest) -> str:
    feed = _feed(found)
    if feed is None:
        raise Http404
    calendars.replace_feed(feed=feed, by=request.by, person_id=found.person_id)
    return _("Your calendar has a new address. The old one leads nowhere.")


_ACTS: Mapping[str, Callable[[Message, CitizenRequest], str]] = {
    "berhenti": _stop,
    "lanjut": _resume,
    "kalender": _open_feed,
    "ganti": _replace_feed,
}


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page with a secret in its address out of caches, search engines and referrers."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


paths = [path("pesan/<slug:token>/", message_detail, name="message_detail")]
