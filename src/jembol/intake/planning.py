"""Decides what each row will do: the same code for the preview and for the storing.

Rows are taken in the order of the file. A row is compared with the register and with everybody
whom earlier rows made, changed or parked, by one rule (`registry.rules.compare`), so that the
verdicts of a preview are those of the storing as long as nobody else changes the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.intake import businesses
from jembol.intake.businesses import Business, BusinessPlan
from jembol.intake.choices import Kind, Severity, Verdict
from jembol.intake.groupings import Circle, Groups
from jembol.intake.judging import Options, Said, Survivors, judgements_on, survivors_of
from jembol.intake.known_owners import known_owners
from jembol.intake.row_cells import Problem, Values
from jembol.intake.subjects import (
    Changes,
    Roster,
    RowKey,
    Subject,
    deepest_area,
    evidence_of,
    facts_of_row,
    home_of,
    known_people,
    news,
    traits_of_facts,
)
from jembol.kit.area import AreaCode
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.registry.choices import Reason, Strength
from jembol.registry.matching import Candidate, Probe, candidates
from jembol.registry.rules import Traits, compare
from jembol.training.models import Attendance, Registration

_CITY: Final = 2


@dataclass(slots=True)
class Written:
    """One row as it was read.

    Attributes:
        key: Table and number.
        values: What it says.
        problems: What could not be taken.
        is_error: The row must stay out.
        is_blank: The row says nothing.
        person_id: Whom the row is about, when an earlier run could not undo that.
        identity: Kept by `told`, because folding a name takes time.
    """

    key: RowKey
    values: Values
    problems: list[Problem] = field(default_factory=list)
    is_error: bool = False
    is_blank: bool = False
    person_id: int | None = None
    identity: tuple[Values, Traits] | None = None

    def told(self, fallback: int) -> tuple[Values, Traits]:
        """Return what the register would hold about the person, and what is compared of it."""
        if self.identity is None:
            facts = facts_of_row(self.values, fallback)
            self.identity = facts, traits_of_facts(facts)
        return self.identity


@dataclass(slots=True)
class Decision:
    """What one row does.

    Attributes:
        row: The row.
        verdict: In one word.
        subject: Whom it is about; `None` when that is open or the row stays out.
        is_new: The row makes this person.
        changes: What it changes about a person who is there.
        candidates: Whom it may be, when that is open.
        business: What it does to an enterprise.
        registers: It gives the person a seat in the class.
        days: Numbers of sessions that it adds.
        joins: The group that it brings the person into.
        apart: Keys of people like a new one of whom an officer said that they are somebody else.
    """

    row: Written
    verdict: Verdict
    subject: Subject | None = None
    is_new: bool = False
    changes: Changes = field(default_factory=dict)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    business: BusinessPlan | None = None
    registers: bool = False
    days: list[int] = field(default_factory=list)
    joins: Circle | None = None
    apart: list[int] = field(default_factory=list)

    @property
    def whom(self) -> Subject:
        """The person; ask only where the row is about one."""
        assert self.subject is not None  # noqa: S101 - a fault of the caller
        return self.subject

    @property
    def person_id(self) -> int:
        """The person's key; 0 while there is none."""
        return (self.subject.person_id if self.subject else None) or 0

    @property
    def seat_id(self) -> int:
        """The key of the person's seat in the class; 0 while there is none."""
        return (self.subject.registration_id if self.subject else None) or 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Inside which bounds an import is planned.

    Attributes:
        kind: What the rows are about.
        area_key: Where people stand whose row names no place.
        reach: Where the officer may act.
        class_id: The class of an attendance list, once it is there.
        days: How many days the class has.
        listed_is_present: Being on the list means having come.
    """

    kind: str
    area_key: int
    reach: Reach
    class_id: int | None = None
    days: int = 0
    listed_is_present: bool = False

    @property
    def city_key(self) -> int:
        """The city in which people are looked for."""
        code = AreaCode(self.area_key).at_level(_CITY)
        return code.key if code else 0


class Planner:
    """Plans the rows of one import in their order, a chunk at a time."""

    def __init__(self, scope: Scope) -> None:
        """Begin at the first row."""
        self.scope = scope
        self.roster = Roster()
        self.businesses = businesses.Directory(scope.reach, scope.area_key)
        self.groups = Groups(scope.reach, scope.area_key)
        self._parked: list[Written] = []
        self._survivors = Survivors()

    def remember_parked(self, row: Written) -> None:
        """Take note of a row that an earlier run parked."""
        self._parked.append(row)
        self._note_parked(row)

    def forget_stored(self) -> None:
        """Drop what the register now holds itself; the parked stay."""
        self.roster = Roster()
        self.businesses = businesses.Directory(self.scope.reach, self.scope.area_key)
        self.groups = Groups(self.scope.reach, self.scope.area_key)
        for row in self._parked:
            self._note_parked(row)

    def plan(self, rows: Sequence[Written]) -> list[Decision]:
        """Decide on the next rows."""
        useful = [row for row in rows if not (row.is_error or row.is_blank)]
        for row in useful:
            self._check_reach(row)
        self._note_owners(useful)
        self._follow_merges(useful)
        found = self._candidates([row for row in useful if not row.is_error])
        ids = {one.person_id for some in found.values() for one in some}
        ids |= {self._stands_for(row) for row in useful if row.person_id}
        judged = judgements_on(self._evidence(row) for row in useful)
        ids |= {person for said in judged.values() for person, is_same in said.items() if is_same}
        known = self._load(ids)
        self.businesses.load([row.values for row in useful], ids)
        self.groups.load([row.values for row in useful], ids)
        return [self._decide(row, found.get(row.key, ()), known, judged) for row in rows]

    # what is there

    def _note_owners(self, rows: Sequence[Written]) -> None:
        """Know whom a row of an enterprise is about by the enterprise's own id."""
        if self.scope.kind != Kind.ENTERPRISES:
            return
        owners = known_owners((row.values for row in rows), self.scope.reach)
        for row, owner in zip(rows, owners, strict=True):
            row.person_id = row.person_id or owner

    def _follow_merges(self, rows: Sequence[Written]) -> None:
        ids = {row.values["id"] for row in rows if row.values.get("id")}
        keys = {row.person_id for row in rows if row.person_id}
        self._survivors = survivors_of(ids, keys, self.scope.reach)

    def _stands_for(self, row: Written) -> int:
        """Return who stands by now for the person whom the row is about."""
        return self._survivors.by_key.get(row.person_id or 0, row.person_id or 0)

    def _candidates(self, rows: Sequence[Written]) -> dict[RowKey, Sequence[Candidate]]:
        probes = [
            Probe(
                row=place,
                name=row.values.get("name", ""),
                nik=Nik(row.values["nik"]) if row.values.get("nik") else None,
                phone=row.values.get("phone", ""),
                born_on=self._traits(row).born_on,
                area_key=home_of(row.values, self.scope.area_key),
                public_id=row.values.get("id", ""),
            )
            for place, row in enumerate(rows)
            if row.values.get("name") or row.values.get("id")
        ]
        found = candidates(probes, city_key=self.scope.city_key, reach=self.scope.reach)
        return {rows[place].key: some for place, some in found.items()}

    def _load(self, ids: set[int]) -> dict[int, Subject]:
        known = known_people(ids, self.scope.reach)
        if not self.scope.class_id:
            return known
        seats = Registration.objects.filter(training_class=self.scope.class_id)
        # The seat of an entry that is one with another is that person's seat.
        seats = seats.filter(Q(person__in=known) | Q(person__survivor__in=known))
        by_seat = {
            seat: survivor if survivor in known else person
            for seat, person, survivor in seats.values_list(
                "pk", "person_id", "person__survivor_id"
            )
        }
        for seat, person in by_seat.items():
            known[person].registration_id, known[person].is_registered = seat, True
        attended = Attendance.objects.filter(registration__in=by_seat)
        for seat, number in attended.values_list("registration_id", "session__number"):
            known[by_seat[seat]].days.add(number)
        return known

    def _traits(self, row: Written) -> Traits:
        traits = row.told(self.scope.area_key)[1]
        survivor = self._survivors.by_id.get(traits.public_id)
        return replace(traits, public_id=survivor) if survivor else traits

    def _evidence(self, row: Written) -> str:
        return evidence_of(self._traits(row), self.scope.area_key)

    # one row

    def _decide(
        self,
        row: Written,
        found: Iterable[Candidate],
        known: Mapping[int, Subject],
        judged: Mapping[str, Mapping[int, bool]],
    ) -> Decision:
        if row.is_blank or row.is_error:
            return Decision(row, Verdict.ERROR if row.is_error else Verdict.BLANK)
        if not (row.values.get("name") or row.values.get("id")):
            return self._without_person(row)
        options = self._options(row, found, known, judged)
        chosen = self._named(row, known) or options.chosen()
        if chosen:
            return self._joined(row, *chosen)
        if options.sure or options.possible:
            return self._parked_for(row, [*options.sure, *options.possible])
        decision = self._made(row)
        decision.apart = options.apart
        return decision

    def _options(
        self,
        row: Written,
        found: Iterable[Candidate],
        known: Mapping[int, Subject],
        judged: Mapping[str, Mapping[int, bool]],
    ) -> Options:
        options = Options()
        traits = self._traits(row)
        said = judged.get(self._evidence(row), {})
        for one in found:
            # Whoever an earlier row changed is compared below, as that row left them.
            if one.person_id in known and not self.roster.of_person(one.person_id):
                is_same = said.get(one.person_id)
                evidence = one.evidence
                options.weigh(
                    known[one.person_id], evidence.strength, evidence.reasons, is_same=is_same
                )
        for subject in self.roster.near(traits):
            evidence = compare(traits, subject.traits)
            is_same = said.get(subject.person_id or 0)
            options.weigh(subject, evidence.strength, evidence.reasons, is_same=is_same)
        self._add_judged(options, said, known)
        return options

    def _add_judged(self, options: Options, said: Said, known: Mapping[int, Subject]) -> None:
        """Take in whom an officer named, though the register tells otherwise of them by now."""
        for person in (key for key, is_same in said.items() if is_same):
            subject = self.roster.of_person(person) or known.get(person)
            if subject and not options.holds(subject):
                options.add(subject, Strength.SURE, ())

    def _named(
        self, row: Written, known: Mapping[int, Subject]
    ) -> tuple[Subject, Sequence[str]] | None:
        """Return whom an earlier run of this import made from the row, if they are still there."""
        if not row.person_id:
            return None
        person = self._stands_for(row)
        subject = self.roster.of_person(person) or known.get(person)
        return (subject, ()) if subject else None

    def settle(self, row: Written, person_id: int | None) -> Decision:
        """Decide on a parked row as somebody said: this person, or nobody who is there."""
        known = {person_id} if person_id else set()
        self.businesses.load([row.values], known)
        self.groups.load([row.values], known)
        self.businesses.is_settled = True
        if person_id:
            return self._joined(row, self._load({person_id})[person_id], ())
        return self._made(row) if row.values.get("name") else self._without_person(row)

    def _joined(self, row: Written, subject: Subject, reasons: Sequence[str]) -> Decision:
        """Return what the row adds to somebody who is there."""
        self._compare_masked(row, subject)
        changes = news(
            subject,
            row.values,
            self.scope.kind,
            by_id=Reason.SAME_ID in reasons,
            fallback=self.scope.area_key,
        )
        business = self.businesses.plan(row.key, row.values, subject, self.scope.kind)
        if business and business.is_foreign:
            self._tell(
                row,
                _("The enterprise stands under another owner; its owners stay as they are."),
                _("Open the enterprise and pass it on, if that is what happened."),
                Severity.WARNING,
            )
        decision = Decision(row, Verdict.UNCHANGED, subject, changes=changes, business=business)
        self._attend(decision, subject)
        decision.joins = self.groups.join(row.values, subject)
        if changes:
            subject.take(changes)
        adds = decision.registers or decision.days or decision.joins
        if changes or adds or (business and business.acts):
            decision.verdict = Verdict.UPDATE
        if self.scope.kind == Kind.ENTERPRISES and business:
            is_more = bool(changes or decision.joins)
            decision.verdict = _louder(business.verdict) if is_more else business.verdict
        self.roster.add(subject)
        return decision

    def _made(self, row: Written) -> Decision:
        """Return the making of a person, unless only an id was given and it is unknown."""
        if row.values.pop("id", ""):
            row.identity = None
            self._tell(
                row,
                _("Nobody in your areas of duty has this Jembol ID; the row goes on without it."),
                _("Copy the ID from a list of this register, or leave the cell empty."),
                Severity.WARNING,
            )
        if not row.values.get("name"):
            return self._refused(row, _("The name is missing."), _("Write the name."))
        facts, traits = row.told(self.scope.area_key)
        subject = Subject(None, row.key, facts, traits)
        business = self.businesses.plan(row.key, row.values, subject, self.scope.kind)
        decision = Decision(row, Verdict.CREATE, subject, is_new=True, business=business)
        if self.scope.kind == Kind.ENTERPRISES and business:
            decision.verdict = business.verdict
        self._attend(decision, subject)
        decision.joins = self.groups.join(row.values, subject)
        self.roster.add(subject)
        return decision

    def _without_person(self, row: Written) -> Decision:
        """Return what a row about an enterprise does that names no owner."""
        business = self.businesses.plan(row.key, row.values, None, self.scope.kind)
        if business is None:
            return self._refused(row, _("The name is missing."), _("Write the name."))
        if business.is_open:
            return self._parked_for(row, [], business)
        return Decision(row, business.verdict, business=business)

    def _parked_for(
        self,
        row: Written,
        options: Sequence[tuple[Subject, Sequence[str]]],
        business: BusinessPlan | None = None,
    ) -> Decision:
        named = [_candidate(subject, reasons) for subject, reasons in options]
        named += [{"enterprise": one.enterprise_id} for one in _rivals(business)]
        self.remember_parked(row)
        return Decision(row, Verdict.DUPLICATE, candidates=named)

    def _note_parked(self, row: Written) -> None:
        facts, traits = row.told(self.scope.area_key)
        subject = Subject(None, row.key, facts, traits, is_parked=True)
        self.roster.add(subject)

    def _attend(self, decision: Decision, subject: Subject) -> None:
        if self.scope.kind != Kind.ATTENDANCE:
            return
        decision.registers = not subject.is_registered
        subject.is_registered = True
        told = decision.row.values.get("days")
        every = range(1, self.scope.days + 1) if self.scope.listed_is_present else ()
        present = {day for day in (every if told is None else told) if day <= self.scope.days}
        decision.days = sorted(present - subject.days)
        subject.days |= present

    # what keeps a row out

    def _check_reach(self, row: Written) -> None:
        places = (deepest_area(row.values, self.scope.area_key), home_of(row.values, 0))
        for key in places:
            if key and not self.scope.reach.covers(key):
                self._refused(
                    row,
                    _("%(code)s lies outside your areas of duty.") % {"code": AreaCode(key).code},
                    _("Leave the row to the officer on duty there, or ask for that area."),
                )
                return

    def _refused(self, row: Written, what: str, remedy: str) -> Decision:
        self._tell(row, what, remedy, Severity.ERROR)
        row.is_error = True
        return Decision(row, Verdict.ERROR)

    def _compare_masked(self, row: Written, subject: Subject) -> None:
        masked = row.values.get("nik_mask")
        if masked and masked != subject.facts["nik_masked"]:
            self._tell(
                row,
                _("The hidden NIK is not that of the person; it is left out."),
                _("Write the whole NIK, or leave the cell empty."),
                Severity.WARNING,
            )

    def _tell(self, row: Written, what: str, remedy: str, severity: Severity) -> None:
        row.problems.append(Problem("", "", "", what, remedy, severity.value))


def _candidate(subject: Subject, reasons: Sequence[str]) -> dict[str, Any]:
    told = [str(reason) for reason in reasons]
    if subject.person_id:
        return {"person": subject.person_id, "reasons": told}
    return {"row": list(subject.row or ()), "reasons": told}


def _louder(verdict: Verdict) -> Verdict:
    return Verdict.UPDATE if verdict == Verdict.UNCHANGED else verdict


def _rivals(business: BusinessPlan | None) -> Sequence[Business]:
    return business.rivals if business else ()
