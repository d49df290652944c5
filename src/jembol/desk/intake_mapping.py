"""What the columns of a list mean, and to which class a list of attendance belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jembol.desk.intake_forms import ClassPlanForm, MappingForm, ReadingForm
from jembol.desk.intake_words import masked
from jembol.intake import actions
from jembol.intake.columns import propose
from jembol.intake.known_fields import ListKind
from jembol.intake.models import Import
from jembol.intake.queries import TableView, imports, proposed_plan, tables_of
from jembol.intake.workbook import Cell, CellKind, address
from jembol.kit.area import city_key
from jembol.kit.refusal import Refusal
from jembol.places.models import Area, Venue
from jembol.training.models import Class, Course
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show

MOST_CLASSES = 300
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column of a table with its question.

    Attributes:
        letters: The column as the spreadsheet names it.
        title: Its title.
        examples: The first values that it holds.
        field: The choice of its field.
        why: Why that field is proposed.
    """

    letters: str
    title: str
    examples: list[str]
    field: forms.BoundField
    why: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table with its questions.

    Attributes:
        view: The table.
        is_taken: The choice whether it is taken.
        columns: Its columns.
        letters: Names of its columns in the spreadsheet.
        samples: Its first rows, numbers as long as a NIK masked.
        ignored: How many columns are left out.
    """

    view: TableView
    is_taken: forms.BoundField
    columns: list[ColumnShown]
    letters: list[str]
    samples: list[list[str]]
    ignored: int


@writes("intake.run")
def mapping_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Choose tables and columns, and have every row checked."""
    batch = get_object_or_404(imports(request.reach), pk=import_id)
    tables = tables_of(batch)
    sent = request.POST if request.method == "POST" else None
    form = MappingForm(sent, kind=batch.kind, tables=tables)
    plan = _plan_form(request, batch, sent)
    if form.is_valid() and (plan is None or plan.is_valid()):
        try:
            _check(request, batch, form, plan)
            return redirect("desk:import_detail", import_id=batch.pk)
        except Refusal as refusal:
            _put(refusal, form, plan)
    reading = ReadingForm(encoding=batch.encoding, delimiter=batch.delimiter)
    context = {
        "title": _("What the columns mean"),
        "batch": batch,
        "form": form,
        "plan": plan,
        "tables": [_shown(table, form, batch.kind) for table in tables],
        "reading": reading if batch.encoding else None,
        "venues": _venues(request, batch) if plan else [],
        "back": {"link": reverse("desk:import_detail", args=[batch.pk]), "title": batch.file_name},
    }
    return show(request, "desk/import_mapping.html", context)


def _check(
    request: OfficerRequest, batch: Import, form: MappingForm, plan: ClassPlanForm | None
) -> None:
    mapped = actions.map_columns(
        batch=batch,
        chosen=form.chosen(),
        class_plan=plan.plan() if plan else None,
        by=request.by,
    )
    actions.preview(batch=mapped, by=request.by)


def _put(refusal: Refusal, form: MappingForm, plan: ClassPlanForm | None) -> None:
    """Put a refusal where the page asks about its subject."""
    field = "day_1" if refusal.field == "days" else refusal.field
    if plan and field in plan.fields:
        plan.add_error(field, str(refusal))
    else:
        form.add_error(None, str(refusal))


# --- the class --------------------------------------------------------------------------------


def _plan_form(request: OfficerRequest, batch: Import, sent: Any) -> ClassPlanForm | None:
    plan = proposed_plan(batch)
    if plan is None:
        return None
    english = get_language() == "en"
    courses = [
        (course.slug, course.name_en if english else course.name)
        for course in Course.objects.order_by("name")
    ]
    return ClassPlanForm(sent, plan=plan, classes=_classes(request, batch), courses=courses)


def _city(batch: Import) -> Area:
    return Area.objects.get(pk=city_key(batch.area_id) or batch.area_id)


def _classes(request: OfficerRequest, batch: Import) -> list[tuple[str, str]]:
    rows = Class.objects.within(request.reach).inside(_city(batch)).standing()
    return [
        (str(one.pk), f"{one.title} · {one.starts_on:%d/%m/%Y}")
        for one in rows.order_by("-starts_on", "-pk")[:MOST_CLASSES]
    ]


def _venues(request: OfficerRequest, batch: Import) -> list[str]:
    rows = Venue.objects.within(request.reach).inside(_city(batch))
    return list(rows.order_by("name", "pk").values_list("name", flat=True))


# --- the columns ------------------------------------------------------------------------------


def _shown(table: TableView, form: MappingForm, kind: str) -> TableShown:
    outline = table.outline
    letters = [
        address(1, outline.left + column).rstrip("1") for column in range(len(outline.header))
    ]
    why = _reasons(table, kind)
    columns = [
        ColumnShown(
            letters=letters[column],
            title=header,
            examples=_examples(row[column] for row in table.samples if column < len(row)),
            field=form[f"column_{table.number}_{column}"],
            why=why[column],
        )
        for column, header in enumerate(outline.header)
    ]
    return TableShown(
        view=table,
        is_taken=form[f"table_{table.number}"],
        columns=columns,
        letters=letters,
        samples=[[masked(text) for text in row] for row in table.samples],
        ignored=len(outline.header) - len(outline.columns),
    )


def _examples(values: Iterable[str]) -> list[str]:
    filled = dict.fromkeys(masked(value) for value in values if value.strip())
    return list(filled)[:EXAMPLES]


def _reasons(table: TableView, kind: str) -> list[str]:
    """Return for each column why its field is proposed, or why it is left out."""
    outline = table.outline
    words = {
        "name": _("by its title"),
        "part": _("by words of its title"),
        "content": _("by what it holds"),
        "day": _("a day of the class"),
        "sequence": _("only counts the rows, left out"),
        "unknown": _("not known, left out"),
    }
    samples = [[Cell(text, CellKind.TEXT) for text in row] for row in table.samples]
    proposed = propose(outline.header, samples, ListKind(kind)).columns
    reasons = []
    for column, one in enumerate(proposed):
        field = outline.columns.get(column, "")
        if outline.is_remembered and field:
            reasons.append(_("as you chose for the last list of this source"))
        elif field == one.field:
            reasons.append(words[one.why])
        else:
            reasons.append(words["content"] if field else _("left out"))
    return reasons


paths = [path("impor/<int:import_id>/kolom/", mapping_create, name="mapping_create")]
