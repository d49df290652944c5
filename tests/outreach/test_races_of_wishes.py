"""Presses at one moment: one wish, no more than may wait, one gathering of overlapping ones."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections

from city import build_areas
from jembol.kit.refusal import Refusal
from jembol.outreach.actions import gatherings, wishes
from jembol.outreach.models import GatheredWish, Gathering, RtDoor, Wish
from outreach.neighbours import gather, link, rt, told_by_link, wish

REPETITIONS = 20
TABLE = "outreach_gatheredwish"


def together(*acts):
    """Do all of these at one moment; what each came to, sorted."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(60)
            act()
        except Refusal as refusal:
            return refusal.code
        else:
            return "in"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.fixture
def areas(transactional_db):
    return build_areas()


def overlapping(areas, number):
    """Three wishes of which two officers want to gather two each."""
    return [wish(rt(areas.dinoyo, number, n), "Menjahit") for n in (1, 2, 3)]


def race_of_officers(areas):
    answers = []
    for number in range(1, REPETITIONS + 1):
        one, two, three = overlapping(areas, number)
        answers.append(
            together(lambda a=one, b=two: gather(a, b), lambda b=two, c=three: gather(b, c))
        )
    return answers


def test_of_two_officers_who_gather_overlapping_wishes_one_does_and_the_other_is_told(areas):
    answers = race_of_officers(areas)

    assert answers == [["in", "wish-gathered"]] * REPETITIONS
    assert Gathering.objects.count() == REPETITIONS
    assert GatheredWish.objects.count() == 2 * REPETITIONS


def test_without_lock_and_check_the_constraint_still_lets_one_through(areas, monkeypatch):
    monkeypatch.setattr(gatherings, "hold_wishes", list)
    monkeypatch.setattr(gatherings, "refuse_gathered", lambda held: None)

    answers = race_of_officers(areas)

    assert answers == [["in", "wish-gathered"]] * REPETITIONS


@pytest.fixture
def without_guards(areas, monkeypatch):
    """No lock, no check, and no constraint: what they are there for."""
    monkeypatch.setattr(gatherings, "hold_wishes", list)
    monkeypatch.setattr(gatherings, "refuse_gathered", lambda held: None)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, TABLE)
        name = next(
            name
            for name, one in found.items()
            if one["unique"] and not one["primary_key"] and one["columns"] == ["wish_id"]
        )
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
    yield
    GatheredWish.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} UNIQUE (wish_id)")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time is its guard")
def test_without_any_guard_a_wish_stands_in_two_gatherings(areas, without_guards):
    answers = race_of_officers(areas)

    assert answers == [["in", "in"]] * REPETITIONS


def test_pressing_send_many_times_at_once_is_one_wish(areas):
    door = link(areas.dinoyo_rt)

    answers = together(*[lambda: told_by_link(door, "Oven", kind="tool")] * 8)

    assert answers == ["in"] * 8
    assert Wish.objects.count() == 1


def race_for_the_last_place(areas):
    """Eight different wishes of one RT at once, where five may wait."""
    door = link(areas.dinoyo_rt)
    acts = [lambda n=n: told_by_link(door, "abcdefgh"[n] * 4) for n in range(8)]
    return together(*acts)


def test_no_more_wait_than_the_city_allows_however_fast_they_come(areas):
    answers = race_for_the_last_place(areas)

    assert answers == ["in"] * 5 + ["too-many-wishes"] * 3
    assert Wish.objects.count() == 5


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_of_the_link_more_wait(areas, monkeypatch):
    meeting = Barrier(8)
    check = wishes._refuse_too_many

    def check_together(door, by):
        check(door, by)
        try:
            meeting.wait(5)
        except BrokenBarrierError:
            return

    monkeypatch.setattr(wishes, "_refuse_too_many", check_together)
    monkeypatch.setattr(
        RtDoor.objects.__class__, "select_for_update", lambda self, **_of: self.all()
    )
    monkeypatch.setattr(type(RtDoor.objects.all()), "select_for_update", lambda self, **_of: self)

    race_for_the_last_place(areas)

    assert Wish.objects.count() > 5
