"""A citizen takes a seat with name, RT and phone, and learns nothing about others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.journal.models import Fact
from jembol.registry.models import Person
from jembol.training import actions as training
from jembol.training.models import Registration
from jembol.training.rules import Day


@pytest.fixture
def training_class(db):
    build_areas()
    opened = training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title="Kue kering Dinoyo",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=7))],
        seats=2,
        by=system(),
    )
    training.publish(training_class=opened, by=system())
    return opened


def filled(**other):
    return {
        "name": "Siti Maesaroh",
        "phone": "0899 0000 0001",
        "area": str(area(DINOYO).key),
        "rw": "3",
        "rt": "2",
        **other,
    }


def send(training_class, client=None, **other):
    at = reverse("public:sign_up", args=[training_class.public_id])
    return (client or Client()).post(at, filled(**other))


def test_the_class_is_shown_with_its_free_seats(training_class):
    page = Client().get("/")

    assert "Kue kering Dinoyo" in page.text


def test_name_rt_and_phone_are_enough(training_class):
    answer = send(training_class)

    assert answer["Location"] == reverse("public:thanks", args=[training_class.public_id])
    person = Person.objects.get()
    assert (person.name, person.phone, person.area.code) == (
        "Siti Maesaroh",
        "+6289900000001",
        f"{DINOYO}.003.002",
    )
    assert Fact.objects.filter(by_kind="citizen", door="public", person_id=person.pk).exists()


def test_signing_up_twice_is_one_seat_and_one_person_and_says_the_same(training_class):
    first = send(training_class)
    second = send(training_class, phone="+62 899-0000-0001", name="Bu Siti Maesaroh")

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert (Person.objects.count(), Registration.objects.count()) == (1, 1)


def test_a_full_class_says_so_and_stores_nobody(training_class):
    send(training_class)
    send(training_class, name="Painem", phone="0899 0000 0002")

    answer = send(training_class, name="Ngatini", phone="0899 0000 0003")

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not Person.objects.filter(name="Ngatini").exists()


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"phone": "12"}, {"area": ""}, {"area": "1"}, {"rw": "", "rt": "2"}]
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(training_class, wrong):
    answer = send(training_class, **wrong)

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert wrong.get("name") or 'value="Siti Maesaroh"' in answer.text
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["Ma\x00ruf", "a" * 151, "\u202eEvil"])
def test_hostile_names_are_refused_or_kept_as_text(training_class, name):
    answer = send(training_class, name=name)

    assert answer.status_code in {200, 302}


def test_a_class_that_is_no_longer_shown_is_closed(training_class):
    Client().get("/")
    training.unpublish(training_class=training_class, why="tes", by=system())

    assert send(training_class).status_code == 404


def test_a_flood_from_one_address_is_stopped(training_class):
    answers = [send(training_class, name="").status_code for _turn in range(40)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_the_notice_and_the_health_page_answer(db):
    assert Client().get("/privasi/").status_code == 200
    assert Client().get("/sehat/").text == "sehat\n"


def test_pages_are_indonesian_until_switched(training_class):
    client = Client(headers={"accept-language": "en-US"})
    before = client.get("/")

    client.post("/bahasa/", {"language": "en", "next": "/"})

    assert before.headers["Content-Language"] == "id"
    assert client.get("/").headers["Content-Language"] == "en"
