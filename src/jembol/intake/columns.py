"""Proposes what each column of a list means, from Indonesian headers and from what it holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from jembol.intake.dates import MONTHS, DateSpan, read_date
from jembol.intake.known_fields import FIELDS, Field, ListKind, is_date, normalise
from jembol.intake.workbook import Cell

# Stands between the parts of a header over two rows: "Tanda Tangan > 8/8".
GROUP_MARK: Final = " > "
MOST_DAYS: Final = 31


_SEQUENCE: Final = frozenset({"no", "nomor", "no urut", "nomor urut", "nmr", "urut", "num"})
_SIGN: Final = frozenset({
    "tanda tangan", "ttd", "paraf", "hadir", "kehadiran", "absen", "absensi", "presensi",
    "tanda tangan peserta", "daftar hadir",
})  # fmt: skip
_NAMES: Final = frozenset({"name", "owner_name", "enterprise_name"})
# A header with one of these tells something else than its other words: sales of a month are no
# yearly sales, the mother's name is not the participant's, the mentor's telephone not hers.
_CHANGES_MEANING: Final = frozenset({
    "bulan", "bln", "perbulan", "bulanan", "hari", "harian", "minggu", "ibu", "ayah", "suami",
    "istri", "darurat", "pendamping", "narasumber", "anak", "kepala", "kk",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """The proposal for one column.

    Attributes:
        index: Place in the header, from 0.
        header: The header as written.
        field: Canonical name (`day_2` for the second day), or empty when the column is ignored.
        confidence: From 0 to 1.
        why: `name`, `content`, `part` (some words of the header), `day`, `sequence` or `unknown`.
    """

    index: int
    header: str
    field: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """The proposal for a whole header; no field stands on two columns."""

    columns: tuple[Column, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headers of columns that nobody could place, for the officer to see."""
        unknown = (column for column in self.columns if column.why == "unknown")
        return tuple(column.header or f"#{column.index + 1}" for column in unknown)

    @property
    def fields(self) -> dict[str, int]:
        """The place of each field."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def days(self) -> tuple[Column, ...]:
        """The columns of attendance in the order of their days."""
        found = [column for column in self.columns if column.field.startswith("day_")]
        return tuple(sorted(found, key=lambda column: int(column.field[4:])))


def is_header_word(text: str) -> bool:
    """Tell whether a cell holds a word that heads a column in one of the known lists."""
    words = normalise(text)
    return words in _KNOWN or (_day_of(text) is not None and not is_date(text.strip()))


def heads_names(header: str) -> bool:
    """Tell whether a column with this header holds names of people or enterprises."""
    parts = (normalise(part) for part in (header, header.rsplit(GROUP_MARK, 1)[-1]))
    return any(part in _NAME_WORDS for part in parts)


def heads_sequence(header: str) -> bool:
    """Tell whether a column with this header only counts the rows."""
    return normalise(header) in _SEQUENCE


def fingerprint(header: Iterable[str]) -> str:
    """Return a short digest under which a mapping for lists of this shape is remembered.

    Days are one word, so that next month's list of the same office has the same digest.
    """
    words = ("day" if _day_of(name) is not None else normalise(name) for name in header)
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:32]


def propose(
    header: Sequence[str], sample_rows: Sequence[Sequence[Cell]], kind: ListKind
) -> Mapping:
    """Propose a field for each column, by its name first and by what it holds second."""
    chosen = _sequences(header)
    if kind is ListKind.ATTENDANCE:
        chosen |= _days(header)
    samples = [_sample(sample_rows, index) for index in range(len(header))]
    candidates = [
        (confidence, -index, field, why)
        for index, name in enumerate(header)
        for field, confidence, why in _candidates(name, samples[index], kind)
    ]
    _choose(candidates, header, chosen)
    unknown = (
        chosen.get(index, Column(index, name, "", 0.0, "unknown"))
        for index, name in enumerate(header)
    )
    return Mapping(tuple(unknown))


def _choose(
    candidates: list[tuple[float, int, str, str]], header: Sequence[str], chosen: dict[int, Column]
) -> None:
    """Give each field to the surest column; the left one wins among equals."""
    taken = {column.field for column in chosen.values()}
    for confidence, negative, field, why in sorted(candidates, reverse=True):
        index = -negative
        if index not in chosen and field not in taken:
            chosen[index] = Column(index, header[index], field, confidence, why)
            taken.add(field)


def _sequences(header: Sequence[str]) -> dict[int, Column]:
    return {
        index: Column(index, name, "", 1.0, "sequence")
        for index, name in enumerate(header)
        if heads_sequence(name)
    }


def _sample(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    cells = (row[index] for row in rows[:50] if index < len(row))
    return [cell.text for cell in cells if cell]


def _candidates(header: str, sample: list[str], kind: ListKind) -> Iterable[tuple[str, float, str]]:
    """Yield fields that a column may hold, with confidence and reason."""
    for field in FIELDS[kind]:
        confidence, why = _by_name(header, field)
        likeness = _likeness(field, sample)
        if confidence and likeness is not None:
            # A header that its own contents contradict is still proposed, but not as sure.
            confidence -= 0.3 if likeness < 0.3 else 0.0
        elif not confidence and likeness is not None and likeness >= 0.7:
            confidence, why = 0.4 + likeness / 5, "content"
        if confidence:
            yield field.name, round(confidence, 2), why


def _by_name(header: str, field: Field) -> tuple[float, str]:
    """Return how surely a header names a field: whole, by its lower part, or by some words."""
    words = normalise(header.replace(GROUP_MARK, " "))
    last = normalise(header.rsplit(GROUP_MARK, 1)[-1])
    if words in field.words:
        return 1.0, "name"
    if last in field.words:
        return 0.95, "name"
    if _CHANGES_MEANING & set(last.split()):
        return 0.0, ""
    longest = max((word for word in field.words if _contains(last, word)), key=len, default="")
    return (0.5 + 0.4 * len(longest) / len(last), "part") if longest else (0.0, "")


def _contains(words: str, part: str) -> bool:
    # One or two letters ("p", "rt") are found in too much to count inside a longer header.
    return len(part) > 2 and f" {part} " in f" {words} "


def _likeness(field: Field, sample: list[str]) -> float | None:
    """Return the share of values that look like the field; `None` when that cannot be told."""
    filled = [text for text in sample if text.strip("-0 ")]
    if field.content is None or len(filled) < 2:
        return None
    return sum(map(field.content, filled)) / len(filled)


# Days of attendance

_ORDINALS: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6,
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6,
}  # fmt: skip
_NUMBERED = re.compile(
    r"(?:ttd |paraf |tanda tangan |hadir )?(?:hari|h|day|pertemuan|sesi)(?: ?ke)? ?(\d{1,2}|[iv]+)|"
    r"(?:hari|pertemuan|sesi) (\w+)"
)
_DATED = re.compile(r"(?:tgl|tanggal)? ?(\d{1,2})(?: (\d{1,2}|[a-z]+))?(?: (\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class _Day:
    """What a header says about its day: its number, or parts of its date."""

    number: int = 0
    day: int = 0
    month: int = 0
    year: int = 0


def _day_of(header: str) -> _Day | None:
    """Return the day that a header names, if it heads a column of attendance."""
    above, _, last = header.rpartition(GROUP_MARK)
    words = normalise(last)
    if words in _SIGN:
        return _day_of(above) if above and normalise(above) not in _SIGN else _Day()
    numbered = _numbered(words)
    if numbered:
        return _Day(number=numbered)
    if above and normalise(above) in _SIGN and re.fullmatch(r"\d{1,2}", words):
        # Small numbers under "Tanda Tangan" count the days; 8 | 9 | 10 are days of the month.
        return _Day(number=int(words)) if int(words) <= 3 else _Day(day=int(words))
    return _dated(words, last)


def _numbered(words: str) -> int:
    match = _NUMBERED.fullmatch(words)
    if not match:
        return 0
    text = match[1] or match[2]
    number = int(text) if text.isdecimal() else _ORDINALS.get(text, 0)
    return number if number <= MOST_DAYS else 0


def _dated(words: str, header: str) -> _Day | None:
    """Return the day of "8/8/2017", "8 Agt", "Tgl 8" or of a cell that is a date."""
    exact = read_date(header.strip()).date
    if exact:
        return _Day(day=exact.day, month=exact.month, year=exact.year)
    words = re.sub(r"^(?:senin|selasa|rabu|kamis|jumat|jum at|sabtu|minggu) ?", "", words)
    match = _DATED.fullmatch(words)
    if not match or not (match[2] or words.startswith(("tgl", "tanggal"))):
        return None
    month = MONTHS.get(match[2] or "", 0) or int(match[2] if (match[2] or "").isdecimal() else 0)
    plausible = 1 <= int(match[1]) <= 31 and month <= 12 and bool(month or not match[2])
    return _Day(day=int(match[1]), month=month) if plausible else None


def _days(header: Sequence[str]) -> dict[int, Column]:
    """Number the attendance columns: by the number they name, else by their order."""
    found = {index: day for index, name in enumerate(header) if (day := _day_of(name))}
    bare = [index for index, day in found.items() if day == _Day()]
    if len(bare) < len(found):
        # Beside columns that name their day, a bare "Paraf" is no further day.
        found = {index: day for index, day in found.items() if index not in bare}
    numbers = [day.number for day in found.values()]
    by_number = all(numbers) and len(set(numbers)) == len(numbers)
    columns = {}
    for place, (index, day) in enumerate(found.items(), start=1):
        number = day.number if by_number else place
        if number <= MOST_DAYS:
            confidence = 0.7 if day == _Day() else 1.0
            columns[index] = Column(index, header[index], f"day_{number}", confidence, "day")
    return columns


def day_dates(mapping: Mapping, span: DateSpan | None) -> dict[str, date | None]:
    """Return the date of each attendance column, with the days that the title names.

    A column that names only "Tgl 8" finds its month in the title; "Hari 2" is the second day.
    """
    return {
        column.field: _date_of(_day_of(column.header) or _Day(), int(column.field[4:]), span)
        for column in mapping.days
    }


def _date_of(day: _Day, number: int, span: DateSpan | None) -> date | None:
    if day.year:
        return date(day.year, day.month, day.day)
    if span is None:
        return None
    length = (span.ends_on - span.starts_on).days + 1
    days = [span.starts_on + timedelta(days=step) for step in range(min(length, 366))]
    if day.day:
        same = (on for on in days if on.day == day.day and day.month in {0, on.month})
        return next(same, None)
    return days[number - 1] if number <= len(days) else None


_KNOWN: Final = (
    _SEQUENCE
    | _SIGN
    | {word for fields in FIELDS.values() for field in fields for word in field.words}
)
_NAME_WORDS: Final = {
    word for fields in FIELDS.values() for field in fields if field.name in _NAMES
    for word in field.words
}  # fmt: skip
