"""A citizen signs up with a name, a telephone number and a place."""

from datetime import timedelta

import pytest

from city import NOW, system
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.registry import actions as registry
from jembol.registry.errors import PhoneUnreadable
from jembol.registry.models import Person
from jembol.training import actions, errors
from jembol.training.choices import Door
from jembol.training.models import Registration
from training.classroom import open_class

PHONE = "0812-0000-0101"
TOMORROW = NOW.date() + timedelta(days=1)


@pytest.fixture
def shown(areas):
    opened = open_class(areas.purwantoro, days=(TOMORROW,), seats=2)
    actions.publish(training_class=opened, by=system())
    return opened


def sign_up(training_class, area, name="Sri Lestari", phone=PHONE):
    city = Reach.of([area.key - area.key % 10**12])
    citizen = By(kind="citizen", id=None, label=name, at=NOW, door="public", reach=city)
    return actions.sign_up(
        training_class=training_class, name=name, phone=phone, area=area, by=citizen
    )


def test_somebody_new_is_enrolled_and_registered(areas, shown):
    seat = sign_up(shown, areas.dinoyo_rt)

    assert (seat.training_class, seat.door) == (shown, Door.PUBLIC)
    assert (seat.person.name, seat.person.phone) == ("Sri Lestari", "+6281200000101")
    assert seat.person.area == areas.dinoyo_rt


@pytest.mark.parametrize("name", ["Sri Lestari", "Hj. SRI LESTARI", "sri  lestari"])
def test_the_same_person_is_found_again(areas, shown, name):
    known = registry.enrol(
        details=registry.PersonDetails(name="Hj. Sri Lestari", phone=PHONE, area=areas.purwantoro),
        by=system(),
    )

    seat = sign_up(shown, areas.dinoyo_rt, name=name, phone="+62 812 0000 0101")

    assert seat.person == known
    assert Person.objects.count() == 1


def test_another_name_on_the_same_telephone_is_another_person(areas, shown):
    sign_up(shown, areas.dinoyo_rt)

    sign_up(shown, areas.dinoyo_rt, name="Bambang Wijaya")

    assert Person.objects.count() == 2


def test_signing_up_twice_gives_the_same_seat(areas, shown):
    first = sign_up(shown, areas.dinoyo_rt)

    second = sign_up(shown, areas.dinoyo_rt)

    assert (second.pk, Registration.objects.count(), Person.objects.count()) == (first.pk, 1, 1)


def test_the_seat_of_an_entry_that_is_one_with_another_is_the_persons_seat(areas, shown):
    first = sign_up(shown, areas.dinoyo_rt)
    survivor = registry.enrol(
        details=registry.PersonDetails(name="Lestari", area=areas.dinoyo), by=system()
    )
    registry.merge(survivor=survivor, absorbed=first.person, by=system())

    second = sign_up(shown, areas.dinoyo_rt)

    assert (second, Registration.objects.count()) == (first, 1)


def test_who_gave_the_seat_back_may_sign_up_again(areas, shown):
    first = sign_up(shown, areas.dinoyo_rt)
    actions.withdraw(registration=first, why="", by=system())

    second = sign_up(shown, areas.dinoyo_rt)

    assert (second.pk, Registration.objects.standing().count()) == (first.pk, 1)


def test_a_full_class_enrols_nobody(areas, shown):
    for name in ("Sri Lestari", "Bambang Wijaya"):
        sign_up(shown, areas.dinoyo_rt, name=name)

    with pytest.raises(errors.ClassFull):
        sign_up(shown, areas.dinoyo_rt, name="Dewi Anggraini")

    assert Person.objects.count() == 2


def test_a_class_not_shown_or_begun_or_cancelled_takes_no_sign_up(areas, shown):
    hidden = open_class(areas.dinoyo, days=(TOMORROW,))
    begun = open_class(areas.dinoyo, days=(NOW.date() - timedelta(days=1), TOMORROW))
    actions.publish(training_class=begun, by=system())
    actions.cancel(training_class=shown, why="hujan", by=system())

    for closed in (hidden, begun, shown):
        with pytest.raises(errors.SignUpClosed):
            sign_up(closed, areas.dinoyo_rt)

    assert not Person.objects.exists()


def test_people_of_another_city_are_asked_to_go_to_their_own_office(areas, shown):
    with pytest.raises(errors.LivesElsewhere):
        sign_up(shown, areas.kauman_mojokerto)


def test_a_number_that_is_none_is_refused(areas, shown):
    with pytest.raises(PhoneUnreadable):
        sign_up(shown, areas.dinoyo_rt, phone="0")

    assert not Person.objects.exists()
