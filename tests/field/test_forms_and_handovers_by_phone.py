"""A city's form travels to the phone and its answers back; what comes late falls to the heir."""

import json

import pytest
from django.test import Client

from city import build_areas, build_officers, system
from field.phones import Phone, real_now
from field.visiting import visit
from jembol.outreach import actions
from jembol.outreach.models import Promise, Referral, Visit
from outreach.visits_made import take_form_in

FILE = "/lapangan/wilayah/bawaan.json"
DINOYO = "35.73.05.1004"


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    return build_officers("lapangan.dinoyo", "lapangan")


@pytest.fixture
def client(officers):
    found = Client()
    found.force_login(officers["lapangan.dinoyo"])
    return found


def carried(client):
    return json.loads(client.get(FILE).content)


def send(client, phone):
    answer = client.post(
        "/lapangan/sinkron/", json.dumps(phone.parcel()), content_type="application/json"
    )
    return answer.json()["results"]


def test_a_form_that_is_asked_is_carried_and_changes_the_version_of_the_file(client):
    before = carried(client)
    version = take_form_in(DINOYO)

    actions.show_form(version=version, by=system(real_now()))

    after = carried(client)
    assert before["forms"] == []
    assert [(form["form"], form["version"]) for form in after["forms"]] == [("usaha-rumah", 1)]
    assert before["version"] != after["version"]


def test_answers_are_kept_with_their_version_and_what_does_not_fit(client, areas):
    version = take_form_in(DINOYO)
    actions.show_form(version=version, by=system(real_now()))
    phone = Phone("HP", real_now)
    values = {"nama_usaha": "Dapur", "pekerja": "99", "upah": 1, "sektor": "makanan"}
    forms = [{"form": "usaha-rumah", "version": 1, "values": values}]

    phone.write("outreach.visit", visit(areas.dinoyo, forms=forms))
    (told,) = send(client, phone)

    assert told["state"] == "accepted"
    kept = Visit.objects.get().answers["usaha-rumah"]
    assert (kept["version"], kept["values"]["pekerja"]) == (1, 99)
    assert {(one["name"], one["code"]) for one in kept["faults"]} == {
        ("pekerja", "constraint"), ("tempat", "required"),
    }  # fmt: skip


def test_what_the_old_phone_still_holds_is_taken_and_falls_to_the_new_officer(
    client, areas, officers
):
    old, new = officers["lapangan.dinoyo"], officers["lapangan"]
    phone = Phone("HP", real_now)
    promise = {"words": "bawa label", "due_on": "2026-12-01"}
    body = visit(areas.dinoyo, promise=promise, referrals=[{"kind": "licence", "words": "P-IRT"}])
    phone.write("outreach.visit", body)
    actions.hand_over(area=areas.dinoyo, giver=old, taker=new, why="pindah", by=system(real_now()))

    (told,) = send(client, phone)

    assert told["state"] == "accepted"
    assert Visit.objects.get().officer == old
    assert (Promise.objects.get().officer, Referral.objects.get().officer) == (new, new)
