"""The interval of a share stays inside 0 to 1, holds the share, and narrows with more trials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.methods.shares import wilson


@given(st.data(), st.integers(1, 10_000))
def test_the_interval_holds_the_share_and_stays_inside(data, trials):
    hits = data.draw(st.integers(0, trials))
    low, high = wilson(hits, trials)

    assert 0 <= low <= hits / trials + 1e-12
    assert hits / trials - 1e-12 <= high <= 1
    assert low < high


@given(st.data(), st.integers(1, 1000))
def test_ten_times_the_trials_narrow_it(data, trials):
    hits = data.draw(st.integers(0, trials))
    low, high = wilson(hits, trials)
    near_low, near_high = wilson(hits * 10, trials * 10)

    assert near_high - near_low < high - low


@given(st.data(), st.integers(1, 1000))
def test_misses_mirror_hits(data, trials):
    hits = data.draw(st.integers(0, trials))
    low, high = wilson(hits, trials)

    assert wilson(trials - hits, trials) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(
    ("hits", "trials", "interval"),
    # Newcombe 1998, Statistics in Medicine 17(8), table I: score method without correction.
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)),
     (1, 29, (0.0061, 0.1718))],
)  # fmt: skip
def test_published_intervals_are_found(hits, trials, interval):
    assert wilson(hits, trials) == pytest.approx(interval, abs=5e-5)


def test_of_no_trial_nothing_is_known():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("hits", "trials"), [(2, 1), (-1, 3)])
def test_more_hits_than_trials_are_refused(hits, trials):
    with pytest.raises(ValueError, match="0 <= hits <= trials"):
        wilson(hits, trials)
