"""Enterprises as an import meets them: whose they are, and what a row adds to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q

from jembol.intake.choices import Kind, Verdict
from jembol.intake.figure_fields import day_of
from jembol.intake.row_cells import Values
from jembol.intake.subjects import Changes, RowKey, Subject, deepest_area
from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.registry.choices import KbliEdition
from jembol.registry.models import Enterprise, Ownership
from jembol.registry.rules import folded_label
from jembol.registry.telling import BESIDE, LASTING, YEARLY, Known, Told, bearers_of, known_of

PLAIN_FIELDS: Final = ("product", "activity", "nib", "kbli", "phone", "address", "started_on")
_COLUMNS: Final = (
    "pk", "public_id", "name", "folded", "activity", "product", "status", "nib", "kbli", "phone",
    "address", "started_on", "area_id", "version", "survivor_id",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Business:
    """One enterprise, as the register will hold it when the rows so far are stored."""

    enterprise_id: int | None
    row: RowKey | None
    facts: Values
    owners: set[tuple[int, int, int]] = field(default_factory=set)
    version: int = 0
    known: Known = field(default_factory=Known)

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
        telling: What the row tells that goes into a report; empty when all of it is known.
        news: What of that is new, as old and new.
        is_foreign: It is there, under other owners; they stay.
        rivals: Which ones it may be, when that is open.
    """

    business: Business | None
    is_new: bool = False
    changes: Changes = field(default_factory=dict)
    telling: Values = field(default_factory=dict)
    news: Changes = field(default_factory=dict)
    is_foreign: bool = False
    rivals: Sequence[Business] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must decide which enterprise it is."""
        return bool(self.rivals)

    @property
    def acts(self) -> bool:
        """Whether anything will be written."""
        return self.is_new or bool(self.changes) or bool(self.telling)

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
        self._bearers: dict[str, Business] = {}
        self._roots: dict[int, int] = {}

    def load(self, rows: Iterable[Values], people: Collection[int]) -> None:
        """Read the enterprises that these rows or people have to do with, in two queries."""
        named = [values for values in rows if _names_one(values)]
        if not named:
            return
        bearers = bearers_of(values["sidt_id"] for values in named if values.get("sidt_id"))
        wanted = (
            Q(ownerships__person__in=people, ownerships__ends_on__isnull=True)
            | Q(folded__in={folded(values) for values in named if values.get("enterprise_name")})
            | Q(nib__in={values["nib"] for values in named if values.get("nib")})
            | Q(public_id__in={one["enterprise_id"] for one in named if "enterprise_id" in one})
            | Q(pk__in=bearers.values())
        )
        found = Enterprise.objects.within(self._reach).filter(wanted).distinct()
        rows_found = self._with_roots(list(found.values(*_COLUMNS)))
        fresh = {row["pk"]: _known(row) for row in rows_found if row["pk"] not in self._known}
        standing = Ownership.objects.filter(enterprise__in=fresh, ends_on__isnull=True)
        for enterprise, person in standing.values_list("enterprise_id", "person_id"):
            fresh[enterprise].owners.add((person, 0, 0))
        for row in rows_found:
            # Who owns an absorbed row owns the one that stands for it.
            if root := fresh.get(row["survivor_id"]):
                root.owners |= fresh[row["pk"]].owners if row["pk"] in fresh else set()
        for enterprise, known in known_of(fresh.keys()).items():
            fresh[enterprise].known = known
        self._known |= fresh
        self._bearers |= {
            number: self._known[enterprise]
            for number, enterprise in bearers.items()
            if enterprise in self._known and number not in self._bearers
        }

    def _with_roots(self, found: list[Values]) -> list[Values]:
        """Return the rows with those that stand for them, where they were merged."""
        merged = {row["pk"]: row["survivor_id"] for row in found if row["survivor_id"]}
        self._roots |= merged
        missing = set(merged.values()) - {row["pk"] for row in found}
        if not missing:
            return found
        roots = Enterprise.objects.within(self._reach).filter(pk__in=missing)
        return [*found, *roots.values(*_COLUMNS)]

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
        plan = BusinessPlan(found, changes=changes, is_foreign=is_foreign)
        self._tell(plan, values, kind)
        return plan

    def _tell(self, plan: BusinessPlan, values: Values, kind: str) -> None:
        """Put into the plan what goes into a report, and know it for the rows below."""
        business, telling, on = plan.business, reported(values, kind), told_on(values)
        if business is None or not telling:
            return
        plan.news = business.known.news(telling, on)
        # The beginning alone is worth a report when it says how much of the day is known.
        begins = "started_on" in plan.changes or plan.is_new
        if plan.news or (begins and "start_year" in telling):
            plan.telling = telling
            year = on.year if on else business.known.year or 1
            business.known.told.append(Told(year, on or date.min, telling))
        if number := telling.get("sidt_id"):
            self._bearers[number] = business

    def _all(self) -> Iterable[Business]:
        yield from self._known.values()
        yield from self._made

    def _found(self, values: Values, owner: Subject | None) -> Business | None:
        """Return the one that the row means; of merged ones, the one that stands for them."""
        named = self._named(values, owner)
        root = self._roots.get(named.enterprise_id or 0) if named else None
        return self._known.get(root, named) if root else named

    def _named(self, values: Values, owner: Subject | None) -> Business | None:
        """Return the one that the row means: by its id, its NIB, or its owner and name."""
        by_id, nib, name = values.get("enterprise_id"), values.get("nib"), folded(values)
        for one in self._all():
            if by_id and one.facts["public_id"] == by_id:
                return one
        if bearer := self._bearers.get(values.get("sidt_id", "")):
            return bearer
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
            if here
            and one.kelurahan == here
            and one.facts["folded"] == name
            and one.enterprise_id not in self._roots
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
        plan = BusinessPlan(made, is_new=True)
        self._tell(plan, values, kind)
        return plan


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


_REPORTED: Final = (*(name for name in (*YEARLY, *LASTING) if name != "sales"), *BESIDE)


def reported(values: Values, kind: str) -> Values:
    """Return what the row tells of the enterprise beyond its own fields, by field of a report."""
    # In a list of people, a remark and all else but the sales is about the person.
    found = {} if kind != Kind.ENTERPRISES else {
        name: values[name] for name in _REPORTED if name in values
    }  # fmt: skip
    if "yearly_sales" in values:
        found["sales"] = values["yearly_sales"]
    is_told = not set(found).issubset({"pulled_at", "updated_at", "source_page"})
    return found if is_told else {}


def told_on(values: Values) -> date | None:
    """Return the day on which it was so, as the list says."""
    moment = values.get("updated_at") or values.get("pulled_at")
    return day_of(moment) if moment else None


def edition(values: Values) -> str:
    """Return the edition that goes with the row's code; few lists say it."""
    if values.get("kbli_edition") and values.get("kbli"):
        return str(values["kbli_edition"])
    # KBLI 2025 is in force since December 2025, yet certificates still carry codes of 2020.
    return KbliEdition.KBLI_2020 if values.get("kbli") else ""


def _names_one(values: Values) -> bool:
    return any(values.get(name) for name in ("enterprise_name", "enterprise_id", "sidt_id"))


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
    if _begins_within(known.facts["started_on"], values):
        found.pop("started_on", None)
    name = values.get("enterprise_name")
    if replaces and values.get("enterprise_id") and name and name != known.facts["name"]:
        found["name"] = (known.facts["name"], name)
    area = deepest_area(values, area_key)
    if replaces and values.get("area") and not _inside(known.facts["area"], area):
        found["area"] = (known.facts["area"], area)
    return found


def _begins_within(known: str, values: Values) -> bool:
    """Whether the day that is known lies in the year, and the month if any, that the row says."""
    if not known or "start_year" not in values:
        return False
    day = date.fromisoformat(known)
    return day.year == values["start_year"] and values.get("start_month") in {None, day.month}


def _inside(known: int, said: int) -> bool:
    """Whether what is known lies in what the row says, so that the row says nothing new."""
    return Reach.of([said]).covers(known)
