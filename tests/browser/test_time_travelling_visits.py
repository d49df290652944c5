"""Visits of phones whose clock is years behind, a day ahead, in another zone, or jumps at noon.

Real pages, without a signal, with a restart before anything is sent. Nothing is refused for its
clock; the order of the phone is kept; what is odd is told to the officer and kept for the office.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from fieldwork import FieldPhone, publish_texts
from playwright.sync_api import expect

from city import DINOYO, area, system
from jembol.outreach.models import Visit
from jembol.registry.actions import PersonDetails, enrol_many
from jembol.sync.models import Envelope
from jembol.sync.rules import FLAGGED_SKEW

pytestmark = pytest.mark.django_db(transaction=True)

KNOWN = ("Painem", "Sumiati", "Bambang Tri")
# The clock as somebody has set it; it stays so when the page is opened anew.
SET = """() => {
  const RealDate = Date;
  const ahead = () => Number(localStorage.getItem("ahead") ?? 0);
  const now = () => RealDate.now() + ahead();
  window.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [now()]));
    }
    static now() {
      return now();
    }
  };
}"""
SKEWS = {
    "three years behind": timedelta(days=-3 * 365),
    "a day ahead": timedelta(days=1),
    "nine minutes behind": timedelta(minutes=-9),
}
ZONES = ("Asia/Jayapura", "UTC")
A_MOMENT = timedelta(seconds=90)


@pytest.fixture
def address(collected, processes):
    """A server without its worker: nothing in the field waits for one."""
    _process, address = processes.serve(path="/kesehatan/", workers=1, threads=8)
    return address


@pytest.fixture
def phone(open_browser, officers):
    """A phone whose clock can be set, opened once with a network."""
    publish_texts()
    home = area(f"{DINOYO}.003.002")
    enrol_many([PersonDetails(name=name, area=home) for name in KNOWN], by=system())

    def opened(ahead=timedelta(0), **more):
        office = open_browser("lapangan.dinoyo", width=360, has_touch=True, **more)
        phone = FieldPhone(office.page)
        office.page.add_init_script(f"({SET})()")
        phone.page.goto("/kesehatan/")
        set_clock(phone, ahead)
        return phone.prepare()

    return opened


def set_clock(phone, ahead):
    ms = ahead // timedelta(milliseconds=1)
    phone.page.evaluate("(ms) => localStorage.setItem('ahead', ms)", ms)


def visit(phone, name):
    """Note a visit and return when it really was."""
    phone.open("kunjungan/").visit(who=name)
    return timezone.now()


def restart(phone):
    """The phone was switched off and on without a signal: its milliseconds begin anew."""
    page = phone.context.new_page()
    page.add_init_script(f"({SET})()")
    phone.page.close()
    phone.page = page
    phone.open()


def stored():
    return list(Envelope.objects.filter(kind="outreach.visit").order_by("seq"))


@pytest.mark.parametrize("skew", SKEWS)
def test_a_clock_that_is_wrong_all_day_is_put_right(phone, skew):
    ahead = SKEWS[skew]
    opened = phone(ahead)
    opened.cut()
    real = [visit(opened, name) for name in KNOWN[:2]]
    restart(opened)
    real.append(visit(opened, KNOWN[2]))

    opened.connect()
    opened.expect_unsent(0)

    rows = stored()
    assert [row.state for row in rows] == ["accepted"] * 3
    for row, was in zip(rows, real, strict=True):
        assert abs(row.device_at - (was + ahead)) < A_MOMENT
        assert abs(row.corrected_at - was) < A_MOMENT
        assert row.received_at >= row.corrected_at
        assert row.mono_ms > 0
        assert row.boot
    assert len({row.boot for row in rows}) >= 2
    assert [one.at for one in Visit.objects.order_by("key")] == [one.corrected_at for one in rows]
    is_flagged = abs(ahead) > FLAGGED_SKEW
    expect(opened.page.locator("[data-warning=skew]")).to_have_count(int(is_flagged))
    assert all((abs(row.skew_s) > FLAGGED_SKEW.total_seconds()) == is_flagged for row in rows)


@pytest.mark.parametrize("zone", ZONES)
def test_a_phone_in_another_zone_tells_the_same_moment(phone, zone):
    opened = phone(timezone_id=zone)
    opened.cut()
    was = visit(opened, KNOWN[0])

    opened.connect()
    opened.expect_unsent(0)

    (row,) = stored()
    assert abs(row.device_at - was) < A_MOMENT
    assert abs(row.corrected_at - was) < A_MOMENT
    expect(opened.page.locator("[data-warning=skew]")).to_have_count(0)


def test_a_clock_that_jumps_at_noon_keeps_the_order_and_loses_nothing(phone):
    opened = phone()
    opened.cut()
    visit(opened, KNOWN[0])
    set_clock(opened, timedelta(hours=7))
    last = visit(opened, KNOWN[1])
    set_clock(opened, timedelta(days=-2))
    restart(opened)
    last = visit(opened, KNOWN[2])

    opened.connect()
    opened.expect_unsent(0)

    rows = stored()
    assert [row.state for row in rows] == ["accepted"] * 3
    told = [row.corrected_at for row in rows]
    assert told == sorted(told)
    assert abs(told[-1] - last) < A_MOMENT
    expect(opened.page.locator("[data-warning=skew]")).to_be_visible()
    label = opened.page.locator("[data-warning=skew]").inner_text()
    assert re.search(r"\d", label)
