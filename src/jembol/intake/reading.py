"""Reads one row of a list: cells in, values and problems out; knows no database.

A row is kept out only for what makes it useless: no name, an impossible date of birth, a place
that cannot be found, text that cannot be stored. All else costs the row one value and a warning,
because people without a valid NIK, phone or RT exist and belong in the register.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jembol.intake import words
from jembol.intake.choices import Kind, Severity
from jembol.intake.dates import DateReading, Doubt, read_birth, read_date
from jembol.intake.fault_words import in_words
from jembol.intake.marks import Presence, read_mark
from jembol.intake.tables import Row
from jembol.intake.workbook import Cell, CellKind, address
from jembol.kit.area import parse_rt_rw
from jembol.kit.cells import unguard
from jembol.kit.ids import IdKind, NotAPublicId, PublicId
from jembol.kit.nib import Nib, NotANib
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import NotAPhone, phones_in
from jembol.kit.text import NotCleanText, clean_line
from jembol.kit.unreadable import Unreadable
from jembol.registry.choices import KbliEdition

Values = dict[str, Any]

MASKED: Final = re.compile(r"[0-9]{4}\s*[•*xX.]{8}\s*[0-9]{4}")
_NAME_REMEDY: Final = gettext_noop("Write the name as on the identity card, or delete the row.")
_LIMITS: Final = {
    "name": 150, "birth_place": 100, "address": 300, "enterprise_name": 150, "product": 200,
    "activity": 200, "group_name": 150, "note": 1000,
}  # fmt: skip
_OLDEST_YEAR: Final = 1900
_KBLI: Final = re.compile(r"[0-9]{5}")
_LAST_RT: Final = 999


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, and what helps.

    Attributes:
        column: Letters of the spreadsheet column; empty for the row as a whole.
        header: Title of that column.
        value: The cell as it stands.
        what: What is wrong.
        remedy: What to do about it.
        severity: `error` keeps the row out, `warning` only this value.
    """

    column: str
    header: str
    value: str
    what: str
    remedy: str
    severity: str

    def as_json(self) -> dict[str, str]:
        """Return the problem for storage."""
        return asdict(self)


