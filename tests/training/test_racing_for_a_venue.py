"""Two officers book one hall, or one mentor, at once: the constraint gives it to one of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from city import build_areas
from jembol.training import errors, turn_guards
from jembol.training.models import MentorTurn, VenueTurn
from training.planned import MONDAY, at, mentor, plan_class, venue

REPETITIONS = 50


@pytest.fixture
def race(transactional_db):
    """Two officers who press the button together, on another day each time."""
    areas = build_areas()
    hall, who = venue(areas.dinoyo), mentor(areas.dinoyo)
    # The catalogue is there before they start.
    plan_class(areas.dinoyo, at("08-12", MONDAY - timedelta(days=1)))

    def run(start, day, taken):
        try:
            start.wait(60)
            plan_class(areas.dinoyo, at("08-12", day), **taken)
        except (errors.VenueTaken, errors.MentorTaken) as refusal:
            return refusal.code
        else:
            return "in"
        finally:
            connections.close_all()

    def race(taken):
        answers = []
        with ThreadPoolExecutor(2) as pool:
            for number in range(REPETITIONS):
                start, day = Barrier(2), MONDAY + timedelta(days=number)
                runs = [pool.submit(run, start, day, taken) for _officer in range(2)]
                answers.append(tuple(sorted(one.result() for one in runs)))
        return answers

    return lambda kind: race({"venue": hall} if kind == "venue" else {"mentors": [who]})


@pytest.fixture
def without_guards(transactional_db):
    with connection.schema_editor() as editor:
        turn_guards.remove(None, editor)
    yield
    VenueTurn.objects.all().delete()
    MentorTurn.objects.all().delete()
    with connection.schema_editor() as editor:
        turn_guards.install(None, editor)


@pytest.mark.parametrize(
    ("kind", "refused"), [("venue", "venue-taken"), ("mentor", "mentor-taken")]
)
def test_one_of_two_gets_the_hours_every_time(race, kind, refused):
    answers = race(kind)

    assert answers == [("in", refused)] * REPETITIONS


@pytest.mark.parametrize("kind", ["venue", "mentor"])
def test_without_the_constraint_both_get_them(race, without_guards, kind):
    answers = race(kind)

    assert answers == [("in", "in")] * REPETITIONS
