"""The page of a ticket, and the keys by which anybody may prove a code."""

from __future__ import annotations

import base64

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.cards.queries import public_keys
from jembol.training.queries.tickets import shown_ticket
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show

FAULTS = {
    "withdrawn": gettext_lazy("The seat was given back, so this ticket is void."),
    "class-cancelled": gettext_lazy("The class was cancelled, so this ticket is void."),
    "not-yet-valid": gettext_lazy("This ticket is not valid yet."),
    "expired": gettext_lazy("The class is over."),
}


@open_to_all
def ticket(request: CitizenRequest, code: str) -> HttpResponse:
    """Show a ticket to whoever holds its signed code; it cannot be guessed."""
    shown = shown_ticket(code, timezone.localdate(request.by.at))
    if shown is None:
        raise Http404
    each = shown.registration.training_class
    context = {
        "title": _("Your ticket"),
        "ticket": shown,
        "each": each,
        "fault": FAULTS.get(shown.fault, ""),
        "sessions": each.sessions.order_by("number"),
    }
    response = show(request, "public/ticket.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    # The address is the ticket: no other site learns it.
    response["Referrer-Policy"] = "same-origin"
    return response


@open_to_all
def keys(request: CitizenRequest) -> HttpResponse:
    """Publish the keys that prove our codes."""
    told = [
        {
            "id": name,
            "kty": "OKP",
            "crv": "Ed25519",
            "public": base64.urlsafe_b64encode(key.public).rstrip(b"=").decode(),
            "from": key.valid_from.isoformat(),
            "until": key.valid_until.isoformat(),
        }
        for name, key in public_keys(timezone.localdate(request.by.at)).items()
    ]
    return JsonResponse({"keys": told})


paths = [
    path("tiket/<str:code>/", ticket, name="ticket"),
    path("kunci.json", keys, name="keys"),
]
