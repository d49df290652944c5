"""Work of imports in the background: check, store and undo, a chunk of rows at a time.

Each chunk with all its effects, the state of its rows and the progress of the job is one
transaction, so a worker may be killed at any moment: what is done is done once, and the next
worker goes on with the rows that still wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.files.shelf import open_file
from jembol.intake import events, rows, undoing, workbook
from jembol.intake.choices import Kind, RowState, Status
from jembol.intake.class_plan import ClassPlan, class_for, presence_by_listing
from jembol.intake.models import Import, ImportRow
from jembol.intake.outline import CityGazetteer, TableOutline, form_of, tables_in
from jembol.intake.permissions import RUN
from jembol.intake.planning import Planner, Scope, Written
from jembol.intake.reading import read_row
from jembol.intake.row_cells import Reading
from jembol.intake.storing import store
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.reach import Reach
from jembol.kit.refusal import Refusal
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.registry.actions import remove_group
from jembol.registry.errors import StillInUse
from jembol.registry.models import Group
from jembol.training.actions import remove_class
from jembol.training.errors import ClassInUse
from jembol.training.models import Session

CHUNK: Final = 200
"""Rows of one transaction: on SQLite other writers wait for it, and none may wait two seconds."""

READ_CHUNK: Final = 500

Read = tuple[str, tuple[int, int], Reading]
"""Sheet, key and contents of a row."""


@task("intake.preview")
def preview(step: Step, *, import_id: int) -> None:
    """Read every row of a file and decide what it would do."""
    batch = Import.objects.select_related("area", "file").get(pk=import_id)
    if batch.status != Status.PREVIEWING:
        return
    try:
        _preview(step, batch)
    except Refusal as refusal:
        # Half a check must not be stored as if it were the whole list.
        _clear(batch)
        _refuse(batch, refusal, _by(batch, step))
        raise


def _preview(step: Step, batch: Import) -> None:
    by = _by(batch, step)
    if not step.done:
        _clear(batch)
    planner = Planner(scope_of(batch, by.reach))
    total = sum(table["count"] for table in batch.tables if table["chosen"])
    seen = 0
    for chunk in _chunks(_read_all(batch, by), READ_CHUNK):
        # Rows that an earlier attempt wrote are planned again, because later rows meet them.
        written = [rows.written_of(key, reading) for _sheet, key, reading in chunk]
        decisions = planner.plan(written)
        seen += len(chunk)
        if seen <= step.done:
            continue
        with step.transaction():
            ImportRow.objects.bulk_create(
                rows.new_row(batch, sheet, decision, reading)
                for (sheet, _key, reading), decision in zip(chunk, decisions, strict=True)
            )
            step.progress(seen, total=total)
    with step.transaction():
        _close(batch, Status.PREVIEWED)


def _clear(batch: Import) -> None:
    """Remove the rows of an earlier preview, in short transactions."""
    while keys := list(batch.rows.order_by("pk").values_list("pk", flat=True)[:2000]):
        ImportRow.objects.filter(pk__in=keys).delete()


def _read_all(batch: Import, by: By) -> Iterator[Read]:
    """Yield every row of the chosen tables.

    Raises:
        ReadingRefused: the file cannot be read.
        FileMissing: it is not on the disk.
    """
    with open_file(batch.file) as file:
        book = workbook.read(
            file.read(),
            batch.file_name,
            encoding=batch.encoding or None,
            delimiter=batch.delimiter or None,
        )
    places = CityGazetteer(batch.area_id)
    today = timezone.localdate(by.at)
    for number, table in enumerate(tables_in(book)):
        outline = TableOutline.from_json(batch.tables[number])
        if not outline.chosen:
            continue
        form = form_of(batch, outline, today=today, kind_of_file=book.kind, places=places)
        for row in table.rows:
            yield table.sheet, (number, row.number), read_row(row, form)


@task("intake.commit")
def commit(step: Step, *, import_id: int) -> None:
    """Store every row that waits, chunk by chunk."""
    batch = Import.objects.get(pk=import_id)
    by = _by(batch, step)
    planner: Planner | None = None
    try:
        while True:
            with step.transaction():
                batch = _held(import_id)
                if batch.status != Status.COMMITTING:
                    return
                by = replace(by, at=step.now())
                if planner is None:
                    planner = _planner(batch, by)
                waiting = list(
                    batch.rows.filter(state=RowState.WAITING).order_by("table", "number")[:CHUNK]
                )
                if not waiting:
                    _close(batch, Status.COMMITTED)
                    _tell(events.COMMITTED, batch, by)
                    return
                _store_chunk(batch, planner, waiting, by)
                step.progress(step.done + len(waiting), total=batch.counts.get("rows"))
    except Refusal as refusal:
        _refuse(batch, refusal, by)
        raise


def _planner(batch: Import, by: By) -> Planner:
    """Return the planner where an earlier run left off, with the class of the list opened."""
    if batch.kind == Kind.ATTENDANCE and batch.training_class is None:
        batch.training_class = class_for(batch, by)
        batch.made_class = not batch.class_plan.get("class_id")
        batch.save(update_fields=["training_class", "made_class"])
    planner = Planner(scope_of(batch, by.reach))
    for row in batch.rows.filter(state=RowState.PARKED).order_by("table", "number"):
        planner.remember_parked(rows.written_again(row, rows.body_of(row)))
    return planner


def _store_chunk(batch: Import, planner: Planner, waiting: Sequence[ImportRow], by: By) -> None:
    bodies = {(row.table, row.number): rows.body_of(row) for row in waiting}
    by_key = {(row.table, row.number): row for row in waiting}
    written: list[Written] = [rows.written_again(by_key[key], body) for key, body in bodies.items()]
    decisions = planner.plan(written)
    store(batch, decisions, by_key, by)
    for decision in decisions:
        rows.seal_body(by_key[decision.row.key], bodies[decision.row.key], decision)
    rows.save_rows(waiting)
    planner.forget_stored()


@task("intake.undo")
def undo(step: Step, *, import_id: int) -> None:
    """Take back every stored row, from the last to the first."""
    batch = Import.objects.get(pk=import_id)
    by = _by(batch, step)
    try:
        while True:
            with step.transaction():
                batch = _held(import_id)
                if batch.status != Status.UNDOING:
                    return
                by = replace(by, at=step.now())
                stored = undoing.next_rows(batch, CHUNK)
                if not stored:
                    _undone(batch, by)
                    return
                undoing.take_back(batch, stored, by)
                rows.save_rows(stored)
                step.progress(step.done + len(stored), total=batch.counts.get("rows"))
    except Refusal as refusal:
        _refuse(batch, refusal, by)
        raise


def _undone(batch: Import, by: By) -> None:
    if batch.training_class and batch.made_class:
        try:
            with transaction.atomic():
                remove_class(
                    training_class=batch.training_class,
                    by=by,
                    why=_("Import %(number)d is undone.") % {"number": batch.pk},
                )
            batch.training_class, batch.made_class = None, False
        except ClassInUse as refusal:
            batch.refusal = refusal.message[:500]
    _remove_groups(batch, by)
    _close(batch, Status.UNDONE)
    _tell(events.UNDONE, batch, by)


def _remove_groups(batch: Import, by: By) -> None:
    """Remove the groups that the import formed; one that others joined since stays."""
    why = _("Import %(number)d is undone.") % {"number": batch.pk}
    for group in Group.objects.filter(pk__in=batch.made_groups).order_by("pk"):
        try:
            with transaction.atomic():
                remove_group(group=group, by=by, why=why)
        except StillInUse as refusal:
            batch.refusal = f"{batch.refusal} {refusal.message}".strip()[:500]
    batch.made_groups = []
    batch.save(update_fields=["made_groups"])


# --- what all three need ----------------------------------------------------------------------


def scope_of(batch: Import, reach: Reach) -> Scope:
    """Return the bounds inside which an import is planned."""
    if batch.kind != Kind.ATTENDANCE or not batch.class_plan:
        return Scope(kind=batch.kind, area_key=batch.area_id, reach=reach)
    plan = ClassPlan.from_json(batch.class_plan)
    class_id = batch.training_class_id or plan.class_id
    days = Session.objects.filter(training_class=class_id).count() if class_id else len(plan.days)
    return Scope(
        kind=batch.kind,
        area_key=batch.area_id,
        reach=reach,
        class_id=class_id,
        days=days,
        listed_is_present=presence_by_listing(plan, days),
    )


def _held(import_id: int) -> Import:
    """Return the import, locked until the end of the transaction."""
    held = Import.objects.select_for_update(of=("self",))
    return held.select_related("area", "training_class").get(pk=import_id)


def _by(batch: Import, step: Step) -> By:
    """Return the officer who asked, with the reach that the officer has now."""
    officer = Officer.objects.get(pk=batch.officer_id or 0)
    now = step.now()
    return By(
        kind="officer",
        id=officer.pk,
        label=officer.name,
        at=now,
        door="import",
        reach=officer.reach(RUN, timezone.localdate(now)),
    )


def _close(batch: Import, status: Status) -> None:
    batch.status = status
    batch.counts = rows.count(batch)
    batch.save(update_fields=["status", "counts", "refusal", "training_class", "made_class"])


def _tell(event: str, batch: Import, by: By) -> None:
    record(event, about=batch, by=by, area=batch.area_id, details={"counts": batch.counts})


@transaction.atomic
def _refuse(batch: Import, refusal: Refusal, by: By) -> None:
    """Note on the import why the work stopped; what was stored until then can be undone."""
    held = _held(batch.pk)
    held.refusal = refusal.message[:500]
    _close(held, Status.REFUSED)
    record(events.REFUSED, about=held, by=by, area=held.area_id, why=held.refusal)


def _chunks(read: Iterator[Read], size: int) -> Iterator[list[Read]]:
    while chunk := list(islice(read, size)):
        yield chunk
