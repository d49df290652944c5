"""Officers hand out links, note wishes, gather and answer them on pages."""

import re
from datetime import timedelta

import pytest
from desk_pages import Window, today, total_of

from city import DINOYO, PURWANTORO, area, system
from jembol.journal.models import Fact
from jembol.outreach import actions as outreach
from jembol.outreach.actions import WishText
from jembol.outreach.models import Gathering, Reply, RtDoor, Wish, WishPolicy
from jembol.outreach.rt_links import token_of
from jembol.places import actions as places
from jembol.training import actions as training
from jembol.training.models import Class


def rt(code, rw, number):
    return places.rt_in(kelurahan=area(code), rw=rw, rt=number, by=system())


def wish(code, rw, number, words="Menjahit", **more):
    text = WishText(kind="skill", words=words, year=today().year, **more)
    return outreach.tell_wish(
        area=rt(code, rw, number), source="officer", text=text, by=system()
    ).wish


@pytest.fixture
def pelatihan(city):
    return Window("pelatihan")


@pytest.fixture
def three(city):
    return [wish(DINOYO, 5, number, people=10) for number in (1, 2, 3)]


def test_a_link_is_made_and_its_letter_shows_it(pelatihan):
    answer = pelatihan.send("rt_door_create", area=area(DINOYO).key, rw="5", rt="1")

    door = RtDoor.objects.get()
    page = pelatihan.client.get(answer["Location"])
    assert page["Cache-Control"] == "no-store"
    assert f"/rt/{token_of(door)}/" in page.text
    assert "<svg" in page.text
    assert "https://wa.me/?text=" in page.text


def test_a_kelurahan_alone_is_refused_at_its_field(pelatihan):
    answer = pelatihan.send("rt_door_create", area=area(DINOYO).key)

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not RtDoor.objects.exists()


def test_all_known_rt_of_a_kelurahan_get_theirs_at_once_and_letters_to_print(pelatihan, three):
    known = len({one.area_id for one in three}) + 1 + 2  # their RW, and RW 3 with RT 2

    answer = pelatihan.send("rt_door_create", area=area(DINOYO).key, every="on")

    assert answer["Location"].endswith(f"?wilayah={DINOYO}")
    assert RtDoor.objects.count() == known
    sheet = pelatihan.get("rt_door_sheet", query=f"?wilayah={DINOYO}").text
    assert sheet.count('class="panel letter"') == known
    assert "panel letter" not in pelatihan.get("rt_door_sheet", query=f"?wilayah={PURWANTORO}").text


def test_neither_list_nor_file_shows_a_link_and_taking_the_file_is_a_fact(pelatihan, three):
    door = outreach.open_rt_door(area=three[0].area, by=system())

    page = pelatihan.get("rt_door_list")
    file = b"".join(pelatihan.get("rt_door_list", query="?unduh=csv")).decode()

    assert total_of(page) == 1
    assert token_of(door) not in page.text + file
    assert Fact.objects.filter(event="registry.list.exported").count() == 1


def test_a_link_is_replaced_and_closed(pelatihan, three):
    door = outreach.open_rt_door(area=three[0].area, by=system())
    old = token_of(door)

    pelatihan.send("rt_door_replacement_create", door.pk)
    door.refresh_from_db()
    replaced = token_of(door)
    pelatihan.send("rt_door_closing_create", door.pk, why="Ketua berganti")

    assert replaced != old
    assert replaced not in pelatihan.get("rt_door_detail", door.pk).text
    assert RtDoor.objects.get().closed_at is not None


def test_the_city_sets_until_when_and_how_many(pelatihan):
    until = today(30)

    pelatihan.send("wish_policy_change", doors_until=until.isoformat(), most_open="3")

    policy = WishPolicy.objects.get()
    assert (policy.doors_until, policy.most_open) == (until, 3)


def test_a_wish_of_the_minutes_is_noted_once(pelatihan):
    given = {
        "source": "muskelsus", "area": area(DINOYO).key, "rw": "5", "rt": "1", "kind": "tool",
        "words": "Oven", "people": "8", "in_own_budget": "yes",
    }  # fmt: skip

    first = pelatihan.send("wish_create", **given)
    again = pelatihan.send("wish_create", **given)

    assert first["Location"] == again["Location"]
    told = Wish.objects.get()
    assert (told.source, told.in_own_budget, told.people) == ("muskelsus", "yes", 8)
    assert told.officer.username == "pelatihan"


def test_a_field_officer_notes_corrects_and_withdraws_but_gathers_nothing(city, three):
    window = Window("lapangan.dinoyo")

    window.send("wish_change", three[0].pk, people="7", in_own_budget="no")
    window.send("wish_withdrawal_create", three[1].pk, why="salah catat")

    three[0].refresh_from_db()
    three[1].refresh_from_db()
    assert (three[0].people, three[0].in_own_budget) == (7, "no")
    assert three[1].why_withdrawn == "salah catat"
    assert window.get("gathering_create").status_code == 403


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?keadaan=open", 1),
        ("?keadaan=gathered", 1),
        ("?keadaan=answered", 0),
        ("?keadaan=withdrawn", 1),
        ("?jenis=tool", 0),
        ("?asal=officer", 3),
        ("?q=menjahit", 3),
        ("?q=kue", 0),
        (f"?wilayah={PURWANTORO}", 0),
    ],
)
def test_the_list_is_narrowed_by_what_became_of_them(pelatihan, three, query, count):
    outreach.withdraw_wish(wish=three[0], why="salah", by=system())
    outreach.gather_wishes(wishes=[three[1]], topic="", by=system())

    assert total_of(pelatihan.get("wish_list", query=query)) == count


