"""One helper for every list: filter, sort, keyset paging, and export of what is shown.

The address holds the whole state (`q`, one word a filter, `urut`, `di`), so a list can be saved,
shared and exported as it stands. Pages follow a keyset, not an offset: page 4,000 costs what page 1
costs, and a row added meanwhile moves nobody to another page.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.ui.export import KINDS, Value, file_answer

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE_SIZE = 50
# SQLite refuses a LIKE pattern of more than 50,000 bytes, and no name is that long.
LONGEST_SEARCH = 200


def parse_day(word: str) -> date | None:
    """Return the day that an address names, or None."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def parse_key(word: str) -> int | None:
    """Return the whole number that an address or a form names, or None.

    `"²".isdigit()` is true, and a database takes no number above 2**63.
    """
    is_key = word.isascii() and word.isdigit() and len(word) < 19
    return int(word) if is_key else None


@dataclass(frozen=True)
class Column:
    """One column: what it shows, what it exports, and by what it sorts.

    `sort` names a field that is never null; `cell` draws HTML (default: the exported value).
    `wide` columns are left out on a phone.
    """

    key: str
    title: str
    value: Callable[[Any], Value]
    cell: Callable[[Any], object] | None = None
    sort: str = ""
    align: str = "start"
    wide: bool = False

    def drawn(self, row: object) -> object:
        """Return what the page shows for this row."""
        return self.cell(row) if self.cell else self.value(row)


@dataclass(frozen=True)
class Filter:
    """One choice above the list, or a day; `apply` narrows the rows by the chosen word.

    `default` is the word that stands when the address names none.
    """

    key: str
    title: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[Any, str], Any]
    is_day: bool = False
    default: str = ""

    def accepts(self, word: str) -> bool:
        """Whether the word is one of the choices, or a day."""
        if self.is_day:
            return parse_day(word) is not None
        return any(word == key for key, _title in self.choices)


@dataclass(frozen=True)
class Chosen:
    """A filter with what is chosen in it."""

    filter: Filter
    value: str


@dataclass(frozen=True)
class Heading:
    """A column's title with the link that sorts by it."""

    column: Column
    link: str
    direction: str


