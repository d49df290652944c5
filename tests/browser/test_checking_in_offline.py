"""The door of a class on phones without a network: nothing is lost, nothing counts twice."""

import re

import pytest
from doorway import NAMES, STROKES, Doorway, codes_of, open_class, stored
from opening import session_of
from playwright.sync_api import expect

from city import system
from jembol.accounts.models import Officer
from jembol.sync.actions import ask_to_wipe
from jembol.sync.models import Device, Envelope
from jembol.training.actions import withdraw
from jembol.training.models import Attendance, Scan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing at the door waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


@pytest.fixture
def held(officers):
    held, _seats = open_class()
    return held


@pytest.fixture
def codes(held):
    return codes_of(held)


@pytest.fixture
def phone(open_browser, held):
    """A phone of its own at the door, opened once with a network."""

    def opened(username="lapangan", **more):
        office = open_browser(username, width=360, **more)
        door = Doorway(office.page, held)
        door.complaints = office.complaints
        return door

    return opened


def test_what_is_scanned_offline_outlives_reload_and_closing_and_is_stored_once(phone, held, codes):
    door = phone().prepare()
    door.cut()

    assert door.scan(codes["Painem"]) == "Silakan masuk"
    assert door.pick("nuraini lestari") == "Silakan masuk"
    door.open()
    door.expect_scans(2)
    assert door.scan(codes["Painem"]) == "Sudah masuk"
    again = door.tab(held)
    door.page.close()
    again.open()
    again.expect_unsent(3)
    assert stored(held) == (0, 0, 0)

    again.connect()
    again.expect_unsent(0)
    again.open()
    again.page.click("#send")
    again.expect_unsent(0)

    assert stored(held) == (3, 3, 2)
    assert [line for line in door.complaints if "ERR_INTERNET_DISCONNECTED" not in line] == []


def test_two_tabs_of_one_phone_bring_twenty_scans_once(phone, held, codes):
    first = phone().prepare()
    second = first.tab(held).open()
    first.cut()
    for place, name in enumerate(NAMES):
        (first, second)[place % 2].scan(codes[name])
    first.expect_unsent(20)

    first.connect()
    second.connect()

    first.expect_unsent(0)
    second.expect_unsent(0)
    assert stored(held) == (20, 20, 20)
    seqs = Envelope.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 21))


def test_one_ticket_on_two_phones_is_one_attendance_and_both_are_told(phone, held, codes):
    one, other = phone().prepare(), phone("pelatihan").prepare()
    other.page.evaluate("document.querySelector('#naming').closest('details').open = true")
    one.page.evaluate("document.querySelector('#naming').closest('details').open = true")
    for door, label in ((one, "HP Meja 1"), (other, "HP Meja 2")):
        door.page.fill("#naming [name=label]", label)
        door.page.click("#naming button")
        expect(door.page.locator("#naming [data-part=told]")).to_contain_text(label)
        door.cut()
    assert one.scan(codes["Sumiati"]) == other.scan(codes["Sumiati"]) == "Silakan masuk"

    one.connect()
    one.expect_unsent(0)
    other.connect()
    other.expect_unsent(0)

    assert stored(held) == (2, 2, 1)
    expect(other.page.locator("#scans li")).to_contain_text("HP Meja 1")
    expect(other.page.locator("#news")).to_contain_text("HP Meja 1")
    assert one.scan(codes["Sumiati"]) == "Sudah masuk"
    one.expect_unsent(0)
    expect(one.page.locator("#scans li").first).to_contain_text("HP Meja 2")


def test_phones_whose_clocks_are_wrong_are_told_and_taken_all_the_same(phone, held, codes):
    shift = "(hours) => { const now = Date.now.bind(Date); const ms = hours * 3600000;"
    shift += " Date.now = () => now() + ms; }"
    for hours, name in ((-3 * 365 * 24, "Joko"), (48, "Indah")):
        door = phone()
        door.page.add_init_script(f"({shift})({hours})")
        door.prepare()
        expect(door.page.locator("[data-warning=skew]")).to_be_visible()
        door.cut()
        assert door.scan(codes[name]) == "Silakan masuk"
        door.connect()
        door.expect_unsent(0)

    assert stored(held) == (2, 2, 2)
    assert Scan.objects.filter(is_skewed=True, verdict="welcome").count() == 2


