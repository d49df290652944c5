"""Signing up again: one person, one seat, and a word about it only to whoever did it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.public import own_sign_ups
from jembol.registry.models import Person
from jembol.training import actions as training
from jembol.training.models import Registration
from jembol.training.rules import Day


@pytest.fixture
def classes(db):
    """Two open classes of two seats each."""
    build_areas()
    return [open_class(title) for title in ("Kue kering", "Batik")]


def open_class(title):
    opened = training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title=title,
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=7))],
        seats=2,
        by=system(),
    )
    training.publish(training_class=opened, by=system())
    return opened


def send(training_class, client=None, **other):
    fields = {
        "name": "Siti Maesaroh",
        "phone": "0899 0000 0001",
        "area": str(area(DINOYO).key),
        "rw": "3",
        "rt": "2",
        **other,
    }
    at = reverse("public:sign_up", args=[training_class.public_id])
    return (client or Client()).post(at, fields)


def test_the_same_browser_is_told_that_it_is_on_the_list_already(classes):
    browser = Client()
    first = send(classes[0], browser)
    second = send(classes[0], browser, name="Bu SITI MAESAROH", phone="+62 899-0000-0001")

    pages = [browser.get(answer["Location"]).text for answer in (first, second)]
    assert ["sudah mendaftar sebelumnya" in page for page in pages] == [False, True]
    assert (Person.objects.count(), Registration.objects.count()) == (1, 1)


def test_another_browser_learns_nothing_about_who_is_on_the_list(classes):
    known, unknown = send(classes[0]), send(classes[1])

    again = send(classes[0])
    assert again["Location"] == known["Location"]
    assert (
        known["Location"].replace(classes[0].public_id, classes[1].public_id)
        == (unknown["Location"])
    )
    assert "Maesaroh" not in Client().get(again["Location"]).text


def test_a_full_class_answers_everybody_alike_but_the_browser_with_a_seat(classes):
    browser = Client()
    send(classes[0], browser)
    send(classes[0], name="Painem", phone="0899 0000 0002")

    seated, stranger = send(classes[0]), send(classes[0], name="Ngatini", phone="0899 0000 0003")

    assert (seated.status_code, stranger.status_code) == (200, 200)
    told = [page.text.split("errorlist")[1].split("</ul>")[0] for page in (seated, stranger)]
    assert told[0] == told[1]
    assert send(classes[0], browser).status_code == 302


def test_the_cookie_holds_nothing_that_can_be_read(classes):
    browser = Client()
    send(classes[0], browser)

    told = browser.cookies[own_sign_ups.COOKIE].value
    for word in ("siti", "maesaroh", "899", classes[0].public_id):
        assert word.casefold() not in told.casefold()


def test_a_cookie_that_somebody_wrote_themselves_counts_for_nothing(classes):
    word = own_sign_ups.word_of(classes[0].public_id, "Siti Maesaroh", "089900000001")
    browser = Client()
    browser.cookies[own_sign_ups.COOKIE] = word
    send(classes[0])

    assert "lagi" not in send(classes[0], browser)["Location"]


def test_two_classes_are_two_seats_of_one_person(classes):
    for each in classes:
        send(each)

    assert (Person.objects.count(), Registration.objects.count()) == (1, 2)


def test_another_name_on_the_same_phone_is_another_person_of_the_family(classes):
    send(classes[0])
    send(classes[0], name="Bambang Wijaya")

    assert Person.objects.count() == 2


def test_a_seat_given_back_is_taken_again_without_a_word_of_before(classes):
    browser = Client()
    send(classes[0], browser)
    training.withdraw(registration=Registration.objects.get(), why="", by=system())

    assert "lagi" not in send(classes[0], browser)["Location"]
    assert Registration.objects.standing().count() == 1
