"""Reads one workbook in a process of its own and writes its rows as lines of JSON.

A hostile workbook may claim little and inflate to gigabytes, or make the reader run for ever.
This program therefore sets hard limits on itself before it looks at the file, and dies alone.
It is run by path with `python -I` and imports nothing of Jembol, so that its start is quick.
Input: the file on standard input (seekable). Output, one JSON value a line:
`{"kind", "sheets"}`, then per sheet `{"sheet"}`, its rows `[row, cell, …]` and `{"merged"}`,
at the end `{"end"}`; or at any time `{"refuse": [code, template, params]}`.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

MEGABYTE = 1024 * 1024
MAX_MEMORY = 1024 * MEGABYTE
MAX_CPU_SECONDS = 60
MAX_INFLATED = 300 * MEGABYTE
# Repeated XML of honest workbooks deflates to about a tenth, seldom below a fortieth; the limit
# of the format itself is 1:1032. Small files may do as they like.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 20 * MEGABYTE
MAX_MEMBERS = 5_000
MAX_FILLED_ROWS = 200_000
MAX_COLUMNS = 300
MAX_FILLED_CELLS = 2_000_000
MAX_MERGES = 100_000
# A float holds every integer up to 2**53, but Excel keeps 15 digits and writes zeros after them:
# from 10**15 on the last digits of a number cell cannot be trusted.
LOSSY_FROM = 10**15


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue; whoever reads the answer translates it."""
    return text


DAMAGED = gettext_noop(
    "The file is damaged or cut short (%(detail)s). Save it again as XLSX and send it again."
)


class Refused(Exception):
    """The file is refused: code, message template, parameters."""

    def __init__(self, code: str, template: str, **params: object) -> None:
        super().__init__(code)
        self.answer = [code, template, params]