def test_signing_out_with_a_queue_keeps_it_and_takes_the_names_away(phone, held, codes):
    door = phone().prepare()
    # The door does not answer, so that something stays.
    door.context.route("**/lapangan/sinkron/", lambda route: route.abort())
    door.scan(codes["Hartini"])
    door.expect_unsent(1)
    asked = []
    door.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    door.page.evaluate("document.querySelector('#sign-out').closest('details').open = true")

    door.page.click("#sign-out button")
    door.page.wait_for_url(lambda url: "/lapangan/" not in url)

    assert len(asked) == 1
    left = door.page.evaluate(
        """async () => {
          const { openStore } = await import("/static/field/store.js");
          const store = await openStore();
          const [queue, carried] = [await store.all("queue"), await store.all("carried")];
          return [queue.length, carried.length, await caches.has("jembol-pages")];
        }"""
    )
    assert left == [1, 0, False]

    door.context.unroute("**/lapangan/sinkron/")
    door.context.add_cookies([session_of("lapangan", door.page.url)])
    door.open()
    door.expect_unsent(0)
    assert stored(held) == (1, 1, 1)


def test_another_officer_on_the_phone_neither_sees_nor_sends_the_first_ones_queue(
    phone, held, codes
):
    door = phone().prepare()
    door.context.route("**/lapangan/sinkron/", lambda route: route.abort())
    door.scan(codes["Hartini"])
    door.expect_unsent(1)
    base = re.match(r"https?://[^/]+", door.page.url)[0]
    door.page.goto("about:blank")
    door.context.unroute("**/lapangan/sinkron/")
    door.context.add_cookies([session_of("pelatihan", base)])
    door.open()

    door.expect_unsent(0)
    door.page.click("#send")
    assert Envelope.objects.count() == 0
    door.context.add_cookies([session_of("lapangan", base)])
    door.open()
    door.expect_unsent(0)
    assert Envelope.objects.get().officer_id == Officer.objects.get(username="lapangan").pk


def test_a_phone_that_is_told_to_wipe_gives_the_class_back_and_sends_its_queue(phone, held, codes):
    door = phone().prepare()
    door.cut()
    door.scan(codes["Painem"])
    ask_to_wipe(device=Device.objects.get(), area_key=held.area_id, why="hilang", by=system())

    door.connect()
    expect(door.page.locator("[data-warning=wiped]")).to_be_visible(timeout=30_000)
    door.expect_unsent(0)
    asked = []
    door.page.on("request", lambda request: asked.append(request.url))
    door.connect()
    door.open()
    door.page.fill("#what", "Sumiati")

    expect(door.page.locator("#found button")).to_have_count(0)
    assert stored(held) == (1, 1, 1)
    assert [url for url in asked if url.endswith("bawaan.json")] == []


def test_undo_takes_back_and_who_is_not_allowed_is_the_doors_decision(phone, held, codes):
    seat = held.registrations.get(person__name="Lilik")
    withdraw(registration=seat, why="sakit", by=system())
    door = phone().prepare()
    door.cut()

    assert door.scan(codes["Ayu Kirana"]) == "Silakan masuk"
    door.page.locator("#scans li button[data-act=undo]").click()
    door.expect_told("Diurungkan")
    assert door.scan(codes["Lilik"]) == "Tidak boleh"
    door.page.click("#turn-away")
    door.expect_told("Ditolak")
    assert door.scan(codes["Lilik"]) == "Tidak boleh"
    door.page.click("#let-in")
    assert door.scan("8991234567890") == "Kode tidak dikenal"
    door.connect()
    door.expect_unsent(0)

    came = Attendance.objects.values_list("registration__person__name", flat=True)
    assert list(came) == ["Lilik"]
    assert Scan.objects.filter(verdict="not_allowed").count() == 2
    assert Scan.objects.filter(verdict="unknown_code").count() == 1
    assert Scan.objects.filter(by="undo").count() == 2


SLOWLY = """() => {
  const verify = crypto.subtle.verify.bind(crypto.subtle);
  const released = new Promise((resolve) => { window.release = resolve; });
  crypto.subtle.verify = async (...all) => { await released; return verify(...all); };
}"""


