"""Two entries of one person become one, stay addressable, and come apart again."""

import pytest

from jembol.registry import errors
from jembol.registry.actions import judge, merge, unmerge
from jembol.registry.choices import Answer
from jembol.registry.models import Person
from jembol.registry.queries.identity import latest_verdicts, members_of, root_of


def fresh(person):
    return Person.objects.select_related("area", "household").get(pk=person.pk)


def test_both_rows_stay_and_one_stands_for_the_other(ground):
    one, other = ground.enrol("Siti Aminah"), ground.enrol("Aminah, Siti")

    merge(survivor=one, absorbed=other, by=ground.by)

    assert fresh(one).survivor_id is None
    assert fresh(other).survivor_id == one.pk
    assert members_of(fresh(other)) == [other.pk, one.pk]
    assert root_of(fresh(other)) == one.pk


def test_of_a_chain_everybody_is_one_and_comes_apart_where_it_was_joined(ground):
    a, b, c = ground.enrol("A"), ground.enrol("B"), ground.enrol("C")
    merge(survivor=a, absorbed=b, by=ground.by)
    upper = merge(survivor=c, absorbed=a, by=ground.by)
    assert fresh(b).survivor_id == fresh(a).survivor_id == c.pk

    unmerge(merge=upper, by=ground.by, why="Lain orang")

    assert fresh(a).survivor_id is None
    assert fresh(b).survivor_id == a.pk
    assert fresh(c).survivor_id is None


def test_an_absorbed_row_means_the_one_that_stands_for_it(ground):
    a, b, c, d = (ground.enrol(name) for name in "ABCD")
    merge(survivor=a, absorbed=b, by=ground.by)
    merge(survivor=c, absorbed=d, by=ground.by)

    made = merge(survivor=b, absorbed=d, by=ground.by)

    assert (made.survivor_id, made.absorbed_id) == (a.pk, c.pk)
    assert {fresh(row).survivor_id for row in (b, c, d)} == {a.pk}


def test_who_is_one_already_cannot_be_merged_again(ground):
    a, b, c = ground.enrol("A"), ground.enrol("B"), ground.enrol("C")
    merge(survivor=a, absorbed=b, by=ground.by)
    merge(survivor=a, absorbed=c, by=ground.by)

    with pytest.raises(errors.AlreadyOne):
        merge(survivor=b, absorbed=c, by=ground.by)
    with pytest.raises(errors.WithItself):
        merge(survivor=b, absorbed=b, by=ground.by)


@pytest.mark.parametrize("answer", [Answer.DIFFERENT, Answer.HOUSEHOLD])
def test_a_verdict_about_any_member_keeps_the_two_apart(ground, answer):
    a, b, c, d = (ground.enrol(name) for name in "ABCD")
    judge(one=b, other=d, answer=answer, by=ground.by)
    merge(survivor=a, absorbed=b, by=ground.by)
    merge(survivor=c, absorbed=d, by=ground.by)

    with pytest.raises(errors.KnownDifferent, match="Rina"):
        merge(survivor=a, absorbed=c, by=ground.by)


def test_a_newer_verdict_of_the_same_pair_takes_the_place_of_the_older(ground):
    one, other = ground.enrol("A"), ground.enrol("B")
    first = judge(one=one, other=other, answer=Answer.DIFFERENT, by=ground.by)

    judge(one=other, other=one, answer=Answer.SAME, by=ground.by, seen=first.pk)

    assert fresh(other).survivor_id == one.pk
    pair = (one.pk, other.pk)
    assert latest_verdicts([pair]) == {pair: Answer.SAME}


def test_undoing_judges_the_two_different(ground):
    one, other = ground.enrol("A"), ground.enrol("B")
    made = merge(survivor=one, absorbed=other, by=ground.by)

    unmerge(merge=made, by=ground.by, why="Ibu dan anak")

    assert latest_verdicts([(one.pk, other.pk)]) == {(one.pk, other.pk): Answer.DIFFERENT}
    with pytest.raises(errors.KnownDifferent):
        merge(survivor=one, absorbed=other, by=ground.by)
    with pytest.raises(errors.AlreadyUndone):
        unmerge(merge=made, by=ground.by, why="Sekali lagi")


def test_undoing_answers_the_verdict_that_had_joined_them(ground):
    a, b, c = ground.enrol("A"), ground.enrol("B"), ground.enrol("C")
    merge(survivor=a, absorbed=b, by=ground.by)
    judge(one=b, other=c, answer=Answer.SAME, by=ground.by)
    (made,) = fresh(c).merges.all()

    unmerge(merge=made, by=ground.by, why="Lain orang")

    assert latest_verdicts([(b.pk, c.pk)]) == {(b.pk, c.pk): Answer.DIFFERENT}


def test_undoing_needs_a_reason(ground):
    made = merge(survivor=ground.enrol("A"), absorbed=ground.enrol("B"), by=ground.by)

    with pytest.raises(errors.ReasonMissing):
        unmerge(merge=made, by=ground.by, why=" ")
