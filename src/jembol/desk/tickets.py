"""Tickets of a class: issued for everybody at once, printed on one sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.cards.signing import signer_on
from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import may
from jembol.desk.reasons import Question, answered
from jembol.training import actions
from jembol.training.models import Registration
from jembol.training.queries.tickets import printed_tickets
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show


@reads("training.attend")
def ticket_sheet(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the tickets of a class for printing; people outside the areas are not named."""
    each = class_within(request, public_id)
    signer = signer_on(timezone.localdate(request.by.at))
    standing = Registration.objects.standing().filter(training_class=each)
    link, name = back_to(each)
    context = {
        "title": _("Tickets"),
        "each": each,
        "tickets": list(printed_tickets(each, request.reach, signer)) if signer else [],
        "missing": standing.filter(ticket__isnull=True).count(),
        "may_change": may(request, "training.change", at=each.area_id),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/ticket_sheet.html", context)


@writes("training.change")
def ticket_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Give everybody who has a seat a ticket."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Issue tickets"),
        lead=each.title,
        submit=_("Issue tickets for all seats"),
        done=_("Every seat has a ticket. Print them, or send the link."),
        back=back_to(each),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.issue_tickets(training_class=each, by=request.by)
    )


paths = [
    path("kelas/<slug:public_id>/tiket/", ticket_sheet, name="ticket_sheet"),
    path("kelas/<slug:public_id>/tiket/terbit/", ticket_create, name="ticket_create"),
]
