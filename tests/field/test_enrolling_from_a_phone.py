"""Somebody is enrolled on a phone without a signal; the server looks again whom it knows."""

from datetime import timedelta

import pytest

from city import system
from field.visiting import enrolment, visit
from jembol.accounts import actions as accounts
from jembol.accounts.models import Officer
from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.outreach.models import Need, Promise, Referral, Visit
from jembol.registry import actions as registry
from jembol.registry.details import PersonDetails
from jembol.registry.models import Consent, Enterprise, Person, PersonDoubt, PersonVerdict
from jembol.sync.kinds import Arrived
from jembol.sync.models import Edit, Envelope, Made
from training.classroom import enrol


@pytest.fixture
def phone(door):
    return door.phone("HP Dinoyo")


def sent(door, phone, kind, body):
    """Write one envelope, send the whole queue, and return its answer."""
    envelope = phone.write(kind, body)
    answers = {one.id: one for one in door.receive(phone).answers}
    return answers[envelope["id"]]


def test_a_name_and_a_place_are_enough(door, phone):
    answer = sent(door, phone, "registry.enrol", enrolment(door.areas.dinoyo))

    person = Person.objects.get(name="Sulastri")
    assert answer.state == "accepted", answer
    assert answer.result == {
        "person": person.pk, "public_id": person.public_id, "name": "Sulastri", "verdict": "new",
        "enterprise": None, "alike": [],
    }  # fmt: skip
    assert Made.objects.get().key == person.pk


def test_all_that_a_visit_can_tell_of_somebody_is_kept(door, phone):
    (mother,) = enrol(door.areas.dinoyo, prefix="Ibu", by=system(door.now))
    text = registry.publish_consent_text(
        purpose="programme", version=1, body="Boleh didata?", on=door.now.date(),
        by=system(door.now),
    )  # fmt: skip
    body = enrolment(
        door.areas.dinoyo, rt="4", rw="3", phone="0812 5555 0101", sex="P", born_on="1990-05-01",
        address="Jl. Kenanga 3", enterprise={"name": "Keripik Sulastri", "product": "keripik"},
        household={"key": mother.pk},
        consents=[{"purpose": "programme", "text": text.pk, "given": True, "witness": "Bu RT"}],
    )  # fmt: skip
    written_at = door.now
    phone.write("registry.enrol", body)
    door.wait(hours=5)

    (answer,) = door.receive(phone).answers

    person = Person.objects.get(name="Sulastri")
    mother.refresh_from_db()
    assert answer.state == "accepted", answer
    assert person.area.code == "35.73.05.1004.003.004"
    assert (person.phone, person.sex, person.born_on.isoformat()) == (
        "+6281255550101", "P", "1990-05-01",
    )  # fmt: skip
    assert person.household_id == mother.household_id is not None
    assert Enterprise.objects.get(pk=answer.result["enterprise"]).owners.get() == person
    consent = Consent.objects.get()
    assert (consent.witness, consent.given_at) == ("Bu RT", written_at)


def test_whom_the_phone_did_not_carry_the_server_finds_and_asks_the_office(door, phone):
    registry.enrol(details=details_of(door, "Sulastri", "081255550101"), by=system(door.now))

    answer = sent(door, phone, "registry.enrol", enrolment(door.areas.dinoyo, phone="081255550101"))

    assert answer.result["verdict"] == "doubt"
    assert [one["name"] for one in answer.result["alike"]] == ["Sulastri"]
    assert answer.result["alike"][0]["why"]
    assert PersonDoubt.objects.count() == 1
    assert Person.objects.filter(name="Sulastri").count() == 2


def test_two_phones_that_enrol_one_person_make_a_pair_for_the_office(door):
    first, second = door.phone("A"), door.phone("B")
    body = enrolment(door.areas.dinoyo, phone="081255550101")

    verdicts = [
        sent(door, one, "registry.enrol", body).result["verdict"] for one in (first, second)
    ]

    assert verdicts == ["new", "doubt"]
    assert PersonDoubt.objects.count() == 1


@pytest.mark.parametrize("answer", ["different", "household"])
def test_whom_the_officer_called_somebody_else_is_somebody_else(door, phone, answer):
    known = registry.enrol(
        details=details_of(door, "Sulastri", "081255550101"), by=system(door.now)
    )
    body = enrolment(
        door.areas.dinoyo, phone="081255550101",
        alike=[{"ref": {"key": known.pk}, "answer": answer}],
    )  # fmt: skip

    told = sent(door, phone, "registry.enrol", body)

    assert told.result["verdict"] == "new"
    assert PersonDoubt.objects.count() == 0
    assert PersonVerdict.objects.get().answer == "different"


