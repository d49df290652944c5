"""A city sets its weights and its promise by day; estimates name their source."""

from datetime import date, timedelta

import pytest

from city import NOW, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.outreach import actions, errors, events
from jembol.outreach.models import AreaEstimate, NeedWeights
from jembol.outreach.queries import weighing_of
from jembol.outreach.rules import PARTS, Weight

TODAY = NOW.date()
GIVEN = {"weights": {"months": Weight(3, 6)}, "unknown_percent": 0, "promise_days": 60}


def set_weights(city, **more):
    given = {**GIVEN, "starts_on": TODAY, "why": "Rapat 2 Maret", "by": system(), **more}
    return actions.set_need_weights(city=city, **given)


def test_where_nothing_is_set_the_published_defaults_hold(areas):
    found = weighing_of(areas.malang.key, TODAY)

    assert set(found.weights) == {part.name for part in PARTS}
    assert (found.total, found.starts_on) == (100, None)


def test_a_past_day_keeps_the_weights_that_held_on_it(areas):
    set_weights(areas.malang)
    set_weights(areas.malang, promise_days=30, starts_on=TODAY + timedelta(10))

    before, after = (weighing_of(areas.malang.key, TODAY + timedelta(days)) for days in (9, 10))

    assert (before.promise_days, after.promise_days) == (60, 30)
    assert after.promised_since == TODAY


def test_the_journal_keeps_what_held_before(areas):
    set_weights(areas.malang)
    set_weights(areas.malang, promise_days=90)

    fact = Fact.objects.filter(event=events.WEIGHTS_SET).latest("seq")
    assert (fact.why, fact.details["promise_days"]) == ("Rapat 2 Maret", [60, 90])
    assert NeedWeights.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"months": Weight(0, 6)}},
        {"weights": {"months": Weight(101, 6)}},
        {"weights": {"months": Weight(1, 0)}},
        {"weights": {"luck": Weight(1, 1)}},
        {"unknown_percent": 101},
        {"promise_days": 13},
    ],
)
def test_what_cannot_be_weighed_is_refused(areas, wrong):
    with pytest.raises(errors.WeightImpossible):
        set_weights(areas.malang, **wrong)


def test_days_that_are_over_are_not_weighed_anew(areas):
    with pytest.raises(errors.DayPassed):
        set_weights(areas.malang, starts_on=TODAY - timedelta(1))


def test_nobody_weighs_for_another_city(areas, officers):
    with pytest.raises(OutOfReach):
        set_weights(areas.mojokerto, by=by(officers["pelatihan"], "outreach.policy"))


def test_an_estimate_is_kept_with_source_and_day_and_corrected_by_the_same(areas):
    told = {"unit": "enterprises", "as_of": date(2026, 1, 1), "source": "Pendataan kelurahan"}
    actions.note_estimates(numbers=[(areas.dinoyo_rw, 40)], by=system(), **told)
    actions.note_estimates(numbers=[(areas.dinoyo_rw, 44)], by=system(), **told)

    row = AreaEstimate.objects.get()
    assert (row.number, row.source) == (44, "Pendataan kelurahan")
    assert Fact.objects.filter(event=events.ESTIMATE_NOTED).count() == 2


def test_an_estimate_of_a_city_is_refused(areas):
    with pytest.raises(errors.EstimateImpossible):
        actions.note_estimates(
            numbers=[(areas.malang, 40)], unit="enterprises", as_of=date(2026, 1, 1),
            source="Kira-kira", by=system(),
        )  # fmt: skip
