"""Write rows as CSV or XLSX that opens safely in a spreadsheet and comes back unchanged.

Long numbers (NIK, phone) are text cells, and text that a spreadsheet would run as a formula is
guarded by `kit.cells` in a way that the import undoes.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from jembol.kit.cells import guard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Indonesian spreadsheets take the comma for decimals, so many people need the semicolon.
DELIMITERS = {"csv": ",", "csv-titik-koma": ";"}
KINDS = (*DELIMITERS, "xlsx")

Value = str | int | float | date | datetime | bool | None


def as_text(value: Value) -> str:
    """Return a value as people read it: ISO dates, local time, empty for unknown."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class _Echo:
    """A file that hands back what is written to it, so that CSV can be streamed."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    delimiter: str = ",",
    bom: bool = True,
) -> Iterator[str]:
    """Yield the lines of a CSV file; the byte-order mark makes spreadsheets read UTF-8."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield ("\ufeff" if bom else "") + writer.writerow([guard(title) for title in header])
    for row in rows:
        yield writer.writerow(
            [guard(value) if isinstance(value, str) else as_text(value) for value in row]
        )


def write_csv(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    delimiter: str = ",",
    bom: bool = True,
) -> bytes:
    """Return a whole CSV file as bytes."""
    return "".join(csv_lines(header, rows, delimiter=delimiter, bom=bom)).encode()


def write_xlsx(
    header: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "Data"
) -> IO[bytes]:
    """Return an open temporary XLSX file; every text is a text cell, never a formula or link."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the caller streams and closes it
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet(sheet[:31])
    as_words = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    page.freeze_panes(1, 0)
    for column, title in enumerate(header):
        page.write_string(0, column, title, bold)
        page.set_column(column, column, max(10, min(40, len(title) + 4)), as_words)
    for number, row in enumerate(rows, start=1):
        _write_row(page, number, row, as_words)
    book.close()
    target.seek(0)
    return target


def file_answer(
    kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponseBase:
    """Answer with rows as a file.

    Args:
        kind: One of `KINDS`.
        name: The file's name without its ending.
        header: Titles of the columns.
        rows: What stands below them; a CSV is sent while they are read.
    """
    if kind == "xlsx":
        book = write_xlsx(header, rows)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    lines = csv_lines(header, rows, delimiter=DELIMITERS[kind])
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    )
    return response


def _write_row(page: object, number: int, row: Sequence[Value], as_words: object) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(number, column, value)  # type: ignore[attr-defined]
        else:
            page.write_string(number, column, as_text(value), as_words)  # type: ignore[attr-defined]
