"""The steps of an import: where it stands, and the buttons that check, store and take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jembol.desk.reasons import ReasonForm
from jembol.intake import actions
from jembol.intake.choices import RowState, Status, Verdict
from jembol.intake.models import Import
from jembol.intake.queries import imports
from jembol.journal.by import By
from jembol.outbox.choices import JobState
from jembol.outbox.queries import JobRow
from jembol.ui.forms import refusals_into
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

WORKING = frozenset({Status.PREVIEWING, Status.COMMITTING, Status.UNDOING})
STORED_STATES = (RowState.DONE, RowState.SETTLED, RowState.PARKED, RowState.LEFT)
PLACES = {
    Status.UPLOADED: 1,
    Status.MAPPED: 2,
    Status.PREVIEWING: 2,
    Status.PREVIEWED: 3,
    Status.COMMITTING: 3,
    Status.COMMITTED: 4,
    Status.UNDOING: 3,
    Status.UNDONE: 3,
    Status.REFUSED: 2,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an import stands and what may be done with it now.

    Attributes:
        steps: Name, and whether it is done, for each step of the way.
        current: Place of the step that is next, from 0.
        works: Work is under way in the background.
        waits: That work has not begun yet.
        may_map: The columns may be chosen anew.
        may_check: The rows may be checked again.
        may_store: The rows may be stored.
        may_undo: What was stored may be taken back.
        broke: Why the work ended without an answer; empty when it did not.
    """

    steps: list[tuple[str, bool]]
    current: int
    works: bool
    waits: bool
    may_map: bool
    may_check: bool
    may_store: bool
    may_undo: bool
    broke: str


def stage_of(batch: Import, job: JobRow | None) -> Stage:
    """Return where an import stands, as the actions will judge it."""
    status = Status(batch.status)
    works = status in WORKING and job is not None and not job.is_over
    has_broken = status in WORKING and not works
    stored = any(batch.counts.get(state) for state in STORED_STATES)
    place = 3 if status == Status.REFUSED and stored else PLACES[status]
    # Steps of a way, not states: the last one is shown before anything is stored.
    names = (
        pgettext("step", "Upload"),
        pgettext("step", "Columns"),
        pgettext("step", "Check"),
        pgettext("step", "Store"),
    )
    return Stage(
        steps=[(name, number < place) for number, name in enumerate(names)],
        current=min(place, len(names) - 1),
        works=works,
        waits=works and job is not None and job.state == JobState.READY,
        may_map=status in actions.MAPPABLE and not stored,
        may_check=not stored and _may_check(status, has_broken=has_broken),
        may_store=_may_store(status, stored=stored, has_broken=has_broken),
        may_undo=_may_undo(status, stored=stored, has_broken=has_broken),
        broke=job.error if has_broken and job else "",
    )


def _may_check(status: Status, *, has_broken: bool) -> bool:
    is_broken = has_broken and status == Status.PREVIEWING
    return status in {Status.MAPPED, Status.PREVIEWED, Status.REFUSED} or is_broken


def _may_store(status: Status, *, stored: bool, has_broken: bool) -> bool:
    # After a check that was refused halfway only some of the rows are known; check them again.
    if status == Status.REFUSED:
        return stored
    is_broken = has_broken and status == Status.COMMITTING
    return status in {Status.PREVIEWED, Status.UNDONE} or is_broken


def _may_undo(status: Status, *, stored: bool, has_broken: bool) -> bool:
    if status == Status.REFUSED:
        return stored
    return status == Status.COMMITTED or (has_broken and status == Status.UNDOING)


# --- the buttons ------------------------------------------------------------------------------


def _batch(request: OfficerRequest, import_id: int) -> Import:
    found: Import = get_object_or_404(imports(request.reach), pk=import_id)
    return found


def _sent(request: OfficerRequest) -> QueryDict | None:
    """Return what was sent; a button alone sends nothing, and is an answer all the same."""
    return request.POST if request.method == "POST" else None


def _ask(
    request: OfficerRequest,
    batch: Import,
    form: ReasonForm,
    act: Callable[[By], object],
    *,
    title: str,
    lead: str,
) -> HttpResponse:
    """Do what a button says, or ask whether it is meant."""
    if form.is_valid():
        with refusals_into(form):
            act(request.by)
            return redirect("desk:import_detail", import_id=batch.pk)
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "submit": title,
        "back": {
            "link": reverse("desk:import_detail", args=[batch.pk]),
            "title": batch.file_name,
        },
    }
    return show(request, "ui/form.html", context)


@writes("intake.run")
def check_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Check every row again, against the register as it is now."""
    batch = _batch(request, import_id)
    return _ask(
        request,
        batch,
        ReasonForm(_sent(request), asks=False),
        lambda by: actions.preview(batch=batch, by=by),
        title=_("Check the list"),
        lead=_("Every row is compared with the register as it is now. Nothing is stored."),
    )


@writes("intake.run")
def storage_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Store the rows of a checked list."""
    batch = _batch(request, import_id)
    counts = {verdict.value: int(batch.counts.get(verdict, 0)) for verdict in Verdict}
    return _ask(
        request,
        batch,
        ReasonForm(_sent(request), asks=False),
        lambda by: actions.commit(batch=batch, by=by),
        title=_("Store the list"),
        lead=_(
            "%(create)d new, %(update)d changes, %(unchanged)d without change. %(duplicate)d "
            "perhaps known already will wait for your decision; %(error)d stay out."
        )
        % counts,
    )


@writes("intake.run")
def return_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Take back everything that a list did."""
    batch = _batch(request, import_id)
    form = ReasonForm(_sent(request))
    return _ask(
        request,
        batch,
        form,
        lambda by: actions.undo(batch=batch, by=by, why=form.cleaned_data["why"]),
        title=_("Undo the import"),
        lead=_(
            "Whoever this list made leaves the register again, and what it changed becomes what it "
            "was. What somebody has changed since then stays, and is listed."
        ),
    )


paths = [
    path("impor/<int:import_id>/pemeriksaan/", check_create, name="check_create"),
    path("impor/<int:import_id>/penyimpanan/", storage_create, name="storage_create"),
    path("impor/<int:import_id>/pembatalan/", return_create, name="return_create"),
]
