"""Reads dates as Indonesians write them, in a cell or in the title of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from jembol.intake.workbook import Cell, CellKind

MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agt agst agts ags agu aug august",
            "september sept sep",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for word in words.split()
}
WEEKDAYS: Final = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "jum'at": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY: Final = "|".join(WEEKDAYS)
# Excel for Windows counts days from this date: serial 60 is the 29 February 1900 that never was
# (ECMA-376 part 1, 18.17.4.1).
_SERIAL_ZERO: Final = date(1899, 12, 30)
# Two digits of a year up to this one mean the 2000s: a list of grown people of 2024.
_PIVOT: Final = 30


class Doubt(StrEnum):
    """What a reader of a date is not sure of."""

    NONE = ""
    DAY_MONTH_ORDER = "day_month_order"
    MONTH_FIRST = "month_first"
    TWO_DIGIT_YEAR = "two_digit_year"
    SERIAL = "serial"
    IMPOSSIBLE = "impossible"
    UNREADABLE = "unreadable"
    WEEKDAY_DIFFERS = "weekday_differs"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date and what is doubtful about it; no date when the text names none that exists."""

    date: date | None
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days of a class as a title row tells them.

    Attributes:
        starts_on: First day.
        ends_on: Last day, inclusive, because the paper names it.
        weekday: The name of the first day as written, or empty.
        doubt: `WEEKDAY_DIFFERS` when that name is not the day of the date.
        text: What was read.
    """

    starts_on: date
    ends_on: date
    weekday: str
    doubt: Doubt
    text: str


_NUMERIC = re.compile(r"(\d{1,2})\s?([/.\- ])\s?(\d{1,2})\s?[/.\- ]\s?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+)?")
_WORDS = re.compile(rf"(\d{{1,2}})[\s.\-/]*({_MONTH})[\s.,\-/]*(\d{{4}}|'?\d{{2}})", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")


def read_date(cell: Cell | str) -> DateReading:
    """Read one date: ISO, day first, a month in words, or the serial number of a spreadsheet."""
    if isinstance(cell, Cell) and cell.kind is CellKind.NUMBER:
        return _from_serial(cell.text)
    text = (cell.text if isinstance(cell, Cell) else cell).strip().lstrip("'")
    text = re.sub(rf"^(?:{_WEEKDAY})[\s,/]+", "", text, flags=re.IGNORECASE)
    return _from_text(text)


def _from_serial(text: str) -> DateReading:
    match = re.fullmatch(r"(\d{1,5})(?:\.\d+)?", text)
    if match and 366 <= int(match[1]) <= 60_000:
        return DateReading(_SERIAL_ZERO + timedelta(days=int(match[1])), Doubt.SERIAL)
    return _from_text(text)


def _from_text(text: str) -> DateReading:
    if match := _ISO.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3]), Doubt.NONE)
    if match := _WORDS.fullmatch(text):
        year, doubt = _year(match[3].lstrip("'"))
        return _made(year, MONTHS[match[2].lower()], int(match[1]), doubt)
    if match := _NUMERIC.fullmatch(text):
        return _day_first(int(match[1]), int(match[3]), match[4])
    if match := _COMPACT.fullmatch(text):
        return _day_first(int(match[1]), int(match[2]), match[3])
    return DateReading(None, Doubt.UNREADABLE)


def _day_first(day: int, month: int, year_text: str) -> DateReading:
    """Return day/month/year; say so when month/day would be a date as well."""
    year, doubt = _year(year_text)
    if month > 12 >= day:
        return _made(year, day, month, Doubt.MONTH_FIRST)
    if doubt is Doubt.NONE and day <= 12 and day != month:
        doubt = Doubt.DAY_MONTH_ORDER
    return _made(year, month, day, doubt)


def _year(text: str) -> tuple[int, Doubt]:
    if len(text) == 4:
        return int(text), Doubt.NONE
    short = int(text)
    return (2000 if short <= _PIVOT else 1900) + short, Doubt.TWO_DIGIT_YEAR


def _made(year: int, month: int, day: int, doubt: Doubt) -> DateReading:
    try:
        return DateReading(date(year, month, day), doubt)
    except ValueError:
        return DateReading(None, Doubt.IMPOSSIBLE)


def read_birth(cell: Cell | str) -> tuple[str, DateReading]:
    """Read place and date of birth from one cell (TTL): "Malang, 12 Maret 1990".

    Returns:
        The place, empty when only a date is written, and the date.
    """
    text = (cell.text if isinstance(cell, Cell) else cell).strip()
    match = re.search(r"\d", text)
    if not match:
        return text.strip(" ,/.-"), DateReading(None, Doubt.UNREADABLE)
    place = text[: match.start()].strip(" ,/.-")
    return place, read_date(text[match.start() :].strip())


# Days of a class in a title

_JOIN = r"\s*(?:s\.?\s?[/.]?\s?d\.?|sampai(?:\s+dengan)?|hingga|dan|&|-|–|—|\+)\s*"
_SPAN = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b[\s,:/]*(?:{_JOIN}(?:{_WEEKDAY})[\s,:/]*)?(?:tanggal\s*)?)?"
    rf"(?<!\d)(?P<first>\d{{1,2}})(?:\s*(?P<month1>{_MONTH})?\s*(?P<year1>\d{{4}})?{_JOIN}"
    rf"(?:(?:{_WEEKDAY})[\s,]*)?(?P<last>\d{{1,2}}))?\s*(?P<month>{_MONTH})\.?\s*(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b[\s,:/]*(?:tanggal\s*)?)?"
    r"(?<!\d)(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})(?!\d)",
    re.IGNORECASE,
)


def find_spans(line: str) -> tuple[DateSpan, ...]:
    """Find the days that a title row names, with a doubt when the weekday is another one."""
    found = [_span_in_words(match) for match in _SPAN.finditer(line)]
    found += [_span_in_numbers(match) for match in _PLAIN.finditer(line)]
    return tuple(span for span in found if span is not None)


def _span_in_words(match: re.Match[str]) -> DateSpan | None:
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    ends = _made(year, month, int(match["last"] or match["first"]), Doubt.NONE).date
    first_month = MONTHS[match["month1"].lower()] if match["month1"] else month
    starts = _made(int(match["year1"] or year), first_month, int(match["first"]), Doubt.NONE).date
    if starts is None or ends is None or ends < starts:
        return None
    return _span(starts, ends, match)


def _span_in_numbers(match: re.Match[str]) -> DateSpan | None:
    reading = read_date(match["date"])
    return _span(reading.date, reading.date, match) if reading.date else None


def _span(starts: date, ends: date, match: re.Match[str]) -> DateSpan:
    weekday = match["weekday"] or ""
    differs = bool(weekday) and WEEKDAYS[weekday.lower()] != starts.weekday()
    doubt = Doubt.WEEKDAY_DIFFERS if differs else Doubt.NONE
    return DateSpan(starts, ends, weekday, doubt, match[0].strip())
