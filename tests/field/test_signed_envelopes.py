"""What an officer's phone signed acts; what was changed, or signed by another, is kept apart."""

import json

import pytest

from city import by, system
from field.signing_phones import SigningPhone
from field.visiting import enrolment
from jembol.accounts.models import Officer
from jembol.field.reading import read_parcel
from jembol.journal.models import Fact
from jembol.kit.device_signature import is_public_key, is_signed_by
from jembol.kit.ids import new_ulid
from jembol.registry.models import Person
from jembol.sync import actions
from jembol.sync.actions import signature_holds
from jembol.sync.models import Conflict, DeviceKey, Envelope


@pytest.fixture
def phone(door):
    return phone_of(door, door.officer)


@pytest.fixture
def colleague():
    return Officer.objects.get(username="lapangan.dinoyo")


def phone_of(door, officer, label="HP"):
    return SigningPhone(label, lambda: door.now, officer=officer)


def told(receipt):
    return [(one.state, one.code) for one in receipt.answers]


def reading(parcel):
    return read_parcel(json.dumps(parcel).encode())


def changed(sent, before, after):
    """The same letter with other words in its signed text."""
    assert before in sent["signed"]
    return {**sent, "signed": sent["signed"].replace(before, after)}


APART = [("quarantined", "bad-signature")]


def test_what_the_phone_signed_acts_and_the_proof_is_kept(door, phone):
    envelope = phone.scan(door.each, door.codes[0])

    assert told(door.receive(phone)) == [("accepted", "")]

    kept = Envelope.objects.get()
    assert (kept.proof, kept.public_key) == ("good", phone.public)
    assert (kept.pk, kept.seq, kept.officer_id) == (envelope["id"], 1, door.officer.pk)
    assert signature_holds(kept)
    assert door.came() == [(door.seats[0].pk, 1)]


def test_what_an_older_app_sends_acts_unsigned(door):
    old = door.phone()
    old.scan(door.each, door.codes[0])

    assert told(door.receive(old)) == [("accepted", "")]

    kept = Envelope.objects.get()
    assert (kept.proof, kept.signature, kept.signed_sealed) == ("unsigned", "", None)
    assert not signature_holds(kept)
    assert not DeviceKey.objects.exists()


def test_one_phone_may_send_both(door, phone):
    signed = phone.sign(phone.scan(door.each, door.codes[0]))
    plain = phone.scan(door.each, door.codes[1])

    assert told(door.receive(phone, signed, plain)) == [("accepted", "")] * 2
    assert list(Envelope.objects.order_by("seq").values_list("proof", flat=True)) == [
        "good",
        "unsigned",
    ]


def test_a_text_that_was_changed_is_kept_apart_and_changes_nothing(door, phone):
    sent = phone.sign(phone.scan(door.each, door.codes[0]))
    forged = changed(sent, json.dumps(door.codes[0]), json.dumps(door.codes[1]))

    receipt = door.receive(phone, forged)

    assert told(receipt) == APART
    assert "signature" in receipt.answers[0].words
    assert door.came() == []
    kept = Envelope.objects.get()
    assert (kept.proof, kept.body["code"]) == ("bad", door.codes[1])
    assert not signature_holds(kept)
    assert Fact.objects.filter(event="sync.envelope.bad_signature").count() == 1


def test_the_signature_of_another_envelope_proves_nothing(door, phone):
    one = phone.sign(phone.scan(door.each, door.codes[0]))
    other = phone.sign(phone.scan(door.each, door.codes[1]))
    swapped = {**one, "signature": other["signature"]}

    assert told(door.receive(phone, swapped, other)) == [*APART, ("accepted", "")]
    assert door.came() == [(door.seats[1].pk, 1)]


def test_nothing_beside_the_signed_text_is_believed(door, phone):
    sent = phone.sign(phone.scan(door.each, door.codes[0]))
    beside = {"id": new_ulid(door.now), "seq": 77, "kind": "x", "body": {}, "officer": 1}

    receipt = door.receive(phone, {**sent, **beside})

    assert told(receipt) == [("accepted", "")]
    kept = Envelope.objects.get()
    assert (kept.pk, kept.seq, kept.officer_id) == (sent["id"], 1, door.officer.pk)
    assert signature_holds(kept)


def test_an_officer_does_not_sign_for_another(door, phone, colleague):
    forged = phone.sign({**phone.scan(door.each, door.codes[0]), "officer": colleague.pk})

    assert told(door.receive(phone, forged)) == APART
    assert door.came() == []


def test_a_key_is_taken_only_from_the_officer_whose_it_is(door, colleague):
    theirs = phone_of(door, colleague)
    theirs.scan(door.each, door.codes[0])

    # Somebody else is signed in: what the colleague wrote is not known to be theirs.
    assert told(door.receive(theirs)) == APART
    assert not DeviceKey.objects.exists()


def test_a_colleague_may_send_what_was_signed_with_a_key_that_is_known(door, colleague):
    theirs = phone_of(door, colleague)
    known = by(colleague, "training.attend", at=door.now, door="field")
    actions.receive(parcel=reading(theirs.parcel()), by=known)
    theirs.scan(door.each, door.codes[0])

    assert told(door.receive(theirs)) == [("accepted", "")]
    assert Envelope.objects.get().sender_id == door.officer.pk


def test_a_key_of_one_phone_proves_nothing_on_another(door, phone):
    door.receive(phone)
    other = phone_of(door, door.officer)
    sent = phone.sign(phone.scan(door.each, door.codes[0]))
    parcel = {**other.parcel(sent), "key": phone.public, "key_of": None}

    answers = actions.receive(
        parcel=reading(parcel), by=by(door.officer, "training.attend", at=door.now)
    )

    assert told(answers) == APART


