"""People: the list, one person with one timeline, entering and changing, and reading a NIK."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, area_filter, area_initial, named
from jembol.desk.cities import cities_within
from jembol.desk.journal import before_of, told
from jembol.desk.lists import listed, may
from jembol.desk.people_forms import PersonForm, details_of
from jembol.desk.training_forms import ReasonForm
from jembol.journal.queries import timeline
from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Area
from jembol.registry import actions
from jembol.registry.actions import PersonDetails
from jembol.registry.choices import Purpose, Sex
from jembol.registry.models import Ownership, Person
from jembol.registry.queries.finding import search
from jembol.registry.queries.pages import person_page
from jembol.registry.queries.rows import PEOPLE_COLUMNS, people_rows
from jembol.reporting.queries import people_reached_rows
from jembol.training.queries import classes_of
from jembol.ui.components import masked, phone, written
from jembol.ui.export import Value
from jembol.ui.forms import refusals_into
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing, parse_day
from jembol.ui.pages import show

PAGE = 30


def person_columns() -> list[Column]:
    """Return the columns of the list of people."""
    return [
        Column(
            "nama", _("Name"), lambda row: row.name, lambda row: written(row.name), sort="folded"
        ),
        Column("wilayah", _("Lives in"), lambda row: named(row.area)),
        Column("telepon", _("Phone"), lambda row: row.phone, lambda row: phone(row.phone)),
        Column(
            "nik", "NIK", lambda row: row.nik_masked, lambda row: masked(row.nik_masked), wide=True
        ),
        Column("usaha", _("Business"), _business),
        Column("id", "ID Jembol", lambda row: row.public_id, wide=True),
    ]


def _business(row: Any) -> str:
    return _("has a business") if row.has_business else ""


def came_to(request: OfficerRequest, rows: Any, code: str) -> Any:
    """Keep those who came to a counted class of this city, in the days that the address names."""
    city = next((one for one in cities_within(request.reach) if one.code == code), None)
    if city is None:
        return rows.none()
    reached = people_reached_rows(city, request.reach, days_named(request))
    return rows.filter(pk__in=reached.values("pk"))


def days_named(request: OfficerRequest) -> Any:
    """Return the period from `dari` to and with `sampai`, or None when neither is a day."""
    first, last = (parse_day(request.GET.get(key, "")) for key in ("dari", "sampai"))
    if first is None or (last is not None and last < first):
        return None
    after = last and last.fromordinal(last.toordinal() + 1)
    return Period(first, after)


def person_filters(request: OfficerRequest) -> list[Filter]:
    """Return the choices above the list of people."""
    cities = [(city.code, city.name) for city in cities_within(request.reach)]
    return [
        area_filter(request.reach),
        Filter(
            "usaha",
            _("Business"),
            [("ya", _("with a business")), ("tidak", _("without a business"))],
            lambda rows, word: rows.filter(has_business=word == "ya"),
        ),
        Filter(
            "jk",
            _("Sex"),
            [(one.value, str(one.label)) for one in Sex],
            lambda rows, word: rows.filter(sex=word),
        ),
        Filter(
            "hadir",
            _("Came to a class of"),
            cities,
            lambda rows, code: came_to(request, rows, code),
        ),
        Filter("dari", _("Came from"), [], lambda rows, _word: rows),
        Filter("sampai", _("Came until"), [], lambda rows, _word: rows),
    ]


def people_with_business(reach: Reach) -> Any:
    """Return the people within reach, each with `has_business`."""
    owned = Ownership.objects.standing(timezone.localdate()).filter(person=OuterRef("pk"))
    return Person.objects.within(reach).annotate(has_business=Exists(owned)).select_related(NEAR)


def exported_people(rows: Any, *, with_specific: bool) -> Iterator[Sequence[Value]]:
    """Yield people as the rows that our own import reads back; blank is no change there.

    Disability is specific data (UU 27/2022 art. 4(2)) and leaves only with those who may know it.
    """
    for row in people_rows(rows):
        yield (row if with_specific else replace(row, disability="")).cells


@reads("registry.see")
def person_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the people of the officer's areas."""
    listing = Listing(
        request,
        rows=people_with_business(request.reach),
        columns=person_columns(),
        filters=person_filters(request),
        search=lambda rows, words: rows.filter(pk__in=search(words, request.reach).values("pk")),
        sort="nama",
        name="orang",
        detail=lambda row: reverse("desk:person_detail", args=[row.public_id]),
        export=(
            list(PEOPLE_COLUMNS),
            partial(exported_people, with_specific=may(request, "registry.specific")),
        ),
        empty=_("Enter a person, or import a list."),
    )
    context = {
        "title": _("People"),
        "unit": _("people"),
        "may_change": may(request, "registry.change"),
    }
    return listed(
        request, listing, context, template="desk/person_list.html", export="registry.export"
    )


