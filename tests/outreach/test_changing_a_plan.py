"""A plan is changed by hand with its cost told first, and anew when an officer is ill."""

from datetime import timedelta

import pytest
from doors import need, promise, rw, visit
from weeks import MONDAY, WEEK, field_officers, planned, profile, service_day, stops_of

from city import NOW, system
from jembol.journal.models import Fact
from jembol.methods.routing import violations
from jembol.outreach import actions, errors, events
from jembol.outreach.models import Absence, PlanChange, StopVisit
from jembol.outreach.queries.moves import price_drop, price_move
from jembol.outreach.queries.week_plans import plan_told, routes_of

TUESDAY = system(NOW + timedelta(days=1))


def where(plan):
    return {s.ref: (s.officer_id, s.on, s.place) for s in stops_of(plan)}


def lawful(plan):
    routes = routes_of(plan)
    return violations(routes.problem, routes.plan) == []


def move(plan, stop, officer, on, place=None, version=None, by=None):
    return actions.move_stop(
        plan=plan, stop=stop, officer_id=officer.pk, on=on, place=place,
        version=version or plan.version, by=by or system(),
    )  # fmt: skip


def test_a_stop_goes_to_another_officer_and_stays_where_it_was_put(areas):
    one, other = field_officers(areas, 2)
    plan = planned(areas.malang)
    stop = stops_of(plan, officer=one, on=WEEK[1])[0]
    for planned_there in stops_of(plan, officer=other, on=WEEK[3])[:2]:
        actions.drop_stop(plan=plan, stop=planned_there, version=plan.version, by=system())
        plan.refresh_from_db()

    change = move(plan, stop, other, WEEK[3], place=1)

    stop.refresh_from_db()
    plan.refresh_from_db()
    assert (stop.officer_id, stop.on, stop.place, stop.must) == (other.pk, WEEK[3], 1, "held")
    assert change.version == plan.version
    assert lawful(plan)
    assert change.details["moved"] == [
        {"ref": stop.ref, "before": [one.pk, "2026-03-03"], "after": [other.pk, "2026-03-05"]}
    ]


def test_the_cost_is_told_before_and_is_what_comes_of_it(areas):
    one, _other = field_officers(areas, 2)
    plan = planned(areas.malang)
    stop = stops_of(plan, officer=one)[0]

    priced = price_drop(plan, stop)

    assert priced.needs == -stop.need
    before = where(plan)
    assert before == where(plan)
    change = actions.drop_stop(plan=plan, stop=stop, version=plan.version, by=system())
    assert change.details["needs"] == priced.needs
    assert change.details["travel"] == priced.travel
    assert routes_of(plan).plan.travel - priced.routes.plan.travel == priced.travel
    stop.refresh_from_db()
    assert stop.unserved["why"] in {"told", "displaces", "too_far"}


def test_a_stop_that_would_come_too_late_is_refused_and_told(areas):
    one, other = field_officers(areas, 2)
    plan = planned(areas.malang, area_minutes=200)
    stop = stops_of(plan, officer=one, on=WEEK[1])[0]

    priced = price_move(plan, stop, officer_id=other.pk, on=WEEK[2], place=1)

    assert priced.moved is None
    assert priced.late
    with pytest.raises(errors.MoveNotPossible):
        move(plan, stop, other, WEEK[2], place=1)


def test_who_lacks_the_skill_gets_no_stop_that_asks_for_it(areas):
    able, plain = field_officers(areas, 2)
    profile(able, areas.dinoyo, skills=["finance"])
    before = visit(areas.dinoyo, plain, MONDAY - timedelta(days=9))
    need(before, "capital")
    promise(before, WEEK[3])
    plan = planned(areas.malang)
    (stop,) = stops_of(plan, kind="promise")

    assert price_move(plan, stop, officer_id=plain.pk, on=WEEK[1], place=None).skill == "finance"
    with pytest.raises(errors.MoveNotPossible):
        move(plan, stop, plain, WEEK[1])


def test_what_several_visit_together_does_not_move_alone(areas):
    one, _other = field_officers(areas, 2)
    service = service_day(areas.dinoyo_rw)
    plan = planned(areas.malang)

    with pytest.raises(errors.MoveNotPossible):
        move(plan, stops_of(plan, service=service)[0], one, WEEK[3])


def test_whoever_saw_an_older_plan_is_told_so(areas):
    one, _other = field_officers(areas, 2)
    plan = planned(areas.malang)
    first, second = stops_of(plan, officer=one)[:2]
    actions.drop_stop(plan=plan, stop=first, version=1, by=system())

    with pytest.raises(errors.PlanChanged):
        actions.drop_stop(plan=plan, stop=second, version=1, by=system())

    assert PlanChange.objects.count() == 1


