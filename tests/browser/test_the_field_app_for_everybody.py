"""The pages of the field app have no obstacle, at 360 and 1280 pixels, in sunlight."""

import os
from pathlib import Path

import pytest
from fieldwork import CARRIED_AT, FieldPhone, carried, publish_texts
from test_pages_for_everybody import violations

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")

# Contrast of 7 to 1 (WCAG 2.2, 1.4.6): a screen in the sun has no more than half of what it shows.
SUNLIGHT = """async () => {
  const rule = "color-contrast-enhanced";
  const { violations } = await axe.run(document, {
    runOnly: [rule], rules: { [rule]: { enabled: true } },
  });
  const told = (node) => `${node.html.slice(0, 90)}: ${node.any[0]?.message}`;
  return violations.flatMap((one) => one.nodes.map(told));
}"""


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing in the field waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


def looked_at(page, axe, name, width):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    wrong = violations(page, axe) + (["too wide"] if wide else [])
    return wrong + page.evaluate(SUNLIGHT)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_field_app_has_an_obstacle(open_browser, officers, axe, width):
    publish_texts()
    officer = officers["lapangan.dinoyo"]
    office = open_browser("lapangan.dinoyo", width=width, bypass_csp=True, has_touch=True)
    page, found = office.page, {}
    phone = FieldPhone(page)
    page.context.route(CARRIED_AT, lambda route: route.fulfill(json=carried(officer)))

    def look(name):
        if wrong := looked_at(page, axe, f"lapangan-{name}", width):
            found[name] = wrong

    phone.prepare()
    look("hari")
    phone.open("warga/baru/")
    look("daftar-kosong")
    phone.enrol("Siti Aminah", phone="0899 0000 0000", save=False)
    phone.expect_draft_kept()
    page.evaluate("document.querySelector('details').open = true")
    look("daftar-mirip")
    phone.cut()
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    look("daftar-selesai")
    phone.open("kunjungan/")
    look("kunjungan-kosong")
    page.goto("/lapangan/kunjungan/#orang=101")
    page.reload()
    page.wait_for_selector("[data-ready=yes]")
    page.check("[name=outcome][value=met]")
    page.check("[name=needs][value=licence]")
    page.check("[name=due][value='7']")
    look("kunjungan-isi")
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    phone.open("wilayah/")
    look("wilayah")
    page.fill("#what", "su")
    look("wilayah-cari")
    phone.open("antrean/")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    look("antrean")
    phone.open("selesai/")
    look("selesai")

    assert found == {}
