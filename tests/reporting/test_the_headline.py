"""Four counts that are never one: each agrees with SQL and says what it leaves out."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from city import system
from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.registry import actions as registry
from jembol.registry.choices import EnterpriseStatus
from jembol.reporting import queries
from jembol.reporting.figures import Slug, Verdict
from jembol.training import actions as training
from jembol.training.choices import Organiser, Unit
from training.classroom import FIRST, SECOND, enrol, open_class, register, sessions_of, take_roll

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
BEFORE = Period(date(2025, 1, 1), date(2026, 1, 1))


def everywhere():
    return Reach.everywhere()


def figures(city, reach=None, period=YEAR):
    return {each.slug: each for each in queries.headline(city, reach or everywhere(), period)}


def numbers(city, reach=None, period=YEAR):
    return {slug.value: each.number for slug, each in figures(city, reach, period).items()}


def left_out(figure):
    return {each.verdict: each.number for each in figure.left_out}


def add_enterprise(area, owner, status=EnterpriseStatus.OPERATING):
    details = registry.EnterpriseDetails(name="Kue Bu Invented", area=area, status=status)
    return registry.add_enterprise(details=details, owners=[owner], by=system())


@pytest.fixture
def year(areas):
    """Five people of Malang, one of Mojokerto; classes of every kind."""
    people = [*enrol(areas.dinoyo, 3), *enrol(areas.purwantoro, 2, "Tetangga")]
    (guest,) = enrol(areas.kauman_mojokerto, prefix="Tamu")
    add_enterprise(areas.dinoyo, people[0])
    add_enterprise(areas.dinoyo, people[0])
    add_enterprise(areas.purwantoro, people[3], EnterpriseStatus.CLOSED)
    offices = open_class(areas.dinoyo)
    community = open_class(areas.purwantoro, organiser=Organiser.COMMUNITY)
    candidates = open_class(areas.dinoyo, organiser=Organiser.CANDIDATE)
    cancelled = open_class(areas.dinoyo)
    seats = [register(offices, person) for person in [*people, guest]]
    for day in sessions_of(offices):
        take_roll(day, seats[:4])
    take_roll(sessions_of(community)[0], [register(community, people[0])])
    take_roll(sessions_of(candidates)[0], [register(candidates, one) for one in people])
    register(cancelled, people[1])
    training.cancel(training_class=cancelled, why="hujan", by=system())
    training.withdraw(registration=seats[4], why="sakit", by=system())
    return people


def test_the_four_units_are_counted_apart(areas, year):
    assert numbers(areas.malang) == {
        "people": 5,
        "enterprises": 2,
        "registrations": 6,
        "attendances": 9,
    }


def test_what_is_left_out_is_said_with_the_reason(areas, year):
    found = figures(areas.malang)

    assert left_out(found[Slug.ENTERPRISES]) == {Verdict.CLOSED: 1}
    assert left_out(found[Slug.REGISTRATIONS]) == {
        Verdict.CANDIDATE: 5,
        Verdict.CANCELLED: 1,
        Verdict.WITHDRAWN: 1,
    }
    assert left_out(found[Slug.ATTENDANCES]) == {Verdict.CANDIDATE: 5}
    with translation.override("en"):
        words = [str(each) for each in found[Slug.ATTENDANCES].left_out]
    assert words == ["Not counted: 5 at classes of a party or candidate (UU 10/2016 art. 71)."]


def test_who_gave_the_classes_is_said_and_sums_to_the_figure(areas, year):
    for slug in (Slug.REGISTRATIONS, Slug.ATTENDANCES):
        figure = figures(areas.malang)[slug]

        assert sum(part.number for part in figure.parts) == figure.number
    assert [(part.organiser, part.number) for part in figure.parts] == [
        ("office", 8),
        ("community", 1),
        ("company", 0),
    ]


# The same four counts by hand-written SQL, for a city's span of keys and a year of days.
SQL = {
    "people": "SELECT COUNT(DISTINCT id) FROM registry_person WHERE area_id >= %s AND area_id < %s",
    "enterprises": """
        SELECT COUNT(DISTINCT id) FROM registry_enterprise
        WHERE area_id >= %s AND area_id < %s AND status <> 'closed'""",
    "registrations": """
        SELECT COUNT(*) FROM training_registration r JOIN training_class c
          ON c.id = r.training_class_id
        WHERE c.area_id >= %s AND c.area_id < %s AND c.starts_on >= %s AND c.starts_on < %s
          AND c.organiser <> 'candidate'
          AND c.id NOT IN (SELECT training_class_id FROM training_cancellation)
          AND r.id NOT IN (SELECT registration_id FROM training_withdrawal)""",
    "attendances": """
        SELECT COUNT(*) FROM training_attendance a JOIN training_session s ON s.id = a.session_id
          JOIN training_class c ON c.id = s.training_class_id
        WHERE c.area_id >= %s AND c.area_id < %s AND s."on" >= %s AND s."on" < %s
          AND c.organiser <> 'candidate'
          AND c.id NOT IN (SELECT training_class_id FROM training_cancellation)""",
}


@pytest.mark.parametrize("period", [YEAR, BEFORE, Period(SECOND, date(2026, 3, 1))])
@pytest.mark.parametrize("name", SQL)
def test_each_figure_agrees_with_sql(areas, year, name, period):
    days = [period.starts.isoformat(), period.ends.isoformat()]
    values = [*areas.malang.span, *days][: SQL[name].count("%s")]
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], values)
        (expected,) = cursor.fetchone()

    assert numbers(areas.malang, period=period)[name] == expected


def test_the_rows_behind_each_figure_are_as_many_as_the_figure_says(areas, year):
    for reach in (everywhere(), Reach.of([areas.dinoyo.key])):
        behind = {
            "people": queries.people_counted(areas.malang, reach).count(),
            "enterprises": queries.enterprises_counted(areas.malang, reach).count(),
            "registrations": queries.registrations_counted(areas.malang, reach, YEAR).count(),
            "attendances": queries.attendances_counted(areas.malang, reach, YEAR).count(),
        }

        assert numbers(areas.malang, reach) == behind


def test_a_reader_of_one_kelurahan_counts_its_people_and_how_many_are_elsewhere(areas, year):
    reach = Reach.of([areas.dinoyo.key])

    found = figures(areas.malang, reach)

    assert numbers(areas.malang, reach) == {
        "people": 3,
        "enterprises": 2,
        "registrations": 4,
        "attendances": 7,
    }
    assert left_out(found[Slug.PEOPLE]) == {Verdict.OUTSIDE: 2}
    assert left_out(found[Slug.REGISTRATIONS])[Verdict.OUTSIDE] == 5


def test_a_reader_of_another_city_learns_nothing(areas, year):
    reach = Reach.of([areas.mojokerto.key])

    found = queries.headline(areas.malang, reach, YEAR)
    reached = queries.reached_by_kelurahan(areas.malang, reach, YEAR)

    assert [(each.number, each.left_out) for each in found] == [(0, ())] * 4
    assert (reached.rows, reached.people) == ((), 0)
    assert queries.people_reached(areas.malang, reach, YEAR).left_out == ()


def test_the_register_is_counted_as_it_stands_and_classes_by_their_days(areas, year):
    assert numbers(areas.malang, period=BEFORE) == {
        "people": 5,
        "enterprises": 2,
        "registrations": 0,
        "attendances": 0,
    }
    assert numbers(areas.malang, period=None) == numbers(areas.malang)
    first_day = Period(FIRST, SECOND)
    assert numbers(areas.malang, period=first_day)["attendances"] == 5


def test_a_figure_says_its_unit_period_source_and_way_of_counting(areas):
    with translation.override("en"):
        for slug, figure in figures(areas.malang).items():
            assert figure.unit_label == slug.value
            assert all(map(str, (figure.label, figure.source, figure.deduplication)))
        assert figures(areas.malang)[Slug.PEOPLE].period_label == "As the register stands now"
        assert figure.period_label == "Jan. 1, 2026 to Dec. 31, 2026"
        assert figures(areas.malang, period=None)[Slug.ATTENDANCES].period_label == "All years"
        since = figures(areas.malang, period=Period(date(2026, 1, 1)))[Slug.ATTENDANCES]
        assert since.period_label == "Since Jan. 1, 2026"


def test_a_figure_links_to_its_rows_with_the_last_day_itself(areas):
    figure = figures(areas.malang)[Slug.ATTENDANCES]

    assert figure.params == {
        "wilayah": "35.73",
        "dihitung": "ya",
        "dari": "2026-01-01",
        "sampai": "2026-12-31",
    }


def test_more_rows_need_no_more_queries(areas, year):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            queries.headline(areas.malang, everywhere(), YEAR)
        counts.append(len(seen))
        opened = open_class(areas.dinoyo)
        take_roll(sessions_of(opened)[0], [register(opened, person) for person in year])

    assert counts == [4, 4]


def test_what_sources_report_stands_beside_and_is_never_added(areas, year):
    before = numbers(areas.malang)
    shown, candidates = open_class(areas.dinoyo), open_class(areas.dinoyo, organiser="candidate")
    for each in (shown, candidates):
        training.add_claim(
            training_class=each,
            unit=Unit.UNSTATED,
            number=6000,
            at_least=True,
            source="Berita April 2021",
            by=system(),
        )

    (claim,) = queries.claims(areas.malang, everywhere(), YEAR)

    assert (claim.class_id, claim.number, claim.at_least) == (shown.pk, 6000, True)
    assert (claim.unit, claim.source) == (Unit.UNSTATED, "Berita April 2021")
    assert numbers(areas.malang) == before
    assert queries.claims(areas.malang, everywhere(), BEFORE) == ()
    assert queries.claims(areas.malang, Reach.of([areas.purwantoro.key]), None) == ()
