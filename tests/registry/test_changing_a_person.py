"""A change is what differs, old and new stay readable, and nobody overwrites unseen."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import Phone
from jembol.registry import errors
from jembol.registry.actions import PersonDetails, PersonEdit, change, change_many, enrol
from jembol.registry.choices import Education, Sex
from jembol.registry.models import Person
from jembol.registry.queries import search
from jembol.registry.sealed_numbers import open_nik

# Invented NIKs with our own serial numbers.
NIK, OTHER_NIK = "3573054508859901", "3573054508859902"
KK, OTHER_KK = "3573050101209902", "3573050101209903"

DETAILS = {
    "name": st.sampled_from(["Siti Aminah", "Sulastri", "H. Slamet, S.Pd.", "Ma'ruf"]),
    "sex": st.sampled_from(["", *Sex.values]),
    "born_on": st.none() | st.dates(date(1930, 1, 1), date(2015, 1, 1)),
    "birth_place": st.sampled_from(["", "Malang"]),
    "phone": st.sampled_from(["", "0812-3456-7890", Phone("+6281234567890"), None]),
    "address": st.sampled_from(["", "Jl. Gajayana 5", "-"]),
    "education": st.sampled_from(["", *Education.values]),
    "has_disability": st.none() | st.booleans(),
    "nik": st.none() | st.sampled_from([Nik(NIK), Nik(OTHER_NIK)]),
    "kk": st.none() | st.sampled_from([Kk(KK), Kk(OTHER_KK)]),
}
people = st.fixed_dictionaries(DETAILS)
property_settings = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def stored_values(person):
    row = Person.objects.select_related("household").get(pk=person.pk)
    values = {name: getattr(row, name) for name in DETAILS if name not in {"nik", "kk"}}
    return values | {"nik": open_nik(row), "kk": row.household and row.household.kk_digest}


@property_settings
@given(details=people)
def test_writing_the_same_again_changes_nothing_and_tells_nothing(ground, details):
    person = enrol(details=PersonDetails(area=ground.dinoyo, **details), by=ground.by)
    facts = Fact.objects.count()

    same = change(person=person, changes={**details, "area": ground.dinoyo}, by=ground.by)

    assert same.version == person.version
    assert Fact.objects.count() == facts


@property_settings
@given(first=people, second=people)
def test_a_change_and_its_way_back_give_the_first_state(ground, first, second):
    person = enrol(details=PersonDetails(area=ground.dinoyo, **first), by=ground.by)
    before = stored_values(person)

    there = change(person=person, changes=second, by=ground.by)
    changed = stored_values(there)
    direct = enrol(details=PersonDetails(area=ground.dinoyo, **second), by=ground.by)
    back = change(person=there, changes=first, by=ground.by)

    assert changed == stored_values(direct)
    assert stored_values(back) == before
    assert back.version - person.version == (0 if changed == before else 2)


def test_the_journal_keeps_old_and_new_of_what_differs_only(ground):
    person = ground.enrol("Siti", phone="0812 3456 7890", address="Jl. A")

    change(
        person=person,
        changes={"name": "Siti Aminah", "address": "Jl. A", "area": ground.rt},
        by=ground.by,
        why="Kartu dilihat",
    )

    fact = Fact.objects.get(event="registry.person.changed")
    assert fact.details == {
        "name": ["Siti", "Siti Aminah"],
        "area": ["35.73.05.1004", "35.73.05.1004.006.002"],
    }
    assert (fact.person_id, fact.why) == (person.pk, "Kartu dilihat")


def test_a_changed_nik_is_journaled_masked(ground):
    person = ground.enrol(nik=Nik(NIK))

    changed = change(person=person, changes={"nik": Nik(OTHER_NIK)}, by=ground.by)

    fact = Fact.objects.get(event="registry.person.changed")
    assert fact.details == {"nik": ["3573••••••••9901", "3573••••••••9902"]}
    assert open_nik(changed) == OTHER_NIK


def test_a_stale_form_is_refused_with_both_values(ground):
    person = ground.enrol("Siti", address="Jl. A")
    change(person=person, changes={"address": "Jl. B"}, by=ground.by, version=1)

    with pytest.raises(errors.ChangedMeanwhile) as told:
        change(person=person, changes={"address": "Jl. C"}, by=ground.by, version=1)

    assert told.value.params["theirs"] == {"address": "Jl. B"}
    assert told.value.params["yours"] == {"address": "Jl. C"}
    assert told.value.params["version"] == 2
    assert stored_values(person)["address"] == "Jl. B"


def test_a_stale_form_that_asks_for_what_is_stored_is_no_conflict(ground):
    person = ground.enrol("Siti", address="Jl. A")
    change(person=person, changes={"address": "Jl. B"}, by=ground.by)

    same = change(person=person, changes={"address": "Jl. B"}, by=ground.by, version=1)

    assert same.version == 2


def test_a_new_name_and_number_are_found_and_the_old_are_not(ground):
    person = ground.enrol("Siti Aminah", phone="0812-3456-7890")

    change(person=person, changes={"name": "Wagiyem", "phone": "0857-1111-2222"}, by=ground.by)

    reach = ground.by.reach
    assert search("wagi", reach).get() == person
    assert search("0857 1111 2222", reach).get() == person
    assert not search("aminah", reach).exists()
    assert not search("081234567890", reach).exists()


@pytest.mark.parametrize("where", ["from", "to"])
def test_nobody_moves_a_person_across_the_border_of_their_areas(ground, where):
    here, there = ground.dinoyo, ground.miji
    if where == "from":
        here, there = there, here
    person = ground.enrol(area=here)

    with pytest.raises(OutOfReach):
        change(person=person, changes={"area": there}, by=ground.within(ground.malang))

    assert Person.objects.get(pk=person.pk).area_id == here.pk


def test_many_edits_apply_in_order_and_each_is_told(ground):
    siti, budi = ground.enrol("Siti"), ground.enrol("Budi")
    edits = [
        PersonEdit(siti, {"address": "Jl. A"}),
        PersonEdit(budi, {"sex": "L"}),
        PersonEdit(siti, {"address": "Jl. B", "kk": Kk(KK)}),
    ]

    change_many(edits, by=ground.by)

    stored = Person.objects.get(pk=siti.pk)
    assert (stored.address, stored.version) == ("Jl. B", 3)
    assert stored.household.kk_masked == "3573••••••••9902"
    facts = Fact.objects.filter(event="registry.person.changed").order_by("pk")
    assert [fact.person_id for fact in facts] == [siti.pk, budi.pk, siti.pk]


def test_a_misspelled_detail_is_a_fault_of_the_programme(ground):
    person = ground.enrol()

    with pytest.raises(ValueError, match="no such detail: nmae"):
        change(person=person, changes={"nmae": "Siti"}, by=ground.by)
