"""Classes: the list, one class, opening one, who has a seat, and the roll of each day."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, named
from jembol.desk.lists import listed, may
from jembol.desk.training_forms import ClassForm, DaysForm, ReasonForm, days_of
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Venue
from jembol.registry.models import Person
from jembol.registry.queries import search
from jembol.training import actions, queries
from jembol.training.choices import Door, Organiser
from jembol.training.models import Class, Course, Registration, Session
from jembol.ui.components import day, pill
from jembol.ui.forms import refusals_into
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show


def state_of(row: Class) -> tuple[str, str]:
    """Return a class's state in a word, with its tone."""
    today = timezone.localdate()
    if hasattr(row, "cancellation"):
        return _("cancelled"), "bad"
    if row.ends_on < today:
        return _("past"), "plain"
    if row.starts_on <= today:
        return _("running"), "info"
    return (_("open"), "good") if hasattr(row, "publication") else (_("planned"), "warn")


def _when(row: Class) -> str:
    same = row.starts_on == row.ends_on
    return f"{day(row.starts_on)}" if same else f"{day(row.starts_on)} – {day(row.ends_on)}"


def course_name(course: Course) -> str:
    """Return a course's name in the reader's language."""
    return course.name_en if get_language() == "en" else course.name


CLASS_STATES = {
    "terbuka": lambda rows: rows.published().filter(starts_on__gt=timezone.localdate()),
    "batal": lambda rows: rows.filter(cancellation__isnull=False),
    "lewat": lambda rows: rows.standing().filter(ends_on__lt=timezone.localdate()),
}


def class_columns() -> list[Column]:
    """Return the columns of the list of classes."""
    return [
        Column("judul", _("Class"), lambda row: row.title, sort="folded"),
        Column(
            "mulai",
            _("From"),
            lambda row: row.starts_on,
            lambda row: day(row.starts_on),
            sort="starts_on",
        ),
        Column(
            "selesai", _("Until"), lambda row: row.ends_on, lambda row: day(row.ends_on), wide=True
        ),
        Column("materi", _("Course"), lambda row: course_name(row.course), wide=True),
        Column("wilayah", _("Area"), lambda row: row.area.name, wide=True),
        Column("penyelenggara", _("Given by"), lambda row: row.get_organiser_display(), wide=True),
        Column("pendaftar", _("Registered"), lambda row: row.registered, align="end"),
        Column("peserta", _("People who came"), lambda row: row.attended_people, align="end"),
        Column("hadir", _("Attendances"), lambda row: row.attendances, align="end"),
        Column(
            "keadaan",
            _("State"),
            lambda row: state_of(row)[0],
            lambda row: pill(state_of(row)[0], tone=state_of(row)[1]),
        ),
    ]


def class_filters() -> list[Filter]:
    """Return the choices above the list of classes."""
    this_year = timezone.localdate().year
    return [
        Filter(
            "penyelenggara",
            _("Given by"),
            [
                ("kota", _("The city's programme")),
                *((one.value, str(one.label)) for one in Organiser),
            ],
            lambda rows, word: (
                rows.of_the_city() if word == "kota" else rows.filter(organiser=word)
            ),
        ),
        Filter(
            "tahun",
            _("Year"),
            [(str(year), str(year)) for year in range(this_year + 1, 2016, -1)],
            lambda rows, word: rows.filter(starts_on__year=int(word)),
        ),
        Filter(
            "keadaan",
            _("State"),
            [("terbuka", _("open")), ("lewat", _("past")), ("batal", _("cancelled"))],
            lambda rows, word: CLASS_STATES[word](rows),
        ),
    ]


@reads("training.see")
def class_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the classes of the officer's areas, newest first."""
    listing = Listing(
        request,
        rows=queries.classes(request.reach),
        columns=class_columns(),
        filters=class_filters(),
        search=lambda rows, words: rows.filter(folded__contains=words.casefold()),
        sort="-mulai",
        name="kelas",
        detail=lambda row: reverse("desk:class_detail", args=[row.public_id]),
        empty=_("Open a class, or import the attendance lists of past ones."),
    )
    context = {
        "title": _("Classes"),
        "unit": _("classes"),
        "may_change": may(request, "training.change"),
    }
    return listed(request, listing, context, template="desk/class_list.html")


