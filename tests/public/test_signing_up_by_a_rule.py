"""Citizens sign up by the published rule and see their own place, and nobody else's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, PURWANTORO, area, build_areas, system
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.actions.entries import group_token_of, token_of
from jembol.training.choices import ConditionKind, SelectionKind
from jembol.training.models import Registration
from jembol.training.rules import Condition, Day


@pytest.fixture
def areas(db):
    return build_areas()


def open_class(kind=SelectionKind.FIRST_COME, *, seats=1, conditions=()):
    """A published class whose window is open now, by the clock that the pages read."""
    now = timezone.now()
    opened = training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title="Kue kering",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=30))],
        seats=seats,
        by=system(now),
    )
    training.publish(training_class=opened, by=system(now))
    rule = training.RuleText(
        kind=kind,
        text="Aturan kelas ini.",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=5),
        conditions=conditions,
    )
    training.write_rule(training_class=opened, rule=rule, by=system(now))
    return opened


def send(opened, name="Siti Maesaroh", number=1, client=None, code=DINOYO):
    fields = {
        "name": name,
        "phone": f"0899 0000 000{number}",
        "area": str(area(code).key),
        "rw": "3",
        "rt": "2",
    }
    at = reverse("public:sign_up", args=[opened.public_id])
    return (client or Client()).post(at, fields)


def page(answer, client=None):
    return (client or Client()).get(answer["Location"]).text


def own_page(entry):
    return reverse("public:status", args=[entry.training_class.public_id, token_of(entry)])


def test_the_first_has_a_seat_the_second_waits_and_each_sees_only_themselves(areas):
    opened = open_class()
    send(opened)
    send(opened, "Painem", 2)

    first, second = opened.entries.order_by("pk")
    pages = [Client().get(own_page(one)).text for one in (first, second)]

    assert "Anda mendapat kursi" in pages[0]
    assert "Anda dalam antrean" in pages[1]
    for text, other in zip(pages, (second, first), strict=True):
        assert other.pseudonym not in text
        assert "Maesaroh" not in text
        assert "Painem" not in text


def test_the_thanks_lead_to_the_own_page_for_whoever_signed_up_and_nobody_else(areas):
    opened, browser = open_class(), Client()
    first = send(opened, client=browser)
    stranger = send(opened)
    again = send(opened, client=browser)

    link = own_page(opened.entries.get())
    assert link in page(first)
    assert link not in page(stranger)
    assert link in page(again, browser)
    assert opened.entries.count() == 1


def test_the_rule_and_its_conditions_are_read_before_anything_is_sent(areas):
    condition = Condition(ConditionKind.LIVES_IN, areas=("35.73.05",))
    opened = open_class(conditions=[condition])

    form = Client().get(reverse("public:sign_up", args=[opened.public_id])).text
    detail = Client().get(reverse("public:class_detail", args=[opened.public_id])).text

    for text in (form, detail):
        assert "Aturan kelas ini." in text
        assert "Lowokwaru" in text


def test_whoever_lives_elsewhere_is_told_why_at_once(areas):
    condition = Condition(ConditionKind.LIVES_IN, areas=("35.73.05",))
    opened = open_class(conditions=[condition])

    answer = send(opened, code=PURWANTORO)

    assert answer.status_code == 200
    assert "Lowokwaru" in answer.text.split("errorlist")[1]
    assert opened.entries.count() == 0


def test_what_the_register_knows_is_not_told_to_whoever_types_a_name(areas):
    person = registry.enrol(
        details=registry.PersonDetails(
            name="Siti Maesaroh", area=areas.dinoyo_rt, phone="089900000001"
        ),
        by=system(),
    )
    registry.note_decile(
        person=person,
        decile=9,
        as_of=timezone.localdate(),
        source="DTSEN",
        by=system(timezone.now()),
    )
    opened = open_class(conditions=[Condition(ConditionKind.DECILE, high=4)])

    answer = send(opened)

    assert answer.status_code == 302
    assert Registration.objects.count() == 0
    text = Client().get(own_page(opened.entries.get())).text
    assert "diperiksa di kantor" in text
    assert "9" not in text.split("Syarat")[1].split("</dd>")[0]


def test_an_offered_seat_is_taken_on_the_own_page(areas):
    opened = open_class()
    send(opened)
    send(opened, "Painem", 2)
    first, second = opened.entries.order_by("pk")
    Client().post(own_page(first), {"jawaban": "keluar"})

    offered = Client().get(own_page(second)).text
    Client().post(own_page(second), {"jawaban": "terima"})

    assert "Kursi ditawarkan" in offered
    assert Registration.objects.standing().get().person == second.person


def test_who_was_not_drawn_is_told_why(areas):
    opened = open_class(SelectionKind.LOTTERY)
    training.commit_to_secret(training_class=opened, by=system(timezone.now()))
    for number, name in enumerate(("Siti", "Painem", "Ngatini"), start=1):
        send(opened, name, number)
    before = Client().get(own_page(opened.entries.order_by("pk")[0])).text
    later = system(timezone.now() + timedelta(days=6))
    training.draw_seats(training_class=opened, by=later)

    loser = opened.entries.waiting().order_by("pk").first()
    text = Client().get(own_page(loser)).text

    assert "setelah pendaftaran ditutup" in before
    assert "Kursi sudah penuh" in text
    assert loser.pseudonym in text


def test_the_files_of_a_draw_are_public_and_name_nobody(areas):
    opened = open_class(SelectionKind.LOTTERY)
    training.commit_to_secret(training_class=opened, by=system(timezone.now()))
    send(opened)
    later = system(timezone.now() + timedelta(days=6))
    draw = training.draw_seats(training_class=opened, by=later)

    for name, told in draw.files.items():
        answer = Client().get(reverse("public:draw_file", args=[opened.public_id, name]))
        assert answer.content.decode() == told
        assert "Maesaroh" not in told
    missing = reverse("public:draw_file", args=[opened.public_id, "lain.csv"])
    assert Client().get(missing).status_code == 404


def test_a_head_signs_the_whole_group_up_through_the_link(areas):
    people = [
        registry.enrol(
            details=registry.PersonDetails(name=f"Anggota {n}", area=areas.dinoyo), by=system()
        )
        for n in range(3)
    ]
    group = registry.form_group(name="Melati", area=areas.dinoyo, kind="training", by=system())
    for person in people:
        registry.join(group=group, person=person, by=system())
    opened = open_class(seats=2)
    args = [opened.public_id, group.public_id, group_token_of(opened, group)]
    at = reverse("public:group_sign_up", args=args)

    answer = Client().post(at, {"orang": [one.public_id for one in people[:2]]})

    assert answer.status_code == 302
    assert opened.registrations.filter(group=group).count() == 2
    forged = reverse("public:group_sign_up", args=[*args[:2], "0" * 32])
    assert Client().get(forged).status_code == 404


def test_a_link_of_nobody_is_not_found(areas):
    opened = open_class()

    assert Client().get(reverse("public:status", args=[opened.public_id, "x"])).status_code == 404
