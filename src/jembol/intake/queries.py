"""Answers about imports, for pages and downloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jembol.intake import rows
from jembol.intake.choices import Kind, RowState, Severity, Status, Verdict
from jembol.intake.class_plan import ClassPlan
from jembol.intake.judging import survivors_of
from jembol.intake.known_fields import FIELDS, Field, ListKind
from jembol.intake.models import Import, ImportQuerySet, ImportRow
from jembol.intake.outline import TableOutline
from jembol.intake.row_cells import Problem
from jembol.intake.sealed import SAMPLES, open_json
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.outbox.queries import JobRow, job_row
from jembol.registry.models import Enterprise, Person

PROBLEM_COLUMN = "Masalah"
REMEDY_COLUMN = "Perbaikan"
CHUNK = 500


def imports(reach: Reach) -> ImportQuerySet:
    """Return the imports inside the reach, for a list."""
    return Import.objects.within(reach).select_related("source", "area")


def job_of(batch: Import) -> JobRow | None:
    """Return the work under way or last done for an import."""
    return job_row(batch.job_id) if batch.job_id else None


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of a file for the page on which its columns are chosen.

    Attributes:
        number: Its place among the tables of the file.
        outline: Header, proposed columns, what the titles say.
        samples: The first rows.
        skipped: Rows that are no data: `number`, `why`, `text`.
        titles: The rows above the header.
    """

    number: int
    outline: TableOutline
    samples: list[list[str]]
    skipped: list[dict[str, Any]]
    titles: list[str]


def tables_of(batch: Import) -> list[TableView]:
    """Return the tables of the file with their first rows."""
    samples = []
    if batch.samples_sealed:
        samples = open_json(batch.samples_sealed, f"{SAMPLES}:{batch.pk}")
    return [
        TableView(
            number,
            TableOutline.from_json(table),
            sample["rows"],
            sample["skipped"],
            sample["titles"],
        )
        for number, (table, sample) in enumerate(zip(batch.tables, samples, strict=False))
    ]


def fields_for(kind: str) -> tuple[Field, ...]:
    """Return the fields that a column of such a list can hold, with their Indonesian titles."""
    return FIELDS[ListKind(kind)]


def proposed_plan(batch: Import) -> ClassPlan | None:
    """Return the class that an attendance list seems to be about, or what was decided on it."""
    if batch.kind != Kind.ATTENDANCE:
        return None
    if batch.class_plan:
        return ClassPlan.from_json(batch.class_plan)
    chosen = [table for table in batch.tables if table["chosen"]] or batch.tables[:1]
    stored = ClassPlan().as_json()
    if not chosen:
        return ClassPlan()
    table = chosen[0]
    doubt = _("The weekday does not fit the date: %(text)s") % {"text": table["doubt"]}
    return ClassPlan.from_json(
        stored
        | {
            "title": table["title"],
            "organiser_name": table["organiser"],
            "days": table["days"],
            "venue": table["place"],
            "source": batch.file_name,
            "doubt": doubt if table["doubt"] else "",
        }
    )


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of an import as a page shows it.

    Attributes:
        id: Key.
        sheet: Name of the sheet.
        number: Row as the spreadsheet counts it.
        verdict: What it will do, or did.
        state: What has happened to it.
        name: Whom or what it names.
        cells: The row as it was sent.
        values: What was read, ready to be shown: the NIK is masked, areas are codes.
        problems: What could not be taken.
        changes: Field to old and new.
        joins: The group that it brings the person into; empty for none.
        registers: It gives a seat in the class.
        days: Numbers of the days it adds.
        candidates: Whom it may be.
        person_id: Whom it turned out to be.
        left_because: Why the undo had to leave it.
    """

    id: int
    sheet: str
    number: int
    verdict: Verdict
    state: RowState
    name: str
    cells: list[str]
    values: dict[str, Any]
    problems: list[Problem]
    changes: dict[str, list[Any]]
    joins: str
    registers: bool
    days: list[int]
    candidates: list[dict[str, Any]]
    person_id: int | None
    left_because: str

    @property
    def has_error(self) -> bool:
        """Whether the row stays out."""
        return any(problem.severity == Severity.ERROR for problem in self.problems)


def rows_of(batch: Import, *, verdict: str = "", state: str = "") -> QuerySet[ImportRow]:
    """Return rows of an import in the order of the file, all or those of a verdict or state."""
    found = batch.rows.in_file_order()
    if verdict:
        found = found.filter(verdict=verdict)
    return found.filter(state=state) if state else found


def row_view(row: ImportRow) -> RowView:
    """Return one row opened for an officer who may see it."""
    body = rows.body_of(row)
    values = body["values"]
    return RowView(
        id=row.pk,
        sheet=row.sheet,
        number=row.number,
        verdict=Verdict(row.verdict),
        state=RowState(row.state),
        name=values.get("name") or values.get("enterprise_name") or values.get("id") or "",
        cells=body["cells"],
        values=_shown(values),
        problems=rows.problem_rows(body),
        changes={name: _shown_pair(name, pair) for name, pair in body["changes"].items()}
        | {f"enterprise.{name}": pair for name, pair in body["business"].items()},
        joins=body.get("joins", ""),
        registers=body["registers"],
        days=body["days"],
        candidates=row.candidates,
        person_id=row.person_id,
        left_because=row.left_because,
    )


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    shown = dict(values)
    for name in ("nik", "kk"):
        if shown.get(name):
            shown[name] = f"{shown[name][:4]}••••••••{shown[name][-4:]}"
    if shown.get("area"):
        shown["area"] = AreaCode(shown["area"]).code
    return shown


def _shown_pair(name: str, pair: list[Any]) -> list[Any]:
    return [AreaCode(key).code for key in pair] if name == "area" else pair


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Somebody whom a parked row may be.

    Attributes:
        person: The person of the register, inside the reach.
        reasons: Slugs of `registry.choices.Reason`.
        row: Number of an earlier row that made or is this person; 0 for none.
    """

    person: Person
    reasons: list[str]
    row: int


