"""Reads a text table (CSV, TSV): finds encoding and delimiter, names the line that fails."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from jembol.intake import errors

OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS: Final = (";", ",", "\t", "|")
MAX_FILLED_ROWS: Final = 200_000
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 300
MAX_FILLED_CELLS: Final = 2_000_000
# An address of a person has a few lines; a field of more is a quotation mark that never closed.
MAX_LINES_IN_A_FIELD: Final = 20
_SAMPLE: Final = 64 * 1024
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What people send under the name of a table, with what to do about it.
_FOREIGN: Final = (
    (re.compile(rb"%PDF"), _("a PDF"), _("Ask for the spreadsheet it was printed from.")),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|BM.{4}\x00{4}", re.DOTALL), _("a picture"), ""),
    (re.compile(rb"\s*<(?:!doctype html|html|table|meta|head|style)", re.IGNORECASE),
     _("a web page"), _("Open it in Excel or LibreOffice and save it as XLSX.")),
    (re.compile(rb"\s*<\?xml"), _("an XML file"),
     _("Open it in Excel or LibreOffice and save it as XLSX.")),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ"), _("an archive"),
     _("Unpack it and send the spreadsheet inside.")),
    (re.compile(rb"\x7fELF|MZ.\x00", re.DOTALL), _("a program"), ""),
    (re.compile(rb"\{\\rtf|\{\s*\"|\[\s*\{"), _("a document of another type"), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextTable:
    """The fields of a text table and how they were found."""

    encoding: str
    delimiter: str
    rows: tuple[tuple[str, ...], ...]


def parse(raw: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> TextTable:
    """Read a text table.

    Raises:
        FileTypeUnknown: The bytes are those of another kind of file.
        TextBroken: NUL, half a surrogate pair, or bytes foreign to the encoding.
        QuoteUnclosed: A quotation mark swallows the following lines.
        TooManyRows: More rows than one import may hold.
        TooManyColumns: More columns than any list needs.
    """
    _check_foreign(raw)
    encoding = encoding or detect_encoding(raw)
    text = _decode(raw, encoding)
    hint = re.match(r"sep=(.)\r?\n", text)
    # Excel's own hint is no row: it is not shown, and rows are counted without it.
    body = text[hint.end() :] if hint else text
    delimiter = delimiter or (hint[1] if hint else detect_delimiter(body))
    return TextTable(encoding, delimiter, _fields(body, delimiter))


def _check_foreign(raw: bytes) -> None:
    start = raw.removeprefix(b"\xef\xbb\xbf")[:200]
    for pattern, what, remedy in _FOREIGN:
        if pattern.match(start):
            raise errors.FileTypeUnknown(
                "The file is %(what)s, whatever its name says. XLSX, XLS, ODS and CSV can be read. "
                "%(remedy)s",
                what=gettext(what),
                remedy=gettext(remedy),
            )


# Encoding


def detect_encoding(raw: bytes) -> str:
    """Return the encoding of the text: by mark, by NUL pattern, UTF-8, else the likeliest.

    Raises:
        TextBroken: The bytes are UTF-8 with half a surrogate pair, or fit no encoding.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    wide = _wide_encoding(raw[:_SAMPLE])
    if wide:
        return wide
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        _check_surrogates(raw, broken.start)
        return _likeliest(raw)
    return "utf-8"


def _wide_encoding(sample: bytes) -> str:
    """Return UTF-16 without a mark, which shows in every second byte being NUL."""
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""


def _check_surrogates(raw: bytes, start: int) -> None:
    """Refuse UTF-8 whose only fault is half a surrogate pair, before it is taken for cp1252."""
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    raise _broken(raw[:start].count(b"\n") + 1, gettext("half of a surrogate pair"))