@dataclass(slots=True)
class Reading:
    """What one row says.

    Attributes:
        cells: The row as it was sent.
        values: Field to value, ready for JSON: dates are ISO, areas are keys.
        problems: What could not be taken.
    """

    cells: list[str]
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether no mapped cell says anything."""
        return not self.values and not self.problems

    @property
    def has_error(self) -> bool:
        """Whether the row must stay out."""
        return any(problem.severity == Severity.ERROR for problem in self.problems)


class Gazetteer(Protocol):
    """Finds the areas of one city by what people write."""

    def kelurahan(self, text: str, kecamatan: str = "") -> int | None:
        """Return the key of the kelurahan."""

    def kecamatan(self, text: str) -> int | None:
        """Return the key of the kecamatan."""

    def is_this_city(self, text: str) -> bool:
        """Whether the text names the city itself."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the rows of one table are to be read.

    Attributes:
        kind: What the rows are about.
        header: Titles of the columns.
        columns: Field by number of column.
        today: The day of the import, by which birth dates are judged.
        is_text_table: The file is CSV, whose cells carry the formula guard.
        places: Areas of the city.
        left: Place of the first column in the sheet, from 0.
    """

    kind: str
    header: Sequence[str]
    columns: Mapping[int, str]
    today: date
    is_text_table: bool
    places: Gazetteer
    left: int = 0

    def has(self, *fields: str) -> bool:
        """Whether some column holds one of the fields."""
        return not set(fields).isdisjoint(self.columns.values())


def read_row(row: Row, form: Form) -> Reading:
    """Read one row of a table."""
    return _RowReader(_as_exported(row, form), form, row.section).read()


def _as_exported(row: Row, form: Form) -> Sequence[Cell]:
    """Return the cells, without ditto marks taken for what stands above in a list of our own.

    A row with an id of the register was written by a program, where "idem" is an address.
    """
    column = next((place for place, name in form.columns.items() if name in _IDS), None)
    if column is None or column >= len(row.cells) or not _is_id(row.cells[column].text):
        return row.cells
    cells = list(row.cells)
    for note in row.notes:
        if note.code.startswith("ditto"):
            cells[note.column] = Cell(note.text, CellKind.TEXT)
    return cells


_IDS: Final = frozenset({"id", "owner_id"})


def _is_id(text: str) -> bool:
    try:
        PublicId.parse(text)
    except NotAPublicId:
        return False
    return True


_SECTION: Final = re.compile(r"(kel(?:urahan)?|kec(?:amatan)?)\b\.?\s*:?\s*(.+)", re.IGNORECASE)


# In lists of enterprises the columns about a person mean the owner.
_OWNER: Final = {"owner_name": "name", "owner_nik": "nik", "owner_phone": "phone", "owner_id": "id"}


class _RowReader:
    """The state of reading one row."""

    def __init__(self, cells: Sequence[Cell], form: Form, section: str) -> None:
        self.form = form
        self.section = section
        self.row = Reading([cell.text for cell in cells])
        self.at: dict[str, int] = {}
        self.cells: dict[str, Cell] = {}
        for column, name in sorted(form.columns.items()):
            cell = cells[column] if column < len(cells) else Cell()
            # Two columns may hold one field ("No HP", "No WA"): the first that says something.
            if name not in self.cells or words.is_blank(self.cells[name].text):
                self.cells[name], self.at[name] = cell, column

    def read(self) -> Reading:
        if self.is_example() or all(words.is_blank(cell.text) for cell in self.cells.values()):
            return self.row
        for name in self.cells:
            if reader := _READERS.get(name):
                self.take(name, reader)
        self.take_days()
        self.take_place()
        self.settle_identity()
        return self.row

    def is_example(self) -> bool:
        """Whether the row is the line of a template that shows how to fill it in."""
        return "id" in self.cells and self.cells["id"].text.strip().upper() == words.EXAMPLE

    # cells

    def text(self, name: str) -> str:
        """Return the cell's text without the guard of a CSV; empty when it says nothing."""
        cell = self.cells.get(name)
        if cell is None or words.is_blank(cell.text):
            return ""
        return unguard(cell.text) if self.form.is_text_table else cell.text

    def take(self, name: str, reader: Callable[[_RowReader, str], object]) -> None:
        if not self.text(name):
            return
        value = reader(self, name)
        if value is not None and value != "":
            self.row.values[name] = value

    def line(self, name: str) -> str:
        """Read a text of one line, or refuse the row for it."""
        try:
            text = clean_line(self.text(name))
        except NotCleanText as broken:
            self.error(name, *in_words(broken))
            return ""
        limit = _LIMITS.get(name, 300)
        if len(text) > limit:
            self.error(
                name,
                _("The text has %(length)d signs; %(limit)d fit.")
                % {"length": len(text), "limit": limit},
                _("Shorten it."),
            )
            return ""
        return text

    # problems

    def error(self, name: str, what: str, remedy: str) -> None:
        self.tell(name, what, remedy, Severity.ERROR)

    def warn(self, name: str, what: str, remedy: str) -> None:
        self.tell(name, what, remedy, Severity.WARNING)

    def tell(self, name: str, what: str, remedy: str, severity: Severity) -> None:
        column = self.at.get(name)
        header, letters = "", ""
        if column is not None:
            header = self.form.header[column] if column < len(self.form.header) else ""
            letters = address(1, column + self.form.left).rstrip("1")
        value = self.cells[name].text[:200] if name in self.cells else ""
        self.row.problems.append(Problem(letters, header, value, what, remedy, severity.value))

    # what hangs together

    def take_days(self) -> None:
        """Read the marks of the days of an attendance list."""
        if not any(name.startswith("day_") for name in self.cells):
            return
        self.row.values["days"] = sorted(
            int(name.removeprefix("day_"))
            for name in self.cells
            if name.startswith("day_") and self.was_present(name)
        )

    def was_present(self, name: str) -> bool:
        mark = read_mark(self.cells[name])
        if mark.presence is Presence.UNKNOWN and not mark.blank:
            self.warn(
                name,
                _("The mark says neither present nor absent; it is not counted."),
                _("Write v for present and leave the cell empty for absent."),
            )
        return mark.presence is Presence.PRESENT

    def take_place(self) -> None:
        """Find the area, then RT and RW inside it."""
        area = self.area()
        if area:
            self.row.values["area"] = area
        found = self.rt_rw()
        if found:
            self.row.values["rt"], self.row.values["rw"] = found

    def area(self) -> int | None:
        city = self.clean("city")
        kecamatan, kelurahan = self.named("kecamatan"), self.named("kelurahan")
        if city and not self.form.places.is_this_city(city):
            self.warn(
                "city",
                _("The place is not in this city, so only the city of the list is noted."),
                _("Nothing needs to be done; the address keeps what is written there."),
            )
            return None
        if not kelurahan:
            return self.kecamatan_only(kecamatan)
        if key := self.form.places.kelurahan(kelurahan, kecamatan):
            return key
        return self.without_kelurahan(kecamatan, named_city=bool(city))

    def named(self, level: str) -> str:
        """Return the area's name from its column, or from the heading above the rows."""
        found = _SECTION.fullmatch(self.section.strip())
        is_meant = found is not None and found[1].casefold().startswith(level[:3])
        heading = found[2] if found and is_meant else ""
        return self.clean(level) or clean_line(heading)

    def clean(self, name: str) -> str:
        try:
            return clean_line(self.text(name))
        except NotCleanText as broken:
            self.error(name, *in_words(broken))
            return ""

    def kecamatan_only(self, text: str) -> int | None:
        key = self.form.places.kecamatan(text) if text else None
        if text and not key:
            self.warn(
                "kecamatan",
                _("No kecamatan of this city has that name, so only the city is noted."),
                _("Compare the spelling with the list of areas."),
            )
        return key

    def without_kelurahan(self, kecamatan: str, *, named_city: bool) -> int | None:
        """Fall back to what stands above a kelurahan that nobody knows."""
        key = self.form.places.kecamatan(kecamatan) if kecamatan else None
        what = _("No kelurahan of this city has that name.")
        remedy = _("Compare the spelling with the list of areas, or leave the cell empty.")
        if key or named_city:
            self.warn("kelurahan", what, remedy)
        else:
            self.error("kelurahan", what, remedy)
        return key

    def rt_rw(self) -> tuple[int | None, int | None] | None:
        if self.form.has("rt_rw"):
            return self.pair_in("rt_rw")
        if self.form.has("rt", "rw"):
            pair = self.number("rt"), self.number("rw")
            return pair if any(pair) else None
        return self.pair_in("address") if self.form.has("address") else None

    def pair_in(self, name: str) -> tuple[int | None, int | None] | None:
        text = self.text(name)
        if not text:
            return None
        found = parse_rt_rw(text)
        if found is None and name == "rt_rw":
            self.warn(
                name,
                _("RT and RW cannot be read from this cell."),
                _("Make the column text and write RT first, like 003/005."),
            )
        return (found.rt, found.rw) if found else None

    def number(self, name: str) -> int | None:
        text = self.text(name)
        if not text:
            return None
        found = re.fullmatch(r"\s*(?:r\.?\s?[tw])?[\s.:]*([0-9]{1,3})(?:\.0+)?\s*", text.casefold())
        if found is None:
            self.warn(
                name,
                _("This is no number of an RT or RW."),
                _("Write a number from 1 to %(last)d.") % {"last": _LAST_RT},
            )
        return int(found[1]) or None if found else None

    def settle_identity(self) -> None:
        """Give owners' columns their plain names, compare NIK and birth, and ask for a name."""
        values = self.row.values
        if self.form.kind == Kind.ENTERPRISES:
            self.settle_owner()
        self.compare_with_nik()
        told = any(problem.severity == Severity.ERROR for problem in self.row.problems)
        if self.form.kind == Kind.ENTERPRISES:
            if not (values.get("enterprise_name") or values.get("enterprise_id") or told):
                self.error("enterprise_name", _("The name of the enterprise is missing."),
                           _("Write its name, or what it sells."))  # fmt: skip
        elif not (values.get("name") or values.get("id") or told):
            self.error("name", _("The name is missing."), _(_NAME_REMEDY))

    def settle_owner(self) -> None:
        values = self.row.values
        if str(values.get("id", "")).startswith(IdKind.ENTERPRISE):
            values["enterprise_id"] = values.pop("id")
        if str(values.get("owner_id", "")).startswith(IdKind.ENTERPRISE):
            values["enterprise_id"] = values.pop("owner_id")
        if "phone" in values:
            values["enterprise_phone"] = values.pop("phone")
        for field_name, plain_name in _OWNER.items():
            if field_name in values:
                values[plain_name] = values.pop(field_name)
        if "owner_nik_mask" in values:
            values["nik_mask"] = values.pop("owner_nik_mask")

    def compare_with_nik(self) -> None:
        """Warn when the card's own number says otherwise; it may be the number that is wrong."""
        values = self.row.values
        if "nik" not in values:
            return
        nik = Nik(values["nik"])
        born = values.get("born_on")
        if born and born[5:] != "{1:02d}-{0:02d}".format(*nik.born_day_month):
            self.warn(
                "born_on",
                _("The date of birth differs from the one in the NIK; both are kept."),
                _("Compare both with the identity card."),
            )
        if values.get("sex") not in {None, nik.sex}:
            self.warn(
                "sex",
                _("The sex differs from the one in the NIK; both are kept."),
                _("Compare both with the identity card."),
            )


