"""A person is entered or changed; whoever they could be is shown before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, named
from jembol.desk.conflicts import changes_into, in_words
from jembol.desk.merges import sent_on
from jembol.desk.people import person_within
from jembol.desk.people_forms import ANSWERS, TEXTS, PersonForm, details_told, form_for
from jembol.kit.area import AreaCode
from jembol.kit.phone import NotAPhone, Phone
from jembol.kit.text import isolate
from jembol.places.choices import Level
from jembol.registry import actions
from jembol.registry.actions import PersonDetails
from jembol.registry.actions.entering import found_in
from jembol.registry.errors import SomebodyAlike
from jembol.registry.matching import Candidate, Probe, look_up
from jembol.registry.models import Person
from jembol.registry.sealed_numbers import nik_digest
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

LOOK: Final = "lihat"
"""Sent while somebody types: only look who it could be."""
OTHERS: Final = "bukan"
"""Keys of people of whom the officer said that this is somebody else."""
TYPED: Final = "dari"
"""Sent to a person's form with details that were typed for somebody new."""

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of the register who could be the one in the form, and why."""

    person: Person
    lives: str
    is_sure: bool
    why: str


@writes("registry.change")
def person_create(request: OfficerRequest) -> HttpResponse:
    """Enter a person; a name and a place are enough."""
    form = form_for(request, sent=sent(request))
    others = _others(request)
    found: Sequence[Candidate] = ()
    is_asked = False
    if request.POST.get(LOOK):
        found = _near(form, request, others)
    elif form.is_valid():
        with refusals_into(form):
            try:
                return _entered(form, request, others)
            except SomebodyAlike as refusal:
                found, is_asked = found_in(refusal), True
    alike = _alike(found, request)
    context = {
        "title": _("New person"),
        "lead": _("A name and a kelurahan are enough; everything else can come later."),
        "form": form,
        "alike": alike,
        "others": ",".join(map(str, sorted(others))),
        "others_now": ",".join(str(one.person.pk) for one in alike),
        "is_asked": is_asked,
        "submit": _("Enter in the register"),
        "back": {"link": reverse("desk:person_list"), "title": _("People")},
    }
    return show(request, "desk/person_entry.html", context)


def _entered(form: PersonForm, request: OfficerRequest, others: Collection[int]) -> HttpResponse:
    """Enter the person and lead to their page.

    Raises:
        SomebodyAlike: the register may hold them already.
        Refusal: a value cannot be stored.
    """
    details = PersonDetails(**details_told(form, request))
    entered = actions.enter(details=details, by=request.by, others=others, door="desk")
    messages.success(request, _("Entered in the register."))
    if entered.is_known_elsewhere:
        messages.warning(
            request,
            _(
                "Somebody registered elsewhere in the city matches this person. "
                "An officer of the city will decide whether they are one; you need do nothing."
            ),
        )
    return redirect("desk:person_detail", public_id=entered.person.public_id)


@writes("registry.change")
def person_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Change a person; the journal keeps what stood there before."""
    person = person_within(request, public_id)
    if person.public_id != public_id:
        return sent_on(request, "desk:person_change", person)
    if request.POST.get(TYPED):
        return _offered(request, person)
    form = form_for(request, person, sent=sent(request))
    if form.is_valid():
        with changes_into(form):
            changes = details_told(form, request)
            if changes["nik"] is None:
                del changes["nik"]
            version = form.cleaned_data["version"]
            actions.change(person=person, changes=changes, by=request.by, version=version)
            messages.success(request, _("Saved."))
            return redirect("desk:person_detail", public_id=public_id)
    return _change_page(request, person, form)


def _change_page(request: OfficerRequest, person: Person, form: PersonForm) -> HttpResponse:
    link = reverse("desk:person_detail", args=[person.public_id])
    context = {
        "title": _("Change details"),
        "lead": person.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": person.name},
    }
    return show(request, "desk/person_create.html", context)


# --- who it could be --------------------------------------------------------------------------


def _others(request: OfficerRequest) -> frozenset[int]:
    words = ",".join(request.POST.getlist(OTHERS)).split(",")
    return frozenset(int(word) for word in words if word.isdecimal() and len(word) < 19)


