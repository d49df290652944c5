"""The survivor takes over what the other entry knows, and undoing puts everything back."""

from datetime import date

import pytest

from jembol.kit.nik import Nik
from jembol.registry import errors
from jembol.registry.actions import change, form_household, merge, unmerge
from jembol.registry.models import Person
from jembol.registry.sealed_numbers import open_nik

# Invented numbers with our own serials.
NIK, OTHER = Nik("3573054508859901"), Nik("3573054508859902")


def fresh(person):
    return Person.objects.select_related("area", "household").get(pk=person.pk)


@pytest.fixture
def two(ground):
    """One entry that knows little, and one with a card, a phone and a household."""
    poor = ground.enrol("Siti", nik=NIK, phone="081200000001", area=ground.malang)
    rich = ground.enrol(
        "Siti Aminah", nik=OTHER, phone="081200000002", born_on=date(1985, 8, 5), education="sma"
    )
    form_household(area=ground.dinoyo, members=[rich], by=ground.by)
    return poor, fresh(rich)


TAKE = ("name", "nik", "phone", "born_on", "education", "area", "household", "sex")


def test_what_is_taken_stands_in_the_survivor_and_goes_back(ground, two):
    poor, rich = two

    made = merge(survivor=poor, absorbed=rich, take=TAKE, by=ground.by)

    now = fresh(poor)
    assert (now.name, now.phone, now.born_on, now.education, now.area) == (
        rich.name, rich.phone, rich.born_on, rich.education, rich.area,
    )  # fmt: skip
    assert (open_nik(now), now.household) == (OTHER.digits, rich.household)
    # What the other entry does not know is not taken.
    assert set(made.taken) == set(TAKE) - {"sex"}
    undone = unmerge(merge=made, by=ground.by, why="Lain orang")
    again = fresh(poor)
    assert undone.kept == []
    assert (again.name, again.phone, again.born_on, again.education, again.area) == (
        "Siti", poor.phone, None, "", ground.malang,
    )  # fmt: skip
    assert (open_nik(again), again.household) == (NIK.digits, None)


def test_no_number_stands_open_in_the_merge(ground, two):
    poor, rich = two

    made = merge(survivor=poor, absorbed=rich, take=("nik",), by=ground.by)

    assert NIK.digits not in str(made.taken)
    assert OTHER.digits not in str(made.taken)
    assert NIK.digits.encode() not in bytes(made.nik_before)


def test_what_somebody_changed_since_stays_and_is_told(ground, two):
    poor, rich = two
    made = merge(survivor=poor, absorbed=rich, take=("phone", "born_on"), by=ground.by)
    change(person=fresh(poor), changes={"phone": "081200000009"}, by=ground.by)

    undone = unmerge(merge=made, by=ground.by, why="Lain orang")

    assert undone.kept == ["phone"]
    assert (fresh(poor).phone, fresh(poor).born_on) == ("+6281200000009", None)


@pytest.mark.parametrize("first_undone", [0, 1])
@pytest.mark.parametrize("field", ["phone", "nik"])
def test_of_two_merges_either_may_be_undone_first(ground, two, first_undone, field):
    poor, rich = two
    third = ground.enrol("Aminah", phone="081200000003", nik=Nik("3573054508859903"))
    made = [
        merge(survivor=poor, absorbed=other, take=(field,), by=ground.by) for other in (rich, third)
    ]
    for place in (first_undone, 1 - first_undone):
        undone = unmerge(merge=made[place], by=ground.by, why="Lain orang")
        assert undone.kept == []

    assert (fresh(poor).phone, open_nik(fresh(poor))) == (poor.phone, NIK.digits)


def test_only_details_can_be_taken(ground, two):
    poor, rich = two

    with pytest.raises(errors.NotTaken, match="public_id"):
        merge(survivor=poor, absorbed=rich, take=("public_id",), by=ground.by)

    assert fresh(rich).survivor_id is None
