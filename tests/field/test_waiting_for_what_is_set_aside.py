"""What waits for a record that is set aside goes on waiting, and is never refused unheard."""

import pytest

from city import by, system
from field.visiting import enrolment, visit
from jembol.journal.by import By
from jembol.kit.ids import new_ulid
from jembol.outreach.models import Visit
from jembol.registry.envelopes import enrolling
from jembol.sync import actions
from jembol.sync.models import Envelope


def long_after(door):
    """The wait is over, and the worker looks."""
    door.wait(hours=73)
    actions.release_due(by=By.system("sync.release", at=door.now, door="field"))


def state(envelope):
    return Envelope.objects.get(pk=envelope["id"]).state


@pytest.fixture
def phone(door):
    return door.phone()


@pytest.fixture
def family(door, phone, monkeypatch):
    """An enrolment that a fault of the program set aside, and a visit that waits for it."""
    with monkeypatch.context() as patch:
        patch.setattr(enrolling, "_details", None)
        parent = phone.write("registry.enrol", enrolment(door.areas.dinoyo))
        child = phone.write(
            "outreach.visit", visit(door.areas.dinoyo, person={"made_by": parent["id"]})
        )
        door.receive(phone)
    assert (state(parent), state(child)) == ("parked", "held")
    return parent, child


def test_while_a_record_is_set_aside_what_waits_for_it_waits(door, family):
    parent, child = family

    long_after(door)

    assert state(child) == "held"
    actions.let_in(envelope=Envelope.objects.get(pk=parent["id"]), by=system(door.now))
    assert (state(parent), state(child)) == ("accepted", "accepted")
    assert Visit.objects.get().person.name == "Sulastri"


def test_when_a_record_is_kept_out_somebody_decides_what_waited(door, family):
    parent, child = family

    actions.keep_out(
        envelope=Envelope.objects.get(pk=parent["id"]), why="ganda", by=system(door.now)
    )

    assert state(child) == "parked"
    long_after(door)
    assert state(child) == "parked"


def test_what_waited_in_vain_is_set_aside_and_acts_when_the_other_comes_at_last(door, phone):
    lost = phone.write("registry.enrol", enrolment(door.areas.dinoyo))
    child = phone.write("outreach.visit", visit(door.areas.dinoyo, person={"made_by": lost["id"]}))
    door.receive(phone, child)

    long_after(door)

    kept = Envelope.objects.get(pk=child["id"])
    assert (kept.state, kept.code) == ("parked", "never-came")
    door.receive(phone, lost)
    assert state(child) == "accepted"


def test_letting_in_what_waits_in_vain_leaves_it_set_aside(door, phone):
    child = phone.write(
        "outreach.visit", visit(door.areas.dinoyo, person={"made_by": new_ulid(door.now)})
    )
    door.receive(phone)
    long_after(door)

    actor = by(door.officer, "outreach.visit", at=door.now)
    actions.let_in(envelope=Envelope.objects.get(pk=child["id"]), by=actor)

    assert state(child) == "parked"
