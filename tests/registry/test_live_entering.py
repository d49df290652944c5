"""Whoever comes in is looked for in the transaction that writes: two doors make one person."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections

from city import DINOYO, PURWANTORO, area, build_areas, build_officer, by, system
from jembol.journal.models import Fact
from jembol.registry import errors
from jembol.registry.actions import PersonDetails, enrol, enter, entering, merge, recognise, unmerge
from jembol.registry.models import Person, PersonDoubt, PersonVerdict

PHONE = "0899-0000-0001"


def details(name="Siti Maesaroh", code=DINOYO, phone=PHONE, **more):
    return PersonDetails(name=name, area=area(code), phone=phone, **more)


@pytest.fixture
def city(db):
    return build_areas()


def test_somebody_nobody_is_like_is_entered(city):
    entered = enter(details=details(), by=system())

    assert Person.objects.get() == entered.person
    assert not entered.is_known_elsewhere


def test_somebody_alike_is_refused_with_the_candidates(city):
    siti = enrol(details=details(), by=system())

    with pytest.raises(errors.SomebodyAlike) as refused:
        enter(details=details(), by=system())

    assert [one.person_id for one in entering.found_in(refused.value)] == [siti.pk]
    assert Person.objects.count() == 1


def test_a_verdict_is_written_for_each_who_was_ruled_out_and_journaled(city):
    others = [enrol(details=details(), by=system()) for _turn in range(2)]
    officer = build_officer("petugas", "training", "35.73")

    entered = enter(
        details=details(),
        by=by(officer, "registry.change"),
        others=[one.pk for one in others],
    )

    pairs = {(one.low_id, one.high_id) for one in PersonVerdict.objects.all()}
    assert pairs == {(one.pk, entered.person.pk) for one in others}
    assert Fact.objects.filter(event="registry.person.judged").exists()


def test_an_absorbed_row_stands_for_its_survivor(city):
    absorbed = enrol(details=details(), by=system())
    survivor = enrol(details=details(phone="0899-0000-0002"), by=system())
    made = merge(survivor=survivor, absorbed=absorbed, by=system())

    with pytest.raises(errors.SomebodyAlike) as refused:
        enter(details=details(), by=system())
    found = [one.person_id for one in entering.found_in(refused.value)]
    unmerge(merge=made, by=system(), why="salah")
    with pytest.raises(errors.SomebodyAlike) as apart:
        enter(details=details(), by=system())

    assert found == [survivor.pk]
    # Of two who are known to be different, the one for whom more speaks is asked about.
    assert [one.person_id for one in entering.found_in(apart.value)] == [absorbed.pk]


class TestRecognising:
    """At a door where nobody can be asked."""

    def test_name_and_phone_are_the_person(self, city):
        siti = enrol(details=details(), by=system())

        assert recognise(details=details("Hj. SITI MAESAROH"), by=system()) == siti
        assert not PersonDoubt.objects.exists()

    def test_an_absorbed_row_gives_its_survivor(self, city):
        absorbed = enrol(details=details(), by=system())
        survivor = enrol(details=details(phone="0899-0000-0002"), by=system())
        merge(survivor=survivor, absorbed=absorbed, by=system())

        assert recognise(details=details(), by=system()) == survivor

    def test_a_similar_name_on_the_phone_is_somebody_new_and_a_doubt(self, city):
        siti = enrol(details=details(), by=system())

        new = recognise(details=details("Siti Maesarah", PURWANTORO), by=system())

        doubt = PersonDoubt.objects.get()
        assert (doubt.low, doubt.high) == (siti, new)
        assert doubt.area.code == "35.73"

    def test_the_family_on_the_phone_is_somebody_new_and_no_doubt(self, city):
        enrol(details=details(), by=system())

        recognise(details=details("Bambang Wijaya"), by=system())

        assert Person.objects.count() == 2
        assert not PersonDoubt.objects.exists()

    def test_a_name_in_a_street_takes_nobodys_place(self, city):
        siti = enrol(details=details(phone=""), by=system())

        new = recognise(details=details(), by=system())

        assert new != siti
        assert PersonDoubt.objects.count() == 1

    def test_another_birth_date_is_not_the_person(self, city):
        siti = enrol(details=details(born_on=date(1960, 1, 1)), by=system())

        assert recognise(details=details(born_on=date(1990, 1, 1)), by=system()) != siti


# --- races ------------------------------------------------------------------------------------


@pytest.fixture
def race(transactional_db):
    """Two officers who send the same new person in the same moment."""
    build_areas()
    start = Barrier(2)

    def run(_number):
        try:
            start.wait(60)
            enter(details=details(), by=system())
        except errors.SomebodyAlike:
            return "asked"
        else:
            return "entered"
        finally:
            connections.close_all()

    def race():
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(run, range(2)))

    return race


def test_of_two_who_enter_one_person_at_once_one_is_asked(race):
    assert race() == ["asked", "entered"]
    assert Person.objects.count() == 1


def test_without_the_look_inside_the_transaction_both_enter(race, monkeypatch):
    monkeypatch.setattr(entering, "look_up", lambda probe, **_where: [])

    assert race() == ["entered", "entered"]
    assert Person.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_queue_both_enter(race, monkeypatch):
    together, look = Barrier(2), entering.look_up

    def look_together(probe, **where):
        found = look(probe, **where)
        with suppress(BrokenBarrierError):
            together.wait(5)
        return found

    monkeypatch.setattr(entering, "queue_entries", lambda area: None)
    monkeypatch.setattr(entering, "look_up", look_together)

    assert race() == ["entered", "entered"]
