"""Planning at the desk: opened with mentors, priced, moved, cancelled, copied and repeated."""

from datetime import time, timedelta

import pytest
from desk_pages import Window, open_class, person, seat, today
from django.test import Client
from django.urls import reverse

from city import DINOYO, MALANG, PURWANTORO, area, system
from jembol.kit.money import Rupiah
from jembol.places import actions as places
from jembol.training import actions as training
from jembol.training.models import Class, CostLine, Mentor, Session
from jembol.training.rules import Cost, Day

pytestmark = pytest.mark.usefixtures("city")


def hall(code, name="Balai (contoh)", capacity=None):
    return places.add_venue(name=name, area=area(code), capacity=capacity, by=system())


def mentor(code=MALANG, name="Bu Wartini (contoh)", **more):
    details = training.MentorDetails(name=name, area=area(code), **more)
    return training.add_mentor(details=details, by=system())


def test_a_mentor_is_put_on_the_list_and_changed():
    window = Window("pelatihan")

    window.send(
        "mentor_create", name="Bu Wartini", area=area(MALANG).key, honorarium_per_hour="150rb"
    )
    each = Mentor.objects.get()
    window.send("mentor_change", each.public_id, expertise="Kue kering")

    each.refresh_from_db()
    assert (each.honorarium_per_hour, each.expertise) == (150_000, "Kue kering")
    assert "Bu Wartini" in window.get("mentor_list").text
    assert "Rp150.000" in window.get("mentor_detail", each.public_id).text


def test_an_amount_that_is_none_is_told_at_its_field():
    page = Window("pelatihan").send(
        "mentor_create", name="Bu A", area=area(MALANG).key, honorarium_per_hour="banyak"
    )

    assert "errorlist" in page.text
    assert not Mentor.objects.exists()


def test_a_class_of_many_days_is_opened_with_mentors_guests_and_a_word_about_its_dates():
    course = training.seed_courses(by=system())["bordir"]
    window, who, venue = Window("pelatihan"), mentor(), hall(DINOYO, capacity=30)
    form = window.get("class_create").text
    assert "30" in form
    sunday = today(6 - today().weekday())

    days = {f"day_{n}": (sunday + timedelta(days=n - 1)).isoformat() for n in range(1, 8)}
    page = window.client.post(
        reverse("desk:class_create"),
        {
            "course": course.pk, "title": "Kue", "area": area(DINOYO).key, "organiser": "office",
            "venue": venue.pk, "seats": 30, "mentors": [who.pk], "guests": "Tamu A\nTamu B",
            "starts_at": "08:00", "ends_at": "12:00", "sekali": "x", **days,
        },
        follow=True,
    )  # fmt: skip

    each = Class.objects.get(title="Kue")
    assert each.sessions.count() == 7
    assert set(each.mentors.values_list("name", flat=True)) == {who.name, "Tamu A", "Tamu B"}
    assert "Minggu" in page.text


def test_a_hall_that_is_taken_is_told_in_the_form_and_what_was_typed_stays():
    window, venue = Window("pelatihan"), hall(DINOYO)
    open_class(DINOYO, 5, title="Bordir", venue=venue)
    course = training.seed_courses(by=system())["bordir"]

    page = window.send(
        "class_create", course=course.pk, title="Kue lapis", area=area(DINOYO).key,
        organiser="office", venue=venue.pk, day_1=today(5).isoformat(),
    )  # fmt: skip

    assert "Bordir" in page.text
    assert "Kue lapis" in page.text
    assert Class.objects.count() == 1


def test_notes_about_dates_come_as_a_part_and_as_a_page():
    window = Window("pelatihan")

    part = window.get("day_notes", query="?day_1=2026-05-01&day_2=x", HX_Target="day_notes").text
    page = window.get("day_notes", query="?day_1=2026-05-01").text

    assert "Hari Buruh" in part
    assert part.strip() in page
    assert "<h1>" not in part


def test_a_class_is_changed():
    each = open_class(DINOYO, 5)

    Window("pelatihan").send("class_change", each.public_id, title="Nama baru", seats=12)

    each.refresh_from_db()
    assert (each.title, each.seats, each.area.code) == ("Nama baru", 12, DINOYO)


def test_a_day_is_moved_and_those_with_a_seat_keep_it():
    window, each = Window("pelatihan"), open_class(DINOYO, 5, 6)
    seat(each, person("Siti", DINOYO))
    first = each.sessions.get(number=1)

    window.send("session_move_create", first.pk, on=today(9).isoformat(), why="Hujan")

    first.refresh_from_db()
    assert (first.on, first.revision, first.number) == (today(9), 1, 2)
    assert each.registrations.standing().count() == 1
    assert "1" in window.get("class_days", each.public_id).text


def test_hours_survive_a_move_of_the_date():
    window, venue = Window("pelatihan"), hall(DINOYO)
    each = training.open_class(
        course=training.seed_courses(by=system())["bordir"], title="Bordir", area=area(DINOYO),
        organiser="office", days=[Day(today(5), time(9), time(15, 30))], venue=venue, by=system(),
    )  # fmt: skip
    session = each.sessions.get()

    assert 'value="15:30"' in window.get("session_move_create", session.pk).text
    window.send("session_move_create", session.pk, on=today(6).isoformat(), why="Hujan")

    session.refresh_from_db()
    assert (session.on, session.starts_at, session.ends_at) == (today(6), time(9), time(15, 30))


