"""Writes what a chunk of rows was found to do: with few statements, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from jembol.intake import businesses
from jembol.intake.businesses import Business
from jembol.intake.choices import Kind, RowState, Verdict
from jembol.intake.models import Import, ImportRow
from jembol.intake.planning import Decision
from jembol.intake.row_cells import Values
from jembol.intake.sealed import BEFORE, of_row, seal_json
from jembol.intake.subjects import RowKey, deepest_area, home_of
from jembol.journal.by import By
from jembol.kit.area import AreaCode
from jembol.kit.nik import Kk, Nik
from jembol.places.actions import Wanted, bulk_rt
from jembol.places.models import Area
from jembol.registry.actions import (
    EnterpriseDetails,
    PersonDetails,
    PersonEdit,
    Telling,
    add_enterprises,
    change_enterprise,
    change_many,
    enrol_many,
    form_group,
    join_many,
    report_many,
    tell_apart,
)
from jembol.registry.models import Enterprise, Group, Person
from jembol.registry.sealed_numbers import open_kk, open_nik
from jembol.training.actions import attend_many, hold, register_many
from jembol.training.choices import Door
from jembol.training.models import Class

_KELURAHAN: Final = 4
_STATES: Final = {
    Verdict.CREATE: RowState.DONE,
    Verdict.UPDATE: RowState.DONE,
    Verdict.UNCHANGED: RowState.DONE,
    Verdict.DUPLICATE: RowState.PARKED,
    Verdict.ERROR: RowState.SKIPPED,
    Verdict.BLANK: RowState.SKIPPED,
}


@dataclass(slots=True)
class _Trace:
    """What a row did, for the undo."""

    made: list[str] = field(default_factory=list)
    person: Values = field(default_factory=dict)
    version: int = 0
    business: Values = field(default_factory=dict)
    business_version: int = 0
    days: list[int] = field(default_factory=list)
    report: int = 0
    membership: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "made": self.made,
            "person": self.person,
            "version": self.version,
            "business": self.business,
            "business_version": self.business_version,
            "days": self.days,
            "report": self.report,
            "membership": self.membership,
        }


def store(
    batch: Import, decisions: Sequence[Decision], rows: Mapping[RowKey, ImportRow], by: By
) -> None:
    """Carry out the decisions and note in each row what it did; the caller saves the rows.

    Raises:
        Refusal: the register or the class refuses; nothing may be kept then.
    """
    if batch.training_class:
        # Before the first fact: everybody locks the class first and the journal's chain second.
        hold(batch.training_class)
    work = _Work(batch, decisions, rows, by)
    work.hold_others()
    work.enrol()
    work.tell_apart()
    work.change()
    work.add_businesses()
    work.report()
    work.bring_into_groups()
    work.register()
    work.note()


class _Work:
    """The storing of one chunk."""

    def __init__(
        self,
        batch: Import,
        decisions: Sequence[Decision],
        rows: Mapping[RowKey, ImportRow],
        by: By,
    ) -> None:
        self.batch = batch
        self.decisions = decisions
        self.rows = rows
        self.by = by
        self.traces = {one.row.key: _Trace() for one in decisions}
        self.people: dict[int, Person] = {}
        self.others: dict[int, Person] = {}
        self.enterprises: dict[int, int] = {}
        self.areas = _areas(self._wanted_areas(), by)

    def _wanted_areas(self) -> set[int]:
        wanted = {home_of(one.row.values, self.batch.area_id) for one in self._new()}
        wanted |= {one.changes["area"][1] for one in self.decisions if "area" in one.changes}
        for one in self.decisions:
            if one.business and one.business.is_new and one.business.business:
                wanted.add(deepest_area(one.row.values, self.batch.area_id))
            if one.business and "area" in one.business.changes:
                wanted.add(one.business.changes["area"][1])
        return wanted

    def _new(self) -> list[Decision]:
        return [one for one in self.decisions if one.is_new and one.subject]

    def hold_others(self) -> None:
        """Lock the people from whom new ones are told apart, before the first fact."""
        keys = {key for one in self._new() for key in one.apart}
        if keys:
            rows = Person.objects.within(self.by.reach).filter(pk__in=keys)
            held = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
            self.others = {person.pk: person for person in held}

    def tell_apart(self) -> None:
        """Write for ever that the new people are not those from whom officers told them."""
        pairs = [
            (self.people[one.person_id], self.others[key])
            for one in self._new()
            for key in one.apart
            if key in self.others
        ]
        if pairs:
            tell_apart(pairs, by=self.by)

    def enrol(self) -> None:
        """Enter the people whom rows make."""
        new = self._new()
        if not new:
            return
        details = [self._details(one.row.values) for one in new]
        people = enrol_many(details, by=self.by, door=Door.IMPORT)
        for one, person in zip(new, people, strict=True):
            one.whom.person_id = person.pk
            self.people[person.pk] = person
            trace = self.traces[one.row.key]
            trace.made.append("person")
            trace.version = person.version

    def _details(self, values: Values) -> PersonDetails:
        return PersonDetails(
            name=values["name"],
            area=self.areas[home_of(values, self.batch.area_id)],
            sex=values.get("sex", ""),
            born_on=_day(values.get("born_on")),
            birth_place=values.get("birth_place", ""),
            phone=values.get("phone", ""),
            address=values.get(
                "owner_address" if self.batch.kind == Kind.ENTERPRISES else "address", ""
            ),
            education=values.get("education", ""),
            has_disability=values.get("disability"),
            nik=Nik(values["nik"]) if values.get("nik") else None,
            kk=Kk(values["kk"]) if values.get("kk") else None,
        )

    def change(self) -> None:
        """Change the people of whom rows tell something new, and note what was before."""
        touched = [one for one in self.decisions if one.person_id]
        missing = {one.person_id for one in touched} - self.people.keys()
        found = Person.objects.select_related("household").filter(pk__in=missing)
        self.people |= {person.pk: person for person in found}
        changing = [one for one in touched if one.changes]
        edits = []
        for one in changing:
            person = self.people[one.person_id]
            self.traces[one.row.key].person = _before(one, person)
            edits.append(PersonEdit(person, self._edit(one)))
        if not edits:
            return
        for one, person in zip(changing, change_many(edits, by=self.by), strict=True):
            self.people[person.pk] = person
            self.traces[one.row.key].version = person.version

    def _edit(self, decision: Decision) -> dict[str, object]:
        values = decision.row.values
        special: dict[str, Callable[[], object]] = {
            "nik": lambda: Nik(values["nik"]),
            "kk": lambda: Kk(values["kk"]),
            "born_on": lambda: _day(values["born_on"]),
            "area": lambda: self.areas[decision.changes["area"][1]],
        }
        return {
            _column(name): special[name]() if name in special else new
            for name, (_old, new) in decision.changes.items()
            if name != "nik_masked"
        }

    def add_businesses(self) -> None:
        """Enter and change enterprises."""
        acting = [one for one in self.decisions if one.business and one.business.business]
        new = [one for one in acting if one.business and one.business.is_new]
        pairs = [(self._business_details(one.row.values), self._owners(one)) for one in new]
        made = add_enterprises(pairs, by=self.by) if pairs else []
        for one, enterprise in zip(new, made, strict=True):
            self._business(one).enterprise_id = enterprise.pk
            self.traces[one.row.key].made.append("enterprise")
            self.traces[one.row.key].business_version = enterprise.version
        for one in acting:
            if one.business and one.business.changes:
                self._change_business(one)

    def _business(self, decision: Decision) -> Business:
        assert decision.business and decision.business.business  # noqa: S101,PT018 - chosen so
        return decision.business.business

    def _owners(self, decision: Decision) -> list[Person]:
        return [self.people[decision.person_id]] if decision.person_id else []

    def _business_details(self, values: Values) -> EnterpriseDetails:
        told = businesses.told(values, self.batch.kind)
        return EnterpriseDetails(
            name=values["enterprise_name"],
            area=self.areas[deepest_area(values, self.batch.area_id)],
            kbli_edition=businesses.edition(values),
            **{**told, "started_on": _day(told.get("started_on"))},
        )

    def _change_business(self, decision: Decision) -> None:
        plan = decision.business
        enterprise = Enterprise.objects.get(pk=self._business(decision).enterprise_id or 0)
        said = plan.changes if plan else {}
        changes: dict[str, Any] = {name: new for name, (_old, new) in said.items()}
        if "kbli" in changes:
            changes["kbli_edition"] = businesses.edition(decision.row.values)
        if "started_on" in changes:
            changes["started_on"] = _day(decision.row.values.get("started_on"))
        if "area" in changes:
            changes["area"] = self.areas[changes["area"]]
        trace = self.traces[decision.row.key]
        trace.business = {name: _json(getattr(enterprise, _stored(name))) for name in changes}
        changed = change_enterprise(enterprise=enterprise, changes=changes, by=self.by)
        trace.business_version = changed.version

    def report(self) -> None:
        """Keep what rows tell of the figures of enterprises."""
        telling = [one for one in self.decisions if one.business and one.business.telling]
        if not telling:
            return
        keys = {self._business(one).enterprise_id or 0 for one in telling}
        enterprises = Enterprise.objects.in_bulk(list(keys))
        tellings = [
            self._telling(one, enterprises[self._business(one).enterprise_id or 0])
            for one in telling
        ]
        rows = report_many(tellings, source=self.batch.source.name, by=self.by)
        for one, row in zip(telling, rows, strict=True):
            self.traces[one.row.key].report = row.pk

    def _telling(self, decision: Decision, enterprise: Enterprise) -> Telling:
        plan = decision.business
        values = dict(plan.telling) if plan else {}
        for name in ("pulled_at", "updated_at"):
            if name in values:
                values[name] = datetime.fromisoformat(values[name])
        # A list that names no day is of the day on which it came.
        on = businesses.told_on(decision.row.values) or timezone.localdate(self.batch.at)
        return Telling(enterprise, values, year=on.year, as_of=on)

    def bring_into_groups(self) -> None:
        """Form the groups that rows name first, and bring people into their groups."""
        joining = [one for one in self.decisions if one.joins and one.person_id]
        if not joining:
            return
        for circle in dict.fromkeys(one.joins for one in joining):
            if circle and not circle.group_id:
                group = form_group(name=circle.name, area=self.batch.area, by=self.by)
                circle.group_id = group.pk
                self.batch.made_groups.append(group.pk)
        self.batch.save(update_fields=["made_groups"])
        groups = Group.objects.in_bulk([one.joins.group_id or 0 for one in joining if one.joins])
        pairs = {
            (one.joins.group_id or 0, one.person_id): one.row.key for one in joining if one.joins
        }
        made = join_many(
            [(groups[group], self.people[person]) for group, person in pairs], by=self.by
        )
        for membership in made:
            key = pairs[membership.group_id, membership.person_id]
            self.traces[key].membership = membership.pk

    def register(self) -> None:
        """Give seats in the class and note who came."""
        training_class = self.batch.training_class
        listed = [one for one in self.decisions if one.registers or one.days]
        if training_class is None or not listed:
            return
        # Who has a seat keeps it, be it that of another entry of the same person.
        people = dict.fromkeys(one.person_id for one in listed if not one.seat_id)
        seats = register_many(
            training_class=training_class,
            people=[self.people[person] for person in people],
            by=self.by,
            door=Door.IMPORT,
        )
        for one in listed:
            seat = one.seat_id or seats.ids[one.person_id]
            one.whom.registration_id = seat
            if one.registers and seat in seats.created:
                self.traces[one.row.key].made.append("registration")
        self._attend(training_class, [one for one in listed if one.days])

    def _attend(self, training_class: Class, coming: Sequence[Decision]) -> None:
        sessions = dict(training_class.sessions.values_list("number", "pk"))
        wanted = {
            (sessions[day], one.seat_id): (one.row.key, day) for one in coming for day in one.days
        }
        if not wanted:
            return
        fresh = attend_many(training_class=training_class, present=list(wanted), by=self.by)
        for presence in sorted(fresh):
            key, day = wanted[presence]
            self.traces[key].days.append(day)

    def note(self) -> None:
        """Put into each row what it did."""
        for one in self.decisions:
            row = self.rows[one.row.key]
            row.verdict = one.verdict
            row.state = _STATES[one.verdict]
            row.candidates = one.candidates
            row.left_because = ""
            if row.state != RowState.DONE:
                continue
            row.person_id = one.person_id or None
            row.registration_id = one.seat_id or None
            business = one.business.business if one.business else None
            row.enterprise_id = business.enterprise_id if business else None
            context = of_row(BEFORE, self.batch.pk, row.table, row.number)
            row.before_sealed = seal_json(self.traces[one.row.key].as_json(), context)


def _column(name: str) -> str:
    return "has_disability" if name == "disability" else name


def _stored(name: str) -> str:
    return "area_id" if name == "area" else name


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _before(decision: Decision, person: Person) -> Values:
    """Return what the register held in the fields that the row changes, ready to be put back."""
    held: Values = {}
    for name in decision.changes:
        if name == "nik":
            held["nik"] = open_nik(person)
        elif name == "kk":
            held["kk"] = open_kk(person.household) if person.household else ""
        elif name != "nik_masked":
            column = _column(name)
            held[column] = _json(getattr(person, _stored(column)))
    return held


def _areas(keys: Iterable[int], by: By) -> dict[int, Area]:
    """Return the areas with these keys; RW and RT that are new are added."""
    wanted = set(keys)
    known = Area.objects.in_bulk(list(wanted))
    missing: set[Wanted] = set()
    for key in wanted - known.keys():
        code = AreaCode(key)
        kelurahan = code.at_level(_KELURAHAN)
        if kelurahan is not None and code.level > _KELURAHAN:
            rw, *rt = code.parts[_KELURAHAN:]
            missing.add((kelurahan.key, rw, rt[0] if rt else None))
    if missing:
        known |= Area.objects.in_bulk(list(bulk_rt(wanted=missing, by=by).values()))
    return known
