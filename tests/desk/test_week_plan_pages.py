"""The week from its order to its printed list, as a planner sees it; names only for who may."""

import io
import json
from datetime import timedelta

import pypdfium2
import pytest
from desk_pages import Window, person, today
from django.utils import timezone

from city import area, build_areas, build_officer, system
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.accounts.rules import GRANTS
from jembol.journal.models import Fact
from jembol.outreach import actions, events
from jembol.outreach.actions import ProfileDetails
from jembol.outreach.models import ServiceDay, Stop, WeekPlan, WorkProfile
from jembol.outreach.queries.routes import route_of
from jembol.outreach.rules.week import monday_of
from outreach.doors import promise, visit
from outreach.weeks import TERMS, order, work

NEXT = monday_of(today(7))


@pytest.fixture
def areas(db):
    return build_areas()


@pytest.fixture
def officers(areas):
    build_officer("pelatihan", Role.TRAINING, "35.73")
    build_officer("auditor", Role.AUDITOR, "35.73")
    found = [build_officer(f"lapangan.{n}", Role.FIELD, "35.73") for n in range(2)]
    for one in found:
        actions.set_profile(officer=one, details=ProfileDetails(area=areas.dinoyo), by=system())
    return found


@pytest.fixture
def plan(areas, officers):
    siti = person("Siti Contoh", "35.73.05.1004")
    before = visit(areas.dinoyo, officers[0], today(-9), person=siti)
    promise(before, NEXT + timedelta(days=2))
    made = order(areas.malang, starts_on=NEXT)
    work(timezone.now())
    made.refresh_from_db()
    assert made.state == "made"
    return made


def planned_stop(plan, **wanted):
    return plan.stops.filter(officer__isnull=False, **wanted).order_by("on", "place", "pk").first()


def test_a_planner_has_a_week_planned_and_watches_it(officers):
    window = Window("pelatihan")
    shown = window.send(
        "week_plan_create", area=area("35.73").key, starts_on=NEXT.isoformat(), area_minutes=45
    )

    plan = WeekPlan.objects.get()
    assert shown.url.endswith(f"/{plan.pk}/")
    assert plan.terms["area_minutes"] == 45
    page = window.get("week_plan_detail", plan.pk)
    assert 'hx-trigger="every 1s"' in page.text


def test_the_plan_shows_its_map_lists_reasons_and_origin(plan):
    page = Window("pelatihan").get("week_plan_detail", plan.pk)

    assert 'class="map routes"' in page.text
    assert page.text.count("data-officer=") == 2
    assert plan.input_hash in page.text
    assert 'draggable="true"' in page.text
    assert "geo:-" in page.text
    assert 'id="unserved"' in page.text


def test_who_may_only_look_is_offered_no_change_and_no_drag(plan):
    page = Window("auditor").get("week_plan_detail", plan.pk)

    assert page.status_code == 200
    assert "draggable" not in page.text
    assert Window("auditor").get("move_create", planned_stop(plan).pk).status_code == 403


def test_a_move_shows_its_cost_before_it_is_kept_and_works_without_a_script(plan, officers):
    window = Window("pelatihan")
    stop = planned_stop(plan, kind="area", officer=officers[0])
    query = f"?officer={officers[1].pk}&day={stop.on.isoformat()}&place="
    for number in (1, 2):
        there = planned_stop(plan, officer=officers[1], on=stop.on, kind="area")
        actions.drop_stop(plan=plan, stop=there, version=number, by=system())

    priced = window.get("move_create", stop.pk, query=query)

    assert 'id="price"' in priced.text
    before = Stop.objects.get(pk=stop.pk)
    assert (before.officer_id, before.place) == (stop.officer_id, stop.place)
    plan.refresh_from_db()
    kept = window.post(
        "move_create", stop.pk, officer=officers[1].pk, day=stop.on.isoformat(), place="",
        version=plan.version,
    )  # fmt: skip
    assert kept.status_code == 302, kept.text
    stop.refresh_from_db()
    assert stop.officer_id == officers[1].pk


def test_a_move_of_an_older_plan_is_refused_in_words(plan, officers):
    stop = planned_stop(plan, kind="area")

    answer = Window("pelatihan").post(
        "move_create", stop.pk, officer=officers[1].pk, day=stop.on.isoformat(), place="", version=9
    )

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


def test_a_visit_is_taken_out_with_its_cost_in_the_question(plan):
    window = Window("pelatihan")
    stop = planned_stop(plan, kind="area")

    asked = window.get("drop_create", stop.pk)
    window.post("drop_create", stop.pk)

    assert f"-{stop.need} " in asked.text
    stop.refresh_from_db()
    assert stop.officer_id is None