def _class(request: OfficerRequest, public_id: str) -> Class:
    rows = Class.objects.within(request.reach).select_related(
        "course", "area", "venue", "publication", "cancellation"
    )
    found: Class = get_object_or_404(rows, public_id=public_id)
    return found


@reads("training.see")
def class_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show one class: its counts apart, its days, and who came."""
    each = _class(request, public_id)
    word, tone = state_of(each)
    grid = queries.attendance_grid(each, request.reach)
    context = {
        "title": each.title,
        "each": each,
        "course": course_name(each.course),
        "state": {"word": word, "tone": tone},
        "counts": queries.class_counts(each),
        "grid": grid,
        "rows": [(row, named(row.person.area)) for row in grid.rows],
        "mentors": each.mentors.order_by("pk"),
        "claims": each.claims.order_by("pk"),
        "today": timezone.localdate(),
        "may_change": may(request, "training.change"),
        "may_attend": may(request, "training.attend"),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/class_detail.html", context)


@writes("training.change")
def class_create(request: OfficerRequest) -> HttpResponse:
    """Open a class."""
    form = _class_form(request)
    days = DaysForm(request.POST or None)
    if form.is_valid() and days.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            opened = actions.open_class(
                course=given["course"],
                title=given["title"],
                area=places_actions.place(**form.named, by=request.by),
                organiser=given["organiser"],
                organiser_name=given["organiser_name"],
                venue=given["venue"],
                seats=given["seats"],
                mentors=[name.strip() for name in given["mentors"].splitlines() if name.strip()],
                days=days_of(days),
                by=request.by,
            )
            return redirect("desk:class_detail", public_id=opened.public_id)
    context = {
        "title": _("Open a class"),
        "form": form,
        "days": days,
        "submit": _("Open the class"),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/class_create.html", context)


def _class_form(request: OfficerRequest) -> ClassForm:
    return ClassForm(
        request.POST or None,
        choices=area_choices(request.reach, with_city=_("kelurahan not known")),
        courses=Course.objects.order_by("name"),
        venues=Venue.objects.within(request.reach).order_by("name", "pk"),
    )


@writes("training.change")
def publication_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Let citizens see the class and sign up."""
    each = _class(request, public_id)
    form = ReasonForm(request.POST or None, asks=False)
    if form.is_valid():
        with refusals_into(form):
            actions.publish(training_class=each, by=request.by)
            return redirect("desk:class_detail", public_id=public_id)
    context = {
        "title": _("Show the class to citizens"),
        "lead": each.title,
        "form": form,
        "submit": _("Show it and open the sign-up"),
        "back": _back_to(each),
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def cancellation_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Cancel a class, with the reason that people are told."""
    each = _class(request, public_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.cancel(training_class=each, why=form.cleaned_data["why"], by=request.by)
            return redirect("desk:class_detail", public_id=public_id)
    context = {
        "title": _("Cancel the class"),
        "lead": each.title,
        "form": form,
        "submit": _("Cancel the class"),
        "back": _back_to(each),
    }
    return show(request, "ui/form.html", context)


def _back_to(each: Class) -> dict[str, str]:
    return {"link": reverse("desk:class_detail", args=[each.public_id]), "title": each.title}


@writes("training.change")
def registration_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Find people and give them seats, several at once."""
    each = _class(request, public_id)
    form = ReasonForm(request.POST or None, asks=False)
    if form.is_valid():
        chosen = [int(word) for word in request.POST.getlist("orang") if word.isdigit()]
        people = list(Person.objects.within(request.reach).filter(pk__in=chosen).order_by("pk"))
        with refusals_into(form):
            actions.register_many(training_class=each, people=people, by=request.by, door=Door.DESK)
            return redirect("desk:class_detail", public_id=public_id)
    words = request.GET.get("q", "").strip()
    taken = Registration.objects.standing().filter(training_class=each).values("person_id")
    context = {
        "title": _("Register people"),
        "lead": each.title,
        "form": form,
        "words": words,
        "found": _found(request, words, taken) if words else [],
        "back": _back_to(each),
    }
    return show(request, "desk/registration_create.html", context)


def _found(request: OfficerRequest, words: str, taken: Any) -> list[tuple[Person, str]]:
    rows = search(words, request.reach).exclude(pk__in=taken)
    found = rows.select_related(NEAR).order_by("folded", "pk")[:50]
    return [(person, named(person.area)) for person in found]


@writes("training.change")
def withdrawal_create(request: OfficerRequest, registration_id: int) -> HttpResponse:
    """Give a seat back, with the reason."""
    seat = get_object_or_404(
        Registration.objects.of_people_in(request.reach).select_related("training_class", "person"),
        pk=registration_id,
        training_class__in=Class.objects.within(request.reach),
    )
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_into(form):
            actions.withdraw(registration=seat, why=form.cleaned_data["why"], by=request.by)
            return redirect("desk:class_detail", public_id=seat.training_class.public_id)
    context = {
        "title": _("Give the seat back"),
        "lead": f"{seat.person.name} · {seat.training_class.title}",
        "form": form,
        "submit": _("Give the seat back"),
        "back": _back_to(seat.training_class),
    }
    return show(request, "ui/form.html", context)


@writes("training.attend")
def roll_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Take or correct the roll of one day: a tick for everybody who came."""
    each = _class(request, public_id)
    sessions = list(Session.objects.filter(training_class=each).order_by("number"))
    wanted = request.GET.get("hari", "")
    session = next((one for one in sessions if str(one.number) == wanted), None) or _today(sessions)
    form = ReasonForm(request.POST or None, asks=False)
    if form.is_valid():
        ticked = {int(word) for word in request.POST.getlist("hadir") if word.isdigit()}
        with refusals_into(form):
            actions.take_roll(session=session, present=ticked, by=request.by)
            return redirect("desk:class_detail", public_id=public_id)
    grid = queries.attendance_grid(each, request.reach)
    place = [one.pk for one in grid.sessions].index(session.pk)
    context = {
        "title": _("Attendance"),
        "lead": each.title,
        "each": each,
        "session": session,
        "sessions": sessions,
        "form": form,
        "rows": [(row, bool(row.present[place]), named(row.person.area)) for row in grid.rows],
        "hidden": grid.hidden,
        "back": _back_to(each),
    }
    return show(request, "desk/roll_create.html", context)


def _today(sessions: list[Session]) -> Session:
    today = timezone.localdate()
    return next((one for one in sessions if one.on == today), sessions[0])


@reads("training.see")
def sheet(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the attendance sheet for printing, with a place to sign for every day."""
    each = _class(request, public_id)
    grid = queries.attendance_grid(each, request.reach)
    context = {
        "title": _("Attendance sheet"),
        "each": each,
        "grid": grid,
        "rows": [(row, named(row.person.area)) for row in grid.rows if not row.is_withdrawn],
        "spare": range(5),
        "back": _back_to(each),
    }
    return show(request, "desk/sheet.html", context)


paths = [
    path("kelas/", class_list, name="class_list"),
    path("kelas/baru/", class_create, name="class_create"),
    path("kelas/<slug:public_id>/", class_detail, name="class_detail"),
    path("kelas/<slug:public_id>/penayangan/", publication_create, name="publication_create"),
    path("kelas/<slug:public_id>/pembatalan/", cancellation_create, name="cancellation_create"),
    path("kelas/<slug:public_id>/pendaftaran/", registration_create, name="registration_create"),
    path("kelas/<slug:public_id>/presensi/", roll_create, name="roll_create"),
    path("kelas/<slug:public_id>/daftar-hadir/", sheet, name="sheet"),
    path(
        "pendaftaran/<int:registration_id>/pengunduran/",
        withdrawal_create,
        name="withdrawal_create",
    ),
]
