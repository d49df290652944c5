"""No area stays unvisited longer than promised: over a year, whatever the scores say."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jembol.outreach.rules.fairness import Waiting, choose

START = date(2026, 1, 5)
WEEKS = 52


def enough(areas, promise_days):
    """Visits a week that the rule itself asks for."""
    waiting = [Waiting(key, START + timedelta(promise_days), 0.0) for key in range(areas)]
    return choose(waiting, on=START, capacity=0, promise_days=promise_days).needed


def lived(rng, *, areas, promise_days, capacity, floor=True):
    """Plan a year of weeks; return the greatest number of days anybody waited, and the choices."""
    last = dict.fromkeys(range(areas), START)
    # Whoever counts least counts least all year: the score alone would never send anybody there.
    scores = {key: float(key) for key in range(areas)}
    longest, choices = 0, []
    for week in range(WEEKS):
        monday = START + timedelta(weeks=week)
        waiting = [
            Waiting(key, day + timedelta(promise_days), scores[key]) for key, day in last.items()
        ]
        choice = choose(
            waiting, on=monday, capacity=capacity, promise_days=promise_days, floor=floor
        )
        choices.append(choice)
        for one in choice.chosen:
            until = 6 if one.by is None else max(0, min(6, (one.by - monday).days))
            day = monday + timedelta(rng.randint(0, until))
            longest = max(longest, (day - last[one.key]).days)
            last[one.key] = day
    end = START + timedelta(weeks=WEEKS)
    return max(longest, *((end - timedelta(1) - day).days for day in last.values())), choices


years = st.fixed_dictionaries({"areas": st.integers(1, 40), "promise_days": st.integers(14, 200)})


@settings(max_examples=60)
@given(year=years, spare=st.integers(0, 3), rng=st.randoms(use_true_random=False))
def test_with_enough_visits_nobody_waits_longer_than_promised_all_year(year, spare, rng):
    capacity = enough(**year) + spare

    longest, choices = lived(rng, **year, capacity=capacity)

    assert longest <= year["promise_days"]
    assert all(choice.holds for choice in choices)
    assert not any(choice.broken for choice in choices)


@settings(max_examples=40)
@given(
    areas=st.integers(8, 40),
    promise_days=st.integers(14, 60),
    rng=st.randoms(use_true_random=False),
)
def test_with_the_floor_off_somebody_is_forgotten(areas, promise_days, rng):
    """The negative control: the same year by score alone."""
    capacity = max(1, min(enough(areas, promise_days), areas - 1))

    longest, _choices = lived(
        rng, areas=areas, promise_days=promise_days, capacity=capacity, floor=False
    )

    assert longest > promise_days


@settings(max_examples=40)
@given(areas=st.integers(4, 40), promise_days=st.integers(14, 90), seed=st.integers(0, 200))
def test_with_too_few_visits_it_says_so_and_how_many_it_takes(areas, promise_days, seed):
    needed = enough(areas, promise_days)
    waiting = [
        Waiting(key, START + timedelta((key * seed) % promise_days), float(key))
        for key in range(areas)
    ]

    short = choose(waiting, on=START, capacity=needed - 1, promise_days=promise_days)
    again = choose(waiting, on=START, capacity=short.needed, promise_days=promise_days)

    assert not short.holds
    assert again.holds


def test_the_longest_overdue_comes_first_when_there_is_no_room_for_all():
    waiting = [
        Waiting(1, START - timedelta(3), 90.0),
        Waiting(2, START - timedelta(40), 1.0),
        Waiting(3, START - timedelta(10), 50.0),
    ]

    choice = choose(waiting, on=START, capacity=2, promise_days=60)

    assert choice.keys == (2, 3)
    assert choice.broken == (2, 3, 1)
    assert choice.needed == 3


def test_a_crowd_that_falls_due_together_is_begun_in_time():
    due = START + timedelta(27)
    crowd = [Waiting(key, due, 0.0) for key in range(8)]
    urgent = [Waiting(100 + key, START + timedelta(90), 99.0) for key in range(5)]

    choice = choose([*crowd, *urgent], on=START, capacity=2, promise_days=90)

    # Four plans end by that day, with two visits each: all eight are needed from the first on.
    assert [one.is_floor for one in choice.chosen] == [True, True]


def test_room_that_the_promise_leaves_goes_to_the_most_urgent():
    calm = [Waiting(key, START + timedelta(80), float(key)) for key in range(4)]

    choice = choose(calm, on=START, capacity=2, promise_days=90)

    assert choice.keys == (3, 2)
    assert not any(one.is_floor for one in choice.chosen)


def test_a_day_inside_the_plan_is_told():
    choice = choose([Waiting(1, START + timedelta(2), 0.0)], on=START, capacity=1, promise_days=30)

    assert choice.chosen[0].by == START + timedelta(2)


@pytest.mark.parametrize(("capacity", "promise_days"), [(-1, 30), (3, 13)])
def test_what_no_plan_can_be_is_refused(capacity, promise_days):
    with pytest.raises(ValueError, match="capacity"):
        choose([], on=START, capacity=capacity, promise_days=promise_days)