def _near(
    form: PersonForm, request: OfficerRequest, others: Collection[int]
) -> Sequence[Candidate]:
    """Return whom a form could be about that is still being filled in."""
    # What can be read so far is enough to look; errors are told when the form is sent.
    form.is_valid()
    told = form.cleaned_data
    probe = Probe(
        row=0,
        name=told.get("name", ""),
        nik=_number_typed(form, "nik"),
        phone=_number_typed(form, "phone"),
        born_on=told.get("born_on"),
        area_key=_place_typed(told),
        sex=told.get("sex", ""),
        address=told.get("address", ""),
    )
    near = look_up(probe, reach=request.reach)
    return [one for one in near if one.person_id not in others]


def _number_typed(form: PersonForm, name: str) -> Any:
    """Return a number as it was read, or as it was typed where it cannot be read (yet)."""
    return form.cleaned_data[name] if name in form.cleaned_data else form.data.get(name, "")


def _place_typed(told: Mapping[str, Any]) -> int:
    place = AreaCode(told.get("area") or 0)
    if place.level == Level.KELURAHAN and told.get("rw"):
        place = place.rw(told["rw"])
        place = place.rt(told["rt"]) if told.get("rt") else place
    return place.key


def _alike(found: Iterable[Candidate], request: OfficerRequest) -> list[Alike]:
    first = list(found)[:SHOWN]
    rows = Person.objects.within(request.reach).select_related(NEAR)
    people = rows.in_bulk([one.person_id for one in first])
    return [
        Alike(
            person=people[one.person_id],
            lives=named(people[one.person_id].area),
            is_sure=one.strength == "sure",
            why="; ".join(one.reasons),
        )
        for one in first
        if one.person_id in people
    ]


# --- the person is there: what was typed becomes changes --------------------------------------


def _offered(request: OfficerRequest, person: Person) -> HttpResponse:
    """Show the person's form with what was typed for somebody new, beside what is stored."""
    news = _news(request, person)
    if not news:
        messages.info(request, _("This person is registered; nothing that you typed is new."))
        return redirect("desk:person_detail", public_id=person.public_id)
    form = form_for(request, person, told=news)
    for name in news:
        if name in form.fields and name not in ("rw", "rt"):
            stored = isolate(in_words(form, name, _held(person, name)))
            # Help of a field is drawn as it stands.
            form.fields[name].help_text = escape(_("Stored now: %(value)s") % {"value": stored})
    messages.info(
        request,
        _("Nothing is saved yet. What you typed stands in the form; compare it and save."),
    )
    return _change_page(request, person, form)


def _news(request: OfficerRequest, person: Person) -> dict[str, Any]:
    """Return the fields of the form in which what was typed says more than what is stored."""
    typed = form_for(request, sent=request.POST)
    typed.is_valid()
    news = {
        name: typed.data[name]
        for name in (*TEXTS, "nik", "has_disability")
        if typed.data.get(name, "").strip() and not _is_stored(typed, person, name)
    }
    return news | _new_place(typed, person)


def _is_stored(typed: PersonForm, person: Person, name: str) -> bool:
    if name not in typed.cleaned_data:
        return False  # what cannot be read stays to be corrected
    value = typed.cleaned_data[name]
    if name == "nik":
        return nik_digest(value) == person.nik_digest
    if name == "phone":
        return _is_same_phone(value, person.phone)
    if name == "has_disability":
        return ANSWERS[value] == person.has_disability
    return bool(value == getattr(person, name))


def _is_same_phone(text: str, stored: str) -> bool:
    try:
        return Phone.parse(text).e164 == stored
    except NotAPhone:
        return False


def _new_place(typed: PersonForm, person: Person) -> dict[str, Any]:
    """Return where the person is said to live, unless a deeper place inside it is stored."""
    if not {"area", "rw", "rt"} <= typed.cleaned_data.keys():
        return {}
    told = typed.named
    place = AreaCode(_place_typed(typed.cleaned_data))
    if place.contains(AreaCode(person.area_id)):
        return {}
    return {"area": told["key"], "rw": told["rw"], "rt": told["rt"]}


def _held(person: Person, name: str) -> object:
    if name == "nik":
        return person.nik_masked
    return person.area.code if name == "area" else getattr(person, name)


paths = [
    path("orang/baru/", person_create, name="person_create"),
    path("orang/<slug:public_id>/ubah/", person_change, name="person_change"),
]
