"""An absorbed entry stays addressable: its page, its searches, its counts, and the way back."""

import pytest
from desk_pages import Window
from django.urls import reverse

from city import area, system
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails, PersonDetails
from jembol.registry.models import Enterprise, Person, PersonMerge
from jembol.training import actions as training
from jembol.training.rules import Day


def enrol(name, code="35.73.05.1004", **more):
    details = PersonDetails(name=name, area=area(code), **more)
    return registry.enrol(details=details, by=system())


@pytest.fixture
def pair(city):
    """Two entries of one woman: each with a business, and the second with a group."""
    one, other = enrol("Siti Aminah"), enrol("Bu Minah", phone="081200000044")
    for person, name in ((one, "Kue Siti"), (other, "Warung Minah")):
        details = EnterpriseDetails(name=name, area=person.area)
        registry.add_enterprise(details=details, owners=[person], by=system())
    group = registry.form_group(name="Melati", area=one.area, by=system())
    registry.join(group=group, person=other, by=system())
    made = registry.merge(survivor=one, absorbed=other, by=system(), why="Kartu yang sama")
    return one, other, made


def text(response):
    return response.content.decode()


def test_the_absorbed_id_leads_to_the_common_page_which_says_why(pair):
    one, other, made = pair
    window = Window("pelatihan")

    answer = window.get("person_detail", other.public_id)
    page = text(window.client.get(answer["Location"]))

    assert answer.status_code == 302
    assert reverse("desk:person_detail", args=[one.public_id]) in answer["Location"]
    for said in ("Siti Aminah", "Bu Minah", other.public_id, "Kartu yang sama", "tests"):
        assert said in page
    assert reverse("desk:person_part_create", args=[made.pk]) in page


def test_the_common_page_gathers_what_stands_under_either(pair):
    one, _other, _made = pair

    page = text(Window("pelatihan").get("person_detail", one.public_id))

    for said in ("Kue Siti", "Warung Minah", "Melati"):
        assert said in page


@pytest.mark.parametrize("words", ["Minah", "081200000044", "id"])
def test_the_list_shows_one_person_whatever_was_typed(pair, words):
    _one, other, _made = pair
    words = other.public_id if words == "id" else words
    window = Window("pelatihan")

    page = text(window.get("person_list", query=f"?q={words}"))
    everybody = text(window.get("person_list"))

    assert "Siti Aminah" in page
    assert "Bu Minah" not in page
    assert "Bu Minah" not in everybody


def test_the_export_holds_the_person_once(pair):
    answer = Window("pelatihan").get("person_list", query="?unduh=csv")

    lines = b"".join(answer).decode("utf-8-sig").splitlines()

    assert sum("Siti Aminah" in line for line in lines) == 1
    assert not any("Bu Minah" in line for line in lines)


def test_undoing_asks_for_a_reason_and_both_stand_again(pair):
    one, other, made = pair
    window = Window("pelatihan")

    asked = window.send("person_part_create", made.pk, why=" ")
    assert PersonMerge.objects.standing().exists()
    done = window.send("person_part_create", made.pk, why="Ibu dan anak")

    assert asked.status_code == 200
    assert done["Location"] == reverse("desk:person_detail", args=[other.public_id])
    assert Person.objects.standing().filter(pk__in=[one.pk, other.pk]).count() == 2
    assert "Bu Minah" in text(window.get("person_detail", other.public_id))
    assert window.get("person_part_create", made.pk).status_code == 404


def test_undoing_tells_what_stays_because_somebody_changed_it(city):
    one, other = enrol("Siti"), enrol("Siti Aminah", phone="081200000055")
    made = registry.merge(survivor=one, absorbed=other, take=["phone"], by=system())
    registry.change(
        person=Person.objects.get(pk=one.pk), changes={"phone": "081200000056"}, by=system()
    )
    window = Window("pelatihan")

    answer = window.send("person_part_create", made.pk, why="Lain orang")

    assert "No. HP" in text(window.client.get(answer["Location"]))
    assert Person.objects.get(pk=one.pk).phone == "+6281200000056"


def test_a_form_that_was_open_before_the_merge_writes_nothing(pair):
    one, other, _made = pair
    window = Window("pelatihan")
    fields = {"name": "Nama dari formulir lama", "version": 1, "area": "35.73.05.1004"}

    answer = window.post("person_change", other.public_id, **fields)

    assert answer["Location"] == reverse("desk:person_change", args=[one.public_id])
    names = set(Person.objects.values_list("name", flat=True))
    assert "Nama dari formulir lama" not in names


def test_an_officer_who_sees_only_one_of_the_two_cannot_undo(city):
    one, other = enrol("Purwanti", "35.73.01.1007"), enrol("Siti Aminah")
    made = registry.merge(survivor=one, absorbed=other, by=system())
    window = Window("lapangan.dinoyo")

    page = window.get("person_detail", other.public_id)

    assert page.status_code == 200
    assert "Purwanti" not in text(page)
    assert window.get("person_part_create", made.pk).status_code == 404


def test_enterprises_are_one_with_the_owners_of_both_over_time(city):
    siti, budi = enrol("Siti"), enrol("Budi")
    shops = [
        registry.add_enterprise(
            details=EnterpriseDetails(name=name, area=owner.area), owners=[owner], by=system()
        )
        for name, owner in (("Kue Siti", siti), ("Kue Siti Baru", budi))
    ]
    made = registry.merge_enterprises(survivor=shops[0], absorbed=shops[1], by=system())
    window = Window("pelatihan")

    answer = window.get("enterprise_detail", shops[1].public_id)
    page = text(window.client.get(answer["Location"]))
    listed = text(window.get("enterprise_list", query="?q=Baru"))

    for said in ("Siti", "Budi", shops[1].public_id):
        assert said in page
    assert shops[0].public_id in listed
    assert shops[1].public_id not in listed
    window.send("enterprise_part_create", made.pk, why="Lain usaha")
    assert Enterprise.objects.standing().filter(pk__in=[one.pk for one in shops]).count() == 2


def test_the_class_lists_name_a_person_once(pair):
    one, other, _made = pair
    opened = training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title="Kue kering",
        area=one.area,
        organiser="office",
        days=[Day(one.created_at.date())],
        by=system(),
    )
    training.register(training_class=opened, person=other, by=system(), door="desk")
    window = Window("pelatihan")

    page = text(window.get("class_detail", opened.public_id))
    found = text(window.get("registration_create", opened.public_id, query="?q=Siti"))
    rows = text(window.get("registration_list"))

    for shown in (page, rows):
        assert "Siti Aminah" in shown
        assert "Bu Minah" not in shown
    assert 'name="orang"' not in found
