"""The plan of a class and its costs, exact to the rupiah."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from city import system
from jembol.journal.models import Fact
from jembol.kit.money import Rupiah
from jembol.training import actions, errors, events, queries
from jembol.training.choices import CostKind
from jembol.training.models import CostLine
from jembol.training.rules import Cost, RoomFault, room_fault, total_of
from training.planned import at, mentor, plan_class, venue


def cost(what="Tepung", quantity=10, unit_price=12_500, **more):
    given = {"account_code": "5.1.02", "kind": CostKind.MATERIALS, "unit": "kg", **more}
    return Cost(what=what, quantity=quantity, unit_price=Rupiah(unit_price), **given)


def pay(who, hours=4, **more):
    given = {"kind": CostKind.HONORARIUM, "unit": "jam", "mentor_id": who.pk, **more}
    return cost("Honorarium", hours, 150_000, **given)


def add(training_class, one):
    return actions.add_cost(training_class=training_class, cost=one, by=system())


def change(line, one):
    return actions.change_cost(line=line, cost=one, by=system())


def test_lines_are_stored_and_the_journal_tells_what_each_comes_to(areas):
    who = mentor(areas.dinoyo)
    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[who])

    add(opened, cost())
    add(opened, pay(who))

    told = Fact.objects.filter(event=events.COST_ADDED).order_by("pk")
    assert [fact.details["total"] for fact in told] == [125_000, 600_000]
    assert queries.cost_plan(opened).total == Rupiah(725_000)


def test_a_line_is_changed_and_the_same_again_tells_nothing(areas):
    line = add(plan_class(areas.dinoyo, at("08-12")), cost())

    for _again in range(2):
        change(line, cost(quantity=20))

    assert CostLine.objects.get().quantity == 20
    assert Fact.objects.get(event=events.COST_CHANGED).details == {"quantity": [10, 20]}


def test_a_line_that_another_officer_added_meanwhile_stays(areas):
    opened = plan_class(areas.dinoyo, at("08-12"))
    line = add(opened, cost())
    add(opened, cost("Gula"))

    actions.remove_cost(line=line, by=system())

    assert CostLine.objects.get().what == "Gula"
    assert Fact.objects.get(event=events.COST_REMOVED).details["what"] == "Tepung"


def test_an_honorarium_goes_to_a_mentor_of_the_class_only(areas):
    stranger = mentor(areas.dinoyo)
    opened = plan_class(areas.dinoyo, at("08-12"))

    with pytest.raises(errors.MentorNotOfClass):
        add(opened, pay(stranger))


def test_only_an_honorarium_names_a_mentor(areas):
    who = mentor(areas.dinoyo)
    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[who])

    with pytest.raises(errors.BadCost):
        add(opened, pay(who, kind=CostKind.FOOD))
    line = add(opened, pay(who))
    line.kind = CostKind.FOOD
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_what_was_agreed_with_a_mentor_who_was_replaced_stays_and_is_named(areas):
    who = mentor(areas.dinoyo)
    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[who])
    line = add(opened, pay(who))

    actions.choose_mentors(training_class=opened, mentors=["Tamu"], by=system())

    assert change(line, pay(who, hours=2)).quantity == 2
    assert [row.is_replaced for row in queries.cost_plan(opened).lines] == [True]


@pytest.mark.parametrize(("quantity", "price"), [(0, 1), (1, -1), (10**6, 10**9)])
def test_impossible_amounts_are_refused(areas, quantity, price):
    with pytest.raises(errors.BadCost):
        add(plan_class(areas.dinoyo, at("08-12")), cost("X", quantity, price))


def test_nothing_is_planned_for_a_cancelled_class(areas):
    opened = plan_class(areas.dinoyo, at("08-12"))
    actions.cancel(training_class=opened, why="Banjir", by=system())

    with pytest.raises(errors.ClassCancelled):
        add(opened, cost())


@given(st.lists(st.tuples(st.integers(1, 10**4), st.integers(0, 10**9)), max_size=20))
def test_the_sum_is_exact(lines):
    costs = [cost("X", quantity, price) for quantity, price in lines]

    assert total_of(costs).amount == sum(quantity * price for quantity, price in lines)


def test_a_plan_is_written_changed_and_told(areas):
    opened = plan_class(areas.dinoyo, at("08-12"))
    first = actions.PlanDetails(budget_code="2.17", budget_year=2026, companions=1)

    for details in (first, first, actions.PlanDetails(budget_code="2.18", budget_year=2026)):
        actions.make_plan(training_class=opened, details=details, by=system())

    told = [fact.details for fact in Fact.objects.filter(event=events.PLAN_MADE).order_by("pk")]
    assert len(told) == 2
    assert told[1] == {"budget_code": ["2.17", "2.18"], "companions": [1, 0]}


def test_more_seats_than_the_hall_holds_are_refused(areas):
    hall = venue(areas.dinoyo, capacity=20)
    opened = plan_class(areas.dinoyo, at("08-12"), seats=20, venue=hall)

    with pytest.raises(errors.VenueTooSmall, match=r"20.*21"):
        actions.change_class(training_class=opened, changes={"seats": 21}, by=system())
    with pytest.raises(errors.VenueTooSmall):
        plan_class(areas.dinoyo, at("13-15"), seats=21, venue=hall)


@pytest.mark.parametrize(
    ("capacity", "seats", "companions", "fault"),
    [
        (None, 100, 5, None),
        (20, 20, 0, None),
        (20, 21, 0, RoomFault.SEATS),
        (20, 15, 1, RoomFault.COMPANIONS),
        (20, 10, 1, None),
        (20, None, 0, RoomFault.NO_LIMIT),
    ],
)
def test_a_hall_is_small_for_seats_for_companions_or_without_a_limit(
    capacity, seats, companions, fault
):
    assert room_fault(capacity=capacity, seats=seats, companions=companions) == fault