def gather_link(window):
    page = window.get("gathering_list").text
    found = re.search(r'href="[^"]*bersama/baru/\?([^"]+)"', page)
    return f"?{found[1].replace('&amp;', '&')}" if found else ""


def test_like_wishes_are_proposed_gathered_and_answered_by_a_class(pelatihan, three):
    query = gather_link(pelatihan)
    made = pelatihan.post(
        "gathering_create", query=query, topic="menjahit", usulan=[one.pk for one in three]
    )
    gathering = Gathering.objects.get()

    form = pelatihan.get("class_create", query=f"?usulan={gathering.pk}").text
    training.seed_courses(by=system())
    course = training.seed_courses(by=system())["kue-kering"]
    opened = pelatihan.send(
        "class_create",
        query=f"?usulan={gathering.pk}",
        course=course.pk,
        day_1=today(20).isoformat(),
        area=area(DINOYO).key,
    )
    each = Class.objects.get()
    answer = pelatihan.client.get(opened["Location"])
    pelatihan.post("gathering_answer_create", gathering.pk, kind="class", which=each.pk)

    assert made.status_code == 302
    assert 'value="Menjahit"' in form
    assert 'value="30"' in form
    assert opened["Location"].endswith(f"?kelas={each.public_id}")
    assert f'value="{each.pk}" selected' in answer.text
    assert Reply.objects.get().training_class == each
    assert gather_link(pelatihan) == ""


def test_who_ticks_fewer_gathers_fewer(pelatihan, three):
    pelatihan.post("gathering_create", topic="", usulan=[one.pk for one in three[:2]])

    assert Gathering.objects.get().gathered.count() == 2


def test_who_comes_second_is_told_and_sees_what_is_left(pelatihan, three):
    outreach.gather_wishes(wishes=three[:2], topic="", by=system())

    answer = pelatihan.post("gathering_create", topic="", usulan=[one.pk for one in three])

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert f'value="{three[2].pk}"' in answer.text
    assert f'value="{three[0].pk}"' not in answer.text
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"kind": "tool"}, "tool"),
        ({"kind": "declined", "words": "Anggaran habis"}, "declined"),
        ({"kind": "declined"}, None),
        ({"kind": "class"}, None),
        ({"kind": "class", "which": "²"}, None),
        ({"kind": "class", "which": "9" * 40}, None),
        ({"kind": "visit"}, "visit"),
    ],
)
def test_an_answer_is_complete_or_refused(pelatihan, three, given, kind):
    made = outreach.gather_wishes(wishes=three, topic="", by=system())

    answer = pelatihan.post("gathering_answer_create", made.pk, **given)

    reply = Reply.objects.first()
    assert answer.status_code == (302 if kind else 200)
    assert (reply.kind if reply else None) == kind


def test_a_day_of_a_visit_is_kept(pelatihan, three):
    made = outreach.gather_wishes(wishes=three, topic="", by=system())

    pelatihan.post("gathering_answer_create", made.pk, kind="visit", visit_on=today(4).isoformat())

    assert Reply.objects.get().visit_on == today() + timedelta(days=4)


def test_wishes_are_parted_with_a_reason(pelatihan, three):
    made = outreach.gather_wishes(wishes=three, topic="", by=system())

    nothing = pelatihan.post("gathering_split_create", made.pk, why="lain hal")
    one = pelatihan.post("gathering_split_create", made.pk, why="lain", usulan=[three[0].pk])
    rest = pelatihan.post(
        "gathering_split_create", made.pk, why="batal", usulan=[three[1].pk, three[2].pk]
    )

    assert (nothing.status_code, one.status_code, rest.status_code) == (200, 302, 302)
    assert rest["Location"].endswith("/bersama/")
    assert not Gathering.objects.exists()


def test_gatherings_are_listed_and_taken_away_as_a_file(pelatihan, three):
    outreach.gather_wishes(wishes=three, topic="menjahit", by=system())

    page = pelatihan.get("gathering_list")
    file = b"".join(pelatihan.get("gathering_list", query="?unduh=csv")).decode()

    assert total_of(page) == 1
    assert "menjahit" in file
    assert ",3,30," in file


def test_an_officer_of_another_city_finds_none_of_it(city, three):
    made = outreach.gather_wishes(wishes=three[:1], topic="KANARI", by=system())
    window = Window("pelatihan.mojokerto")

    answers = [
        window.get("wish_detail", three[0].pk),
        window.get("gathering_detail", made.pk),
        window.post("gathering_answer_create", made.pk, kind="tool"),
        window.post("gathering_split_create", made.pk, why="iseng", usulan=[three[0].pk]),
    ]
    window.post("gathering_create", topic="", usulan=[three[1].pk])

    assert [one.status_code for one in answers] == [404] * 4
    assert "Dinoyo" not in window.get("gathering_list").text
    assert Gathering.objects.count() == 1
    assert "KANARI" not in window.get("class_create", query=f"?usulan={made.pk}").text
