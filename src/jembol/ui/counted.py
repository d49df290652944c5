"""A list of rows that were counted and not read: the same page, filters and exports, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jembol.ui.export import Value
from jembol.ui.listing import Cursor, Listing, Page


@dataclass
class CountedListing(Listing):
    """A list whose rows bear a `key` and are few enough to hold: areas, never people.

    Filters and search take and return a list; a column sorts by the attribute that `sort` names,
    and what is not known stands last in either direction.
    """

    rows: Any

    @cached_property
    def matching(self) -> Any:
        """All rows that match the search and the filters, in no order yet."""
        rows = list(self.rows)
        for each in self.chosen:
            if each.value:
                rows = list(each.filter.apply(rows, each.value))
        return list(self.search(rows, self.query)) if self.query and self.search else rows

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return len(self.matching)

    @property
    def ordered(self) -> Any:
        """All matching rows in order; the key breaks ties."""
        name, down = self.order
        rows = sorted(self.matching, key=lambda row: row.key, reverse=down)
        if name == "pk":
            return rows
        known = [row for row in rows if getattr(row, name) is not None]
        unknown = [row for row in rows if getattr(row, name) is None]
        known.sort(key=lambda row: getattr(row, name), reverse=down)
        return [*known, *unknown]

    @cached_property
    def page(self) -> Page:
        """The rows of the page that the address asks for."""
        rows, first = self.ordered, 0
        cursor = Cursor.read(self.request.GET.get("di", ""))
        places = {row.key: place for place, row in enumerate(rows)}
        if cursor and cursor.key in places:
            place = places[cursor.key]
            first = max(0, place - self.size) if cursor.backwards else place + 1
        shown = rows[first : first + self.size]
        return Page(
            rows=shown,
            previous=self._beside(shown[0], backwards=True) if shown and first else "",
            next=self._beside(shown[-1], backwards=False)
            if shown and first + self.size < len(rows)
            else "",
        )

    def _beside(self, row: Any, *, backwards: bool) -> str:
        return self.link(di=Cursor(row.key, row.key, backwards).written())

    def _exported(self) -> tuple[Sequence[str], Iterable[Sequence[Value]]]:
        if self.export:
            named, rows = self.export
            return named, rows(self.ordered)
        header = [str(column.title) for column in self.columns]
        return header, ([column.value(row) for column in self.columns] for row in self.ordered)
