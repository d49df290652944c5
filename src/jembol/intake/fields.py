"""One reader for each field of a row: text in, value out, or a problem told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jembol.intake import words
from jembol.intake.dates import DateReading, Doubt, read_birth, read_date
from jembol.intake.fault_words import in_words
from jembol.intake.figure_fields import FIGURE_READERS
from jembol.intake.row_cells import LIMITS, RowCells
from jembol.kit.ids import NotAPublicId, PublicId
from jembol.kit.nib import Nib, NotANib
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import NotAPhone, phones_in
from jembol.kit.text import clean_line
from jembol.kit.unreadable import Unreadable
from jembol.registry.choices import KbliEdition

MASKED: Final = re.compile(r"[0-9]{4}\s*[•*xX.]{8}\s*[0-9]{4}")
NAME_REMEDY: Final = gettext_noop("Write the name as on the identity card, or delete the row.")
_OLDEST_YEAR: Final = 1900
_KBLI: Final = re.compile(r"[0-9]{5}")


def _line(row: RowCells, name: str) -> str:
    return row.line(name)


def _name(row: RowCells, name: str) -> str:
    text = row.line(name)
    # Under an id of the register even such a name can be right: it came from there.
    if re.fullmatch(r"[0-9\s.,/-]+", text) and not (row.text("id") or row.text("sidt_id")):
        row.error(name, _("The name consists of digits."), _(NAME_REMEDY))
        return ""
    return text


def _id(row: RowCells, name: str) -> str | None:
    try:
        return PublicId.parse(row.text(name)).compact
    except NotAPublicId as fault:
        row.warn(
            name,
            in_words(fault)[0],
            _("Leave the cell empty or copy the ID from our list."),
        )
        return None


def _nik(row: RowCells, name: str) -> str | None:
    text = row.text(name).strip()
    if MASKED.fullmatch(text):
        row.reading.values[f"{name}_mask"] = text
        return None
    if row.cells[name].lossy:
        row.warn(
            name,
            _("A spreadsheet's number keeps 15 digits, so the last digit of this NIK is lost."),
            _("Make the column text and type the NIK again from the card."),
        )
        return None
    return _sixteen(row, name, Nik)


def _kk(row: RowCells, name: str) -> str | None:
    if MASKED.fullmatch(row.text(name).strip()):
        return None
    return None if row.cells[name].lossy else _sixteen(row, name, Kk)


def _sixteen(row: RowCells, name: str, kind: type[Nik | Kk]) -> str | None:
    try:
        found = kind.parse(row.text(name))
    except Unreadable as fault:
        fact, remedy = in_words(fault)
        row.warn(name, _("%(fact)s; the row goes on without it.") % {"fact": fact}, remedy)
        return None
    if isinstance(found, Nik) and found.suspect_rounding:
        row.warn(
            name,
            _("The NIK went through a spreadsheet's number."),
            _("Compare every digit with the identity card."),
        )
    return found.digits


def _phone(row: RowCells, name: str) -> str | None:
    try:
        found = phones_in(row.text(name))
    except NotAPhone as fault:
        row.warn(name, *in_words(fault))
        return None
    if len(found) > 1:
        row.warn(
            name,
            _("The cell holds several numbers; the first one is kept."),
            _("Put the number that is answered first."),
        )
    return found[0].e164 if found else None


def _sex(row: RowCells, name: str) -> str | None:
    return _from_list(row, name, words.SEXES, _("Write L for a man or P for a woman."))


def _education(row: RowCells, name: str) -> str | None:
    return _from_list(row, name, words.SCHOOLS, _("Write SD, SMP, SMA, Diploma, S1 or S2."))


def _status(row: RowCells, name: str) -> str | None:
    return _from_list(row, name, words.STATUSES, _("Write buka, libur, tutup, rintisan or ide."))


def _from_list(row: RowCells, name: str, known: Mapping[str, str], remedy: str) -> str | None:
    found = known.get(words.plain(row.text(name)))
    if found is None:
        row.warn(name, _("This word is not in the list; the value is left out."), remedy)
    return None if found is None else str(found)


def _disability(row: RowCells, name: str) -> bool:
    # A kind of disability written out ("Tuna rungu") is a yes.
    answer = words.yes_or_no(row.text(name))
    return True if answer is None else answer


def _born_on(row: RowCells, name: str) -> str | None:
    return _birthday(row, name, read_date(row.cells[name]))


def _birth(row: RowCells, name: str) -> None:
    """Read place and date from one cell (TTL) into their own two fields."""
    if not row.clean(name):
        return
    place, found = read_birth(row.cells[name])
    if place and "birth_place" not in row.reading.values:
        row.reading.values["birth_place"] = clean_line(place)[: LIMITS["birth_place"]]
    if found.date or found.doubt is Doubt.IMPOSSIBLE:
        born = _birthday(row, name, found)
        if born and "born_on" not in row.reading.values:
            row.reading.values["born_on"] = born


def _birthday(row: RowCells, name: str, found: DateReading) -> str | None:
    """Judge a date of birth: an impossible one is an error, no date at all is a warning."""
    if found.doubt is Doubt.IMPOSSIBLE:
        row.error(name, _("There is no such day."), _("Compare the date with the identity card."))
        return None
    if found.date is None:
        row.warn(
            name,
            _("This cannot be read as a date; it is left out."),
            _("Write day, month and year, like 31/12/1990."),
        )
        return None
    born = _with_whole_year(row, name, found.date, found.doubt)
    if born > row.form.today or born.year < _OLDEST_YEAR:
        row.error(
            name,
            _("Nobody alive was born on %(date)s.") % {"date": born.isoformat()},
            _("Compare the date with the identity card."),
        )
        return None
    return born.isoformat()


def _with_whole_year(row: RowCells, name: str, born: date, doubt: Doubt) -> date:
    """Return the date, a hundred years earlier when two digits would put it in the future."""
    if doubt is Doubt.TWO_DIGIT_YEAR:
        if born > row.form.today:
            born = born.replace(year=born.year - 100)
        row.warn(
            name,
            _("The year has two digits; it is taken as %(year)d.") % {"year": born.year},
            _("Write the year with four digits."),
        )
    elif doubt is Doubt.MONTH_FIRST:
        row.warn(
            name,
            _("The month stands before the day; the date is taken as %(date)s.")
            % {"date": born.isoformat()},
            _("Write the day first, or the month in letters."),
        )
    return born


def _started_on(row: RowCells, name: str) -> str | None:
    year = re.fullmatch(r"((?:19|20)[0-9]{2})(?:\.0)?", row.text(name).strip())
    found = date(int(year[1]), 1, 1) if year else read_date(row.cells[name]).date
    if found is None or found > row.form.today:
        row.warn(
            name,
            _("This cannot be read as a date that has been; it is left out."),
            _("Write day, month and year, or the year alone."),
        )
        return None
    return found.isoformat()


def _nib(row: RowCells, name: str) -> str | None:
    try:
        return Nib.parse(row.text(name)).digits
    except NotANib as fault:
        row.warn(name, *in_words(fault))
        return None


def _kbli_edition(row: RowCells, name: str) -> str:
    text = row.text(name).strip()
    return text if text in KbliEdition.values else ""


def _kbli(row: RowCells, name: str) -> str | None:
    digits = re.sub(r"\.0+$", "", row.text(name).strip())
    found = _KBLI.search(digits)
    if found is None:
        row.warn(
            name, _("A KBLI code has five digits; it is left out."), _("Copy it from the NIB.")
        )
    return found[0] if found else None


READERS: Final[dict[str, Callable[[RowCells, str], object]]] = {
    "id": _id, "owner_id": _id, "name": _name, "owner_name": _name, "nik": _nik, "owner_nik": _nik,
    "kk": _kk, "phone": _phone, "owner_phone": _phone, "sex": _sex, "education": _education,
    "disability": _disability, "born_on": _born_on, "birth_place": _line, "birth": _birth,
    "address": _line, "enterprise_name": _line, "product": _line, "activity": _line,
    "group_name": _line, "note": _line, "nib": _nib, "kbli": _kbli,
    "kbli_edition": _kbli_edition, "status": _status, "started_on": _started_on,
    "owner_sex": _sex, "owner_born_on": _born_on, "owner_education": _education,
    "owner_disability": _disability, "owner_address": _line, **FIGURE_READERS,
}  # fmt: skip
