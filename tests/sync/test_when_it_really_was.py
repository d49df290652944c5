"""The time of a phone is put right from its two clocks; values only."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jembol.sync.rules import (
    Corrected,
    Moment,
    corrected,
    has_gap_before,
    in_order_of,
    is_flagged,
    skew_of,
)

SENT = datetime(2026, 12, 31, 16, 59, 50, tzinfo=UTC)
skews = st.timedeltas(timedelta(days=-3 * 365), timedelta(days=3 * 365))
waits = st.timedeltas(timedelta(0), timedelta(days=30))


def written(ago, skew, boot="b"):
    """What a phone with this wrong clock wrote down so long before it sent."""
    run_ms = (timedelta(days=40) - ago) / timedelta(milliseconds=1)
    return Moment(SENT - ago + skew, run_ms, boot)


@given(waits, skews, skews)
def test_within_one_run_the_time_is_exact_whatever_the_clock_says_and_wherever_it_jumps(
    ago, before, after
):
    found = corrected(written(ago, before), written(timedelta(0), after), SENT)

    assert found.is_exact
    assert abs(found.at - (SENT - ago)) < timedelta(milliseconds=1)


@given(waits, skews)
def test_after_a_restart_a_clock_that_is_steadily_wrong_is_put_right(ago, skew):
    found = corrected(written(ago, skew, "old"), written(timedelta(0), skew), SENT)

    assert not found.is_exact
    assert found.at == SENT - ago


@given(waits, skews, skews, st.booleans())
def test_nothing_was_written_after_it_was_received(ago, before, after, same):
    boot = "b" if same else "other"

    assert corrected(written(ago, before, boot), written(timedelta(0), after), SENT).at <= SENT


@given(st.sampled_from(["written", "sent", "both"]))
def test_a_phone_without_a_clock_wrote_when_it_was_received(missing):
    none = Moment(None, None, "")
    first = none if missing in {"written", "both"} else written(timedelta(hours=1), timedelta(0))
    last = none if missing in {"sent", "both"} else written(timedelta(0), timedelta(0))

    assert corrected(first, last, SENT) == Corrected(SENT, is_exact=False)


@given(st.lists(st.tuples(waits, st.booleans()), max_size=12))
def test_times_that_were_only_put_right_never_break_the_order_of_measured_ones(made):
    exact = sorted((ago for ago, is_exact in made if is_exact), reverse=True)
    moments, at = [], iter(exact)
    for ago, is_exact in made:
        moments.append(Corrected(SENT - (next(at) if is_exact else ago), is_exact))

    times = in_order_of(moments)

    for place, one in enumerate(moments):
        assert not one.is_exact or times[place] == one.at
        before = [moments[k].at for k in range(place) if moments[k].is_exact]
        after = [moments[k].at for k in range(place, len(moments)) if moments[k].is_exact]
        assert all(other <= times[place] for other in before)
        assert all(times[place] <= other for other in after)


def test_ten_minutes_are_told_and_less_is_not():
    def skew(minutes):
        return skew_of(Moment(SENT + timedelta(minutes=minutes), None, ""), SENT)

    assert [is_flagged(skew(minutes)) for minutes in (-11, -10, 0, 10, 11)] == [
        True, False, False, False, True,
    ]  # fmt: skip


def test_a_gap_is_a_place_that_has_not_come():
    assert not has_gap_before(1, 0)
    assert not has_gap_before(3, 2)
    assert has_gap_before(3, 1)
