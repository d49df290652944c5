"""Note the welfare decile that a source gives to a person's family."""

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
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show


class DecileForm(forms.Form):
    """What a source says, for which day."""

    decile = forms.IntegerField(
        label=gettext_lazy("Decile"),
        min_value=1,
        max_value=10,
        help_text=gettext_lazy("As the source writes it: 1 is the poorest. Never an estimate."),
    )
    as_of = DayField(label=gettext_lazy("As of"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=100,
        help_text=gettext_lazy("For example DTSEN, third quarter of 2026"),
    )


@writes("registry.change")
def decile_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Keep a source's word on the family's decile beside earlier ones."""
    person = person_within(request, public_id)
    form = DecileForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            actions.note_decile(person=person, **form.cleaned_data, by=request.by)
            messages.success(request, _("The decile is noted with its day and source."))
            return redirect("desk:person_detail", public_id=public_id)
    context = {
        "title": _("Note a welfare decile"),
        "lead": person.name,
        "form": form,
        "submit": _("Note it"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": person.name},
    }
    return show(request, "ui/form.html", context)


paths = [path("orang/<slug:public_id>/desil/", decile_create, name="decile_create")]
