import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import city
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.area import AreaCode
from jembol.places import actions, errors, events
from jembol.places.models import Area

pytestmark = pytest.mark.django_db
NUMBERS = st.none() | st.integers(1, 4)


@pytest.fixture
def areas():
    return city.build_areas()


def test_an_rw_and_its_rt_stand_below_the_kelurahan(areas):
    rw = actions.add_rw(kelurahan=areas.dinoyo, number=6, by=city.system())
    rt = actions.add_rt(rw=rw, number=2, by=city.system())

    assert (rw.code, rw.name, rw.parent) == ("35.73.05.1004.006", "RW 06", areas.dinoyo)
    assert (rt.code, rt.name, rt.parent) == ("35.73.05.1004.006.002", "RT 02", rw)
    assert Fact.objects.get(event=events.RT_ADDED, area_key=rt.key).details == {"name": "RT 02"}


def test_an_rw_is_added_once(areas):
    with pytest.raises(errors.AreaExists, match=r"RW 03 \(35.73.05.1004.003\)"):
        actions.add_rw(kelurahan=areas.dinoyo, number=3, by=city.system())


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_number_beyond_three_digits_is_refused_by_name(areas, number):
    with pytest.raises(errors.NumberOutOfRange, match=rf"RW {number} .*1 to 999"):
        actions.add_rw(kelurahan=areas.dinoyo, number=number, by=city.system())


def test_an_rw_stands_in_a_kelurahan_and_an_rt_in_an_rw(areas):
    with pytest.raises(errors.NotOfThisLevel):
        actions.add_rw(kelurahan=areas.lowokwaru, number=1, by=city.system())
    with pytest.raises(errors.NotOfThisLevel):
        actions.add_rt(rw=areas.dinoyo, number=1, by=city.system())


def test_the_deepest_place_named_is_found_or_added(areas):
    by = city.system()

    assert actions.rt_in(kelurahan=areas.dinoyo, rw=3, rt=2, by=by) == areas.dinoyo_rt
    assert actions.rt_in(kelurahan=areas.dinoyo, rw=3, rt=None, by=by) == areas.dinoyo_rw
    assert actions.rt_in(kelurahan=areas.dinoyo, rw=None, rt=2, by=by) == areas.dinoyo
    assert actions.rt_in(kelurahan=areas.dinoyo, rw=9, rt=1, by=by).code.endswith(".009.001")


def test_asking_again_adds_and_journals_nothing(areas):
    before = Area.objects.count(), Fact.objects.count()

    actions.rt_in(kelurahan=areas.dinoyo, rw=3, rt=2, by=city.system())

    assert (Area.objects.count(), Fact.objects.count()) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.sets(st.tuples(st.booleans(), NUMBERS, NUMBERS), max_size=12))
def test_many_at_once_are_the_same_as_one_by_one(areas, wanted):
    keys = {True: areas.dinoyo.key, False: areas.purwantoro.key}
    rows = {(keys[is_dinoyo], rw, rt) for is_dinoyo, rw, rt in wanted}

    found = actions.bulk_rt(wanted=rows, by=city.system())

    for (kelurahan, rw, rt), key in found.items():
        place = Area.objects.get(key=key)
        one = actions.rt_in(
            kelurahan=Area.objects.get(key=kelurahan), rw=rw, rt=rt, by=city.system()
        )
        assert place == one
        assert place.parent_id == AreaCode.from_key(key).parent.key


def test_many_cost_as_many_queries_as_few(areas, django_assert_max_num_queries):
    wanted = {(areas.dinoyo.key, rw, rt) for rw in range(1, 30) for rt in range(1, 6)}

    with django_assert_max_num_queries(30):
        found = actions.bulk_rt(wanted=wanted, by=city.system())

    assert len(found) == 145


def test_an_unknown_kelurahan_is_refused(areas):
    with pytest.raises(errors.UnknownArea):
        actions.bulk_rt(wanted={(1, None, None)}, by=city.system())


def test_an_officer_of_one_rw_adds_an_rt_there_and_nowhere_else(areas):
    officer = city.build_officers("lapangan.rw3")["lapangan.rw3"]
    by = city.by(officer, "registry.change")

    added = actions.rt_in(kelurahan=areas.dinoyo, rw=3, rt=9, by=by)

    assert added.parent == areas.dinoyo_rw
    with pytest.raises(OutOfReach):
        actions.rt_in(kelurahan=areas.dinoyo, rw=4, rt=9, by=by)
    with pytest.raises(OutOfReach):
        actions.add_rw(kelurahan=areas.purwantoro, number=1, by=by)
    assert not Area.objects.filter(code="35.73.05.1004.004").exists()


def test_an_officer_of_one_rw_chooses_its_kelurahan_and_names_the_rw(areas):
    officer = city.build_officers("lapangan.rw3")["lapangan.rw3"]
    by = city.by(officer, "registry.change")

    place = actions.place(key=areas.dinoyo.key, rw=3, rt=None, by=by)

    assert place == areas.dinoyo_rw
    with pytest.raises(OutOfReach):
        actions.place(key=areas.dinoyo.key, rw=None, rt=None, by=by)
    with pytest.raises(OutOfReach):
        actions.place(key=areas.dinoyo.key, rw=4, rt=None, by=by)


def test_a_place_without_rw_is_the_area_itself_on_any_level(areas):
    by = city.system()

    assert actions.place(key=areas.malang.key, rw=3, rt=2, by=by) == areas.malang
    assert actions.place(key=areas.dinoyo.key, rw=None, rt=2, by=by) == areas.dinoyo
    with pytest.raises(errors.UnknownArea):
        actions.place(key=areas.dinoyo.key + 999_000, rw=None, rt=None, by=by)
