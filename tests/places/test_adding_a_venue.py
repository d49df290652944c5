import pytest

import city
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.point import Point
from jembol.places import actions, errors, events
from jembol.places.models import Venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas():
    return city.build_areas()


def add(area, name="Balai RW 03 Dinoyo", **more):
    return actions.add_venue(name=name, area=area, by=city.system(), **more)


def test_a_venue_keeps_what_is_known_and_leaves_the_rest_open(areas):
    add(areas.dinoyo_rw, capacity=40, step_free=False, point=Point(lat=-7.944, lon=112.608))

    venue = Venue.objects.get()
    assert (venue.name, venue.capacity, venue.step_free) == ("Balai RW 03 Dinoyo", 40, False)
    assert (venue.lat, venue.lon, venue.address) == (-7.944, 112.608, "")
    assert Fact.objects.get(event=events.VENUE_ADDED).area_key == areas.dinoyo_rw.key


def test_the_same_name_is_one_venue_in_an_area_and_another_elsewhere(areas):
    add(areas.dinoyo)
    add(areas.purwantoro)

    with pytest.raises(errors.VenueExists, match="BALAI rw 03 Dinoyo in Dinoyo"):
        add(areas.dinoyo, name="  BALAI  rw 03 Dinoyo ")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": "  "}, "name"), ({"name": "—"}, "name"), ({"capacity": 0}, "capacity")],
)
def test_an_incomplete_venue_is_refused_at_its_field(areas, wrong, field):
    with pytest.raises(errors.VenueIncomplete) as caught:
        add(areas.dinoyo, **wrong)

    assert caught.value.field == field


def test_an_officer_adds_venues_only_in_their_areas(areas):
    officer = city.build_officers("pelatihan")["pelatihan"]

    with pytest.raises(OutOfReach):
        actions.add_venue(
            name="Balai", area=areas.kauman_mojokerto, by=city.by(officer, "places.change")
        )
