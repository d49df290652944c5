"""A class at the desk: opened, shown, filled, its days taken, and its counts true."""

import re

import pytest
from desk_pages import Window, came, open_class, person, seat, today
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as date_format

from city import DINOYO, MALANG, PURWANTORO, area, system
from jembol.training import actions as training
from jembol.training.models import Attendance, Class, Registration
from jembol.training.rules import Day

pytestmark = pytest.mark.usefixtures("city")


def counts_of(page):
    return [int(n) for n in re.findall(r'class="count"><span class="number">(\d+)', page.text)]


def roll(window, each, session, *people):
    return window.client.post(
        reverse("desk:roll_create", args=[each.public_id]),
        {"sesi": session.pk, "hadir": [one.pk for one in people]},
    )


def test_from_opening_to_counts_that_equal_the_grid():
    training.seed_courses(by=system())
    window = Window("pelatihan")
    people = [person(f"Warga {number}", DINOYO) for number in range(3)]
    course = Class.course.field.related_model.objects.order_by("pk").first()

    window.send(
        "class_create", course=course.pk, title="Kue", area=area(DINOYO).key, organiser="office",
        day_1=today(-1).isoformat(), day_2=today().isoformat(),
    )  # fmt: skip
    each = Class.objects.get(title="Kue")
    window.client.post(
        reverse("desk:registration_create", args=[each.public_id]),
        {"orang": [one.pk for one in people]},
    )
    seats = list(Registration.objects.order_by("person__name"))
    first, second = each.sessions.order_by("number")
    roll(window, each, first, *seats)
    roll(window, each, second, seats[0])

    page = window.get("class_detail", each.public_id)
    assert counts_of(page) == [3, 3, 4, 2]
    assert re.findall(r"<td><span class=\"number\">(\d+)", page.text.split("<tfoot>")[1]) == [
        "3",
        "1",
    ]
    assert page.text.split("<tbody>")[1].split("</tbody>")[0].count('data-tone="good"') == 4


@pytest.mark.parametrize(("people", "named"), [(2, 2), (3, 2)])
def test_a_class_of_thousands_names_the_first_and_counts_them_all(people, named, monkeypatch):
    monkeypatch.setattr("jembol.desk.classes.ROLL_SHOWN", 2)
    each = open_class(DINOYO, 0)
    for number in range(people):
        seat(each, person(f"Warga {number}", DINOYO))

    page = Window("pelatihan").get("class_detail", each.public_id)

    assert counts_of(page)[0] == people
    assert page.text.split("<tbody>")[1].split("</tbody>")[0].count("<tr>") == named
    assert (f"2 nama pertama dari {people} orang" in page.text) == (people > named)


def test_counts_of_those_whom_the_officer_does_not_see_equal_the_grid_too():
    each = open_class(DINOYO, -1)
    seats = [seat(each, person(f"W {code}", code)) for code in (DINOYO, PURWANTORO, MALANG)]
    came(each.sessions.get(), *seats)

    page = Window("lapangan.dinoyo").get("class_detail", each.public_id)

    assert counts_of(page) == [3, 3, 3, 1]
    assert re.findall(r"<td><span class=\"number\">(\d+)", page.text.split("<tfoot>")[1]) == ["3"]
    assert f"W {PURWANTORO}" not in page.text


def test_a_published_class_is_on_the_public_page_and_a_cancelled_one_says_why():
    window, each = Window("pelatihan"), open_class(DINOYO, 5, title="Kue publik")
    assert "Kue publik" not in Client().get("/").text

    window.post("publication_create", each.public_id, sekali="a")
    assert "Kue publik" in Client().get("/").text

    window.send("cancellation_create", each.public_id, why="Gedung kebanjiran")
    assert "Kue publik" not in Client().get("/").text
    assert "Gedung kebanjiran" in window.get("class_detail", each.public_id).text


def test_a_full_class_offers_no_sign_up_to_citizens():
    each = open_class(DINOYO, 5, title="Kue penuh", seats=1)
    training.publish(training_class=each, by=system())
    link = reverse("public:sign_up", args=[each.public_id])
    assert link in Client().get("/").text

    seat(each, person("Siti", DINOYO))

    assert link not in Client().get("/").text
    assert link not in Client().get(reverse("public:class_detail", args=[each.public_id])).text


def test_a_seat_given_back_is_free_for_the_next_and_ticks_survive_a_full_class():
    window, each = Window("pelatihan"), open_class(DINOYO, 5, seats=1)
    first, second = person("Siti", DINOYO), person("Painem", DINOYO)
    held = seat(each, first)

    full = window.post("registration_create", each.public_id, query="?q=Painem", orang=second.pk)
    assert f'value="{second.pk}" checked' in full.text
    window.send("withdrawal_create", held.pk, why="pindah")
    window.post("registration_create", each.public_id, orang=second.pk)

    standing = Registration.objects.standing().filter(training_class=each)
    assert list(standing.values_list("person__name", flat=True)) == ["Painem"]


def test_nobody_ticked_is_said_and_nothing_is_stored():
    each = open_class(DINOYO, 5)

    page = Window("pelatihan").post("registration_create", each.public_id, sekali="b")

    assert "errorlist" in page.text
    assert not Registration.objects.exists()


def test_a_day_that_has_not_come_is_refused_and_the_ticks_stay():
    window, each = Window("pelatihan"), open_class(DINOYO, 5)
    held = seat(each, person("Siti", DINOYO))

    page = roll(window, each, each.sessions.get(), held)

    assert page.status_code == 200
    assert "errorlist" in page.text
    assert f'value="{held.pk}" data-day="1" checked' in page.text
    assert not Attendance.objects.exists()


def test_a_day_added_meanwhile_moves_no_roll_to_another_day():
    window, each = Window("pelatihan"), open_class(DINOYO, -1)
    held, shown = seat(each, person("Siti", DINOYO)), each.sessions.get()
    training.add_session(training_class=each, day=training_day(-3), by=system())

    window.client.post(
        reverse("desk:roll_create", args=[each.public_id]) + "?hari=1",
        {"sesi": shown.pk, "hadir": held.pk},
    )

    assert Attendance.objects.get().session_id == shown.pk


def training_day(shift):
    return Day(today(shift))


def test_pages_link_only_where_the_reader_may_go():
    each, siti = open_class(MALANG, -1), person("Siti", DINOYO)
    came(each.sessions.get(), seat(each, siti))
    at = reverse("desk:class_detail", args=[each.public_id])

    assert at not in Window("lapangan.dinoyo").get("person_detail", siti.public_id).text
    assert at in Window("lapangan").get("person_detail", siti.public_id).text
    who = reverse("desk:person_detail", args=[siti.public_id])
    assert who not in Window("pendamping").get("class_detail", each.public_id).text
    assert who in Window("lapangan").get("class_detail", each.public_id).text


def test_two_days_of_a_new_class_are_told_as_two_days_and_not_as_a_change():
    open_class(DINOYO, 5, 6)

    page = Window("auditor").get("fact_list").text

    with translation.override("id"):
        first, second = (date_format(today(shift), "j F Y") for shift in (5, 6))
    assert f"{first}, {second}" in page
    assert f"<del><bdi>{first}" not in page
