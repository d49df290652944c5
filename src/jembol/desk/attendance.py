"""Who came: the roll of a day, and the sheet that is printed for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import named
from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import may
from jembol.desk.reasons import ReasonForm
from jembol.journal.record import Entry
from jembol.registry.events import LIST_EXPORTED
from jembol.training import actions, queries
from jembol.training.models import Session
from jembol.training.queries import AttendanceGrid
from jembol.ui.export import KINDS, file_answer
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show


@writes("training.attend")
def roll_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Take or correct the roll of one day: a tick for everybody who came."""
    each = class_within(request, public_id)
    grid = queries.attendance_grid(each, request.reach)
    session = _session(request, grid)
    form = ReasonForm(sent(request), asks=False)
    ticked = _stored(grid, session)
    if form.is_valid():
        ticked = {parse_key(word) or 0 for word in request.POST.getlist("hadir")}
        with refusals_into(form):
            actions.take_roll(session=session, present=ticked, by=request.by)
            messages.success(request, _("Attendance saved."))
            return redirect("desk:class_detail", public_id=public_id)
    link, name = back_to(each)
    context = {
        "title": _("Attendance"),
        "lead": each.title,
        "each": each,
        "session": session,
        "sessions": grid.sessions,
        "form": form,
        "today": timezone.localdate(),
        "rows": [(row, row.registration.pk in ticked, named(row.person.area)) for row in grid.rows],
        "hidden": grid.hidden,
        "may_register": may(request, "training.change", at=each.area_id),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/roll_create.html", context)


def _session(request: OfficerRequest, grid: AttendanceGrid) -> Session:
    """Return the day that the form is about, or that the address names, or today, or the first.

    The form names the day by its key: numbers of days move when a day is added meanwhile.

    Raises:
        Http404: the form is about a day that the class does not have.
    """
    if request.method == "POST":
        key = parse_key(request.POST.get("sesi", ""))
        found = next((one for one in grid.sessions if one.pk == key), None)
        if found is None:
            raise Http404
        return found
    wanted, today = parse_key(request.GET.get("hari", "")), timezone.localdate()
    named_first = sorted(grid.sessions, key=lambda one: (one.number != wanted, one.on != today))
    return named_first[0]


def _stored(grid: AttendanceGrid, session: Session) -> set[int]:
    place = [one.pk for one in grid.sessions].index(session.pk)
    return {row.registration.pk for row in grid.rows if row.present[place]}


@reads("training.see")
def sheet(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the attendance sheet for printing, with a place to sign for every day."""
    each = class_within(request, public_id)
    grid = queries.attendance_grid(each, request.reach)
    link, name = back_to(each)
    context = {
        "title": _("Attendance sheet"),
        "each": each,
        "grid": grid,
        "rows": [(row, named(row.person.area)) for row in grid.rows if not row.is_withdrawn],
        "spare": range(5),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/sheet.html", context)


@reads("training.export")
def attendance_file(request: OfficerRequest, public_id: str) -> HttpResponseBase:
    """Give who came as a file that our own import reads back as no change."""
    each = class_within(request, public_id)
    header = queries.attendance_header(each)
    name = f"daftar-hadir-{each.public_id}-{timezone.localdate().isoformat()}"
    details = {"list": name, "rows": queries.class_counts(each).registered}
    request.readings.append(
        Entry(event=LIST_EXPORTED, about=each, by=request.by, area=each.area_id, details=details)
    )
    kind = request.GET.get("unduh", "")
    rows = queries.attendance_rows(each, request.reach)
    return file_answer(kind if kind in KINDS else "xlsx", name, header, rows)


paths = [
    path("kelas/<slug:public_id>/kehadiran/", attendance_file, name="attendance_file"),
    path("kelas/<slug:public_id>/presensi/", roll_create, name="roll_create"),
    path("kelas/<slug:public_id>/daftar-hadir/", sheet, name="sheet"),
]
