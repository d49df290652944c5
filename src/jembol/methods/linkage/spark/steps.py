"""What a worker of a cluster does with its share, on arrays alone.

A share holds whole blocks or whole components, so each step is the one of a single machine on a
small register of its own: records are numbered anew within it, in the order of their ids.
"""

from typing import Final, NamedTuple

import numpy as np

from jembol.methods.linkage.blocking import KEY_BITS, WIDTH, Blocks, count_patterns, mixed
from jembol.methods.linkage.clusters import decided_of, tree_of
from jembol.methods.linkage.columns import (
    Array,
    Columns,
    Frequencies,
    columns_of_texts,
    counted,
    frequencies_from,
    stacked,
)
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.link import EDGE_FLOOR, Edges, edges_of, grouped
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.spark.records import unpacked
from jembol.methods.linkage.spelling import common_spellings

WORD, BUSINESS, PHONE, KELURAHAN, RECORDS, ENTERPRISES = range(6)
"""What is counted in a register."""

ALONE: Final = -60.0
"""Log-odds of the likeliest pair of a record that has none."""


class Counts(NamedTuple):
    """How often what stands in a share of the register, or in all of it.

    Attributes:
        kinds: One of the six numbers above, uint8.
        values: What was counted: a packed word or a number, int64 with the bits of uint64.
        counts: Records with it, int64.
    """

    kinds: Array
    values: Array
    counts: Array


class Rarity(NamedTuple):
    """What all records of a register tell about each.

    Attributes:
        frequencies: Of words and numbers.
        kelurahan: Packed spellings, sorted.
        brought: How each is commonly written.
    """

    frequencies: Frequencies
    kelurahan: Array
    brought: Array


class Met(NamedTuple):
    """Records beneath one another where they share a key; a record stands under each of its keys.

    Attributes:
        keys: (n,) int64, equal ones together.
        numbers: (n,) int64, the place of the record in the register.
        records: (n,) packed records.
        lengths: (n,) how many keys that are not left out each record has.
        shared: All those keys in one row, each record's sorted.
    """

    keys: Array
    numbers: Array
    records: Array
    lengths: Array
    shared: Array


def counts_of(columns: Columns) -> Counts:
    """Count the words and numbers of a share."""
    found = [
        (WORD, *counted(columns.words)),
        (BUSINESS, *counted(columns.business)),
        (PHONE, *counted(columns.phones)),
        (KELURAHAN, *np.unique(columns.areas[:, 0], return_counts=True)),
        (RECORDS, np.zeros(1, np.int64), np.array([len(columns.nik)])),
        (ENTERPRISES, np.zeros(1, np.int64), np.array([(columns.business[:, 0] > 0).sum()])),
    ]
    return Counts(
        np.concatenate([np.full(len(values), kind, np.uint8) for kind, values, _counts in found]),
        np.concatenate([values.view(np.int64) for _kind, values, _counts in found]),
        np.concatenate([counts.astype(np.int64) for _kind, _values, counts in found]),
    )


def rarity_of(counts: Counts) -> Rarity:
    """Return what the counts of a whole register tell; words of one record may be absent."""
    spellings, times = _of(counts, KELURAHAN, np.uint64)
    return Rarity(
        frequencies_from(
            _told(counts, RECORDS),
            _told(counts, ENTERPRISES),
            _of(counts, WORD, np.uint64),
            _of(counts, BUSINESS, np.uint64),
            _of(counts, PHONE, np.int64),
        ),
        spellings,
        common_spellings(spellings, times),
    )


def _of(counts: Counts, kind: int, form: type) -> tuple[Array, Array]:
    chosen = counts.kinds == kind
    values = counts.values[chosen].view(form)
    order = np.argsort(values)
    return values[order], counts.counts[chosen][order]


def _told(counts: Counts, kind: int) -> int:
    return int(counts.counts[counts.kinds == kind].sum())


def is_kept(keys: Array, left_out: Array, every: int) -> Array:
    """Return which keys are walked: those not left out, and of them every so-manieth.

    Args:
        keys: int64.
        left_out: Keys that too many records share, sorted.
        every: 1 for all.
    """
    kept = is_usable(keys, left_out)
    if every > 1:
        kept &= mixed(keys.astype(np.uint64)) % np.uint64(every) == 0
    return kept


def is_usable(keys: Array, left_out: Array) -> Array:
    """Return which keys are not left out."""
    if not len(left_out):
        return np.ones(len(keys), np.bool_)
    places = np.minimum(np.searchsorted(left_out, keys), len(left_out) - 1)
    usable: Array = left_out[places] != keys
    return usable


