"""Reads marks of attendance: ticks, letters, words, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jembol.intake.workbook import Cell


class Presence(StrEnum):
    """What a mark in an attendance list says."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of attendance.

    Attributes:
        presence: What it says.
        reason: Why somebody was absent: `permission`, `ill` or empty.
        blank: Nothing was written, so the other marks of that day decide.
    """

    presence: Presence
    reason: str = ""
    blank: bool = False


_PRESENT = re.compile(
    r"[v√✓✔☑✅]+|h|hadir|ya|y|ada|1|1\.0|p|true|datang|masuk|ttd|paraf", re.IGNORECASE
)
_ABSENT = re.compile(
    r"[-–—]+|0|tidak(?: hadir| ada| datang)?|tdk(?: hadir)?|absen|alpa|alpha|alfa|a|th|false|✗|✘",
    re.IGNORECASE,
)
_PERMITTED = re.compile(r"i|izin|ijin|cuti", re.IGNORECASE)
_ILL = re.compile(r"s|sakit|skt", re.IGNORECASE)


def read_mark(cell: Cell | str) -> Mark:
    """Read one mark: a tick, a word, a name written as signature; `x` and `?` stay unknown."""
    text = (cell.text if isinstance(cell, Cell) else cell).strip().strip(".()")
    if not text:
        return Mark(Presence.UNKNOWN, blank=True)
    if _PRESENT.fullmatch(text):
        return Mark(Presence.PRESENT)
    for pattern, reason in ((_ABSENT, ""), (_PERMITTED, "permission"), (_ILL, "ill")):
        if pattern.fullmatch(text):
            return Mark(Presence.ABSENT, reason)
    # A signature typed as text is a name or initials: at least two letters that are no `xx`.
    signed = len(re.findall(r"[^\W\d_]", text)) >= 2 and not re.fullmatch(r"[x?]+", text.lower())
    return Mark(Presence.PRESENT if signed else Presence.UNKNOWN)


def read_marks(cells: Iterable[Cell | str]) -> tuple[Mark, ...]:
    """Read one day's column: blank means absent when somebody else was marked present."""
    marks = tuple(map(read_mark, cells))
    if not any(mark.presence is Presence.PRESENT for mark in marks):
        return marks
    return tuple(Mark(Presence.ABSENT, blank=True) if mark.blank else mark for mark in marks)
