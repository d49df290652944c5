"""A class is given once more: copied, or repeated at the next points, all or none."""

from datetime import date, timedelta

import pytest

from city import by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.money import Rupiah
from jembol.training import actions, errors, events
from jembol.training.models import Class
from jembol.training.rules import Cost, Day, shifted, starts_after
from training.classroom import enrol, register
from training.planned import MONDAY, at, mentor, plan_class, venue

NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def planned(areas):
    """A class with everything that a copy takes over."""
    who = mentor(areas.dinoyo, "Bu Wartini")
    opened = plan_class(areas.dinoyo, at("08-12"), seats=30, mentors=[who, "Tamu"])
    actions.make_plan(
        training_class=opened,
        details=actions.PlanDetails(budget_code="2.17", accessibility="Jalan landai"),
        by=system(),
    )
    cost = Cost("5.1", "honorarium", "Honor", 4, "jam", Rupiah(100_000), who.pk)
    actions.add_cost(training_class=opened, cost=cost, by=system())
    register(opened, enrol(areas.dinoyo)[0])
    return opened


def point(area, *days, title="Kue kering lagi", hall=None):
    return actions.Point(title=title, area=area, days=days, venue=hall)


def repeat(training_class, *points, by=None):
    return actions.repeat_class(training_class=training_class, points=points, by=by or system())


def test_a_copy_has_mentors_plan_and_costs_and_nobody_s_seat(areas, planned):
    copy = actions.copy_class(
        training_class=planned, point=point(areas.purwantoro, at("08-12", NEXT)), by=system()
    )

    assert (copy.area, copy.seats, copy.course) == (areas.purwantoro, 30, planned.course)
    assert sorted(copy.mentors.values_list("name", flat=True)) == ["Bu Wartini", "Tamu"]
    assert copy.cost_lines.get().unit_price == 100_000
    assert (copy.plan.budget_code, copy.plan.accessibility) == ("2.17", "")
    assert not copy.registrations.exists()
    assert Fact.objects.get(event=events.CLASS_COPIED).details == {"from": planned.public_id}


def test_points_get_one_class_each(areas, planned):
    made = repeat(
        planned,
        point(areas.purwantoro, at("08-12", NEXT)),
        point(areas.kauman_malang, at("08-12", NEXT + timedelta(days=7))),
    )

    assert [one.area for one in made] == [areas.purwantoro, areas.kauman_malang]


def test_one_point_that_is_refused_opens_none(areas, planned):
    hall = venue(areas.kauman_malang)
    plan_class(areas.kauman_malang, at("10-12", NEXT), title="Bordir", venue=hall)
    before = Class.objects.count(), Fact.objects.count()

    with pytest.raises(errors.MentorTaken):
        repeat(
            planned,
            point(areas.purwantoro, at("08-12", NEXT)),
            point(areas.kauman_malang, at("08-12", NEXT)),
        )
    with pytest.raises(errors.VenueTaken, match="Bordir"):
        repeat(
            planned,
            point(areas.purwantoro, at("08-12", MONDAY + timedelta(days=1))),
            point(areas.kauman_malang, at("08-12", NEXT), hall=hall),
        )

    assert (Class.objects.count(), Fact.objects.count()) == before


def test_no_point_is_refused(areas, planned):
    with pytest.raises(errors.NoPoints):
        repeat(planned)


def test_a_point_outside_the_duty_is_refused(areas, planned, officers):
    stranger = by(officers["pelatihan.mojokerto"], "training.change")

    with pytest.raises(OutOfReach):
        repeat(planned, point(areas.kauman_mojokerto, at("08-12", NEXT)), by=stranger)


def test_days_are_shifted_with_their_hours_and_gaps():
    days = [at("08-12"), Day(MONDAY + timedelta(days=3))]

    assert shifted(days, first=date(2026, 5, 4)) == [
        at("08-12", date(2026, 5, 4)),
        Day(date(2026, 5, 7)),
    ]


def test_the_next_dates_keep_the_weekday_one_a_week():
    dates = starts_after(MONDAY, weekday=0, count=3)

    assert dates == [MONDAY + timedelta(days=7 * number) for number in (1, 2, 3)]
