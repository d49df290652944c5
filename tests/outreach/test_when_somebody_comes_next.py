"""The head of an RT reads on which half of a day somebody comes, from the plan in force."""

from datetime import timedelta

import pytest
from django.test import Client
from doors import promise, visit
from neighbours import answer, gather, link, rt, wish
from weeks import MONDAY, WEEK, field_officers, planned, service_day, stops_of

from city import NOW, system
from jembol.outreach import actions
from jembol.outreach.queries import NextVisit, next_visit_to
from jembol.outreach.rt_links import token_of
from training.classroom import enrol


@pytest.fixture
def officer(areas):
    return field_officers(areas, 1)[0]


def test_a_stop_at_an_rw_is_told_to_its_rt_with_half_of_a_day(areas, officer):
    service_day(areas.dinoyo_rw, officers=1)
    plan = planned(areas.malang)
    first = stops_of(plan, area=areas.dinoyo_rw, officer=officer)[0]

    found = next_visit_to(areas.dinoyo_rt, MONDAY)

    assert found == NextVisit(first.on, first.arrives_at)
    assert found.half == ("in the morning" if first.arrives_at.hour < 12 else "in the afternoon")
    assert next_visit_to(areas.dinoyo_rw, MONDAY) == found


def test_an_appointment_is_told_to_its_own_rt_only(areas, officer):
    (friend,) = enrol(areas.dinoyo_rt, 1, by=system())
    met = visit(areas.dinoyo_rt, officer, MONDAY - timedelta(days=9), person=friend)
    kept = promise(met, WEEK[0])
    plan = planned(areas.malang)
    (stop,) = stops_of(plan, promise=kept)
    others = stops_of(plan, area=areas.dinoyo_rw, officer=officer)

    here = next_visit_to(areas.dinoyo_rt, MONDAY)
    there = next_visit_to(rt(areas.dinoyo, 3, 9), MONDAY)

    assert here.on == stop.on == WEEK[0]
    assert there == (NextVisit(others[0].on, others[0].arrives_at) if others else None)


def test_what_was_visited_is_past_or_stands_in_a_plan_that_was_replaced_is_not_told(areas, officer):
    service_day(areas.dinoyo_rw, on=WEEK[2], officers=1)
    plan = planned(areas.malang)
    stops = stops_of(plan, area=areas.dinoyo_rw, officer=officer)
    assert stops

    for stop in stops:
        met = visit(areas.dinoyo_rt, officer, stop.on)
        actions.mark_stop(visit=met, stop_id=stop.pk, by=system())

    assert next_visit_to(areas.dinoyo_rt, MONDAY) is None
    assert next_visit_to(areas.dinoyo_rt, WEEK[4] + timedelta(days=1)) is None


def test_the_nearer_of_what_was_answered_and_what_is_planned_is_told(areas, officer):
    service_day(areas.dinoyo_rw, on=WEEK[2], officers=1)
    plan = planned(areas.malang)
    first = stops_of(plan, area=areas.dinoyo_rw, officer=officer)[0]

    answer(gather(wish(areas.dinoyo_rt, "Oven")), "visit", visit_on=WEEK[4] + timedelta(days=9))
    assert next_visit_to(areas.dinoyo_rt, MONDAY).on == first.on
    assert next_visit_to(areas.dinoyo_rt, WEEK[4]).on >= WEEK[4]
    assert next_visit_to(areas.dinoyo_rt, WEEK[4] + timedelta(days=1)).half == ""


def test_the_page_says_the_day_and_its_half_and_nobody_s_name(areas, officer, monkeypatch):
    (friend,) = enrol(areas.dinoyo_rt, 1, prefix="KANARI", by=system())
    promise(visit(areas.dinoyo_rt, officer, MONDAY - timedelta(days=9), person=friend), WEEK[0])
    door = link(areas.dinoyo_rt)
    plan = planned(areas.malang)
    (stop,) = stops_of(plan, kind="promise")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    page = Client().get(f"/rt/{token_of(door)}/").text

    assert ("pagi hari" if stop.arrives_at.hour < 12 else "siang hari") in page
    assert officer.name not in page
    assert "KANARI" not in page
    assert f"{stop.arrives_at:%H:%M}" not in page
