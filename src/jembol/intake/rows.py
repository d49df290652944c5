"""Rows of an import between the database and the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from jembol.intake.businesses import BusinessPlan
from jembol.intake.choices import RowState, Severity, Verdict
from jembol.intake.models import Import, ImportRow
from jembol.intake.planning import Decision, Written
from jembol.intake.row_cells import Problem, Reading
from jembol.intake.sealed import ROW, of_row, open_json, seal_json

STORED_FIELDS = (
    "body_sealed", "verdict", "state", "has_warning", "candidates", "person", "enterprise",
    "registration", "before_sealed", "left_because",
)  # fmt: skip
Body = dict[str, Any]


def written_of(row_key: tuple[int, int], reading: Reading) -> Written:
    """Return a row that was just read as the plan takes it."""
    return Written(
        key=row_key,
        values=dict(reading.values),
        is_error=reading.has_error,
        is_blank=reading.is_blank,
    )


def body_of(row: ImportRow) -> Body:
    """Return what a row says: `cells`, `values`, `problems`, `planned`, `changes`, `is_error`.

    Raises:
        SealBroken: the bytes were changed, or belong to another row.
    """
    body: Body = open_json(row.body_sealed, _context(row))
    return body


def written_again(row: ImportRow, body: Body) -> Written:
    """Return a stored row as the plan takes it."""
    return Written(
        key=(row.table, row.number),
        values=dict(body["values"]),
        is_error=body["is_error"],
        is_blank=body["is_blank"],
        person_id=row.person_id,
    )


def new_row(batch: Import, sheet: str, decision: Decision, reading: Reading) -> ImportRow:
    """Return the row of a preview, not saved."""
    table, number = decision.row.key
    row = ImportRow(batch=batch, table=table, sheet=sheet[:100], number=number)
    row.verdict, row.candidates = decision.verdict, decision.candidates
    row.state = RowState.WAITING
    body: Body = {
        "cells": reading.cells,
        "values": reading.values,
        "problems": [problem.as_json() for problem in reading.problems],
        "is_error": reading.has_error,
        "is_blank": reading.is_blank,
    }
    seal_body(row, body, decision)
    return row


def seal_body(row: ImportRow, body: Body, decision: Decision) -> None:
    """Seal what the row says together with what was decided on it."""
    plan = decision.business
    body |= {
        "planned": [problem.as_json() for problem in decision.row.problems],
        "changes": {name: list(pair) for name, pair in decision.changes.items() if name != "nik"},
        "business": _of_business(plan) if plan else {},
        "makes_enterprise": bool(plan and plan.is_new),
        "registers": decision.registers,
        "days": decision.days,
        "joins": decision.joins.name if decision.joins else "",
    }
    row.has_warning = any(problem["severity"] == Severity.WARNING for problem in problems_of(body))
    row.body_sealed = seal_json(body, _context(row))


def _of_business(plan: BusinessPlan) -> dict[str, list[Any]]:
    changes = plan.changes | plan.news
    return {name: list(pair) for name, pair in changes.items()}


def problems_of(body: Body) -> list[dict[str, str]]:
    """Return all problems of a row."""
    return [*body["problems"], *body.get("planned", ())]


def problem_rows(body: Body) -> list[Problem]:
    """Return all problems of a row as values."""
    return [Problem(**problem) for problem in problems_of(body)]


def save_rows(rows: Sequence[ImportRow]) -> None:
    """Write changed rows back with one statement for a few hundred."""
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=STORED_FIELDS,
        batch_size=200,
    )


def count(batch: Import) -> dict[str, int]:
    """Return how many rows have each verdict and each state, and how many a warning."""
    counts: dict[str, int] = {str(value): 0 for value in (*Verdict.values, *RowState.values)}
    counts |= {"rows": 0, "warnings": 0}
    grouped = batch.rows.order_by().values_list("verdict", "state", "has_warning")
    for verdict, state, has_warning, number in grouped.annotate(number=Count("pk")):
        counts[verdict] += number
        counts[state] += number
        counts["rows"] += number
        counts["warnings"] += number * has_warning
    return counts


def _context(row: ImportRow) -> str:
    return of_row(ROW, row.batch_id, row.table, row.number)
