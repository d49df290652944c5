"""One seat, fifty people at once: the lock and the check together give it to one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections

from city import build_areas
from jembol.training import errors
from jembol.training.actions import seats
from jembol.training.models import Class, Registration
from training.classroom import enrol, open_class, register

RUNNERS = 50


@pytest.fixture
def race(transactional_db):
    """A class of one seat and fifty people who press the button together."""
    areas = build_areas()
    opened, people = open_class(areas.dinoyo, seats=1), enrol(areas.dinoyo, RUNNERS)
    start = Barrier(RUNNERS)

    def run(person):
        try:
            start.wait(60)
            register(opened, person)
        except errors.ClassFull:
            return "full"
        else:
            return "in"
        finally:
            connections.close_all()

    def race():
        with ThreadPoolExecutor(RUNNERS) as pool:
            return sorted(pool.map(run, people))

    return race


def test_one_of_fifty_gets_the_last_seat(race):
    answers = race()

    assert answers == ["full"] * (RUNNERS - 1) + ["in"]
    assert Registration.objects.count() == 1


def test_without_the_check_the_class_is_oversold(race, monkeypatch):
    monkeypatch.setattr(seats, "refuse_when_full", lambda held, *, wanted: None)

    race()

    assert Registration.objects.count() == RUNNERS


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_of_the_class_it_is_oversold(race, monkeypatch):
    together = Barrier(2)
    check = seats.refuse_when_full

    def check_together(held, *, wanted):
        check(held, wanted=wanted)
        # An odd one out finds no partner and goes on alone.
        with suppress(BrokenBarrierError):
            together.wait(5)

    monkeypatch.setattr(seats, "hold", lambda one: Class.objects.get(pk=one.pk))
    monkeypatch.setattr(seats, "refuse_when_full", check_together)

    race()

    assert Registration.objects.count() > 1