def test_one_ticket_read_twice_at_once_is_welcomed_once(phone, held, codes):
    door = phone().prepare()
    door.cut()
    door.page.evaluate(SLOWLY)

    for _reading in range(2):
        door.page.evaluate(STROKES, codes["Gunawan"])
    door.page.evaluate("window.release()")

    door.expect_scans(2)
    door.expect_told("Sudah masuk")
    door.connect()
    door.expect_unsent(0)
    assert stored(held) == (2, 2, 1)


def test_no_verdict_of_the_last_person_stands_there_while_the_next_one_is_judged(phone, codes):
    door = phone().prepare()
    door.cut()
    assert door.scan(codes["Ayu Kirana"]) == "Silakan masuk"
    door.page.evaluate(SLOWLY)

    door.page.evaluate(STROKES, codes["Gunawan"])

    door.expect_told("…")
    expect(door.page.locator("#result[data-tone]")).to_have_count(0)
    door.page.evaluate("window.release()")
    assert door.said() == "Silakan masuk"
    expect(door.page.locator("#result [data-part=name]")).to_have_text("Gunawan")


def test_the_first_opening_of_a_door_offline_needs_only_the_list_of_classes(phone, held, codes):
    door = phone()
    door.page.goto("/lapangan/")
    door.page.wait_for_selector("#field-home[data-offline=yes]")
    door.cut()

    door.open()

    assert door.scan(codes["Gunawan"]) == "Silakan masuk"
    assert door.pick("dewi") == "Silakan masuk"


def test_without_a_sign_in_scanning_goes_on_and_says_so(phone, held, codes):
    door = phone().prepare()
    door.context.clear_cookies()

    assert door.scan(codes["Gunawan"]) == "Silakan masuk"

    expect(door.page.locator("[data-warning=signed-out]")).to_be_visible()
    door.expect_unsent(1)


def test_answers_that_are_lost_after_the_server_stored_bring_nothing_twice(phone, held, codes):
    door = phone().prepare()
    lost = []

    def lose_the_answer(route):
        if len(lost) == 2:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.fulfill(status=503, body="")

    door.context.route("**/lapangan/sinkron/", lose_the_answer)
    door.scan(codes["Kartika"])
    door.expect_unsent(1)
    for _try in range(2):
        door.page.click("#send")
    door.expect_unsent(0)

    assert lost == [200, 200]
    assert stored(held) == (1, 1, 1)


def test_a_phone_that_is_full_says_that_nothing_was_kept(phone, held, codes):
    door = phone().prepare()
    door.page.evaluate(
        """() => {
          IDBObjectStore.prototype.add = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }"""
    )

    assert door.scan(codes["Purwanti"]) == "TIDAK tersimpan"

    door.expect_unsent(0)
    door.open()
    assert door.scan(codes["Purwanti"]) == "Silakan masuk"


OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


def test_a_phone_that_was_lost_comes_back_from_its_backup(phone, held, codes, tmp_path):
    lost, found = phone().prepare(), phone().prepare()
    lost.cut()
    for name in NAMES[:3]:
        lost.scan(codes[name])
    lost.page.evaluate(OPEN_ALL)
    lost.page.fill("#backup [name=passphrase]", "tikar pandan")
    with lost.page.expect_download() as download:
        lost.page.click("#backup button")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    lost.expect_unsent(3)

    found.page.evaluate(OPEN_ALL)
    found.page.set_input_files("#restore [name=file]", file)
    found.page.fill("#restore [name=passphrase]", "tikar pandan")
    found.page.click("#restore button")
    expect(found.page.locator("#restore [data-part=told]")).to_contain_text("3")
    found.page.click("#send")
    found.expect_unsent(0)
    lost.connect()
    lost.expect_unsent(0)

    assert stored(held) == (3, 3, 3)
    assert not any(name in file.read_text() for name in NAMES[:3])


def test_a_kept_page_gives_way_to_whoever_has_signed_in_meanwhile(phone, held):
    door = phone().prepare()
    base = re.match(r"https?://[^/]+", door.page.url)[0]
    door.cut()
    door.open()
    door.context.add_cookies([session_of("pelatihan", base)])

    door.connect()

    expect(door.page.locator("#status")).to_contain_text("Petugas Pelatihan")
