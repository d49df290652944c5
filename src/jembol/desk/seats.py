"""Seats in a class: given to people who are found, and given back."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jembol.desk.classes import back_to, class_within
from jembol.desk.finding import Found, people_found
from jembol.desk.lists import may
from jembol.desk.reasons import Question, ReasonForm, answered
from jembol.registry.models import Person
from jembol.training import actions, queries
from jembol.training.choices import Answer, Door
from jembol.training.models import Class, Registration
from jembol.training.queries import ROOT
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

TONES = {Answer.MET: "good", Answer.NOT_MET: "bad", Answer.UNKNOWN: "warn"}


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
            if queries.rule_of(each) is not None:
                _by_rule(request, each, chosen)
                return redirect("desk:selection", public_id=public_id)
            actions.register_many(training_class=each, people=chosen, by=request.by, door=Door.DESK)
            number = len(chosen)
            told = ngettext(
                "%(number)d person has a seat.", "%(number)d people have a seat.", number
            )
            messages.success(request, told % {"number": number})
            return redirect("desk:class_detail", public_id=public_id)
    taken = Registration.objects.standing().filter(training_class=each).values(holder=ROOT)
    link, name = back_to(each)
    found = people_found(request, without=taken)
    context = {
        "title": _("Register people"),
        "lead": each.title,
        "form": form,
        "found": found,
        "rule": queries.rule_of(each),
        "rows": _with_answers(request, each, found),
        "ticked": {person.pk for person in chosen},
        "may_enter": may(request, "registry.change"),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/registration_create.html", context)


@transaction.atomic
def _by_rule(request: OfficerRequest, each: Class, chosen: list[Person]) -> None:
    """Put people on the list as the rule says, or give them seats with a reason that is kept."""
    if "pengecualian" in request.POST:
        why = request.POST.get("alasan", "")
        for person in chosen:
            actions.override(
                training_class=each, person=person, why=why, by=request.by, door=Door.DESK
            )
        messages.success(request, _("The seats are given, and the reason is kept."))
        return
    seated = sum(
        len(
            actions.apply(
                training_class=each, person=person, by=request.by, door=Door.DESK
            ).registrations
        )
        for person in chosen
    )
    told = _("%(seated)d have a seat, %(waiting)d wait on the list.")
    messages.success(request, told % {"seated": seated, "waiting": len(chosen) - seated})


def _with_answers(
    request: OfficerRequest, each: Class, found: Found
) -> list[tuple[Person, str, list[tuple[str, str, str]]]]:
    """Return the people found, each with the class's conditions and whether they are met."""
    answers = queries.eligibility_of(
        [person.pk for person, _lives in found.people], each, request.by.at
    )
    return [
        (
            person,
            lives,
            [(str(one.answer.label), TONES[one.answer], one.words) for one in answers[person.pk]],
        )
        for person, lives in found.people
    ]


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
