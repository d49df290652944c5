"""Classes: the list, one class, opening one, showing it to citizens, cancelling it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.cities import years
from jembol.desk.class_parts import parts_of
from jembol.desk.lists import listed, may
from jembol.desk.planning_words import warn_about, warnings_about
from jembol.desk.reasons import Question, answered
from jembol.desk.training_forms import ClassForm, DaysForm, days_of, guests_of
from jembol.desk.wished_classes import after_opening, initial_of, wished
from jembol.kit.text import fold_name
from jembol.outreach.models import Gathering
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.places.models import Venue
from jembol.training import actions, queries
from jembol.training.choices import Organiser
from jembol.training.models import Class, Course, Mentor
from jembol.ui.components import day, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

ROLL_SHOWN: Final = 200
"""People named on the page of a class: drawing thousands would keep a telephone waiting."""


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
            [(str(year), str(year)) for year in (years()[0] + 1, *years())],
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
        search=lambda rows, words: rows.filter(folded__contains=fold_name(words)),
        sort="-mulai",
        name="kelas",
        detail=lambda row: reverse("desk:class_detail", args=[row.public_id]),
        empty=_("Open a class, or import the attendance lists of past ones."),
    )
    context = {
        "title": _("Classes"),
        "unit": _("classes"),
        "may_change": may(request, "training.change"),
        "may_attend": may(request, "training.attend"),
    }
    return listed(request, listing, context, template="desk/class_list.html")


def class_within(request: OfficerRequest, public_id: str) -> Class:
    """Return a class that this officer may see.

    Raises:
        Http404: there is none with this number within reach.
    """
    rows = Class.objects.within(request.reach).select_related(
        "course", "area", "venue", "publication", "cancellation"
    )
    found: Class = get_object_or_404(rows, public_id=public_id)
    return found


@reads("training.see")
def class_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show one class: its counts apart, its days, and who came."""
    each = class_within(request, public_id)
    word, tone = state_of(each)
    grid = queries.attendance_grid(each, request.reach)
    people = request.officer.reach("registry.see", timezone.localdate())
    context = {
        "title": each.title,
        "each": each,
        "parts": parts_of(request, each),
        "course": course_name(each.course),
        "state": {"word": word, "tone": tone},
        "counts": queries.class_counts(each),
        "grid": grid,
        # A mentor sees who is in the class, and opens nobody's page.
        "rows": [
            (row, named(row.person.area), people.covers(row.person.area_id))
            for row in grid.rows[:ROLL_SHOWN]
        ],
        "shown": ROLL_SHOWN if len(grid.rows) > ROLL_SHOWN else 0,
        "mentors": each.mentors.order_by("pk"),
        "claims": each.claims.order_by("pk"),
        "today": timezone.localdate(),
        "may_change": may(request, "training.change", at=each.area_id),
        "may_attend": may(request, "training.attend", at=each.area_id),
        "may_export": may(request, "training.export", at=each.area_id),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/class_detail.html", context)


@writes("training.change")
def class_create(request: OfficerRequest) -> HttpResponse:
    """Open a class."""
    gathering = wished(request)
    form = _class_form(request, gathering)
    days = DaysForm(sent(request))
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
                mentors=[*given["mentors"], *guests_of(given["guests"])],
                days=days_of(days),
                by=request.by,
            )
            warn_about(request, days_of(days))
            messages.success(request, _("Class opened. Register people, or show it to citizens."))
            return redirect(after_opening(gathering, opened))
    context = {
        "title": _("Open a class"),
        "form": form,
        "days": days,
        "notes": warnings_of(days),
        "submit": _("Open the class"),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return show(request, "desk/class_create.html", context)


def warnings_of(days: DaysForm) -> list[str]:
    """Return what is worth knowing about the dates of a form that was sent."""
    return warnings_about(day.on for day in days_of(days)) if days.is_valid() else []


def _class_form(request: OfficerRequest, gathering: Gathering | None) -> ClassForm:
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    return ClassForm(
        sent(request),
        initial=initial_of(gathering, choices),
        choices=choices,
        courses=Course.objects.order_by("name"),
        venues=Venue.objects.within(request.reach).order_by("name", "pk"),
        mentors=Mentor.objects.within(request.reach).available().order_by("folded", "pk"),
    )


@writes("training.change")
def publication_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Let citizens see the class and sign up."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Show the class to citizens"),
        lead=each.title,
        submit=_("Show it and open the sign-up"),
        done=_("Citizens see the class and can sign up."),
        back=back_to(each),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.publish(training_class=each, by=request.by)
    )


@writes("training.change")
def cancellation_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Cancel a class, with the reason that people are told."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Cancel the class"),
        lead=each.title,
        submit=_("Cancel the class"),
        done=_("The class is cancelled."),
        back=back_to(each),
    )
    return answered(
        request, question, lambda why: actions.cancel(training_class=each, why=why, by=request.by)
    )


def back_to(each: Class) -> tuple[str, str]:
    """Return the address and the title of a class, for the pages about it."""
    return reverse("desk:class_detail", args=[each.public_id]), each.title


paths = [
    path("kelas/", class_list, name="class_list"),
    path("kelas/baru/", class_create, name="class_create"),
    path("kelas/<slug:public_id>/", class_detail, name="class_detail"),
    path("kelas/<slug:public_id>/penayangan/", publication_create, name="publication_create"),
    path("kelas/<slug:public_id>/pembatalan/", cancellation_create, name="cancellation_create"),
]
