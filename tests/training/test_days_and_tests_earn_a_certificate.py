"""A certificate asks for days that were held, for half of each at least, and for the last test."""

from datetime import time
from decimal import Decimal

import pytest

from city import system
from jembol.kit.reach import Reach
from jembol.training import actions
from jembol.training.queries import certificate_standing, days_held
from jembol.training.rules import Shortfall
from training.certified import class_given
from training.classroom import sessions_of


@pytest.fixture
def given(areas):
    opened = class_given(areas.dinoyo)
    opened.sessions.update(starts_at=time(8), ends_at=time(12))
    return opened


def shortfalls(opened):
    found = certificate_standing(opened, Reach.everywhere()).candidates
    return [one.shortfall for one in found]


def ask_for(opened, *, share="1", score=None):
    actions.set_certificate_rule(
        training_class=opened, least_share=Decimal(share), least_score=score, by=system()
    )


def test_a_day_of_which_half_was_missed_counts_and_less_does_not(given):
    ask_for(given)
    first, second = given.registrations.order_by("person__folded")[:2]
    day = sessions_of(given)[0]
    for seat, minutes in ((first, 120), (second, 119)):
        actions.note_partial_day(
            session=day, registration=seat, minutes=minutes, why="Izin", by=system()
        )

    assert shortfalls(given) == [None, Shortfall.TOO_FEW_DAYS, None]


def test_the_test_after_the_class_decides_where_the_rule_asks_for_it(given):
    ask_for(given, score=60)
    exam = actions.set_exam(training_class=given, moment="post", key="ABCDE", by=system())
    actions.set_exam(training_class=given, moment="pre", key="A", by=system())
    first, second = given.registrations.order_by("person__folded")[:2]
    letters = {first.pk: "ABC--", second.pk: "AB---"}
    actions.note_answers(exam=exam, given=letters, by=system())

    assert shortfalls(given) == [None, Shortfall.SCORE_TOO_LOW, Shortfall.NO_SCORE]


def test_a_cancelled_day_is_asked_of_nobody(areas):
    opened = class_given(areas.dinoyo, came=1)
    ask_for(opened)
    second = sessions_of(opened)[1]
    second.roll.delete()

    assert None not in shortfalls(opened)
    actions.cancel_session(session=second, why="Banjir", by=system())

    assert len(days_held(opened)) == 1
    assert set(shortfalls(opened)) == {None}
