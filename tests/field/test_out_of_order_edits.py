"""Three phones and the office change the same people, and all of it arrives in any order.

At the end every field holds what the order of writing gives, or somebody is asked to decide; every
value that anybody ever typed can be found; nothing waits for what has come.
"""

import json
import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from city import by, system
from field.phones import Phone
from field.visiting import enrolment
from jembol.field.reading import read_parcel
from jembol.registry import actions as registry
from jembol.registry.errors import KnownDifferent
from jembol.registry.models import Person, PersonMerge, PersonVersion
from jembol.sync import actions
from jembol.sync.actions import merging
from jembol.sync.models import Edit, Envelope, Made
from jembol.sync.rules import Joined
from training.classroom import enrol

FIELDS = ("address", "birth_place")
VALUES = st.sampled_from(["A", "B", "C", ""])
EXAMPLES = int(os.environ.get("JEMBOL_EXAMPLES", "25"))
PHONES = st.integers(0, 2)


class Written:
    """One change as the test itself remembers it, apart from the code that it tests."""

    def __init__(self, at, was, new, phone):
        self.at, self.was, self.new, self.phone = at, was, new, phone


class Edits(RuleBasedStateMachine):
    door = None
    people = Bundle("people")
    merges = Bundle("merges")

    @initialize(target=people)
    def begin(self):
        self.hold = transaction.atomic()
        self.hold.__enter__()
        self.now = self.door.now
        self.phones = [Phone(name, lambda: self.now) for name in "ABC"]
        self.views = [{}, {}, {}]
        self.log = {}
        self.undelivered = []
        self.count = 0
        name = self._enrolled()
        for number in range(3):
            self.fetched(number)
        return name

    # --- who does what -----------------------------------------------------------------------

    @rule(target=people)
    def enrolled_at_the_office(self):
        if self.count > 2:
            return multiple()
        return self._enrolled()

    def _enrolled(self):
        self._tick()
        self.count += 1
        (person,) = enrol(self.door.areas.dinoyo, prefix=f"Kantor{self.count}", by=system(self.now))
        name = f"office {self.count}"
        self.log[name] = {field: ("", []) for field in FIELDS}
        self.log[name]["key"] = person.pk
        return name

    @rule(target=people, number=PHONES, address=VALUES)
    def enrolled_on_a_phone(self, number, address):
        if self.count > 2:
            return multiple()
        self._tick()
        self.count += 1
        body = enrolment(self.door.areas.dinoyo, f"Lapangan{self.count}", address=address)
        envelope = self._written(number, "registry.enrol", body)
        name = envelope["id"]
        self.log[name] = {"address": (address, []), "birth_place": ("", []), "key": None}
        self.views[number][name] = ({"address": address, "birth_place": ""}, None)
        return name

    @rule(number=PHONES, name=people, field=st.sampled_from(FIELDS), new=VALUES)
    def changed_on_a_phone(self, number, name, field, new):
        if name not in self.views[number]:
            return
        self._tick()
        values, seen = self.views[number][name]
        was = values[field]
        if was == new:
            return
        key = self.log[name]["key"]
        ref = {"key": key} if key else {"made_by": name}
        body = {
            "of": "person", "ref": ref, "seen": seen, "was": {field: was}, "changes": {field: new},
        }  # fmt: skip
        self._written(number, "registry.change", body)
        values[field] = new
        self.log[name][field][1].append(Written(self.now, was, new, number))

    @rule(name=people, field=st.sampled_from(FIELDS), new=VALUES)
    def changed_at_the_office(self, name, field, new):
        person = self._person(name)
        if person is None or getattr(person, field) == new:
            return
        self._tick()
        was = getattr(person, field)
        registry.change(person=person, changes={field: new}, by=system(self.now))
        self.log[name][field][1].append(Written(self.now, was, new, None))

    @rule(target=merges, one=people, other=people)
    def merged(self, one, other):
        first, second = self._person(one), self._person(other)
        if first is None or second is None or first.pk == second.pk:
            return multiple()
        if first.survivor_id or second.survivor_id:
            return multiple()
        self._tick()
        try:
            made = registry.merge(survivor=first, absorbed=second, take=(), by=system(self.now))
        except KnownDifferent:  # They were unmerged before.
            return multiple()
        return made.pk

    @rule(made=consumes(merges))
    def unmerged(self, made):
        self._tick()
        merge = PersonMerge.objects.get(pk=made)
        if merge.undone_at is None:
            registry.unmerge(merge=merge, by=system(self.now), why="keliru")

    # --- what travels --------------------------------------------------------------------------

    @rule(number=PHONES)
    def fetched(self, number):
        """A phone fetches the area; what it has written and not sent stays on top."""
        self._tick()
        waiting = [one for one in self.undelivered if one[0] == number]
        for name in self.log:
            person = self._person(name)
            if person is None:
                continue
            unsent = [one for one in waiting if self._names(one[1], name)]
            if not unsent:
                values = {field: getattr(person, field) for field in FIELDS}
                self.views[number][name] = (values, person.version)

    @rule(data=st.data())
    def delivered(self, data):
        """Some of what waits arrives, in any order, and some of it twice."""
        if not self.undelivered:
            return
        self._tick()
        some = data.draw(st.lists(st.sampled_from(self.undelivered), min_size=1, max_size=4))
        for one in some:
            self._send(one)
        self.undelivered = [one for one in self.undelivered if one not in some]

    def teardown(self):
        if not hasattr(self, "hold"):
            return
        try:
            for one in list(self.undelivered):
                self._tick()
                self._send(one)
            self._check()
        finally:
            transaction.set_rollback(True)
            self.hold.__exit__(None, None, None)

    # --- what must hold --------------------------------------------------------------------------

    def _check(self):
        assert not Envelope.objects.exclude(state="accepted").exists(), [
            (one.kind, one.state, one.code, one.words)
            for one in Envelope.objects.exclude(state="accepted")
        ]
        for name, told in self.log.items():
            person = self._person(name)
            for field in FIELDS:
                base, written = told[field]
                self._check_field(person, field, base, sorted(written, key=lambda one: one.at))

    def _check_field(self, person, field, base, written):
        edits = Edit.objects.filter(about_kind="registry.person", about_key=person.pk, field=field)
        now = getattr(person, field)
        versions = PersonVersion.objects.filter(record_id=person.pk).values_list(
            "values", flat=True
        )
        found = {now, *(one[field] for one in versions), *edits.values_list("new", flat=True)}
        assert {one.new for one in written} <= found, "a value that was typed is lost"
        if edits.apart().exists():
            return
        value = base
        for one in written:
            assert value in {one.was, one.new}, "two differ, and nobody is asked"
            value = one.new
        assert now == value, "the order of arrival shows"

    def _person(self, name):
        key = self.log[name]["key"]
        if key is None:
            key = Made.objects.filter(envelope=name).values_list("key", flat=True).first()
            self.log[name]["key"] = key
        return Person.objects.filter(pk=key).first() if key else None

    def _names(self, envelope, name):
        ref = envelope["body"].get("ref", {})
        key = self.log[name]["key"]
        return ref.get("made_by") == name or (key is not None and ref.get("key") == key)

    def _written(self, number, kind, body):
        envelope = self.phones[number].write(kind, body)
        self.undelivered.append((number, envelope))
        return envelope

    def _send(self, one):
        number, envelope = one
        parcel = read_parcel(json.dumps(self.phones[number].parcel(envelope)).encode())
        actor = by(self.door.officer, "training.attend", at=self.now, door="field")
        actions.receive(parcel=parcel, by=actor)

    def _tick(self):
        self.now += timedelta(seconds=7)


def run(door, examples=EXAMPLES):
    Edits.door = door
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_field_ends_as_it_was_written_or_asks_somebody(door):
    run(door)


def test_the_machine_sees_it_when_the_order_of_arrival_decides(door, monkeypatch):
    def as_it_comes(_base, _standing, waiting):
        return Joined(waiting[-1].new, waiting)

    monkeypatch.setattr(merging, "joined", as_it_comes)

    with pytest.raises(AssertionError, match=r"nobody is asked|order of arrival"):
        run(door, 8 * EXAMPLES)


def test_the_machine_sees_it_when_a_value_is_lost(door, monkeypatch):
    def forgetting(fit, fresh, standing, version):
        fresh.new = fresh.was
        keep(fit, fresh, standing, version)

    keep = merging._keep
    monkeypatch.setattr(merging, "_keep", forgetting)

    # Whichever it meets first: the value is gone, or what is left of it does not fit.
    with pytest.raises(AssertionError, match=r"is lost|nobody is asked"):
        run(door, 8 * EXAMPLES)
