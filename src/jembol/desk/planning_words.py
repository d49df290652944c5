"""How the desk says what a planner should know: dates, hours, and rooms that may be too small."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.training.rules import DayNote, NoteKind, RoomFault, notes_on

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jembol.training.models import Class, Session
    from jembol.training.rules import Day

TONES = {
    NoteKind.HOLIDAY: "bad",
    NoteKind.SUNDAY: "warn",
    NoteKind.RAMADAN: "info",
    NoteKind.UNKNOWN_YEAR: "plain",
}


def note_words(note: DayNote) -> str:
    """Return what is worth knowing about a day, in few words."""
    words = {
        NoteKind.HOLIDAY: note.name,
        NoteKind.SUNDAY: _("Sunday"),
        NoteKind.RAMADAN: _("Ramadan (estimate)"),
        NoteKind.UNKNOWN_YEAR: _("holidays of that year not known yet"),
    }
    return words[note.kind]


def note_pills(notes: Iterable[DayNote]) -> list[tuple[str, str]]:
    """Return each note as a word with its tone."""
    return [(note_words(note), TONES[note.kind]) for note in notes]


def warnings_about(days: Iterable[date]) -> list[str]:
    """Return one line for each of these dates about which something is worth knowing."""
    return [
        f"{format_day(on, 'l, j F Y')}: {', '.join(note_words(note) for note in notes)}"
        for on in sorted(set(days))
        if (notes := notes_on(on))
    ]


def warn_about(request: HttpRequest, days: Iterable[Day]) -> None:
    """Say on the next page what is worth knowing about dates that were just chosen."""
    if found := warnings_about(day.on for day in days):
        messages.warning(request, _("Worth knowing: %(days)s.") % {"days": "; ".join(found)})


def hours_of(session: Session) -> str:
    """Return the hours of a day as people write them; empty when none are known."""
    if session.starts_at is None:
        return ""
    if session.ends_at is None:
        return f"{session.starts_at:%H.%M}"
    return f"{session.starts_at:%H.%M}–{session.ends_at:%H.%M}"


def room_words(fault: RoomFault | None, each: Class) -> str:
    """Return what to say about the room, or nothing."""
    if fault is None or each.venue is None:
        return ""
    words = {"venue": each.venue.name, "capacity": each.venue.capacity, "seats": each.seats}
    messages = {
        RoomFault.SEATS: _(
            "%(venue)s holds %(capacity)s people, and the class has %(seats)s seats."
        ),
        RoomFault.COMPANIONS: _(
            "%(venue)s holds %(capacity)s people: too few when all bring their companions."
        ),
        RoomFault.NO_LIMIT: _(
            "%(venue)s holds %(capacity)s people, and the class has no limit of seats."
        ),
    }
    return messages[fault] % words
