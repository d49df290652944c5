"""The rows behind two counts of the board: registrations and attendances, each apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.cities import cities_within, days_named
from jembol.desk.lists import listed, reach_of_list
from jembol.registry.queries.identity import shown_to
from jembol.reporting.queries import attendances_counted, registrations_counted
from jembol.training.choices import Organiser
from jembol.training.models import Attendance, Class, Registration
from jembol.ui.components import day, moment, written
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter, Listing

if TYPE_CHECKING:
    from jembol.places.models import Area
    from jembol.registry.models import Person

WHERE = ("person__area__parent__parent", "person__survivor__area__parent__parent")


def _filters(request: OfficerRequest, counted: Any, of_class: str) -> list[Filter]:
    cities = cities_within(request.reach)
    days = days_named(request)

    def of(rows: Any, chosen: Sequence[Area]) -> Any:
        inside = Q(pk__in=())
        for city in chosen:
            inside |= Q(pk__in=counted(city, request.reach, days).values("pk"))
        return rows.filter(inside)

    def of_city(rows: Any, code: str) -> Any:
        return of(rows, [city for city in cities if city.code == code])

    def on_days(rows: Any, _word: str) -> Any:
        return of(rows, cities)

    return [
        Filter("wilayah", _("Counted for"), [(city.code, city.name) for city in cities], of_city),
        Filter("dari", _("From"), [], on_days, is_day=True),
        Filter("sampai", _("Until"), [], on_days, is_day=True),
        Filter(
            "penyelenggara",
            _("Given by"),
            [(one.value, str(one.label)) for one in Organiser],
            lambda rows, word: rows.filter(**{f"{of_class}__organiser": word}),
        ),
    ]


def _person_columns(request: OfficerRequest, person: Callable[[Any], Person]) -> list[Column]:
    """Return the columns about who it was: whoever stands for the entry that the row names."""

    def shown(row: Any) -> Person:
        return shown_to(request.reach, person(row))

    return [
        Column(
            "nama", _("Name"), lambda row: shown(row).name, lambda row: written(shown(row).name)
        ),
        Column("wilayah", _("Lives in"), lambda row: named(shown(row).area)),
    ]


def _link(request: OfficerRequest, training_class: Class) -> str:
    """Return the page of a class, or nothing where the class itself lies outside the reach.

    A person of the officer's kelurahan may have gone to a class of the whole city; the row counts,
    and the class's page, which names others, stays closed.
    """
    if not request.reach.covers(training_class.area_id):
        return ""
    return reverse("desk:class_detail", args=[training_class.public_id])


@reads("training.see")
def registration_list(request: OfficerRequest) -> HttpResponseBase:
    """Show registrations: one for each person in each class."""
    rows = Registration.objects.of_people_in(reach_of_list(request, "training.export"))
    listing = Listing(
        request,
        rows=rows.select_related(*WHERE, "training_class", "withdrawal"),
        columns=[
            *_person_columns(request, lambda row: row.person),
            Column("kelas", _("Class"), lambda row: row.training_class.title),
            Column(
                "mulai",
                _("From"),
                lambda row: row.training_class.starts_on,
                lambda row: day(row.training_class.starts_on),
                sort="training_class__starts_on",
            ),
            Column("pintu", _("Came in"), lambda row: row.get_door_display(), wide=True),
            Column(
                "pada",
                _("Registered"),
                lambda row: row.at,
                lambda row: moment(row.at),
                sort="pk",
                wide=True,
            ),
            Column(
                "mundur",
                _("Gave back"),
                lambda row: _("yes") if hasattr(row, "withdrawal") else "",
                wide=True,
            ),
        ],
        filters=_filters(request, registrations_counted, "training_class"),
        # Newest first by key: by the day of the class, 100,000 rows are gathered and sorted.
        sort="-pada",
        name="pendaftaran",
        detail=lambda row: _link(request, row.training_class),
        empty=_("A registration is a person's place in a class."),
    )
    context = {"title": _("Registrations"), "unit": _("registrations")}
    return listed(request, listing, context, export="training.export")


@reads("training.see")
def attendance_list(request: OfficerRequest) -> HttpResponseBase:
    """Show attendances: one for each person on each day."""
    rows = Attendance.objects.of_people_in(reach_of_list(request, "training.export"))
    listing = Listing(
        request,
        rows=rows.select_related(
            *(f"registration__{path}" for path in WHERE), "session__training_class"
        ),
        columns=[
            *_person_columns(request, lambda row: row.registration.person),
            Column("kelas", _("Class"), lambda row: row.session.training_class.title),
            Column(
                "hari",
                _("Day"),
                lambda row: row.session.on,
                lambda row: day(row.session.on),
                sort="session__on",
            ),
            Column(
                "dicatat",
                _("Recorded"),
                lambda row: row.at,
                lambda row: moment(row.at),
                sort="pk",
                wide=True,
            ),
        ],
        filters=_filters(request, attendances_counted, "session__training_class"),
        sort="-dicatat",
        name="kehadiran",
        detail=lambda row: _link(request, row.session.training_class),
        empty=_("An attendance is one person on one day of a class."),
    )
    context = {"title": _("Attendances"), "unit": _("attendances")}
    return listed(request, listing, context, export="training.export")


paths = [
    path("pendaftaran/", registration_list, name="registration_list"),
    path("kehadiran/", attendance_list, name="attendance_list"),
]
