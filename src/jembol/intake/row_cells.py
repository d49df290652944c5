"""One row while it is read: its cells by field, what was read from them, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from jembol.intake import words
from jembol.intake.choices import Severity
from jembol.intake.fault_words import in_words
from jembol.intake.workbook import Cell, address
from jembol.kit.cells import unguard
from jembol.kit.text import NotCleanText, clean_line

Values = dict[str, Any]

LIMITS: Final = {
    "name": 150, "birth_place": 100, "address": 300, "enterprise_name": 150, "product": 200,
    "activity": 200, "group_name": 150, "note": 1000, "owner_name": 150, "owner_address": 300,
    "sidt_id": 64, "legal_form": 120, "scale_label": 100, "kbli_category": 150, "photo": 500,
    "source_page": 200,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, and what helps.

    Attributes:
        column: Letters of the spreadsheet column; empty for the row as a whole.
        header: Title of that column.
        value: The cell as it stands.
        what: What is wrong.
        remedy: What to do about it.
        severity: `error` keeps the row out, `warning` only this value.
    """

    column: str
    header: str
    value: str
    what: str
    remedy: str
    severity: str

    def as_json(self) -> dict[str, str]:
        """Return the problem for storage."""
        return asdict(self)


@dataclass(slots=True)
class Reading:
    """What one row says.

    Attributes:
        cells: The row as it was sent.
        values: Field to value, ready for JSON: dates are ISO, areas are keys.
        problems: What could not be taken.
    """

    cells: list[str]
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether no mapped cell says anything."""
        return not self.values and not self.problems

    @property
    def has_error(self) -> bool:
        """Whether the row must stay out."""
        return any(problem.severity == Severity.ERROR for problem in self.problems)


class Gazetteer(Protocol):
    """Finds the areas of one city by what people write."""

    def kelurahan(self, text: str, kecamatan: str = "") -> int | None:
        """Return the key of the kelurahan."""

    def kecamatan(self, text: str) -> int | None:
        """Return the key of the kecamatan."""

    def is_this_city(self, text: str) -> bool:
        """Whether the text names the city itself."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the rows of one table are to be read.

    Attributes:
        kind: What the rows are about.
        header: Titles of the columns.
        columns: Field by number of column.
        today: The day of the import, by which birth dates are judged.
        is_text_table: The file is CSV, whose cells carry the formula guard.
        places: Areas of the city.
        left: Place of the first column in the sheet, from 0.
    """

    kind: str
    header: Sequence[str]
    columns: Mapping[int, str]
    today: date
    is_text_table: bool
    places: Gazetteer
    left: int = 0

    def has(self, *fields: str) -> bool:
        """Whether some column holds one of the fields."""
        return not set(fields).isdisjoint(self.columns.values())


class RowCells:
    """The cells of one row by field, and the reading that grows from them."""

    def __init__(self, cells: Sequence[Cell], form: Form) -> None:
        """Sort the cells of a row by the fields of their columns."""
        self.form = form
        self.reading = Reading([cell.text for cell in cells])
        self.at: dict[str, int] = {}
        self.cells: dict[str, Cell] = {}
        for column, name in sorted(form.columns.items()):
            cell = cells[column] if column < len(cells) else Cell()
            # Two columns may hold one field ("No HP", "No WA"): the first that says something.
            if name not in self.cells or words.is_blank(self.cells[name].text):
                self.cells[name], self.at[name] = cell, column

    def text(self, name: str) -> str:
        """Return the cell's text without the guard of a CSV; empty when it says nothing."""
        cell = self.cells.get(name)
        if cell is None or words.is_blank(cell.text):
            return ""
        return unguard(cell.text) if self.form.is_text_table else cell.text

    def line(self, name: str) -> str:
        """Read a text of one line, or refuse the row for it."""
        try:
            text = clean_line(self.text(name))
        except NotCleanText as broken:
            self.error(name, *in_words(broken))
            return ""
        limit = LIMITS.get(name, 300)
        if len(text) > limit:
            self.error(
                name,
                _("The text has %(length)d signs; %(limit)d fit.")
                % {"length": len(text), "limit": limit},
                _("Shorten it."),
            )
            return ""
        return text

    def error(self, name: str, what: str, remedy: str) -> None:
        """Note what keeps the row out."""
        self.tell(name, what, remedy, Severity.ERROR)

    def warn(self, name: str, what: str, remedy: str) -> None:
        """Note what costs the row this value."""
        self.tell(name, what, remedy, Severity.WARNING)

    def tell(self, name: str, what: str, remedy: str, severity: Severity) -> None:
        """Note a problem with the cell of a field, or with the row when it has none."""
        column = self.at.get(name)
        header, letters = "", ""
        if column is not None:
            header = self.form.header[column] if column < len(self.form.header) else ""
            letters = address(1, column + self.form.left).rstrip("1")
        value = self.cells[name].text[:200] if name in self.cells else ""
        self.reading.problems.append(Problem(letters, header, value, what, remedy, severity.value))

    def clean(self, name: str) -> str:
        """Return the cell's text in one line, however long."""
        try:
            return clean_line(self.text(name))
        except NotCleanText as broken:
            self.error(name, *in_words(broken))
            return ""