def test_another_key_of_an_officer_on_a_phone_is_noted_in_the_journal(door, phone):
    old = phone.sign(phone.scan(door.each, door.codes[0]))
    door.receive(phone, old)
    phone.forget_key()
    phone.queue.clear()
    phone.scan(door.each, door.codes[1])

    assert told(door.receive(phone)) == [("accepted", "")]
    assert DeviceKey.objects.count() == 2
    events = Fact.objects.filter(event__startswith="sync.device.key_").order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "sync.device.key_taken",
        "sync.device.key_added",
    ]
    assert all(signature_holds(one) for one in Envelope.objects.all())


def test_a_first_sight_is_noted_once(door, phone):
    for _time in range(3):
        phone.scan(door.each, door.codes[0])
        door.receive(phone)

    assert DeviceKey.objects.count() == 1
    assert Fact.objects.filter(event="sync.device.key_taken").count() == 1


def test_what_is_sent_again_is_answered_as_before(door, phone):
    good = phone.sign(phone.scan(door.each, door.codes[0]))
    sent = phone.sign(phone.scan(door.each, door.codes[1]))
    bad = {**sent, "signature": good["signature"]}

    first, again = door.receive(phone, good, bad), door.receive(phone, good, bad)

    assert told(first) == [("accepted", ""), *APART]
    assert told(again) == [("known", ""), *APART]
    assert [one.words for one in again.answers] == [one.words for one in first.answers]
    assert Fact.objects.filter(event="sync.envelope.bad_signature").count() == 1


def test_a_bad_second_content_stays_beside_the_first_with_its_signature(door, phone):
    sent = phone.sign(phone.scan(door.each, door.codes[0]))
    door.receive(phone, sent)

    again = door.receive(phone, changed(sent, json.dumps(door.codes[0]), json.dumps("x")))

    assert told(again) == [("conflict", "conflict")]
    second = Conflict.objects.get()
    assert (second.proof, second.signature) == ("bad", sent["signature"])


@pytest.mark.parametrize("text", ["", "[]", "{", '{"id": NaN}', "\ud800"])
def test_a_signed_text_that_says_nothing_is_kept_as_it_came(door, phone, text):
    sent = {"id": new_ulid(door.now), "signed": text, "signature": "x" * 86}

    assert told(door.receive(phone, sent)) == APART
    assert told(door.receive(phone, sent)) == APART
    assert Envelope.objects.get().signed_sealed is not None


@pytest.mark.parametrize("more", [{"key": ""}, {"key": "AAAA"}, {"key": None}, {"key": "A" * 87}])
def test_a_parcel_without_a_key_proves_nothing(door, phone, more):
    phone.scan(door.each, door.codes[0])
    parcel = {**phone.parcel(), **more}
    actor = by(door.officer, "training.attend", at=door.now, door="field")

    assert told(actions.receive(parcel=reading(parcel), by=actor)) == APART


def test_somebody_lets_in_what_was_kept_apart(door, phone):
    sent = phone.sign(phone.scan(door.each, door.codes[0]))
    door.receive(phone, {**sent, "signature": ""})

    kept = actions.let_in(envelope=Envelope.objects.get(), by=system(door.now))

    assert (kept.state, kept.proof) == ("accepted", "bad")
    assert door.came() == [(door.seats[0].pk, 1)]


def test_the_signed_text_of_a_person_is_not_readable_in_the_database(door, phone):
    phone.write("registry.enrol", enrolment(door.areas.dinoyo, "Sulastri Rahasia"))

    assert told(door.receive(phone)) == [("accepted", "")]

    kept = Envelope.objects.get()
    assert Person.objects.filter(name="Sulastri Rahasia").count() == 1
    assert b"Rahasia" not in bytes(kept.signed_sealed)
    assert signature_holds(kept)


# --- years later ------------------------------------------------------------------------------


def flipped(content):
    return bytes([*content[:-1], content[-1] ^ 1])


def another_first(text):
    return ("B" if text[0] == "A" else "A") + text[1:]


CHANGES = {
    "the signed text": lambda row: {"signed_sealed": flipped(bytes(row.signed_sealed))},
    "the body": lambda row: {"body": {**row.body, "way": "out"}},
    "the writer": lambda row: {"officer_id": row.officer_id + 1},
    "the number": lambda row: {"seq": row.seq + 1},
    "the kind": lambda row: {"kind": "training.scam"},
    "the signature": lambda row: {"signature": another_first(row.signature)},
    "the key": lambda row: {"public_key": row.public_key[:-1] + "_"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_one_stored_byte_that_was_changed_is_told(door, phone, what):
    phone.scan(door.each, door.codes[0])
    door.receive(phone)
    door.wait(days=2000)
    kept = Envelope.objects.get()
    assert signature_holds(kept)

    Envelope.objects.filter(pk=kept.pk).update(**CHANGES[what](kept))

    assert not signature_holds(Envelope.objects.get())


def test_a_signature_holds_for_its_text_and_key_alone(door, phone):
    sent, other = phone.signed("Sri 😀", ""), phone_of(door, door.officer)

    assert is_signed_by(phone.public, "Sri 😀", sent["signature"])
    assert not is_signed_by(phone.public, "Sri", sent["signature"])
    assert not is_signed_by(other.public, "Sri 😀", sent["signature"])
    assert not is_signed_by(phone.public, "Sri 😀", sent["signature"][:-4])
    assert not any(map(is_public_key, ["", "é", "A" * 87, phone.public[:-2], f"{phone.public}AA"]))
