"""Unmet demand by kelurahan: who asked in vain, and whom nobody reached; never added up."""

from datetime import date, timedelta

import pytest

from city import NOW, by, system
from jembol.kit.reach import Reach
from jembol.registry import actions as registry
from jembol.training import actions, queries
from jembol.training.models import Course
from training.classroom import FIRST, enrol, open_class, register, take_roll

TODAY = NOW.date()
COMING = TODAY + timedelta(days=10)


@pytest.fixture
def course(areas):
    actions.seed_courses(by=system())
    return Course.objects.get(slug="kue-kering")


def told(areas, course, area, reach=None):
    rows = queries.demand(course, areas.malang, reach or Reach.everywhere(), TODAY)
    return next((row for row in rows if row.area == area), None)


def cancelled(area, *people, days=(COMING,)):
    opened = open_class(area, days=days, title="Batal")
    for person in people:
        register(opened, person)
    actions.cancel(training_class=opened, why="Banjir", by=system())


def test_who_was_registered_for_a_cancelled_class_asked_in_vain(areas, course):
    cancelled(areas.purwantoro, *enrol(areas.dinoyo, 2))

    assert told(areas, course, areas.dinoyo).asked == 2
    assert told(areas, course, areas.purwantoro).asked == 0


def test_who_missed_a_class_asked_in_vain_once_attendance_was_taken(areas, course):
    came, missed = enrol(areas.dinoyo, 2)
    opened = open_class(areas.dinoyo, days=(FIRST,))
    seats = [register(opened, person) for person in (came, missed)]
    assert told(areas, course, areas.dinoyo).asked == 0

    take_roll(opened.sessions.get(), seats[:1])

    row = told(areas, course, areas.dinoyo)
    assert (row.asked, row.never_reached, row.known, row.given) == (1, 1, 2, 1)


def test_who_came_to_another_class_or_holds_a_coming_seat_does_not_wait(areas, course):
    served, seated, waiting = enrol(areas.dinoyo, 3)
    cancelled(areas.dinoyo, served, seated, waiting)
    given = open_class(areas.purwantoro, days=(FIRST,))
    take_roll(given.sessions.get(), [register(given, served)])
    register(open_class(areas.purwantoro, days=(COMING,)), seated)

    assert told(areas, course, areas.dinoyo).asked == 1


def test_a_class_of_another_course_says_nothing_about_this_one(areas, course):
    other = Course.objects.get(slug="bordir")
    cancelled(areas.dinoyo, *enrol(areas.dinoyo))

    assert told(areas, other, areas.dinoyo).asked == 0


def test_a_person_under_two_ids_counts_once_where_the_survivor_lives(areas, course):
    one, two = enrol(areas.dinoyo)[0], enrol(areas.purwantoro)[0]
    for person in (one, two):
        cancelled(areas.dinoyo, person)
    registry.merge(survivor=one, absorbed=two, by=system(), why="Sama")

    assert told(areas, course, areas.dinoyo).asked == 1
    assert told(areas, course, areas.purwantoro).asked == 0


def test_most_asked_comes_first_and_where_it_is_planned_comes_last(areas, course):
    cancelled(areas.dinoyo, *enrol(areas.dinoyo, 3))
    cancelled(areas.purwantoro, *enrol(areas.purwantoro, 2))
    enrol(areas.kauman_malang, 9)
    open_class(areas.dinoyo, days=(COMING,))

    rows = queries.demand(course, areas.malang, Reach.everywhere(), TODAY)

    assert [row.area for row in rows[:2]] == [areas.purwantoro, areas.kauman_malang]
    assert rows[-1].area == areas.dinoyo
    assert not rows[-1].is_unmet


def test_only_the_officer_s_own_kelurahan_are_told(areas, course, officers):
    enrol(areas.purwantoro, 2)
    reach = by(officers["lapangan.dinoyo"], "training.see").reach

    assert told(areas, course, areas.purwantoro, reach) is None
    assert told(areas, course, areas.dinoyo, reach) is not None


def test_a_month_holds_its_classes_holidays_and_ramadan(areas):
    open_class(areas.dinoyo, days=(date(2026, 3, 4), date(2026, 4, 1)))

    month = queries.calendar(Reach.everywhere(), date(2026, 3, 1), date(2026, 3, 31))

    assert month.sessions == 1
    assert [day.on for day in month.days if day.slots] == [date(2026, 3, 4)]
    assert date(2026, 3, 21) in [day.on for day in month.days]
    assert month.ramadan[0] == date(2026, 3, 1)
    assert month.unknown_years == ()


def test_a_cancelled_day_stands_in_the_calendar_and_does_not_count(areas):
    opened = open_class(areas.dinoyo, days=(date(2026, 3, 4), date(2026, 3, 5)))
    actions.cancel_session(session=opened.sessions.get(number=1), why="Banjir", by=system())

    month = queries.calendar(Reach.everywhere(), date(2026, 3, 1), date(2026, 3, 31))

    assert month.sessions == 1
    assert [slot.is_cancelled for day in month.days for slot in day.slots] == [True, False]
