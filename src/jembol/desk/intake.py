"""Imports: the list of them, one import with its rows, and what is taken away as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk import intake_decisions, intake_mapping, intake_steps, intake_upload
from jembol.desk.areas import area_filter
from jembol.desk.intake_steps import stage_of
from jembol.desk.intake_words import ShownRow, shown_rows
from jembol.desk.lists import listed, may
from jembol.intake.choices import Kind, RowState, Status, Verdict
from jembol.intake.models import Import
from jembol.intake.queries import bad_header, bad_rows, imports, job_of
from jembol.journal.record import Entry
from jembol.kit.area import city_key
from jembol.registry.events import LIST_EXPORTED
from jembol.training.models import Class
from jembol.ui.components import moment, number, pill
from jembol.ui.export import Value, file_answer
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

STOP_POLLING = 286
STATUS_TONES = {
    Status.COMMITTED: "good",
    Status.REFUSED: "bad",
    Status.UNDONE: "plain",
    Status.PREVIEWED: "warn",
    Status.UPLOADED: "warn",
    Status.MAPPED: "warn",
}
CHUNK = 500


# --- the list ---------------------------------------------------------------------------------


def _parked(batch: Import) -> int:
    """Return how many rows wait; those of an undone import wait for nothing."""
    is_stored = batch.status == Status.COMMITTED
    return int(batch.counts.get(RowState.PARKED, 0)) if is_stored else 0


def _waiting(batch: Import) -> object:
    parked = _parked(batch)
    return pill(_("%(count)d wait") % {"count": parked}, tone="warn") if parked else number(0)


def _row_count(batch: Import) -> int:
    """Return the rows that were checked, or until then those that were found."""
    found = sum(table["count"] for table in batch.tables if table["chosen"])
    return int(batch.counts.get("rows", found))


def _columns() -> list[Column]:
    return [
        Column("berkas", _("File"), lambda row: row.file_name),
        Column("jenis", _("Kind"), lambda row: row.get_kind_display()),
        Column("asal", _("Source"), lambda row: row.source.name, wide=True),
        Column("wilayah", _("Area"), lambda row: row.area.name, wide=True),
        Column("waktu", _("When"), lambda row: row.at, lambda row: moment(row.at), sort="pk"),
        Column("petugas", _("By"), lambda row: row.officer_label, wide=True),
        Column("baris", _("Rows"), _row_count, align="end"),
        Column(
            "keadaan",
            _("State"),
            lambda row: row.get_status_display(),
            lambda row: pill(
                row.get_status_display(), tone=STATUS_TONES.get(Status(row.status), "info")
            ),
        ),
        Column("menunggu", _("To decide"), _parked, _waiting, align="end"),
    ]


def _filters(request: OfficerRequest) -> list[Filter]:
    return [
        Filter(
            "jenis",
            _("Kind"),
            [(one.value, str(one.label)) for one in Kind],
            lambda rows, word: rows.filter(kind=word),
        ),
        Filter(
            "keadaan",
            _("State"),
            [(one.value, str(one.label)) for one in Status],
            lambda rows, word: rows.filter(status=word),
        ),
        Filter(
            "keputusan",
            _("Decisions"),
            [("menunggu", _("some are waited for"))],
            lambda rows, _word: rows.filter(status=Status.COMMITTED, counts__parked__gt=0),
        ),
        area_filter(request.reach),
    ]


@reads("intake.see")
def import_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the imports of the officer's areas, newest first."""
    listing = Listing(
        request,
        rows=imports(request.reach),
        columns=_columns(),
        filters=_filters(request),
        search=lambda rows, words: (
            rows.filter(file_name__icontains=words) | rows.filter(source__name__icontains=words)
        ),
        sort="-waktu",
        name="impor",
        detail=lambda row: reverse("desk:import_detail", args=[row.pk]),
        empty=_("Send a list of people, of enterprises, or of those who came to a class."),
    )
    context = {
        "title": _("Imports"),
        "lead": _("Lists that were sent, what became of their rows, and how to take them back."),
        "unit": _("imports"),
        "may_run": may(request, "intake.run"),
    }
    return listed(request, listing, context, template="desk/import_list.html")


# --- one import -------------------------------------------------------------------------------


