"""People: the list, one person with one timeline, and reading a NIK."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.certificates import state_of as certificate_state
from jembol.desk.cities import cities_within, days_named
from jembol.desk.journal import before_of, specific_reach, told
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.merges import merges_told, passed_on
from jembol.desk.reasons import ReasonForm
from jembol.journal.queries import timeline
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry import actions
from jembol.registry.choices import Purpose, Sex
from jembol.registry.models import Ownership, Person, theirs
from jembol.registry.queries.finding import search
from jembol.registry.queries.identity import members_of, shown_to
from jembol.registry.queries.pages import person_page
from jembol.registry.queries.rows import PEOPLE_COLUMNS, people_rows
from jembol.reporting.queries import people_reached_rows
from jembol.training.queries import certificates_of, classes_of
from jembol.ui.components import masked, phone, written
from jembol.ui.export import Value
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
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


def came_to(request: OfficerRequest, rows: Any, cities: Sequence[Area]) -> Any:
    """Keep those who came to a counted class of a city, in the days that the address names."""
    days = days_named(request)
    came = Q(pk__in=())
    for city in cities:
        came |= Q(pk__in=people_reached_rows(city, request.reach, days).values("pk"))
    return rows.filter(came)


def person_filters(request: OfficerRequest) -> list[Filter]:
    """Return the choices above the list of people."""
    cities = cities_within(request.reach)

    def of_city(rows: Any, code: str) -> Any:
        return came_to(request, rows, [city for city in cities if city.code == code])

    def on_days(rows: Any, _word: str) -> Any:
        return came_to(request, rows, cities)

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
            [(city.code, city.name) for city in cities],
            of_city,
        ),
        Filter("dari", _("Came from"), [], on_days, is_day=True),
        Filter("sampai", _("Came until"), [], on_days, is_day=True),
    ]


def people_with_business(reach: Reach) -> Any:
    """Return the people within reach, each with `has_business`."""
    owned = theirs(Ownership.objects.standing(timezone.localdate()))
    rows = Person.objects.standing().within(reach)
    return rows.annotate(has_business=owned).select_related(NEAR)


def exported_people(rows: Any, *, with_specific: bool) -> Iterator[Sequence[Value]]:
    """Yield people as the rows that our own import reads back; blank is no change there.

    Disability is specific data (UU 27/2022 art. 4(2)) and leaves only with those who may know it.
    """
    for row in people_rows(rows):
        yield (row if with_specific else replace(row, disability="")).cells


@reads("registry.see")
def person_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the people of the officer's areas."""
    reach = reach_of_list(request, "registry.export")
    listing = Listing(
        request,
        rows=people_with_business(reach),
        columns=person_columns(),
        filters=person_filters(request),
        search=lambda rows, words: rows.filter(pk__in=search(words, request.reach).values("pk")),
        sort="nama",
        name="orang",
        detail=lambda row: reverse("desk:person_detail", args=[row.public_id]),
        export=(
            list(PEOPLE_COLUMNS),
            partial(exported_people, with_specific=reach & specific_reach(request) == reach),
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


def person_within(request: OfficerRequest, public_id: str) -> Person:
    """Return the person whom an address names, if they live in the officer's areas.

    The id of an absorbed entry leads to the one that stands for it.
    """
    rows = Person.objects.within(request.reach)
    named_row = get_object_or_404(rows.select_related("survivor"), public_id=public_id)
    shown = shown_to(request.reach, named_row)
    return rows.select_related(NEAR, "household", "survivor").get(pk=shown.pk)


@reads("registry.see")
def person_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show a person: details, business, classes, and the one timeline."""
    person = person_within(request, public_id)
    if person.public_id != public_id:
        return passed_on("desk:person_detail", person, public_id)
    page = person_page(person, reach=request.reach, on=timezone.localdate())
    facts = timeline(
        *members_of(person), before=before_of(request), limit=PAGE + 1, reach=request.reach
    )
    sees_classes = request.officer.reach("training.see", timezone.localdate())
    context = {
        "title": person.name,
        "person": person,
        "lives": named(person.area),
        "page": page,
        "consents": [(row, Purpose(row.purpose).label) for row in page.consents],
        # A class of the whole city names others, so its page may be closed to this officer.
        "classes": [
            (row, sees_classes.covers(row.training_class.area_id)) for row in classes_of(person)
        ],
        "certificates": [
            (row, *certificate_state(row), sees_classes.covers(row.training_class.area_id))
            for row in certificates_of(person)
        ],
        "facts": told(facts[:PAGE], specific=specific_reach(request)),
        "next": facts[PAGE - 1].id if len(facts) > PAGE else None,
        "may_change": may(request, "registry.change", at=person.area_id),
        "merges": merges_told(request, person, page.merges),
        "may_reveal": may(request, "registry.reveal", at=person.area_id),
        "back": {"link": reverse("desk:person_list"), "title": _("People")},
    }
    return show(request, "desk/person_detail.html", context)


@writes("registry.reveal")
def nik_reading_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Read a NIK whole, after saying why; the reading is journaled."""
    person = person_within(request, public_id)
    form = ReasonForm(sent(request))
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
    path("orang/<slug:public_id>/", person_detail, name="person_detail"),
    path("orang/<slug:public_id>/nik/", nik_reading_create, name="nik_reading_create"),
]
