"""On a register that nobody has seen, our engine is better than comparing characters by far."""

import numpy as np
import pytest
from bench.linkage.joins import SAFE, curve_of, judged
from bench.linkage.matchers import exact, no_op
from bench.linkage.reading import read_register, read_rows
from bench.linkage.score import Numbers, Score, Truth, read_truth, score
from bench.linkage.tasks import Task, made

from jembol.methods.linkage.link import THRESHOLD, Joins, Linked, link

SIZE = 2_400
SEED = 77
FLOOR = 0.93
"""Of F1. Other seeds of this size lie between .96 and .98, see docs/benchmarks.md."""
PRECISION, RECALL = 0.90, 0.93


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Task:
    return made(tmp_path_factory.mktemp("register"), "b", SIZE, SEED)


@pytest.fixture(scope="module")
def truth(register: Task) -> Truth:
    return read_truth(register.truth)


@pytest.fixture(scope="module")
def linked(register: Task) -> tuple[Linked, Numbers]:
    columns, person, _household = read_register(register.people)
    return link(columns), person


def _has_passed(told: Score) -> bool:
    return told.f1 >= FLOOR and told.precision >= PRECISION and told.recall >= RECALL


def test_a_matcher_that_does_nothing_fails(register: Task, truth: Truth) -> None:
    assert not _has_passed(score(np.array(no_op(read_rows(register.people))), truth))


def test_comparing_characters_fails(register: Task, truth: Truth) -> None:
    told = score(np.array(exact(read_rows(register.people))), truth)
    assert 0.4 < told.f1 < 0.7
    assert not _has_passed(told)


def test_one_group_of_all_fails(truth: Truth) -> None:
    assert not _has_passed(score(np.zeros(SIZE, np.int64), truth))


def test_our_engine_passes(linked: tuple[Linked, Numbers], truth: Truth) -> None:
    told = score(linked[0].clusters, truth)
    assert _has_passed(told), list(told.lines())


def test_joins_down_to_the_threshold_are_the_groups(
    linked: tuple[Linked, Numbers], truth: Truth
) -> None:
    curve = curve_of(linked[0].joins, linked[1])
    told = score(linked[0].clusters, truth)
    assert curve.at(THRESHOLD) == pytest.approx((told.precision, told.recall))


def test_surer_joins_are_righter(linked: tuple[Linked, Numbers]) -> None:
    curve = curve_of(linked[0].joins, linked[1])
    precisions = [curve.at(least)[0] for least in (0.1, 0.5, 0.9, 0.99)]
    assert precisions == sorted(precisions)
    assert curve.at(curve.safe())[0] >= SAFE


def test_joins_counted_by_hand() -> None:
    # Records 0, 1 and 3 are one person, 2 is another: one good join, then one of two bad pairs and
    # so on.
    person = np.array([0, 0, 1, 0])
    left, right = np.array([0, 2, 3]), np.array([1, 1, 2])
    same, pairs = judged(left, right, person)
    assert (same.tolist(), pairs.tolist()) == ([1, 0, 2], [1, 2, 3])
    curve = curve_of(Joins(left, right, np.array([0.9, 0.6, 0.4])), person)
    assert curve.at(0.9) == (1, 1 / 3)
    assert curve.at(0.5) == (1 / 3, 1 / 3)
    assert curve.at(0.4) == (1 / 2, 1)
    assert curve.at(0.95) == (1, 0)
    assert curve.safe() == 0.9
