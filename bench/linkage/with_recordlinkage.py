"""recordlinkage: eight blocking rules, eight features of zero and one, its ECM classifier."""

from collections.abc import Iterator

import numpy as np
import pandas
import recordlinkage

from bench.linkage.columns import Table
from bench.linkage.matchers import joined
from bench.linkage.score import Numbers

OTHER_CHANCES = (0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999)

RULES = (
    ["nik"], ["nik_front"], ["phone"], ["name_sorted"], ["word_1", "short"], ["short", "kelurahan"],
    ["word_1", "kelurahan", "rw"], ["word_2", "short"],
)  # fmt: skip


def match(table: Table, seed: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the groups that its links make."""
    records = pandas.DataFrame(table, dtype=object)
    pairs = _pairs(records)
    compare = recordlinkage.Compare()
    compare.string("name_sorted", "name_sorted", "jarowinkler", threshold=0.9)
    compare.string("word_1", "word_1", "jarowinkler", threshold=0.94)
    compare.string("nik", "nik", "damerau_levenshtein", threshold=0.87)
    compare.string("short", "short", "damerau_levenshtein", threshold=0.8)
    compare.string("phone", "phone", "damerau_levenshtein", threshold=0.9)
    compare.string("street", "street", "jarowinkler", threshold=0.9)
    compare.exact("kelurahan", "kelurahan")
    compare.exact("rw", "rw")
    features = compare.compute(pairs, records)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    chances = classifier.prob(features)
    for chance in (0.5, *OTHER_CHANCES):
        links = list(chances.index[chances >= chance])
        yield f"p >= {chance}", np.array(joined(len(records), links))


def _pairs(records: pandas.DataFrame) -> pandas.MultiIndex:
    found = pandas.MultiIndex.from_arrays([[], []])
    for columns in RULES:
        whole = records.dropna(subset=columns)
        index = recordlinkage.Index()
        index.block(columns)
        pairs = index.index(whole)
        found = pairs if not len(found) else found.union(pairs)
    return found
