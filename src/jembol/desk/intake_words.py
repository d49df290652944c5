"""Rows of an import in words: labels of fields, values as people read them, names of areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _

from jembol.intake.choices import RowState, Verdict
from jembol.intake.known_fields import FIELDS
from jembol.intake.models import ImportRow
from jembol.intake.queries import RowView, row_view
from jembol.intake.row_cells import Problem
from jembol.kit.area import AreaCode
from jembol.places.models import Area
from jembol.registry.choices import Education, EnterpriseStatus, Sex

VERDICT_TONES = {
    Verdict.CREATE: "good",
    Verdict.UPDATE: "info",
    Verdict.UNCHANGED: "plain",
    Verdict.DUPLICATE: "warn",
    Verdict.ERROR: "bad",
    Verdict.BLANK: "plain",
}
STATE_TONES = {RowState.PARKED: "warn", RowState.LEFT: "bad", RowState.DONE: "good"}
# A NIK is shown masked wherever it stands, also where the cell around it could not be read.
LONG_NUMBER = re.compile(r"[0-9](?:[\s.'-]*[0-9]){14,}")
KELURAHAN = 4
# What a row tells about a person, in the order in which it is compared with somebody.
COMPARED = (
    "name", "nik", "kk", "sex", "birth_place", "born_on", "phone", "address", "place", "education",
    "disability", "enterprise_name", "product", "activity", "nib", "kbli", "started_on", "status",
)  # fmt: skip
SHORT = ("nik", "phone", "place", "enterprise_name")


def labels() -> dict[str, str]:
    """Return the title of every field, as our own lists have it."""
    known = {field.name: field.label for fields in FIELDS.values() for field in fields}
    return known | {
        "nik_masked": "NIK",
        "nik_mask": "NIK",
        "area": _("Area"),
        "place": _("Area"),
        "kbli_edition": "KBLI",
        "sales": known["yearly_sales"],
    }


def masked(text: str) -> str:
    """Return a text with every number as long as a NIK hidden but for its ends."""

    def ends(found: re.Match[str]) -> str:
        digits = re.sub(r"[^0-9]", "", found[0])
        return f"{digits[:4]}••••••••{digits[-4:]}"

    return LONG_NUMBER.sub(ends, text)


def worded(name: str, value: object) -> str:
    """Return a stored value in words; unknown is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    lists: Mapping[str, Any] = {"sex": Sex, "education": Education, "status": EnterpriseStatus}
    if name in lists and value in lists[name].values:
        return str(lists[name](value).label)
    if name in {"born_on", "started_on"}:
        return format_date(date.fromisoformat(str(value)), "j M Y")
    return masked(str(value))


class AreaNames:
    """Names of the areas that a page of rows speaks of, read at once."""

    def __init__(self, values: Iterable[object]) -> None:
        """Read the names of these areas, given as keys or codes."""
        codes = {code for value in values if (code := _code(value))}
        wanted = {_named_part(code).key for code in codes}
        self._names = dict(Area.objects.filter(pk__in=wanted).values_list("pk", "name"))

    def of(self, value: object) -> str:
        """Return an area as people say it: the kelurahan, then RW and RT."""
        code = _code(value)
        if code is None:
            return ""
        part = _named_part(code)
        numbers = zip(("RW", "RT"), code.parts[KELURAHAN:], strict=False)
        below = [f"{word} {number:02d}" for word, number in numbers]
        return " ".join([self._names.get(part.key, part.code), *below])


def _code(value: object) -> AreaCode | None:
    if not value:
        return None
    try:
        return AreaCode(value) if isinstance(value, int) else AreaCode.parse(str(value))
    except ValueError:
        return None


def _named_part(code: AreaCode) -> AreaCode:
    """Return the part that has a name: RW and RT are numbers, and may not be there yet."""
    return code.at_level(KELURAHAN) or code


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a row changes; `old` is empty where nothing was known."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the page shows it.

    Attributes:
        row: The stored row, for its key and links.
        view: The row as the domain tells it.
        facts: What it says beside the name, in short.
        changes: What it changes.
        adds: What else it does: a seat, days.
        problems: What could not be taken, its values masked.
        tone: Colour of the verdict.
        state_tone: Colour of the state.
    """

    row: ImportRow
    view: RowView
    facts: list[str]
    changes: list[Change]
    adds: list[str]
    problems: list[Problem]
    tone: str
    state_tone: str


def shown_rows(rows: Iterable[ImportRow], *, with_old: bool) -> list[ShownRow]:
    """Return rows in words.

    Args:
        rows: Rows of one import.
        with_old: Whether the reader may see what the register held before.
    """
    opened = [(row, row_view(row)) for row in rows]
    names = AreaNames(area for _row, view in opened for area in _areas_in(view))
    titles = labels()
    return [
        ShownRow(
            row=row,
            view=view,
            facts=_facts(view, names),
            changes=_changes(view, names, titles, with_old=with_old),
            adds=_adds(view),
            problems=[replace(one, value=masked(one.value)) for one in view.problems],
            tone=VERDICT_TONES[view.verdict],
            state_tone=STATE_TONES.get(view.state, "plain"),
        )
        for row, view in opened
    ]


def _areas_in(view: RowView) -> list[object]:
    pairs = [pair for name, pair in view.changes.items() if name.endswith("area")]
    return [view.values.get("area"), *(area for pair in pairs for area in pair)]


def _facts(view: RowView, names: AreaNames) -> list[str]:
    told = told_by(view, names)
    return [told[name] for name in SHORT if told.get(name) and told[name] != view.name]


def told_by(view: RowView, names: AreaNames) -> dict[str, str]:
    """Return what a row says, field by field, in words."""
    values = view.values
    told = {name: worded(name, values.get(name)) for name in COMPARED if name != "place"}
    numbers = [
        f"{word} {int(values[key]):02d}"
        for word, key in (("RW", "rw"), ("RT", "rt"))
        if values.get(key)
    ]
    return told | {"place": " ".join([names.of(values.get("area")), *numbers]).strip()}


def _changes(
    view: RowView, names: AreaNames, titles: Mapping[str, str], *, with_old: bool
) -> list[Change]:
    found = []
    for name, (old, new) in view.changes.items():
        field = name.removeprefix("enterprise.")
        title = titles.get(field, field)
        if name != field:
            title = titles["enterprise_name"] if field == "name" else title
        read = names.of if field == "area" else lambda value, field=field: worded(field, value)
        found.append(Change(title, read(old) if with_old else "", read(new)))
    return found


def _adds(view: RowView) -> list[str]:
    found = [_("gets a seat in the class")] if view.registers else []
    if view.joins:
        found.append(_("joins the group %(name)s") % {"name": view.joins})
    if view.days:
        days = ", ".join(str(day) for day in view.days)
        found.append(_("came on day %(days)s") % {"days": days})
    return found
