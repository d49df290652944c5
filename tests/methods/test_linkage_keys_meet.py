"""The keys of one record meet exactly where those of many do."""

import random

import numpy as np

from jembol.methods.linkage.blocking import blocks_of, walk
from jembol.methods.linkage.columns import columns_of_traits, frequencies_of, weighed
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.keys import keys_of
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written

FIELDS = {
    "name": ("Siti Aminah", "Siti Rahayu Aminah", "Joko", "Joko Santoso", "Sri Wahyuni"),
    "nik": ("3573056105840003", "3573056105840004", "357305610584003", "", "3573051203810001"),
    "born_on": ("1984-05-21", "1984-12-05", "", "1981-03-12"),
    "phone": ("081334562210", "081555223344", ""),
    "kelurahan": ("Sukun", "Gadang", ""),
    "address": ("Jl. Melati 7 RT 2 RW 5", "", "RT 1 RW 1"),
}


def test_both_ways_of_making_keys_let_the_same_pairs_meet():
    dice = random.Random(4)
    people = [
        traits_of(Written(**{field: dice.choice(values) for field, values in FIELDS.items()}))
        for _person in range(60)
    ]
    columns = columns_of_traits(people)
    blocks = blocks_of(weighed(columns, frequencies_of(columns)))
    room = 100_000
    left, right, weights = (
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.float32),
    )
    everything = np.ones(PATTERNS, np.float32)
    _at, edges, pairs = walk(
        columns, blocks, 0, len(blocks.sizes), everything, 0.0, left, right, weights
    )

    keys = [{key.number for key in keys_of(one)} for one in people]
    meet = {(i, j) for i in range(60) for j in range(i + 1, 60) if keys[i] & keys[j]}

    assert edges == pairs
    assert blocks.left_out == 0
    found = {
        (min(pair), max(pair))
        for pair in zip(left[:edges].tolist(), right[:edges].tolist(), strict=True)
    }
    assert found == meet
    assert len(found) == pairs


def test_keys_are_numbers_that_any_database_holds():
    keys = keys_of(
        traits_of(Written(name="Siti Aminah", nik="3573056105840003", phone="081334562210"))
    )

    assert all(-(2**63) <= key.number < 2**63 for key in keys)
    assert len(keys) == len(set(keys))
    assert [key.is_number for key in keys] == sorted((key.is_number for key in keys), reverse=True)
    assert keys_of(traits_of(Written())) == []
