"""What the need of an RW is made of, and that it costs few queries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from doors import need, noon, promise, referral, rw, visit

from city import NOW, system
from jembol.kit.nib import Nib
from jembol.kit.reach import Reach
from jembol.outreach.models import (
    AreaEstimate,
    GatheredWish,
    Gathering,
    NeedWeights,
    Reply,
    Wish,
)
from jembol.outreach.queries import needs_of
from jembol.outreach.rules import PARTS
from jembol.registry import actions as registry
from jembol.registry.choices import KbliEdition

TODAY = date(2026, 3, 2)
EARLY = replace(system(), at=noon(date(2026, 1, 5)))


def enrol(area, number=1, prefix="Warga"):
    rows = [registry.PersonDetails(name=f"{prefix} {n:03d}", area=area) for n in range(number)]
    return registry.enrol_many(rows, by=EARLY)


def needs_in(area, on=TODAY):
    return {need.area: need for need in needs_of(Reach((area.span,)), on)}


def test_every_kelurahan_is_a_row_and_one_with_rw_is_its_rw(areas):
    rows = needs_in(areas.malang)

    assert len(rows) == 57
    assert areas.dinoyo_rw.key in rows
    assert areas.dinoyo.key not in rows


def test_people_without_an_rw_stand_in_a_row_of_their_kelurahan(areas):
    enrol(areas.dinoyo, 3)
    enrol(areas.dinoyo_rt, 2)

    rows = needs_in(areas.malang)

    assert (rows[areas.dinoyo.key].known, rows[areas.dinoyo.key].is_rest) == (3, True)
    assert (rows[areas.dinoyo_rw.key].known, rows[areas.dinoyo_rw.key].is_rest) == (2, False)


def test_the_parts_add_up_to_the_score_and_no_part_is_left_out(areas):
    enrol(areas.dinoyo_rw, 12)

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert set(row.parts) == {part.name for part in PARTS}
    assert row.score == round(sum(row.parts.values()), 1)
    assert row.counts["unreached"] == 12


def test_who_was_met_or_came_to_a_class_is_reached(areas, officers):
    met, missed, _other = enrol(areas.dinoyo_rw, 3)
    visit(areas.dinoyo_rw, officers["lapangan"], TODAY, person=met)
    visit(areas.dinoyo_rw, officers["lapangan"], TODAY, person=missed, outcome="not_home")

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert (row.known, row.unreached) == (3, 2)


def test_the_estimate_stays_unknown_until_a_source_tells_it(areas):
    before = needs_in(areas.malang)[areas.dinoyo_rw.key]
    AreaEstimate.objects.create(
        area=areas.dinoyo_rw, unit="enterprises", number=40, as_of=TODAY,
        source="Pendataan RW", entered_at=NOW,
    )  # fmt: skip

    after = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert (before.estimated, before.counts["uncounted"]) == (None, None)
    assert (after.estimated, after.counts["uncounted"]) == (40, 100.0)


def test_an_estimate_of_a_kelurahan_is_not_shared_out_among_its_rw(areas):
    enrol(areas.dinoyo, 1)
    AreaEstimate.objects.create(
        area=areas.dinoyo, unit="enterprises", number=40, as_of=TODAY,
        source="Pendataan kelurahan", entered_at=NOW,
    )  # fmt: skip

    rows = needs_in(areas.malang)

    assert rows[areas.dinoyo_rw.key].estimated is None
    assert rows[areas.dinoyo.key].estimated == 40


def test_the_last_visit_counts_whatever_was_found(areas, officers):
    on = TODAY - timedelta(days=61)
    visit(areas.dinoyo_rt, officers["lapangan"], on, outcome="closed")

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert (row.last_visit, row.days_since) == (on, 61)
    assert round(row.counts["months"], 1) == 2.0


def test_a_share_of_deciles_is_told_of_five_people_at_least(areas):
    five = enrol(areas.dinoyo_rw, 5)
    for person, decile in zip(five[:4], (1, 2, 9, 9), strict=True):
        registry.note_decile(
            person=person, decile=decile, as_of=date(2026, 1, 1), source="DTSEN", by=EARLY
        )
    before = needs_in(areas.malang)[areas.dinoyo_rw.key]
    registry.note_decile(person=five[4], decile=3, as_of=date(2026, 1, 1), source="DTSEN", by=EARLY)

    after = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert before.counts["deciles"] is None
    assert after.counts["deciles"] == 60.0


def test_the_word_on_one_of_a_household_holds_for_the_others(areas):
    people = enrol(areas.dinoyo_rw, 6)
    house = registry.form_household(area=areas.dinoyo_rw, members=people, by=EARLY)
    registry.note_decile(
        person=people[0], decile=2, as_of=date(2026, 1, 1), source="DTSEN", by=EARLY
    )

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert house.pk
    assert (row.mix.told, row.mix.poor) == (6, 6)


@pytest.mark.parametrize(
    ("details", "counts"),
    [
        ({"kbli": "10710", "kbli_edition": KbliEdition.KBLI_2020}, 1),
        ({"kbli": "14120", "kbli_edition": KbliEdition.KBLI_2020, "product": "kue"}, 0),
        ({"product": "Keripik tempe"}, 1),
        ({"product": "Kebaya"}, 0),
        ({"product": "Keripik tempe", "nib": Nib.parse("9120001234567")}, 0),
    ],
)
def test_a_food_maker_without_nib_is_told_by_kbli_or_else_by_words(areas, details, counts):
    (owner,) = enrol(areas.dinoyo_rw)
    told = registry.EnterpriseDetails(name="Usaha Uji", area=areas.dinoyo_rw, **details)
    registry.add_enterprise(details=told, owners=[owner], by=EARLY)

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert row.counts["food"] == counts


def test_the_reasons_begin_with_the_weightiest_and_end_with_the_unknown(areas):
    enrol(areas.dinoyo_rw, 40)

    row = needs_in(areas.malang)[areas.dinoyo_rw.key]

    assert row.why[:2] == ("40 people not reached yet", "never visited")
    assert [why.startswith("not known") for why in row.why] == [False, False, True, True]


def test_what_waits_is_counted_as_of_the_day(areas, officers):
    then = visit(areas.dinoyo_rw, officers["lapangan"], date(2026, 1, 10))
    need(then, met_at=noon(date(2026, 2, 10)))
    referral(then, state="answered", closed_at=noon(date(2026, 2, 10)))
    promise(then, date(2026, 1, 20), kept_at=noon(date(2026, 2, 10)))

    during = needs_in(areas.malang, date(2026, 2, 1))[areas.dinoyo_rw.key]
    after = needs_in(areas.malang, date(2026, 2, 11))[areas.dinoyo_rw.key]

    names = ("needs", "referrals", "promises")
    assert [during.counts[name] for name in names] == [1, 1, 1]
    assert [after.counts[name] for name in names] == [0, 0, 0]


def test_a_wish_waits_until_it_is_answered_or_withdrawn(areas):
    def wish(words, withdrawn_at=None):
        return Wish.objects.create(
            area=areas.dinoyo_rt, kind="tool", words=words, said=words, source="rt_head",
            year=2026, told_at=noon(date(2026, 1, 10)), withdrawn_at=withdrawn_at,
        )  # fmt: skip

    answered = wish("oven")
    wish("mesin jahit", withdrawn_at=noon(date(2026, 2, 10)))
    wish("kelas kue")
    gathering = Gathering.objects.create(
        area=areas.dinoyo_rt, kind="tool", made_at=noon(date(2026, 2, 10))
    )
    GatheredWish.objects.create(gathering=gathering, wish=answered, at=gathering.made_at)
    Reply.objects.create(gathering=gathering, kind="tool", words="Ya", at=gathering.made_at)

    before, after = (
        needs_in(areas.malang, on)[areas.dinoyo_rw.key].counts["wishes"]
        for on in (date(2026, 2, 1), date(2026, 2, 11))
    )

    assert (before, after) == (3, 1)


def test_the_promise_runs_from_the_last_visit_but_not_from_before_it_was_made(areas, officers):
    NeedWeights.objects.create(
        city=areas.malang, starts_on=date(2026, 1, 1), parts={"months": [1, 12]},
        unknown_percent=50, promise_days=60, set_at=NOW,
    )  # fmt: skip
    visit(areas.dinoyo_rw, officers["lapangan"], date(2026, 2, 1))

    rows = needs_in(areas.malang)

    assert rows[areas.dinoyo_rw.key].due_by == date(2026, 4, 2)
    never = rows[areas.purwantoro.key]
    assert (never.due_by, never.is_overdue) == (date(2026, 3, 2), False)
    assert needs_in(areas.malang, date(2026, 3, 3))[areas.purwantoro.key].is_overdue


def test_a_reader_sees_no_area_and_no_row_outside_their_duty(areas, officers):
    enrol(areas.purwantoro, 4)
    enrol(areas.dinoyo_rw, 2)

    rows = needs_of(Reach((areas.dinoyo_rw.span,)), TODAY)

    assert [(row.area, row.known) for row in rows] == [(areas.dinoyo_rw.key, 2)]


def test_ten_times_the_areas_and_people_cost_no_more_queries(areas, officers):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            needs_of(Reach((areas.malang.span,)), TODAY)
        return len(captured)

    one = enrol(areas.dinoyo_rw)[0]
    registry.note_decile(person=one, decile=1, as_of=TODAY, source="DTSEN", by=system())
    need(visit(areas.dinoyo_rw, officers["lapangan"], TODAY, person=one))
    few = asked()
    for number in range(4, 14):
        place = rw(areas.dinoyo, number)
        for person in enrol(place, 3, f"Orang {number}"):
            need(visit(place, officers["lapangan"], TODAY, person=person))

    assert asked() == few
