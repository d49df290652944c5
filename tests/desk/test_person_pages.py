"""A person is entered and changed at the desk; two who change at once see each other."""

import pytest
from desk_pages import Window, person

from city import DINOYO, PURWANTORO, area, system
from jembol.journal.models import Fact
from jembol.places import actions as places
from jembol.registry import actions as registry
from jembol.registry.models import Person

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def siti(city):
    return person("Siti Maesaroh", DINOYO, phone="089900000001", address="Gang 1")


def test_a_name_and_a_kelurahan_are_enough():
    answer = Window("pelatihan").send("person_create", name="Painem", area=area(DINOYO).key)

    stored = Person.objects.get(name="Painem")
    assert answer["Location"].endswith(f"/orang/{stored.public_id}/")
    assert Fact.objects.filter(person_id=stored.pk, event="registry.person.enrolled").exists()


def test_a_form_sent_twice_enters_nobody_twice():
    window = Window("pelatihan")
    fields = {"name": "Painem", "area": area(DINOYO).key, "sekali": "kata"}

    first, second = (window.post("person_create", **fields) for _turn in range(2))
    other = window.post("person_create", **{**fields, "name": "Painah"})

    assert first["Location"] == second["Location"] != other["Location"]
    assert Person.objects.filter(name__startswith="Pain").count() == 2


@pytest.mark.parametrize(("field", "wrong"), [("phone", "12"), ("nik", "123"), ("rw", "0")])
def test_an_error_stands_at_its_field_and_what_was_typed_stays(field, wrong):
    page = Window("pelatihan").send(
        "person_create", **{"name": "Painem", "area": area(DINOYO).key, field: wrong}
    )

    drawn = page.text.split(f'name="{field}"')[1].split(">")[0]
    assert 'value="Painem"' in page.text
    assert f'value="{wrong}"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert f"id_{field}_error" in drawn
    assert f'id="id_{field}_error"' in page.text


def test_of_two_who_change_a_person_the_second_sees_both_and_can_then_save(siti):
    window = Window("pelatihan")
    registry.change(person=siti, changes={"address": "Gang 9"}, by=system())

    late = window.post(
        "person_change", siti.public_id, name="Siti M.", area=siti.area_id, version=1,
        phone=siti.phone, address="Gang 1",
    )  # fmt: skip
    stored = Person.objects.get(pk=siti.pk)
    assert (stored.name, stored.address) == ("Siti Maesaroh", "Gang 9")
    assert "Gang 9" in late.text
    assert "Siti Maesaroh" in late.text
    assert 'value="Siti M."' in late.text
    assert 'name="version" value="2"' in late.text

    window.post(
        "person_change", siti.public_id, name="Siti M.", area=siti.area_id, version=2,
        phone=siti.phone, address="Gang 9",
    )  # fmt: skip
    stored.refresh_from_db()
    assert (stored.name, stored.address) == ("Siti M.", "Gang 9")


def test_a_change_that_does_not_say_what_it_saw_is_refused(siti):
    page = Window("pelatihan").post("person_change", siti.public_id, name="Lain", area=siti.area_id)

    assert "errorlist" in page.text
    assert Person.objects.get(pk=siti.pk).name == "Siti Maesaroh"


def test_an_officer_of_one_rw_does_not_move_a_person_out_of_their_rt(city):
    there = places.rt_in(kelurahan=area(DINOYO), rw=3, rt=2, by=system())
    siti = person("Siti", there.code)

    answer = Window("lapangan.rw3").send("person_change", siti.public_id, phone="089900000009")

    siti.refresh_from_db()
    assert answer.status_code == 302
    assert (siti.area_id, siti.phone) == (there.key, "+6289900000009")


@pytest.mark.parametrize("rw", ["4", ""])
def test_an_officer_of_one_rw_places_nobody_in_another(city, rw):
    page = Window("lapangan.rw3").post(
        "person_create", name="Painem", area=city.dinoyo_rw.key, rw=rw, rt="1"
    )

    assert page.status_code == 200
    assert not Person.objects.filter(name="Painem").exists()


def test_a_kelurahan_outside_the_duty_is_not_offered_and_not_taken():
    page = Window("lapangan.dinoyo").send("person_create", name="X", area=area(PURWANTORO).key)

    assert page.status_code == 200
    assert not Person.objects.filter(name="X").exists()
    assert "Purwantoro" not in page.text


def test_disability_is_shown_to_those_who_may_know_it_only(siti):
    registry.change(person=siti, changes={"has_disability": True}, by=system())

    field, trainer = Window("lapangan.dinoyo"), Window("pelatihan")

    assert "has_disability" not in field.get("person_change", siti.public_id).text
    assert "has_disability" in trainer.get("person_change", siti.public_id).text
    shown = [one.get("person_detail", siti.public_id).text for one in (field, trainer)]
    assert ["<bdi>ya</bdi>" in page for page in shown] == [False, True]
    field.send("person_change", siti.public_id, address="Gang 2")
    siti.refresh_from_db()
    assert (siti.has_disability, siti.address) == (True, "Gang 2")
