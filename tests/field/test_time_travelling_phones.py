"""Phones whose clock is years behind, a day ahead, jumps, or hangs in another zone.

Nothing is refused for its clock alone: the server tells when it was, and flags what is odd.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jembol.sync.models import Envelope
from jembol.training.models import Attendance, Scan

SKEWS = {
    "three years behind": timedelta(days=-3 * 365),
    "a day ahead": timedelta(days=1),
    "seven hours ahead": timedelta(hours=7),
    "nine minutes behind": timedelta(minutes=-9),
    "right": timedelta(0),
}


@pytest.fixture(params=SKEWS, ids=str)
def skew(request):
    return SKEWS[request.param]


def test_who_was_scanned_while_offline_is_noted_for_the_moment_of_the_scan(door, skew):
    phone, scanned_at = door.phone(skew=skew), door.now
    phone.scan(door.each, door.codes[0])
    door.wait(hours=30)

    receipt = door.receive(phone)

    kept = Envelope.objects.get()
    assert receipt.answers[0].result["verdict"] == "welcome"
    assert Attendance.objects.get().at == kept.corrected_at == scanned_at
    assert kept.device_at == scanned_at + skew
    assert (kept.received_at, kept.mono_ms, kept.boot) == (door.now, 0.0, "boot-1")
    assert receipt.is_flagged == Scan.objects.get().is_skewed == (abs(skew) > timedelta(minutes=10))


def test_a_phone_that_was_restarted_without_a_signal_is_put_right_too(door, skew):
    phone, scanned_at = door.phone(skew=skew), door.now
    phone.scan(door.each, door.codes[0])
    door.wait(hours=5)
    phone.reboot()
    door.wait(hours=20)

    (result,) = door.results(phone)

    assert result["verdict"] == "welcome"
    assert Attendance.objects.get().at == scanned_at


def test_a_clock_that_jumps_between_two_scans_keeps_their_order_and_their_time(door):
    phone = door.phone()
    times = []
    for code, jump in zip(
        door.codes, (timedelta(0), timedelta(hours=7), -timedelta(days=4)), strict=True
    ):
        phone.skew = jump
        times.append(door.now)
        phone.scan(door.each, code)
        door.wait(minutes=3)

    door.receive(phone)

    kept = Envelope.objects.order_by("seq").values_list("corrected_at", flat=True)
    assert list(kept) == times
    assert len(door.came()) == 3


def test_after_a_jump_and_a_restart_the_order_within_the_phone_is_kept(door):
    phone = door.phone()
    phone.scan(door.each, door.codes[0])
    door.wait(minutes=3)
    phone.reboot()
    phone.skew = -timedelta(days=300)
    phone.scan(door.each, door.codes[1])
    door.wait(minutes=3)

    receipt = door.receive(phone)

    first, second = Envelope.objects.order_by("seq")
    assert first.corrected_at <= second.corrected_at <= door.now
    assert {one.state for one in receipt.answers} == {"accepted"}


@pytest.mark.parametrize("zone", ["Asia/Jayapura", "UTC", "Asia/Makassar", "America/Lima"])
def test_a_phone_in_another_zone_tells_the_same_moment(door, zone):
    phone = door.phone()
    phone.now = lambda: door.now.astimezone(ZoneInfo(zone))
    phone.scan(door.each, door.codes[0])
    door.wait(minutes=10)

    (result,) = door.results(phone)

    assert result["verdict"] == "welcome"
    assert Scan.objects.get().is_skewed is False


def test_a_phone_set_to_another_zone_with_the_hands_of_this_one_is_flagged_and_right(door):
    # 08:45 on the screen, but the zone is WIT: two hours behind the truth.
    phone = door.phone(skew=-timedelta(hours=2))
    phone.scan(door.each, door.codes[0])

    receipt = door.receive(phone)

    assert receipt.is_flagged
    assert receipt.answers[0].result["verdict"] == "welcome"


@pytest.mark.parametrize("skew_days", [-3 * 365, 0, 1])
def test_the_server_crosses_midnight_and_the_year_between_scan_and_sending(door, skew_days):
    door.now = datetime(2026, 12, 31, 23, 40, tzinfo=ZoneInfo("Asia/Jakarta"))
    door.open(door.now.date(), at=(None, None))
    phone = door.phone(skew=timedelta(days=skew_days))
    phone.scan(door.each, door.codes[0])
    scanned_at = door.now
    door.wait(minutes=45)

    (result,) = door.results(phone)

    attendance = Attendance.objects.get()
    assert result["verdict"] == "welcome"
    assert attendance.at == scanned_at
    assert attendance.session.on.isoformat() == "2026-12-31"


@pytest.mark.parametrize(
    ("hour", "minute", "verdict", "why"),
    [
        (6, 59, "not_allowed", "too-early"),
        (7, 0, "welcome", ""),
        (8, 0, "welcome", ""),
        (13, 0, "welcome", ""),
        (13, 1, "not_allowed", "too-late"),
    ],
)
def test_the_door_is_open_an_hour_before_and_after_by_the_true_time(
    door, skew, hour, minute, verdict, why
):
    door.now = door.now.replace(hour=hour, minute=minute)
    phone = door.phone(skew=skew)
    phone.scan(door.each, door.codes[0])
    door.wait(hours=9)

    (result,) = door.results(phone)

    assert (result["verdict"], result["why"]) == (verdict, why)
    assert result["attendance"]


@pytest.mark.parametrize(
    "clock",
    [
        "",
        "yesterday",
        None,
        5,
        "2026-03-02T08:45:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_a_clock_that_says_nothing_refuses_nobody(door, clock):
    phone = door.phone()
    envelope = phone.scan(door.each, door.codes[0])
    envelope |= {"at": clock, "mono": None}

    (result,) = door.results(phone)

    assert result["verdict"] == "welcome"