def _person(request: OfficerRequest, public_id: str) -> Person:
    rows = Person.objects.within(request.reach).select_related(NEAR, "household")
    return get_object_or_404(rows, public_id=public_id)


@reads("registry.see")
def person_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show a person: details, business, classes, and the one timeline."""
    person = _person(request, public_id)
    page = person_page(person, reach=request.reach, on=timezone.localdate())
    facts = timeline(person.pk, before=before_of(request), limit=PAGE + 1, reach=request.reach)
    context = {
        "title": person.name,
        "person": person,
        "lives": named(person.area),
        "page": page,
        "consents": [(row, Purpose(row.purpose).label) for row in page.consents],
        "classes": classes_of(person),
        "facts": told(facts[:PAGE]),
        "next": facts[PAGE - 1].id if len(facts) > PAGE else None,
        "may_change": may(request, "registry.change"),
        "may_reveal": may(request, "registry.reveal"),
        "back": {"link": reverse("desk:person_list"), "title": _("People")},
    }
    return show(request, "desk/person_detail.html", context)


def _form(request: OfficerRequest, person: Person | None = None) -> PersonForm:
    initial = {}
    if person:
        names = (
            "name",
            "sex",
            "born_on",
            "birth_place",
            "phone",
            "address",
            "education",
            "version",
        )
        initial = {name: getattr(person, name) for name in names} | area_initial(person.area)
        words = {None: "", True: "ya", False: "tidak"}
        initial["has_disability"] = words[person.has_disability]
    return PersonForm(
        request.POST or None,
        initial=initial,
        choices=area_choices(request.reach, with_city=_("kelurahan not known")),
    )


def _details(form: PersonForm, request: OfficerRequest) -> dict[str, Any]:
    area: Area = places_actions.place(**form.named, by=request.by)
    return {**details_of(form), "area": area}


@writes("registry.change")
def person_create(request: OfficerRequest) -> HttpResponse:
    """Enter a person; a name and a place are enough."""
    form = _form(request)
    if form.is_valid():
        with refusals_into(form):
            details = PersonDetails(**_details(form, request))
            person = actions.enrol(details=details, by=request.by, door="desk")
            messages.success(request, _("Entered in the register."))
            return redirect("desk:person_detail", public_id=person.public_id)
    context = {
        "title": _("New person"),
        "lead": _("A name and a kelurahan are enough; everything else can come later."),
        "form": form,
        "submit": _("Enter in the register"),
        "back": {"link": reverse("desk:person_list"), "title": _("People")},
    }
    return show(request, "desk/person_create.html", context)


@writes("registry.change")
def person_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Change a person; the journal keeps what stood there before."""
    person = _person(request, public_id)
    form = _form(request, person)
    if form.is_valid():
        with refusals_into(form):
            changes = _details(form, request)
            if changes["nik"] is None:
                del changes["nik"]
            version = form.cleaned_data["version"]
            actions.change(person=person, changes=changes, by=request.by, version=version)
            return redirect("desk:person_detail", public_id=public_id)
    context = {
        "title": _("Change details"),
        "lead": person.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": person.name},
    }
    return show(request, "desk/person_create.html", context)


@writes("registry.reveal")
def nik_reading_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Read a NIK whole, after saying why; the reading is journaled."""
    person = _person(request, public_id)
    form = ReasonForm(request.POST or None)
    digits = ""
    if form.is_valid():
        with refusals_into(form):
            digits = actions.reveal_nik(person=person, by=request.by, why=form.cleaned_data["why"])
    context = {
        "title": _("Read the NIK"),
        "lead": person.name,
        "form": form,
        "digits": digits,
        "submit": _("Show the NIK"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": person.name},
    }
    response = show(request, "desk/nik_reading_create.html", context)
    response["Cache-Control"] = "no-store"
    return response


paths = [
    path("orang/", person_list, name="person_list"),
    path("orang/baru/", person_create, name="person_create"),
    path("orang/<slug:public_id>/", person_detail, name="person_detail"),
    path("orang/<slug:public_id>/ubah/", person_change, name="person_change"),
    path("orang/<slug:public_id>/nik/", nik_reading_create, name="nik_reading_create"),
]