def candidates_of(row: ImportRow, reach: Reach) -> list[CandidateView]:
    """Return whom a parked row may be: people of the register, also those of earlier rows."""
    numbers = {one["row"][1] for one in row.candidates if one.get("row")}
    by_row = {
        (earlier.table, earlier.number): earlier.person_id
        for earlier in row.batch.rows.filter(number__in=numbers)
    }
    found: dict[int, tuple[list[str], int]] = {}
    for one in row.candidates:
        table, number = one.get("row") or (0, 0)
        person_id = one.get("person") or by_row.get((table, number))
        if person_id:
            found.setdefault(person_id, (one["reasons"], number))
    roots = survivors_of((), found, reach).by_key
    told_once: dict[int, tuple[list[str], int]] = {}
    for key, told in found.items():
        told_once.setdefault(roots.get(key, key), told)
    people = Person.objects.within(reach).in_bulk(list(told_once))
    return [CandidateView(people[key], *told) for key, told in told_once.items() if key in people]


def enterprises_of(row: ImportRow, reach: Reach) -> list[Enterprise]:
    """Return the enterprises that a parked row without an owner may mean."""
    keys = [one["enterprise"] for one in row.candidates if "enterprise" in one]
    return list(Enterprise.objects.within(reach).filter(pk__in=keys).order_by("pk"))


def bad_header(batch: Import) -> list[str]:
    """Return the columns of the download of bad rows: every title once, then what is wrong."""
    return [*_titles(batch), PROBLEM_COLUMN, REMEDY_COLUMN]


def bad_rows(batch: Import) -> Iterator[list[str]]:
    """Yield the rows that cannot be stored, below `bad_header`, to be corrected and sent again.

    As many as `counts["error"]` shows.
    """
    titles = _titles(batch)
    places = {number: _places(table, titles) for number, table in enumerate(batch.tables)}
    errors = batch.rows.filter(verdict=Verdict.ERROR).in_file_order()
    for row in errors.iterator(chunk_size=CHUNK):
        body = rows.body_of(row)
        line = [""] * len(titles)
        for column, text in enumerate(body["cells"]):
            place = places[row.table].get(column)
            if place is not None:
                line[place] = text
        wrong = [one for one in rows.problem_rows(body) if one.severity == Severity.ERROR]
        yield [*line, _joined(wrong, "what"), _joined(wrong, "remedy")]


def _titles(batch: Import) -> list[str]:
    """Return the column titles of all chosen tables, each once, without those we add."""
    titles = (
        title
        for table in batch.tables
        if table["chosen"]
        for title in table["header"]
        if title and title not in {PROBLEM_COLUMN, REMEDY_COLUMN}
    )
    return list(dict.fromkeys(titles))


def _places(table: dict[str, Any], titles: list[str]) -> dict[int, int]:
    return {
        column: titles.index(title)
        for column, title in enumerate(table["header"])
        if title in titles
    }


def _joined(problems: list[Problem], part: str) -> str:
    told = []
    for problem in problems:
        text = getattr(problem, part)
        told.append(f"{problem.header}: {text}" if part == "what" and problem.header else text)
    return " ".join(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Headline:
    """An import in one line of a person's or a city's history."""

    id: int
    file_name: str
    status: Status
    at: datetime
    officer: str


def imports_that_touched(person: Person) -> list[Headline]:
    """Return the imports that made or changed a person, newest first."""
    found = Import.objects.filter(
        rows__person=person, rows__state__in=[RowState.DONE, RowState.SETTLED]
    )
    return [
        Headline(batch.pk, batch.file_name, Status(batch.status), batch.at, batch.officer_label)
        for batch in found.distinct().order_by("-pk")
    ]
