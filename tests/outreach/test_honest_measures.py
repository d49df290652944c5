"""Visited, met, needs met within thirty days: each a number out of a number, or not yet told."""

from datetime import date, timedelta

from doors import need, noon, promise, referral, visit

from city import system
from jembol.kit.period import Period
from jembol.kit.reach import Reach
from jembol.outreach.queries import (
    measures_of,
    monday_of,
    open_promises,
    open_referrals,
    totals_of,
    week_of,
)
from jembol.registry import actions as registry

TODAY = date(2026, 3, 31)
QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))


def everywhere(areas):
    return Reach((areas.malang.span,))


def measured(areas, period=QUARTER, on=TODAY):
    return {row.key: row for row in measures_of(everywhere(areas), period, on)}


def test_met_is_a_share_of_all_visits_and_counts_people_once(areas, officers):
    person = registry.enrol(
        details=registry.PersonDetails(name="Warga Uji", area=areas.dinoyo_rt), by=system()
    )
    for place, outcome in ((areas.dinoyo_rt, "met"), (areas.dinoyo_rw, "met")):
        visit(place, officers["lapangan"], TODAY, outcome=outcome, person=person)
    visit(areas.dinoyo_rw, officers["lapangan"], TODAY, outcome="not_home")

    row = measured(areas)[areas.dinoyo_rw.key]

    assert (row.met.part, row.met.whole, row.people) == (2, 3, 1)


def test_a_need_counts_when_its_thirty_days_are_over(areas, officers):
    def told(on, met_after=None):
        of = visit(areas.dinoyo_rw, officers["lapangan"], on)
        need(of, met_at=noon(on + timedelta(met_after)) if met_after is not None else None)

    told(date(2026, 1, 10), met_after=30)
    told(date(2026, 1, 10), met_after=31)
    told(date(2026, 1, 10))
    told(date(2026, 3, 20), met_after=1)

    row = measured(areas)[areas.dinoyo_rw.key]

    assert (row.needs.part, row.needs.whole, row.needs.open) == (1, 3, 1)


def test_without_anything_to_share_there_is_no_share(areas, officers):
    visit(areas.dinoyo_rw, officers["lapangan"], TODAY)

    row = measured(areas)[areas.dinoyo_rw.key]

    assert row.needs.share is None


def test_the_sums_are_the_rows_added_up(areas, officers):
    for place in (areas.dinoyo_rw, areas.purwantoro):
        need(visit(place, officers["lapangan"], date(2026, 1, 10)))

    met, needs = totals_of(measured(areas).values())

    assert (met.part, met.whole, needs.part, needs.whole) == (2, 2, 0, 2)


def test_other_days_do_not_count(areas, officers):
    visit(areas.dinoyo_rw, officers["lapangan"], date(2025, 12, 31))

    assert measured(areas) == {}


def test_the_week_is_told_by_officer_and_by_kelurahan(areas, officers):
    monday = monday_of(TODAY)
    visit(areas.dinoyo_rw, officers["lapangan"], monday)
    visit(areas.purwantoro, officers["lapangan"], monday + timedelta(6), outcome="moved")
    visit(areas.dinoyo, officers["lapangan.dinoyo"], monday + timedelta(1))
    visit(areas.dinoyo, officers["lapangan.dinoyo"], monday + timedelta(7))

    weeks, places = week_of(everywhere(areas), monday)

    assert [(one.officer, one.visits, one.met) for one in weeks] == [
        (officers["lapangan"].pk, 2, 1),
        (officers["lapangan.dinoyo"].pk, 1, 1),
    ]
    assert places == {areas.dinoyo.key: 2, areas.purwantoro.key: 1}


def test_only_what_waits_is_listed_the_longest_first(areas, officers):
    first, second, third = (
        visit(areas.dinoyo_rw, officers["lapangan"], date(2026, 1, day)) for day in (10, 11, 12)
    )
    late, later = promise(first, date(2026, 2, 2)), promise(second, date(2026, 2, 1))
    promise(third, date(2026, 1, 20), kept_at=noon(TODAY))
    waits = referral(first)
    referral(second, state="lapsed", closed_at=noon(TODAY))

    assert list(open_promises(everywhere(areas))) == [later, late]
    assert list(open_referrals(everywhere(areas))) == [waits]
