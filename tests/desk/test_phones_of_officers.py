"""Phones on the desk: when each was seen, and the order to destroy what it carries."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from city import build_areas, build_officers
from field.phones import DOOR, Phone, real_now
from field.visiting import visit
from jembol.journal.models import Fact
from jembol.outreach.models import Visit
from jembol.sync.models import Device


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    return build_officers("admin", "lapangan.dinoyo", "admin.mojokerto", "kepala")


def client_of(officer):
    client = Client()
    client.force_login(officer)
    return client


def send(client, phone, **more):
    parcel = {**phone.parcel(), **more}
    return client.post(DOOR, json.dumps(parcel), content_type="application/json").json()


def test_a_lost_phone_is_emptied_and_what_it_had_not_sent_still_arrives(areas, officers):
    phone, field = Phone("HP hilang", real_now), client_of(officers["lapangan.dinoyo"])
    assert send(field, phone)["wipe"] is False
    phone.write("outreach.visit", visit(areas.dinoyo))
    admin = client_of(officers["admin"])

    admin.post(reverse("desk:wipe_create", args=[phone.device]), {"why": "tertinggal di angkot"})
    told = send(field, phone)
    page = admin.get(reverse("desk:device_list")).content.decode()
    done = send(field, phone, wiped=True)
    send(field, phone, wiped=True)

    assert (told["wipe"], told["results"][0]["state"]) == (True, "accepted")
    assert Visit.objects.count() == 1
    assert "HP hilang" in page
    assert done["wipe"] is True
    assert Device.objects.get().wiped_at is not None
    assert Fact.objects.get(event="sync.device.wipe_asked").why == "tertinggal di angkot"
    assert Fact.objects.filter(event="sync.device.wiped").count() == 1


def test_a_phone_that_was_found_carries_again(areas, officers):
    phone, field = Phone("HP", real_now), client_of(officers["lapangan.dinoyo"])
    send(field, phone)
    admin = client_of(officers["admin"])
    admin.post(reverse("desk:wipe_create", args=[phone.device]), {"why": "hilang"})

    admin.post(reverse("desk:wipe_lift_create", args=[phone.device]))

    assert send(field, phone)["wipe"] is False


def test_phones_of_another_city_do_not_exist(areas, officers):
    phone = Phone("HP Malang", real_now)
    send(client_of(officers["lapangan.dinoyo"]), phone)
    other = client_of(officers["admin.mojokerto"])

    page = other.get(reverse("desk:device_list")).content.decode()
    answer = other.post(reverse("desk:wipe_create", args=[phone.device]), {"why": "coba"})

    assert "HP Malang" not in page
    assert answer.status_code == 404
    assert Device.objects.get().wipe_asked_at is None


def test_who_only_looks_gets_no_button(areas, officers):
    phone = Phone("HP", real_now)
    send(client_of(officers["lapangan.dinoyo"]), phone)

    page = client_of(officers["kepala"]).get(reverse("desk:device_list")).content.decode()

    assert reverse("desk:wipe_create", args=[phone.device]) not in page