def edges_within(met: Met, scores: Array) -> Edges:
    """Return the pairs above the floor, by the records' places in the register."""
    numbers, columns, blocks = _blocks(met)
    edges = edges_of(columns, blocks, scores)
    return Edges(numbers[edges.left], numbers[edges.right], edges.weights, edges.pairs)


def patterns_within(met: Met, every: int) -> tuple[Array, Array]:
    """Return the patterns of evidence of the pairs, and how many pairs show each."""
    _numbers, columns, blocks = _blocks(met)
    counts = np.zeros(PATTERNS, np.int64)
    count_patterns(columns, blocks, 0, len(blocks.sizes), every, counts)
    patterns = np.flatnonzero(counts)
    return patterns, counts[patterns]


def _blocks(met: Met) -> tuple[Array, Columns, Blocks]:
    """Return the records of a share that meet another, each once, and their blocks."""
    lone = _is_lone(met.keys)
    rows = np.flatnonzero(~lone)
    numbers, firsts, places = np.unique(met.numbers[rows], return_index=True, return_inverse=True)
    firsts = rows[firsts]
    keys = met.keys[rows]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else _NONE
    shift = np.uint64(64 - KEY_BITS)
    blocks = Blocks(
        entries=(keys.astype(np.uint64) << shift) | places.astype(np.uint64),
        starts=starts,
        sizes=np.diff(np.append(starts, len(keys))),
        keys=_rows_of_keys(met, firsts),
        left_out=0,
        left_out_records=0,
    )
    return numbers, unpacked(met.records[firsts]), blocks


_NONE: Final = np.zeros(0, np.int64)


def _is_lone(keys: Array) -> Array:
    lone = np.ones(len(keys), np.bool_)
    same = keys[1:] == keys[:-1]
    lone[1:] &= ~same
    lone[:-1] &= ~same
    return lone


def _rows_of_keys(met: Met, rows: Array) -> Array:
    """Return the keys of these rows, padded with zeros behind."""
    starts = np.cumsum(met.lengths) - met.lengths
    table = np.zeros((len(rows), WIDTH), np.uint64)
    for place in range(WIDTH):
        has = met.lengths[rows] > place
        table[has, place] = met.shared[starts[rows[has]] + place].astype(np.uint64)
    return table


class Certain(NamedTuple):
    """The records of a share in groups.

    Attributes:
        firsts: (n,) for each record the row of the first of its group.
        probabilities: (n,) that it stands in the right group.
    """

    firsts: Array
    probabilities: Array


def groups_within(
    components: Array, records: Array, strongest: Array, model: Model, threshold: float
) -> Certain:
    """Cut whole components into people.

    Args:
        components: (n,) sorted; records of one component are in the order of their ids.
        records: (n,) packed records.
        strongest: (n,) log-odds of each record's likeliest pair.
        model: With the share of matches of the register.
        threshold: Probability from which two groups are joined.
    """
    count = len(components)
    if not count:
        return Certain(_NONE, np.zeros(0, np.float32))
    # Behind them stands one who is nobody: the likeliest pair of a record that ends alone may lead
    # to another share, and what it says is the same wherever it leads.
    columns = stacked([unpacked(records), columns_of_texts({"name": ("",)})])
    tree = tree_of(
        columns, model.scores, *_chains(components), decided_of(_PAIRS, _PAIRS), EDGE_FLOOR,
        model.join,
    )  # fmt: skip
    linked = grouped(
        columns, model, Frequencies.shipped(), _no_blocks(), _to_nobody(strongest), tree,
        np.arange(count + 1), threshold,
    )  # fmt: skip
    return Certain(linked.clusters[:count], linked.probabilities[:count])


_PAIRS: Final = np.zeros((0, 2))


def _chains(components: Array) -> tuple[Array, Array, Array]:
    """Return edges that join what is one component; how likely they are decides nothing more."""
    left = np.flatnonzero(components[1:] == components[:-1]).astype(np.int32)
    return left, left + np.int32(1), np.zeros(len(left), np.float32)


def _to_nobody(strongest: Array) -> Edges:
    known = np.flatnonzero(strongest > ALONE).astype(np.int32)
    nobody = np.full(len(known), len(strongest), np.int32)
    return Edges(known, nobody, strongest[known].astype(np.float32), 0)


def _no_blocks() -> Blocks:
    return Blocks(_NONE.view(np.uint64), _NONE, _NONE, np.zeros((0, WIDTH), np.uint64), 0, 0)
