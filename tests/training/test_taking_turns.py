"""A class takes the hours of its hall and mentors, and frees them when it does not need them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from city import by, system
from jembol.journal.models import Fact
from jembol.training import actions, errors
from jembol.training.models import Class, MentorTurn, VenueTurn
from jembol.training.rules import Day, span_of
from training.planned import MONDAY, at, mentor, moment, plan_class, venue

TUESDAY = MONDAY + timedelta(days=1)


def test_a_hall_is_refused_with_the_other_class_the_day_the_hours_and_the_remedy(areas):
    hall = venue(areas.dinoyo)
    plan_class(areas.dinoyo, at("08-12"), title="Bordir pagi", venue=hall)

    with pytest.raises(errors.VenueTaken) as refused:
        plan_class(areas.dinoyo, at("11-13"), venue=hall)

    told = str(refused.value)
    for words in (hall.name, "Bordir pagi", "2026", "08.00–12.00", "venue"):
        assert words in told
    assert refused.value.code == "venue-taken"
    assert Class.objects.count() == 1


def test_a_mentor_is_refused_with_the_other_class(areas):
    who = mentor(areas.dinoyo, "Bu Wartini")
    plan_class(areas.dinoyo, at("08-12"), title="Bordir pagi", mentors=[who])

    with pytest.raises(errors.MentorTaken, match=r"Bu Wartini.*Bordir pagi"):
        plan_class(areas.purwantoro, at("09-10"), mentors=[who])


def test_a_class_outside_the_reach_is_not_named(areas, officers):
    hall = venue(areas.dinoyo)
    who = mentor(areas.malang)
    plan_class(areas.kauman_malang, at("08-12"), title="Rahasia", mentors=[who])
    by_dinoyo = by(officers["lapangan.dinoyo"], "training.attend")

    with pytest.raises(errors.MentorTaken) as refused:
        plan_class(areas.dinoyo, at("08-12"), venue=hall, mentors=[who], by=by_dinoyo)

    assert "Rahasia" not in str(refused.value)


def test_a_refused_class_leaves_no_row_and_no_fact(areas):
    hall = venue(areas.dinoyo)
    plan_class(areas.dinoyo, at("08-12"), venue=hall)
    before = Fact.objects.count()

    with pytest.raises(errors.VenueTaken):
        plan_class(areas.dinoyo, at("08-12"), venue=hall)

    assert (Class.objects.count(), VenueTurn.objects.count()) == (1, 1)
    assert Fact.objects.count() == before


def test_the_next_class_begins_when_one_ends(areas):
    hall, who = venue(areas.dinoyo), mentor(areas.dinoyo)

    for hours in ("08-10", "10-12", "12-14"):
        plan_class(areas.dinoyo, at(hours), venue=hall, mentors=[who])

    assert (VenueTurn.objects.count(), MentorTurn.objects.count()) == (3, 3)


def test_a_cancelled_class_frees_its_hall_and_mentor(areas):
    hall, who = venue(areas.dinoyo), mentor(areas.dinoyo)
    first = plan_class(areas.dinoyo, at("08-12"), venue=hall, mentors=[who])

    actions.cancel(training_class=first, why="Banjir", by=system())

    assert plan_class(areas.dinoyo, at("08-12"), venue=hall, mentors=[who])


def test_a_cancelled_day_frees_its_hall_and_the_others_stay_taken(areas):
    hall = venue(areas.dinoyo)
    first = plan_class(areas.dinoyo, at("08-12"), at("08-12", TUESDAY), venue=hall)

    actions.cancel_session(session=first.sessions.get(on=MONDAY), why="Banjir", by=system())

    assert plan_class(areas.dinoyo, at("08-12"), venue=hall)
    with pytest.raises(errors.VenueTaken):
        plan_class(areas.dinoyo, at("08-12", TUESDAY), venue=hall)


def test_a_removed_class_frees_its_hall(areas):
    hall = venue(areas.dinoyo)
    first = plan_class(areas.dinoyo, at("08-12"), venue=hall)

    actions.remove_class(training_class=first, by=system(), why="Salah")

    assert plan_class(areas.dinoyo, at("08-12"), venue=hall)


def test_another_hall_for_the_whole_class_frees_the_old_one_and_must_be_free(areas):
    old, new = venue(areas.dinoyo), venue(areas.dinoyo, "Aula (contoh)")
    first = plan_class(areas.dinoyo, at("08-12"), venue=old)
    plan_class(areas.dinoyo, at("09-10"), title="Bordir", venue=new)

    with pytest.raises(errors.VenueTaken, match="Bordir"):
        actions.change_class(training_class=first, changes={"venue": new}, by=system())
    actions.change_class(training_class=first, changes={"venue": None}, by=system())

    assert not VenueTurn.objects.filter(venue=old).exists()


def test_a_class_that_a_source_reports_takes_no_turn(areas):
    hall = venue(areas.dinoyo)

    for title in ("A", "B"):
        plan_class(areas.dinoyo, at("08-12"), title=title, venue=hall, source="Laporan pers")

    assert not VenueTurn.objects.exists()


def test_two_classes_without_hours_share_no_hall_and_hours_make_room(areas):
    hall = venue(areas.dinoyo)
    plan_class(areas.dinoyo, Day(MONDAY), venue=hall)

    with pytest.raises(errors.VenueTaken, match="hours not given"):
        plan_class(areas.dinoyo, Day(MONDAY), venue=hall)

    assert plan_class(areas.dinoyo, at("08-12"), venue=hall)


def test_turns_are_moments_on_the_clocks_of_the_city(areas):
    hall = venue(areas.dinoyo)

    plan_class(areas.dinoyo, at("06-08"), venue=hall)

    turn = VenueTurn.objects.get()
    assert (turn.starts_at, turn.ends_at) == (moment(6), moment(8))


def test_hours_over_midnight_end_on_the_next_day():
    late = span_of(at("22-02"), ZoneInfo("Asia/Jakarta"))

    assert late.ends_at == moment(2, TUESDAY)
    assert late.has_hours


def test_a_day_without_both_hours_lasts_from_midnight_to_midnight():
    whole = span_of(Day(date(2026, 4, 6), at("08-12").starts_at), ZoneInfo("Asia/Jakarta"))

    assert (whole.starts_at, whole.ends_at) == (moment(0), moment(0, TUESDAY))
    assert not whole.has_hours


@pytest.mark.parametrize("year", [1, 1944, 2101, 9999])
def test_a_year_in_which_no_class_is_given_is_refused(areas, year):
    with pytest.raises(errors.BadDays, match="Check the year"):
        plan_class(areas.dinoyo, Day(date(year, 12, 31)))
