"""Reads one row of a list: cells in, values and problems out; knows no database.

A row is kept out only for what makes it useless: no name, an impossible date of birth, a place
that cannot be found, text that cannot be stored. All else costs the row one value and a warning,
because people without a valid NIK, phone or RT exist and belong in the register.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from jembol.intake import words
from jembol.intake.choices import Kind, Severity
from jembol.intake.fields import NAME_REMEDY, READERS
from jembol.intake.figure_fields import place_of
from jembol.intake.marks import Presence, read_mark
from jembol.intake.row_cells import Form, Reading, RowCells
from jembol.intake.tables import Row
from jembol.intake.workbook import Cell, CellKind
from jembol.kit.area import parse_rt_rw
from jembol.kit.ids import IdKind, NotAPublicId, PublicId
from jembol.kit.nik import Nik
from jembol.kit.text import clean_line

_LAST_RT: Final = 999


def read_row(row: Row, form: Form) -> Reading:
    """Read one row of a table."""
    return _RowReader(_as_exported(row, form), form, row.section).read()


def _as_exported(row: Row, form: Form) -> Sequence[Cell]:
    """Return the cells, without ditto marks taken for what stands above in a list of our own.

    A row with an id of a register was written by a program, where "idem" is an address.
    """
    if not any(_is_id(name, row.cells[place].text) for place, name in _ids(row, form)):
        return row.cells
    cells = list(row.cells)
    for note in row.notes:
        if note.code.startswith("ditto"):
            cells[note.column] = Cell(note.text, CellKind.TEXT)
    return cells


_IDS: Final = frozenset({"id", "owner_id", "sidt_id"})


def _ids(row: Row, form: Form) -> Iterable[tuple[int, str]]:
    return (
        (place, name)
        for place, name in form.columns.items()
        if name in _IDS and place < len(row.cells)
    )


def _is_id(name: str, text: str) -> bool:
    if name == "sidt_id":
        return not words.is_blank(text)
    return _public_id(text) != ""


def _public_id(text: str) -> str:
    try:
        return PublicId.parse(text).compact
    except NotAPublicId:
        return ""


_SECTION: Final = re.compile(r"(kel(?:urahan)?|kec(?:amatan)?)\b\.?\s*:?\s*(.+)", re.IGNORECASE)


# In lists of enterprises the columns about a person mean the owner.
_OWNER: Final = {
    "owner_name": "name", "owner_nik": "nik", "owner_phone": "phone", "owner_id": "id",
    "owner_sex": "sex", "owner_born_on": "born_on", "owner_education": "education",
    "owner_disability": "disability",
}  # fmt: skip


class _RowReader(RowCells):
    """Reads one row: each cell by its field, then what several cells say together."""

    def __init__(self, cells: Sequence[Cell], form: Form, section: str) -> None:
        super().__init__(cells, form)
        self.section = section

    def read(self) -> Reading:
        if self.is_example() or all(words.is_blank(cell.text) for cell in self.cells.values()):
            return self.reading
        for name in self.cells:
            if reader := READERS.get(name):
                self.take(name, reader)
        self.take_days()
        self.take_place()
        self.take_place_of_owner()
        self.settle_identity()
        return self.reading

    def is_example(self) -> bool:
        """Whether the row is the line of a template that shows how to fill it in."""
        return "id" in self.cells and self.cells["id"].text.strip().upper() == words.EXAMPLE

    def take(self, name: str, reader: Callable[[RowCells, str], object]) -> None:
        if not self.text(name):
            return
        value = reader(self, name)
        if value is not None and value != "":
            self.reading.values[name] = value

    # what hangs together

    def take_days(self) -> None:
        """Read the marks of the days of an attendance list."""
        if not any(name.startswith("day_") for name in self.cells):
            return
        self.reading.values["days"] = sorted(
            int(name.removeprefix("day_"))
            for name in self.cells
            if name.startswith("day_") and self.was_present(name)
        )

    def was_present(self, name: str) -> bool:
        mark = read_mark(self.text(name))
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
            self.reading.values["area"] = area
        found = self.rt_rw()
        if found:
            self.reading.values["rt"], self.reading.values["rw"] = found

    def take_place_of_owner(self) -> None:
        """Find where the owner lives, in lists that tell it apart from the enterprise."""
        if not any(self.text(f"owner_{name}") for name in ("city", "kecamatan", "kelurahan")):
            return
        area = self.area_of_owner()
        if area is None:
            self.reading.values["owner_area_open"] = True
            return
        self.reading.values["owner_area"] = area
        for level in ("rt", "rw"):
            if number := self.number(f"owner_{level}"):
                self.reading.values[f"owner_{level}"] = number

    def area_of_owner(self) -> int | None:
        """Return the deepest area of the owner; a doubt costs only the place, not the row."""
        city, kecamatan, kelurahan = (
            self.clean(f"owner_{name}") for name in ("city", "kecamatan", "kelurahan")
        )
        if city and not self.is_this_city("owner_city", city):
            return None
        places = self.form.places
        if kelurahan and (found := places.kelurahan(kelurahan, kecamatan)):
            return found
        key = places.kecamatan(kecamatan) if kecamatan else None
        if kelurahan or (kecamatan and key is None):
            self.warn(
                "owner_kelurahan" if kelurahan else "owner_kecamatan",
                _("No kelurahan or kecamatan of this city has that name, so only what lies above "
                  "it is noted."),
                _("Compare the spelling with the list of areas, or leave the cell empty."),
            )  # fmt: skip
        return key

    def is_this_city(self, name: str, city: str) -> bool:
        """Tell whether the city of a row is that of the list, and say so when it is not."""
        if self.form.places.is_this_city(city):
            return True
        self.warn(
            name,
            _("The place is not in this city, so only the city of the list is noted."),
            _("Nothing needs to be done; the address keeps what is written there."),
        )
        return False

    def area(self) -> int | None:
        city = self.clean("city")
        kecamatan, kelurahan = self.named("kecamatan"), self.named("kelurahan")
        if city and not self.is_this_city("city", city):
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
        values = self.reading.values
        if self.form.kind == Kind.ENTERPRISES:
            self.settle_owner()
            self.settle_figures()
        elif "yearly_sales" in values and "enterprise_name" not in values:
            self.warn(
                "yearly_sales",
                _("Sales without the name of a business are left out."),
                _("Write the name of the business."),
            )
        self.compare_with_nik()
        told = any(problem.severity == Severity.ERROR for problem in self.reading.problems)
        if self.form.kind == Kind.ENTERPRISES:
            known = values.get("enterprise_id") or values.get("sidt_id")
            if not (values.get("enterprise_name") or known or told):
                self.error("enterprise_name", _("The name of the enterprise is missing."),
                           _("Write its name, or what it sells."))  # fmt: skip
        elif not (values.get("name") or values.get("id") or told):
            self.error("name", _("The name is missing."), _(NAME_REMEDY))

    def settle_owner(self) -> None:
        values = self.reading.values
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

    def settle_figures(self) -> None:
        """Read a place as a pair, the beginning as a day, and our own id where SIDT has its own."""
        values = self.reading.values
        if pair := place_of(self):
            values["latitude"], values["longitude"] = pair
        if year := values.get("start_year"):
            started = date(year, values.get("start_month", 1), 1)
            if started > self.form.today:
                started = started.replace(month=1)
                del values["start_month"]
            values["started_on"] = started.isoformat()
        else:
            values.pop("start_month", None)
        own = _public_id(values.get("sidt_id", ""))
        if own.startswith(IdKind.ENTERPRISE):
            values.setdefault("enterprise_id", own)
            del values["sidt_id"]

    def compare_with_nik(self) -> None:
        """Warn when the card's own number says otherwise; it may be the number that is wrong."""
        values = self.reading.values
        if "nik" not in values:
            return
        nik = Nik(values["nik"])
        born = values.get("born_on")
        if born and born[5:] != "{1:02d}-{0:02d}".format(*nik.born_day_month):
            self.warn(
                "born_on" if "born_on" in self.at else "owner_born_on",
                _("The date of birth differs from the one in the NIK; both are kept."),
                _("Compare both with the identity card."),
            )
        if values.get("sex") not in {None, nik.sex}:
            self.warn(
                "sex" if "sex" in self.at else "owner_sex",
                _("The sex differs from the one in the NIK; both are kept."),
                _("Compare both with the identity card."),
            )