@reads("intake.see")
def import_detail(request: OfficerRequest, import_id: int) -> HttpResponseBase:
    """Show one import: how far it is, its counts, and its rows."""
    batch = get_object_or_404(imports(request.reach), pk=import_id)
    job = job_of(batch)
    stage = stage_of(batch, job)
    listing = _rows(request, batch)
    context = {
        "title": batch.file_name,
        "batch": batch,
        "job": job,
        "stage": stage,
        "unit": _("rows"),
        "figures": [] if stage.works else _figures(batch),
        "rows": [] if stage.works else _shown(request, batch, listing.page.rows),
        "parked": _parked(batch),
        "errors": int(batch.counts.get(Verdict.ERROR, 0)),
        "training_class": _class_of(request, batch),
        "may_run": may(request, "intake.run"),
        "back": {"link": reverse("desk:import_list"), "title": _("Imports")},
    }
    page = "desk/import_detail.html"
    if request.headers.get("HX-Target") == "import" and not stage.works:
        context |= {"listing": listing, "no_export": not may(request, "registry.export")}
        return show(request, page, context, STOP_POLLING)
    return listed(request, listing, context, template=page, export="registry.export")


def _rows(request: OfficerRequest, batch: Import) -> Listing:
    def exported(rows: Any) -> Iterator[Sequence[Value]]:
        for row in rows.iterator(chunk_size=CHUNK):
            (shown,) = shown_rows([row], with_old=False)
            yield _exported(shown)

    header = [_("Sheet"), _("Row"), _("Name"), _("Result"), _("State"), _("Problem"), _("Remedy")]
    return Listing(
        request,
        rows=batch.rows.select_related("person__area"),
        columns=[],
        filters=_row_filters(),
        name=f"impor-{batch.pk}",
        export=(header, exported),
    )


def _row_filters() -> list[Filter]:
    return [
        Filter(
            "hasil",
            _("Result"),
            [(one.value, str(one.label)) for one in Verdict],
            lambda rows, word: rows.filter(verdict=word),
        ),
        Filter(
            "keadaan",
            _("State"),
            [(one.value, str(one.label)) for one in RowState],
            lambda rows, word: rows.filter(state=word),
        ),
        Filter(
            "peringatan",
            _("Warnings"),
            [("ada", _("with a warning"))],
            lambda rows, _word: rows.filter(has_warning=True),
        ),
    ]


def _exported(shown: ShownRow) -> list[Value]:
    view = shown.view
    return [
        view.sheet,
        view.number,
        view.name,
        str(view.verdict.label),
        str(view.state.label),
        " ".join(f"{one.header}: {one.what}" if one.header else one.what for one in shown.problems),
        " ".join(dict.fromkeys(one.remedy for one in shown.problems)),
    ]


def _shown(request: OfficerRequest, batch: Import, rows: Sequence[Any]) -> list[dict[str, object]]:
    # What the register held before may be of somebody outside the reader's areas: the list was
    # compared inside the areas of the officer who sent it.
    is_own = batch.officer_id == request.officer.pk
    with_old = is_own or request.reach.covers(city_key(batch.area_id))
    return [
        {
            "shown": shown,
            "person": (
                shown.row.person
                if shown.row.person and request.reach.covers(shown.row.person.area_id)
                else None
            ),
        }
        for shown in shown_rows(rows, with_old=with_old)
    ]


def _figures(batch: Import) -> list[dict[str, object]]:
    if not batch.counts:
        return []
    link = reverse("desk:import_detail", args=[batch.pk])
    return [
        {
            "value": int(batch.counts.get(verdict, 0)),
            "unit": str(verdict.label),
            "link": f"{link}?hasil={verdict.value}#rows",
        }
        for verdict in Verdict
        if verdict != Verdict.BLANK or batch.counts.get(verdict)
    ]


def _class_of(request: OfficerRequest, batch: Import) -> Class | None:
    rows = Class.objects.within(request.reach)
    return rows.filter(pk=batch.training_class_id).first() if batch.training_class_id else None


# --- the rows to be corrected -----------------------------------------------------------------


@reads("intake.run")
def bad_row_list(request: OfficerRequest, import_id: int) -> HttpResponseBase:
    """Give the rows that cannot be stored as a file, to be corrected and sent again.

    They are the cells as they were sent, whole numbers among them, so the journal notes it.
    """
    batch = get_object_or_404(imports(request.reach), pk=import_id)
    name = f"salah-{PurePath(batch.file_name).stem}"
    details = {"list": name, "rows": batch.counts.get(Verdict.ERROR, 0), "asked": "salah"}
    request.readings.append(
        Entry(event=LIST_EXPORTED, about=batch, by=request.by, area=batch.area_id, details=details)
    )
    kind = "xlsx" if request.GET.get("unduh") == "xlsx" else "csv"
    return file_answer(kind, name, bad_header(batch), bad_rows(batch))


paths = [
    path("impor/", import_list, name="import_list"),
    *intake_upload.paths,
    path("impor/<int:import_id>/", import_detail, name="import_detail"),
    path("impor/<int:import_id>/salah/", bad_row_list, name="bad_row_list"),
    *intake_mapping.paths,
    *intake_steps.paths,
    *intake_decisions.paths,
]
