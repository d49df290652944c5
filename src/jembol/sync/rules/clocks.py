"""When something happened on a phone whose clock cannot be trusted; values in, values out.

A phone sends two clocks: the one on its screen, which people set, which jumps and which lies in
another zone, and the milliseconds since its page was opened, which only grow. Within one run of
that second clock (`boot`) the time between writing and sending is exact, and the server knows when
it received: so the true time is known whatever the screen says. After a reload or a restart only
the screen's clock is left; it is put right by as much as it was wrong when it sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FLAGGED_SKEW: Final = timedelta(minutes=10)
"""From here on officer and supervisor are told; nothing is refused for its clock."""

LONGEST_RUN: Final = timedelta(days=60)
"""A page that claims to be open for longer has a broken clock."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The two clocks of a device at one moment; either may be missing."""

    at: datetime | None
    mono_ms: float | None
    boot: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """When it really was, and whether that was measured or only put right."""

    at: datetime
    is_exact: bool


def skew_of(sent: Moment, received_at: datetime) -> timedelta:
    """Return by how much the device's clock was ahead when it sent; zero when it told none."""
    return sent.at - received_at if sent.at is not None else timedelta(0)


def is_flagged(skew: timedelta) -> bool:
    """Whether the clock was wrong enough to tell somebody."""
    return abs(skew) > FLAGGED_SKEW


def corrected(written: Moment, sent: Moment, received_at: datetime) -> Corrected:
    """Return when something was written; never later than it was received."""
    run = _run_between(written, sent)
    if run is not None:
        return Corrected(received_at - run, is_exact=True)
    if written.at is None or sent.at is None:
        return Corrected(received_at, is_exact=False)
    try:
        at = written.at - skew_of(sent, received_at)
    except OverflowError:
        at = received_at
    return Corrected(min(at, received_at), is_exact=False)


def in_order_of(moments: Sequence[Corrected]) -> list[datetime]:
    """Return the times of one device's writings in the order it wrote them, so that they fit it.

    A measured time stands. One that was only put right moves between its measured neighbours.
    """
    times = [one.at for one in moments]
    latest: datetime | None = None
    for place, one in enumerate(moments):
        if one.is_exact:
            latest = one.at if latest is None else max(latest, one.at)
        elif latest is not None:
            times[place] = max(times[place], latest)
    soonest: datetime | None = None
    for place in range(len(moments) - 1, -1, -1):
        if moments[place].is_exact:
            soonest = times[place] if soonest is None else min(soonest, times[place])
        elif soonest is not None:
            times[place] = min(times[place], soonest)
    return times


def has_gap_before(seq: int, seen: int) -> bool:
    """Whether an earlier record of the device is missing.

    Args:
        seq: The place of the record, from 1 on.
        seen: How many different places before it have come.
    """
    return seen < seq - 1


def _run_between(written: Moment, sent: Moment) -> timedelta | None:
    if not written.boot or written.boot != sent.boot:
        return None
    if written.mono_ms is None or sent.mono_ms is None:
        return None
    passed = sent.mono_ms - written.mono_ms
    if not 0 <= passed <= LONGEST_RUN / timedelta(milliseconds=1):
        return None
    return timedelta(milliseconds=passed)
