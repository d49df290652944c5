"""The verbs of imports, the only door for their writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.files.actions import store as store_file
from jembol.files.choices import WORKBOOKS, Audience
from jembol.files.models import StoredFile
from jembol.files.shelf import open_file
from jembol.intake import errors, events, rows, tasks, workbook
from jembol.intake.choices import Kind, RowState, Status, Verdict
from jembol.intake.class_plan import ClassPlan
from jembol.intake.judging import survivors_of
from jembol.intake.known_fields import FIELDS, ListKind
from jembol.intake.models import Import, ImportRow, Judgement, RememberedMapping, Source
from jembol.intake.outline import TableOutline, outline_of, samples_of, tables_in
from jembol.intake.planning import Decision, Planner, Written
from jembol.intake.sealed import SAMPLES, seal_json
from jembol.intake.storing import store
from jembol.intake.subjects import evidence_of, facts_of_row, traits_of_facts
from jembol.intake.workbook import Workbook
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.text import clean_line
from jembol.outbox.choices import LIVE
from jembol.outbox.models import Job
from jembol.outbox.tasks import Task
from jembol.places.models import Area
from jembol.registry.models import Enterprise, Person

MAPPABLE = (Status.UPLOADED, Status.MAPPED, Status.PREVIEWED, Status.REFUSED)
WORKING = (Status.PREVIEWING, Status.COMMITTING, Status.UNDOING)


def upload(
    *,
    area: Area,
    kind: str,
    source_name: str,
    name: str,
    content: bytes,
    by: By,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Import:
    """Take a list in: read it, keep it sealed, and propose what its columns mean.

    The file is read before anything is stored and outside of any transaction, because that may
    take seconds; a file that cannot be read leaves nothing behind.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        ReadingRefused: the file cannot be read; as `workbook.read`.
        FileTypeRefused: it is neither a workbook nor a text table.
        FileTooBig: it is larger than may be handed in.
    """
    by.must_cover(area.key)
    book = workbook.read(content, name, encoding=encoding, delimiter=delimiter)
    file = store_file(
        content,
        name=name,
        audience=Audience.SPECIFIC,
        area_key=area.key,
        by=by,
        allowed=tuple(WORKBOOKS),
    )
    return _taken_in(area, Kind(kind), clean_line(source_name) or name, file, book, by)


@transaction.atomic
def _taken_in(
    area: Area, kind: Kind, source_name: str, file: StoredFile, book: Workbook, by: By
) -> Import:
    source, _is_new = Source.objects.get_or_create(area=area, kind=kind, name=source_name[:100])
    batch = Import(
        area=area,
        kind=kind,
        source=source,
        file=file,
        file_name=file.name,
        officer_id=by.id,
        officer_label=by.label[:150],
        at=by.at,
    )
    _outline(batch, book)
    batch.save()
    _seal_samples(batch, book)
    details = {"file": batch.file_name, "source": source.name, "kind": str(kind)}
    record(events.UPLOADED, about=batch, by=by, area=area, details=details)
    return batch


def read_again(
    *, batch: Import, by: By, encoding: str | None = None, delimiter: str | None = None
) -> Import:
    """Read the file with another encoding or delimiter, and propose the columns anew.

    Raises:
        OutOfReach: the import lies outside the actor's duty.
        NotNow: rows of it are stored, or work is under way.
        ReadingRefused: the file cannot be read so.
        FileMissing: its content is not on the disk.
    """
    by.must_cover(batch.area_id)
    with open_file(batch.file) as file:
        book = workbook.read(file.read(), batch.file_name, encoding=encoding, delimiter=delimiter)
    with transaction.atomic():
        held = _held(batch, MAPPABLE)
        _refuse_stored(held)
        _outline(held, book)
        held.status = Status.UPLOADED
        held.save()
        _seal_samples(held, book)
        details = {"encoding": held.encoding, "delimiter": held.delimiter}
        record(events.UPLOADED, about=held, by=by, area=held.area_id, details=details)
    return held


def _outline(batch: Import, book: Workbook) -> None:
    remembered = dict(
        RememberedMapping.objects.filter(source=batch.source_id).values_list(
            "fingerprint", "columns"
        )
    )
    outlines = []
    for table in tables_in(book):
        outline = outline_of(table, batch.kind)
        if known := remembered.get(outline.fingerprint):
            outline.columns = {int(column): name for column, name in known.items()}
            outline.is_remembered = True
            outline.chosen = outline.names_somebody
        outlines.append(outline.as_json())
    batch.tables = outlines
    batch.encoding, batch.delimiter = book.encoding, book.delimiter


def _seal_samples(batch: Import, book: Workbook) -> None:
    samples = samples_of(tables_in(book))
    batch.samples_sealed = seal_json(samples, f"{SAMPLES}:{batch.pk}")
    batch.save(update_fields=["samples_sealed"])


@transaction.atomic
def map_columns(
    *,
    batch: Import,
    chosen: Mapping[int, Mapping[int, str]],
    by: By,
    class_plan: ClassPlan | None = None,
) -> Import:
    """Say which tables are taken and what their columns mean; the source remembers it.

    Args:
        batch: The import.
        chosen: Field of each column, by number of table; tables that are not named are left out.
        by: Who decides.
        class_plan: For an attendance list, its class.

    Raises:
        OutOfReach: the import or the class lies outside the actor's duty.
        NotNow: rows of it are stored, or work is under way.
        ColumnsUnclear: no table, an unknown field, a field twice, or nobody named.
        ClassUnclear: an attendance list without a class.
    """
    by.must_cover(batch.area_id)
    held = _held(batch, MAPPABLE)
    _refuse_stored(held)
    held.tables = _mapped(held, chosen)
    if held.kind == Kind.ATTENDANCE:
        held.class_plan = _checked_plan(held, class_plan, by).as_json()
    held.status, held.refusal = Status.MAPPED, ""
    held.save()
    _remember(held, by)
    record(events.MAPPED, about=held, by=by, area=held.area_id, details={"tables": len(chosen)})
    return held


def _mapped(batch: Import, chosen: Mapping[int, Mapping[int, str]]) -> list[dict[str, Any]]:
    if not chosen or not set(chosen) <= set(range(len(batch.tables))):
        raise errors.ColumnsUnclear(_("Choose at least one table of the file."), field="tables")
    outlines = [TableOutline.from_json(table) for table in batch.tables]
    for number, outline in enumerate(outlines):
        outline.chosen = number in chosen
        if outline.chosen:
            outline.columns = {column: name for column, name in chosen[number].items() if name}
            _refuse_unclear(outline, batch.kind)
    return [outline.as_json() for outline in outlines]


def _refuse_unclear(outline: TableOutline, kind: str) -> None:
    known = {field.name for field in FIELDS[ListKind(kind)]}
    names = list(outline.columns.values())
    for name in names:
        is_day = kind == Kind.ATTENDANCE and name.startswith("day_")
        if name not in known and not is_day:
            raise errors.ColumnsUnclear(
                _("There is no field “%(name)s”. Choose one of the list.") % {"name": name}
            )
        if names.count(name) > 1:
            raise errors.ColumnsUnclear(
                _("Two columns of %(sheet)s are taken as “%(name)s”. Choose one of them.")
                % {"sheet": outline.sheet, "name": name}
            )
    if not outline.names_somebody:
        raise errors.ColumnsUnclear(
            _("No column of %(sheet)s holds the name. Say which one does.")
            % {"sheet": outline.sheet}
        )


def _checked_plan(batch: Import, plan: ClassPlan | None, by: By) -> ClassPlan:
    if plan is None:
        raise errors.ClassUnclear(
            _("Say to which class this list belongs, or name the class to be opened."),
            field="class_id",
        )
    return plan.checked(batch.area, today=timezone.localdate(by.at), by=by)


def _remember(batch: Import, by: By) -> None:
    for table in batch.tables:
        if table["chosen"]:
            RememberedMapping.objects.update_or_create(
                source_id=batch.source_id,
                fingerprint=table["fingerprint"],
                defaults={"columns": table["columns"], "at": by.at},
            )


@transaction.atomic
def preview(*, batch: Import, by: By) -> Import:
    """Let every row be checked in the background; nothing of the register changes.

    Raises:
        OutOfReach: the import lies outside the actor's duty.
        NotNow: the columns are not chosen yet, rows are stored, or work is under way.
    """
    by.must_cover(batch.area_id)
    held = _held(batch, (Status.MAPPED, Status.PREVIEWED, Status.REFUSED, Status.PREVIEWING))
    _refuse_stored(held)
    return _begin(held, Status.PREVIEWING, tasks.preview, events.PREVIEW_STARTED, by)


@transaction.atomic
def commit(*, batch: Import, by: By) -> Import:
    """Let every row be stored in the background; an undone import can be stored again.

    Raises:
        OutOfReach: the import lies outside the actor's duty.
        NotNow: there is no preview yet, or work is under way.
    """
    by.must_cover(batch.area_id)
    may = (Status.PREVIEWED, Status.UNDONE, Status.REFUSED, Status.COMMITTING)
    held = _held(batch, may)
    if not held.rows.exists():
        raise _not_now(held)
    if held.status == Status.UNDONE:
        _wait_again(held)
    return _begin(held, Status.COMMITTING, tasks.commit, events.COMMIT_STARTED, by)


def _wait_again(batch: Import) -> None:
    """Let all rows wait as before the first storing; what could not be undone knows its person."""
    batch.rows.filter(state=RowState.UNDONE).update(person=None)
    batch.rows.update(
        state=RowState.WAITING,
        enterprise=None,
        registration=None,
        before_sealed=None,
        left_because="",
    )


@transaction.atomic
def undo(*, batch: Import, by: By, why: str = "") -> Import:
    """Let everything that the import did be taken back in the background.

    Raises:
        OutOfReach: the import lies outside the actor's duty.
        NotNow: nothing of it is stored, or work is under way.
    """
    by.must_cover(batch.area_id)
    held = _held(batch, (Status.COMMITTED, Status.REFUSED, Status.UNDOING))
    if held.status == Status.REFUSED and not held.rows.exclude(state=RowState.WAITING).exists():
        raise _not_now(held)
    return _begin(held, Status.UNDOING, tasks.undo, events.UNDO_STARTED, by, why)


def _begin(batch: Import, status: Status, work: Task, event: str, by: By, why: str = "") -> Import:
    batch.status, batch.refusal, batch.officer_id = status, "", by.id
    batch.officer_label = by.label[:150]
    job = work.enqueue(
        by=by, dedup=f"import:{batch.pk}", area_key=batch.area_id, import_id=batch.pk
    )
    batch.job_id = job.pk
    batch.save()
    record(event, about=batch, by=by, area=batch.area_id, why=why)
    return batch


@transaction.atomic
def settle(
    *,
    row: ImportRow,
    same_as: Person | None,
    by: By,
    same_enterprise: Enterprise | None = None,
) -> ImportRow:
    """Decide who a parked row is: this person, or somebody new; the answer is remembered.

    A row about an enterprise without an owner may wait for `same_enterprise` instead.

    Raises:
        OutOfReach: the import or the person lies outside the actor's duty.
        NotNow: the import is not stored.
        RowDecided: the row does not wait for a decision any more.
        NotACandidate: the person lies outside the officer's areas.
        Refusal: the register or the class refuses the row.
    """
    by.must_cover(row.batch.area_id)
    batch = _held(row.batch, (Status.COMMITTED,))
    held = ImportRow.objects.select_for_update().get(pk=row.pk)
    if held.state != RowState.PARKED:
        raise errors.RowDecided(_("Somebody has decided on this row already. Load the page again."))
    if any(one and not by.reach.covers(one.area_id) for one in (same_as, same_enterprise)):
        raise errors.NotACandidate(_("This record lies outside your areas of duty."))
    body = rows.body_of(held)
    written = rows.written_again(held, body)
    if same_enterprise is not None:
        written.values["enterprise_id"] = same_enterprise.public_id
    decision, asked = _decided(batch, held, written, same_as, by)
    store(batch, [decision], {(held.table, held.number): held}, by)
    rows.seal_body(held, body, decision)
    if decision.verdict != Verdict.ERROR:
        held.state = RowState.SETTLED
        _judge(batch, body["values"], held.person_id, asked, by)
    held.save()
    batch.counts = rows.count(batch)
    batch.save(update_fields=["counts"])
    record(
        events.ROW_SETTLED,
        about=batch,
        by=by,
        area=batch.area_id,
        person_id=held.person_id,
        details={"row": held.number, "same": same_as is not None},
    )
    return held


def _decided(
    batch: Import, row: ImportRow, written: Written, same_as: Person | None, by: By
) -> tuple[Decision, list[int]]:
    """Return what the row does, and the keys of the people about whom was asked."""
    asked = [one["person"] for one in row.candidates if "person" in one]
    named = same_as.pk if same_as else 0
    # An entry may have become one with another since the row was parked.
    roots = survivors_of((), {*asked, named}, by.reach).by_key
    asked = list(dict.fromkeys(roots.get(key, key) for key in asked))
    planner = Planner(tasks.scope_of(batch, by.reach))
    decision = planner.settle(written, roots.get(named, named) or None)
    if same_as is None:
        decision.apart = asked
    return decision, asked


def _judge(
    batch: Import, values: dict[str, Any], person_id: int | None, asked: Sequence[int], by: By
) -> None:
    """Remember who the row is, and who it is not, so that the same row is not asked again."""
    traits = traits_of_facts(facts_of_row(values, batch.area_id))
    evidence = evidence_of(traits, batch.area_id)
    answers = {other: other == person_id for other in asked} | {person_id: True}
    for person, is_same in answers.items():
        if person is not None and Person.objects.filter(pk=person).exists():
            Judgement.objects.update_or_create(
                evidence=evidence,
                person_id=person,
                defaults={
                    "is_same": is_same, "area": batch.area, "officer_id": by.id, "at": by.at
                },
            )  # fmt: skip


# --- refusals ---------------------------------------------------------------------------------


def _held(batch: Import, allowed: Sequence[Status]) -> Import:
    """Return the import, locked, when it stands where the action needs it.

    Raises:
        NotNow: it does not, or its work is under way.
    """
    held = Import.objects.select_for_update(of=("self",)).select_related("area", "file", "source")
    found = held.get(pk=batch.pk)
    # Work that gave up leaves its status behind; then it can be asked for again.
    is_working = (
        found.status in WORKING and Job.objects.filter(pk=found.job_id, state__in=LIVE).exists()
    )
    if found.status not in allowed or is_working:
        raise _not_now(found)
    return found


def _refuse_stored(batch: Import) -> None:
    stored = (RowState.DONE, RowState.SETTLED, RowState.LEFT, RowState.PARKED)
    if batch.rows.filter(state__in=stored).exists():
        raise _not_now(batch)


def _not_now(batch: Import) -> errors.NotNow:
    return errors.NotNow(
        _("The import %(file)s is at “%(status)s”, so that cannot be done. Load the page again.")
        % {"file": batch.file_name, "status": Status(batch.status).label},
        status=batch.status,
    )
