"""After a class: who is asked when, what came of it, groups that stay together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city import system
from jembol.kit.reach import Reach
from jembol.registry.models import Membership
from jembol.training import actions, errors
from jembol.training.models import FollowUp, FormedGroup, Outcome
from jembol.training.queries.aftermath import answers_after, due_follow_ups, outcomes
from jembol.training.rules.aftermath import AFTER_DAYS, LAPSES_AFTER, due, windows
from training.classroom import SECOND, enrol, open_class, register, sessions_of, take_roll

TODAY = system().at.date()
LATER = system().at + timedelta(days=400)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.fixture
def seats(areas):
    """Three people in a class of two days; two of them came."""
    opened = open_class(areas.dinoyo)
    found = [register(opened, person) for person in enrol(areas.dinoyo, 3)]
    take_roll(sessions_of(opened)[0], found[:2])
    return found


def due_on(after):
    rows = due_follow_ups(Reach.everywhere(), SECOND + timedelta(days=after))
    return [(row.pk, row.after_days) for row in rows.order_by("pk")]


def answer(seat, after_days=30, **more):
    return actions.note_follow_up(
        registration=seat, after_days=after_days, by=system(LATER), **{"reached": "met", **more}
    )


@given(ended=days, today=days)
def test_the_rule_and_the_windows_say_the_same(ended, today):
    told = due(ended, (), today)
    in_window = [step for step, first, last in windows(today) if first <= ended <= last]

    assert in_window == ([told.after_days] if told else [])


def test_those_who_came_are_due_in_turn_and_nobody_for_ever(seats):
    came = [seat.pk for seat in seats[:2]]

    assert due_on(29) == []
    for step in AFTER_DAYS:
        assert due_on(step) == [(key, step) for key in came]
    assert due_on(LAPSES_AFTER) == [(key, 365) for key in came]
    assert due_on(LAPSES_AFTER + 1) == []


def test_who_answered_is_due_again_only_at_the_next_date(seats):
    answer(seats[0])

    assert due_on(40) == [(seats[1].pk, 30)]
    assert due_on(90) == [(seat.pk, 90) for seat in seats[:2]]


def test_a_class_of_a_candidate_asks_nobody(areas):
    opened = open_class(areas.dinoyo, organiser="candidate")
    seat = register(opened, enrol(areas.dinoyo)[0])
    take_roll(sessions_of(opened)[0], [seat])

    assert due_on(30) == []


def test_an_answer_is_noted_once(seats):
    answer(seats[0])

    with pytest.raises(errors.AlreadyAsked):
        answer(seats[0], reached="refused")

    assert FollowUp.objects.get().reached == "met"


def test_an_answer_before_its_day_is_refused(areas):
    opened = open_class(areas.dinoyo, days=(TODAY - timedelta(days=29),))
    seat = register(opened, enrol(areas.dinoyo)[0])

    with pytest.raises(errors.NotYetDue):
        actions.note_follow_up(registration=seat, after_days=30, reached="met", by=system())


def test_no_sales_known_is_not_no_sales(seats):
    answer(seats[0], monthly_sales=None, uses_it=True)
    answer(seats[1], monthly_sales=0, reached="not_found")

    sales = list(FollowUp.objects.order_by("registration").values_list("monthly_sales", flat=True))
    (told,) = answers_after(seats[0].training_class)

    assert sales == [None, 0]
    assert (told.asked, told.reached, told.use_it, told.told_use, told.told_business) == (
        2, 1, 1, 1, 0,
    )  # fmt: skip


def test_an_outcome_of_tomorrow_is_refused_and_one_of_today_is_kept(seats):
    words = {"registration": seats[0], "kind": "recipe", "what": "Kastengel labu", "by": system()}
    with pytest.raises(Exception, match="day"):
        actions.note_outcome(on=TODAY + timedelta(days=2), **words)

    actions.note_outcome(on=TODAY, **words)

    assert Outcome.objects.get().what == "Kastengel labu"
    assert outcomes(Reach.nowhere()).count() == 0
    assert outcomes(Reach.everywhere()).count() == 1


def test_a_group_comes_out_of_a_class_with_its_head(seats):
    opened = seats[0].training_class

    group = actions.form_group_out(
        training_class=opened,
        name="Kue Dinoyo",
        registrations=[seat.pk for seat in seats],
        head=seats[1].pk,
        by=system(),
    )

    heads = Membership.objects.filter(group=group, is_head=True)
    assert group.memberships.count() == 3
    assert [one.person_id for one in heads] == [seats[1].person_id]
    assert FormedGroup.objects.get().training_class == opened


def test_nobody_chosen_and_a_stranger_form_no_group(areas, seats):
    stranger = register(open_class(areas.dinoyo), enrol(areas.dinoyo, prefix="Tamu")[0])
    for keys, refusal in (([], errors.NobodyChosen), ([stranger.pk], errors.NotOfThisClass)):
        with pytest.raises(refusal):
            actions.form_group_out(
                training_class=seats[0].training_class, name="X", registrations=keys, by=system()
            )

    assert FormedGroup.objects.count() == 0
