"""The keys of one record meet where those of many do, and where somebody at a desk leaves gaps."""

import random

import numpy as np
import pytest

from jembol.methods.linkage import keys as keys_module
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


def keys_met(one, other):
    return {key.number for key in keys_of(traits_of(Written(**one)))} & {
        key.number for key in keys_of(traits_of(Written(**other)))
    }


def test_both_ways_of_making_keys_let_the_same_pairs_meet(monkeypatch):
    monkeypatch.setattr(keys_module, "_of_desks", lambda _traits: ())
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The street is known, the kelurahan is not.
        (
            {"name": "Karkusniati", "address": "Jl. Salak 109", "kelurahan": "Mergosono"},
            {"name": "Karkunsiati", "address": "Jln. Salak no 109"},
        ),
        # Nor the number of the house, but RT and RW.
        (
            {"name": "Haryanto", "address": "Jl Manggis RT 3 RW 2", "kelurahan": "Samaan"},
            {"name": "Hariyanto Nugroho", "address": "Jl. Manggis", "rt": "03", "rw": "02"},
        ),
        # Somebody wrote two words as one.
        ({"name": "Heru Rahmanto"}, {"name": "HERURAHMANTO"}),
    ],
)
def test_a_desk_meets_a_person_of_whom_it_knows_less(one, other, monkeypatch):
    assert keys_met(one, other)

    monkeypatch.setattr(keys_module, "_of_desks", lambda _traits: ())
    assert not keys_met(one, other)


def test_keys_are_numbers_that_any_database_holds():
    keys = keys_of(
        traits_of(Written(name="Siti Aminah", nik="3573056105840003", phone="081334562210"))
    )

    assert all(-(2**63) <= key.number < 2**63 for key in keys)
    assert len(keys) == len(set(keys))
    assert [key.is_number for key in keys] == sorted((key.is_number for key in keys), reverse=True)
    assert keys_of(traits_of(Written())) == []
