"""While an officer types, whoever it could be appears, and every answer keeps what was typed."""

import os
from pathlib import Path

import pytest

from city import DINOYO, area, system
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.models import Person, PersonVerdict

PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")


@pytest.fixture
def siti(areas):
    details = PersonDetails(
        name="Hj. Siti Maesaroh", area=area(DINOYO), phone="089900000001", address="Gang 1"
    )
    return enrol(details=details, by=system())


def typed(office, name="Siti Maesaroh"):
    """Fill the form in as somebody types it, and wait for whom it could be."""
    page = office.page
    page.goto("/kantor/orang/baru/")
    page.locator("#id_name").press_sequentially(name)
    page.select_option("#id_area", str(area(DINOYO).key))
    page.locator("#id_phone").press_sequentially("0899 0000 0001")
    page.wait_for_selector("#alike .alert")
    return page


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_candidate_appears_while_typing_and_the_page_fits(officers, siti, open_browser, width):
    page = typed(open_browser("pelatihan", width=width))

    assert "Hj. Siti Maesaroh" in page.inner_text("#alike")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.activeElement.id") == "id_phone"
    picture(page, f"typing-{width}")
    page.locator("#id_phone").press("Enter")
    page.wait_for_selector("[role=alert]")
    picture(page, f"asked-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Person.objects.count() == 1


def test_this_is_the_person_offers_what_was_typed(siti, pelatihan):
    page = typed(pelatihan, "Siti Maesaroh, S.E.")

    page.click("text=Ini orangnya")

    page.wait_for_url(f"**/orang/{siti.public_id}/ubah/")
    picture(page, "offered")
    assert page.input_value("#id_name") == "Siti Maesaroh, S.E."
    page.click("form.entry .buttons button")
    page.wait_for_url(f"**/orang/{siti.public_id}/")
    assert Person.objects.get().name == "Siti Maesaroh, S.E."


def test_none_of_these_enters_at_once(siti, pelatihan):
    page = typed(pelatihan)

    page.click("text=Bukan mereka")

    page.wait_for_url("**/orang/P*/")
    assert Person.objects.count() == 2
    assert PersonVerdict.objects.get().answer == "different"


def test_candidates_follow_what_is_typed(siti, pelatihan):
    page = typed(pelatihan)

    page.fill("#id_phone", "0899 0000 0002")
    page.fill("#id_name", "Painem")

    page.wait_for_selector("#alike .alert", state="detached")
