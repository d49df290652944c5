"""The citizen card of one person: printed, revoked, issued anew."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.cards import actions
from jembol.cards.models import Card
from jembol.cards.queries import card_of
from jembol.cards.rules import card_until
from jembol.cards.signing import signer_on
from jembol.desk.people import person_within
from jembol.desk.reasons import Question, answered
from jembol.kit.ids import PublicId
from jembol.kit.signed_code import Kind
from jembol.registry.models import Person
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show


@reads("registry.change")
def card_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show a person's card for printing."""
    person = person_within(request, public_id)
    card = card_of(person)
    link, name = _back_to(person)
    context = {
        "title": _("Citizen card"),
        "person": person,
        "card": card,
        "serial": str(PublicId.parse(card.serial)) if card else "",
        "id": str(PublicId.parse(person.public_id)),
        "code": _code_of(card, person) if card else "",
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/card_detail.html", context)


def _code_of(card: Card, person: Person) -> str:
    issued_on = timezone.localdate(card.issued_at)
    signer = signer_on(timezone.localdate())
    if signer is None:
        return ""
    until = card_until(issued_on, signer.valid_until)
    return signer.code(Kind.CARD, card.serial, person, valid_from=issued_on, valid_until=until)


@writes("registry.change")
def card_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Give the person a card."""
    person = person_within(request, public_id)
    question = Question(
        title=_("Issue a citizen card"),
        lead=person.name,
        submit=_("Issue the card"),
        done=_("The card is issued. Print it."),
        back=(reverse("desk:card_detail", args=[person.public_id]), _("Citizen card")),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.issue_card(person=person, by=request.by)
    )


@writes("registry.change")
def card_revocation_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """End a card that is lost or was given to the wrong person."""
    person = person_within(request, public_id)
    card = card_of(person)
    if card is None:
        raise Http404
    question = Question(
        title=_("Revoke the citizen card"),
        lead=f"{person.name} · {PublicId.parse(card.serial)}",
        submit=_("Revoke the card"),
        done=_("The card is void. You may issue a new one."),
        back=(reverse("desk:card_detail", args=[person.public_id]), _("Citizen card")),
    )
    return answered(
        request, question, lambda why: actions.revoke_card(card=card, why=why, by=request.by)
    )


def _back_to(person: Person) -> tuple[str, str]:
    return reverse("desk:person_detail", args=[person.public_id]), person.name


paths = [
    path("orang/<slug:public_id>/kartu/", card_detail, name="card_detail"),
    path("orang/<slug:public_id>/kartu/baru/", card_create, name="card_create"),
    path(
        "orang/<slug:public_id>/kartu/pencabutan/",
        card_revocation_create,
        name="card_revocation_create",
    ),
]
