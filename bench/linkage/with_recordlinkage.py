"""recordlinkage: eight blocking rules, eight features of zero and one, its ECM classifier."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas
import pyarrow
import recordlinkage

from bench.linkage.matchers import joined
from bench.linkage.score import Numbers

OTHER_CHANCES = (0.9, 0.99, 0.999, 0.9999, 0.99999)


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings for one kind of table."""

    rules: tuple[tuple[str, ...], ...]
    similar: dict[str, float]
    """By column the similarity (Jaro and Winkler) from which two texts count as equal."""
    near: dict[str, float]
    """By column the share of signs that must be equal, in their places or side by side."""
    equal: tuple[str, ...]


REGISTER = Plan(
    rules=(
        ("nik",),
        ("nik_front",),
        ("phone",),
        ("name_sorted",),
        ("word_1", "short"),
        ("word_2", "short"),
        ("short", "kelurahan"),
        ("word_1", "kelurahan", "rw"),
    ),
    similar={"name_sorted": 0.9, "word_1": 0.94, "street": 0.9},
    near={"nik": 0.87, "short": 0.8, "phone": 0.9},
    equal=("kelurahan", "rw"),
)
FEBRL = Plan(
    rules=(
        ("soc_sec_id",),
        ("given_name", "surname"),
        ("date_of_birth",),
        ("postcode", "street_number"),
        ("address_1",),
        ("given_name", "postcode"),
        ("surname", "postcode"),
        ("suburb", "street_number"),
    ),
    similar={"given_name": 0.85, "surname": 0.85, "address_1": 0.85, "suburb": 0.85},
    near={"date_of_birth": 0.85, "soc_sec_id": 0.85},
    equal=("postcode", "street_number"),
)


def match(table: pyarrow.Table, seed: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the groups that its links make, at one half and at other probabilities."""
    plan = FEBRL if "soc_sec_id" in table.column_names else REGISTER
    records = table.to_pandas()
    features = _compare(plan).compute(_pairs(plan, records), records)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    chances = classifier.prob(features)
    for chance in (0.5, *OTHER_CHANCES):
        links = list(chances.index[chances >= chance])
        yield f"p >= {chance}", np.array(joined(len(records), links))


def _compare(plan: Plan) -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    for column, least in plan.similar.items():
        compare.string(column, column, "jarowinkler", threshold=least)
    for column, least in plan.near.items():
        compare.string(column, column, "damerau_levenshtein", threshold=least)
    for column in plan.equal:
        compare.exact(column, column)
    return compare


def _pairs(plan: Plan, records: pandas.DataFrame) -> pandas.MultiIndex:
    found = pandas.MultiIndex.from_arrays([[], []])
    for columns in plan.rules:
        whole = records.dropna(subset=list(columns))
        index = recordlinkage.Index()
        index.block(list(columns))
        pairs = index.index(whole)
        found = pairs if not len(found) else found.union(pairs)
    return found
