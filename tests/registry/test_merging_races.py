"""Two officers settle one pair at the same moment: one result, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections

from jembol.kit.refusal import Refusal
from jembol.registry.actions import families, judge, merge, merging
from jembol.registry.choices import Answer
from jembol.registry.models import Person, PersonMerge, PersonVerdict

ROUNDS = 5


@pytest.fixture
def officers(transactional_db, ground):
    """The ground, and two officers who act in it."""
    return ground, [
        replace(ground.by, id=key, label=name) for key, name in ((1, "Rina"), (2, "Adi"))
    ]


def at_once(*acts):
    """Do all of these together; return for each the class of its refusal, or None."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(60)
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def settle_both_ways(officers, *, merges):
    ground, (first, second) = officers
    one, other = ground.enrol("Siti"), ground.enrol("Sity")
    told = at_once(
        lambda: judge(one=one, other=other, answer=Answer.SAME, by=first, merges=merges),
        lambda: judge(one=other, other=one, answer=Answer.DIFFERENT, by=second, merges=merges),
    )
    verdicts = PersonVerdict.objects.filter(low=one, high=other).order_by("pk")
    return told, list(verdicts.values_list("answer", flat=True)), one, other


@pytest.mark.parametrize("merges", [True, False])
def test_of_two_opposite_answers_one_stands_and_the_other_is_refused(officers, merges):
    for _round in range(ROUNDS):
        told, answers, _one, other = settle_both_ways(officers, merges=merges)

        winner = Answer.SAME if told[0] is None else Answer.DIFFERENT
        assert sorted(told, key=str) == [None, "SettledMeanwhile"]
        assert answers == [winner]
        is_merged = PersonMerge.objects.standing().filter(absorbed=other).exists()
        assert is_merged is (merges and winner == Answer.SAME)


def test_without_the_check_both_answers_are_written(officers, monkeypatch):
    monkeypatch.setattr(merging, "_refuse_settled", lambda standing, seen, by: None)

    told, answers, _one, _other = settle_both_ways(officers, merges=False)

    assert told == [None, None]
    assert sorted(answers) == [Answer.DIFFERENT, Answer.SAME]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_without_the_lock_both_answers_are_written(officers, monkeypatch):
    together = Barrier(2)
    look = merging.latest_verdict

    def look_together(*args):
        found = look(*args)
        with suppress(BrokenBarrierError):
            together.wait(5)
        return found

    def unlocked(kind, keys, wanted):
        rows = kind.rows.objects.filter(pk__in=wanted).select_related("area").order_by("pk")
        return families.Held({row.pk: row for row in rows})

    monkeypatch.setattr(families, "_locked", unlocked)
    monkeypatch.setattr(merging, "latest_verdict", look_together)

    told, answers, _one, _other = settle_both_ways(officers, merges=False)

    assert told == [None, None]
    assert len(answers) == 2


def test_two_who_absorb_each_other_at_once_become_one_once(officers):
    ground, (first, second) = officers
    for _round in range(ROUNDS):
        one, other = ground.enrol("Budi"), ground.enrol("Boedi")

        told = at_once(
            lambda one=one, other=other: merge(survivor=one, absorbed=other, by=first),
            lambda one=one, other=other: merge(survivor=other, absorbed=one, by=second),
        )

        assert sorted(told, key=str) == ["AlreadyOne", None]
        rows = Person.objects.filter(pk__in=[one.pk, other.pk], survivor=None)
        assert rows.count() == 1


def test_a_chain_that_grows_at_both_ends_at_once_has_one_root(officers):
    ground, (first, second) = officers
    for _round in range(ROUNDS):
        a, b, c = ground.enrol("A"), ground.enrol("B"), ground.enrol("C")

        told = at_once(
            lambda a=a, b=b: merge(survivor=a, absorbed=b, by=first),
            lambda b=b, c=c: merge(survivor=b, absorbed=c, by=second),
        )

        assert told == [None, None]
        survivors = Person.objects.filter(pk__in=[a.pk, b.pk, c.pk]).order_by("pk")
        assert list(survivors.values_list("survivor_id", flat=True)) == [None, a.pk, a.pk]