def main() -> int:
    """Read standard input, write lines; every refusal is an ordinary answer.

    Returns:
        The exit code: 0 when the whole file was read or refused by a named rule.
    """
    limit_oneself()
    try:
        for line in lines_of(sys.stdin.buffer):
            sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
    except Refused as refused:
        sys.stdout.write(json.dumps({"refuse": refused.answer}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refuse": too_much_memory().answer}) + "\n")
    sys.stdout.flush()
    return 0


def limit_oneself() -> None:
    """Bound memory and processor time of this process, and forbid it to write files."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines_of(stream: BinaryIO) -> Iterator[object]:
    """Yield every line of the answer for the file in `stream`."""
    kind = kind_of(stream)
    # Imported after the limits are set: the library is native code and reads hostile bytes.
    import python_calamine  # noqa: PLC0415

    stream.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError as locked:
        raise password() from locked
    except python_calamine.CalamineError as damaged:
        raise Refused("file_unreadable", DAMAGED, detail=brief(damaged)) from damaged
    yield {"kind": kind, "sheets": sheet_list(book)}
    merges = ods_merges(stream) if kind == "ods" else {}
    room = {"rows": MAX_FILLED_ROWS, "cells": MAX_FILLED_CELLS}
    for number, meta in enumerate(book.sheets_metadata):
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        yield {"sheet": number}
        try:
            sheet = book.get_sheet_by_index(number)
        except python_calamine.CalamineError as damaged:
            raise Refused("file_unreadable", DAMAGED, detail=brief(damaged)) from damaged
        yield from rows_of(sheet, room)
        ranges = merges.get(number) or sheet.merged_cell_ranges or []
        yield {"merged": [[*start, *end] for start, end in ranges[:MAX_MERGES]]}
    yield {"end": True}


def sheet_list(book: Any) -> list[dict[str, object]]:
    """Return name and visibility of every sheet."""
    return [
        {"name": meta.name, "hidden": not str(meta.visible).endswith(".Visible")}
        for meta in book.sheets_metadata
    ]


def brief(problem: Exception) -> str:
    """Return what the library said, short enough for a sentence."""
    return str(problem).strip()[:120] or type(problem).__name__


def password() -> Refused:
    """Return the refusal of a locked workbook."""
    return Refused(
        "file_locked",
        "The file asks for a password. Open it, remove the password, save it and send it again.",
    )


def too_much_memory() -> Refused:
    """Return the refusal of a file that needs more memory than one import may have."""
    return Refused(
        "file_too_big",
        "Reading the file needs more memory than one import may use. "
        "Copy only the rows you need to a new workbook and send that.",
    )


# The type, by bytes


def kind_of(stream: BinaryIO) -> str:
    """Return xlsx, xlsb, xls or ods, after the archive was found safe."""
    if stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "xls"
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as damaged:
        raise Refused("file_unreadable", DAMAGED, detail=brief(damaged)) from damaged
    kind = kind_by_members({member.filename for member in archive.infolist()})
    check_directory(archive.infolist())
    check_contents(archive, stream)
    return kind


def kind_by_members(names: set[str]) -> str:
    """Return the kind of workbook that keeps these members."""
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise Refused(
        "file_type_unknown",
        "The file is an archive without a spreadsheet inside (it holds %(member)s). "
        "Send the XLSX, XLS, ODS or CSV file itself.",
        member=min(names, default="nothing")[:60],
    )


def check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the archive says about itself, before anything is unpacked."""
    if len(members) > MAX_MEMBERS:
        raise Refused(
            "file_unsafe",
            "The file holds %(members)d parts; a workbook has a few dozen. Save it again as XLSX.",
            members=len(members),
        )
    if any(member.flag_bits & 1 for member in members):
        raise password()
    check_swelling(
        sum(member.file_size for member in members),
        sum(member.compress_size for member in members),
    )


def check_swelling(inflated: int, packed: int) -> None:
    """Refuse an archive that unpacks to far more than a list of people needs."""
    swollen = inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * max(packed, 1)
    if inflated > MAX_INFLATED or swollen:
        raise Refused(
            "file_too_big",
            "Unpacked, the file would take %(inflated)d MB (it is %(packed)d KB now); "
            "%(limit)d MB is allowed. Copy only the rows you need to a new workbook.",
            inflated=inflated // MEGABYTE,
            packed=packed // 1024,
            limit=MAX_INFLATED // MEGABYTE,
        )


def check_contents(archive: zipfile.ZipFile, stream: BinaryIO) -> None:
    """Unpack every member for real, in small pieces, because sizes in the headers may lie."""
    packed = sum(member.compress_size for member in archive.infolist())
    inflated = 0
    for member in archive.infolist():
        tail = b""
        for piece in inflate(member, stream):
            if not tail and piece.startswith(b"PK\x03\x04"):
                check_nesting(member.filename)
            inflated += len(piece)
            check_swelling(inflated, packed)
            check_markup(member.filename, tail + piece)
            tail = piece[-10:] or b" "


def check_nesting(name: str) -> None:
    """Refuse an archive in the archive; Excel keeps embedded objects in one known folder."""
    if "/embeddings/" not in name:
        raise Refused(
            "file_unsafe",
            "The file hides another archive (%(member)s). Copy the rows to a new workbook.",
            member=name[:80],
        )


def check_markup(name: str, piece: bytes) -> None:
    """Refuse XML that declares entities: no spreadsheet program writes them."""
    if name.endswith((".xml", ".rels")) and (b"<!ENTITY" in piece or b"<!DOCTYPE" in piece):
        raise Refused(
            "file_unsafe",
            "The file declares XML entities (in %(member)s), which a spreadsheet never does. "
            "Copy the rows to a new workbook.",
            member=name[:80],
        )


def inflate(member: zipfile.ZipInfo, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the true contents of a member in pieces of at most 256 KB.

    `ZipFile.open` stops at the size written in the header, and a liar's header is what we check.
    """
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Refused("file_unreadable", DAMAGED, detail=f"no {member.filename[:60]}")
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    stream.seek(member.header_offset + 30 + names)
    packed = stream.read(member.compress_size)
    if len(packed) < member.compress_size:
        raise Refused("file_unreadable", DAMAGED, detail=f"{member.filename[:60]} is cut short")
    if member.compress_type == zipfile.ZIP_STORED:
        yield packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        yield from inflate_pieces(packed, member.filename)
    else:
        raise Refused("file_unreadable", DAMAGED, detail="unusual compression")


def inflate_pieces(packed: bytes, name: str) -> Iterator[bytes]:
    """Yield deflated data unpacked."""
    unpacker = zlib.decompressobj(-15)
    rest = packed
    try:
        while not unpacker.eof and rest:
            yield unpacker.decompress(rest, 256 * 1024)
            rest = unpacker.unconsumed_tail
    except zlib.error as damaged:
        raise Refused("file_unreadable", DAMAGED, detail=name[:60]) from damaged


# The rows


def rows_of(sheet: Any, room: dict[str, int]) -> Iterator[list[object]]:
    """Yield the filled rows of a sheet as [row number from 0, cell, …]."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows()):
        cells = [cell_of(value) for value in values]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        spend(room, sheet.name, number, cells)
        width = len(left) + len(cells)
        if width > MAX_COLUMNS:
            raise too_wide(sheet.name, number, width)
        yield [number, *left, *cells]


def spend(room: dict[str, int], sheet: str, number: int, cells: list[object]) -> None:
    """Count a row and its cells against what one import may hold."""
    room["rows"] -= 1
    room["cells"] -= sum(cell != "" for cell in cells)
    if room["rows"] < 0 or room["cells"] < 0:
        raise Refused(
            "too_many_rows",
            "Sheet %(sheet)s, row %(row)d: the file has more than %(rows)d filled rows or "
            "%(cells)d filled cells. Split it into several files.",
            sheet=sheet,
            row=number + 1,
            rows=MAX_FILLED_ROWS,
            cells=MAX_FILLED_CELLS,
        )


def too_wide(sheet: str, number: int, width: int) -> Refused:
    """Return the refusal of a value that stands too far right."""
    return Refused(
        "too_many_columns",
        "Sheet %(sheet)s, row %(row)d has a value in column %(column)d; at most %(limit)d columns "
        "are read. Delete the columns that are not part of the list.",
        sheet=sheet,
        row=number + 1,
        column=width,
        limit=MAX_COLUMNS,
    )


def cell_of(value: object) -> object:
    """Return a cell for the wire: a text as itself, others as [kind, text, lossy]."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool):
        return ["bool", "TRUE" if value else "FALSE", 0]
    if isinstance(value, (int, float)):
        return ["number", number_text(value), int(abs(value) >= LOSSY_FROM)]
    return date_cell(value)


def number_text(value: float) -> str:
    """Return a number with all its digits and without a false `.0`."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e21):
        return str(int(value))
    return repr(value)


def date_cell(value: object) -> object:
    """Return a date as ISO text; a moment keeps its time, a bare time is text."""
    if isinstance(value, dt.datetime):
        at_midnight = value.time() == dt.time()
        return ["date", value.date().isoformat() if at_midnight else value.isoformat(" "), 0]
    if isinstance(value, dt.date):
        return ["date", value.isoformat(), 0]
    return str(value)


# Merged cells of ODS: the library tells them for XLSX and XLS only


class MergeFinder:
    """Finds the spans of a `content.xml` while it streams past."""

    def __init__(self) -> None:
        self.ranges: dict[int, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
        self.sheet = -1
        self.row = self.next_row = 0
        self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow one opening tag."""
        if name == "table:table":
            self.sheet += 1
            self.row = self.next_row = 0
        elif name == "table:table-row":
            self.row, self.column = self.next_row, 0
            self.next_row += int(attributes.get("table:number-rows-repeated", "1"))
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.note_span(attributes)
            self.column += int(attributes.get("table:number-columns-repeated", "1"))

    def note_span(self, attributes: dict[str, str]) -> None:
        """Keep the range of a cell that spans others."""
        down = int(attributes.get("table:number-rows-spanned", "1"))
        right = int(attributes.get("table:number-columns-spanned", "1"))
        ranges = self.ranges.setdefault(self.sheet, [])
        if (down > 1 or right > 1) and len(ranges) < MAX_MERGES:
            end = (self.row + down - 1, self.column + right - 1)
            ranges.append(((self.row, self.column), end))


def ods_merges(stream: BinaryIO) -> dict[int, list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Return the merged ranges of each sheet of an ODS file, by number of the sheet."""
    finder = MergeFinder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = finder.start
    member = zipfile.ZipFile(stream).getinfo("content.xml")
    try:
        for piece in inflate(member, stream):
            parser.Parse(piece, False)  # noqa: FBT003 - the library's own positional flag
    except (expat.ExpatError, ValueError) as damaged:
        raise Refused("file_unreadable", DAMAGED, detail=brief(damaged)) from damaged
    return finder.ranges


if __name__ == "__main__":
    sys.exit(main())
