"""Days, hours and numbers as Indonesian papers write them; no locale of the machine is asked."""

from collections.abc import Collection
from datetime import date, time
from itertools import pairwise
from typing import Final

from lokal import terbilang

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ROMAN: Final = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
)  # fmt: skip


def long_day(day: date, *, weekday: bool = False) -> str:
    """Write a day: "3 Maret 2026", or "Selasa, 3 Maret 2026"."""
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]}, {written}" if weekday else written


def day_in_words(day: date) -> str:
    """Write a day as the minutes of a meeting do: "Selasa, tanggal tiga, bulan Maret, tahun …"."""
    return (
        f"{WEEKDAYS[day.weekday()]}, tanggal {terbilang(day.day)}, bulan {MONTHS[day.month - 1]}, "
        f"tahun {terbilang(day.year)}"
    )


def days_together(days: Collection[date]) -> str:
    """Write several days shortly: "24–25 Februari 2026", "28 Februari dan 2 Maret 2026".

    Days that follow one another become a span; a month or year is said once.

    Raises:
        ValueError: there is no day.
    """
    spans = _spans(sorted(set(days)))
    if not spans:
        raise ValueError("there is no day to write")
    written = [_span(first, last) for first, last in spans]
    for place in range(len(spans) - 1):
        written[place] = _shortened(spans[place], spans[place + 1], written[place])
    return written[0] if len(written) == 1 else f"{', '.join(written[:-1])} dan {written[-1]}"


def hours(starts_at: time | None, ends_at: time | None) -> str:
    """Write hours: "08.00–15.30 WIB", "08.00 WIB–selesai", or nothing when they are unknown."""
    if starts_at is None:
        return ""
    begins = f"{starts_at:%H.%M}"
    return f"{begins} WIB–selesai" if ends_at is None else f"{begins}–{ends_at:%H.%M} WIB"


def roman_month(day: date) -> str:
    """Return the month in Roman numerals, as numbers of letters hold it."""
    return _ROMAN[day.month - 1]


def number_in_words(number: int) -> str:
    """Write a whole number in words: 12 is "dua belas"."""
    return str(terbilang(number))


def _spans(days: list[date]) -> list[tuple[date, date]]:
    breaks = [
        place for place, (one, other) in enumerate(pairwise(days), 1) if (other - one).days > 1
    ]
    edges = [0, *breaks, len(days)]
    return [(days[low], days[high - 1]) for low, high in pairwise(edges) if low < high]


def _span(first: date, last: date) -> str:
    if first == last:
        return long_day(first)
    begins = long_day(first)
    if first.year == last.year:
        begins = (
            f"{first.day} {MONTHS[first.month - 1]}"
            if first.month != last.month
            else f"{first.day}"
        )
    dash = "–" if begins.isdigit() else " – "
    return f"{begins}{dash}{long_day(last)}"


def _shortened(span: tuple[date, date], following: tuple[date, date], written: str) -> str:
    """Leave out month and year where the next span says them."""
    last, first = span[1], following[0]
    same_year = last.year == first.year == following[1].year
    if same_year and last.month == first.month == following[1].month:
        return written.removesuffix(f" {MONTHS[last.month - 1]} {last.year}")
    return written.removesuffix(f" {last.year}") if same_year else written
