"""From a class to fifty invited people in a few taps, and WhatsApp opened with the text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from city import DINOYO, area, system
from jembol.outbox.models import Message
from jembol.registry import actions as registry
from jembol.registry.actions import PersonDetails
from jembol.training import actions as training
from jembol.training.models import Course, Invitation
from jembol.training.rules import Day
from processes import wait_until
from training.certified import work

pytestmark = pytest.mark.django_db(transaction=True)
TAPS = """
window.addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true);
"""


def invite(pelatihan, each):
    """Four taps: the classes, this one, its invitations, all of them."""
    page = pelatihan.page
    page.add_init_script(TAPS)
    pelatihan.go("/kantor/")
    page.click(".side a[href='/kantor/kelas/']")
    page.click(f".rows a[href*='{each.public_id}']")
    page.click("nav.parts a[href$='/undangan/']")
    page.locator("form[method=post] .panel .buttons button").click()
    page.wait_for_url("**/pesan/")


def build_class():
    rows = [
        PersonDetails(name=f"Warga {n:02d}", area=area(DINOYO), phone=f"0812{n:08d}")
        for n in range(60)
    ]
    registry.enrol_many(rows, by=system())
    return training.open_class(
        course=Course.objects.get(slug="kue-kering"),
        title="Kue kering angkatan baru",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=9))],
        by=system(timezone.now()),
    )


def taps_of(page):
    return int(page.evaluate("sessionStorage.taps || 0"))


def test_fifty_people_are_invited_within_ten_taps_and_opened_one_by_one(pelatihan):
    each, page = build_class(), pelatihan.page
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))

    invite(pelatihan, each)

    taps = taps_of(page)
    assert taps <= 10
    assert (taps, Invitation.objects.count(), Message.objects.count()) == (4, 50, 50)
    assert page.locator("button[data-done]").count() == 50
    with page.context.expect_page():
        page.locator("button[data-done]").first.click()
    led_to = wait_until(lambda: [url for url in asked if url.startswith("https://wa.me/62812")])
    assert "Kue%20kering%20angkatan%20baru" in led_to[0]
    assert Message.objects.filter(state="opened").count() == 1
    assert pelatihan.complaints == []


def test_from_the_class_to_fifty_invited_and_every_paper_in_ten_taps(pelatihan):
    each, page = build_class(), pelatihan.page

    invite(pelatihan, each)
    page.click(".side a[href='/kantor/kelas/']")
    page.click(f".rows a[href*='{each.public_id}']")
    page.click("nav.parts a[href$='/berkas/']")
    page.locator("form[method=post] .pair .buttons button").click()
    page.wait_for_selector("#work .panel")
    work(timezone.now())
    # The page fetches itself while the work goes on, and shows the files when it is done.
    print_all = page.locator("a[role=button][href$='/unduhan/pdf/']")
    print_all.wait_for()
    with page.expect_response("**/unduhan/pdf/") as answer:
        print_all.click()

    assert taps_of(page) <= 10
    assert answer.value.headers["content-type"] == "application/pdf"
