"""Figures count whoever was merged once, and say which rows they leave out for that."""

import pytest

from city import system
from jembol.kit.reach import Reach
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails
from jembol.reporting import queries
from jembol.reporting.figures import Slug, Verdict
from training.classroom import enrol, open_class, register, sessions_of, take_roll

EVERYWHERE = Reach.everywhere()


@pytest.fixture
def merged(areas):
    """Three entries of two people at one class, and two entries of one shop."""
    opened = open_class(areas.dinoyo)
    one, other, _stranger = people = enrol(areas.dinoyo, 3)
    seats = [register(opened, person) for person in people]
    for session in sessions_of(opened):
        take_roll(session, seats)
    shops = [
        registry.add_enterprise(
            details=EnterpriseDetails(name=name, area=areas.dinoyo), owners=[one], by=system()
        )
        for name in ("Kue", "Koe")
    ]
    registry.merge(survivor=one, absorbed=other, by=system())
    registry.merge_enterprises(survivor=shops[0], absorbed=shops[1], by=system())
    return areas.malang


def left_out(figure):
    return {each.verdict: each.number for each in figure.left_out}


def test_each_figure_counts_once_and_says_what_it_leaves_out(merged):
    figures = {figure.slug: figure for figure in queries.headline(merged, EVERYWHERE, None)}

    assert {slug: figure.number for slug, figure in figures.items()} == {
        Slug.PEOPLE: 2,
        Slug.ENTERPRISES: 1,
        Slug.REGISTRATIONS: 2,
        Slug.ATTENDANCES: 4,
    }
    assert {slug: left_out(figure) for slug, figure in figures.items()} == {
        Slug.PEOPLE: {Verdict.MERGED: 1},
        Slug.ENTERPRISES: {Verdict.MERGED: 1},
        Slug.REGISTRATIONS: {Verdict.AGAIN: 1},
        Slug.ATTENDANCES: {Verdict.AGAIN: 2},
    }


def test_the_rows_behind_each_figure_are_as_many(merged):
    rows = {
        Slug.PEOPLE: queries.people_counted(merged, EVERYWHERE),
        Slug.ENTERPRISES: queries.enterprises_counted(merged, EVERYWHERE),
        Slug.REGISTRATIONS: queries.registrations_counted(merged, EVERYWHERE, None),
        Slug.ATTENDANCES: queries.attendances_counted(merged, EVERYWHERE, None),
    }
    for figure in queries.headline(merged, EVERYWHERE, None):
        assert rows[figure.slug].count() == figure.number


def test_people_reached_are_people(merged):
    assert queries.people_reached(merged, EVERYWHERE, None).number == 2
    assert queries.reached_by_kelurahan(merged, EVERYWHERE, None).people == 2


def test_who_came_only_under_the_absorbed_id_was_reached_where_the_survivor_lives(areas):
    opened = open_class(areas.dinoyo)
    (home,), (away,) = enrol(areas.purwantoro), enrol(areas.dinoyo, 1, "Lain")
    seat = register(opened, away)
    take_roll(sessions_of(opened)[0], [seat])

    registry.merge(survivor=home, absorbed=away, by=system())

    reached = queries.reached_by_kelurahan(areas.malang, EVERYWHERE, None)
    assert {row.key: row.people for row in reached.rows if row.people} == {areas.purwantoro.key: 1}