def test_of_whom_the_officer_could_not_tell_the_office_decides(door, phone):
    known = registry.enrol(
        details=details_of(door, "Sulastri", "081255550101"), by=system(door.now)
    )
    body = enrolment(
        door.areas.dinoyo, phone="081255550101",
        alike=[{"ref": {"key": known.pk}, "answer": "unsure"}],
    )  # fmt: skip

    assert sent(door, phone, "registry.enrol", body).result["verdict"] == "doubt"
    assert PersonDoubt.objects.count() == 1


def test_the_same_makes_nobody_new_and_adds_what_is_new(door, phone):
    known = registry.enrol(details=details_of(door, "Sulastri", ""), by=system(door.now))
    body = enrolment(
        door.areas.dinoyo, "Lastri", phone="081255550101", address="Jl. Kenanga 3",
        alike=[{"ref": {"key": known.pk}, "answer": "same"}],
    )  # fmt: skip

    told = sent(door, phone, "registry.enrol", body)

    known.refresh_from_db()
    assert (told.result["person"], told.result["verdict"]) == (known.pk, "known")
    assert (known.name, known.phone, known.address) == (
        "Sulastri", "+6281255550101", "Jl. Kenanga 3",
    )  # fmt: skip
    assert Person.objects.filter(folded__contains="lastri").count() == 1


def test_the_same_with_another_number_keeps_both(door, phone):
    known = registry.enrol(
        details=details_of(door, "Sulastri", "081255550101"), by=system(door.now)
    )
    body = enrolment(
        door.areas.dinoyo, phone="081255550202",
        alike=[{"ref": {"key": known.pk}, "answer": "same"}],
    )  # fmt: skip

    sent(door, phone, "registry.enrol", body)

    known.refresh_from_db()
    kept = Edit.objects.apart().get()
    assert known.phone == kept.stood == "+6281255550101"
    assert kept.new == "+6281255550202"


def test_a_visit_is_kept_with_what_came_of_it(door, phone):
    (person,) = enrol(door.areas.dinoyo, by=system(door.now), prefix="Ibu")
    body = visit(
        door.areas.dinoyo, person={"key": person.pk},
        needs=[{"kind": "tool", "words": "oven"}, {"kind": "licence", "words": ""}],
        advice="Timbang tiap adonan", referrals=[{"kind": "class", "words": "kue kering"}],
        promise={"words": "bawa daftar oven", "due_on": "2026-03-09"},
        position={"lat": -7.9, "lon": 112.6, "accuracy_m": 12.4},
        forms=[{"form": "halal", "version": 2, "values": {"q1": "ya"}}],
    )  # fmt: skip
    written_at = door.now
    envelope = phone.write("outreach.visit", body)
    door.wait(hours=3)

    (answer,) = door.receive(phone).answers

    kept = Visit.objects.get()
    assert answer.state == "accepted", answer
    assert answer.result == {"visit": envelope["id"]}
    assert (kept.key, kept.at, kept.person_id) == (envelope["id"], written_at, person.pk)
    assert (kept.lat, kept.lon, kept.accuracy_m) == (-7.9, 112.6, 12)
    fault = {"code": "unknown-form", "name": ""}
    assert kept.answers == {"halal": {"version": 2, "values": {"q1": "ya"}, "faults": [fault]}}
    assert set(Need.objects.values_list("kind", flat=True)) == {"tool", "licence"}
    assert Referral.objects.get().words == "kue kering"
    assert Promise.objects.get().due_on.isoformat() == "2026-03-09"


def test_a_visit_keeps_a_promise(door, phone):
    first = visit(door.areas.dinoyo, promise={"words": "datang lagi", "due_on": "2026-03-09"})
    sent(door, phone, "outreach.visit", first)
    promise = Promise.objects.get()

    sent(door, phone, "outreach.visit", visit(door.areas.dinoyo, kept=[promise.pk]))

    promise.refresh_from_db()
    assert promise.kept_at == door.now


def test_a_visit_that_overtakes_the_enrolment_waits_for_it(door, phone):
    enrolled = phone.write("registry.enrol", enrolment(door.areas.dinoyo))
    visited = phone.write(
        "outreach.visit", visit(door.areas.dinoyo, person={"made_by": enrolled["id"]})
    )

    (early,) = door.receive(phone, visited).answers
    door.receive(phone, enrolled)
    (again,) = door.receive(phone, visited).answers

    assert (early.state, early.code) == ("held", "waits-for-another")
    assert again.was == "accepted"
    assert Visit.objects.get().person.name == "Sulastri"


