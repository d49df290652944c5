"""The roll sets exactly who came, tells one fact for each change, and can be taken again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import NOW, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.training import actions, errors, events
from jembol.training.choices import Door
from jembol.training.models import Attendance, Roll
from training.classroom import FIRST, enrol, open_class, register, sessions_of, take_roll


@pytest.fixture
def room(areas):
    """A class of two days with four people."""
    opened = open_class(areas.dinoyo)
    seats = [register(opened, person) for person in enrol(areas.dinoyo, 4)]
    return sessions_of(opened), seats


def present_at(session):
    return set(session.attendances.values_list("registration_id", flat=True))


def facts(event):
    return list(Fact.objects.filter(event=event).order_by("id").values_list("person_id", flat=True))


def test_the_roll_sets_who_came_on_this_day_and_on_no_other(room):
    (first, second), seats = room

    take_roll(first, seats[:3])

    assert present_at(first) == {seat.pk for seat in seats[:3]}
    assert present_at(second) == set()
    assert facts(events.ATTENDED) == [seat.person_id for seat in seats[:3]]


def test_taking_the_same_roll_again_changes_and_tells_nothing(room):
    (first, _second), seats = room
    roll = take_roll(first, seats[:2])
    told = Fact.objects.count()

    again = take_roll(first, seats[:2])

    assert (again.pk, again.at, Fact.objects.count()) == (roll.pk, roll.at, told)


def test_another_roll_corrects_the_first_person_by_person(room):
    (first, _second), seats = room
    take_roll(first, seats[:3])

    take_roll(first, seats[2:])

    assert present_at(first) == {seat.pk for seat in seats[2:]}
    assert facts(events.ATTENDANCE_STRUCK) == [seat.person_id for seat in seats[:2]]
    assert facts(events.ATTENDED) == [seat.person_id for seat in seats]
    assert Fact.objects.filter(event=events.ROLL_TAKEN).count() == 1


def test_a_roll_where_nobody_came_is_a_roll(room):
    (first, second), _seats = room

    take_roll(first, [])

    assert list(Roll.objects.values_list("session", flat=True)) == [first.pk]
    assert not Attendance.objects.exists()
    assert second.number == 2


def test_the_facts_of_a_day_name_the_day_and_the_class(room):
    (first, _second), seats = room

    take_roll(first, seats[:1])

    held = first.training_class
    fact = Fact.objects.get(event=events.ATTENDED)
    assert fact.details == {"class": held.public_id, "title": held.title, "on": FIRST.isoformat()}


def test_a_day_that_has_not_come_has_no_roll(areas):
    opened = open_class(areas.dinoyo, days=(NOW.date() + timedelta(days=1),))

    with pytest.raises(errors.DayNotYetCome):
        take_roll(sessions_of(opened)[0], [])


def test_todays_roll_is_taken_today(areas):
    opened = open_class(areas.dinoyo, days=(NOW.date(),))

    take_roll(sessions_of(opened)[0], [])

    assert Roll.objects.count() == 1


def test_a_registration_of_another_class_is_refused(areas, room):
    (first, _second), seats = room
    other = register(open_class(areas.dinoyo), seats[0].person)

    with pytest.raises(errors.NotOfThisClass) as caught:
        take_roll(first, [other])

    assert caught.value.params["registrations"] == [other.pk]


def test_who_gave_the_seat_back_stays_present_where_they_came_and_nowhere_new(room):
    (first, second), seats = room
    take_roll(first, seats[:2])
    actions.withdraw(registration=seats[0], why="sakit", by=system())

    take_roll(first, seats[:2])
    with pytest.raises(errors.HasWithdrawn):
        take_roll(second, seats[:2])

    assert present_at(first) == {seat.pk for seat in seats[:2]}
    assert present_at(second) == set()


def test_whom_an_officer_does_not_see_the_officer_does_not_mark_absent(areas, officers, room):
    (first, _second), seats = room
    (stranger,) = enrol(areas.purwantoro, prefix="Tetangga")
    unseen = register(first.training_class, stranger)
    take_roll(first, [*seats, unseen])
    there = by(officers["lapangan.dinoyo"], "training.attend")

    take_roll(first, seats[:1], by=there)
    with pytest.raises(errors.NotOfThisClass):
        take_roll(first, [unseen], by=there)

    assert present_at(first) == {seats[0].pk, unseen.pk}


def test_the_roll_of_a_class_elsewhere_is_out_of_reach(areas, officers):
    opened = open_class(areas.purwantoro)

    with pytest.raises(OutOfReach):
        take_roll(sessions_of(opened)[0], [], by=by(officers["lapangan.dinoyo"], "training.attend"))


def attend(room, pairs):
    (first, second), seats = room
    days = {1: first, 2: second}
    present = {(days[day].pk, seats[place].pk) for day, place in pairs}
    opened = first.training_class
    return actions.attend_many(training_class=opened, present=present, by=system())


def test_a_list_adds_who_came_and_strikes_nobody(room):
    (first, second), seats = room
    take_roll(first, seats[:1])

    new = attend(room, {(1, 0), (1, 1), (2, 3)})
    again = attend(room, {(1, 0), (1, 1), (2, 3)})

    assert new == {(first.pk, seats[1].pk), (second.pk, seats[3].pk)}
    assert again == frozenset()
    assert present_at(first) == {seats[0].pk, seats[1].pk}
    assert Fact.objects.filter(event=events.ATTENDED).count() == 3
    assert Fact.objects.filter(event=events.ROLL_TAKEN).count() == 2


def test_a_list_with_a_day_of_another_class_is_refused(areas, room):
    (first, _second), seats = room
    elsewhere = sessions_of(open_class(areas.dinoyo))[0]

    for present in ({(elsewhere.pk, seats[0].pk)}, {(first.pk, 0)}):
        with pytest.raises(errors.NotOfThisClass):
            actions.attend_many(training_class=first.training_class, present=present, by=system())


def test_a_list_undone_leaves_what_was_there_before(room):
    (first, second), seats = room
    take_roll(first, seats[:1])
    new = attend(room, {(1, 1), (2, 2), (2, 3)})

    struck = actions.strike_many(
        training_class=first.training_class, present=new, by=system(), why="urungkan"
    )

    assert struck == 3
    assert (present_at(first), present_at(second)) == ({seats[0].pk}, set())
    assert list(Roll.objects.values_list("session", flat=True)) == [first.pk]
    assert Fact.objects.filter(event=events.ATTENDANCE_STRUCK, why="urungkan").count() == 3


def test_a_longer_list_of_who_came_needs_no_more_queries(areas):
    counts = []
    for number in (5, 200):
        opened, people = open_class(areas.dinoyo), enrol(areas.dinoyo, number, f"Daftar {number}")
        ids = actions.register_many(
            training_class=opened, people=people, by=system(), door=Door.IMPORT
        ).ids
        present = {(day.pk, seat) for day in sessions_of(opened) for seat in ids.values()}
        with CaptureQueriesContext(connection) as queries:
            actions.attend_many(training_class=opened, present=present, by=system())
        counts.append(len(queries))

    assert counts[0] == counts[1]
