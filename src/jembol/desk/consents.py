"""Consents of a person: the words that are read aloud, a yes with its witness, and a later no."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.people import person_within
from jembol.registry import actions
from jembol.registry.choices import Channel, Purpose
from jembol.registry.models import ConsentText
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show


def newest_texts() -> list[ConsentText]:
    """Return the newest Indonesian text of each purpose, in the order of the purposes."""
    rows = ConsentText.objects.filter(language="id").order_by("version")
    by_purpose = {text.purpose: text for text in rows}
    return [by_purpose[purpose] for purpose in Purpose.values if purpose in by_purpose]


class ConsentForm(forms.Form):
    """A yes to one text."""

    text = forms.TypedChoiceField(
        label=gettext_lazy("What for"), coerce=int, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=gettext_lazy("Said"), choices=Channel.choices)
    witness = forms.CharField(
        label=gettext_lazy("Witness"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Who heard it, when the text was read aloud."),
    )


class WithdrawalForm(forms.Form):
    """A no to one purpose."""

    purpose = forms.ChoiceField(label=gettext_lazy("What for"), choices=Purpose.choices)
    channel = forms.ChoiceField(label=gettext_lazy("Said"), choices=Channel.choices)


@writes("registry.change")
def consent_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Record a yes to one of the texts as they stand today."""
    person = person_within(request, public_id)
    texts = newest_texts()
    form = ConsentForm(sent(request))
    form.fields["text"].choices = [  # type: ignore[attr-defined]
        (text.pk, Purpose(text.purpose).label) for text in texts
    ]
    if form.is_valid():
        given = form.cleaned_data
        with refusals_into(form):
            actions.give_consent(
                person=person,
                text=next(text for text in texts if text.pk == given["text"]),
                channel=given["channel"],
                witness=given["witness"],
                by=request.by,
            )
            messages.success(request, _("Consent recorded."))
            return redirect("desk:person_detail", public_id=public_id)
    context = {
        "title": _("Record a consent"),
        "lead": person.name,
        "form": form,
        "texts": [(Purpose(text.purpose).label, text) for text in texts],
        "submit": _("The person said yes"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": person.name},
    }
    return show(request, "desk/consent_create.html", context)


@writes("registry.change")
def consent_withdrawal_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Record that a person takes a yes back; from then on nobody acts on it."""
    person = person_within(request, public_id)
    form = WithdrawalForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            actions.withdraw_consent(person=person, **form.cleaned_data, by=request.by)
            messages.success(request, _("Withdrawal recorded."))
            return redirect("desk:person_detail", public_id=public_id)
    context = {
        "title": _("Take a consent back"),
        "lead": person.name,
        "form": form,
        "submit": _("The person takes it back"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": person.name},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("orang/<slug:public_id>/persetujuan/", consent_create, name="consent_create"),
    path(
        "orang/<slug:public_id>/penarikan/",
        consent_withdrawal_create,
        name="consent_withdrawal_create",
    ),
]
