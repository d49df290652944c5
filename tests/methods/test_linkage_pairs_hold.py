"""The pairs by which every implementation is judged are what the reference says of them.

After a change of the rules: `python -m bench.linkage.vectors` writes them anew, and the phone's
scripts are held to them by `tests/browser/test_who_is_alike_on_the_phone.py`.
"""

import json
from pathlib import Path

import pytest
from bench.linkage.vectors import SLIPS, read, shared_keys

from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, categories
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written

SHARED = json.loads(Path(__file__).with_name("linkage_pairs.json").read_text("utf-8"))
UNREACHED = {("name", "subset-1"), ("name", "equal-1")}
"""No word of the shipped frequencies is common enough for these."""


def written(place):
    return Written(**SHARED["records"][place]["written"])


def traits(place):
    return traits_of(written(place))


def test_records_are_read_as_the_file_says():
    unlike = [
        record["written"]
        for place, record in enumerate(SHARED["records"])
        if read(traits(place)) != record["read"]
    ]

    assert unlike == []


@pytest.mark.parametrize("way", [1, -1])
def test_pairs_are_weighed_as_the_file_says_both_ways(way):
    unlike = []
    for pair in SHARED["pairs"]:
        rarity = shipped().rarity._replace(phone=lambda _phone, crowd=pair["crowd"]: crowd)
        one, other = map(traits, pair["records"][::way])
        told = shipped().model.explained(categories(one, other, rarity))
        if [part.category for part in told.parts] != pair["categories"]:
            unlike.append(pair)
        assert told.log_odds == pytest.approx(pair["log_odds"], abs=0.01)

    assert unlike == []


def test_pairs_meet_under_as_many_keys_as_the_file_says():
    for pair in SHARED["pairs"]:
        assert shared_keys(*map(written, pair["records"])) == pair["keys"]


def test_every_category_of_evidence_has_a_pair():
    shown = {
        told for pair in SHARED["pairs"] for told in zip(FIELDS, pair["categories"], strict=True)
    }
    all_of_them = {(field, category) for field in FIELDS for category in CATEGORIES[field]}

    assert all_of_them - shown == UNREACHED


def test_every_kind_of_slip_has_a_pair():
    assert {pair["kind"] for pair in SHARED["pairs"]} >= set(SLIPS) | {"one household"}


def test_every_category_is_weighed_somewhere():
    for pattern in SHARED["patterns"]:
        places = [
            CATEGORIES[field].index(category)
            for field, category in zip(FIELDS, pattern["categories"], strict=True)
        ]
        told = shipped().model.explained(places)
        assert [part.bits for part in told.parts] == pattern["bits"]
        assert told.log_odds == pytest.approx(pattern["log_odds"], abs=0.01)
