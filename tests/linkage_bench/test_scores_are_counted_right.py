"""Scores agree with what was counted by hand, and with counting every pair."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from bench.linkage.matchers import exact, joined, no_op
from bench.linkage.score import SMALL_GROUP, Truth, coded, read_clusters, read_truth, score

# Two people: ann stands in three rows, bob in two, and bob's second row was put into ann's group.
TRUTH = """record_id,person_id,errors,household_id,role,name_id,enterprise_id
r1,ann,,h1,head,n1,e1
r2,ann,name_typo,h1,head,n1,
r3,ann,,h1,head,n1,
r4,bob,,h1,spouse,n2,e1
r5,bob,nik_card,h1,spouse,n2,
"""
CLUSTERS = """record_id,cluster_id,probability
r1,1,1
r2,1,1
r5,1,0.6
r4,2,1
r3,3,1
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    clusters, truth = tmp_path / "clusters.csv", tmp_path / "truth.csv"
    clusters.write_text(CLUSTERS, encoding="utf-8")
    truth.write_text(TRUTH, encoding="utf-8")
    return clusters, truth


def test_a_small_register_counted_by_hand(files: tuple[Path, Path]) -> None:
    truth = read_truth(files[1])
    told = score(read_clusters(files[0], truth.records), truth)
    # Claimed: r1-r2, r1-r5, r2-r5. True: r1-r2, r1-r3, r2-r3, r4-r5. Both: r1-r2.
    assert (told.precision, told.recall) == (1 / 3, 1 / 4)
    assert told.f1 == pytest.approx(2 / 7)
    # Row by row, of its group: 2/3, 2/3, 1, 1, 1/3; of its person: 2/3, 2/3, 1/3, 1/2, 1/2.
    assert told.b3_precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 + 1 / 3) / 5)
    assert told.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert told.recall_by_slip == {
        "(none)": (0, 1),
        "name_typo": (1 / 2, 2),
        "nik_card": (0, 1),
    }
    assert {kind: count for kind, count in told.false_pairs.items() if count} == {
        "card number as NIK": 2
    }


def test_what_a_file_of_clusters_leaves_out_stands_alone(files: tuple[Path, Path]) -> None:
    files[0].write_text("record_id,cluster_id\nr1,1\nr2,1\n", encoding="utf-8")
    truth = read_truth(files[1])
    assert score(read_clusters(files[0], truth.records), truth).recall == 1 / 4


def test_enterprises_are_scored_on_the_rows_that_name_one(files: tuple[Path, Path]) -> None:
    truth = read_truth(files[1], "enterprise_id")
    assert truth.records == ["r1", "r4"]
    assert score(np.array([0, 0]), truth).f1 == 1


def _made(size: int) -> Truth:
    dice = np.random.default_rng(1)
    person = dice.integers(0, size // 2, size)
    slips = [frozenset({"odd"} if number % 3 == 1 else ()) for number in range(size)]
    role = np.array(["head"] * size)
    return Truth([str(n) for n in range(size)], person, person // 2, person // 4, role, slips)


def test_counting_by_sizes_agrees_with_counting_every_pair() -> None:
    truth = _made(120)
    cluster = np.random.default_rng(2).integers(0, 50, 120)
    told = score(cluster, truth)
    pairs = list(combinations(range(120), 2))
    true = {pair for pair in pairs if len({truth.person[one] for one in pair}) == 1}
    claimed = {pair for pair in pairs if len({cluster[one] for one in pair}) == 1}
    odd = {pair for pair in true if any("odd" in truth.slips[one] for one in pair)}
    assert told.precision == len(true & claimed) / len(claimed)
    assert told.recall == len(true & claimed) / len(true)
    assert told.recall_by_slip["odd"] == (len(odd & claimed) / len(odd), len(odd))
    assert sum(told.false_pairs.values()) == len(claimed - true)


def test_false_pairs_of_a_large_group_are_estimated() -> None:
    size = 10 * SMALL_GROUP
    truth = _made(size)
    told = score(np.zeros(size, np.int64), truth)
    false = (size * (size - 1) / 2) * (1 - told.precision)
    assert sum(told.false_pairs.values()) == pytest.approx(false, rel=0.02)


ROWS = [
    {"nik": "3573014101900001", "nama": "Ani", "tgl_lahir": "1990-01-01"},
    {"nik": "3573014101900001", "nama": "ANI", "tgl_lahir": ""},
    {"nik": "", "nama": "Ani", "tgl_lahir": "1990-01-01"},
    {"nik": "", "nama": "Ani", "tgl_lahir": ""},
    {"nik": "0000000000000000", "nama": "Budi", "tgl_lahir": ""},
    {"nik": "0000000000000000", "nama": "Cici", "tgl_lahir": ""},
]


def test_a_matcher_that_does_nothing_finds_nothing() -> None:
    truth = _made(60)
    told = score(np.array(no_op([{}] * 60)), truth)
    assert (told.recall, told.f1) == (0, 0)
    assert told.b3_precision == 1


def test_the_exact_matcher_joins_equal_numbers_and_equal_names_born_on_one_day() -> None:
    groups = exact(ROWS)
    assert len({groups[0], groups[1], groups[2]}) == 1
    assert len(set(groups)) == 4


def test_links_join_whoever_can_be_reached() -> None:
    assert joined(5, [(3, 1), (4, 3)]) == [0, 1, 2, 1, 1]


def test_equal_words_have_equal_numbers() -> None:
    assert coded(["b", "a", "b"]).tolist() == [0, 1, 0]
