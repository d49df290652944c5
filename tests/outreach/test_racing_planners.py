"""Two planners keep a change at once, and a week is planned by two workers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from weeks import TERMS, WEEK, field_officers, order, planned, stops_of

from city import NOW, build_areas, system
from jembol.journal.models import Fact
from jembol.kit.refusal import Refusal
from jembol.outreach import actions, events
from jembol.outreach.actions import changing, planning
from jembol.outreach.models import PlanChange, Stop, WeekPlan

ROUNDS = 8


@pytest.fixture
def areas(transactional_db):
    return build_areas()


def together(*works):
    """Do these at the same moment; return what each answered, refusals by their code."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(60)
            work()
        except Refusal as refusal:
            return refusal.code
        else:
            return "kept"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def drops(plan, stops):
    return [
        lambda stop=stop: actions.drop_stop(plan=plan, stop=stop, version=plan.version, by=system())
        for stop in stops
    ]


@pytest.mark.parametrize("is_guarded", [True, False])
def test_one_of_two_planners_is_told_that_the_plan_changed(areas, monkeypatch, is_guarded):
    field_officers(areas, 1)
    plan = planned(areas.malang)
    if not is_guarded:
        monkeypatch.setattr(changing, "_refuse_stale", lambda held, version: None)

    answers = []
    for _round in range(ROUNDS):
        plan.refresh_from_db()
        answers.append(together(*drops(plan, stops_of(plan, officer__isnull=False)[-2:])))

    wanted = ["kept", "plan-changed"] if is_guarded else ["kept", "kept"]
    assert answers == [wanted] * ROUNDS
    # The unique version also orders those who were not told.
    versions = sorted(PlanChange.objects.values_list("version", flat=True))
    assert versions == list(range(2, 2 + len(versions)))


def test_two_who_ask_for_the_same_week_get_one_plan(areas):
    field_officers(areas, 1)

    answers = together(lambda: order(areas.malang), lambda: order(areas.malang))

    assert answers == ["kept", "kept"]
    assert WeekPlan.objects.count() == 1


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_week_found_by_two_workers_is_kept_once(areas, monkeypatch, is_guarded):
    field_officers(areas, 1)
    plan = order(areas.malang)
    found = actions.find_week(plan=plan, by=system(NOW))
    if not is_guarded:
        _forget_that_it_is_made(monkeypatch)

    def keep():
        actions.keep_week(plan=plan, found=found, by=system(NOW))

    answers = together(keep, keep)

    # Where the check is off, the constraint still lets only one of them in.
    assert answers == (["kept", "kept"] if is_guarded else ["kept", "nobody-to-plan"])
    assert Fact.objects.filter(event=events.PLAN_MADE).count() == 1
    assert Stop.objects.filter(plan=plan).count() == len(found.candidates)


def _forget_that_it_is_made(monkeypatch):
    """Let keeping take every plan for one that is still being made."""
    monkeypatch.setattr(planning, "_is_kept", lambda held: False)


def test_a_killed_worker_plans_the_same_week(areas):
    field_officers(areas, 1)
    plan = order(areas.malang)
    first = actions.find_week(plan=plan, by=system(NOW))
    again = actions.find_week(plan=plan, by=system(NOW))

    assert first == again
    assert (TERMS.iterations, WEEK[0]) == (30, plan.starts_on)
