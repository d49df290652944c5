"""The days of a class: shown with what is known of each date, added, moved and cancelled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.classes import class_within
from jembol.desk.lists import may
from jembol.desk.planning_forms import HoursForm, MoveForm
from jembol.desk.planning_words import hours_of, note_pills, warn_about, warnings_about
from jembol.desk.reasons import Question, answered
from jembol.places.models import Venue
from jembol.training import actions, queries
from jembol.training.models import Class, Session
from jembol.training.rules import Day
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import parse_day
from jembol.ui.pages import show


@reads("training.see")
def class_days(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the days of a class."""
    each = class_within(request, public_id)
    is_standing = not hasattr(each, "cancellation")
    context = {
        "title": _("Days"),
        "each": each,
        "days": [
            (day, hours_of(day.session), note_pills(day.notes))
            for day in queries.days_of_class(each)
        ],
        "may_change": may(request, "training.change", at=each.area_id) and is_standing,
        "back": {"link": reverse("desk:class_detail", args=[public_id]), "title": each.title},
    }
    return show(request, "desk/class_days.html", context)


@writes("training.change")
def session_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Add a day to a class."""
    each = class_within(request, public_id)
    last = each.sessions.order_by("number").last()
    initial = {"starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}
    form = HoursForm(sent(request), initial=initial, **_venues(request, each))
    if form.is_valid():
        with refusals_into(form):
            day, venue = _given(form)
            actions.add_session(training_class=each, day=day, venue=venue, by=request.by)
            warn_about(request, [day])
            messages.success(request, _("Day added."))
            return redirect("desk:class_days", public_id=public_id)
    return _asked(request, each, form, _("Add a day"))


@writes("training.change")
def session_move_create(request: OfficerRequest, session_id: int) -> HttpResponse:
    """Move a day to another date, other hours or another venue."""
    session = _session_within(request, session_id)
    each = session.training_class
    initial = {name: getattr(session, name) for name in ("on", "starts_at", "ends_at", "venue")}
    form = MoveForm(sent(request), initial=initial, **_venues(request, each))
    if form.is_valid():
        with refusals_into(form):
            day, venue = _given(form)
            actions.move_session(
                session=session,
                day=day,
                venue=venue,
                why=form.cleaned_data["why"],
                by=request.by,
            )
            warn_about(request, [day])
            messages.success(request, _("The day is moved. Everybody kept their seat."))
            return redirect("desk:class_days", public_id=each.public_id)
    return _asked(request, each, form, _("Move a day"))


@writes("training.change")
def session_cancellation_create(request: OfficerRequest, session_id: int) -> HttpResponse:
    """Cancel one day of a class, with the reason that people are told."""
    session = _session_within(request, session_id)
    each = session.training_class
    question = Question(
        title=_("Cancel a day"),
        lead=f"{each.title} · {session.on:%d-%m-%Y}",
        submit=_("Cancel this day"),
        done=_("The day is cancelled. The other days stand, and everybody kept their seat."),
        back=(reverse("desk:class_days", args=[each.public_id]), _("Days")),
    )
    return answered(
        request,
        question,
        lambda why: actions.cancel_session(session=session, why=why, by=request.by),
    )


@reads("training.see")
def day_notes(request: OfficerRequest) -> HttpResponse:
    """Tell what is worth knowing about the dates that a form names, while it is filled in."""
    chosen = [
        found
        for name, word in request.GET.items()
        if name == "on" or name.startswith(("day_", "first_"))
        if (found := parse_day(str(word))) is not None
    ]
    context = {
        "title": _("Worth knowing about these dates"),
        "notes": warnings_about(chosen),
        "back": {"link": reverse("desk:calendar"), "title": _("Calendar")},
    }
    return show(request, "desk/day_notes.html", context)


def _session_within(request: OfficerRequest, session_id: int) -> Session:
    rows = Session.objects.filter(training_class__in=Class.objects.within(request.reach))
    related = ("training_class__venue", "venue")
    found: Session = get_object_or_404(rows.select_related(*related), pk=session_id)
    return found


def _venues(request: OfficerRequest, each: Class) -> dict[str, Any]:
    own = each.venue.name if each.venue else _("no venue")
    return {
        "venues": Venue.objects.within(request.reach).order_by("name", "pk"),
        "own_venue": _("as the class: %(venue)s") % {"venue": own},
    }


def _given(form: HoursForm) -> tuple[Day, Venue | None]:
    given = form.cleaned_data
    return Day(given["on"], given["starts_at"], given["ends_at"]), given["venue"]


def _asked(request: OfficerRequest, each: Class, form: HoursForm, title: str) -> HttpResponse:
    chosen = form["on"].value()
    on = chosen if not isinstance(chosen, str) else parse_day(chosen)
    context = {
        "title": title,
        "lead": each.title,
        "form": form,
        "notes": warnings_about([on] if on else []),
        "submit": _("Save"),
        "back": {
            "link": reverse("desk:class_days", args=[each.public_id]),
            "title": _("Days"),
        },
    }
    return show(request, "desk/session_form.html", context)


paths = [
    path("kelas/<slug:public_id>/hari/", class_days, name="class_days"),
    path("kelas/<slug:public_id>/hari/baru/", session_create, name="session_create"),
    path("hari/<int:session_id>/pemindahan/", session_move_create, name="session_move_create"),
    path(
        "hari/<int:session_id>/pembatalan/",
        session_cancellation_create,
        name="session_cancellation_create",
    ),
    path("kalender/catatan/", day_notes, name="day_notes"),
]
