"""At the roll of a day: who walked in, and who came for a part of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.classes import class_within
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.registry.details import PersonDetails
from jembol.training import actions, queries
from jembol.training.models import Attendance, Class, Session
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show


class WalkInForm(AreaForm):
    """Who came without a registration."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    phone = forms.CharField(
        label=gettext_lazy("Phone (WhatsApp)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class PartialDayForm(forms.Form):
    """How long somebody was there."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes that the person was there"),
        min_value=0,
        max_value=1440,
        help_text=gettext_lazy("0 makes it the whole day again."),
    )
    why = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)


def _session(each: Class, number: int) -> Session:
    found: Session = get_object_or_404(each.sessions, number=number)
    return found


@writes("training.attend")
def walk_in_create(request: OfficerRequest, public_id: str, number: int) -> HttpResponse:
    """Let somebody in who came without a registration."""
    each = class_within(request, public_id)
    session = _session(each, number)
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    form = WalkInForm(sent(request), choices=choices)
    if form.is_valid():
        with refusals_into(form):
            details = PersonDetails(
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"] or None,
                area=places_actions.place(**form.named, by=request.by),
            )
            seat = actions.walk_in(session=session, details=details, by=request.by)
            messages.success(
                request, _("%(name)s has a seat and is noted.") % {"name": seat.person.name}
            )
            return _to_roll(each, session)
    return _page(
        request, each, session, (_("Walked in"), _("Give a seat and note as present")), form
    )


@writes("training.attend")
def partial_day_create(
    request: OfficerRequest, public_id: str, number: int, registration_id: int
) -> HttpResponse:
    """Note how long somebody was there."""
    each = class_within(request, public_id)
    session = _session(each, number)
    seats = queries.registrations(request.reach).filter(training_class=each)
    seat = get_object_or_404(seats, pk=registration_id)
    there = Attendance.objects.filter(session=session, registration=seat, partial__isnull=False)
    noted = there.select_related("partial").first()
    stored: dict[str, Any] = {}
    if noted:
        stored = {"minutes": noted.partial.minutes, "why": noted.partial.why}
    form = PartialDayForm(sent(request), initial=stored)
    if form.is_valid():
        with refusals_into(form):
            actions.note_partial_day(
                session=session, registration=seat, by=request.by, **form.cleaned_data
            )
            messages.success(request, _("Noted."))
            return _to_roll(each, session)
    return _page(request, each, session, (seat.person.name, _("Save")), form)


def _to_roll(each: Class, session: Session) -> HttpResponse:
    link = reverse("desk:roll_create", args=[each.public_id])
    return redirect(f"{link}?hari={session.number}")


def _page(
    request: OfficerRequest,
    each: Class,
    session: Session,
    words: tuple[str, str],
    form: forms.Form,
) -> HttpResponse:
    title, submit = words
    link = reverse("desk:roll_create", args=[each.public_id])
    context = {
        "title": title,
        "lead": f"{each.title} · {session.on:%d/%m/%Y}",
        "form": form,
        "submit": submit,
        "back": {"link": f"{link}?hari={session.number}", "title": _("Attendance")},
    }
    return show(request, "ui/form.html", context)


paths = [
    path(
        "kelas/<slug:public_id>/hari/<int:number>/datang-langsung/",
        walk_in_create,
        name="walk_in_create",
    ),
    path(
        "kelas/<slug:public_id>/hari/<int:number>/sebagian/<int:registration_id>/",
        partial_day_create,
        name="partial_day_create",
    ),
]
