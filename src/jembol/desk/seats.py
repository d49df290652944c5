"""Seats in a class: given to people who are found, and given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jembol.desk.classes import back_to, class_within
from jembol.desk.finding import people_found
from jembol.desk.lists import may
from jembol.desk.reasons import Question, ReasonForm, answered
from jembol.registry.models import Person
from jembol.training import actions
from jembol.training.choices import Door
from jembol.training.models import Class, Registration
from jembol.training.queries import ROOT
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show


@writes("training.change")
def registration_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Find people and give them seats, several at once."""
    each = class_within(request, public_id)
    form = ReasonForm(sent(request), asks=False)
    chosen = _chosen(request)
    if form.is_valid() and not chosen:
        form.add_error(None, _("Tick the people who get a seat."))
    if form.is_valid():
        with refusals_into(form):
            actions.register_many(training_class=each, people=chosen, by=request.by, door=Door.DESK)
            number = len(chosen)
            told = ngettext(
                "%(number)d person has a seat.", "%(number)d people have a seat.", number
            )
            messages.success(request, told % {"number": number})
            return redirect("desk:class_detail", public_id=public_id)
    taken = Registration.objects.standing().filter(training_class=each).values(holder=ROOT)
    link, name = back_to(each)
    context = {
        "title": _("Register people"),
        "lead": each.title,
        "form": form,
        "found": people_found(request, without=taken),
        "ticked": {person.pk for person in chosen},
        "may_enter": may(request, "registry.change"),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/registration_create.html", context)


def _chosen(request: OfficerRequest) -> list[Person]:
    keys = {key for word in request.POST.getlist("orang") if (key := parse_key(word)) is not None}
    return list(Person.objects.within(request.reach).filter(pk__in=keys).order_by("pk"))


@writes("training.change")
def withdrawal_create(request: OfficerRequest, registration_id: int) -> HttpResponse:
    """Give a seat back, with the reason."""
    seat = get_object_or_404(
        Registration.objects.of_people_in(request.reach).select_related("training_class", "person"),
        pk=registration_id,
        training_class__in=Class.objects.within(request.reach),
    )
    question = Question(
        title=_("Give the seat back"),
        lead=f"{seat.person.name} · {seat.training_class.title}",
        submit=_("Give the seat back"),
        done=_("The seat is free again."),
        back=back_to(seat.training_class),
    )
    return answered(
        request, question, lambda why: actions.withdraw(registration=seat, why=why, by=request.by)
    )


paths = [
    path("kelas/<slug:public_id>/pendaftaran/", registration_create, name="registration_create"),
    path(
        "pendaftaran/<int:registration_id>/pengunduran/",
        withdrawal_create,
        name="withdrawal_create",
    ),
]
