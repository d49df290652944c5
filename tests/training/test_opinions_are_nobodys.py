"""Opinions: kept without a person, told only where nobody can be guessed."""

import pytest
from django.db import connection

from city import system
from jembol.journal.models import Fact
from jembol.training import actions, errors
from jembol.training.models import MentorOpinion, Opinion
from jembol.training.queries.opinions import is_opinion_code, opinion_code, opinion_summary
from jembol.training.rules.aftermath import FEW_OPINIONS, scale
from training.classroom import open_class

FINE = {"useful": 5, "clear": 4, "place": 3}


@pytest.fixture
def opened(areas):
    return open_class(areas.dinoyo, mentors=["Bu Ratna", "Pak Joko"])


def say(opened, scales=FINE, mentors=None, **words):
    first = opened.mentors.order_by("pk").first()
    mentors = {first.pk: 5} if mentors is None else mentors
    return actions.give_opinion(
        training_class=opened, scales=scales, mentors=mentors, by=system(), **words
    )


@pytest.mark.parametrize(
    "scales", [{}, {**FINE, "useful": 0}, {**FINE, "clear": 6}, {"useful": 5, "clear": 4}]
)
def test_off_the_scale_is_refused(opened, scales):
    with pytest.raises(errors.OffTheScale):
        say(opened, scales)

    assert Opinion.objects.count() == 0


def test_the_database_keeps_the_scales_too(opened):
    with pytest.raises(Exception, match="opinion_is_on_its_scales"):
        Opinion.objects.create(training_class=opened, useful=9, clear=1, place=1, on="2026-02-24")


def test_a_mentor_of_another_class_is_refused(areas, opened):
    other = open_class(areas.dinoyo, mentors=["Bu Sari"]).mentors.get()

    with pytest.raises(errors.NotOfThisClass):
        say(opened, mentors={other.pk: 5})

    assert MentorOpinion.objects.count() == 0


def test_below_five_nothing_is_told(opened):
    for _time in range(FEW_OPINIONS - 1):
        say(opened, liked="Enak", better="Kursi")

    told = opinion_summary(opened)

    assert told.count == FEW_OPINIONS - 1
    assert {one.mean for _question, one in told.scales} == {None}
    assert told.mentors[0][1].mean is None
    assert told.words == ()


def test_from_five_on_figures_and_words_are_told_and_not_in_their_order(opened):
    for number in range(FEW_OPINIONS):
        say(opened, liked=f"Baik {9 - number}")

    told = opinion_summary(opened)

    assert [one.mean for _question, one in told.scales] == [5, 4, 3]
    assert told.mentors == (("Bu Ratna", scale([5] * 5)),)
    assert [liked for liked, _better in told.words] == [f"Baik {n}" for n in (5, 6, 7, 8, 9)]


def test_nothing_leads_from_an_opinion_to_a_person(opened):
    say(opened)

    columns = connection.introspection.get_table_description(
        connection.cursor(), "training_opinion"
    )
    fact = Fact.objects.get(event="training.opinion.given")

    assert not {"registration_id", "person_id", "at"} & {column.name for column in columns}
    assert (fact.person_id, fact.about_id) == (None, str(opened.pk))


def test_the_word_of_the_address_opens_one_class_only(areas, opened):
    assert is_opinion_code(opinion_code(opened), opened)
    assert not is_opinion_code(opinion_code(opened), open_class(areas.dinoyo))


def test_a_mentor_who_was_judged_stays_in_the_class_and_the_class_stays(opened):
    say(opened)

    with pytest.raises(errors.MentorJudged, match="Bu Ratna"):
        actions.choose_mentors(training_class=opened, mentors=["Pak Joko"], by=system())
    with pytest.raises(errors.ClassInUse):
        actions.remove_class(training_class=opened, by=system(), why="Salah")

    assert opened.mentors.count() == 2