# One reader for each field


def _line(row: _RowReader, name: str) -> str:
    return row.line(name)


def _name(row: _RowReader, name: str) -> str:
    text = row.line(name)
    # Under an id of the register even such a name can be right: it came from there.
    if re.fullmatch(r"[0-9\s.,/-]+", text) and not row.text("id"):
        row.error(name, _("The name consists of digits."), _(_NAME_REMEDY))
        return ""
    return text


def _id(row: _RowReader, name: str) -> str | None:
    try:
        return PublicId.parse(row.text(name)).compact
    except NotAPublicId as fault:
        row.warn(
            name,
            in_words(fault)[0],
            _("Leave the cell empty or copy the ID from our list."),
        )
        return None


def _nik(row: _RowReader, name: str) -> str | None:
    text = row.text(name).strip()
    if MASKED.fullmatch(text):
        row.row.values[f"{name}_mask"] = text
        return None
    if row.cells[name].lossy:
        row.warn(
            name,
            _("A spreadsheet's number keeps 15 digits, so the last digit of this NIK is lost."),
            _("Make the column text and type the NIK again from the card."),
        )
        return None
    return _sixteen(row, name, Nik)


def _kk(row: _RowReader, name: str) -> str | None:
    if MASKED.fullmatch(row.text(name).strip()):
        return None
    return None if row.cells[name].lossy else _sixteen(row, name, Kk)


