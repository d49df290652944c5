"""Takes back what the rows of an import did, as far as nobody has built on it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.intake.choices import RowState
from jembol.intake.models import Import, ImportRow
from jembol.intake.sealed import BEFORE, of_row, open_json
from jembol.journal.by import By
from jembol.kit.nik import Kk, Nik
from jembol.kit.refusal import Refusal
from jembol.places.models import Area
from jembol.registry.actions import (
    PersonEdit,
    change_enterprise,
    change_many,
    remove_enterprise,
    remove_many,
    remove_memberships,
    withdraw_reports,
)
from jembol.registry.models import Enterprise, Person
from jembol.registry.queries.identity import why_it_stays
from jembol.training.actions import hold, remove_registrations, strike_many
from jembol.training.models import Attendance

STORED = (RowState.DONE, RowState.SETTLED)


def next_rows(batch: Import, count: int) -> list[ImportRow]:
    """Return rows from the end of the file, with all rows about the same people and enterprises.

    Several rows may have changed one person; only together can they be taken back.
    """
    stored = batch.rows.filter(state__in=STORED)
    last = list(stored.order_by("-table", "-number")[:count])
    people = {row.person_id for row in last if row.person_id}
    enterprises = {row.enterprise_id for row in last if row.enterprise_id}
    same = stored.filter(Q(person__in=people) | Q(enterprise__in=enterprises))
    rows = {row.pk: row for row in [*last, *same.order_by("pk")]}
    return sorted(rows.values(), key=lambda row: (row.table, row.number))


def take_back(batch: Import, rows: Sequence[ImportRow], by: By) -> None:
    """Take back what these rows did and note in each what had to stay; the caller saves them.

    Raises:
        OutOfReach: a row lies outside the actor's duty.
    """
    work = _Work(batch, rows, by)
    work.strike_attendance()
    work.remove_registrations()
    work.withdraw_reports()
    work.leave_groups()
    work.take_back_enterprises()
    work.restore_people()
    work.remove_people()
    work.note()


class _Work:
    """The undoing of one chunk."""

    def __init__(self, batch: Import, rows: Sequence[ImportRow], by: By) -> None:
        self.batch = batch
        self.rows = rows
        self.by = by
        self.why = _("Import %(number)d is undone.") % {"number": batch.pk}
        self.left: dict[int, list[str]] = defaultdict(list)
        self.done: dict[int, dict[str, Any]] = {
            row.pk: open_json(
                row.before_sealed, of_row(BEFORE, row.batch_id, row.table, row.number)
            )
            for row in rows
            if row.before_sealed
        }
        if batch.training_class:
            hold(batch.training_class)

    def told(self, row: ImportRow) -> dict[str, Any]:
        """Return what the row did."""
        return self.done.get(row.pk, {"made": [], "person": {}, "business": {}, "days": []})

    def leave(self, rows: Iterable[ImportRow], why: str) -> None:
        """Note that something of these rows has to stay."""
        for row in rows:
            self.left[row.pk].append(why)

    def strike_attendance(self) -> None:
        """Remove the attendances that the rows brought."""
        training_class = self.batch.training_class
        if training_class is None:
            return
        sessions = dict(training_class.sessions.values_list("number", "pk"))
        present = [
            (sessions[day], row.registration_id)
            for row in self.rows
            if row.registration_id
            for day in self.told(row)["days"]
            if day in sessions
        ]
        if present:
            strike_many(training_class=training_class, present=present, by=self.by, why=self.why)

    def remove_registrations(self) -> None:
        """Remove the seats that the rows brought, unless the people came on other days."""
        made = {
            row.registration_id: row
            for row in self.rows
            if row.registration_id and "registration" in self.told(row)["made"]
        }
        came = Attendance.objects.filter(registration__in=made).values_list("registration_id")
        used = {seat for (seat,) in came}
        self.leave(
            [made[seat] for seat in used],
            _("The person was noted as present since, so the registration stays."),
        )
        free = [seat for seat in made if seat not in used]
        if free:
            remove_registrations(registrations=free, by=self.by, why=self.why)

    def withdraw_reports(self) -> None:
        """Take out the figures that the rows told; what others told stays."""
        reports = self._traced("report")
        if reports:
            withdraw_reports(reports, by=self.by, why=self.why)

    def leave_groups(self) -> None:
        """Take the people out of the groups into which the rows brought them."""
        memberships = self._traced("membership")
        if memberships:
            remove_memberships(memberships, by=self.by, why=self.why)

    def _traced(self, what: str) -> list[int]:
        return [key for row in self.rows if (key := self.told(row).get(what))]

    def take_back_enterprises(self) -> None:
        """Remove or restore the enterprises that the rows made or changed."""
        by_enterprise = _grouped(self.rows, "enterprise_id")
        known = Enterprise.objects.in_bulk(list(by_enterprise))
        for key, rows in by_enterprise.items():
            acting = [row for row in rows if self._acted_on_business(row)]
            if acting and key in known:
                self._take_back_enterprise(known[key], acting)

    def _acted_on_business(self, row: ImportRow) -> bool:
        told = self.told(row)
        return "enterprise" in told["made"] or bool(told["business"])

    def _take_back_enterprise(self, enterprise: Enterprise, rows: Sequence[ImportRow]) -> None:
        newest = max(self.told(row)["business_version"] for row in rows)
        if enterprise.version != newest:
            self.leave(rows, _("The enterprise was changed since, so it stays as it is."))
            return
        try:
            if any("enterprise" in self.told(row)["made"] for row in rows):
                remove_enterprise(enterprise=enterprise, by=self.by, why=self.why)
            else:
                before = self._merged(rows, "business")
                change_enterprise(
                    enterprise=enterprise, changes=_values(before), by=self.by, why=self.why
                )
        except Refusal as refusal:
            self.leave(rows, refusal.message)

    def _merged(self, rows: Sequence[ImportRow], what: str) -> dict[str, Any]:
        """Return the values before the first of the rows; earlier rows win."""
        before: dict[str, Any] = {}
        for row in reversed(rows):
            before |= self.told(row)[what]
        return before

    def restore_people(self) -> None:
        """Put back what rows changed of people who were there before."""
        edits = []
        for key, rows in self._people().items():
            if any("person" in self.told(row)["made"] for row in rows):
                continue
            changing = [row for row in rows if self.told(row)["person"]]
            if changing and self._is_untouched(key, changing):
                before = _values(self._merged(changing, "person"))
                edits.append(PersonEdit(self.known[key], before))
        if edits:
            change_many(edits, by=self.by, why=self.why)

    def remove_people(self) -> None:
        """Remove the people whom rows made, unless somebody has built on them."""
        free: dict[int, Sequence[ImportRow]] = {}
        for key, rows in self._people().items():
            made = [row for row in rows if "person" in self.told(row)["made"]]
            if made and self._is_untouched(key, rows):
                free[key] = made
        if not free:
            return
        for person in remove_many([self.known[key] for key in free], by=self.by, why=self.why):
            self.leave(free[person.pk], why_it_stays(person))

    def _people(self) -> Mapping[int, Sequence[ImportRow]]:
        grouped = _grouped(self.rows, "person_id")
        self.known = Person.objects.in_bulk(list(grouped))
        return {key: rows for key, rows in grouped.items() if key in self.known}

    def _is_untouched(self, key: int, rows: Sequence[ImportRow]) -> bool:
        """Whether the person is as the rows left them; what others changed is not undone."""
        newest = max(self.told(row).get("version", 0) for row in rows)
        if self.known[key].version == newest:
            return True
        self.leave(rows, _("The person was changed since, so the details stay as they are."))
        return False

    def note(self) -> None:
        """Put into each row whether all of it could be undone."""
        for row in self.rows:
            why = " ".join(dict.fromkeys(self.left.get(row.pk, ())))
            row.state = RowState.LEFT if why else RowState.UNDONE
            row.left_because = why[:300]
        self._forget_removed()

    def _forget_removed(self) -> None:
        """Drop the keys of rows that are gone, which the database has dropped already."""
        people = set(Person.objects.filter(pk__in=_keys(self.rows, "person_id")).values_list("pk"))
        fresh = {
            row.pk: row for row in self.batch.rows.filter(pk__in=[one.pk for one in self.rows])
        }
        for row in self.rows:
            row.person_id = row.person_id if (row.person_id,) in people else None
            row.enterprise_id = fresh[row.pk].enterprise_id
            row.registration_id = fresh[row.pk].registration_id


def _grouped(rows: Iterable[ImportRow], name: str) -> dict[int, list[ImportRow]]:
    grouped: dict[int, list[ImportRow]] = defaultdict(list)
    for row in rows:
        if key := getattr(row, name):
            grouped[key].append(row)
    return grouped


def _keys(rows: Iterable[ImportRow], name: str) -> list[int]:
    return [key for row in rows if (key := getattr(row, name))]


def _values(before: Mapping[str, Any]) -> dict[str, object]:
    """Return stored JSON as the values that actions take."""
    found: dict[str, object] = dict(before)
    for name in ("born_on", "started_on"):
        if found.get(name):
            found[name] = date.fromisoformat(str(found[name]))
    if "area" in found:
        found["area"] = Area.objects.get(pk=int(before["area"]))
    if "nik" in found:
        found["nik"] = Nik(str(found["nik"])) if found["nik"] else None
    if "kk" in found:
        found["kk"] = Kk(str(found["kk"])) if found["kk"] else None
    return found
