"""A day in an RW without a signal: nothing is lost, nothing counts twice, and taps are few."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fieldwork import FieldPhone, publish_texts
from opening import session_of
from playwright.sync_api import expect

from city import DINOYO, area, system
from jembol.accounts.models import Officer
from jembol.outreach.models import Photo, Promise, Visit
from jembol.registry.actions import PersonDetails, enrol_many
from jembol.registry.models import Consent, Person
from jembol.sync.actions import ask_to_wipe
from jembol.sync.models import Device, Envelope

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TAPS = 12
OFFICER = "lapangan.dinoyo"
SINK = "**/lapangan/sinkron/"
KNOWN = "Nur'Aini Sri Lestari"


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing in the field waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


@pytest.fixture
def known(officers):
    """Somebody whom the phone carries."""
    publish_texts()
    home = area(f"{DINOYO}.003.002")
    details = PersonDetails(name=KNOWN, area=home, phone="0899 0000 0077")
    return enrol_many([details], by=system())[0]


@pytest.fixture
def phone(open_browser, known):
    """A phone of its own, opened once with a network."""

    def opened(username=OFFICER, **more):
        office = open_browser(username, width=360, has_touch=True, **more)
        phone = FieldPhone(office.page)
        phone.complaints = office.complaints
        return phone

    return opened


def base_of(phone):
    return re.match(r"https?://[^/]+", phone.page.url)[0]


def test_enrolling_takes_twelve_taps_at_most_and_no_network(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/")
    phone.tap("#name")
    phone.write("Siti Maesaroh")
    phone.next_field()
    phone.write("0899 0000 0001")
    phone.tap("#place .numbers button:has-text('RW 3')")
    phone.tap("#place .numbers button:has-text('RT 2')")
    phone.tap("label:has([name=needs][value=licence])")
    phone.tap("label:has([name=consent-programme][value=yes])")
    phone.tap("label:has([name=consent-contact][value=yes])")
    phone.next_field()
    phone.write("Pak RT Dua")
    phone.tap("#save")
    phone.page.wait_for_selector("#done:not([hidden])")
    assert phone.taps <= MOST_TAPS
    phone.expect_unsent(2)
    assert Person.objects.filter(name="Siti Maesaroh").count() == 0

    phone.connect()
    phone.expect_unsent(0)
    person = Person.objects.get(name="Siti Maesaroh")
    assert person.area.code == f"{DINOYO}.003.002"
    witnesses = Consent.objects.filter(person=person).values_list("witness", flat=True)
    assert list(witnesses) == ["Pak RT Dua"] * 2
    assert Visit.objects.get(person=person).needs.get().kind == "licence"


def test_two_quick_taps_on_save_are_one_record(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Sumiati", save=False)

    phone.page.evaluate("for (const _tap of [1, 2]) document.querySelector('#save').click()")

    phone.page.wait_for_selector("#done:not([hidden])")
    phone.expect_unsent(1)
    phone.open("kunjungan/")
    phone.page.fill("#who-text", "nuraini")
    phone.page.locator("#who-found button").first.click()
    phone.page.check("[name=outcome][value=not_home]")
    phone.page.evaluate("for (const _tap of [1, 2]) document.querySelector('#save').click()")
    phone.page.wait_for_selector("#done:not([hidden])")
    phone.expect_unsent(2)
    assert sorted(row["kind"] for row in phone.rows()) == ["outreach.visit", "registry.enrol"]


def test_the_next_one_of_the_same_rt_takes_one_tap_for_the_place(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Sumiati")
    phone.tap("#done [data-part=next]")

    phone.enrol("Bambang Tri")

    assert phone.page.locator("#place .chosen strong").inner_text() == "RT 02 / RW 03, Dinoyo"
    rows = phone.rows()
    assert [row["kind"] for row in rows] == ["registry.enrol", "registry.enrol"]


def test_what_is_half_written_and_what_is_saved_outlives_the_tab_and_is_stored_once(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Painem")
    phone.tap("#done [data-part=next]")
    phone.enrol("Hartini", phone="0899 0000 0002", save=False)
    phone.expect_draft_kept()
    again = FieldPhone(phone.context.new_page())
    phone.page.close()

    again.open("warga/baru/")

    assert again.page.input_value("#name") == "Hartini"
    assert again.page.locator("#place .chosen strong").count() == 1
    again.page.click("#save")
    again.page.wait_for_selector("#done:not([hidden])")
    again.expect_unsent(2)
    again.connect()
    again.expect_unsent(0)
    again.open("antrean/")
    again.page.click("#send")
    again.expect_unsent(0)
    names = Person.objects.exclude(name=KNOWN).values_list("name", flat=True)
    assert sorted(names) == ["Hartini", "Painem"]
    assert Envelope.objects.filter(kind="registry.enrol").count() == 2


def test_who_is_known_already_is_told_on_the_spot_and_stays_one_person(phone, known):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/")
    phone.page.fill("#name", "Nur Aini Sri Lestari")
    phone.page.fill("#phone", "0899 0000 0077")
    shown = phone.page.locator("#alike li")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(KNOWN)
    why = shown.locator("small").inner_text()

    shown.locator("button").first.tap()
    phone.enrol("Nur Aini Sri Lestari", phone="0899 0000 0077")

    assert "nomor" in why
    assert KNOWN in phone.page.inner_text("#done")
    phone.connect()
    phone.expect_unsent(0)
    assert Person.objects.count() == 1


def test_somebody_enrolled_on_this_phone_is_recognised_before_the_server_knows(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Endang Sulastri", phone="0899 0000 0003")
    phone.open("warga/baru/")

    phone.page.fill("#name", "Endang Sulastri")
    phone.page.fill("#phone", "0899 0000 0003")

    expect(phone.page.locator("#alike li")).to_contain_text("Endang Sulastri")


def picture(tmp_path, *, side=1600):
    """A photo full of noise, so that it has several pieces, with a place in its EXIF."""
    from PIL import Image

    photo = Image.effect_noise((side, side), 90).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 56.0, 40.0), 3: "E", 4: (112.0, 36.0, 36.0)})
    path = tmp_path / "usaha.jpg"
    photo.save(path, quality=90, exif=exif)
    return path


def test_a_visit_with_a_photo_is_sent_in_pieces_and_goes_on_where_it_was_cut(phone, tmp_path):
    phone = phone(
        permissions=["geolocation"], geolocation={"latitude": -7.944, "longitude": 112.61}
    )
    phone.prepare().cut()
    page = phone.open("kunjungan/").page
    page.fill("#who-text", "nuraini")
    page.locator("#who-found button").first.tap()
    page.tap("label:has([name=outcome][value=met])")
    page.tap("label:has([name=needs][value=licence])")
    page.tap("label:has([name=referrals][value=licence])")
    page.fill("#advice", "Siapkan KTP dan foto produk.")
    page.tap("label:has([name=due][value='7'])")
    page.set_input_files("#photo", picture(tmp_path))
    expect(page.locator("#thumbs li")).to_have_count(1)
    page.tap("label:has([name=consent-photo][value=yes])")
    page.tap("#place-fix")
    expect(page.locator("#place-told")).to_contain_text("m")
    page.tap("#save")
    page.wait_for_selector("#done:not([hidden])")
    pieces = []

    def cut(route):
        if route.request.method == "PUT":
            pieces.append(int(route.request.headers["x-from"]))
            if len(pieces) == 2:
                return route.abort()
        return route.continue_()

    phone.context.route("**/lapangan/foto/**", cut)
    phone.connect()
    phone.expect_unsent(0)
    while len(pieces) < 2:
        phone.page.wait_for_timeout(50)
    assert Photo.objects.get().file_id is None
    phone.open("antrean/")
    phone.page.click("#send")
    expect(phone.page.locator("#photos-told")).to_have_text("", timeout=30_000)

    visit = Visit.objects.get()
    photo = Photo.objects.get()
    assert pieces.count(pieces[0]) == 1
    assert pieces[1] == pieces[2]
    assert (photo.visit_id, photo.file_id is not None) == (visit.key, True)
    assert photo.has_consent
    assert (visit.person.name, visit.outcome) == (KNOWN, "met")
    assert (visit.lat, visit.lon) == (-7.944, 112.61)
    assert visit.referrals.get().kind == "licence"
    assert Promise.objects.get().words == "Berkunjung lagi"
    assert phone.rows("photos") == []


def test_a_promise_is_kept_at_the_next_visit(phone, known):
    phone = phone().prepare()
    page = phone.open("kunjungan/").page
    page.fill("#who-text", "nuraini")
    page.locator("#who-found button").first.tap()
    page.check("[name=outcome][value=met]")
    page.check("[name=due][value='7']")
    page.fill("#promise", "Bawa formulir NIB")
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    phone.expect_unsent(0)
    promise = Promise.objects.get()

    page = phone.open("wilayah/").page
    expect(page.locator("#promises")).to_contain_text("Bawa formulir NIB", timeout=30_000)
    page.locator("#promises a").first.tap()
    page.wait_for_selector("[data-ready=yes]")
    page.tap("#promises label")
    page.check("[name=outcome][value=met]")
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    phone.expect_unsent(0)

    promise.refresh_from_db()
    assert promise.kept_at is not None
    assert Visit.objects.count() == 2


def test_a_correction_tells_what_the_phone_saw(phone, known):
    phone = phone().prepare()
    page = phone.open("wilayah/").page
    page.fill("#what", "nuraini")
    page.locator("#people [data-part=fix]").tap()
    page.fill("#people [name=phone]", "0899 0000 0099")
    page.locator("#people form button").tap()
    expect(page.locator("#told")).to_be_visible()
    phone.expect_unsent(0)

    known.refresh_from_db()
    assert known.phone.endswith("89900000099")


def test_a_half_written_correction_stays_when_something_new_is_drawn(phone):
    page = phone().prepare().open("wilayah/").page
    page.fill("#what", "nuraini")
    page.locator("#people [data-part=fix]").tap()
    page.fill("#people [name=phone]", "0899 0000 0099")
    page.evaluate("document.querySelector('#carries').textContent = ''")

    # Another tab has sent something: everything that this one shows is drawn anew.
    page.evaluate("new BroadcastChannel('jembol-lapangan').postMessage('sent')")

    expect(page.locator("#carries")).not_to_have_text("")
    expect(page.locator("#people [name=phone]")).to_be_visible()
    expect(page.locator("#people [name=phone]")).to_have_value("0899 0000 0099")


def test_a_refused_record_says_why_is_mended_and_goes_through(phone):
    phone = phone().prepare()
    page = phone.open("warga/baru/").page
    page.evaluate("document.querySelector('details').open = true")
    page.fill("#nik", "1234567890123456")
    phone.enrol("Gunawan")
    phone.expect_unsent(0)

    page = phone.open("antrean/").page
    row = page.locator("#aside li")
    expect(row).to_have_count(1)
    assert "NIK" in row.locator("[data-part=why]").inner_text()
    row.locator("[data-act=edit]").click()
    page.wait_for_selector("[data-ready=yes]")
    assert page.input_value("#name") == "Gunawan"
    page.evaluate("document.querySelector('details').open = true")
    page.fill("#nik", "")
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    phone.expect_unsent(0)

    assert Person.objects.filter(name="Gunawan").count() == 1
    phone.open("antrean/")
    expect(phone.page.locator("#aside li")).to_have_count(0)
    expect(phone.page.locator("#answered li")).to_have_count(1)


def test_one_record_can_be_set_aside_alone_and_taken_up_again(phone):
    phone = phone().prepare()
    phone.context.route(SINK, lambda route: route.abort())
    phone.open("warga/baru/").enrol("Indah")
    page = phone.open("antrean/").page
    page.locator("#waiting [data-act=aside]").click()
    expect(page.locator("#aside li")).to_have_count(1)
    # Its answer may have been lost: written anew it could count twice.
    expect(page.locator("#aside [data-act=edit]")).to_be_hidden()
    phone.context.unroute(SINK)
    page.click("#send")
    page.wait_for_timeout(500)
    assert Person.objects.filter(name="Indah").count() == 0

    page.locator("#aside [data-act=again]").click()

    expect(page.locator("#answered li")).to_have_count(1, timeout=30_000)
    expect(page.locator("#aside li")).to_have_count(0)
    assert Person.objects.filter(name="Indah").count() == 1


def test_two_officers_on_one_phone_lose_nothing_and_see_nothing_of_each_other(phone):
    phone = phone().prepare()
    phone.context.route(SINK, lambda route: route.abort())
    phone.open("warga/baru/").enrol("Hartini")
    base = base_of(phone)
    phone.page.goto("about:blank")
    phone.context.unroute(SINK)
    phone.context.add_cookies([session_of("lapangan.purwantoro", base)])
    phone.open("antrean/")
    phone.expect_unsent(0)
    expect(phone.page.locator("#waiting li")).to_have_count(0)
    phone.open("wilayah/").page.fill("#what", "nuraini")
    expect(phone.page.locator("#none")).to_be_visible()
    assert Person.objects.filter(name="Hartini").count() == 0

    phone.page.goto("about:blank")
    phone.context.add_cookies([session_of(OFFICER, base)])
    phone.open("antrean/")
    phone.expect_unsent(0)

    assert Person.objects.filter(name="Hartini").count() == 1
    officer = Officer.objects.get(username=OFFICER)
    assert Envelope.objects.get(kind="registry.enrol").officer_id == officer.pk


def test_signing_out_with_a_queue_keeps_it_and_takes_the_area_away(phone):
    phone = phone().prepare()
    phone.context.route(SINK, lambda route: route.abort())
    phone.open("warga/baru/").enrol("Hartini")
    phone.open("antrean/")
    asked = []
    phone.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    phone.page.evaluate("document.querySelector('#sign-out').closest('details').open = true")
    phone.page.click("#sign-out button")
    phone.page.wait_for_url(lambda url: "/lapangan/" not in url)

    assert len(asked) == 1
    assert [len(phone.rows(name)) for name in ("queue", "carried")] == [1, 0]
    phone.context.unroute(SINK)
    phone.context.add_cookies([session_of(OFFICER, base_of(phone))])
    phone.open("antrean/")
    phone.expect_unsent(0)
    assert Person.objects.filter(name="Hartini").count() == 1


def test_a_phone_that_is_told_to_wipe_gives_the_area_back_and_sends_its_queue(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Oktavia")
    dinoyo = area(DINOYO)
    ask_to_wipe(device=Device.objects.get(), area_key=dinoyo.key, why="hilang", by=system())

    phone.connect()
    expect(phone.page.locator("[data-warning=wiped]")).to_be_visible(timeout=30_000)
    phone.expect_unsent(0)

    assert Person.objects.filter(name="Oktavia").count() == 1
    assert phone.rows("carried") == []
    phone.open("wilayah/").page.fill("#what", "nuraini")
    expect(phone.page.locator("#none")).to_be_visible()
    assert phone.rows("carried") == []


def test_the_end_of_the_day_tells_what_is_only_here_and_what_was_done(phone):
    phone = phone().prepare()
    phone.cut()
    phone.open("warga/baru/").enrol("Lilik")
    phone.open("kunjungan/").visit("not_home", who="nuraini")
    page = phone.open("selesai/").page
    assert "2" in page.inner_text("#verdict [data-part=word]")
    assert "1 kunjungan" in page.inner_text("#tallies")
    assert "1 warga" in page.inner_text("#tallies")

    phone.connect()
    phone.expect_unsent(0)

    expect(page.locator("#verdict")).to_have_attribute("data-tone", "good")
    expect(page.locator("#tallies")).to_contain_text("1 kunjungan")


def test_the_end_of_the_day_counts_what_was_done_under_a_wrong_clock(phone):
    phone = phone().prepare()
    phone.page.clock.install()
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=2))
    phone.open("kunjungan/").visit("not_home", who="nuraini")
    phone.expect_unsent(0)

    page = phone.open("selesai/").page

    expect(page.locator("#tallies li").first).to_have_text(re.compile("^1 "))


def test_without_scripts_enrolling_and_visiting_are_forms(open_browser, known):
    page = open_browser(OFFICER, width=360, java_script_enabled=False).page
    page.goto("/lapangan/warga/baru/")
    page.fill("#name", "Mulyani")
    page.select_option("#area", label="Dinoyo")
    page.fill("#rw", "3")
    page.fill("#rt", "2")
    page.check("[name=consent-programme][value=no]")
    page.click("#save")
    assert "Ya" in page.inner_text(".alert")
    page.select_option("#area", label="Dinoyo")
    page.check("[name=consent-programme][value=yes]")
    page.click("#save")
    page.wait_for_selector(".alert[data-tone=success]")
    page.goto("/lapangan/kunjungan/")
    page.fill("#q", "nuraini")
    page.click("form.scan button")
    page.check("[name=person]")
    page.check("[name=outcome][value=met]")
    page.check("[name=needs][value=tool]")
    page.click("#save")
    page.wait_for_selector(".alert[data-tone=success]")

    assert Person.objects.get(name="Mulyani").area.code == f"{DINOYO}.003.002"
    assert Visit.objects.get().needs.get().kind == "tool"