def test_a_day_is_cancelled_and_citizens_read_why():
    window, each = Window("pelatihan"), open_class(DINOYO, 5, 6)
    training.publish(training_class=each, by=system())
    first = each.sessions.get(number=1)

    window.send("session_cancellation_create", first.pk, why="Banjir di balai")

    assert "Banjir di balai" in window.get("class_days", each.public_id).text
    assert (
        "Banjir di balai"
        in Client().get(reverse("public:class_detail", args=[each.public_id])).text
    )


def test_a_day_is_added_elsewhere():
    each, venue = open_class(DINOYO, 5), hall(DINOYO, "Aula (contoh)")

    Window("pelatihan").send(
        "session_create", each.public_id, on=today(7).isoformat(), venue=venue.pk
    )

    assert Session.objects.get(on=today(7)).venue == venue


def test_a_plan_and_its_costs_are_written_summed_and_taken_away():
    window, who = Window("pelatihan"), mentor()
    each = open_class(DINOYO, 5, seats=10, mentors=[who])

    window.send("class_plan_change", each.public_id, budget_code="2.17.03", companions=1)
    for given in (
        {"kind": "honorarium", "what": "Honor", "quantity": 4, "unit": "jam",
         "unit_price": "150rb", "mentor": who.pk},
        {"kind": "materials", "what": "Tepung", "quantity": 10, "unit": "kg",
         "unit_price": "Rp12.500"},
    ):  # fmt: skip
        window.post("cost_create", each.public_id, sekali=given["what"], **given)

    page = window.get("class_plan", each.public_id).text
    assert "Rp725.000" in page
    assert "tujuh ratus dua puluh lima ribu" in page.lower()
    assert "Rp72.500" in page
    file = b"".join(window.get("class_plan", each.public_id, query="?unduh=csv").streaming_content)
    assert b"Tepung" in file
    assert b"725000" in file


def test_a_cost_line_is_changed_and_removed():
    window, each = Window("pelatihan"), open_class(DINOYO, 5)
    cost = Cost("5.1", "food", "Nasi kotak", 10, "dus", Rupiah(20_000))
    line = training.add_cost(training_class=each, cost=cost, by=system())

    window.send("cost_change", line.pk, quantity=12)
    line.refresh_from_db()
    assert line.quantity == 12

    window.post("cost_removal_create", line.pk, sekali="a")
    assert not CostLine.objects.exists()


def test_mentors_of_a_class_are_chosen():
    each, who = open_class(DINOYO, 5, mentors=["Tamu"]), mentor()

    Window("pelatihan").send("class_mentors_change", each.public_id, mentors=who.pk, guests="Tamu")

    assert set(each.mentors.values_list("name", flat=True)) == {"Tamu", who.name}


def test_a_class_is_given_once_more_a_week_later_at_least():
    window, each = Window("pelatihan"), open_class(DINOYO, -3, mentors=["Tamu"])

    window.send("class_copy_create", each.public_id, title="Angkatan 2")

    copy = Class.objects.get(title="Angkatan 2")
    assert copy.starts_on > today()
    assert copy.starts_on.weekday() == each.starts_on.weekday()
    assert copy.mentors.get().name == "Tamu"


def test_next_points_are_proposed_by_demand_and_opened_together():
    window, each = Window("pelatihan"), open_class(DINOYO, -3)
    wished = open_class(DINOYO, 5, title="Batal")
    seat(wished, person("Siti", PURWANTORO))
    training.cancel(training_class=wished, why="Banjir", by=system())
    person("Painem", DINOYO)

    choice = window.get("class_repeat_create", each.public_id).text
    first = choice.index("Purwantoro")
    assert first < choice.index("Dinoyo", choice.index("<tbody>"))
    query = f"?titik={area(PURWANTORO).key}&titik={area(DINOYO).key}"
    window.send("class_repeat_create", each.public_id, query=query)

    made = Class.objects.filter(starts_on__gt=today()).exclude(pk=wished.pk)
    assert {one.area.code for one in made} == {PURWANTORO, DINOYO}
    assert len({one.starts_on for one in made}) == 2


def test_the_calendar_shows_the_month_of_a_hall_and_of_a_mentor():
    window, venue, who = Window("pelatihan"), hall(DINOYO), mentor()
    open_class(DINOYO, 0, title="Di balai", venue=venue)
    open_class(DINOYO, 0, title="Bersama Bu W", mentors=[who])

    def shown(query=""):
        page = window.get("calendar", query=query).text
        return [title for title in ("Di balai", "Bersama Bu W") if title in page]

    assert shown() == ["Di balai", "Bersama Bu W"]
    assert shown(f"?tempat={venue.pk}") == ["Di balai"]
    assert shown(f"?mentor={who.pk}") == ["Bersama Bu W"]
    assert shown("?bulan=2020-01") == []


def test_the_calendar_says_ramadan_and_years_whose_holidays_are_not_known():
    window = Window("pelatihan")

    assert "Ramadan" in window.get("calendar", query="?bulan=2026-03").text
    assert "2035" in window.get("calendar", query="?bulan=2035-01").text
    assert window.get("calendar", query="?bulan=9999-12").status_code == 200
