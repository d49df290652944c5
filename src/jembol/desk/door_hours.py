"""For how long the door of a class is open before a day begins and after it ends."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.classes import class_within
from jembol.training import actions
from jembol.training.queries.door import door_minutes
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

A_DAY = 24 * 60


class DoorHoursForm(forms.Form):
    """Minutes before and after."""

    early_min = forms.IntegerField(
        label=gettext_lazy("Minutes before a day begins"), min_value=0, max_value=A_DAY
    )
    late_min = forms.IntegerField(
        label=gettext_lazy("Minutes after a day ends"), min_value=0, max_value=A_DAY
    )


@writes("training.change")
def door_hours_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Say how early and how late people may be checked in."""
    each = class_within(request, public_id)
    early_min, late_min = door_minutes(each)
    initial = {"early_min": early_min, "late_min": late_min}
    form = DoorHoursForm(sent(request), initial=initial)
    link = reverse("desk:class_scan_list", args=[public_id])
    if form.is_valid():
        with refusals_into(form):
            actions.set_door_hours(training_class=each, by=request.by, **form.cleaned_data)
            messages.success(request, _("The opening of the door is changed."))
            return redirect(link)
    context = {
        "title": _("Opening of the door"),
        "lead": each.title,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": _("Scans at the door")},
    }
    return show(request, "ui/form.html", context)


paths = [path("kelas/<slug:public_id>/jam-pintu/", door_hours_change, name="door_hours_change")]
