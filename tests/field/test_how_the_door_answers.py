"""The door over HTTP: who may send, what it refuses whole, and what a class carries."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import system
from field.phones import DOOR, Desk, Phone, code_of, real_now
from jembol.accounts.models import Officer
from jembol.journal.models import Fact
from jembol.sync import actions as sync
from jembol.sync.models import Device, Envelope
from jembol.training import actions as training
from jembol.training.models import Scan
from training.classroom import enrol, open_class, register


@pytest.fixture
def desk(door):
    return Desk(door.officer)


@pytest.fixture
def each(door):
    """A class of today by the true clock, which the pages read."""
    by = system(real_now())
    found = open_class(door.areas.dinoyo, days=[timezone.localdate()], by=by)
    (person,) = enrol(door.areas.dinoyo, prefix="Kini", by=by)
    found.code = code_of(register(found, person, by=by), by)
    return found


def phone_with_a_scan(each):
    phone = Phone("Pintu", real_now)
    phone.scan(each, each.code)
    return phone


def test_the_answer_names_each_envelope_in_the_order_sent(desk, each):
    phone = phone_with_a_scan(each)
    phone.scan(each, "JB1.X")

    answer = desk.post(phone.parcel(*reversed(phone.queue))).json()

    assert [one["id"] for one in answer["results"]] == [one["id"] for one in reversed(phone.queue)]
    assert set(answer) == {
        "received_at", "skew_s", "skew_flagged", "results", "wipe", "carry",
    }  # fmt: skip
    assert set(answer["results"][0]) == {"id", "state", "was", "code", "words", "result"}
    assert set(answer["results"][1]["result"]) >= {
        "verdict",
        "name",
        "why",
        "attendance",
        "also_on",
    }
    assert Fact.objects.filter(event="training.attendance.noted").latest("pk").door == "field"


def test_an_empty_parcel_tells_the_time(desk):
    assert desk.post(Phone("Pintu", real_now).parcel()).json()["results"] == []
    assert Device.objects.get().label == "Pintu"


def test_who_is_not_signed_in_keeps_the_queue(each):
    answer = Desk().post(phone_with_a_scan(each).parcel())

    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in")
    assert Envelope.objects.count() == 0


def test_who_has_no_duty_keeps_the_queue(each, door):
    Officer.objects.get(username="pelatihan").duties.all().delete()

    answer = Desk(door.officer).post(phone_with_a_scan(each).parcel())

    assert (answer.status_code, answer.json()["code"]) == (403, "no-duty")


def test_a_page_that_is_too_old_is_told_so_in_json(each, door):
    client = Client(enforce_csrf_checks=True)
    client.force_login(door.officer)

    answer = client.post(
        DOOR, json.dumps(phone_with_a_scan(each).parcel()), content_type="application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("", 400, "not-json"),
        ("[]", 400, "not-json"),
        ("{", 400, "not-json"),
        (b"\xff\xfe", 400, "not-json"),
        ("[" * 100_000, 400, "not-json"),
        ('{"a": NaN}', 400, "not-json"),
        ('{"a": 1e999}', 400, "not-json"),
        ("{}", 400, "bad-device"),
        ('{"device": "x", "envelopes": []}', 400, "bad-device"),
        ('{"device": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "envelopes": {}}', 400, "not-json"),
        (
            json.dumps({"device": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "envelopes": [{}] * 101}),
            413,
            "too-many",
        ),
        ('{"a": "' + "x" * 262_144 + '"}', 413, "too-large"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_parcel_is_refused_whole_with_a_word_that_stays(desk, content, status, code):
    answer = desk.post(content)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["words"]


def test_hostile_values_anywhere_in_an_envelope_break_nothing(desk, each):
    values = ["\x00", "\ud800", 10**30, -1, [], {}, None, True, 1.5, "x" * 5000]
    phone = Phone("\x00Pintu\u202e", real_now)
    for value in values:
        for name in ("way", "by", "code", "session", "registration", "undoes", "reader", "class"):
            phone.scan(each, **{"code": each.code, name: value})
    for value in values:
        for name in ("kind", "at", "mono", "boot", "seq", "body", "officer", "id"):
            envelope = phone.scan(each, each.code)
            envelope[name] = value

    for start in range(0, len(phone.queue), 40):
        answer = desk.post(phone.parcel(*phone.queue[start : start + 40]))

        assert answer.status_code == 200, answer.content
        assert "parked" not in {
            one["state"] for one in answer.json()["results"] if one["code"] != "unknown-kind"
        }


@pytest.mark.parametrize("told", [lambda number: number, str], ids=["a number", "a text"])
def test_a_pressed_name_is_found_whether_its_number_comes_as_a_number_or_as_a_text(door, told):
    phone = door.phone()
    phone.scan(door.each, by="name", registration=told(door.seats[0].pk), session=told(1))

    (answer,) = door.receive(phone).answers

    assert (answer.state, answer.result["name"]) == ("accepted", "Warga 000")
    assert Scan.objects.get().registration == door.seats[0]


def test_a_code_that_a_reader_broke_over_lines_leads_to_its_seat(door):
    code = door.codes[0]
    phone = door.phone()
    phone.scan(door.each, f"\x1d{code[:9]}\r\n{code[9:]}\n")

    (answer,) = door.receive(phone).answers

    assert (answer.state, answer.result["name"]) == ("accepted", "Warga 000")


# --- what a door carries ------------------------------------------------------------------------


def carried(client, each, **headers):
    return client.get(reverse("field:carried_file", args=[each.public_id]), headers=headers)


def test_a_door_carries_days_people_keys_and_what_is_void(desk, door):
    training.withdraw(registration=door.seats[0], why="", by=system(door.now))
    phone = door.phone()
    phone.scan(door.each, door.codes[1])
    door.receive(phone)

    told = carried(desk.client, door.each).json()

    by_key = {one["registration"]: one for one in told["people"]}
    first, second = by_key[door.seats[0].pk], by_key[door.seats[1].pk]
    assert told["sessions"] == [
        {"number": 1, "on": "2026-03-02", "starts_at": "08:00", "ends_at": "12:00",
         "cancelled": False},
    ]  # fmt: skip
    assert (first["withdrawn"], first["serial"] in told["revoked"]) == (True, True)
    assert (second["came"], second["name"], second["lives"]) == ([1], "Warga 001", "Dinoyo")
    assert told["tolerance"] == {"early_min": 60, "late_min": 60}
    assert told["officer"] == {"id": door.officer.pk, "name": door.officer.name}


def test_a_phone_under_an_order_to_destroy_is_given_no_class(desk, door):
    device = Device.objects.create(
        id="01ARZ3NDEKTSV4RRFFQ69G5FAV", label="HP", officer_id=door.officer.pk,
        first_seen_at=door.now, last_seen_at=door.now,
    )  # fmt: skip
    order = {"device": device, "area_key": door.areas.dinoyo.pk, "by": system(door.now)}
    sync.ask_to_wipe(**order, why="hilang")

    refused = carried(desk.client, door.each, **{"X-Device": device.pk})
    sync.lift_wipe(**order)
    given = carried(desk.client, door.each, **{"X-Device": device.pk})

    assert (refused.status_code, refused.json()["code"]) == (403, "wiped")
    assert given.status_code == 200


def test_a_class_that_has_not_changed_is_not_sent_again(desk, door):
    first = carried(desk.client, door.each)
    tag = first.headers["ETag"]

    same = carried(desk.client, door.each, **{"If-None-Match": tag})
    training.withdraw(registration=door.seats[0], why="", by=system(door.now))
    other = carried(desk.client, door.each, **{"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert (other.status_code, first.json()["version"]) == (200, tag)


def test_who_lives_elsewhere_is_carried_without_a_name(door):
    (person,) = enrol(door.areas.purwantoro, prefix="Rahasia", by=system(door.now))
    seat = register(door.each, person, by=system(door.now))
    code_of(seat, system(door.now))

    told = carried(Desk(Officer.objects.get(username="lapangan.dinoyo")).client, door.each).json()

    (there,) = [one for one in told["people"] if one["registration"] == seat.pk]
    assert (there["name"], there["lives"]) == ("", "")
    assert there["serial"]
    assert "Rahasia" not in json.dumps(told)


def test_a_class_elsewhere_does_not_exist(door):
    client = Desk(Officer.objects.get(username="lapangan.purwantoro")).client

    answer = carried(client, door.each)

    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-class")


def test_a_hundred_people_are_carried_with_as_many_queries_as_three(
    desk, door, django_assert_max_num_queries
):
    for person in enrol(door.areas.dinoyo, 30, prefix="Banyak", by=system(door.now)):
        register(door.each, person, by=system(door.now))
    training.issue_tickets(training_class=door.each, by=system(door.now))

    with django_assert_max_num_queries(14):
        carried(desk.client, door.each)
    assert Scan.objects.count() == 0