def _sixteen(row: _RowReader, name: str, kind: type[Nik | Kk]) -> str | None:
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


def _phone(row: _RowReader, name: str) -> str | None:
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


def _sex(row: _RowReader, name: str) -> str | None:
    return _from_list(row, name, words.SEXES, _("Write L for a man or P for a woman."))


def _education(row: _RowReader, name: str) -> str | None:
    return _from_list(row, name, words.SCHOOLS, _("Write SD, SMP, SMA, Diploma, S1 or S2."))


def _status(row: _RowReader, name: str) -> str | None:
    return _from_list(row, name, words.STATUSES, _("Write buka, libur, tutup, rintisan or ide."))


def _from_list(row: _RowReader, name: str, known: Mapping[str, str], remedy: str) -> str | None:
    found = known.get(words.plain(row.text(name)))
    if found is None:
        row.warn(name, _("This word is not in the list; the value is left out."), remedy)
    return None if found is None else str(found)


def _disability(row: _RowReader, name: str) -> bool:
    # A kind of disability written out ("Tuna rungu") is a yes.
    answer = words.yes_or_no(row.text(name))
    return True if answer is None else answer


def _born_on(row: _RowReader, name: str) -> str | None:
    return _birthday(row, name, read_date(row.cells[name]))


def _birth(row: _RowReader, name: str) -> None:
    """Read place and date from one cell (TTL) into their own two fields."""
    if not row.clean(name):
        return
    place, found = read_birth(row.cells[name])
    if place and "birth_place" not in row.row.values:
        row.row.values["birth_place"] = clean_line(place)[: _LIMITS["birth_place"]]
    if found.date or found.doubt is Doubt.IMPOSSIBLE:
        born = _birthday(row, name, found)
        if born and "born_on" not in row.row.values:
            row.row.values["born_on"] = born


def _birthday(row: _RowReader, name: str, found: DateReading) -> str | None:
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


def _with_whole_year(row: _RowReader, name: str, born: date, doubt: Doubt) -> date:
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


def _started_on(row: _RowReader, name: str) -> str | None:
    year = re.fullmatch(r"((?:19|20)[0-9]{2})(?:\.0)?", row.text(name).strip())
    found = date(int(year[1]), 1, 1) if year else read_date(row.cells[name]).date
    if found is None:
        row.warn(
            name,
            _("This cannot be read as a date; it is left out."),
            _("Write day, month and year, or the year alone."),
        )
    return found.isoformat() if found else None


def _nib(row: _RowReader, name: str) -> str | None:
    try:
        return Nib.parse(row.text(name)).digits
    except NotANib as fault:
        row.warn(name, *in_words(fault))
        return None


def _kbli_edition(row: _RowReader, name: str) -> str:
    text = row.text(name).strip()
    return text if text in KbliEdition.values else ""


def _kbli(row: _RowReader, name: str) -> str | None:
    digits = re.sub(r"\.0+$", "", row.text(name).strip())
    found = _KBLI.search(digits)
    if found is None:
        row.warn(
            name, _("A KBLI code has five digits; it is left out."), _("Copy it from the NIB.")
        )
    return found[0] if found else None


_READERS: Final[dict[str, Callable[[_RowReader, str], object]]] = {
    "id": _id, "owner_id": _id, "name": _name, "owner_name": _name, "nik": _nik, "owner_nik": _nik,
    "kk": _kk, "phone": _phone, "owner_phone": _phone, "sex": _sex, "education": _education,
    "disability": _disability, "born_on": _born_on, "birth_place": _line, "birth": _birth,
    "address": _line, "enterprise_name": _line, "product": _line, "activity": _line,
    "group_name": _line, "note": _line, "nib": _nib, "kbli": _kbli,
    "kbli_edition": _kbli_edition, "status": _status, "started_on": _started_on,
}  # fmt: skip
