"""People reached by kelurahan: each person once, and the sum is the headline."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city import area
from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.reporting import queries
from jembol.reporting.figures import Verdict
from jembol.training.choices import Organiser
from training.classroom import FIRST, SECOND, enrol, open_class, register, rolled_back, sessions_of
from training.classroom import take_roll as roll

HOMES = ("35.73", "35.73.05", "35.73.05.1004", "35.73.05.1004.003.002", "35.73.01.1007", "35.76.01")
CLASSES = (
    ("35.73.05.1004", Organiser.OFFICE),
    ("35.73", Organiser.COMPANY),
    ("35.73.01.1007", Organiser.CANDIDATE),
    ("35.76.01.1004", Organiser.OFFICE),
)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))

homes = st.lists(st.sampled_from(HOMES), min_size=1, max_size=6)
presences = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 5)), max_size=12)
reaches = st.sets(st.sampled_from(("35.73", "35.73.05.1004", "35.73.01", "35.76")), max_size=3)
periods = st.sampled_from([None, YEAR, Period(FIRST, SECOND), Period(SECOND)])


def hold_classes(people, came):
    """Hold every class, and let people come as the triples of class, day and person say."""
    for number, (where, organiser) in enumerate(CLASSES):
        opened = open_class(area(where), organiser=organiser)
        here = {who for place, _day, who in came if place == number and who < len(people)}
        seats = {who: register(opened, people[who]) for who in here}
        for place, day in enumerate(sessions_of(opened)):
            there = [seats[who] for who in here if (number, place, who) in came]
            roll(day, there)


def brute_force(city, reach, period):
    """Say for each person, one by one, whether they were reached."""
    reached = []
    for person in Person.objects.order_by("pk"):
        days = [
            attendance.session
            for registration in person.registrations.order_by("pk")
            for attendance in registration.attendances.order_by("pk")
        ]
        counts = any(
            city.span[0] <= day.training_class.area_id < city.span[1]
            and day.training_class.organiser != Organiser.CANDIDATE
            and (period is None or period.contains(day.on))
            for day in days
        )
        if counts and reach.covers(person.area_id):
            reached.append(person)
    return reached


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(living=homes, came=presences, inside=reaches, period=periods)
def test_the_kelurahan_sum_to_the_headline_and_to_a_count_by_hand(
    areas, living, came, inside, period
):
    with rolled_back():
        people = [
            enrol(area(home), prefix=f"Warga {place}")[0] for place, home in enumerate(living)
        ]
        hold_classes(people, came)
        reach = Reach.of([area(code).key for code in inside])
        city = areas.malang
        expected = brute_force(city, reach, period) if any("35.73" in one for one in inside) else []

        reached = queries.reached_by_kelurahan(city, reach, period)

        assert reached.people == queries.people_reached(city, reach, period).number
        assert reached.people == len(expected)
        for row in reached.rows:
            low, high = Area.objects.get(pk=row.key).span
            assert row.people == sum(low <= person.area_id < high for person in expected)
        assert list(queries.people_reached_rows(city, reach, period).order_by("pk")) == expected


def test_the_same_by_hand_written_sql(areas):
    people = [*enrol(areas.dinoyo_rt, 2), *enrol(areas.purwantoro), *enrol(areas.malang)]
    hold_classes(
        people, {(place, day, who) for place in (0, 1) for day in (0, 1) for who in range(4)}
    )
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT p.area_id / 1000000, COUNT(DISTINCT p.id)
            FROM training_attendance a JOIN training_session s ON s.id = a.session_id
              JOIN training_registration r ON r.id = a.registration_id
              JOIN training_class c ON c.id = s.training_class_id
              JOIN registry_person p ON p.id = r.person_id
            WHERE c.organiser <> 'candidate' AND c.area_id / 1000000000000 = 3573
            GROUP BY p.area_id / 1000000""")
        by_sql = {key * 1_000_000: number for key, number in cursor.fetchall()}

    reached = queries.reached_by_kelurahan(areas.malang, Reach.everywhere(), YEAR)

    assert {row.key: row.people for row in reached.rows if row.people} == {
        areas.dinoyo.key: 2,
        areas.purwantoro.key: 1,
    }
    assert (by_sql.pop(areas.malang.key), reached.unknown) == (1, 1)
    assert by_sql == {row.key: row.people for row in reached.rows if row.people}


def test_every_kelurahan_of_the_city_has_a_row_also_where_nobody_was_reached(areas):
    reached = queries.reached_by_kelurahan(areas.malang, Reach.everywhere(), None)

    assert len(reached.rows) == 57
    assert (reached.people, reached.unknown, reached.elsewhere) == (0, 0, 0)


def test_an_officer_of_one_rw_sees_its_kelurahan_with_the_people_of_the_rw(areas):
    people = [*enrol(areas.dinoyo_rt), *enrol(areas.dinoyo, 2, "Tetangga")]
    hold_classes(people, {(0, 0, who) for who in range(3)})
    reach = Reach.of([areas.dinoyo_rw.key])

    reached = queries.reached_by_kelurahan(areas.malang, reach, None)
    figure = queries.people_reached(areas.malang, reach, None)

    assert [(row.name, row.people) for row in reached.rows] == [("Dinoyo", 1)]
    assert {each.verdict: each.number for each in figure.left_out} == {Verdict.OUTSIDE: 2}


def test_people_of_another_city_have_a_part_of_their_own(areas):
    people = enrol(areas.kauman_mojokerto, 2)
    hold_classes(people, {(0, 0, 0), (0, 1, 0), (3, 0, 1)})

    reached = queries.reached_by_kelurahan(areas.malang, Reach.everywhere(), None)

    assert (reached.elsewhere, reached.unknown, reached.people) == (1, 0, 1)


def test_who_came_only_to_a_candidates_class_is_not_reached_by_the_city(areas):
    people = enrol(areas.dinoyo, 2)
    hold_classes(people, {(2, 0, 0), (2, 0, 1), (1, 0, 1)})

    figure = queries.people_reached(areas.malang, Reach.everywhere(), None)

    assert figure.number == 1
    assert {each.verdict: each.number for each in figure.left_out} == {Verdict.CANDIDATE: 1}


def test_the_map_needs_two_queries(areas):
    people = enrol(areas.dinoyo, 3)
    hold_classes(people, {(0, 0, who) for who in range(3)})

    with CaptureQueriesContext(connection) as seen:
        queries.reached_by_kelurahan(areas.malang, Reach.everywhere(), YEAR)

    assert len(seen) == 2
