"""The rows of an XLSForm as pyxform takes them, and where in the workbook each name stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

# pyxform names what has no name of its own after its row.
_GENERATED: Final = re.compile(r"generated_(?:note_name|table_list_label)_(\d+)")
_DERIVED: Final = ("_other", "_count")
_FIRST_ROW: Final = 2


class Rows:
    """Sheets by their names in small letters; row 1 of each holds its headings."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.sheets = sheets

    def headings(self, sheet: str) -> list[str]:
        """Return the headings of a sheet."""
        rows = self.sheets.get(sheet) or ()
        return [text.strip() for text in rows[0]] if rows else []

    def table(self, sheet: str) -> list[dict[str, str]]:
        """Return each row below the headings by heading; an empty row keeps its place."""
        headings = self.headings(sheet)
        return [
            {
                heading: text
                for heading, text in zip(headings, row, strict=False)
                if heading and text.strip()
            }
            for row in (self.sheets.get(sheet) or ())[1:]
        ]

    def row_of(self, name: str, again: int = 0) -> int:
        """Return the row of the sheet `survey` in which a question stands; 0 if in none.

        Args:
            name: The question's name.
            again: How often the name stands above the row that is meant.
        """
        if found := _GENERATED.fullmatch(name):
            return int(found[1])
        for ending in ("", *_DERIVED):
            plain = name.removesuffix(ending) if ending else name
            if rows := self._rows_by_name.get(plain):
                return rows[min(again, len(rows) - 1)]
        return 0

    @cached_property
    def _rows_by_name(self) -> dict[str, list[int]]:
        heading = next(
            (one for one in self.headings("survey") if one.lower() in {"name", "value"}), ""
        )
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self.table("survey"), start=_FIRST_ROW):
            found.setdefault(row.get(heading, "").strip(), []).append(number)
        return found
