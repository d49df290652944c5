"""Enterprises as an import meets them: whose they are, and what a row adds to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from jembol.intake.choices import Kind, Verdict
from jembol.intake.row_cells import Values
from jembol.intake.subjects import Changes, RowKey, Subject, deepest_area
from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.registry.choices import KbliEdition
from jembol.registry.models import Enterprise, Ownership
from jembol.registry.rules import folded_label

PLAIN_FIELDS: Final = ("product", "activity", "nib", "kbli", "phone", "address", "started_on")
_COLUMNS: Final = (
    "pk", "public_id", "name", "folded", "activity", "product", "status", "nib", "kbli", "phone",
    "address", "started_on", "area_id", "version",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Business:
    """One enterprise, as the register will hold it when the rows so far are stored."""

    enterprise_id: int | None
    row: RowKey | None
    facts: Values
    owners: set[tuple[int, int, int]] = field(default_factory=set)
    version: int = 0

    @property
    def kelurahan(self) -> int:
        """The kelurahan in which it stands; 0 when only the city is known."""
        return kelurahan_key(self.facts["area"])


@dataclass(slots=True)
class BusinessPlan:
    """What a row does to an enterprise.

    Attributes:
        business: Which; `None` while that is open.
        is_new: The row makes it.
        changes: What the row adds to one that is there.
        is_foreign: It is there, under other owners; they stay.
        rivals: Which ones it may be, when that is open.
    """

    business: Business | None
    is_new: bool = False
    changes: Changes = field(default_factory=dict)
    is_foreign: bool = False
    rivals: Sequence[Business] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must decide which enterprise it is."""
        return bool(self.rivals)

    @property
    def acts(self) -> bool:
        """Whether anything will be written."""
        return self.is_new or bool(self.changes)

    @property
    def verdict(self) -> Verdict:
        """The verdict of a row that is about the enterprise."""
        if self.is_new:
            return Verdict.CREATE
        return Verdict.UPDATE if self.acts else Verdict.UNCHANGED


class Directory:
    """The enterprises that rows could mean, and those that earlier rows made."""

    def __init__(self, reach: Reach, area_key: int) -> None:
        """Begin empty; `load` brings what the register knows."""
        self.is_settled = False
        self._reach = reach
        self._area_key = area_key
        self._known: dict[int, Business] = {}
        self._made: list[Business] = []

    def load(self, rows: Iterable[Values], people: Collection[int]) -> None:
        """Read the enterprises that these rows or people have to do with, in two queries."""
        named = [values for values in rows if _names_one(values)]
        if not named:
            return
        wanted = (
            Q(ownerships__person__in=people, ownerships__ends_on__isnull=True)
            | Q(folded__in={folded(values) for values in named if values.get("enterprise_name")})
            | Q(nib__in={values["nib"] for values in named if values.get("nib")})
            | Q(public_id__in={one["enterprise_id"] for one in named if "enterprise_id" in one})
        )
        found = Enterprise.objects.within(self._reach).filter(wanted).distinct()
        fresh = {
            row["pk"]: _known(row)
            for row in found.values(*_COLUMNS)
            if row["pk"] not in self._known
        }
        standing = Ownership.objects.filter(enterprise__in=fresh, ends_on__isnull=True)
        for enterprise, person in standing.values_list("enterprise_id", "person_id"):
            fresh[enterprise].owners.add((person, 0, 0))
        self._known |= fresh

    def plan(
        self, row: RowKey, values: Values, owner: Subject | None, kind: str
    ) -> BusinessPlan | None:
        """Return what the row does to an enterprise; `None` when it names none."""
        if not _names_one(values):
            return None
        found = self._found(values, owner)
        if found is None:
            rivals = [] if owner or self.is_settled else self._rivals(values)
            return (
                BusinessPlan(None, rivals=rivals)
                if rivals
                else self._make(row, values, owner, kind)
            )
        changes = _news(found, values, kind, self._area_key)
        is_foreign = owner is not None and owner.key not in found.owners
        found.facts |= {name: new for name, (_old, new) in changes.items()}
        return BusinessPlan(found, changes=changes, is_foreign=is_foreign)

    def _all(self) -> Iterable[Business]:
        yield from self._known.values()
        yield from self._made

    def _found(self, values: Values, owner: Subject | None) -> Business | None:
        """Return the one that the row means: by its id, its NIB, or its owner and name."""
        by_id, nib, name = values.get("enterprise_id"), values.get("nib"), folded(values)
        for one in self._all():
            if by_id and one.facts["public_id"] == by_id:
                return one
        for one in self._all():
            if nib and one.facts["nib"] == nib:
                return one
        if owner is None:
            return None
        mine = (one for one in self._all() if owner.key in one.owners)
        return next((one for one in mine if one.facts["folded"] == name), None)

    def _rivals(self, values: Values) -> list[Business]:
        """Return those of the same name in the same kelurahan, for a row that names no owner."""
        here = kelurahan_key(deepest_area(values, self._area_key))
        name = folded(values)
        return [
            one
            for one in self._all()
            if here and one.kelurahan == here and one.facts["folded"] == name
        ]

    def _make(
        self, row: RowKey, values: Values, owner: Subject | None, kind: str
    ) -> BusinessPlan | None:
        if not values.get("enterprise_name"):
            return None
        facts: Values = dict.fromkeys(PLAIN_FIELDS, "")
        facts |= {"public_id": "", "name": values["enterprise_name"], "folded": folded(values)}
        facts |= {"status": values.get("status", ""), "area": deepest_area(values, self._area_key)}
        facts |= told(values, kind)
        owners = {owner.key} if owner else set()
        made = Business(None, row, facts, owners)
        self._made.append(made)
        return BusinessPlan(made, is_new=True)


