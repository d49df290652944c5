"""Days, hours, trades and the ledger of a week: values in, values out."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.reach import Reach
from jembol.outreach.rules.routes import (
    Candidate,
    Worker,
    asked_by,
    hash_of,
    kept_problem,
    moment_of,
    problem_of,
    second_of,
)
from jembol.outreach.rules.week import (
    Hours,
    Share,
    Terms,
    days_left,
    hour_of,
    skills_of_service,
    trade_of,
    window_of,
    with_multipliers,
)

MONDAY = date(2026, 3, 2)
HOURS = Hours(time(8), time(12), time(13), time(16))
counts = st.integers(0, 10_000)
shares = st.lists(
    st.tuples(counts, counts).map(lambda pair: (max(pair), min(pair))), min_size=1, max_size=12
)


@given(shares)
def test_who_had_less_never_counts_less(pairs):
    told = with_multipliers(Share(key, *pair) for key, pair in enumerate(pairs))

    assert all(0.5 <= one.multiplier <= 4 for one in told)
    known = sorted((one.share, -one.multiplier) for one in told if one.share is not None)
    assert known == sorted(known, key=lambda pair: pair[1]) or not any(s for s, _ in known)


def test_nothing_known_changes_nothing():
    told = with_multipliers([Share(1, 0, 0), Share(2, 0, 0)])

    assert [one.multiplier for one in told] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (MONDAY, 5),
        (MONDAY + timedelta(days=3), 2),
        (MONDAY + timedelta(days=5), 0),
        (MONDAY - timedelta(days=30), 5),
    ],
)
def test_a_week_has_the_working_days_that_are_not_past(today, days):
    assert len(days_left(MONDAY, today)) == days


def test_a_holiday_is_no_day_of_a_plan():
    # New Year's Day of 2026 was a Thursday.
    assert date(2026, 1, 1) not in days_left(date(2025, 12, 29), date(2025, 12, 29))


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        (("Toko kelontong", ""), "shop"),
        (("Membuat kue kering", "nastar"), "cook"),
        (("Warung makan",), "cook"),
        (("Menjahit", "baju"), "other"),
        (("Tokoh masyarakat",), "other"),
        (("",), "other"),
    ],
)
def test_a_trade_is_read_from_whole_words(words, trade):
    assert trade_of(*words) == trade


def test_cooks_have_time_in_the_afternoon_and_shopkeepers_in_the_morning():
    terms = Terms()

    assert window_of(trade_of("kue"), terms) == (13 * 60, 16 * 60)
    assert window_of(trade_of("toko"), terms) == (8 * 60, 11 * 60)
    assert window_of(trade_of("jahit"), terms) is None


@given(st.integers(0, 50))
def test_slack_shortens_each_half_and_never_turns_it_round(slack):
    for (low, high), (begin, whole) in zip(HOURS.halves(slack), HOURS.halves(0), strict=True):
        assert begin == low < high <= whole
        assert (whole - high) * 100 <= slack * (whole - begin)


def test_the_skilled_of_a_service_day_come_first_and_others_help():
    assert skills_of_service(["nib", "consultation", "haircut"], 4) == ("licence", "hair", "", "")
    assert skills_of_service(["nib", "haircut"], 1) == ("licence", "hair")


@given(st.integers(0, 4), st.integers(0, 24 * 60 - 1))
def test_the_axis_of_the_week_leads_there_and_back(number, minute):
    day = MONDAY + timedelta(days=number)

    assert moment_of(MONDAY, second_of(MONDAY, day, minute)) == (day, hour_of(minute))


def test_terms_are_read_as_they_were_kept_and_unknown_ones_left():
    kept = Terms(area_minutes=45).kept()

    assert Terms.read({**kept, "older": 1}) == Terms(area_minutes=45)
    assert Terms.read({}) == Terms()


def problem(**changes):
    worker = Worker(7, (-7.95, 112.61), (HOURS,) * 7, frozenset({"hair"}), "foot")
    stop = Candidate(
        ref="area:1", kind="area", area=3573051004003000, point=(-7.96, 112.62), minutes=60, need=40
    )
    given = {
        "starts_on": MONDAY,
        "days": [MONDAY],
        "terms": Terms(),
        "multipliers": {3573050000000000: 2.0},
    }
    return kept_problem([worker], [stop], **{**given, **changes})


def test_a_visit_is_worth_its_need_times_what_its_kecamatan_counts():
    (stop,) = problem_of(problem()).stops

    assert stop.prize == 40 * 2 * 10 * 60
    assert problem_of(problem(multipliers={})).stops[0].prize == 40 * 10 * 60


def test_the_search_leaves_the_slack_free_and_a_person_may_use_it():
    searched, by_hand = problem_of(problem(), with_slack=False), problem_of(problem())

    assert searched.officers[0].shifts == ((28800, 42060), (46800, 56760))
    assert by_hand.officers[0].shifts == ((28800, 43200), (46800, 57600))


def test_who_is_away_has_empty_shifts_that_keep_their_numbers():
    (away,) = problem_of(problem(), away=[(7, MONDAY)]).officers

    assert away.shifts == ((28800, 28800), (46800, 46800))


def test_who_goes_on_foot_takes_longer():
    (officer,) = problem_of(problem()).officers

    assert officer.travel_percent == 375


def test_the_digest_tells_problems_apart():
    assert hash_of(problem()) == hash_of(problem())
    assert hash_of(problem()) != hash_of(problem(multipliers={}))


def test_nobody_is_sent_where_their_duty_does_not_reach():
    dinoyo, purwantoro = 3573051004003000, 3573011009002000
    stops = [
        Candidate(ref=f"area:{key}", kind="area", area=key, point=(-7.96, 112.62), minutes=60)
        for key in (dinoyo, purwantoro)
    ]
    hours = (HOURS,) * 7
    own = Worker(1, (-7.95, 112.61), hours, frozenset(), "foot", Reach.of([dinoyo]))
    whole = Worker(2, (-7.95, 112.61), hours, frozenset(), "foot")
    kept = kept_problem(
        [own, whole], stops, starts_on=MONDAY, days=[MONDAY], terms=Terms(), multipliers={}
    )

    made = problem_of(kept)

    may = {one.id: one.skills for one in made.officers}
    here, there = made.stops
    assert here.skill is None
    assert there.skill is not None
    assert there.skill not in may["1"]
    assert there.skill in may["2"]
    assert asked_by(there.skill) == ("", True)
    assert asked_by("hair") == ("hair", False)
