"""What was written about a class: opened in WhatsApp one by one, and what became of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.classes import back_to, class_within
from jembol.desk.invitations import people_reach
from jembol.desk.reasons import ReasonForm
from jembol.outbox.choices import MessageState
from jembol.training import actions, queries
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jembol.training.models import Class, Invitation, Notice
    from jembol.training.queries import LetterRow

TONES: Final[Mapping[str, str]] = {
    MessageState.WAITING: "info",
    MessageState.SENT: "good",
    MessageState.OPENED: "good",
    MessageState.FAILED: "bad",
    MessageState.STOPPED: "plain",
}
# A form that our page sends may be led on to WhatsApp, and nowhere else.
WHATSAPP: Final = {"form-action": ["https://wa.me", "https://api.whatsapp.com"]}


@csp_update(WHATSAPP)  # type: ignore[arg-type] # ours take more than a request
@reads("training.change")
def letter_list(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the messages of a class; those that are opened by hand have a big button."""
    each = class_within(request, public_id)
    rows = queries.letters_of(each, people_reach(request), at=timezone.now())
    link, name = back_to(each)
    context = {
        "title": _("Messages of this class"),
        "each": each,
        "rows": [(row, named(row.person.area), _state(row)) for row in rows],
        "counts": _counts(rows),
        "registered": sum(row.has_seat for row in rows if row.is_invitation),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/letter_list.html", context)


@csp_update(WHATSAPP)  # type: ignore[arg-type] # ours take more than a request
@writes("training.change")
def letter_opening_create(
    request: OfficerRequest, public_id: str, kind: str, letter_id: int
) -> HttpResponse:
    """Note that a message is opened, and lead to WhatsApp with its text filled in."""
    each = class_within(request, public_id)
    letter = _letter(each, kind, letter_id)
    if letter is None or not people_reach(request).covers(letter.person.area_id):
        raise Http404
    form = ReasonForm(sent(request), asks=False)
    if form.is_valid():
        with refusals_into(form):
            return redirect(actions.open_letter(letter=letter, by=request.by))
    context = {
        "title": _("Open WhatsApp"),
        "lead": letter.person.name,
        "form": form,
        "submit": _("Open WhatsApp"),
        "back": {
            "link": reverse("desk:letter_list", args=[public_id]),
            "title": _("Messages of this class"),
        },
    }
    return show(request, "ui/form.html", context)


def _letter(each: Class, kind: str, letter_id: int) -> Invitation | Notice | None:
    related = ("person", "training_class")
    if kind == "undangan":
        return each.invitations.select_related(*related).filter(pk=letter_id).first()
    return each.notices.select_related(*related).filter(pk=letter_id).first()


def _state(row: LetterRow) -> tuple[str, str]:
    message = row.message
    return str(message.get_state_display()), TONES[message.state]


def _counts(rows: Sequence[LetterRow]) -> list[tuple[str, int]]:
    """Return how many messages are in each state, in the order of their life."""
    counted = Counter(row.message.state for row in rows)
    order = ("waiting", "opened", "sent", "failed", "stopped")
    labels = dict(MessageState.choices)
    return [(str(labels[state]), counted[state]) for state in order if counted[state]]


paths = [
    path("kelas/<slug:public_id>/pesan/", letter_list, name="letter_list"),
    path(
        "kelas/<slug:public_id>/pesan/<slug:kind>/<int:letter_id>/buka/",
        letter_opening_create,
        name="letter_opening_create",
    ),
]
