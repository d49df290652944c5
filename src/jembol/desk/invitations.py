"""Invite people to a class: the best-fit ones are ticked already, and one press invites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jembol.desk.areas import named
from jembol.desk.classes import back_to, class_within
from jembol.desk.journal import specific_reach
from jembol.outbox.channels import setup_of
from jembol.outbox.choices import Channel
from jembol.outbox.links import MARK, link_of
from jembol.registry.models import Person
from jembol.training import actions, queries
from jembol.training.choices import LetterKind, Tongue
from jembol.training.rules import POINTS, filled, length_of
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jembol.kit.reach import Reach
    from jembol.training.actions import Invited
    from jembol.training.models import Class

NUMBERS = (10, 25, 50, 100, 200)
USUAL = 50
CHANNELS = (Channel.WA_LINK, Channel.SMS, Channel.WHATSAPP, Channel.FILE)


class InvitationForm(forms.Form):
    """How people are invited."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    language = forms.ChoiceField(choices=Tongue.choices, widget=forms.HiddenInput)


@writes("training.change")
def invitation_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Propose whom to invite, and invite those who are ticked."""
    each = class_within(request, public_id)
    form = InvitationForm(sent(request))
    chosen = _chosen(request)
    if form.is_valid():
        with refusals_into(form):
            invited = actions.invite(
                training_class=each,
                people=chosen,
                channel=Channel(form.cleaned_data["channel"]),
                language=Tongue(form.cleaned_data["language"]),
                by=request.by,
            )
            _say(request, invited)
            return redirect("desk:letter_list", public_id=public_id)
    found = queries.candidates(
        each,
        people_reach(request),
        specific=specific_reach(request),
        on=timezone.localdate(),
        number=_number(request),
    )
    ticked = {person.pk for person in chosen} if form.is_bound else None
    link, name = back_to(each)
    context = {
        "title": _("Invite people"),
        "each": each,
        "form": form,
        "found": found,
        "rows": [
            (row, named(row.person.area), ticked is None or row.person.pk in ticked)
            for row in found.rows
        ],
        "points": [(part.label, points) for part, points in POINTS.items()],
        "numbers": NUMBERS,
        "number": _number(request),
        "channels": [_offered(channel) for channel in CHANNELS],
        "languages": Tongue.choices,
        "back": {"link": link, "title": name},
        "written": each.invitations.count(),
        "words_link": f"{reverse('desk:wording_list')}?kota={_city(each)}",
        **_preview(each, _language(request)),
    }
    return show(request, "desk/invitation_create.html", context)


def people_reach(request: OfficerRequest) -> Reach:
    """Return where this officer may both give classes and see people."""
    return request.reach & request.officer.reach("registry.see", timezone.localdate())


def _chosen(request: OfficerRequest) -> Collection[Person]:
    keys = {key for word in request.POST.getlist("orang") if (key := parse_key(word)) is not None}
    rows = Person.objects.within(people_reach(request)).filter(pk__in=keys)
    return list(rows.order_by("pk"))


def _number(request: OfficerRequest) -> int:
    number = parse_key(request.GET.get("jumlah", ""))
    return number if number in NUMBERS else USUAL


def _language(request: OfficerRequest) -> Tongue:
    word = request.POST.get("language") or request.GET.get("bahasa", "")
    return Tongue(word) if word in Tongue.values else Tongue.INDONESIAN


def _city(each: Class) -> str:
    return ".".join(each.area.code.split(".")[:2])


def _offered(channel: Channel) -> tuple[str, str, str]:
    """Return a channel with its name, and why it cannot be chosen."""
    why = "" if setup_of(channel).is_ready else _("not set up here")
    return channel.value, str(channel.label), why


def _preview(each: Class, language: Tongue) -> Mapping[str, object]:
    """Return the text as somebody would get it, and how long it is as an SMS."""
    words = queries.words_of(each.area_id, LetterKind.INVITATION, language)
    values = {**queries.values_of_class(each, language), "nama": _("Mrs. Siti (example)")}
    text = filled(words, values).replace(MARK, link_of("0" * 26))
    return {"preview": text, "length": length_of(text), "language": language}


def _say(request: OfficerRequest, invited: Invited) -> None:
    """Say how many were invited, and who was not and why."""
    number = len(invited.invitations)
    told = ngettext("%(number)d person invited.", "%(number)d people invited.", number)
    messages.success(request, told % {"number": number})
    for person, why in invited.left_out[:10]:
        messages.warning(request, _("%(name)s: %(why)s") % {"name": person.name, "why": why.label})


paths = [path("kelas/<slug:public_id>/undangan/", invitation_create, name="invitation_create")]
