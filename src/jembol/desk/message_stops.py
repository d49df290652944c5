"""A person asks at the office, or through an officer, to be written to no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.people import person_within
from jembol.desk.reasons import Question, answered
from jembol.registry import actions
from jembol.ui.guards import OfficerRequest, writes

if TYPE_CHECKING:
    from django.http import HttpResponse


@writes("registry.change")
def message_stop_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Write no more to a person's number; the person may take that back by the link they have."""
    person = person_within(request, public_id)
    question = Question(
        title=_("Send no messages to this number"),
        lead=person.name,
        submit=_("Send no messages any more"),
        done=_("Nobody is written to at this number any more."),
        back=(reverse("desk:person_detail", args=[person.public_id]), person.name),
    )
    return answered(
        request, question, lambda why: actions.stop_messages(person=person, why=why, by=request.by)
    )


paths = [
    path("orang/<slug:public_id>/tanpa-pesan/", message_stop_create, name="message_stop_create")
]
