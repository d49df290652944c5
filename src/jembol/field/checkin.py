"""Pages of the phone: the classes around today, the door of one class, the guide, the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.field import plain_form, worker
from jembol.field.outreach_words import OUTREACH_WORDS
from jembol.field.words import STRIP_WORDS, WORDS
from jembol.training.models import Class, Session
from jembol.training.queries.door import zone_of
from jembol.ui.guards import ANY_OFFICER, OfficerRequest, open_to_all, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.http import HttpRequest

AROUND: Final = timedelta(days=7)
"""Classes that end not longer ago, or begin not later, are offered on the phone."""


@reads("training.attend")
def start(request: OfficerRequest) -> HttpResponse:
    """Show the classes around today, those of today first."""
    today = timezone.localdate(request.by.at)
    rows = (
        Class.objects.within(request.reach)
        .standing()
        .filter(starts_on__lte=today + AROUND, ends_on__gte=today - AROUND)
        .select_related("area")
        .order_by("starts_on", "pk")
    )
    held = set(
        Session.objects.filter(training_class__in=rows.values("pk"), on=today).values_list(
            "training_class_id", flat=True
        )
    )
    classes = sorted(rows, key=lambda one: (one.pk not in held, abs(one.starts_on - today)))
    goes_out = bool(request.officer.reach("outreach.visit", today))
    context = {
        "title": _("My day") if goes_out else _("At the door"),
        "classes": [(one, one.pk in held) for one in classes],
        "goes_out": goes_out,
        "zone": settings.TIME_ZONE,
        "words": STRIP_WORDS | OUTREACH_WORDS if goes_out else STRIP_WORDS,
    }
    return show(request, "field/start.html", context)


@writes("training.attend", door="field")
def checkin_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Check people in at the door; a form that notes one scan where scripts do not run."""
    within = Class.objects.within(request.reach).select_related("cancellation")
    each = get_object_or_404(within, public_id=public_id)
    what = request.GET.get("what", "").strip()
    if request.method == "POST":
        what = request.POST.get("what", "").strip()
        scan = plain_form.scan_of(request.POST, each.public_id)
        if scan:
            tone, words = plain_form.told(plain_form.sent(request, scan))
            messages.add_message(request, tone, words)
            return redirect("field:checkin_create", public_id=public_id)
    context = {
        "title": each.title,
        "each": each,
        "sessions": each.sessions.order_by("number"),
        "zone": zone_of(each).key,
        "what": what,
        # Names stand only on a page that answers a question: phones keep the bare page.
        "found": plain_form.seats_named(each, what, request.reach) if what else [],
        "words": WORDS,
        "back": {"link": reverse("field:start"), "title": _("At the door")},
    }
    return show(request, "field/checkin_create.html", context)


@reads(ANY_OFFICER)
def guide(request: OfficerRequest) -> HttpResponse:
    """Show what people at the door need to know, on one page to print."""
    back = {"link": reverse("field:start"), "title": _("At the door")}
    return show(request, "field/guide.html", {"title": _("Guide for the door"), "back": back})


@open_to_all
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the worker; its address bounds it to /lapangan/, and each visit asks for a new one."""
    del request
    answer = HttpResponse(worker.text(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


paths = [
    path("", start, name="start"),
    path("absensi/<slug:public_id>/", checkin_create, name="checkin_create"),
    path("panduan/", guide, name="guide"),
    path("sw.js", service_worker, name="worker"),
]
