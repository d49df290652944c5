"""A planner drags a visit to another officer, reads the cost and keeps it; or by form."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from city import build_officer, system
from jembol.accounts.choices import Role
from jembol.outreach import actions
from jembol.outreach.actions import ProfileDetails
from jembol.outreach.rules.week import Terms, monday_of

PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def plan(areas, officers):
    """A kecamatan of the next week, so small that days have room."""
    for number in range(2):
        one = build_officer(f"jalan.{number}", Role.FIELD, "35.73")
        details = ProfileDetails(area=areas.dinoyo, skills=["licence"])
        actions.set_profile(officer=one, details=details, by=system(timezone.now()))
    today = timezone.localdate()
    by = system(timezone.now())
    monday = monday_of(today.fromordinal(today.toordinal() + 7))
    made = actions.order_week(
        area=areas.lowokwaru, starts_on=monday, terms=Terms(iterations=40, area_minutes=45), by=by
    )
    found = actions.find_week(plan=made, by=by)
    return actions.keep_week(plan=made, found=found, by=by)


def drag(page, what, where):
    """Hold it by its hour and carry it there; the page may have to be scrolled on the way."""
    page.hover(what, position={"x": 30, "y": 16})
    page.mouse.down()
    held = page.locator(what).bounding_box()
    # A drag begins with the first move, before the page is scrolled.
    page.mouse.move(held["x"] + 40, held["y"] + 30, steps=4)
    page.hover(where)
    page.hover(where)
    page.mouse.up()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_visit_is_dragged_to_another_officer_with_its_cost_shown_first(plan, open_browser, width):
    office = open_browser("pelatihan", width=width)
    stop = plan.stops.filter(officer__isnull=False).order_by("on", "officer_id", "place").first()
    other = plan.officers.exclude(officer=stop.officer_id).get()
    page = office.go(f"/kantor/jemput-bola/rencana/{plan.pk}/?hari={stop.on.isoformat()}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"week-{width}")

    drag(page, f"[data-stop='{stop.pk}']", f"[data-officer='{other.officer_id}']")

    expect(page.locator("#price")).to_be_visible()
    picture(page, f"price-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    stop.refresh_from_db()
    assert stop.officer_id != other.officer_id
    page.click("#price form button")
    page.wait_for_url("**/rencana/**")
    expect(page.locator("#changes")).to_be_visible()
    picture(page, f"moved-{width}")
    stop.refresh_from_db()
    assert stop.officer_id == other.officer_id
    assert office.complaints == []


def test_the_same_move_by_form_without_a_script(plan, open_browser):
    office = open_browser("pelatihan", java_script_enabled=False)
    stop = plan.stops.filter(officer__isnull=False).order_by("on", "officer_id", "place").first()
    other = plan.officers.exclude(officer=stop.officer_id).get()
    page = office.go(f"/kantor/jemput-bola/rencana/{plan.pk}/?hari={stop.on.isoformat()}")

    page.click(f"#perhentian-{stop.pk} a[href$='/pindah/']")
    page.select_option("[name=officer]", str(other.officer_id))
    page.click("form.entry button")
    page.click("#price form button")

    page.wait_for_url("**/rencana/**")
    stop.refresh_from_db()
    assert stop.officer_id == other.officer_id
