"""The area file: the officer's people and nobody else's, small, and sent only when it changed."""

import gzip
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from city import build_areas, build_officers, system
from field.phones import real_now
from jembol.accounts.models import Officer
from jembol.field import area
from jembol.journal.models import Fact
from jembol.outreach.actions import VisitSaid, note_visit
from jembol.registry import actions as registry
from jembol.registry.details import EnterpriseDetails, PersonDetails
from jembol.sync import actions as sync
from jembol.sync.models import Device
from training.classroom import enrol

FILE = "/lapangan/wilayah/bawaan.json"
MEBIBYTE = 1024 * 1024


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    return build_officers("lapangan.dinoyo", "lapangan.purwantoro", "lapangan", "pendamping")


@pytest.fixture
def client(officers):
    found = Client()
    found.force_login(officers["lapangan.dinoyo"])
    return found


def carry(client):
    """What the door says that the officer would get."""
    parcel = {"device": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "label": "HP", "envelopes": []}
    told = client.post("/lapangan/sinkron/", json.dumps(parcel), content_type="application/json")
    return told.json()["carry"]


def visited(areas, officer, person, key="01ARZ3NDEKTSV4RRFFQ69G5FAV"):
    return note_visit(
        said=VisitSaid(
            key=key, at=real_now(), officer=officer, area=areas.dinoyo, outcome="met",
            person=person, promise=("bawa contoh label", timezone.localdate()),
        ),
        by=system(real_now()),
    )  # fmt: skip


def test_the_file_holds_the_people_of_the_officers_areas_alone(client, areas, officers):
    actor = system(real_now())
    (mine,) = enrol(areas.dinoyo_rt, prefix="Dinoyo", by=actor)
    enrol(areas.purwantoro, prefix="Rahasia", by=actor)
    shop = registry.add_enterprise(
        details=EnterpriseDetails(name="Keripik", product="keripik", area=areas.dinoyo_rt),
        owners=[mine], by=actor,
    )  # fmt: skip
    visited(areas, officers["lapangan.dinoyo"], mine)
    promise = mine.visits.get().promise

    answer = client.get(FILE)
    told = answer.json()

    assert "Rahasia" not in answer.content.decode()
    today = timezone.localdate().isoformat()
    assert told["people"] == [
        [mine.pk, mine.public_id, mine.name, str(areas.dinoyo_rt.pk), mine.phone, mine.sex, "", "",
         1, 0, "", today, [promise.pk]],
    ]  # fmt: skip
    assert told["enterprises"] == [
        [shop.pk, shop.public_id, "Keripik", "keripik", str(areas.dinoyo_rt.pk), [mine.pk], 1,
         "operating"],
    ]  # fmt: skip
    assert told["promises"][0][:4] == [promise.pk, mine.pk, 0, "bawa contoh label"]
    names = {one[1] for one in told["areas"]}
    assert {"Dinoyo", "Lowokwaru"} <= names
    assert "Purwantoro" not in names
    assert told["left_out"] == 0
    assert set(told) == {
        "version", "server_now", "expires_at", "officer", "areas", "people", "left_out",
        "enterprises", "promises", "consent_texts", "classes", "forms", "route", "markets",
        "tools", "linkage",
    }  # fmt: skip