def test_visited_stops_and_past_days_stay(areas):
    one, other = field_officers(areas, 2)
    plan = planned(areas.malang)
    done, past = stops_of(plan, officer=one, on=WEEK[2])[0], stops_of(plan, on=WEEK[0])[0]
    row = actions.mark_stop(visit=visit(done.area, one, WEEK[0]), stop_id=done.pk, by=system())

    assert StopVisit.objects.get() == row
    for stop, on in ((done, WEEK[3]), (past, WEEK[3]), (stops_of(plan, on=WEEK[3])[0], WEEK[0])):
        with pytest.raises(errors.PastDay):
            move(plan, stop, other, on, by=TUESDAY)


def test_when_an_officer_is_ill_the_promised_visits_are_kept_and_the_others_stay(areas):
    ill, well, third = field_officers(areas, 3)
    for number in (1, 2, 3):
        before = visit(rw(areas.dinoyo, number + 10), ill, MONDAY - timedelta(days=9))
        promise(before, WEEK[1])
    plan = planned(areas.malang)
    before = where(plan)
    change = actions.note_illness(plan=plan, officer_id=ill.pk, on=WEEK[1], by=system())

    after = where(plan)
    plan.refresh_from_db()
    assert not stops_of(plan, officer=ill, on=WEEK[1])
    assert all(after[s.ref][0] for s in stops_of(plan, must="promised"))
    others = [
        ref for ref, (who, on, _) in before.items() if who and not (who == ill.pk and on == WEEK[1])
    ]
    stayed = [ref for ref in others if after[ref][:2] == before[ref][:2]]
    assert len(stayed) >= 0.9 * len(others)
    elsewhere = [ref for ref in others if before[ref][1] != WEEK[1]]
    assert all(after[ref] == before[ref] for ref in elsewhere if after[ref][:2] == before[ref][:2])
    assert {row[1] for row in (before[m["ref"]] for m in change.details["moved"])} <= {
        WEEK[1],
        None,
    }
    assert lawful(plan)
    assert Absence.objects.get().planned.officer_id == ill.pk
    assert [row.is_away for row in plan_told(plan).days if row.on == WEEK[1]] == [
        True,
        False,
        False,
    ]
    assert Fact.objects.filter(event=events.OFFICER_ILL).count() == 1
    assert {well.pk, third.pk} >= {after[m["ref"]][0] for m in change.details["moved"]} - {
        None,
        ill.pk,
    }


def test_a_promise_that_finds_no_place_on_the_day_goes_to_a_later_one(areas):
    (only,) = field_officers(areas, 1)
    kept = promise(visit(areas.dinoyo, only, MONDAY - timedelta(days=9)), WEEK[3])
    plan = planned(areas.malang)
    (stop,) = stops_of(plan, promise=kept)
    move(plan, stop, only, WEEK[0])
    plan.refresh_from_db()

    actions.note_illness(plan=plan, officer_id=only.pk, on=WEEK[0], by=system())

    (stop,) = stops_of(plan, promise=kept)
    assert stop.on in WEEK[1:4]
    assert stop.officer_id == only.pk


def test_an_illness_is_noted_once_and_not_for_a_past_day(areas):
    one, _other = field_officers(areas, 2)
    plan = planned(areas.malang)
    actions.note_illness(plan=plan, officer_id=one.pk, on=WEEK[1], by=system())

    with pytest.raises(errors.NotInThePlan):
        actions.note_illness(plan=plan, officer_id=one.pk, on=WEEK[1], by=system())
    with pytest.raises(errors.PastDay):
        actions.note_illness(plan=plan, officer_id=one.pk, on=WEEK[0], by=TUESDAY)


def test_a_phone_that_names_a_foreign_or_no_stop_is_not_refused(areas):
    (one,) = field_officers(areas, 1)
    made = visit(areas.dinoyo, one, MONDAY)

    for stop_id in (None, "7", True, 0, -1, 2**70, 999_999):
        assert actions.mark_stop(visit=made, stop_id=stop_id, by=system()) is None

    assert StopVisit.objects.count() == 0


def test_a_stop_shows_what_was_found_there_last(areas):
    (one,) = field_officers(areas, 1)
    plan = planned(areas.malang)
    stop = stops_of(plan, officer=one)[0]
    for days, outcome in ((0, "not_home"), (1, "met")):
        made = visit(stop.area, one, MONDAY + timedelta(days=days), outcome=outcome)
        actions.mark_stop(visit=made, stop_id=stop.pk, by=system())
        actions.mark_stop(visit=made, stop_id=stop.pk, by=system())

    (row,) = (r for day in plan_told(plan).days for r in day.stops if r.stop.pk == stop.pk)
    assert (row.outcome, row.is_done, stop.visited.count()) == ("met", True, 2)
