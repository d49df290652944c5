"""One ticket, two phones without a signal, a network that loses answers, a server killed between.

The same over HTTP alone, in all six orders of sending, stands in tests/field; here are real
browsers with their clocks wrong, the tab of one killed, and what each of them shows at the end.
"""

import pytest
from django.db import connection
from doorway import Doorway, codes_of, open_class
from playwright.sync_api import expect

from bad_network import FAIR, Weather
from city import system
from jembol.training import actions as training
from processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SHIFT = "(hours) => { const now = Date.now.bind(Date); Date.now = () => now() + hours * 3600000; }"
CLOCKS = {"a": -3, "b": 48}
TICKET = "Sumiati"


@pytest.fixture
def address(server):
    return server.network.address


@pytest.fixture
def phones(officers, open_browser):
    """Two phones at the door of one class, each with its own wrong clock."""
    held, seats = open_class()

    def opened(name, username):
        office = open_browser(username, width=360)
        office.page.add_init_script(f"({SHIFT})({CLOCKS[name]})")
        return Doorway(office.page, held)

    doors = {"a": opened("a", "lapangan"), "b": opened("b", "pelatihan")}
    seat = next(one for one in seats if one.person.name == TICKET)
    return held, seat, {name: door.prepare() for name, door in doors.items()}


def count(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def envelopes():
    return count("SELECT COUNT(*) FROM sync_envelope")


def attendances(held):
    return count(
        "SELECT COUNT(*) FROM training_attendance a JOIN training_session s"
        " ON s.id = a.session_id WHERE s.training_class_id = %s",
        held.pk,
    )


def scans(held):
    return count("SELECT COUNT(*) FROM training_scan WHERE training_class_id = %s", held.pk)


def retrying_until_sent(door):
    """Press until the queue is empty, as somebody does who sees that it is not."""

    def is_empty():
        door.page.click("#send")
        door.page.wait_for_timeout(300)
        return door.page.inner_text("#status [data-part=unsent]").startswith("0 ")

    wait_until(is_empty, seconds=90, what="an empty queue")


@pytest.mark.parametrize("is_cancelled", [False, True])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_one_ticket_on_two_phones_is_one_attendance_whatever_the_network_does(
    server, phones, order, is_cancelled
):
    held, seat, doors = phones
    code = codes_of(held)[TICKET]
    if is_cancelled:
        training.withdraw(registration=seat, why="berhalangan", by=system())
    for door in doors.values():
        door.cut()
    assert doors["a"].scan(code) == "Silakan masuk"
    assert doors["a"].scan(code) == "Sudah masuk"
    assert doors["b"].scan(code) == "Silakan masuk"

    # The server acts on the first phone's scans, and its answer is lost.
    first, second = (doors[name] for name in order)
    server.network.change(Weather(lost_answers=1.0))
    first.connect()
    wanted = 2 if order[0] == "a" else 1
    wait_until(lambda: envelopes() == wanted, what="the commit")
    assert not first.page.inner_text("#status [data-part=unsent]").startswith("0 ")
    # The tab is gone, the server too; both come back.
    tab = first.tab(held)
    first.page.close()
    server.kill_and_restart()
    server.network.change(Weather(delay_s=(0.0, 0.1), slice_bytes=512, resets=0.2))
    tab.open()
    tab.connect()
    retrying_until_sent(tab)
    second.connect()
    retrying_until_sent(second)

    server.network.change(FAIR)
    retrying_until_sent(tab)
    assert (scans(held), envelopes()) == (3, 3)
    assert attendances(held) == 1
    assert server.network.counts["lost answers"] >= 1
    # Whoever went in is never told that it failed; the later phone is told of the earlier one.
    for door in (tab, second):
        expect(door.page.locator("#status [data-part=unsent]")).to_have_text("0 hanya di HP ini")
    both = [tab.page.inner_text("#scans"), second.page.inner_text("#scans")]
    assert not [text for text in both if "gagal" in text.lower()]


RENUMBER = """() => {
  const real = window.fetch;
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let sent = 0;
  window.fetch = (address, options) => {
    if (!String(address).includes("/sinkron/")) return real(address, options);
    const parcel = JSON.parse(options.body);
    parcel.envelopes = parcel.envelopes.map(({ signed }) => {
      const one = JSON.parse(signed);
      const place = SIGNS.indexOf(one.id.at(-1)) + 1 + (sent++ % 30);
      return { ...one, id: one.id.slice(0, -1) + SIGNS[place % 32] };
    });
    return real(address, { ...options, body: JSON.stringify(parcel) });
  };
}"""


def test_without_the_number_of_the_scan_every_sending_would_count(server, phones):
    """The control: a phone that gives each sending a new number makes two of one scan."""
    held, _seat, doors = phones
    door = doors["a"]
    door.page.evaluate(RENUMBER)
    door.scan(codes_of(held)[TICKET])

    def stored(number):
        door.page.click("#send")
        door.page.wait_for_timeout(200)
        return envelopes() >= number

    wait_until(lambda: stored(2), what="the second commit")
    assert scans(held) >= 2
