"""A week is planned in the background: the same each time, promises first, nobody in two places."""

from datetime import date, time, timedelta

import pytest
from django.utils.translation import override
from doors import need, promise, visit
from weeks import (
    MONDAY,
    TERMS,
    WEEK,
    field_officers,
    order,
    planned,
    profile,
    service_day,
    stops_of,
    work,
)

from city import NOW, build_officer, system
from jembol.accounts.choices import Role
from jembol.desk.week_words import Words
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.methods.routing import violations
from jembol.outreach import errors, events
from jembol.outreach.models import PlannedOfficer, Stop, WeekPlan
from jembol.outreach.queries.week_plans import plan_told, routes_of
from jembol.registry.actions import EnterpriseDetails, add_enterprise


def lawful(plan):
    routes = routes_of(plan)
    return violations(routes.problem, routes.plan) == []


def test_a_week_of_a_city_is_planned_with_officers_in_turn_and_reasons_for_the_others(areas):
    field_officers(areas, 2)

    plan = planned(areas.malang)

    told = plan_told(plan)
    assert (plan.state, plan.seed, plan.is_reproducible) == ("made", 1, True)
    assert plan.solver.startswith("pyvrp ")
    assert len(plan.input_hash) == 64
    assert [one.number for one in told.officers] == [1, 2]
    assert len(told.days) == 10
    assert lawful(plan)
    assert stops_of(plan, officer__isnull=False)
    assert all(row.stop.unserved["why"] for row in told.unserved)
    assert Fact.objects.filter(event=events.PLAN_MADE).count() == 1


def test_planned_once_more_it_is_the_same_plan(areas):
    field_officers(areas, 2)
    first = planned(areas.malang)
    was = [(s.ref, s.officer_id, s.on, s.place, s.arrives_at) for s in stops_of(first)]

    again = planned(areas.malang)

    assert again.pk != first.pk
    assert again.input_hash == first.input_hash
    assert [(s.ref, s.officer_id, s.on, s.place, s.arrives_at) for s in stops_of(again)] == was
    first.refresh_from_db()
    assert first.state == "replaced"


def test_asking_twice_while_it_is_made_plans_once(areas):
    field_officers(areas, 1)

    first, second = order(areas.malang), order(areas.malang)

    assert first.pk == second.pk
    assert len(work()) == 1
    assert Fact.objects.filter(event=events.PLAN_MADE).count() == 1


def test_a_promise_due_is_in_the_plan_until_its_day(areas):
    (officer,) = field_officers(areas, 1)
    before = visit(areas.dinoyo, officer, MONDAY - timedelta(days=20))
    kept = promise(before, WEEK[1])

    plan = planned(areas.malang)

    (stop,) = stops_of(plan, promise=kept)
    assert (stop.must, stop.kind) == ("promised", "promise")
    assert stop.officer_id == officer.pk
    assert stop.on <= WEEK[1]


def test_a_promise_to_a_cook_is_kept_in_the_afternoon(areas):
    (officer,) = field_officers(areas, 1)
    details = EnterpriseDetails(name="Contoh", area=areas.dinoyo, activity="Membuat kue kering")
    shop = add_enterprise(details=details, owners=[], by=system())
    kept = promise(
        visit(areas.dinoyo, officer, MONDAY - timedelta(days=9), enterprise=shop), WEEK[3]
    )

    plan = planned(areas.malang)

    (stop,) = stops_of(plan, promise=kept)
    assert time(13) <= stop.arrives_at <= time(16)


def test_a_promise_that_asks_for_a_skill_waits_for_whoever_has_it(areas):
    plain, able = field_officers(areas, 2)
    profile(able, areas.dinoyo, skills=["licence"])
    before = visit(areas.dinoyo, plain, MONDAY - timedelta(days=9))
    need(before, "licence")
    kept = promise(before, WEEK[3])

    plan = planned(areas.malang)

    (stop,) = stops_of(plan, promise=kept)
    assert (stop.skill, stop.officer_id) == ("licence", able.pk)


def test_a_service_day_has_its_officers_at_the_same_moment_each_with_their_skill(areas):
    first, second = field_officers(areas, 2)
    profile(second, areas.dinoyo, skills=["hair"])
    service = service_day(areas.dinoyo_rw, services=["haircut", "consultation"], officers=2)

    plan = planned(areas.malang)

    stops = stops_of(plan, service=service)
    assert {stop.officer_id for stop in stops} == {first.pk, second.pk}
    assert {(stop.on, stop.arrives_at) for stop in stops} == {(WEEK[2], time(8, 30))}
    (hair,) = (stop for stop in stops if stop.skill)
    assert hair.officer_id == second.pk


