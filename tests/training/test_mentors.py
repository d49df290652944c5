"""Mentors stand on a list once, and give the classes for which they were chosen."""

from datetime import date, timedelta

import pytest

from city import by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.money import Rupiah
from jembol.training import actions, errors, events
from jembol.training.models import Mentor, MentorTurn
from training.planned import MONDAY, at, mentor, plan_class


def chosen(training_class, *mentors):
    rows = actions.choose_mentors(training_class=training_class, mentors=mentors, by=system())
    return [row.name for row in rows]


def test_a_mentor_keeps_what_is_known(areas):
    made = mentor(
        areas.dinoyo,
        " Bu  Wartini ",
        phone="0812-0000-0001",
        expertise="Kue kering",
        honorarium_per_hour=Rupiah(150_000),
    )

    assert (made.name, made.phone) == ("Bu Wartini", "+6281200000001")
    assert made.public_id.startswith("M")
    assert Fact.objects.get(event=events.MENTOR_ADDED).about_id == str(made.pk)


def test_an_officer_stands_on_the_list_once(areas, officers):
    mentor(areas.malang, officer=officers["pendamping"])

    with pytest.raises(errors.MentorKnown, match="Bu Contoh"):
        mentor(areas.malang, "Nama lain", officer=officers["pendamping"])


def test_a_changed_mentor_is_told_and_an_equal_one_is_not(areas):
    who = mentor(areas.dinoyo)
    changes = {"honorarium_per_hour": Rupiah(100_000), "left_on": None}

    for _again in range(2):
        actions.change_mentor(mentor=who, changes=changes, by=system())

    fact = Fact.objects.get(event=events.MENTOR_CHANGED)
    assert fact.details == {"honorarium_per_hour": [None, 100_000]}


def test_what_no_mentor_has_is_refused(areas):
    with pytest.raises(errors.NotAField):
        actions.change_mentor(mentor=mentor(areas.dinoyo), changes={"pk": 1}, by=system())


def test_a_negative_honorarium_is_refused(areas):
    with pytest.raises(errors.BadCost):
        mentor(areas.dinoyo, honorarium_per_hour=Rupiah(-1))


def test_another_city_s_officer_changes_no_mentor(areas, officers):
    stranger = by(officers["pelatihan.mojokerto"], "training.change")

    with pytest.raises(OutOfReach):
        actions.change_mentor(mentor=mentor(areas.dinoyo), changes={"name": "X"}, by=stranger)


def test_a_class_gets_exactly_these_mentors_and_the_others_are_free_again(areas):
    first, second = mentor(areas.dinoyo, "Bu A"), mentor(areas.dinoyo, "Bu B")
    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[first, "Tamu"])

    assert chosen(opened, second, "Tamu") == ["Tamu", "Bu B"]

    assert MentorTurn.objects.get().mentor == second
    details = Fact.objects.get(event=events.MENTORS_CHOSEN).details
    assert details == {"added": ["Bu B"], "removed": ["Bu A"]}


def test_choosing_the_same_again_tells_nothing(areas):
    who = mentor(areas.dinoyo)
    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[who, who])

    assert chosen(opened, who) == ["Bu Contoh"]
    assert not Fact.objects.filter(event=events.MENTORS_CHOSEN).exists()


def test_an_officer_who_is_on_the_list_is_taken_from_it(areas, officers):
    listed = mentor(areas.malang, officer=officers["pendamping"])

    opened = plan_class(areas.dinoyo, at("08-12"), mentors=[officers["pendamping"]])

    assert opened.mentors.get().mentor == listed


def test_a_mentor_of_another_city_or_who_left_is_refused(areas):
    elsewhere, gone = mentor(areas.mojokerto, "Bu M"), mentor(areas.dinoyo, "Bu G")
    actions.change_mentor(mentor=gone, changes={"left_on": MONDAY}, by=system())

    with pytest.raises(errors.MentorElsewhere):
        plan_class(areas.dinoyo, at("08-12"), mentors=[elsewhere])
    with pytest.raises(errors.MentorGone):
        plan_class(areas.dinoyo, at("08-12"), mentors=[Mentor.objects.get(pk=gone.pk)])
    assert plan_class(
        areas.dinoyo,
        at("08-12", date(2026, 4, 6) - timedelta(days=1)),
        mentors=[Mentor.objects.get(pk=gone.pk)],
    )


def test_a_mentor_who_is_busy_is_not_chosen(areas):
    who = mentor(areas.dinoyo)
    plan_class(areas.dinoyo, at("08-12"), title="Bordir", mentors=[who])
    opened = plan_class(areas.dinoyo, at("08-12"))

    with pytest.raises(errors.MentorTaken, match="Bordir"):
        chosen(opened, who)

    assert not opened.mentors.exists()
