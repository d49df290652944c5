"""The main pages can be used by everybody: with a keyboard, on a phone, without JavaScript."""

import pytest
from office import EXAMPLES
from playwright.sync_api import expect

from jembol.intake.models import Import
from jembol.registry.models import Person
from jembol.training.models import Class

pytestmark = pytest.mark.django_db(transaction=True)

LIST = EXAMPLES / "daftar-hadir-2017-perca-lukis-kain.xlsx"
OF_TRAINING = (
    "/kantor/",
    "/kantor/orang/",
    "/kantor/orang/{person}/",
    "/kantor/usaha/",
    "/kantor/kelas/",
    "/kantor/kelas/{training_class}/",
    "/kantor/kelas/{training_class}/presensi/",
    "/kantor/impor/",
    "/kantor/impor/baru/",
    "/kantor/impor/contoh/",
    "/kantor/impor/{batch}/",
    "/kantor/impor/{other}/kolom/",
    "/kantor/impor/{batch}/keputusan/",
    "/kantor/tempat/",
    "/",
)
OF_THE_ADMINISTRATOR = ("/kantor/petugas/", "/kantor/jurnal/", "/kantor/akun/")


@pytest.fixture
def pages(pelatihan):
    """The addresses of the main pages after one list was stored and another uploaded."""
    pelatihan.upload(LIST)
    pelatihan.check(course="kain-perca")
    pelatihan.store()
    pelatihan.upload(EXAMPLES / "pendaftar-2024-kue-hias-dinoyo.csv")
    batch, other = Import.objects.order_by("pk")
    things = {
        "batch": batch.pk,
        "other": other.pk,
        "person": Person.objects.order_by("pk").first().public_id,
        "training_class": Class.objects.get().public_id,
    }
    return {
        "pelatihan": [path.format(**things) for path in OF_TRAINING],
        "admin": list(OF_THE_ADMINISTRATOR),
    }


def violations(page, axe):
    """What the accessibility rules find serious or critical, in one line each."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_serious_obstacle_on_any_main_page(pages, open_browser, axe, width):
    found = {}
    for username, paths in pages.items():
        # The script of the rules is not one that our content policy lets in.
        office = open_browser(username, width=width, bypass_csp=True)
        for path in paths:
            office.go(path)
            if wrong := violations(office.page, axe):
                found[path] = wrong

    assert found == {}


def test_the_rules_do_find_an_obstacle(open_browser, axe):
    page = open_browser(bypass_csp=True).go("/akun/masuk/")
    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert any(line.startswith("html-has-lang") for line in violations(page, axe))


@pytest.mark.parametrize("width", [360, 320])
def test_nothing_has_to_be_scrolled_sideways_on_a_phone(pages, open_browser, width):
    wide = {}
    for username, paths in pages.items():
        office = open_browser(username, width=width)
        for path in paths:
            needed = office.go(path).evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wide[path] = needed

    assert wide == {}


def test_a_slash_goes_to_the_search(pelatihan):
    page = pelatihan.go("/kantor/")

    page.keyboard.press("/")
    page.keyboard.type("siti")

    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("siti")


def test_a_list_is_imported_without_javascript(officers, open_browser):
    office = open_browser("pelatihan", java_script_enabled=False)
    page = office.page
    office.upload(LIST)
    page.select_option("[name=course]", "kain-perca")
    page.locator("form:has([name=table_0]) .buttons button").click()

    ask_until(page, "form[action$='/penyimpanan/'] button")
    page.click("form[action$='/penyimpanan/'] button")
    ask_until(page, "a[href$='/pembatalan/']")

    assert Import.objects.get().status == "committed"
    assert Person.objects.count() == 37


def ask_until(page, selector, tries=200):
    """Follow the link that shows how far the work is, until the work has ended."""
    for _again in range(tries):
        if page.locator(selector).count():
            return
        page.click("#progress a")
        page.wait_for_timeout(100)
    raise AssertionError(f"the work did not end: {page.inner_text('main')}")


def test_of_two_officers_who_decide_the_second_is_told(pelatihan, pages, open_browser):
    batch = pages["pelatihan"][10]
    first, second = pelatihan.page, open_browser("pelatihan").page
    for page in (first, second):
        page.goto(f"{batch}keputusan/")
    waiting = Import.objects.order_by("pk").first().rows.parked().count()

    for page in (first, second):
        page.locator("#ours form button").click()
        page.wait_for_url("**/keputusan/?sesudah=*")

    expect(first.locator(".alert[data-tone=success]")).to_be_visible()
    expect(second.locator(".alert[data-tone=warning]")).to_be_visible()
    assert Import.objects.order_by("pk").first().rows.parked().count() == waiting - 1


def test_the_address_keeps_what_is_filtered(pelatihan, pages):
    page = pelatihan.go(pages["pelatihan"][10])

    page.select_option("[name=hasil]", "duplicate")

    expect(page.locator("#rows tbody tr")).to_have_count(2)
    page.wait_for_url("**hasil=duplicate**")
    page.reload()
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    assert pelatihan.complaints == []
