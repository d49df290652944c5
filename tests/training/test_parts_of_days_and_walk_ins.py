"""A part of a day, and somebody who came without a registration."""

from datetime import time

import pytest

from city import system
from jembol.registry.details import PersonDetails
from jembol.registry.models import Person
from jembol.training import actions, errors
from jembol.training.models import Attendance, PartialDay, Registration
from jembol.training.queries.aftermath import days_present
from training.classroom import enrol, open_class, register, sessions_of, take_roll


@pytest.fixture
def opened(areas):
    opened = open_class(areas.dinoyo, seats=3)
    opened.sessions.update(starts_at=time(8), ends_at=time(12))
    return opened


def part(session, seat, minutes):
    return actions.note_partial_day(
        session=session, registration=seat, minutes=minutes, why="Izin", by=system()
    )


def test_a_part_of_a_day_counts_as_its_share(areas, opened):
    seats = [register(opened, person) for person in enrol(areas.dinoyo, 2)]
    first, second = sessions_of(opened)
    take_roll(first, seats)
    take_roll(second, seats[:1])

    part(first, seats[0], 60)
    part(second, seats[0], 600)

    assert days_present(opened) == {seats[0].pk: 1.25, seats[1].pk: 1.0}


def test_without_hours_a_part_is_half(areas):
    opened = open_class(areas.dinoyo)
    seat = register(opened, enrol(areas.dinoyo)[0])
    take_roll(sessions_of(opened)[0], [seat])

    part(sessions_of(opened)[0], seat, 30)

    assert days_present(opened) == {seat.pk: 0.5}


def test_zero_minutes_take_the_note_back_and_striking_takes_it_along(areas, opened):
    seat = register(opened, enrol(areas.dinoyo)[0])
    first = sessions_of(opened)[0]
    take_roll(first, [seat])

    part(first, seat, 60)
    part(first, seat, 0)
    assert PartialDay.objects.count() == 0

    part(first, seat, 60)
    take_roll(first, [])
    assert (PartialDay.objects.count(), Attendance.objects.count()) == (0, 0)


def test_who_did_not_come_was_not_there_for_a_part(areas, opened):
    seat = register(opened, enrol(areas.dinoyo)[0])

    with pytest.raises(errors.DidNotCome):
        part(sessions_of(opened)[0], seat, 60)


def walk_in(opened, area, name="Bu Tumini", phone="0812 9990 0001"):
    details = PersonDetails(name=name, phone=phone, area=area)
    return actions.walk_in(session=sessions_of(opened)[0], details=details, by=system())


def test_somebody_new_walks_in_once(areas, opened):
    seat = walk_in(opened, areas.dinoyo)
    again = walk_in(opened, areas.dinoyo)

    assert seat == again
    assert (seat.door, Person.objects.count(), Attendance.objects.count()) == ("walk_in", 1, 1)


def test_who_is_registered_keeps_the_seat(areas, opened):
    seat = walk_in(opened, areas.dinoyo)
    Attendance.objects.all().delete()

    assert walk_in(opened, areas.dinoyo) == seat
    assert Registration.objects.count() == 1


def test_a_full_class_lets_nobody_walk_in(areas, opened):
    for person in enrol(areas.dinoyo, 3):
        register(opened, person)

    with pytest.raises(errors.ClassFull):
        walk_in(opened, areas.dinoyo)

    assert Attendance.objects.count() == 0
    assert not Person.objects.filter(name="Bu Tumini").exists()
