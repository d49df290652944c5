"""A need met, a referral closed, a promise kept: noted once, journaled, and told to the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections
from doors import need, promise, referral, visit

from city import NOW, build_areas, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.outreach import actions, errors, events
from jembol.outreach.actions import answering
from jembol.outreach.models import Need

DAY = date(2026, 2, 2)


def test_a_need_is_met_once_and_the_second_press_is_told(areas, officers):
    told = need(visit(areas.dinoyo_rw, officers["lapangan"], DAY))
    actions.meet_need(need=told, how="Oven dipinjam", by=system())

    with pytest.raises(errors.AlreadyAnswered, match="2026"):
        actions.meet_need(need=told, how="Oven lain", by=system())

    told.refresh_from_db()
    assert (told.met_at, told.how) == (NOW, "Oven dipinjam")
    assert Fact.objects.filter(event=events.NEED_MET).count() == 1


@pytest.mark.parametrize(
    ("verb", "word", "state", "event"),
    [
        (actions.close_referral, "answer", "answered", events.REFERRAL_CLOSED),
        (actions.let_lapse, "why", "lapsed", events.REFERRAL_LAPSED),
    ],
)
def test_a_referral_is_closed_once_either_way(areas, officers, verb, word, state, event):
    sent_on = referral(visit(areas.dinoyo_rw, officers["lapangan"], DAY))
    verb(referral=sent_on, by=system(), **{word: "Ikut kelas April"})

    for other, said in ((actions.close_referral, "answer"), (actions.let_lapse, "why")):
        with pytest.raises(errors.AlreadyAnswered):
            other(referral=sent_on, by=system(), **{said: "Lain"})

    sent_on.refresh_from_db()
    assert (sent_on.state, sent_on.closed_at) == (state, NOW)
    assert Fact.objects.filter(event__startswith="outreach.referral").get().event == event


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False)])
def test_a_promise_kept_late_is_kept_and_said_to_be_late(areas, officers, days, late):
    then = visit(areas.dinoyo_rw, officers["lapangan"], DAY)
    given = promise(then, NOW.date() + timedelta(days))

    actions.keep_promise(promise=given, by=system())

    assert Fact.objects.get(event=events.PROMISE_KEPT).details["late"] is late


def test_nobody_answers_for_another_area(areas, officers):
    told = need(visit(areas.purwantoro, officers["lapangan"], DAY))

    with pytest.raises(OutOfReach):
        actions.meet_need(
            need=told, how="Sudah", by=by(officers["lapangan.dinoyo"], "outreach.visit")
        )


@pytest.fixture
def race(transactional_db):
    """Two officers press the button about one need together."""
    areas = build_areas()
    officers = build_officers("lapangan")
    told = need(visit(areas.dinoyo_rw, officers["lapangan"], DAY))
    start = Barrier(2)

    def press(how):
        try:
            start.wait(60)
            actions.meet_need(need=told, how=how, by=system())
        except errors.AlreadyAnswered:
            return "told"
        else:
            return "met"
        finally:
            connections.close_all()

    def race():
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(press, ["Oven dipinjam", "Mesin jahit dipinjam"]))

    return race


def test_two_presses_at_once_meet_a_need_once(race):
    assert race() == ["met", "told"]
    assert Fact.objects.filter(event=events.NEED_MET).count() == 1


def test_without_the_check_it_would_be_met_twice(race, monkeypatch):
    monkeypatch.setattr(answering, "_refuse_answered", lambda at: None)

    assert race() == ["met", "met"]
    assert Fact.objects.filter(event=events.NEED_MET).count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_it_would_be_met_twice(race, monkeypatch):
    together = Barrier(2)
    check = answering._refuse_answered

    def check_together(at):
        check(at)
        with suppress(BrokenBarrierError):
            together.wait(5)

    monkeypatch.setattr(
        answering,
        "_held",
        lambda model, row, by: Need.objects.select_related("visit").get(pk=row.pk),
    )
    monkeypatch.setattr(answering, "_refuse_answered", check_together)

    assert race() == ["met", "met"]
