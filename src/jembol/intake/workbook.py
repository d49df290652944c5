"""Reads what somebody sent (XLSX, XLS, ODS, CSV) into cells of exact text, or refuses it.

The type is decided by the bytes, never by the name. Workbooks are unpacked by a process of their
own with hard limits (`workbook_child.py`), so that a hostile file cannot take the worker with it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from jembol.intake import errors, text_table

MAX_UPLOAD_BYTES: Final = 20 * 1024 * 1024
TIMEOUT_SECONDS: Final = 90
MAX_LINE_BYTES: Final = 16 * 1024 * 1024
MAX_TEXT_BYTES: Final = 200 * 1024 * 1024
MAX_MERGED_CELLS: Final = 200_000
_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?[eE]\+?(\d{1,3})")


class CellKind(StrEnum):
    """What a spreadsheet program took the cell for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as exact text.

    Attributes:
        text: The text; a number with all its digits, a date as ISO, an empty cell as "".
        kind: What the spreadsheet program took it for.
        lossy: Digits may be lost: a number of 16 digits or more, or `3.57305E+15` as text.
        merged: The value was copied here from the first cell of a merged range.
    """

    text: str = ""
    kind: CellKind = CellKind.EMPTY
    lossy: bool = False
    merged: bool = False

    def __bool__(self) -> bool:
        return self.kind is not CellKind.EMPTY


EMPTY = Cell()
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0]` is row 1 of the spreadsheet, rows end at their last filled cell."""

    name: str
    rows: tuple[Cells, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read, and how it was understood.

    Attributes:
        kind: xlsx, xlsb, xls, ods or csv.
        encoding: Of a text table; empty otherwise.
        delimiter: Of a text table; empty otherwise.
        sheets: Every worksheet in order; a text table is one sheet.
    """

    kind: str
    encoding: str
    delimiter: str
    sheets: tuple[Sheet, ...]


def address(row: int, column: int) -> str:
    """Return the spreadsheet address of a cell (row from 1, column from 0): `C12`."""
    letters = ""
    left = column + 1
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"


def read(
    content: bytes | Path,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Workbook:
    """Read a file that somebody sent.

    Args:
        content: The bytes, or the path of the stored file.
        name: The name it was sent under; used only for the name of a text table's sheet.
        encoding: Of a text table, when the detected one was wrong.
        delimiter: Of a text table, when the detected one was wrong.

    Raises:
        FileTooBig: More than 20 MB, or more than 300 MB unpacked.
        FileTypeUnknown: Neither a workbook nor a text table.
        FileUnreadable: Damaged or cut short.
        FileLocked: Asks for a password.
        FileUnsafe: Holds another archive, XML entities or too many parts.
        FileHasNothing: No cell holds a value.
        TooManyRows: More than 200,000 filled rows or 2,000,000 filled cells.
        TooManyColumns: A value right of column 300.
        TextBroken: NUL, half a surrogate pair, or bytes foreign to the encoding.
        QuoteUnclosed: A quotation mark that swallows the following lines.
    """
    raw = _bytes_of(content)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", text_table.OLD_WORKBOOK)):
        book = _read_apart(raw)
    else:
        table = text_table.parse(raw, encoding=encoding, delimiter=delimiter)
        rows = tuple(tuple(map(_text_cell, row)) for row in table.rows)
        sheet = Sheet(Path(name).stem or name, _without_tail(rows))
        book = Workbook("csv", table.encoding, table.delimiter, (sheet,))
    if not any(sheet.rows for sheet in book.sheets):
        raise errors.FileHasNothing(
            "The file %(name)s holds no value. Open it, check that it is the right one, "
            "and send it again.",
            name=name,
        )
    return book


def _bytes_of(content: bytes | Path) -> bytes:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > MAX_UPLOAD_BYTES:
        raise errors.FileTooBig(
            "The file has %(size)d MB; %(limit)d MB is allowed. Remove pictures and sheets that "
            "are not part of the list, or split the list.",
            size=size // (1024 * 1024),
            limit=MAX_UPLOAD_BYTES // (1024 * 1024),
        )
    return content if isinstance(content, bytes) else content.read_bytes()


def _text_cell(text: str) -> Cell:
    if not text.strip():
        return EMPTY
    return Cell(text, CellKind.TEXT, lossy=_is_scientific(text))


def _is_scientific(text: str) -> bool:
    """Tell whether a text is a big number whose last digits a program has cut off."""
    match = _SCIENTIFIC.fullmatch(text.strip())
    return match is not None and int(match[1]) >= 15


def _without_tail(rows: tuple[Cells, ...]) -> tuple[Cells, ...]:
    """Return the rows without empty cells at their ends and without empty rows at the end."""
    trimmed = [_trimmed(row) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return tuple(trimmed)


def _trimmed(row: Cells) -> Cells:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


# Workbooks, read by the child


def _read_apart(raw: bytes) -> Workbook:
    """Read a workbook in a child process of bounded memory and time."""
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own program, no words from outside
            [sys.executable, "-I", str(_CHILD)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        ) as child:
            alarm = threading.Timer(TIMEOUT_SECONDS, child.kill)
            alarm.start()
            try:
                assert child.stdout is not None  # noqa: S101 - for the type checker: PIPE above
                book = _assemble(child.stdout)
            finally:
                alarm.cancel()
                child.kill()
    if book is None:
        raise _gave_up(child.returncode)
    return book


def _gave_up(exit_code: int) -> errors.FileTooBig:
    """Return the refusal for a child that died of its limits."""
    return errors.FileTooBig(
        "Reading the file took more memory or time than one import may use (end %(exit_code)d). "
        "Copy only the rows you need to a new workbook and send that.",
        exit_code=exit_code,
    )


@dataclass(slots=True)
class _Draft:
    """A sheet while its rows arrive; `cells` keeps one object for equal cells."""

    name: str
    hidden: bool
    rows: list[Cells] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)


def _assemble(lines: IO[bytes]) -> Workbook | None:
    """Build the workbook from the child's lines; `None` when they break off."""
    kind = ""
    drafts: list[_Draft] = []
    current = _Draft("", hidden=False)
    known: dict[Any, Cell] = {}
    for line in _messages(lines):
        if isinstance(line, list):
            _add_row(current, line, known)
        elif "refuse" in line:
            code, template, params = line["refuse"]
            raise errors.READING_REFUSALS[code](template, **params)
        elif "kind" in line:
            kind = line["kind"]
            drafts = [_Draft(sheet["name"], sheet["hidden"]) for sheet in line["sheets"]]
        elif "sheet" in line:
            current = drafts[line["sheet"]]
        elif "merged" in line:
            current.merged = line["merged"]
        elif "end" in line:
            return Workbook(kind, "", "", tuple(map(_finished, drafts)))
    return None


def _messages(lines: IO[bytes]) -> Iterator[Any]:
    """Yield the child's messages while their sum stays within bounds."""
    total = 0
    while line := lines.readline(MAX_LINE_BYTES):
        total += len(line)
        if total > MAX_TEXT_BYTES or not line.endswith(b"\n"):
            return
        yield json.loads(line)


def _add_row(draft: _Draft, line: list[Any], known: dict[Any, Cell]) -> None:
    number, *values = line
    # One shared empty tuple: a list that starts in the last row costs eight bytes a row above it.
    draft.rows.extend(() for _ in range(number - len(draft.rows)))
    draft.rows.append(tuple([_shared_cell(value, known) for value in values]))


def _shared_cell(value: Any, known: dict[Any, Cell]) -> Cell:
    """Return the cell for a value on the wire; equal short values share one object."""
    if value == "":
        return EMPTY
    key = tuple(value) if isinstance(value, list) else value
    cell = known.get(key)
    if cell is None:
        cell = _cell_from(value)
        if len(known) < 100_000:
            known[key] = cell
    return cell


def _cell_from(value: Any) -> Cell:
    if isinstance(value, list):
        kind, text, lossy = value
        return Cell(text, CellKind(kind), lossy=bool(lossy))
    if "\x00" in value:
        raise errors.TextBroken(
            "A cell holds the byte NUL (“%(text)s”). Delete the cell's text and type it again.",
            text=value.replace("\x00", "␀")[:40],
        )
    return _text_cell(value)


def _finished(draft: _Draft) -> Sheet:
    """Return the sheet with the value of each merged range in all its cells."""
    rows = [list(row) for row in draft.rows] if draft.merged else []
    room = MAX_MERGED_CELLS
    for top, left, bottom, right in draft.merged:
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left]:
            continue
        last = min(bottom, len(rows) - 1)
        room -= (last - top + 1) * (right - left + 1)
        if room < 0:
            break
        _spread(rows, (top, left, last, right))
    return Sheet(draft.name, _without_tail(tuple(map(tuple, rows or draft.rows))), draft.hidden)


def _spread(rows: list[list[Cell]], area: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = area
    first = rows[top][left]
    copy = Cell(first.text, first.kind, first.lossy, merged=True)
    for number in range(top, bottom + 1):
        row = rows[number]
        row.extend([EMPTY] * (right + 1 - len(row)))
        for column in range(left, right + 1):
            if (number, column) != (top, left):
                row[column] = copy