def folded(values: Values) -> str:
    """Return the key of the enterprise's name, as the register folds it."""
    return folded_label(values.get("enterprise_name", ""))


def told(values: Values, kind: str) -> Values:
    """Return what the row tells about the enterprise itself."""
    names = ("product", "activity", "nib", "kbli", "started_on", "status")
    found = {name: values[name] for name in names if values.get(name)}
    if kind == Kind.ENTERPRISES:
        # In a list of people, phone and address are the person's.
        found |= {"address": values["address"]} if values.get("address") else {}
        found |= {"phone": values["enterprise_phone"]} if values.get("enterprise_phone") else {}
    return found


def edition(values: Values) -> str:
    """Return the edition that goes with the row's code; few lists say it."""
    if values.get("kbli_edition") and values.get("kbli"):
        return str(values["kbli_edition"])
    # KBLI 2025 is in force since December 2025, yet certificates still carry codes of 2020.
    return KbliEdition.KBLI_2020 if values.get("kbli") else ""


def _names_one(values: Values) -> bool:
    return bool(values.get("enterprise_name") or values.get("enterprise_id"))


def _known(row: dict[str, Any]) -> Business:
    facts = {name: row[name] or "" for name in PLAIN_FIELDS}
    facts["started_on"] = row["started_on"].isoformat() if row["started_on"] else ""
    facts |= {name: row[name] for name in ("public_id", "name", "folded", "status")}
    facts["area"] = row["area_id"]
    return Business(row["pk"], None, facts, version=row["version"])


def _news(known: Business, values: Values, kind: str, area_key: int) -> Changes:
    """Return what the row adds; only a list of enterprises replaces what it contradicts."""
    replaces = kind == Kind.ENTERPRISES
    found: Changes = {
        name: (known.facts[name], new)
        for name, new in told(values, kind).items()
        if new != known.facts[name] and (replaces or not known.facts[name])
    }
    name = values.get("enterprise_name")
    if replaces and values.get("enterprise_id") and name and name != known.facts["name"]:
        found["name"] = (known.facts["name"], name)
    area = deepest_area(values, area_key)
    if replaces and values.get("area") and not _inside(known.facts["area"], area):
        found["area"] = (known.facts["area"], area)
    return found


def _inside(known: int, said: int) -> bool:
    """Whether what is known lies in what the row says, so that the row says nothing new."""
    return Reach.of([said]).covers(known)
