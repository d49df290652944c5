"""Whoever is registered under two ids that are one person holds one seat and came once."""

import pytest
from classroom import FIRST, SECOND, enrol, open_class, register, sessions_of, take_roll

from city import system
from jembol.kit.reach import Reach
from jembol.registry.actions import merge, unmerge
from jembol.training import actions, errors, queries
from jembol.training.choices import Door
from jembol.training.models import Attendance, Class, Registration

EVERYWHERE = Reach.everywhere()


@pytest.fixture
def pair(areas):
    """A class of two days, with two seats of people who turn out to be one, and a stranger."""
    opened = open_class(areas.dinoyo, days=(FIRST, SECOND), seats=3)
    one, other, stranger = (register(opened, person) for person in enrol(areas.dinoyo, 3))
    first, second = sessions_of(opened)
    take_roll(first, [one, other, stranger])
    take_roll(second, [other])
    return opened, one, other, stranger


def join(one, other):
    return merge(survivor=one.person, absorbed=other.person, by=system())


def counts_of(opened):
    found = queries.class_counts(opened)
    listed = Class.objects.with_counts().get(pk=opened.pk)
    assert (listed.registered, listed.attended_people, listed.attendances, listed.seats_left) == (
        found.registered,
        found.attended_people,
        found.attendances,
        found.left,
    )
    return found


def test_counts_of_the_class_are_of_people(pair):
    opened, one, other, _stranger = pair
    before = counts_of(opened)
    assert (before.registered, before.attended_people, before.attendances, before.left) == (
        3, 3, 4, 0,
    )  # fmt: skip

    made = join(one, other)

    after = counts_of(opened)
    assert (after.registered, after.attended_people, after.attendances, after.left) == (2, 2, 3, 1)
    unmerge(merge=made, by=system(), why="Lain orang")
    assert counts_of(opened) == before


def test_the_seat_that_is_free_can_be_given(areas, pair):
    opened, one, other, _stranger = pair
    (newcomer,) = enrol(areas.dinoyo, 1, "Baru")
    with pytest.raises(errors.ClassFull):
        register(opened, newcomer)

    join(one, other)

    assert register(opened, newcomer).person == newcomer


def test_the_grid_names_the_person_once_with_all_days(pair):
    opened, one, other, stranger = pair
    join(one, other)

    grid = queries.attendance_grid(opened, EVERYWHERE)

    assert {(row.person.pk, row.present) for row in grid.rows} == {
        (one.person_id, (True, True)),
        (stranger.person_id, (True, False)),
    }
    assert (grid.came, grid.hidden) == ((2, 1), 0)
    rows = list(queries.attendance_rows(opened, EVERYWHERE))
    assert sorted(row[-2:] for row in rows) == [("v", "-"), ("v", "v")]


def test_saving_the_roll_as_it_is_shown_changes_nothing(pair):
    opened, one, other, stranger = pair
    join(one, other)
    first, second = sessions_of(opened)
    before = set(Attendance.objects.values_list("session_id", "registration_id"))

    for session in (first, second):
        grid = queries.attendance_grid(opened, EVERYWHERE)
        place = session.number - 1
        take_roll(session, [row.registration for row in grid.rows if row.present[place]])

    assert set(Attendance.objects.values_list("session_id", "registration_id")) == before
    take_roll(first, [stranger])
    assert set(Attendance.objects.filter(session=first).values_list("registration_id")) == {
        (stranger.pk,)
    }


def test_a_list_that_names_the_other_id_notes_nobody_twice(pair):
    opened, one, other, _stranger = pair
    join(one, other)
    _first, second = sessions_of(opened)

    added = actions.attend_many(training_class=opened, present=[(second.pk, one.pk)], by=system())

    assert not added


def test_who_holds_a_seat_under_another_id_is_registered_already(areas, pair):
    opened, one, _other, _stranger = pair
    (third,) = enrol(areas.dinoyo, 1, "Nama lain")
    merge(survivor=third, absorbed=one.person, by=system())

    with pytest.raises(errors.AlreadyRegistered):
        register(opened, third)
    many = actions.register_many(
        training_class=opened, people=[third], by=system(), door=Door.IMPORT
    )

    assert (many.ids, many.created) == ({third.pk: one.pk}, frozenset())


def test_two_ids_of_one_person_in_one_list_get_one_seat(areas):
    opened = open_class(areas.dinoyo, seats=1)
    one, other = enrol(areas.dinoyo, 2)
    merge(survivor=one, absorbed=other, by=system())

    many = actions.register_many(
        training_class=opened, people=[other, one], by=system(), door=Door.DESK
    )

    assert many.ids[one.pk] == many.ids[other.pk]
    assert Registration.objects.count() == 1


def test_giving_the_seat_back_gives_back_both(pair):
    opened, one, other, _stranger = pair
    join(one, other)

    actions.withdraw(registration=one, why="Pindah kota", by=system())

    assert (counts_of(opened).registered, counts_of(opened).withdrawn) == (1, 1)
    again = register(opened, one.person)
    assert again.pk in (one.pk, other.pk)
    assert (counts_of(opened).registered, counts_of(opened).withdrawn) == (2, 0)


def test_classes_of_the_person_are_those_of_all_ids(areas, pair):
    opened, one, other, _stranger = pair
    join(one, other)
    second = open_class(areas.purwantoro, days=(SECOND,), title="Kue basah")
    register(second, other.person)

    one.person.refresh_from_db()
    found = queries.classes_of(one.person)

    assert {(row.training_class.pk, row.days_attended) for row in found} == {
        (opened.pk, 2),
        (second.pk, 0),
    }