def test_the_file_is_sent_only_when_something_in_it_changed(client, areas, officers):
    actor = system(real_now())
    (person,) = enrol(areas.dinoyo, by=actor)
    tag = client.get(FILE).headers["ETag"]
    (elsewhere,) = enrol(areas.purwantoro, prefix="Lain", by=actor)
    registry.change(person=elsewhere, changes={"phone": "081255550101"}, by=actor)

    same = client.get(FILE, headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    changes = [
        lambda: registry.change(person=person, changes={"phone": "081255550102"}, by=actor),
        lambda: enrol(areas.dinoyo, prefix="Baru", by=actor),
        lambda: visited(areas, officers["lapangan.dinoyo"], person),
        lambda: registry.publish_consent_text(
            purpose="photo", version=1, body="Boleh difoto?", on=timezone.localdate(), by=actor
        ),
    ]
    for change in changes:
        change()
        answer = client.get(FILE, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        tag = answer.headers["ETag"]


def test_the_door_tells_the_version_so_that_nobody_fetches_in_vain(client, areas, officers):
    assert carry(client) == client.get(FILE).json()["version"] != ""


def test_who_visits_nobody_carries_nobody(officers):
    client = Client()
    client.force_login(officers["pendamping"])

    assert client.get(FILE).status_code == 403


def test_the_journal_knows_once_a_day_that_names_went_onto_a_phone(client, areas):
    enrol(areas.dinoyo, by=system(real_now()))

    for _time in range(3):
        client.get(FILE)

    fact = Fact.objects.get(event="outreach.area.carried")
    assert fact.details["people"] == 1
    assert fact.door == "field"


@override_settings(CARRY_PEOPLE=2)
def test_of_too_many_people_those_written_last_are_carried_and_the_rest_counted(client, areas):
    actor = system(real_now())
    people = enrol(areas.dinoyo, 4, by=actor)
    later = system(real_now() + timedelta(minutes=1))
    registry.change(person=people[0], changes={"phone": "081255550101"}, by=later)

    told = client.get(FILE).json()

    assert [row[0] for row in told["people"]] == [people[0].pk, people[3].pk]
    assert told["left_out"] == 2


def test_a_phone_under_an_order_to_destroy_carries_nothing(client, areas, officers):
    device = Device.objects.create(
        id="01ARZ3NDEKTSV4RRFFQ69G5FAV", label="HP", officer_id=officers["lapangan.dinoyo"].pk,
        first_seen_at=real_now(), last_seen_at=real_now(),
    )  # fmt: skip
    order = {"device": device, "area_key": areas.dinoyo.pk, "by": system(real_now())}
    sync.ask_to_wipe(**order, why="hilang")

    refused = client.get(FILE, headers={"X-Device": device.pk})
    sync.lift_wipe(**order)
    given = client.get(FILE, headers={"X-Device": device.pk})

    assert (refused.status_code, refused.json()["code"]) == (403, "wiped")
    assert given.status_code == 200


def test_five_thousand_people_take_less_than_five_megabytes(
    areas, officers, django_assert_max_num_queries
):
    actor = system(real_now())
    people = registry.enrol_many(
        [
            PersonDetails(
                name=f"Siti Nurhaliza Kusumaningrum {number}", area=areas.dinoyo_rt, sex="P",
                phone=f"0812{number:08d}", address=f"Jalan Kenanga Raya Gang {number % 90} No. 12",
            )
            for number in range(5000)
        ],
        by=actor,
    )  # fmt: skip
    registry.add_enterprises(
        [
            (EnterpriseDetails(name=f"Keripik {one.pk}", product="keripik", area=one.area), [one])
            for one in people[:3000]
        ],
        by=actor,
    )
    client = Client()
    client.force_login(Officer.objects.get(username="lapangan.dinoyo"))

    with django_assert_max_num_queries(40):
        answer = client.get(reverse("field:area_file"))

    content = answer.content
    assert len(json.loads(content)["people"]) == 5000
    assert len(content) < 5 * MEBIBYTE
    packed = client.get(reverse("field:area_file"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content))["people"][0] is not None
    assert len(packed.content) < MEBIBYTE


def test_a_queue_that_empties_counts_the_city_once_and_hears_of_changes_after_a_while(
    client, areas, monkeypatch
):
    asked, counted = [], area.state_of
    monkeypatch.setattr(area, "state_of", lambda *of: asked.append(of) or counted(*of))
    before = [carry(client) for _time in range(5)]
    enrol(areas.dinoyo, by=system(real_now()))

    soon = carry(client)
    passed = len(asked)
    cache.clear()
    later = carry(client)

    assert {*before, soon} == {before[0]}
    assert (passed, later != before[0]) == (1, True)


def test_whoever_fetches_the_file_is_not_sent_to_fetch_it_again(client, areas):
    carry(client)
    enrol(areas.dinoyo, by=system(real_now()))

    version = client.get(FILE).json()["version"]

    assert carry(client) == version


def test_what_one_officer_carries_says_nothing_about_another(client, officers):
    other = Client()
    other.force_login(officers["lapangan.purwantoro"])

    assert carry(client) != carry(other)
