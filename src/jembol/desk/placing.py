"""Give the seats of several classes at once: choose them, watch the work, read the result."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.certificates import STOP_POLLING, Work
from jembol.desk.lists import may
from jembol.training import actions
from jembol.training.models import Class, Placing
from jembol.training.queries.placing import placeable, placing_told, placings
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show


class PlacingForm(forms.Form):
    """The one limit that holds for all classes."""

    percent = forms.IntegerField(
        label=gettext_lazy("Most seats of a class for one kecamatan (per cent)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Leave it empty for no limit."),
    )


@reads("training.see")
def placing_list(request: OfficerRequest) -> HttpResponse:
    """Show what was placed together so far."""
    context = {
        "title": _("Several classes at once"),
        "placings": placings(request.reach),
        "may_change": may(request, "training.change"),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/placing_list.html", context)


@writes("training.change")
def placing_create(request: OfficerRequest) -> HttpResponse:
    """Choose the classes, and have their seats given at once."""
    form = PlacingForm(sent(request))
    words = request.POST.getlist("kelas")
    keys = {key for word in words if (key := parse_key(word)) is not None}
    if form.is_valid():
        percent = form.cleaned_data["percent"]
        chosen = list(Class.objects.within(request.reach).filter(pk__in=keys).order_by("pk"))
        with refusals_into(form):
            placing = actions.order_placing(
                training_classes=chosen,
                most_share=None if percent is None else Decimal(percent) / 100,
                by=request.by,
            )
            messages.success(request, _("The seats are being given. You may leave this page."))
            return redirect("desk:placing_detail", placing_id=placing.pk)
    rows = placeable(request.reach, request.by.at).order_by("starts_on", "pk")
    context = {
        "title": _("Place several classes"),
        "form": form,
        "rows": [(row, not words or row.pk in keys) for row in rows],
        "back": {"link": reverse("desk:placing_list"), "title": _("Several classes at once")},
    }
    return show(request, "desk/placing_create.html", context)


@reads("training.see")
def placing_detail(request: OfficerRequest, placing_id: int) -> HttpResponse:
    """Show a placing: how far it is, how good its plan is, and what each class got."""
    placing = get_object_or_404(Placing.objects.within(request.reach), pk=placing_id)
    told = placing_told(placing)
    work = Work.of(told.job, _("Seats are being given"))
    is_working = work is not None and work.works
    if request.headers.get("HX-Target") == "work" and not is_working:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    context = {
        "title": _("Several classes at once"),
        "lead": placing.area.name,
        "told": told,
        "work": work,
        "is_working": is_working,
        "most_share": None if placing.most_share is None else float(placing.most_share),
        "back": {"link": reverse("desk:placing_list"), "title": _("Several classes at once")},
    }
    return show(request, "desk/placing_detail.html", context)


paths = [
    path("pembagian/", placing_list, name="placing_list"),
    path("pembagian/baru/", placing_create, name="placing_create"),
    path("pembagian/<int:placing_id>/", placing_detail, name="placing_detail"),
]