def test_an_officer_is_in_one_plan_of_a_week(areas):
    field_officers(areas, 1)
    planned(areas.malang)

    with pytest.raises(errors.NobodyToPlan):
        order(areas.lowokwaru)


def test_friday_prayer_is_left_free(areas):
    field_officers(areas, 2)

    plan = planned(areas.malang)

    fridays = stops_of(plan, on=WEEK[4])
    assert fridays
    assert all(s.leaves_at <= time(11) or s.arrives_at >= time(13) for s in fridays)


def test_days_that_are_past_are_not_planned(areas):
    field_officers(areas, 1)

    plan = planned(areas.malang, by=system(NOW + timedelta(days=2)), at=NOW + timedelta(days=2))

    assert min(stop.on for stop in stops_of(plan, on__isnull=False)) >= WEEK[2]


@pytest.mark.parametrize("day", [MONDAY + timedelta(days=1), date(2026, 2, 23)])
def test_a_week_begins_on_a_monday_and_is_not_over(areas, day):
    field_officers(areas, 1)

    with pytest.raises(errors.NotAMonday):
        order(areas.malang, starts_on=day)


def test_a_city_whose_officers_have_said_nothing_is_not_planned(areas):
    build_officer("lapangan.x", Role.FIELD, "35.73")

    with pytest.raises(errors.NobodyToPlan):
        order(areas.malang)

    assert WeekPlan.objects.count() == 0


def test_the_ledger_is_published_and_gives_more_to_who_had_less(areas):
    (officer,) = field_officers(areas, 1)
    before = planned(areas.malang)
    next_week = MONDAY + timedelta(days=7)

    plan = planned(areas.malang, starts_on=next_week, by=system(NOW), at=NOW + timedelta(days=7))

    shares = {one["area"]: one for one in plan.ledger["shares"]}
    assert len(shares) == 5
    assert all(0.5 <= one["multiplier"] <= 4 for one in shares.values())
    by_share = sorted(shares.values(), key=lambda one: one["served"] / one["needed"])
    multipliers = [one["multiplier"] for one in by_share]
    assert multipliers == sorted(multipliers, reverse=True)
    assert multipliers[0] > multipliers[-1]
    assert PlannedOfficer.objects.filter(officer=officer).count() == 2
    assert before.ledger["shares"][0]["multiplier"] == 1.0


def test_what_was_planned_and_not_visited_stands_in_the_next_plan(areas):
    (officer,) = field_officers(areas, 1)
    first = planned(areas.malang)
    missed = stops_of(first, officer__isnull=False, kind="area")[0]
    met = stops_of(first, officer__isnull=False, kind="area")[1]
    visit(met.area, officer, WEEK[1])

    plan = planned(areas.malang, starts_on=MONDAY + timedelta(days=7), at=NOW + timedelta(days=6))

    needs = dict(Stop.objects.filter(plan=plan).values_list("ref", "need"))
    assert needs[missed.ref] >= missed.need
    assert needs[met.ref] < met.need


def test_the_terms_move_the_plan(areas):
    field_officers(areas, 1)

    short = planned(areas.malang, terms=TERMS, area_minutes=30)
    long = planned(areas.malang, terms=TERMS, area_minutes=120)

    assert len(stops_of(short, officer__isnull=False)) > len(stops_of(long, officer__isnull=False))


def test_nobody_is_sent_where_a_visit_would_be_refused(areas):
    own = build_officer("lapangan.sini", Role.FIELD, areas.dinoyo.code)
    profile(own, areas.dinoyo)
    profile(build_officer("lapangan.semua", Role.FIELD, "35.73"), areas.dinoyo)

    plan = planned(areas.malang)

    low, high = areas.dinoyo.span
    theirs = stops_of(plan, officer=own)
    assert theirs
    assert all(low <= stop.area_id < high for stop in theirs)
    assert lawful(plan)


def test_where_nobody_has_a_duty_the_plan_says_so(areas):
    own = build_officer("lapangan.sini", Role.FIELD, areas.dinoyo.code)
    profile(own, areas.dinoyo)

    plan = planned(areas.malang)

    low, high = areas.dinoyo.span
    elsewhere = [stop for stop in stops_of(plan) if not low <= stop.area_id < high]
    assert elsewhere
    assert all(stop.officer_id is None for stop in elsewhere)
    assert {stop.unserved["why"] for stop in elsewhere} == {"skill"}
    words = Words.of(plan_told(plan), Reach.everywhere())
    with override("en"):
        told = {words.unserved(stop) for stop in elsewhere}
    assert told == {"No officer of this plan has a duty there."}
