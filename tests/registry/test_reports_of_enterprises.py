"""What sources tell of an enterprise is kept year by year, and never written over."""

from datetime import date

import pytest

from jembol.registry import actions, errors
from jembol.registry.actions import EnterpriseDetails, Telling
from jembol.registry.models import EnterpriseReport
from jembol.registry.telling import known_of

pytestmark = pytest.mark.django_db
DAY, LATER = date(2024, 5, 2), date(2025, 5, 2)


@pytest.fixture
def bakery(ground):
    details = EnterpriseDetails(name="Kue Siti", area=ground.dinoyo)
    return actions.add_enterprise(details=details, owners=[], by=ground.by)


@pytest.fixture
def tell(ground, bakery):
    def tell(values, day=DAY, year=None):
        telling = Telling(bakery, values, year=year or day.year, as_of=day)
        return actions.report(telling=telling, source="SIDT", by=ground.by)

    return tell


def known(bakery):
    return known_of([bakery.pk])[bakery.pk]


def test_a_later_word_stands_beside_the_earlier_one(tell, bakery):
    tell({"sales": 10_000_000})
    tell({"sales": 12_000_000})
    tell({"sales": 15_000_000}, LATER)

    assert list(EnterpriseReport.objects.order_by("pk").values_list("year", "sales")) == [
        (2024, 10_000_000), (2024, 12_000_000), (2025, 15_000_000),
    ]  # fmt: skip
    assert known(bakery).figures(2024) == {"sales": 12_000_000}
    assert known(bakery).newest() == {"sales": 15_000_000}


def test_zero_is_told_and_blank_is_not(tell, bakery):
    row = tell({"paid_men": 0})

    assert (row.paid_men, row.paid_women, row.sales) == (0, None, None)
    assert known(bakery).news({"paid_men": 0}, None) == {}
    assert known(bakery).news({"paid_women": 0}, None) == {"paid_women": (None, 0)}


def test_what_is_told_again_is_no_news_but_of_a_further_year_it_is(tell, bakery):
    tell({"sales": 10_000_000, "scale_label": "Usaha Mikro"})
    told = {"sales": 10_000_000, "scale_label": "Usaha Mikro"}

    assert known(bakery).news(told, None) == {}
    assert known(bakery).news(told, DAY) == {}
    assert known(bakery).news(told, LATER) == {"sales": (None, 10_000_000)}


def test_figures_of_an_older_year_do_not_become_the_newest(tell, bakery):
    tell({"sales": 15_000_000, "scale_label": "Usaha Kecil"}, LATER)
    tell({"sales": 10_000_000, "assets": 1}, LATER, year=2023)

    assert known(bakery).newest() == {"sales": 15_000_000, "scale_label": "Usaha Kecil"}


@pytest.mark.parametrize(
    "values",
    [
        {"sales": -1}, {"paid_men": 10**7}, {"latitude": 91.0, "longitude": 0.0},
        {"latitude": -7.9}, {"start_month": 5}, {"start_year": 2019, "start_month": 13},
        {"start_year": 2999},
        {"paid_men": 1, "paid_disabled_men": 2, "disabled_within": True},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_nothing(tell, values):
    with pytest.raises(errors.FigureImpossible):
        tell(values)

    assert not EnterpriseReport.objects.exists()


def test_disabled_beside_the_others_may_be_more(tell):
    row = tell({"paid_men": 1, "paid_disabled_men": 2, "disabled_within": False})

    assert row.disabled_within is False


def test_a_report_that_nothing_tells_or_of_tomorrow_is_refused(tell):
    with pytest.raises(errors.ValueMissing):
        tell({})
    with pytest.raises(errors.DayInFuture):
        tell({"sales": 1}, date(2026, 11, 22))


def test_withdrawing_takes_exactly_these(ground, tell, bakery):
    first, second = tell({"sales": 10}), tell({"sales": 20})

    actions.withdraw_reports([second.pk], by=ground.by, why="salah ketik")

    assert list(EnterpriseReport.objects.values_list("pk", flat=True)) == [first.pk]
    assert known(bakery).newest() == {"sales": 10}


def test_an_enterprise_with_figures_is_not_removed(ground, tell, bakery):
    tell({"sales": 10})

    with pytest.raises(errors.StillInUse):
        actions.remove_enterprise(enterprise=bakery, by=ground.by, why="dobel")


def test_figures_of_merged_rows_are_gathered(ground, tell, bakery):
    other = actions.add_enterprise(
        details=EnterpriseDetails(name="Kue Bu Siti", area=ground.dinoyo), owners=[], by=ground.by
    )
    tell({"sales": 10})
    actions.report(
        telling=Telling(other, {"assets": 7}, year=2024, as_of=DAY), source="RW", by=ground.by
    )
    type(other).objects.filter(pk=other.pk).update(survivor=bakery)

    assert known(bakery).newest() == {"sales": 10, "assets": 7}
    assert known(other).newest() == {"assets": 7}