def test_an_officer_is_ill_and_the_page_tells_what_moved(plan, officers):
    window = Window("pelatihan")
    stop = planned_stop(plan, officer=officers[0])

    asked = window.get("illness_create", plan.pk, officers[0].pk, stop.on.isoformat())
    window.post("illness_create", plan.pk, officers[0].pk, stop.on.isoformat())

    assert officers[0].name in asked.text
    page = window.get("week_plan_detail", plan.pk, query=f"?hari={stop.on.isoformat()}")
    assert 'id="changes"' in page.text
    assert not plan.stops.filter(officer=officers[0], on=stop.on).exists()


def pdf_text(answer):
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_printed_list_names_rw_people_and_places_and_the_journal_tells_of_it(plan):
    kept = planned_stop(plan, kind="promise")

    answer = Window("pelatihan").get("week_sheet", plan.pk, query=f"?hari={kept.on.isoformat()}")

    text = pdf_text(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert "Siti Contoh" in text
    assert "Dinoyo" in text
    assert f"{kept.lat:.5f},{kept.lon:.5f}" in text
    assert Fact.objects.filter(event=events.ROUTE_PRINTED).count() == 1


def test_names_stand_only_where_the_reader_may_see_people(plan, monkeypatch):
    kept = planned_stop(plan, kind="promise")
    query = f"?hari={kept.on.isoformat()}"
    seen = Window("pelatihan").get("week_plan_detail", plan.pk, query=query).text
    # Today every role that sees plans sees the register too; one day one may not.
    may_not_see_people = GRANTS[Role.AUDITOR] - {"registry.see"}
    monkeypatch.setitem(GRANTS, Role.AUDITOR, may_not_see_people)

    page = Window("auditor").get("week_plan_detail", plan.pk, query=query)
    printed = Window("auditor").get("week_sheet", plan.pk, query=query)

    assert "Siti Contoh" in seen
    assert (page.status_code, printed.status_code) == (200, 200)
    assert "Siti Contoh" not in page.text
    assert "Membawa formulir" not in page.text
    assert "Siti Contoh" not in pdf_text(printed)


def test_the_phone_carries_the_route_of_the_day(plan):
    kept = planned_stop(plan, kind="promise")
    officer = Officer.objects.get(pk=kept.officer_id)

    route = route_of(officer, kept.on)

    assert json.loads(json.dumps(route)) == route
    assert (route["date"], route["start"]) == (kept.on.isoformat(), "08:00")
    stops = {one["id"]: one for one in route["stops"]}
    assert stops[kept.pk]["people"] == [kept.promise.visit.person_id]
    assert set(stops[kept.pk]) == {"id", "area", "name", "arrive", "words", "lat", "lon", "people"}
    assert [one["arrive"] for one in route["stops"]] == sorted(
        one["arrive"] for one in stops.values()
    )
    assert route_of(officer, kept.on + timedelta(days=30)) is None


def test_an_officer_who_is_ill_carries_no_route(plan, officers):
    stop = planned_stop(plan, officer=officers[0])
    actions.note_illness(plan=plan, officer_id=officers[0].pk, on=stop.on, by=system())

    assert route_of(Officer.objects.get(pk=officers[0].pk), stop.on) is None


def test_a_planner_says_how_an_officer_works(areas, officers):
    window = Window("pelatihan")
    assert window.get("profile_list").status_code == 200

    answer = window.send(
        "profile_change", officers[0].pk, travel="foot", skills=["hair", "media"],
        tongues=["id"], area=areas.dinoyo.key, ends_at="15:00",
    )  # fmt: skip

    assert answer.status_code == 302, answer.text
    row = WorkProfile.objects.get(officer=officers[0])
    assert (row.travel, row.skills, f"{row.ends_at:%H}") == ("foot", ["hair", "media"], "15")


def test_hours_that_do_not_follow_each_other_are_refused(areas, officers):
    answer = Window("pelatihan").send(
        "profile_change", officers[0].pk, tongues=["id"], area=areas.dinoyo.key, ends_at="07:00"
    )

    assert answer.status_code == 200
    assert WorkProfile.objects.get(officer=officers[0]).ends_at.hour == 16


def test_a_service_day_has_a_notice_for_the_group_and_is_cancelled_with_a_reason(areas, officers):
    window = Window("pelatihan")
    sent = window.send(
        "service_day_create", on=NEXT.isoformat(), place="Balai RW 03", area=areas.dinoyo.key,
        rw="3", services=["nib", "haircut"],
    )  # fmt: skip

    row = ServiceDay.objects.get()
    assert sent.status_code == 302
    page = window.get("service_day_detail", row.pk)
    assert "https://wa.me/?text=" in page.text
    assert "Balai RW 03" in page.text
    window.post("service_day_cancellation_create", row.pk, why="Hujan")
    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert "service_day_cancellation" not in window.get("service_day_detail", row.pk).text
    assert window.get("service_day_list").status_code == 200
    assert (TERMS.iterations, window.get("week_plan_list").status_code) == (30, 200)
