"""`jembol demo`: the same seed gives the same city, and a register in use is left alone."""

import importlib
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from demo_small import NOW, build_small, load_areas, taken_back
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from jembol.console.demo import names
from jembol.console.demo.building import AreasMissing, RegisterNotEmpty
from jembol.console.demo.fingerprint import fingerprint
from jembol.console.demo.numbers import Numbers
from jembol.console.demo.people import Quarter, people_of
from jembol.console.demo.sizes import CITY, DEFAULT, evenly, further_quarters_of, quarters_of
from jembol.console.demo.trades import businesses_of
from jembol.journal.by import By
from jembol.places.actions import open_city
from jembol.places.models import Area, City
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.models import Person

MALANG = [f"35.73.{kecamatan:02d}.{1000 + n}" for kecamatan in range(1, 6) for n in range(1, 12)]
MALANG += ["35.73.03.1012", "35.73.05.1012"]
NUMBERED = Quarter(code="35.73.02.1001", people=60, businesses=0)


def by():
    return By.system("tests", at=NOW)


def built(seed):
    with taken_back():
        build_small(seed)
        return fingerprint(), Person.objects.count()


def test_a_seed_decides_the_city(db):
    load_areas()

    first, again, other = built(1), built(1), built(2)

    assert first == again
    assert first[0] != other[0]
    assert first[1] == other[1]


def test_fingerprint_notices_one_letter(db):
    load_areas()
    person = enrol(
        details=PersonDetails(name="Sumirah", area=Area.objects.get(code="35.73")), by=by()
    )
    before = fingerprint()

    Person.objects.filter(pk=person.pk).update(name="Sumirih")

    assert fingerprint() != before


def open_malang():
    open_city(code="35.73", office="Kantor", by=by())


def enrol_somebody():
    area = Area.objects.get(code="35.73")
    enrol(details=PersonDetails(name="Sumirah", area=area), by=by())


@pytest.mark.parametrize("use", [open_malang, enrol_somebody])
def test_register_in_use_is_refused_and_left_alone(db, use):
    load_areas()
    use()
    before = (City.objects.count(), Person.objects.count())

    with pytest.raises(RegisterNotEmpty):
        build_small()

    assert (City.objects.count(), Person.objects.count()) == before


def test_command_says_why_it_refuses(db):
    load_areas()
    open_malang()

    with pytest.raises(CommandError, match="not empty") as refused:
        call_command("demo", size="small", stdout=StringIO())

    assert "empty database" in str(refused.value)


def test_without_area_codes_the_building_says_what_to_load(db):
    with pytest.raises(AreasMissing, match="jembol load-areas"):
        build_small()


def test_command_tells_its_progress_and_the_fingerprint(db):
    load_areas()
    out = StringIO()

    call_command("demo", size="small", seed=1, on=NOW.date(), stdout=out)

    assert "Kota Malang: 300 people and 100 enterprises" in out.getvalue()
    assert f"fingerprint {fingerprint()}" in out.getvalue()
    assert "invented" in out.getvalue().splitlines()[0]


def test_command_wants_a_day():
    with pytest.raises(CommandError, match="no day like"):
        call_command("demo", "--on", "besok")


def test_city_has_the_documented_number_of_enterprises():
    first = quarters_of(CITY, "35.73", MALANG)
    further = further_quarters_of(CITY, "35.73", MALANG)

    assert sum(one.businesses for one in (*first, *further)) == 38_570
    assert {one.code for one in further} == set(MALANG)
    assert first == quarters_of(DEFAULT, "35.73", MALANG)


@given(total=st.integers(0, 10_000), parts=st.integers(1, 200))
def test_even_parts_sum_to_the_whole_and_differ_by_one_at_most(total, parts):
    shares = evenly(total, parts)

    assert sum(shares) == total
    assert len(shares) == parts
    assert max(shares) - min(shares) <= 1


@given(seed=st.integers(0, 10**6))
def test_invented_people_agree_with_their_nik_and_share_no_nik(seed):
    people = people_of(Random(seed), Numbers(seed), NUMBERED)
    niks = [one.nik for one in people if one.nik]

    assert len(people) == 60
    assert len(set(niks)) == len(niks)
    for one in people:
        if one.nik:
            assert one.nik.sex == one.sex
            assert one.born_on in one.nik.born_candidates(NOW.date())


@given(seed=st.integers(0, 10**6))
def test_signs_call_nobody_what_they_are_not(seed):
    people = people_of(Random(seed), Numbers(seed), NUMBERED)
    firms = businesses_of(Random(seed), Numbers(seed), NUMBERED, people, 80)

    for firm in firms:
        calls = set(firm.name.split())
        assert not calls & ({"Cak"} if people[firm.owner].sex == "P" else {"Bu", "Mbak"})


@given(seed=st.integers(0, 10**6), count=st.integers(1, 500))
def test_telephone_numbers_are_given_once(seed, count):
    numbers = Numbers(seed)

    given_out = {numbers.phone() for _place in range(count)}

    assert len(given_out) == count


def test_row_of_telephone_numbers_ends():
    numbers = Numbers(1, _phones=1_000_000)

    with pytest.raises(ValueError, match="no invented telephone number"):
        numbers.phone()


def test_nobody_of_the_demo_bears_a_name_of_the_examples(monkeypatch):
    """Else the examples would show possible duplicates that their truth files do not know."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "tools")
    invented = importlib.import_module("examples.people")

    last = {*names.WOMEN_SECOND, *names.MEN_SECOND, *names.WOMEN_SINGLE, *names.MEN_SINGLE}

    assert not last & {*invented.LAST, *invented.LAST_OF_MEN, *invented.SINGLE}
