"""Finds the lists inside a sheet: title rows, header, rows of data, and what is neither.

Officers write lists for paper. A sheet holds titles above the header, a header over two rows,
several lists below or beside one another, the header again after a page break, empty numbered
lines, totals and signatures. Nothing is dropped silently: each row that is not data is named in
`Table.skipped`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jembol.intake.columns import heads_names, heads_sequence
from jembol.intake.dates import DateSpan, find_spans
from jembol.intake.headers import Header, headers_of
from jembol.intake.known_fields import normalise
from jembol.intake.workbook import EMPTY, Cell, Cells, Sheet, Workbook

_TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:total|jumlah|jml)\b", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disahkan|nip\b|ttd\b\W*$|penanggung jawab|hormat kami|"
    r"panitia|ketua (?:panitia|pelaksana)|kepala (?:dinas|bidang|seksi|uptd)|koordinator|petugas|"
    r"dibuat oleh|catatan\s*:|keterangan\s*:|\*\))",
    re.IGNORECASE,
)
# "Malang, 10 Agustus 2017" begins a signature block only where it stands alone: a birth place and
# date look the same.
_PLACE_AND_DATE = re.compile(r"[a-z ]+,\s*(?:\d{1,2}|\.{2,}|…+)?\s*[a-z]+\s*\d{4}", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:kecamatan|kelurahan|kelompok|kec\.|kel\.|rw|rt|sesi|hari|kelas|angkatan|gelombang)\s",
    re.IGNORECASE,
)
_DITTO = re.compile(
    r"(?:s\.?\s?d\.?\s?a\.?|idem|ditto|[-–—\s]*(?:[\"”“〃]|''|’’|,,)[-–—\s]*)\s*", re.IGNORECASE
)
_LABELLED = re.compile(r"([A-Za-z/ ]{3,40}?)\s*:\s*(.+)")
_KINDS_OF_CLASS = re.compile(
    r"pelatihan|workshop|lokakarya|kelas|kursus|bimtek|bimbingan teknis|sosialisasi|diklat|"
    r"seminar|pendampingan|penyuluhan",
    re.IGNORECASE,
)
_FORM_WORDS = re.compile(
    r"^(?:daftar|absensi|presensi|rekap(?:itulasi)?)\s*"
    r"(?:hadir|nama|kehadiran|peserta|pendaftar|pendaftaran|calon)?\s*"
    r"(?:peserta|pendaftar|calon peserta)?\s*[-:]?\s*",
    re.IGNORECASE,
)
_LABELS: Final = {
    "title": {
        "kegiatan",
        "nama kegiatan",
        "acara",
        "pelatihan",
        "nama pelatihan",
        "kelas",
        "judul",
    },
    "place": {"tempat", "lokasi", "tempat pelaksanaan", "bertempat di", "tempat kegiatan", "venue"},
    "organiser": {"penyelenggara", "pelaksana", "diselenggarakan oleh", "instansi", "dinas"},
}


@dataclass(frozen=True, slots=True)
class Note:
    """What was done to a cell, or what is odd about it.

    Attributes:
        column: Place in the header.
        code: `ditto` (taken from the row above), `ditto_unresolved` (nothing stands above) or
            `merged` (taken from a merged cell).
        text: What was written.
    """

    column: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data.

    Attributes:
        number: As the spreadsheet shows it, from 1.
        cells: As many as the header has.
        notes: Cells whose value comes from above.
        section: The heading inside the list under which the row stands ("Kecamatan Klojen").
    """

    number: int
    cells: Cells
    notes: tuple[Note, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data.

    Attributes:
        number: As the spreadsheet shows it.
        why: `title`, `header`, `numbering`, `total`, `empty`, `section` or `footer`.
        text: What it says.
    """

    number: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the title rows say.

    Attributes:
        lines: The rows as text, those of the sheet's first list before this list's own.
        title: Name of the class or list, best guess.
        place: After "Tempat :".
        organiser: After "Penyelenggara :".
        dates: The days named, this list's own first.
    """

    lines: tuple[str, ...] = ()
    title: str = ""
    place: str = ""
    organiser: str = ""
    dates: tuple[DateSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a sheet.

    Attributes:
        sheet: Name of the sheet.
        top_row: Number of the first row of the header; 0 when the list has no header.
        left_column: Place of the first column in the sheet, from 0.
        header: One text a column; over two rows as "Tanda Tangan > 8/8".
        rows: The data.
        context: What the titles above say.
        skipped: Rows inside the list that are no data.
    """

    sheet: str
    top_row: int
    left_column: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    context: Context
    skipped: tuple[Skipped, ...] = ()


def find_all(book: Workbook) -> tuple[Table, ...]:
    """Find the lists of every visible sheet, in order."""
    return tuple(table for sheet in book.sheets if not sheet.hidden for table in find(sheet))


def find(sheet: Sheet) -> tuple[Table, ...]:
    """Find the lists of one sheet, from the top down and from left to right."""
    rows = sheet.rows
    heads = headers_of(rows)
    starts = sorted({head.top for head in heads})
    titles = {top: _titles_above(rows, top, _top_before(heads, top)) for top in starts}
    tables: list[Table] = []
    done: set[Header] = set()
    for head in heads:
        if head not in done:
            group = _with_repeats(rows, head, heads, titles)
            done.update(group)
            end = _end_of(group[-1], heads, titles, len(rows))
            context = _context(_inherited(tables), _lines(rows, titles[head.top], head))
            tables.append(_table(sheet, group, end, titles, context))
    return tuple(table for table in tables if table.rows or len(tables) == 1)


# Titles


def _top_before(heads: list[Header], top: int) -> int:
    """Return the end of the header before the one that starts at `top`."""
    return max((head.end for head in heads if head.top < top), default=0)


def _titles_above(rows: Sequence[Cells], top: int, floor: int) -> range:
    """Return the rows of titles above a header: those that cannot be data, up to the last data."""
    start = top
    for number in range(top - 1, floor - 1, -1):
        row = rows[number]
        if any(row) and not (floor == 0 or _is_title(row)):
            break
        if any(row):
            start = number
    return range(start, top)


def _is_title(row: Cells) -> bool:
    """Tell whether a row is a title: one text, or a label with what belongs to it."""
    used = [cell for cell in row if cell and not cell.merged]
    text = " ".join(cell.text for cell in used)
    if _FOOTER.match(text) or _TOTAL.match(used[0].text.strip()):
        return False
    return len(used) == 1 or (len(used) <= 3 and ":" in text)


def _lines(rows: Sequence[Cells], numbers: range, head: Header) -> list[str]:
    """Return title rows as text; beside another list only those above this one's columns."""
    lines = []
    for number in numbers:
        own = [cell.text for cell in rows[number][head.left : head.right] if cell]
        cells = [cell.text.strip() for cell in rows[number] if cell and not cell.merged]
        if own and cells:
            lines.append(" ".join(" ".join(cells).split()))
    return lines


def _inherited(tables: list[Table]) -> Context:
    return tables[0].context if tables else Context()


def _context(first: Context, own: list[str]) -> Context:
    """Join what the list's own titles say with what the first list of the sheet said."""
    found = {name: _labelled(own, labels) for name, labels in _LABELS.items()}
    dates = tuple(span for line in own for span in find_spans(line))
    older = tuple(line for line in first.lines if line not in own)
    return Context(
        lines=(*older, *own),
        title=found["title"] or _named_class(own) or first.title or _bare_title(own[:1]),
        place=found["place"] or first.place,
        organiser=found["organiser"] or first.organiser,
        dates=dates or first.dates,
    )


def _labelled(lines: list[str], labels: set[str]) -> str:
    for line in lines:
        match = _LABELLED.fullmatch(line)
        if match and normalise(match[1]) in labels:
            return match[2].strip()
    return ""


def _named_class(lines: list[str]) -> str:
    """Return the first title that names a class, without "Daftar Hadir Peserta" before it."""
    return _bare_title([line for line in lines if _KINDS_OF_CLASS.search(line)])


def _bare_title(lines: list[str]) -> str:
    return _FORM_WORDS.sub("", lines[0]).strip() or lines[0] if lines else ""


# From header to end


def _with_repeats(
    rows: Sequence[Cells], head: Header, heads: list[Header], titles: dict[int, range]
) -> list[Header]:
    """Return a header and those below it that only repeat it after a page break."""
    group = [head]
    known = set(_lines(rows, titles[head.top], head))
    for other in heads:
        if other.top > head.top and _overlap(other, head):
            is_new = other.key != head.key or other.left != head.left
            if is_new or set(_lines(rows, titles[other.top], other)) - known:
                break
            group.append(other)
    return group


def _overlap(one: Header, other: Header) -> bool:
    return one.left < other.right and other.left < one.right


def _end_of(last: Header, heads: list[Header], titles: dict[int, range], height: int) -> int:
    """Return the row at which a list ends: the titles of the next one below it, or the end."""
    below = [head.top for head in heads if head.top > last.top and _overlap(head, last)]
    return min((titles[top].start for top in below), default=height)


# Rows


def _table(
    sheet: Sheet,
    group: list[Header],
    end: int,
    titles: dict[int, range],
    context: Context,
) -> Table:
    head = group[0]
    repeated = {
        number
        for other in group[1:]
        for number in (*titles[other.top], *range(other.top, other.end))
    }
    reader = _Reader(head)
    for number in range(head.end, end):
        cells = _slice(sheet.rows[number], head)
        if any(cells):
            reader.take(number, cells, is_header=number in repeated)
    above = tuple(
        Skipped(number + 1, "title", _joined_text(sheet.rows[number]))
        for number in titles[head.top]
        if any(sheet.rows[number])
    )
    top_row = head.top + 1 if head.end > head.top else 0
    skipped = (*above, *reader.skipped)
    return Table(sheet.name, top_row, head.left, head.names, tuple(reader.rows), context, skipped)


def _slice(row: Cells, head: Header) -> Cells:
    cells = row[head.left : head.right]
    return cells + (EMPTY,) * (head.right - head.left - len(cells))


def _joined_text(cells: Cells) -> str:
    return " ".join(cell.text.strip() for cell in cells if cell and not cell.merged)[:200]


class _Reader:
    """Takes the rows below a header one by one and tells data from the rest."""

    def __init__(self, head: Header) -> None:
        self.rows: list[Row] = []
        self.skipped: list[Skipped] = []
        self.section = ""
        self.above: list[Cell] = [EMPTY] * len(head.names)
        self.names = {index for index, name in enumerate(head.names) if heads_names(name)}
        self.counts = {index for index, name in enumerate(head.names) if heads_sequence(name)}
        self.ended = False

    def take(self, number: int, cells: Cells, *, is_header: bool) -> None:
        """Keep a filled row as data, or as skipped with the reason."""
        why = "header" if is_header else self._why_skipped(cells)
        if not why:
            self._keep(number, cells)
            return
        text = _joined_text(cells)
        if why == "section":
            self.section = text
        self.ended = self.ended or why == "footer"
        self.skipped.append(Skipped(number + 1, why, text))

    def _why_skipped(self, cells: Cells) -> str:
        """Return why a row is no data; empty for data."""
        used = {index for index, cell in enumerate(cells) if cell and not cell.merged}
        if self._is_empty(cells, used):
            return "empty"
        if self._is_section(cells, used):
            return "section"
        if _TOTAL.match(cells[min(used)].text.strip()):
            return "total"
        if not self._is_numbered(used) and (self.ended or _is_footer(cells, used)):
            return "footer"
        return "numbering" if not self.rows and _is_numbering(cells) else ""

    def _is_empty(self, cells: Cells, used: set[int]) -> bool:
        """Tell whether a row holds no more than its own number, also as "41 ....." to sign on."""
        numbers = {cells[index].text.strip(" .") for index in used & self.counts}
        others = {cells[index].text.strip(" .…_") for index in used - self.counts}
        return others <= numbers and not any(re.search(r"[^\W\d_]", text) for text in numbers)

    def _is_section(self, cells: Cells, used: set[int]) -> bool:
        """Tell whether a row is a heading inside the list: one text, not a person's name alone."""
        text = cells[min(used)].text.strip()
        if len(used) != 1 or not re.search(r"[^\W\d_]{2}", text) or _TOTAL.match(text):
            return False
        if _SECTION.match(text):
            return True
        is_name = bool(used & self.names) and not any(cell.merged for cell in cells)
        return not (is_name or self.ended or _is_footer(cells, used))

    def _is_numbered(self, used: set[int]) -> bool:
        """Tell whether a row is surely data, though it stands below a signature block."""
        return len(used) > 2 and bool(used & (self.counts or self.names))

    def _keep(self, number: int, cells: Cells) -> None:
        notes: list[Note] = []
        kept = [self._resolved(index, cell, notes) for index, cell in enumerate(cells)]
        self.above = kept
        self.rows.append(Row(number + 1, tuple(kept), tuple(notes), self.section))

    def _resolved(self, index: int, cell: Cell, notes: list[Note]) -> Cell:
        """Return the cell, with a ditto mark replaced by what stands above it."""
        if cell.merged:
            notes.append(Note(index, "merged", cell.text))
        if not cell or not _DITTO.fullmatch(cell.text.strip()):
            return cell
        above = self.above[index]
        notes.append(Note(index, "ditto" if above else "ditto_unresolved", cell.text))
        return replace(above, merged=False) if above else EMPTY


def _is_footer(cells: Cells, used: set[int]) -> bool:
    """Tell whether a row begins a signature block."""
    texts = [cells[index].text.strip() for index in used]
    if len(texts) == 1 and _PLACE_AND_DATE.fullmatch(texts[0]):
        return True
    return len(texts) <= 2 and any(_FOOTER.match(text) for text in texts)


def _is_numbering(cells: Cells) -> bool:
    """Tell whether a row numbers the columns: (1) (2) (3) (4)."""
    texts = [cell.text.strip().strip("()") for cell in cells if cell]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]
