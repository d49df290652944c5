"""Behind the link of an RT head: what came, one wish, its answer; no account, and nobody's data."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.outreach import actions as outreach
from jembol.outreach.actions import ReplyText, WishText
from jembol.outreach.models import RtDoor, Wish
from jembol.outreach.queries import gatherings_proposed
from jembol.outreach.rt_links import token_of
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails, PersonDetails
from jembol.training import actions as training
from jembol.training.rules import Day

NIK = "3573014107850001"


def now():
    return system(timezone.now())


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def door(areas):
    return outreach.open_rt_door(area=areas.dinoyo_rt, by=now())


def link(door):
    return reverse("public:rt_door", args=[token_of(RtDoor.objects.get(pk=door.pk))])


def send(door, client=None, **fields):
    return (client or Client()).post(link(door), {"kind": "skill", **fields})


def neighbour():
    """Somebody of the RT with everything that must not be seen."""
    person = registry.enrol(
        details=PersonDetails(
            name="KANARI Siti",
            area=area(f"{DINOYO}.003.002"),
            phone="0812 9999 0001",
            address="KANARI Jalan",
            nik=Nik.parse(NIK),
            birth_place="KANARI Lahir",
        ),
        by=now(),
    )
    details = EnterpriseDetails(
        name="KANARI Usaha", area=person.area, product="KANARI Produk", activity="KANARI Kegiatan"
    )
    registry.add_enterprise(details=details, owners=[person], by=now())
    return person


def test_the_page_names_nobody(door):
    person = neighbour()
    opened = training.open_class(
        course=training.seed_courses(by=now())["kue-kering"],
        title="Kue kering",
        area=person.area,
        organiser="office",
        days=[Day(timezone.localdate() - timedelta(days=3))],
        by=now(),
    )
    seat = training.register(training_class=opened, person=person, by=now(), door="desk")
    training.take_roll(session=opened.sessions.get(), present={seat.pk}, by=now())

    text = Client().get(link(door)).text

    assert "KANARI" not in text
    assert NIK not in text
    assert NIK[-4:] not in text
    assert "99990001" not in re.sub(r"\D", "", text)
    assert str(person.public_id) not in text


def test_it_is_kept_from_caches_search_engines_and_referrers(door):
    answer = Client().get(link(door))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'name="robots" content="noindex"' in answer.text


def test_it_speaks_indonesian_first(door):
    assert Client(headers={"accept-language": "en"}).get(link(door))["Content-Language"] == "id"


def test_a_kind_alone_is_a_wish_and_the_page_says_so(door):
    answer = send(door)

    wish = Wish.objects.get()
    assert (wish.kind, wish.area_id, wish.source) == ("skill", door.area_id, "rt_head")
    assert answer["Location"] == f"{link(door)}?sudah=baru#main"
    assert f'id="usul-{wish.pk}"' in Client().get(link(door)).text


def test_words_people_year_and_the_own_budget_are_kept(door):
    year = timezone.localdate().year + 1
    send(door, words="Kelas menjahit", people="12", year=str(year), in_own_budget="on")

    wish = Wish.objects.get()
    assert (wish.words, wish.people, wish.year, wish.in_own_budget) == (
        "Kelas menjahit",
        12,
        year,
        "yes",
    )


def test_pressing_twice_is_one_wish_and_the_second_answer_says_so(door):
    send(door, words="Oven")

    again = send(door, words=" oven ")

    assert "sudah=lagi" in again["Location"]
    assert Wish.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},
        {"kind": "apa saja"},
        {"people": "0"},
        {"people": "-1"},
        {"people": "²"},
        {"people": "9" * 5000},
        {"year": "1999"},
        {"year": "²"},
        {"words": "x" * 301},
        {"words": "Ma\x00ruf"},
        {"words": f"Bu Siti {NIK}"},
        {"words": "0812 3456 7890"},
    ],
)
def test_what_cannot_be_read_is_told_and_stores_nothing(door, wrong):
    answer = send(door, **wrong)

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not Wish.objects.exists()


@pytest.mark.parametrize("words", ["{{7*7}}<script>alert(1)</script>", "\u202eEvil", "ﷺ" * 150])
def test_hostile_words_stay_text(door, words):
    send(door, words=words)

    text = Client().get(link(door)).text
    assert "<script>alert" not in text
    assert "{{7*7}}" in text or "7*7" not in words


def test_when_too_many_wait_the_page_says_what_to_do(areas, door):
    outreach.set_wish_policy(
        city=areas.malang,
        most_open=1,
        doors_until=timezone.localdate() + timedelta(days=9),
        by=now(),
    )
    send(door, words="satu satu")

    answer = send(door, words="dua dua")

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert Wish.objects.count() == 1


def test_an_own_wish_is_withdrawn_by_its_button(door):
    send(door)
    wish = Wish.objects.get()

    answer = Client().post(link(door), {"tarik": wish.pk})

    wish.refresh_from_db()
    assert "sudah=tarik" in answer["Location"]
    assert wish.withdrawn_at is not None


@pytest.mark.parametrize("named", ["", "²", "0", "9" * 30, "x"])
def test_no_other_wish_is_withdrawn(areas, door, named):
    other = outreach.open_rt_door(
        area=places.rt_in(kelurahan=areas.dinoyo, rw=3, rt=8, by=now()), by=now()
    )
    send(other)
    told = Wish.objects.get()

    answers = [Client().post(link(door), {"tarik": one}) for one in (named, told.pk)]

    told.refresh_from_db()
    assert [one.status_code for one in answers] == [404, 404]
    assert told.withdrawn_at is None


def test_what_an_officer_noted_is_shown_but_not_withdrawn_here(door):
    text = WishText(kind="tool", words="Oven listrik")
    told = outreach.tell_wish(area=door.area, source="muskelsus", text=text, by=now()).wish

    page = Client().get(link(door)).text
    answer = Client().post(link(door), {"tarik": told.pk})

    told.refresh_from_db()
    assert "Oven listrik" in page
    assert f'value="{told.pk}"' not in page
    assert "sudah=dijawab" in answer["Location"]
    assert told.withdrawn_at is None


def answered(door, kind, **more):
    gathering = outreach.gather_wishes(
        wishes=list(Wish.objects.filter(area=door.area)), topic="", by=now()
    )
    text = ReplyText(kind=kind, **more)
    outreach.answer_gathering(gathering=gathering, text=text, by=now())
    return Client().get(link(door)).text


def test_a_declined_wish_shows_why_to_its_rt(door):
    send(door)

    assert "Anggaran tahun ini habis" in answered(
        door, "declined", words="Anggaran tahun ini habis"
    )


def coming_class(areas, *, is_shown):
    opened = training.open_class(
        course=training.seed_courses(by=now())["kue-kering"],
        title="Menjahit untuk pemula",
        area=areas.dinoyo,
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=9))],
        by=now(),
    )
    if is_shown:
        training.publish(training_class=opened, by=now())
    return opened


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_planned_class_is_told_and_linked_once_citizens_see_it(areas, door, is_shown):
    send(door)
    opened = coming_class(areas, is_shown=is_shown)

    page = answered(door, "class", training_class=opened)

    assert "Menjahit untuk pemula" in page
    part = page[page.index('id="jawaban"') : page.index('id="kelas"')]
    assert (f"/kelas/{opened.public_id}/" in part) is is_shown


def test_a_class_that_was_cancelled_is_told_as_cancelled(areas, door):
    send(door)
    opened = coming_class(areas, is_shown=True)
    answered(door, "class", training_class=opened)

    training.cancel(training_class=opened, why="Gedung terendam", by=now())

    assert "Gedung terendam" in Client().get(link(door)).text


def test_every_rt_of_a_gathering_reads_the_answer_and_no_other_rt_s_words(areas, door):
    others = [
        outreach.open_rt_door(
            area=places.rt_in(kelurahan=areas.dinoyo, rw=3, rt=number, by=now()), by=now()
        )
        for number in (7, 8)
    ]
    for number, one in enumerate((door, *others)):
        send(one, words=f"menjahit KANARI-{number}")
    (found,) = gatherings_proposed(Reach.everywhere())
    made = outreach.gather_wishes(wishes=found.wishes, topic=found.topic, by=now())

    waiting = Client().get(link(door)).text
    text = ReplyText(kind="tool", words="Dua mesin jahit bersama")
    outreach.answer_gathering(gathering=made, text=text, by=now())

    pages = [Client().get(link(one)).text for one in (door, *others)]
    assert "digabung dengan 2 usulan serupa" in waiting
    for number, page in enumerate(pages):
        assert "Dua mesin jahit bersama" in page
        assert set(re.findall(r"KANARI-\d", page)) == {f"KANARI-{number}"}


def test_a_link_that_was_replaced_closed_or_guessed_leads_nowhere(door):
    old = link(door)
    outreach.replace_rt_door(door=door, by=now())
    fresh = link(door)
    closed = Client().get(fresh).status_code
    outreach.close_rt_door(door=door, why="selesai", by=now())

    answers = [Client().get(at).status_code for at in (old, fresh, f"/rt/{'a' * 32}/", "/rt/x/")]

    assert closed == 200
    assert answers == [404] * 4
    assert Client().post(old, {"kind": "skill"}).status_code == 404


def test_whoever_tries_links_by_the_hundred_is_stopped(door):
    client = Client()

    answers = [client.get(f"/rt/{'a' * 32}/").status_code for _turn in range(80)]

    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(link(door)).status_code == 429


def test_whoever_sends_by_the_hundred_is_stopped(door):
    client = Client()

    answers = [send(door, client, kind="").status_code for _turn in range(40)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_an_rw_has_a_page_of_its_own(areas):
    own = outreach.open_rt_door(area=areas.dinoyo_rw, by=now())

    page = Client().get(link(own))

    assert page.status_code == 200
    assert "RW 003 Dinoyo" in page.text or areas.dinoyo_rw.name in page.text


def test_opening_the_page_writes_nothing_and_asks_little(door, django_assert_max_num_queries):
    for number in range(4):
        send(door, words=f"usul {'abcd'[number] * 4}")
    at = link(door)

    with django_assert_max_num_queries(12):
        Client().get(at)
