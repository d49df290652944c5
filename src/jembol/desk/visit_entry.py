"""Note a visit by hand, for whoever came back from an RW without a phone in the hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts.models import Officer
from jembol.desk.areas import NEAR, NEAR_AREA, area_initial, named
from jembol.kit.ids import new_ulid
from jembol.outreach import actions
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.outreach.queries.need_counts import unit_of
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField, HourField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.outreach.models import Visit


class VisitForm(AreaForm):
    """What was found at a door, and what came out of it."""

    on = DayField(label=gettext_lazy("Day of the visit"))
    hour = HourField(label=gettext_lazy("Hour"), required=True)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Found"), choices=VisitOutcome.choices, widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs"),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    need_words = forms.CharField(
        label=gettext_lazy("In their words"), max_length=300, required=False
    )
    advice = forms.CharField(label=gettext_lazy("Advice"), max_length=1000, required=False)
    referrals = forms.MultipleChoiceField(
        label=gettext_lazy("Sent to"),
        choices=ReferralKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    promise = forms.CharField(
        label=gettext_lazy("What you promised"), max_length=300, required=False
    )
    due_on = DayField(label=gettext_lazy("Until which day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a promise without a day, and a visit that lies ahead."""
        cleaned = super().clean()
        if bool(cleaned.get("promise")) != bool(cleaned.get("due_on")):
            self.add_error("due_on", _("A promise needs words and a day."))
        day, hour = cleaned.get("on"), cleaned.get("hour")
        if day and hour:
            cleaned["at"] = timezone.make_aware(datetime.combine(day, hour))
            if cleaned["at"] > timezone.now():
                self.add_error("on", _("This lies ahead. Note a visit when it was made."))
        return cleaned


@writes("outreach.visit")
def visit_create(request: OfficerRequest) -> HttpResponse:
    """Note a visit to somebody, or to an area without naming anybody."""
    person = _person(request)
    choices = area_choices(request.reach)
    form = VisitForm(sent(request), initial=_initial(request, person, choices), choices=choices)
    if form.is_valid():
        with refusals_into(form):
            visit = _noted(request, form, person)
            messages.success(request, _("Visit noted."))
            return redirect(_page_of(visit))
    context = {
        "title": _("Note a visit"),
        "lead": f"{person.name} · {named(person.area)}" if person else "",
        "form": form,
        "submit": _("Save"),
        "back": {"link": reverse("desk:need_list"), "title": _("Need by RW")},
    }
    return show(request, "ui/form.html", context)


def _person(request: OfficerRequest) -> Person | None:
    wanted = request.GET.get("orang", "")
    if not wanted:
        return None
    rows = Person.objects.within(request.reach).select_related(NEAR)
    found: Person = get_object_or_404(rows, public_id=wanted)
    return found


def _initial(request: OfficerRequest, person: Person | None, choices: Any) -> dict[str, Any]:
    here = timezone.localtime()
    found: dict[str, Any] = {"on": here.date(), "hour": here.time().replace(second=0)}
    area = person.area if person else None
    if area is None and (code := request.GET.get("wilayah", "")):
        rows = Area.objects.within(request.reach).select_related(NEAR_AREA)
        area = rows.filter(code=code).first()
        if area is None:
            raise Http404
    return {**found, **(area_initial(area, choices) if area else {})}


@transaction.atomic
def _noted(request: OfficerRequest, form: VisitForm, person: Person | None) -> Visit:
    """Keep the visit; an RW that nobody knew yet is numbered with it, or neither is kept."""
    given = form.cleaned_data
    words = given["need_words"]
    said = actions.VisitSaid(
        key=new_ulid(given["at"]),
        at=given["at"],
        officer=Officer.objects.get(pk=request.officer.pk),
        area=places_actions.place(**form.named, by=request.by),
        outcome=given["outcome"],
        person=person,
        needs=[(kind, words) for kind in given["needs"]],
        advice=given["advice"],
        referrals=[(kind, "") for kind in given["referrals"]],
        promise=(given["promise"], given["due_on"]) if given["promise"] else None,
    )
    return actions.note_visit(said=said, by=request.by)


def _page_of(visit: Visit) -> str:
    area = Area.objects.filter(pk=unit_of(visit.area_id)).first()
    if area is None or not area.code:
        return reverse("desk:need_list")
    return reverse("desk:need_detail", args=[area.code])


paths = [path("jemput-bola/kunjungan/baru/", visit_create, name="visit_create")]
