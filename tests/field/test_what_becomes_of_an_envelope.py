"""Known, in conflict, held, set aside, refused: each one alone, and nothing is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction

from city import by, system
from jembol.accounts import actions as accounts
from jembol.accounts.models import Officer
from jembol.journal.models import Fact
from jembol.kit.ids import new_ulid
from jembol.outbox.models import Job
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.sync import actions, kinds
from jembol.sync.errors import NotSetAside, Wait
from jembol.sync.kinds import KINDS, envelope_kind, kind_of
from jembol.sync.models import Conflict, Envelope
from jembol.training.models import Scan


@pytest.fixture
def notes(monkeypatch):
    """A kind that keeps the order of its device, and what it was told, in order."""
    kind_of("training.scan")
    told = []
    monkeypatch.setattr(kinds, "KINDS", dict(KINDS))

    @envelope_kind("test.note", place=lambda _body: 0, is_ordered=True)
    def note(arrived, *, by):
        told.append(arrived.body["text"])
        if arrived.body.get("needs") and not arrived.is_late:
            raise Wait(arrived.body["needs"])
        if arrived.body.get("breaks"):
            raise ZeroDivisionError
        if arrived.body.get("constraint"):
            raise IntegrityError("a constraint of its own")
        return {"heard": arrived.body["text"]}

    return told


def states(receipt):
    return [answer.state for answer in receipt.answers]


def test_what_is_sent_again_is_answered_as_before(door):
    phone = door.phone()
    phone.scan(door.each, door.codes[0])
    (first,) = door.receive(phone).answers
    door.wait(days=400)

    (again,) = door.receive(phone).answers

    assert (first.state, again.state, again.was) == ("accepted", "known", "accepted")
    assert (again.result, again.code, again.words) == (first.result, first.code, first.words)
    assert Scan.objects.count() == 1


def test_the_same_id_twice_in_one_parcel_acts_once(door):
    phone = door.phone()
    envelope = phone.scan(door.each, door.codes[0])

    assert states(door.receive(phone, envelope, envelope)) == ["accepted", "known"]


def test_other_content_under_one_id_is_kept_beside_the_first_once(door):
    phone = door.phone()
    envelope = phone.scan(door.each, door.codes[0])
    door.receive(phone)
    envelope["body"] = {**envelope["body"], "code": door.codes[1]}

    assert states(door.receive(phone)) == ["conflict"]
    assert states(door.receive(phone)) == ["conflict"]
    assert Conflict.objects.get().body["code"] == door.codes[1]
    assert Scan.objects.count() == 1
    assert Fact.objects.filter(event="sync.conflict.kept").count() == 1


def test_the_database_itself_takes_an_id_once(door):
    phone = door.phone()
    phone.scan(door.each, door.codes[0])
    door.receive(phone)
    kept = Envelope.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_one_poisoned_record_is_set_aside_alone(door, notes, monkeypatch):
    phone = door.phone()
    for more in ({}, {"breaks": True}, {"constraint": True}, {}):
        phone.write("test.note", {"text": "x", **more})
    phone.scan(door.each, door.codes[0])

    receipt = door.receive(phone)

    assert states(receipt) == ["accepted", "parked", "parked", "accepted", "accepted"]
    assert Fact.objects.filter(event="sync.envelope.parked").count() == 2


def test_a_fault_of_the_database_stores_nothing_and_the_phone_keeps_all(door, notes, monkeypatch):
    phone = door.phone()
    phone.write("test.note", {"text": "x"})

    def busy(arrived, *, by):
        raise OperationalError("database is locked")

    given = kind_of("test.note")
    monkeypatch.setitem(
        kinds.KINDS, "test.note", kinds.EnvelopeKind(name=given.name, act=busy, place=given.place)
    )

    with pytest.raises(OperationalError):
        door.receive(phone)
    assert Envelope.objects.count() == 0


def test_a_kind_that_is_not_known_yet_is_kept_until_it_is(door, notes):
    phone = door.phone()
    phone.write("market.price", {"text": "x"})

    (answer,) = door.receive(phone).answers

    assert (answer.state, answer.code) == ("parked", "unknown-kind")


def test_a_refusal_is_an_answer_for_ever(door):
    phone = door.phone()
    phone.scan(door.each, door.codes[0], way="sideways")
    phone.scan(door.each, door.codes[0], **{"class": "A000000000"})

    first, again = door.receive(phone).answers, door.receive(phone).answers

    assert [one.code for one in first] == ["scan-unreadable", "no-such-class"]
    assert [(one.state, one.was) for one in again] == [("known", "refused")] * 2
    assert [one.words for one in again] == [one.words for one in first]


def test_an_envelope_with_missing_parts_is_kept_and_answered(door):
    phone = door.phone()
    letter = {"id": new_ulid(door.now), "kind": "training.scan", "body": "no object"}

    receipt = door.receive(phone, letter, {"id": "x"}, "nonsense")

    assert [one.code for one in receipt.answers] == ["unreadable-envelope", "bad-id", "bad-id"]
    assert Envelope.objects.get().body == {"as_sent": "no object"}


# --- order ----------------------------------------------------------------------------------


def test_what_overtakes_waits_for_the_gap_to_close_and_acts_in_order(door, notes):
    phone = door.phone()
    queue = [phone.write("test.note", {"text": f"{number}"}) for number in range(1, 5)]

    late = states(door.receive(phone, queue[3], queue[1]))
    first = states(door.receive(phone, queue[0]))
    third = states(door.receive(phone, queue[2]))

    assert (late, first, third) == (["held", "held"], ["accepted"], ["accepted"])
    assert notes == ["1", "2", "3", "4"]
    assert states(door.receive(phone, queue[3])) == ["known"]


def test_an_undo_that_overtakes_its_scan_waits_for_it(door):
    phone = door.phone()
    scan = phone.scan(door.each, door.codes[0])
    undo = phone.undo(door.each, scan)

    assert states(door.receive(phone, undo)) == ["held"]
    assert states(door.receive(phone, scan)) == ["accepted"]
    assert door.came() == []
    assert [one.state for one in door.receive(phone).answers] == ["known", "known"]


def test_who_waits_for_too_long_acts_without_it_or_is_set_aside(door, notes):
    phone = door.phone()
    phone.write("test.note", {"text": "1"})
    overtaken = phone.write("test.note", {"text": "2"})
    lonely = phone.undo(door.each, {"id": new_ulid(door.now)})
    door.receive(phone, overtaken, lonely)
    door.wait(hours=71)

    actions.release_due(by=system(door.now))
    before = set(Envelope.objects.values_list("state", flat=True))
    door.wait(hours=2)
    actions.release_due(by=system(door.now))

    assert before == {"held"}
    assert Envelope.objects.get(pk=overtaken["id"]).state == "accepted"
    lonely = Envelope.objects.get(pk=lonely["id"])
    assert (lonely.state, lonely.code) == ("parked", "never-came")


def test_the_worker_looks_by_itself(door):
    discover()
    phone = door.phone()
    phone.undo(door.each, {"id": new_ulid(door.now)})
    door.receive(phone)
    door.wait(hours=73)

    done = Worker("tests", clock=lambda: door.now, lease=timedelta(hours=1)).run_once()

    assert (done.kind, done.state, done.result) == ("sync.release", "done", 1)
    assert Job.objects.count() == 1


# --- quarantine ---------------------------------------------------------------------------------


def test_what_a_deactivated_officer_wrote_is_kept_apart_and_let_in_by_a_supervisor(door):
    leaver = Officer.objects.get(username="lapangan.dinoyo")
    phone = door.phone()
    envelope = phone.scan(door.each, door.codes[0])
    envelope["officer"] = leaver.pk
    accounts.deactivate(officer=leaver, by=system(door.now), why="pindah")

    receipt = door.receive(phone, inactive={leaver.pk})
    again = door.receive(phone)
    kept = Envelope.objects.get()

    assert states(receipt) == states(again) == ["quarantined"]
    assert door.came() == []
    assert Fact.objects.filter(event="sync.envelope.quarantined").count() == 1

    actor = by(door.officer, "training.change", at=door.now)
    actions.let_in(envelope=kept, by=actor)

    assert door.came() == [(door.seats[0].pk, 1)]
    assert Envelope.objects.get().officer_id == leaver.pk
    assert states(door.receive(phone)) == ["known"]
    with pytest.raises(NotSetAside):
        actions.let_in(envelope=kept, by=actor)


def test_a_record_set_aside_after_a_fault_is_let_in_when_the_fault_is_mended(door, notes):
    phone = door.phone()
    phone.write("test.note", {"text": "1", "breaks": True})
    door.receive(phone)
    kept = Envelope.objects.get()
    Envelope.objects.filter(pk=kept.pk).update(body={"text": "1"})

    found = actions.let_in(envelope=kept, by=system(door.now))

    assert (found.state, found.result) == ("accepted", {"heard": "1"})


def test_the_body_of_a_sealed_kind_is_not_readable_in_the_database(door, monkeypatch):
    kind_of("training.scan")
    monkeypatch.setattr(kinds, "KINDS", dict(KINDS))
    heard = []

    @envelope_kind("test.secret", place=lambda _body: 0, is_sealed=True, is_ordered=True)
    def hear(arrived, *, by):
        heard.append(arrived.body["text"])
        return {}

    phone = door.phone()
    phone.write("test.secret", {"text": "rahasia"})
    phone.write("test.secret", {"text": "rahasia juga"})
    door.receive(phone, phone.queue[1])
    door.receive(phone, phone.queue[0])

    assert heard == ["rahasia", "rahasia juga"]
    assert set(Envelope.objects.values_list("body", flat=True)) == {None}
    assert all(b"rahasia" not in bytes(one.body_sealed) for one in Envelope.objects.all())
