"""What workers of a cluster do with shares of a register adds up to what one machine does."""

import numpy as np
import pytest
from bench.linkage.reading import read_register
from bench.linkage.register import rows, write
from bench.linkage.styles import STYLES

from jembol.methods.linkage import clusters as clusters_of_records
from jembol.methods.linkage.blocking import KEY_BITS, blocks_of, rows_of_keys
from jembol.methods.linkage.clusters import small_components
from jembol.methods.linkage.columns import chosen, frequencies_of, weighed
from jembol.methods.linkage.link import EDGE_FLOOR, edges_of, learned, link
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.spark import steps
from jembol.methods.linkage.spark.records import RECORD, packed, unpacked
from jembol.methods.linkage.spelling import spelled_alike, spelled_as

COUNT = 1200
SHARES = 7


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    people, truth = folder / "people.csv", folder / "people.truth.csv"
    write(rows(STYLES["b"], ("mojokerto",), (COUNT // 2, COUNT), 11), people, truth)
    return read_register(people).columns


@pytest.fixture(scope="module")
def columns(register):
    alike = spelled_alike(register)
    return weighed(alike, frequencies_of(alike))


def equal(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def met(columns, every=1):
    """All records under their keys, divided so that a key is whole: share after share."""
    blocks = blocks_of(columns)
    left_out = np.setdiff1d(
        rows_of_keys(columns, COUNT)[rows_of_keys(columns, COUNT) > 0], blocks.keys[blocks.keys > 0]
    ).astype(np.int64)
    records, lengths = packed(columns), (blocks.keys > 0).sum(axis=1)
    owners = np.repeat(np.arange(COUNT), lengths)
    keys = blocks.keys[blocks.keys > 0].astype(np.int64)
    kept = np.flatnonzero(steps.is_kept(keys, left_out, every))
    kept = kept[np.lexsort((owners[kept], keys[kept]))]
    for share in range(SHARES):
        mine = kept[keys[kept] % SHARES == share]
        whose = owners[mine]
        shared = [keys[owners == one] for one in whose]
        yield steps.Met(
            keys[mine], whose, records[whose], lengths[whose],
            np.concatenate([*shared, np.zeros(0, np.int64)]),
        )  # fmt: skip


def in_order(left, right, weights):
    order = np.lexsort((right, left))
    return left[order], right[order], weights[order]


def test_a_record_comes_out_of_its_bytes_as_it_went_in(columns):
    rows = packed(columns)

    assert rows.dtype == RECORD
    assert equal(unpacked(np.frombuffer(rows.tobytes(), RECORD)), columns)


def test_counts_of_shares_add_up_to_the_frequencies_of_the_register(register):
    parts = [
        steps.counts_of(chosen(register, np.arange(COUNT)[at::SHARES])) for at in range(SHARES)
    ]
    summed = {}
    for part in parts:
        for kind, value, count in zip(*(column.tolist() for column in part), strict=True):
            summed[kind, value] = summed.get((kind, value), 0) + count
    # As the cluster does, leave out the words and numbers of one record.
    kept = [(*key, count) for key, count in summed.items()
            if count > 1 or key[0] not in (steps.WORD, steps.PHONE)]  # fmt: skip
    kinds, values, counts = (np.array(column) for column in zip(*kept, strict=True))
    told = steps.rarity_of(steps.Counts(kinds, values, counts))

    alike = spelled_alike(register)
    brought = spelled_as(register, told.kelurahan, told.brought)
    assert equal(brought, alike)
    assert equal(weighed(brought, told.frequencies), weighed(alike, frequencies_of(alike)))


def test_every_pair_is_found_once_whatever_the_share(columns):
    scores = Model.shipped().scores
    whole = edges_of(columns, blocks_of(columns), scores)
    parts = [steps.edges_within(share, scores) for share in met(columns)]
    found = [np.concatenate(column) for column in zip(*(part[:3] for part in parts), strict=True)]

    assert len(whole.left) > 100
    assert equal(in_order(*found), in_order(*whole[:3]))
    assert sum(part.pairs for part in parts) == whole.pairs


@pytest.mark.parametrize("every", [1, 3])
def test_patterns_of_shares_add_up_also_in_a_sample(columns, every):
    blocks = blocks_of(columns)
    counts = np.zeros(steps.PATTERNS, np.int64)
    for share in met(columns, every):
        patterns, times = steps.patterns_within(share, every)
        counts[patterns] += times
    alone = np.zeros(steps.PATTERNS, np.int64)
    steps.count_patterns(columns, blocks, 0, len(blocks.sizes), every, alone)

    assert counts.sum() > 0
    assert np.array_equal(counts, alone)


@pytest.mark.parametrize("most", [clusters_of_records.MOST_TOGETHER, 4])
def test_whole_components_are_cut_as_the_register_is(register, most, monkeypatch):
    monkeypatch.setattr(clusters_of_records, "MOST_TOGETHER", most)
    ids = [f"{place:05}" for place in range(COUNT)]
    linked = link(register, ids, threshold=0.5)
    alike = spelled_alike(register)
    columns = weighed(alike, frequencies_of(alike))
    blocks = blocks_of(columns)
    model = learned(columns, blocks, Model.shipped())
    edges = edges_of(columns, blocks, model.scores)
    components = small_components(COUNT, edges.left, edges.right, edges.weights, EDGE_FLOOR)
    assert np.bincount(components).max() <= most
    strongest = np.full(COUNT, steps.ALONE, np.float32)
    np.maximum.at(strongest, edges.left, edges.weights)
    np.maximum.at(strongest, edges.right, edges.weights)
    clusters, chances = np.empty(COUNT, np.int64), np.empty(COUNT, np.float32)
    for share in range(SHARES):
        mine = np.flatnonzero(components % SHARES == share)
        mine = mine[np.argsort(components[mine], kind="stable")]
        certain = steps.groups_within(
            components[mine], packed(chosen(columns, mine)), strongest[mine], model, 0.5
        )
        clusters[mine], chances[mine] = mine[certain.firsts], certain.probabilities

    assert len(np.unique(clusters)) < COUNT
    assert np.array_equal(clusters, linked.clusters)
    assert np.array_equal(chances, linked.probabilities)


def test_a_share_in_which_nobody_meets_has_no_pair(columns):
    nothing = steps.Met(*(np.zeros(0, np.int64),) * 2, packed(chosen(columns, [])),
                        *(np.zeros(0, np.int64),) * 2)  # fmt: skip

    certain = steps.groups_within(
        np.zeros(0, np.int64), nothing.records, np.zeros(0, np.float32), Model.shipped(), 0.5
    )

    assert steps.edges_within(nothing, Model.shipped().scores).pairs == 0
    assert len(certain.firsts) == 0


def test_keys_fit_the_signed_numbers_of_a_cluster():
    assert KEY_BITS < 63
