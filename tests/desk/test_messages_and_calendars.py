"""The desk invites, opens messages one by one, words them, and gives out calendar addresses."""

from datetime import time

import pytest
from desk_pages import Window, open_class, person, seat
from django.urls import reverse

from city import DINOYO, MALANG, PURWANTORO, area, build_areas, build_officers, system
from jembol.calendars.models import Feed
from jembol.calendars.tokens import token_of
from jembol.journal.models import Fact
from jembol.outbox.models import Message, OptOut
from jembol.places import actions as places
from jembol.training import actions as training
from jembol.training.models import Invitation, MessageTimes, Wording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(db):
    build_areas()
    build_officers("pelatihan", "lapangan.dinoyo", "pelatihan.mojokerto")


@pytest.fixture
def desk():
    return Window("pelatihan")


def people(count, code=DINOYO):
    return [person(f"Warga {n}", code, phone=f"0812{n:08d}") for n in range(1, count + 1)]


def invite(desk, each, chosen, channel="wa_link"):
    return desk.post(
        "invitation_create", each.public_id, orang=[one.pk for one in chosen], channel=channel,
        language="id",
    )  # fmt: skip


def test_the_proposed_people_are_ticked_already_with_their_points(desk):
    people(3)
    page = desk.get("invitation_create", open_class(DINOYO, 9).public_id)

    assert page.text.count('name="orang"') == page.text.count('data-day="orang" checked') == 3
    assert "belum pernah ikut materi ini" in page.text
    assert "Halo Bu Siti (contoh), Anda diundang" in page.text


def test_those_who_are_ticked_are_invited_and_the_others_are_named(desk):
    each, chosen = open_class(DINOYO, 9), people(3)
    seat(each, chosen[2])

    answer = invite(desk, each, chosen)
    page = desk.client.get(answer["Location"])

    assert Invitation.objects.count() == 2
    assert answer["Location"] == reverse("desk:letter_list", args=[each.public_id])
    assert "2 orang diundang." in page.text
    assert "Warga 3: sudah terdaftar" in page.text


def test_nobody_ticked_and_a_channel_without_a_key_are_refused(desk):
    each, chosen = open_class(DINOYO, 9), people(1)

    assert "Centang orang" in invite(desk, each, []).text
    assert "JEMBOL_SMS_URL" in invite(desk, each, chosen, channel="sms").text
    assert not Invitation.objects.exists()


def test_opening_goes_through_our_server_to_whatsapp_and_is_noted(desk):
    each, chosen = open_class(DINOYO, 9), people(1)
    invite(desk, each, chosen)
    letter = Invitation.objects.get()

    shown = desk.get("letter_opening_create", each.public_id, "undangan", letter.pk)
    before = Message.objects.get().state
    answer = desk.post("letter_opening_create", each.public_id, "undangan", letter.pk)

    assert (shown.status_code, before) == (200, "waiting")
    assert answer["Location"].startswith("https://wa.me/62812")
    assert Message.objects.get().state == "opened"
    page = desk.get("letter_list", each.public_id)
    assert "dibuka di WhatsApp" in page.text
    assert "https://wa.me" in page["Content-Security-Policy"]
    assert "wa.me" not in desk.get("class_detail", each.public_id)["Content-Security-Policy"]


def test_whoever_opted_out_meanwhile_is_not_opened(desk):
    each, chosen = open_class(DINOYO, 9), people(1)
    invite(desk, each, chosen)
    desk.post("message_stop_create", chosen[0].public_id, why="minta sendiri")

    letter = Invitation.objects.get()
    answer = desk.post("letter_opening_create", each.public_id, "undangan", letter.pk)

    assert (OptOut.objects.count(), answer.status_code) == (1, 200)
    assert Message.objects.get().opened_at is None


def test_a_message_of_another_class_or_reach_does_not_exist(desk):
    each, other = open_class(DINOYO, 9), open_class(PURWANTORO, 9, title="Lain")
    invite(desk, each, people(1))
    letter = Invitation.objects.get()

    wrong = desk.post("letter_opening_create", other.public_id, "undangan", letter.pk)
    kind = desk.post("letter_opening_create", each.public_id, "pemberitahuan", letter.pk)
    stranger = Window("pelatihan.mojokerto")
    far = stranger.post("letter_opening_create", each.public_id, "undangan", letter.pk)

    assert {wrong.status_code, kind.status_code, far.status_code} == {404}
    assert Message.objects.get().opened_at is None


def test_a_city_has_its_own_words_and_hours(desk):
    desk.post("wording_change", MALANG, "invitation", "id", text="Hai {nama} {tautan}")
    desk.post("message_times_change", MALANG, eve_at="17:30", morning_at="", channel="wa_link")

    times = MessageTimes.objects.get()
    assert Wording.objects.get().text == "Hai {nama} {tautan}"
    assert (times.eve_at, times.morning_at, times.channel) == (time(17, 30), None, "wa_link")
    page = desk.get("wording_list").text
    assert "Hai {nama}" in page
    assert "17:30" in page
    assert (
        Window("pelatihan.mojokerto").get("wording_change", MALANG, "eve", "id").status_code == 404
    )


def test_words_with_an_unknown_hole_are_refused(desk):
    page = desk.post("wording_change", MALANG, "invitation", "id", text="Hai {name}")

    assert "{name}" in page.text
    assert not Wording.objects.exists()


def test_a_class_its_venue_and_its_mentors_have_addresses_that_are_replaced(desk):
    hall = places.add_venue(name="Balai", area=area(DINOYO), by=system())
    each = open_class(DINOYO, 9, venue=hall)
    mentor = training.add_mentor(
        details=training.MentorDetails(name="Bu Mentor", area=area(DINOYO)), by=system()
    )
    training.choose_mentors(training_class=each, mentors=[mentor], by=system())
    for word in (f"class-{each.pk}", f"venue-{hall.pk}", f"mentor-{mentor.pk}"):
        desk.post("class_feeds", each.public_id, milik=word, aksi="buat")
    old = token_of(Feed.objects.get(subject="class"))

    desk.post("class_feeds", each.public_id, milik=f"class-{each.pk}", aksi="ganti")

    page = desk.get("class_feeds", each.public_id)
    assert Feed.objects.count() == 3
    assert old not in page.text
    assert token_of(Feed.objects.get(subject="class")) in page.text
    assert page["Cache-Control"] == "no-store"
    assert Fact.objects.filter(event="calendars.feed.opened").count() == 3


def test_an_address_of_something_else_is_not_made_here(desk):
    each = open_class(DINOYO, 9)

    answer = desk.post("class_feeds", each.public_id, milik="person-1", aksi="buat")

    assert (answer.status_code, Feed.objects.count()) == (404, 0)


def test_a_person_has_an_address_of_their_own(desk):
    (one,) = people(1)

    desk.post("person_feed", one.public_id, milik=f"person-{one.pk}", aksi="buat")

    assert Feed.objects.get().subject_key == one.pk
    assert Fact.objects.get(event="calendars.feed.opened").person_id == one.pk


def test_the_timeline_tells_what_was_written(desk):
    each, chosen = open_class(DINOYO, 9), people(1)
    invite(desk, each, chosen)

    page = desk.get("person_detail", chosen[0].public_id).text

    assert "Diundang ke kelas" in page
    assert "WhatsApp, dibuka satu per satu" in page
