"""A person without a business, a NIK or a second name is a full citizen of the register."""

import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.nik import Kk, Nik
from jembol.kit.text import clean_line
from jembol.registry import errors
from jembol.registry.actions import PersonDetails, change, enrol, enrol_many
from jembol.registry.models import Household, Person
from jembol.registry.sealed_numbers import open_nik

# Invented: serial numbers from 9901 on are ours, and the day is in the calendar.
NIK = "3573054508859901"
KK = "3573050101209902"


def test_one_name_and_a_place_are_enough(ground):
    person = ground.enrol("Sulastri", area=ground.malang)

    stored = Person.objects.get(pk=person.pk)
    assert (stored.name, stored.folded, stored.area_id) == (
        "Sulastri",
        "sulastri",
        ground.malang.pk,
    )
    assert (stored.nik_sealed, stored.phone, stored.born_on) == (None, "", None)


def test_a_name_is_kept_as_written_and_folded_without_titles(ground):
    person = ground.enrol("  Hj. Nur'Aini   Ma’rufah, S.Pd. ")

    assert person.name == "Hj. Nur'Aini Ma’rufah, S.Pd."
    assert person.folded == "nuraini marufah"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", errors.ValueMissing),
        (" \t\u00a0", errors.ValueMissing),
        ("Siti\0", errors.TextUnreadable),
        ("Siti \ud800", errors.TextUnreadable),
        ("x" * 151, errors.TextTooLong),
    ],
)
def test_a_name_that_cannot_be_stored_is_refused_at_its_field(ground, name, refusal):
    with pytest.raises(refusal) as told:
        ground.enrol(name)

    assert told.value.field == "name"
    assert not Person.objects.exists()
    assert not Fact.objects.filter(event__startswith="registry.").exists()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150))
@example(name="=cmd|' /C calc'!A0")
@example(name="\u202eتمر ꦱꦶꦠꦶ 👩‍👩‍👧")
@example(name="ﷺ" * 150)
def test_any_name_that_is_not_blank_comes_back_as_written_in_nfc(ground, name):
    try:
        person = ground.enrol(name)
    except (errors.ValueMissing, errors.TextUnreadable, errors.TextTooLong):
        return

    stored = Person.objects.get(pk=person.pk)
    assert stored.name == clean_line(name)
    assert unicodedata.is_normalized("NFC", stored.name)
    # The stored name is a fixed point: writing it again changes nothing.
    assert change(person=stored, changes={"name": stored.name}, by=ground.by).version == 1


def test_sealed_bytes_never_hold_the_digits(ground):
    person = ground.enrol(nik=Nik(NIK), kk=Kk(KK))

    stored = Person.objects.select_related("household").get(pk=person.pk)
    for sealed, number in ((stored.nik_sealed, NIK), (stored.household.kk_sealed, KK)):
        assert number.encode() not in bytes(sealed)
        assert number[4:12].encode() not in bytes(sealed)
    assert stored.nik_masked == "3573••••••••9901"
    assert NIK not in stored.nik_digest
    assert open_nik(stored) == NIK


def test_no_fact_holds_a_whole_number(ground):
    ground.enrol(nik=Nik(NIK), kk=Kk(KK))

    told = " ".join(f"{fact.details} {fact.why}" for fact in Fact.objects.all())
    assert NIK not in told
    assert KK not in told


def test_people_of_one_card_share_a_household_of_their_city(ground):
    rows = [
        PersonDetails(name="Siti", area=ground.dinoyo, kk=Kk(KK)),
        PersonDetails(name="Budi", area=ground.merjosari, kk=Kk(KK)),
        PersonDetails(name="Wati", area=ground.miji, kk=Kk(KK)),
    ]

    siti, budi, wati = enrol_many(rows, by=ground.by)
    again = ground.enrol("Tono", kk=Kk(KK))

    assert siti.household_id == budi.household_id == again.household_id
    assert wati.household_id != siti.household_id
    assert Household.objects.count() == 2


def test_many_are_enrolled_or_none_and_the_row_is_named(ground):
    rows = [
        PersonDetails(name="Siti", area=ground.dinoyo),
        PersonDetails(name="Budi", area=ground.dinoyo, phone="12"),
    ]

    with pytest.raises(errors.PhoneUnreadable) as told:
        enrol_many(rows, by=ground.by)

    assert (told.value.field, told.value.params["row"]) == ("phone", 1)
    assert not Person.objects.exists()


def test_nobody_is_enrolled_outside_the_officers_areas(ground):
    with pytest.raises(OutOfReach):
        ground.enrol(area=ground.miji, by=ground.within(ground.malang))

    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("details", "field", "refusal"),
    [
        ({"sex": "X"}, "sex", errors.ChoiceUnknown),
        ({"education": "TK"}, "education", errors.ChoiceUnknown),
        ({"phone": "hubungi Bu RT"}, "phone", errors.PhoneUnreadable),
        ({"address": "Jl. \0"}, "address", errors.TextUnreadable),
        ({"birth_place": "x" * 101}, "birth_place", errors.TextTooLong),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused_at_its_field(ground, details, field, refusal):
    with pytest.raises(refusal) as told:
        ground.enrol(**details)

    assert told.value.field == field


def test_a_birth_in_the_future_is_refused_in_the_citys_day(ground):
    # At 03:00 UTC it is 10:00 of 21 November in Malang.
    today, tomorrow = ground.by.at.date(), ground.by.at.date().replace(day=22)

    assert ground.enrol(born_on=today).born_on == today
    with pytest.raises(errors.DayInFuture):
        ground.enrol(born_on=tomorrow)


def test_a_bulk_takes_as_many_statements_for_300_as_for_30(ground):
    def count(number):
        rows = [
            PersonDetails(name=f"Warga {place}", area=ground.dinoyo, phone=f"0812345{place:05d}")
            for place in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            enrol_many(rows, by=ground.by)
        return len(captured)

    assert count(300) - count(30) <= 4


def test_the_door_is_told_in_the_journal(ground):
    person = enrol(
        details=PersonDetails(name="Siti", area=ground.dinoyo), by=ground.by, door="public"
    )

    fact = Fact.objects.get(event="registry.person.enrolled")
    assert fact.person_id == person.pk
    assert fact.details["door"] == "public"