@dataclass
class Listing:
    """A list as one request asks for it.

    Args:
        request: Whose GET holds the state.
        rows: All rows that this officer may see.
        columns: What is shown and exported.
        filters: Choices above the list.
        search: Narrows the rows by what was typed in `q`; None for no search field.
        sort: Key of the column to sort by when none is chosen; a minus sign turns it.
        name: The file name of an export, without ending.
        export: Rows as header and values where the export differs from the columns.
        on: The day that the rows are of; None for today.
    """

    request: HttpRequest
    rows: QuerySet[Any]
    columns: Sequence[Column]
    name: str
    filters: Sequence[Filter] = ()
    search: Callable[[Any, str], Any] | None = None
    sort: str = ""
    detail: Callable[[Any], str] | None = None
    export: tuple[Sequence[str], Callable[[Any], Iterator[Sequence[Value]]]] | None = None
    empty: str = ""
    on: date | None = None
    size: int = PAGE_SIZE

    @cached_property
    def query(self) -> str:
        """What was typed into the search field."""
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Every filter that has something to choose; a value that is no choice counts as none."""
        return [
            Chosen(each, value if each.accepts(value) else each.default)
            for each in self.filters
            if each.choices or each.is_day
            for value in [self.request.GET.get(each.key, "")]
        ]

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """All rows that match the search and the filters, in no order yet."""
        rows = self.rows
        for each in self.chosen:
            if each.value:
                rows = each.filter.apply(rows, each.value)
        if self.query and self.search:
            rows = self.search(rows, self.query)
        return rows

    @property
    def day(self) -> date:
        """The day that the rows and their number are of."""
        return self.on or timezone.localdate()

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return self.matching.count()

    @property
    def can_search(self) -> bool:
        """Whether the list has a search field."""
        return self.search is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or filter is in force."""
        return bool(self.query) or any(each.value != each.filter.default for each in self.chosen)

    @cached_property
    def order(self) -> tuple[str, bool]:
        """The field to sort by and whether downwards."""
        wanted = self.request.GET.get("urut", "")
        by_key = {column.key: column.sort for column in self.columns if column.sort}
        for word in (wanted, self.sort):
            if word.lstrip("-") in by_key:
                return by_key[word.lstrip("-")], word.startswith("-")
        return "pk", False

    @property
    def ordered(self) -> QuerySet[Any]:
        """All matching rows in order; the key breaks ties."""
        name, down = self.order
        sign = "-" if down else ""
        fields = [f"{sign}pk"] if name == "pk" else [f"{sign}{name}", f"{sign}pk"]
        return self.matching.order_by(*fields)

    @cached_property
    def page(self) -> Page:
        """The rows of the page that the address asks for."""
        cursor = Cursor.read(self.request.GET.get("di", ""))
        name, down = self.order
        backwards = bool(cursor and cursor.backwards)
        rows = self.ordered
        if cursor:
            try:
                rows = rows.filter(_beyond(name, cursor, down=down != backwards))
            except (ValueError, TypeError, ValidationError):
                # An address that somebody edited: the first page is the honest answer.
                cursor, backwards = None, False
        if backwards:
            rows = rows.reverse()
        found = list(rows[: self.size + 1])
        more, found = len(found) > self.size, found[: self.size]
        if backwards:
            found.reverse()
        before = more if backwards else cursor is not None
        after = True if backwards else more
        return Page(
            rows=found,
            previous=self._at(found[0], backwards=True) if found and before else "",
            next=self._at(found[-1], backwards=False) if found and after else "",
        )

    def _at(self, row: Model, *, backwards: bool) -> str:
        name, _down = self.order
        value = row.pk if name == "pk" else _value(row, name)
        return self.link(di=Cursor(value, row.pk, backwards).written())

    def link(self, **changes: str) -> str:
        """Return the address of this list with some words changed; empty removes a word."""
        words = QueryDict(mutable=True)
        for key, value in self.request.GET.items():
            if key not in {"di", "unduh"} and value:
                words[key] = str(value)
        for key, value in changes.items():
            words.pop(key, None)
            if value:
                words[key] = value
        return f"?{words.urlencode()}"

    @property
    def headings(self) -> list[Heading]:
        """The columns' titles with their sorting links."""
        name, down = self.order
        found = []
        for column in self.columns:
            current = bool(column.sort) and column.sort == name
            turned = f"-{column.key}" if current and not down else column.key
            link = self.link(urut=turned) if column.sort else ""
            found.append(Heading(column, link, ("down" if down else "up") if current else ""))
        return found

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The download links and their names."""
        names = {"csv": "CSV", "csv-titik-koma": _("CSV with ;"), "xlsx": "XLSX"}
        return [(self.link(unduh=kind), names[kind]) for kind in KINDS]

    @property
    def table(self) -> Iterable[tuple[str, list[tuple[Column, object]]]]:
        """Each row of the page as its link and its drawn cells."""
        for row in self.page.rows:
            link = self.detail(row) if self.detail else ""
            yield link, [(column, column.drawn(row)) for column in self.columns]

    def download(self) -> HttpResponseBase:
        """Return the export that the address asks for."""
        header, rows = self._exported()
        name = f"{self.name}-{self.day.isoformat()}"
        return file_answer(self.request.GET["unduh"], name, header, rows)

    def _exported(self) -> tuple[Sequence[str], Iterable[Sequence[Value]]]:
        if self.export:
            header, rows = self.export
            return header, rows(self.ordered)
        header = [str(column.title) for column in self.columns]
        return header, (
            [column.value(row) for column in self.columns]
            for row in self.ordered.iterator(chunk_size=2000)
        )


@dataclass(frozen=True)
class Page:
    """The rows of one page and the addresses of its neighbours."""

    rows: list[Any]
    previous: str
    next: str


@dataclass(frozen=True)
class Cursor:
    """A place in an ordered list: the sorting value and the key of the row at the edge."""

    value: object
    key: int
    backwards: bool

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Return the place written in the address, or None when it is none."""
        try:
            value, key, backwards = json.loads(base64.urlsafe_b64decode(text.encode()))
            is_plain = isinstance(value, str | int | float | None)
            # No column holds more, and SQLite refuses to be asked for it.
            is_plain = is_plain and not (isinstance(value, int | float) and abs(value) >= 2**63)
            if not is_plain or "\x00" in str(value) or abs(key) >= 2**63:
                return None
            str(value).encode()  # half a character cannot be asked of a database
            return cls(value, int(key), bool(backwards))
        except (ValueError, TypeError, RecursionError, binascii.Error):
            return None

    def written(self) -> str:
        """Return the place as one word for an address."""
        value = self.value.isoformat() if isinstance(self.value, date | datetime) else self.value
        return base64.urlsafe_b64encode(
            json.dumps([value, self.key, self.backwards]).encode()
        ).decode()


def _beyond(name: str, cursor: Cursor, *, down: bool) -> Q:
    side = "lt" if down else "gt"
    if name == "pk":
        return Q(**{f"pk__{side}": cursor.key})
    # The first condition alone lets the index find the start; the second breaks ties.
    return Q(**{f"{name}__{side}e": cursor.value}) & (
        Q(**{f"{name}__{side}": cursor.value}) | Q(**{f"pk__{side}": cursor.key})
    )


def _value(row: Any, name: str) -> object:
    for step in name.split("__"):
        row = getattr(row, step)
    return row
