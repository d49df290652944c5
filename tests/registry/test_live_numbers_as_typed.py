"""A number that is none, or not yet, still tells at a desk who is meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import DINOYO, PURWANTORO, area, build_areas, system
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.matching import Probe, look_up

NIK = "3573054508859901"
PHONE = "0813-3456-2210"


@pytest.fixture
def siti(db):
    build_areas()
    details = PersonDetails(
        name="Siti Maesaroh", area=area(DINOYO), phone=PHONE, nik=Nik.parse(NIK)
    )
    return enrol(details=details, by=system())


def found(name="Maesaroh", **fields):
    probe = Probe(row=0, name=name, area_key=area(PURWANTORO).key, **fields)
    return [one.person_id for one in look_up(probe, reach=Reach.everywhere())]


@pytest.mark.parametrize(
    "nik",
    [NIK[:15], NIK[:4] + NIK[5:], NIK + NIK[-1], f"{NIK}.0", "357305 450885 9901"],
    ids=["last digit missing", "a digit missing", "a digit twice", "a spreadsheet's", "in groups"],
)
def test_a_nik_with_a_digit_too_few_or_too_many_finds_its_person(siti, nik):
    assert found() == []
    assert found(nik=nik) == [siti.pk]


def test_each_of_two_phone_numbers_in_one_field_finds_its_person(siti):
    name = "Siti Maesaroh"

    assert found(name, phone=f"0813-0000-1122 / {PHONE}") == [siti.pk]
    assert found(name, phone=f"{PHONE} atau 0813-0000-1122") == [siti.pk]
    assert found(name, phone="0813-0000-1122 / 0813-0000-1133") == []


@pytest.mark.parametrize("filler", ["0", "-", "0000000000000000", "tidak ada", "3,57E+15"])
def test_what_only_fills_a_field_finds_nobody_and_asks_nothing_more(siti, filler):
    with CaptureQueriesContext(connection) as captured:
        near = look_up(
            Probe(row=0, name="Painem", nik=filler, phone=filler, area_key=area(PURWANTORO).key),
            reach=Reach.everywhere(),
        )

    assert near == []
    assert not [one for one in captured if "nik_digest" in one["sql"] and " IN " in one["sql"]]
