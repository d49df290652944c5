"""A visit that was written at a stop of the route marks it, and the file carries the route."""

from datetime import timedelta

from field.visiting import visit
from jembol.outreach.models import StopVisit
from jembol.outreach.queries.routes import route_of
from jembol.outreach.queries.week_plans import plan_told
from outreach.weeks import MONDAY, planned, profile, stops_of


def test_a_visit_at_a_stop_marks_it_and_one_at_no_stop_is_kept_all_the_same(door):
    profile(door.officer, door.areas.dinoyo)
    plan = planned(door.areas.lowokwaru)
    stop = stops_of(plan, officer=door.officer, on=MONDAY)[0]
    phone = door.phone("HP Dinoyo")
    at_stop = phone.write("outreach.visit", visit(stop.area, stop=stop.pk, outcome="not_home"))
    phone.write("outreach.visit", visit(stop.area, stop=999_999))
    door.wait(hours=1)

    answers = door.receive(phone).answers
    door.receive(phone)

    assert [one.state for one in answers] == ["accepted", "accepted"]
    assert StopVisit.objects.get().visit.key == at_stop["id"]
    rows = {row.stop.pk: row for day in plan_told(plan).days for row in day.stops}
    assert (rows[stop.pk].outcome, rows[stop.pk].is_done) == ("not_home", False)


def test_the_route_is_that_of_the_day_in_the_order_of_the_plan(door):
    profile(door.officer, door.areas.dinoyo)
    plan = planned(door.areas.lowokwaru)

    for day in (MONDAY, MONDAY + timedelta(days=1)):
        stops = stops_of(plan, officer=door.officer, on=day)
        route = route_of(door.officer, day)
        assert [one["id"] for one in (route or {"stops": []})["stops"]] == [one.pk for one in stops]