def test_what_speaks_of_a_refused_record_is_refused_at_once(door, phone):
    enrolled = phone.write("registry.enrol", enrolment(door.areas.dinoyo, name=" "))
    phone.write("outreach.visit", visit(door.areas.dinoyo, person={"made_by": enrolled["id"]}))

    answers = door.receive(phone).answers

    assert [one.code for one in answers] == ["value-missing", "made-nothing"]


def test_a_place_outside_the_duty_is_refused_and_says_so(door, phone):
    door.officer = Officer.objects.get(username="lapangan.dinoyo")
    elsewhere = door.areas.purwantoro
    (stranger,) = enrol(elsewhere, by=system(door.now), prefix="Asing")
    phone.write("registry.enrol", enrolment(elsewhere))
    phone.write("outreach.visit", visit(elsewhere))
    phone.write("outreach.visit", visit(door.areas.dinoyo, person={"key": stranger.pk}))

    answers = door.receive(phone).answers

    assert [one.state for one in answers] == ["refused"] * 3
    assert "Asing" not in str(answers)
    assert Visit.objects.count() == 0


def test_each_kind_asks_for_its_own_permission(door, phone):
    # A mentor notes who came to a class, and visits nobody.
    mentor = Officer.objects.get(pk=door.officer.pk)
    mentor.duties.update(role="mentor")
    phone.write("outreach.visit", visit(door.areas.dinoyo))
    phone.scan(door.each, door.codes[0])

    first, second = door.receive(phone).answers

    assert (first.state, second.state) == ("refused", "accepted")


def test_what_the_worker_releases_may_do_what_its_writer_may(door, phone):
    # The worker reaches everywhere; the officer who wrote it does not.
    door.officer = Officer.objects.get(username="lapangan.dinoyo")
    arrived = Arrived(
        id="x", body=visit(door.areas.purwantoro), device_id=phone.device,
        device_at=None, corrected_at=door.now, officer_id=door.officer.pk,
    )  # fmt: skip
    worker = By.system("sync.release", at=door.now, door="field")

    reach = writing(arrived, "outreach.visit", by=worker).reach

    assert reach.covers(door.areas.dinoyo.pk)
    assert not reach.covers(door.areas.purwantoro.pk)


def test_what_was_written_before_an_officer_moved_still_counts(door, phone):
    mover = door.officer = Officer.objects.get(username="lapangan.dinoyo")
    phone.write("outreach.visit", visit(door.areas.dinoyo))
    door.wait(days=3)
    (duty,) = mover.duties.all()
    accounts.relieve(duty=duty, ends_on=door.now.date(), by=system(door.now))
    accounts.assign(
        officer=mover, role="field", area=door.areas.purwantoro, starts_on=door.now.date(),
        by=system(door.now),
    )  # fmt: skip
    door.wait(days=1)
    phone.write("outreach.visit", visit(door.areas.dinoyo))

    before, after = door.receive(phone).answers

    assert (before.state, after.state) == ("accepted", "refused")


@pytest.mark.parametrize("skew", [timedelta(days=-1000), timedelta(days=1), timedelta(hours=7)])
def test_no_clock_refuses_a_visit(door, skew):
    phone = door.phone("HP", skew=skew)
    written_at = door.now
    phone.write("outreach.visit", visit(door.areas.dinoyo))
    phone.write("registry.enrol", enrolment(door.areas.dinoyo))
    door.wait(hours=9)

    receipt = door.receive(phone)

    assert receipt.is_flagged
    assert {one.state for one in receipt.answers} == {"accepted"}
    assert Visit.objects.get().at == written_at


def test_bodies_are_not_readable_in_the_database(door, phone):
    sent(door, phone, "registry.enrol", enrolment(door.areas.dinoyo, phone="081255550101"))

    kept = Envelope.objects.get()
    assert kept.body is None
    assert b"Sulastri" not in bytes(kept.body_sealed)


def test_hostile_values_anywhere_break_nothing(door, phone):
    values = ["\x00", "\ud800", 10**30, -1, [], {}, None, True, 1.5, "x" * 6000, [[]], [{}]]
    good = enrolment(door.areas.dinoyo)
    for value in values:
        for name in good:
            phone.write("registry.enrol", {**good, name: value})
        for name in good["person"]:
            phone.write("registry.enrol", {**good, "person": {**good["person"], name: value}})
        for name in visit(door.areas.dinoyo):
            phone.write("outreach.visit", {**visit(door.areas.dinoyo), name: value})

    for start in range(0, len(phone.queue), 50):
        states = {
            one.state for one in door.receive(phone, *phone.queue[start : start + 50]).answers
        }
        assert states <= {"accepted", "refused", "held"}


def details_of(door, name, phone):
    return PersonDetails(name=name, area=door.areas.dinoyo, phone=phone or None)