def _likeliest(raw: bytes) -> str:
    """Return cp1252 unless another encoding reads clearly better.

    Windows in Indonesia writes cp1252; a guess from a few foreign letters must not overrule that.
    """
    lines = [line for line in raw.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    matches = from_bytes(sample, cp_isolation=["cp1252", "mac_roman", "cp850"])
    best = matches.best()
    chaos = {match.encoding: match.chaos for match in matches}
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return best.encoding if best else "latin-1"
    clearly_better = best is not None and best.chaos + 0.1 < chaos.get("cp1252", 0.0)
    return best.encoding if best and clearly_better else "cp1252"


def _decode(raw: bytes, encoding: str) -> str:
    """Return the text, or name the line of the first thing that is no text."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as broken:
        line = raw[: broken.start].decode(encoding, "ignore").count("\n") + 1
        raise _broken(line, gettext("bytes that are not %s") % encoding) from broken
    except LookupError as unknown:
        raise errors.TextBroken(
            "The encoding %(encoding)s is not known. Choose UTF-8, Windows-1252 or UTF-16.",
            encoding=encoding[:40],
        ) from unknown
    text = text.removeprefix("\ufeff")
    _check_letters(text[:4096])
    place = text.find("\x00")
    if place >= 0:
        raise _broken(text.count("\n", 0, place) + 1, gettext("the byte NUL"))
    return text


def _check_letters(sample: str) -> None:
    """Refuse the data of some other program, which is full of control characters."""
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1f]", sample))
    if controls > max(len(sample) // 10, 8):
        raise errors.FileTypeUnknown(
            "The file is neither a spreadsheet nor a text table, whatever its name says. "
            "XLSX, XLS, ODS and CSV can be read."
        )


def _broken(line: int, what: str) -> errors.TextBroken:
    return errors.TextBroken(
        "Line %(line)d holds %(what)s. Open the file in Excel or LibreOffice, type that line "
        "again, save it as CSV UTF-8 and send it again.",
        line=line,
        what=what,
    )


# Delimiter


def detect_delimiter(text: str) -> str:
    """Return the delimiter that divides most lines into the same number of fields."""
    sample = "".join(itertools.islice(io.StringIO(text, newline=""), 60))
    scores = [(_evenness(sample, delimiter), delimiter) for delimiter in DELIMITERS]
    best, delimiter = max(scores, key=lambda score: score[0])
    return delimiter if best else ","


def _evenness(sample: str, delimiter: str) -> float:
    """Return how well a delimiter explains a sample: 0 when it never divides a line."""
    rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / len(rows) * (1 + min(width, 10) / 100)


# Fields


def _fields(text: str, delimiter: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of fields; a row number is the one a spreadsheet program would show."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    filled = cells = 0
    opened = after = 1
    try:
        for row in reader:
            opened, after = after, reader.line_num + 1
            if after - opened > MAX_LINES_IN_A_FIELD:
                raise _unclosed(opened)
            used = sum(bool(value.strip()) for value in row)
            filled, cells = filled + bool(used), cells + used
            rows.append(tuple(row) if used else ())
            _check_size(len(rows), filled, cells, row)
    except csv.Error as broken:
        raise _unclosed(after) from broken
    _check_end(text, opened, delimiter)
    return tuple(rows)


def _check_end(text: str, opened: int, delimiter: str) -> None:
    """Refuse when the last record, which begins on line `opened`, ends only because the file did.

    Only a strict reader tells; other slips (`"Bu "Sri""`) are read as leniently as Excel does.
    """
    last = itertools.islice(io.StringIO(text, newline=""), opened - 1, None)
    try:
        list(csv.reader(last, delimiter=delimiter, strict=True))
    except csv.Error as broken:
        if "end of data" in str(broken):
            raise _unclosed(opened) from broken


def _unclosed(line: int) -> errors.QuoteUnclosed:
    return errors.QuoteUnclosed(
        "A quotation mark opens in the record on line %(line)d and does not close. "
        "Delete the mark, or write it twice, and send the file again.",
        line=line,
    )


def _check_size(row: int, filled: int, cells: int, values: list[str]) -> None:
    """Refuse a table beyond the limits as soon as it passes them."""
    if row > MAX_ROWS or filled > MAX_FILLED_ROWS or cells > MAX_FILLED_CELLS:
        raise errors.TooManyRows(
            "Row %(row)d: the file has more than %(rows)d filled rows or %(cells)d filled cells. "
            "Split it into several files.",
            row=row,
            rows=MAX_FILLED_ROWS,
            cells=MAX_FILLED_CELLS,
        )
    width = max((place for place, value in enumerate(values, 1) if value.strip()), default=0)
    if width > MAX_COLUMNS:
        raise errors.TooManyColumns(
            "Row %(row)d has a value in column %(column)d; at most %(limit)d columns are read. "
            "Delete the columns that are not part of the list, or choose another delimiter.",
            row=row,
            column=width,
            limit=MAX_COLUMNS,
        )
