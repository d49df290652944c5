"""The pages of the door: no obstacles at 360 pixels, a real camera, and without scripts."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from doorway import Doorway, codes_of, open_class, stored
from film import film_of
from opening import FLAGS, chromium_path, session_of
from test_pages_for_everybody import violations

from city import system
from jembol.training.actions import withdraw

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing at the door waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


@pytest.fixture
def held(officers):
    held, _seats = open_class()
    return held


def looked_at(page, axe, name):
    """What the rules find on the page as it is now; nothing may be wider than the screen."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth") > 360
    return violations(page, axe) + (["too wide"] if wide else [])


def test_the_door_has_no_obstacle_in_any_of_its_states(open_browser, held, axe):
    office = open_browser("lapangan", width=360, bypass_csp=True)
    page, codes, found = office.page, codes_of(held), {}

    def look(name):
        if wrong := looked_at(page, axe, name):
            found[name] = wrong

    seat = held.registrations.get(person__name="Lilik")
    withdraw(registration=seat, why="sakit", by=system(timezone.now()))
    page.goto("/lapangan/")
    page.wait_for_selector("#field-home[data-offline=yes]")
    look("lapangan")
    door = Doorway(page, held).prepare()
    look("pintu")
    door.scan(codes["Painem"])
    door.expect_unsent(0)
    look("pintu-masuk")
    door.cut()
    door.scan(codes["Painem"])
    look("pintu-sudah")
    door.scan(codes["Lilik"])
    look("pintu-tidak-boleh")
    door.scan("8991234567890")
    page.fill("#what", "i")
    look("pintu-tidak-dikenal")
    page.fill("#what", "")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    look("pintu-hp")
    door.connect()
    page.goto("/lapangan/panduan/")
    look("panduan")

    assert found == {}


def test_the_camera_of_the_page_reads_a_ticket(chromium, address, held, tmp_path):
    film = film_of(codes_of(held)["Sumiati"], tmp_path / "ticket.y4m")
    flags = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *flags])
    view = {"width": 360, "height": 800}
    context = browser.new_context(base_url=address, permissions=["camera"], viewport=view)
    context.add_cookies([session_of("lapangan", address)])
    door = Doorway(context.new_page(), held).prepare()
    door.cut()

    door.page.click("#camera")

    assert door.said() == "Silakan masuk"
    assert door.page.inner_text("#result [data-part=name]") == "Sumiati"
    if PICTURES:
        door.page.screenshot(path=Path(PICTURES) / "pintu-kamera.png", full_page=True)
    door.connect()
    door.expect_unsent(0)
    assert stored(held) == (1, 1, 1)
    browser.close()


def test_without_scripts_the_door_is_a_form(open_browser, held):
    page = open_browser("lapangan", width=360, java_script_enabled=False).page
    page.goto(f"/lapangan/absensi/{held.public_id}/")

    page.fill("#what", codes_of(held)["Indah"])
    page.click("form.scan .what button")
    assert "Silakan masuk · Indah" in page.inner_text("main")
    page.fill("#what", "nuraini")
    page.click("form.scan .what button")
    page.click("#found button")

    assert "Nur'Aini Sri Lestari" in page.inner_text(".alert")
    assert stored(held) == (2, 2, 2)
