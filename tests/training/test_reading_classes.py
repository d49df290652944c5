"""Lists, the grid of attendance, and what a reader may and may not see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city import NOW, system
from jembol.kit.reach import Reach
from jembol.training import actions, permissions, queries
from jembol.training.choices import Organiser
from training.classroom import SECOND, enrol, open_class, register, sessions_of, take_roll


@pytest.fixture
def room(areas):
    """Three people of Dinoyo, one of Purwantoro; two came on day one, one of them withdrew."""
    opened = open_class(areas.dinoyo, seats=5)
    people = [*enrol(areas.dinoyo, 3), *enrol(areas.purwantoro, 1, "Tetangga")]
    seats = [register(opened, person) for person in people]
    take_roll(sessions_of(opened)[0], [seats[0], seats[1], seats[3]])
    actions.withdraw(registration=seats[1], why="sakit", by=system())
    actions.withdraw(registration=seats[2], why="sakit", by=system())
    return opened, seats


def reach_of(*areas):
    return Reach.of(area.key for area in areas)


def test_a_list_of_classes_carries_each_count_apart(areas, room):
    opened, _seats = room

    (row,) = queries.classes(reach_of(areas.malang))

    found = (
        row.session_count,
        row.registered,
        row.attended_people,
        row.attendances,
        row.seats_left,
    )
    assert (row, found) == (opened, (2, 2, 3, 3, 3))


def test_a_class_without_a_limit_has_no_number_of_seats_left(areas):
    open_class(areas.dinoyo)

    assert queries.classes(reach_of(areas.malang)).get().seats_left is None


def test_classes_outside_the_reach_are_not_listed(areas, room):
    assert not queries.classes(reach_of(areas.mojokerto, areas.purwantoro)).exists()


def test_more_classes_need_no_more_queries(areas):
    counts = []
    for _round in range(2):
        for _again in range(3):
            take_roll(sessions_of(open_class(areas.dinoyo))[0], [])
        with CaptureQueriesContext(connection) as seen:
            for row in queries.classes(reach_of(areas.malang)).order_by("pk"):
                (row.registered, row.course.name, row.area.name, hasattr(row, "cancellation"))
        counts.append(len(seen))

    assert counts == [1, 1]


def test_the_counts_of_one_class_hold_every_unit(room):
    opened, _seats = room

    counts = queries.class_counts(opened)

    assert (counts.sessions, counts.rolls) == (2, 1)
    assert (counts.registered, counts.withdrawn) == (2, 2)
    assert (counts.attended_people, counts.attendances) == (3, 3)
    assert (counts.seats, counts.left) == (5, 3)


def test_the_grid_shows_by_name_who_came_and_nothing_before_the_roll(areas, room):
    opened, seats = room

    grid = queries.attendance_grid(opened, reach_of(areas.malang))

    assert [row.person for row in grid.rows] == [seats[3].person, seats[0].person, seats[1].person]
    assert [row.present for row in grid.rows] == [(True, None), (True, None), (True, None)]
    assert [row.is_withdrawn for row in grid.rows] == [False, False, True]
    assert (grid.came, grid.hidden, grid.hidden_came) == ((3, 0), 0, (0, 0))


def test_an_absent_person_is_absent_only_after_the_roll(areas):
    opened = open_class(areas.dinoyo)
    seat = register(opened, enrol(areas.dinoyo)[0])
    take_roll(sessions_of(opened)[1], [])

    (row,) = queries.attendance_grid(opened, reach_of(areas.malang)).rows

    assert (row.registration, row.present) == (seat, (None, False))


def test_people_outside_the_reach_are_counted_and_never_named(areas, room):
    opened, seats = room

    grid = queries.attendance_grid(opened, reach_of(areas.dinoyo))

    assert [row.person for row in grid.rows] == [seats[0].person, seats[1].person]
    assert (grid.came, grid.hidden, grid.hidden_came) == ((3, 0), 1, (1, 0))
    assert "Tetangga" not in repr(grid)


def test_a_longer_grid_needs_no_more_queries(areas):
    counts = []
    for number in (2, 40):
        opened = open_class(areas.dinoyo)
        seats = [register(opened, person) for person in enrol(areas.dinoyo, number, f"A{number}")]
        take_roll(sessions_of(opened)[0], seats)
        with CaptureQueriesContext(connection) as seen:
            grid = queries.attendance_grid(opened, reach_of(areas.malang))
            assert {row.person.area.name for row in grid.rows} == {areas.dinoyo.name}
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_list_says_came_stayed_away_or_nothing_before_the_roll(areas):
    opened = open_class(areas.dinoyo)
    came, away = (register(opened, person) for person in enrol(areas.dinoyo, 2))
    take_roll(sessions_of(opened)[0], [came])

    header = queries.attendance_header(opened)
    rows = list(queries.attendance_rows(opened, reach_of(areas.malang)))

    assert header[-2:] == ["Hari 1", "Hari 2"]
    assert {len(row) for row in rows} == {len(header)}
    assert [(row[1], *row[-2:]) for row in rows] == [
        (came.person.name, "v", ""),
        (away.person.name, "-", ""),
    ]


def test_the_list_holds_nobody_outside_the_reach_and_nobody_who_only_left(areas, room):
    opened, seats = room

    rows = list(queries.attendance_rows(opened, reach_of(areas.dinoyo)))

    assert [row[1] for row in rows] == [seats[0].person.name, seats[1].person.name]


def test_a_longer_list_needs_no_more_queries(areas, django_assert_num_queries):
    for number in (2, 40):
        opened = open_class(areas.dinoyo)
        seats = [register(opened, person) for person in enrol(areas.dinoyo, number, f"B{number}")]
        take_roll(sessions_of(opened)[0], seats)

        # Days, who came, the people, and the names of their areas.
        with django_assert_num_queries(5):
            rows = list(queries.attendance_rows(opened, reach_of(areas.malang)))

        assert len(rows) == number


def test_a_persons_classes_come_newest_first_with_days_counted(areas, room):
    opened, seats = room
    later = open_class(areas.purwantoro, days=(SECOND + timedelta(days=3),))
    register(later, seats[1].person)
    actions.cancel(training_class=later, why="hujan", by=system())

    newest, oldest = queries.classes_of(seats[1].person)

    assert (newest.training_class, oldest.training_class) == (later, opened)
    assert (newest.is_cancelled, newest.is_withdrawn) == (True, False)
    assert (newest.days, newest.days_with_roll, newest.days_attended) == (1, 0, 0)
    assert (oldest.training_class, oldest.is_cancelled, oldest.is_withdrawn) == (
        opened,
        False,
        True,
    )
    assert (oldest.days, oldest.days_with_roll, oldest.days_attended) == (2, 1, 1)


def test_more_classes_of_a_person_need_no_more_queries(areas, room):
    _opened, seats = room
    person = seats[0].person
    for _again in range(3):
        register(open_class(areas.dinoyo), person)

    with CaptureQueriesContext(connection) as seen:
        names = {row.training_class.course.name for row in queries.classes_of(person)}

    assert (len(seen), names) == (1, {"Kue kering"})


def test_citizens_see_coming_published_classes_of_their_own_city_with_seats_left(areas):
    today = NOW.date()
    soon, later = today + timedelta(days=1), today + timedelta(days=9)
    second = open_class(areas.dinoyo, days=(later,))
    first = open_class(areas.dinoyo, days=(soon,), seats=3)
    running = open_class(areas.dinoyo, days=(today - timedelta(days=1), soon))
    elsewhere = open_class(areas.kauman_mojokerto, days=(soon,))
    cancelled = open_class(areas.dinoyo, days=(soon,))
    open_class(areas.dinoyo, days=(soon,), title="Belum diumumkan")
    open_class(areas.dinoyo, days=(soon,), organiser=Organiser.CANDIDATE)
    for each in (first, second, running, elsewhere, cancelled):
        actions.publish(training_class=each, by=system())
    actions.cancel(training_class=cancelled, why="hujan", by=system())
    register(first, enrol(areas.dinoyo)[0])

    coming = list(queries.coming(today, areas.malang))

    assert [(row, row.seats_left) for row in coming] == [(first, 2), (second, None)]


def test_registrations_are_listed_by_where_people_live(areas, room):
    _opened, seats = room

    listed = queries.registrations(reach_of(areas.purwantoro))

    assert list(listed) == [seats[3]]


@pytest.mark.parametrize(
    ("username", "may_change", "may_attend"),
    [
        ("pelatihan", True, True),
        ("lapangan.dinoyo", False, True),
        ("pelatihan.mojokerto", False, False),
    ],
)
def test_who_may_change_a_class_and_take_its_roll(
    areas, officers, username, may_change, may_attend
):
    opened = open_class(areas.dinoyo)
    officer = officers[username]

    assert permissions.may_change(officer, opened, NOW.date()) == may_change
    assert permissions.may_take_roll(officer, opened, NOW.date()) == may_attend


def test_a_mentor_takes_the_roll_only_within_the_area_of_duty(areas, officers):
    mentor = officers["pendamping"]
    opened = open_class(areas.kauman_mojokerto, mentors=[mentor])

    assert not permissions.may_take_roll(mentor, opened, NOW.date())
    assert permissions.may_take_roll(mentor, open_class(areas.dinoyo), NOW.date())
