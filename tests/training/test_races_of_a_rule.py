"""The last seat, a group, a freed seat, a draw: many at once, again and again, and never wrong.

Each race runs on classes of its own, many times over, and is judged by plain SQL. Each has its
control: with the guard off the same race must go wrong, or the race proves nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections

from city import NOW, build_areas, system
from jembol.kit.refusal import Refusal
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.actions import applying, drawing, offers, room, seats
from jembol.training.choices import Door, SelectionKind
from jembol.training.models import Class, Draw, Offer, Registration
from training.classroom import enrol
from training.published import AFTER, apply, live_offers, open_by_rule
from training.selection_checker import broken

REPEATS = 50
MANY = 200
THREADS = 50
"""PostgreSQL of the tests lets 120 in."""


class Track:
    """Threads that start together, with their connections, over many races."""

    def __init__(self, runners):
        self.runners = runners
        self.pool = ThreadPoolExecutor(runners)

    def race(self, *jobs):
        """Do the jobs at once; a refusal is an answer, anything else is a fault."""
        start = Barrier(min(len(jobs), self.runners))
        return list(self.pool.map(lambda job: self._run(job, start), jobs))

    def _run(self, job, start):
        start.wait(120)
        try:
            job()
        except Refusal as refusal:
            return refusal.code
        except IntegrityError:
            return "stopped by the database"
        return "done"

    def end(self):
        gate = Barrier(self.runners)
        for _one in self.pool.map(lambda _n: self._close(gate), range(self.runners)):
            pass
        self.pool.shutdown()

    def _close(self, gate):
        gate.wait(120)
        connections.close_all()


@pytest.fixture
def areas(transactional_db):
    return build_areas()


@pytest.fixture
def track():
    tracks = []

    def made(runners):
        tracks.append(Track(runners))
        return tracks[-1]

    yield made
    for one in tracks:
        one.end()


def applying_as(opened, person):
    return lambda: apply(opened, person)


def test_one_of_two_hundred_gets_the_last_seat_and_the_others_wait_in_line(areas, track):
    people = enrol(areas.dinoyo, MANY)
    opened = open_by_rule(areas.dinoyo, seats=1)

    answers = track(THREADS).race(*(applying_as(opened, person) for person in people))

    assert answers == ["done"] * MANY
    assert opened.registrations.count() == 1
    assert opened.entries.waiting().count() == MANY - 1
    assert broken() == {}


def test_the_last_seat_goes_to_one_again_and_again(areas, track):
    people, runners = enrol(areas.dinoyo, 4), track(4)

    for _time in range(REPEATS):
        opened = open_by_rule(areas.dinoyo, seats=1)
        runners.race(*(applying_as(opened, person) for person in people))
        assert opened.registrations.count() == 1

    assert broken() == {}


def test_without_the_checks_the_last_seat_is_given_more_than_once(areas, track, monkeypatch):
    people, opened = enrol(areas.dinoyo, 6), open_by_rule(areas.dinoyo, seats=1)
    monkeypatch.setattr(seats, "refuse_when_full", lambda held, *, wanted: None)
    monkeypatch.setattr(applying, "_is_seated_at_once", lambda *_given: True)

    track(6).race(*(applying_as(opened, person) for person in people))

    assert "more than there are seats" in broken()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_of_the_class_the_last_seat_is_oversold(areas, track, monkeypatch):
    people, opened = enrol(areas.dinoyo, 2), open_by_rule(areas.dinoyo, seats=1)
    meeting, check = Barrier(2), seats.refuse_when_full

    def check_together(held, *, wanted):
        check(held, wanted=wanted)
        meeting.wait(30)

    monkeypatch.setattr(applying, "hold", lambda one: Class.objects.get(pk=one.pk))
    monkeypatch.setattr(seats, "refuse_when_full", check_together)

    def take(person):
        # The chain of the journal is a lock of its own; it must not save the day here.
        return lambda: apply(opened, person)

    monkeypatch.setattr(applying, "make_entry", lambda *_a, **_k: None)
    monkeypatch.setattr(applying, "end_entry", lambda *_a, **_k: None)
    track(2).race(*map(take, people))

    assert "more than there are seats" in broken()


def group_of(area, count, name):
    people = enrol(area, count, prefix=name)
    group = registry.form_group(name=name, area=area, kind="training", by=system())
    for person in people:
        registry.join(group=group, person=person, by=system())
    return group, people


def test_a_group_comes_whole_or_not_at_all(areas, track):
    group, members = group_of(areas.dinoyo, 3, "Melati")
    singles, runners = enrol(areas.dinoyo, 2), track(3)
    whole = 0

    for time in range(REPEATS):
        # Two seats can never hold the three; three seats do when no single was faster.
        opened = open_by_rule(areas.dinoyo, seats=2 + time % 2)
        runners.race(
            lambda opened=opened: training.register_group(
                training_class=opened, group=group, people=members, by=system(), door=Door.DESK
            ),
            *(applying_as(opened, person) for person in singles),
        )
        inside = opened.registrations.filter(group=group).count()
        assert inside in {0, 3}
        assert opened.seats == 3 or inside == 0
        whole += inside == 3

    assert broken() == {}


def test_a_group_that_is_taken_apart_is_found(areas):
    group, members = group_of(areas.dinoyo, 3, "Melati")
    opened = open_by_rule(areas.dinoyo, seats=3)
    training.register_group(
        training_class=opened, group=group, people=members, by=system(), door=Door.DESK
    )

    Registration.objects.filter(person=members[0]).delete()

    assert "a group that is not whole" in broken()


def line_of(area, people, seats=1):
    """A full class with the rest of the people in line."""
    opened = open_by_rule(area, seats=seats)
    for person in people:
        apply(opened, person)
    return opened


def settling(opened, at=NOW):
    return lambda: training.settle(training_class=opened, by=system(at))


def test_a_seat_given_back_while_others_promote_and_leave_is_offered_once(areas, track):
    people, runners = enrol(areas.dinoyo, 4), track(3)

    for _time in range(REPEATS):
        opened = line_of(areas.dinoyo, people)
        seat, leaving = opened.registrations.get(), opened.entries.get(person=people[1])
        runners.race(
            lambda seat=seat: training.withdraw(registration=seat, why="", by=system()),
            settling(opened),
            lambda leaving=leaving: training.leave_list(entry=leaving, by=system()),
        )
        assert [offer.entry.person for offer in live_offers(opened)] == [people[2]]

    assert broken() == {}


def test_an_offer_that_runs_out_and_is_accepted_at_once_has_one_end(areas, track):
    people, runners = enrol(areas.dinoyo, 4), track(3)
    late = NOW + timedelta(hours=24)

    for _time in range(REPEATS):
        opened = line_of(areas.dinoyo, people)
        training.withdraw(registration=opened.registrations.get(), why="", by=system())
        (offer,) = live_offers(opened)
        runners.race(
            lambda offer=offer: training.accept(offer=offer, by=system()),
            lambda offer=offer: training.decline(offer=offer, by=system()),
            settling(opened, late),
        )
        offer.refresh_from_db()
        assert offer.state in {"accepted", "declined", "expired"}
        seated = opened.registrations.standing().count()
        assert (seated == 1) is (offer.state == "accepted")
        assert len(live_offers(opened)) == 1 - seated

    assert broken() == {}


def test_promotion_that_forgets_the_offers_is_found(areas, monkeypatch):
    people = enrol(areas.dinoyo, 4)
    opened = line_of(areas.dinoyo, people)
    training.withdraw(registration=opened.registrations.get(), why="", by=system())
    whole = offers.room_of

    def forgetful(held, at):
        seen = whole(held, at)
        return type(seen)(seen.seats, seen.taken - Offer.objects.live().count())

    monkeypatch.setattr(offers, "room_of", forgetful)
    training.settle(training_class=opened, by=system())

    assert "more than there are seats" in broken()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_the_database_still_offers_a_freed_seat_once(areas, track, monkeypatch):
    people = enrol(areas.dinoyo, 4)
    opened = line_of(areas.dinoyo, people)
    with monkeypatch.context() as off:
        off.setattr(seats, "promote", lambda held, by: [])
        training.withdraw(registration=opened.registrations.get(), why="", by=system())
    meeting, whole = Barrier(2), offers.room_of

    def together(held, at):
        seen = whole(held, at)
        meeting.wait(30)
        return seen

    monkeypatch.setattr(offers, "hold", lambda one: Class.objects.get(pk=one.pk))
    monkeypatch.setattr(offers, "room_of", together)

    answers = track(2).race(settling(opened), settling(opened))

    assert sorted(answers) == ["done", "stopped by the database"]
    assert len(live_offers(opened)) == 1


def lottery_of(area, people, seats=2):
    opened = open_by_rule(area, SelectionKind.LOTTERY, seats=seats)
    training.commit_to_secret(training_class=opened, by=system())
    for person in people:
        apply(opened, person)
    return opened


def drawing_of(opened):
    return lambda: training.draw_seats(training_class=opened, by=system(AFTER))


def test_a_draw_pressed_by_three_at_once_is_one_draw(areas, track):
    people, runners = enrol(areas.dinoyo, 5), track(3)

    for _time in range(REPEATS):
        opened = lottery_of(areas.dinoyo, people)
        answers = runners.race(*(drawing_of(opened) for _press in range(3)))
        assert sorted(answers) == ["already-drawn", "already-drawn", "done"]
        assert opened.registrations.count() == 2

    assert Draw.objects.count() == REPEATS
    assert broken() == {}


def test_without_the_check_the_database_stops_a_second_draw(areas, track, monkeypatch):
    opened = lottery_of(areas.dinoyo, enrol(areas.dinoyo, 5))
    monkeypatch.setattr(drawing, "refuse_draw", lambda *_given: None)

    answers = track(3).race(*(drawing_of(opened) for _press in range(3)))

    assert sorted(answers) == ["done", "stopped by the database", "stopped by the database"]
    assert Draw.objects.count() == 1


def test_the_same_person_twice_at_once_is_one_entry(areas, track):
    (person,), runners = enrol(areas.dinoyo), track(3)

    for _time in range(REPEATS):
        opened = open_by_rule(areas.dinoyo, seats=3)
        runners.race(*(applying_as(opened, person) for _press in range(3)))
        assert (opened.registrations.count(), opened.entries.count()) == (1, 1)


def test_the_room_is_asked_in_every_race():
    """The guards that the controls switch off are those that the actions use."""
    assert seats.refuse_when_full is room.refuse_when_full
