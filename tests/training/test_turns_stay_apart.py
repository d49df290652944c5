"""No venue and no mentor twice at once: the database refuses it, on both engines alike."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jembol.training import turn_guards
from jembol.training.models import MentorTurn, VenueTurn
from training.classroom import rolled_back
from training.planned import (
    MONDAY,
    at,
    mentor,
    mentor_turn,
    moment,
    plan_class,
    venue,
    venue_turn,
)

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def ground(areas):
    """Two sessions without turns, a hall and a mentor."""
    one, other = (plan_class(areas.dinoyo, at("08-10"), title=title) for title in ("A", "B"))
    return one.sessions.get(), other.sessions.get(), venue(areas.dinoyo), mentor(areas.dinoyo)


def made(kind, ground):
    """How to make a turn of the hall or of the mentor."""
    one, other, hall, who = ground
    make, taken = (venue_turn, hall) if kind is VenueTurn else (mentor_turn, who)
    return lambda session, *span, **more: make((one, other)[session], taken, *span, **more)


def is_refused(turn):
    try:
        with transaction.atomic():
            turn.save()
    except IntegrityError:
        return True
    return False


KINDS = pytest.mark.parametrize("kind", [VenueTurn, MentorTurn])


@KINDS
@pytest.mark.parametrize(
    ("starts", "ends"),
    [(8, 12), (9, 11), (7, 9), (11, 13), (7, 13)],
    ids=["the same", "inside", "over the start", "over the end", "around"],
)
def test_a_turn_that_shares_a_moment_is_refused(ground, kind, starts, ends):
    turn = made(kind, ground)
    turn(0, moment(8), moment(12)).save()

    assert is_refused(turn(1, moment(starts), moment(ends)))


@KINDS
def test_the_next_turn_begins_when_one_ends(ground, kind):
    turn = made(kind, ground)
    turn(0, moment(8), moment(12)).save()

    assert not is_refused(turn(1, moment(12), moment(14)))


@KINDS
def test_a_turn_over_midnight_stands_in_the_way_of_the_next_morning(ground, kind):
    turn = made(kind, ground)
    turn(0, moment(22), moment(2, TUESDAY)).save()

    assert is_refused(turn(1, moment(1, TUESDAY), moment(3, TUESDAY)))
    assert not is_refused(turn(1, moment(2, TUESDAY), moment(3, TUESDAY)))


@KINDS
def test_whole_days_stand_in_the_way_of_whole_days_only(ground, kind):
    turn = made(kind, ground)
    turn(0, moment(0), moment(0, TUESDAY), has_hours=False).save()

    assert is_refused(turn(1, moment(0), moment(0, TUESDAY), has_hours=False))
    assert not is_refused(turn(1, moment(8), moment(12)))


@KINDS
def test_a_turn_changed_into_another_is_refused_and_a_turn_may_be_changed_over_itself(ground, kind):
    turn = made(kind, ground)
    turn(0, moment(8), moment(10)).save()
    later = turn(1, moment(12), moment(14))
    later.save()

    later.starts_at = moment(13)
    assert not is_refused(later)
    later.starts_at = moment(9)
    assert is_refused(later)


@KINDS
def test_a_turn_that_ends_before_it_starts_is_refused(ground, kind):
    assert is_refused(made(kind, ground)(0, moment(12), moment(8)))


def test_another_hall_is_free_at_the_same_hours(ground, areas):
    one, other, hall, _who = ground
    venue_turn(one, hall, moment(8), moment(12)).save()

    second = venue(areas.dinoyo, "Balai RW 04 (contoh)")
    assert not is_refused(venue_turn(other, second, moment(8), moment(12)))


def test_rows_of_one_statement_are_kept_apart_too(ground):
    one, other, hall, _who = ground
    turns = [venue_turn(session, hall, moment(8), moment(9)) for session in (one, other)]

    with pytest.raises(IntegrityError), transaction.atomic():
        VenueTurn.objects.bulk_create(turns)


def test_every_guard_stands(db):
    tables = {
        "postgresql": "SELECT conname FROM pg_constraint WHERE contype = 'x'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(tables[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}

    assert {name for name, _table in turn_guards.names(vendor=connection.vendor)} <= there


hours = st.tuples(st.integers(0, 46), st.integers(1, 30))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(hours, min_size=2, max_size=2), whole=st.tuples(*[st.booleans()] * 2))
def test_two_turns_are_refused_just_when_they_share_a_moment(ground, spans, whole):
    start = moment(0)
    (a, a_long), (b, b_long) = spans
    first, second = (
        (start + timedelta(hours=begin), start + timedelta(hours=begin + long))
        for begin, long in spans
    )
    shares = a < b + b_long and b < a + a_long and whole[0] == whole[1]
    turn = made(VenueTurn, ground)

    with rolled_back():
        turn(0, *first, has_hours=whole[0]).save()
        assert is_refused(turn(1, *second, has_hours=whole[1])) is shares
