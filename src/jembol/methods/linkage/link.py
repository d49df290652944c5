"""From many records to groups that are one person each: the whole way, in stages.

Every stage is a function of values, so that a caller can keep what a stage made and go on from
there (`jembol tool link` does). The order in which records are given never matters: they are
put in the order of their ids first.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from jembol.methods.linkage.blocking import Blocks, blocks_of, count_patterns, walk
from jembol.methods.linkage.clusters import Tree, cut, decided_of, means_within, strongest, tree_of
from jembol.methods.linkage.columns import (
    Array,
    Columns,
    Frequencies,
    chosen,
    columns_of_traits,
    frequencies_of,
    weighed,
)
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.model import Model, log_odds
from jembol.methods.linkage.spelling import spelled_alike
from jembol.methods.linkage.traits import Traits

EDGE_FLOOR: Final = -4.0
"""Log-odds above which a pair is kept; below it no two groups are ever joined."""

THRESHOLD: Final = 0.5
ENOUGH_PAIRS: Final = 4_000_000
"""Pairs from which the shares of kinds are found; more of them change its fourth digit."""

_ROOM: Final = 1 << 21
_RANGES: Final = 16

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done, and of how much."""


class Edges(NamedTuple):
    """Pairs worth keeping.

    Attributes:
        left: Record, int32.
        right: Record, int32.
        weights: Log-odds (base 2), float32.
        pairs: Pairs that were compared to find them.
    """

    left: Array
    right: Array
    weights: Array
    pairs: int


class Joins(NamedTuple):
    """Where groups join, surest first; the questions that a person could be asked.

    Attributes:
        left: A record of the one group: the one of the likeliest pair.
        right: A record of the other.
        probabilities: That the two groups are one person.
    """

    left: Array
    right: Array
    probabilities: Array


class Linked(NamedTuple):
    """The records in groups.

    Attributes:
        clusters: (n,) for each record the one of its group whose id comes first.
        probabilities: (n,) that a record stands in the right group: with its group when it has
            one, alone when it has none.
        joins: All joins above `EDGE_FLOOR`, also those below the threshold.
        model: With the shares of kinds of pairs found here.
        frequencies: Of words and numbers here.
        pairs: Pairs compared.
        left_out: Keys that too many records share, and how many records have them.
    """

    clusters: Array
    probabilities: Array
    joins: Joins
    model: Model
    frequencies: Frequencies
    pairs: int
    left_out: tuple[int, int]


def link(
    records: Sequence[Traits] | Columns,
    ids: Sequence[str] | None = None,
    *,
    threshold: float = THRESHOLD,
    model: Model | None = None,
    frequencies: Frequencies | None = None,
    must: Sequence[tuple[int, int]] = (),
    cannot: Sequence[tuple[int, int]] = (),
    progress: Progress | None = None,
) -> Linked:
    """Group records that are one person.

    Args:
        records: What is compared of each.
        ids: A name for each, all different; their order decides ties. By default their places.
        threshold: Probability, above 0 and below 1, from which two groups are joined.
        model: Used as it is when `frequencies` are given too, so that other records change
            nothing; otherwise with the shares of kinds of pairs that are found here.
        frequencies: Counted in these records by default.
        must: Pairs of places that are one person, whatever the evidence.
        cannot: Pairs of places that are not; they win over `must`, and no group holds both.
        progress: Told how far the work is.

    Raises:
        ValueError: the threshold is not between 0 and 1, or there are two records of one id.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"the threshold lies between 0 and 1, not at {threshold}")
    told = progress or _silent
    columns = records if isinstance(records, Columns) else columns_of_traits(records)
    order, places = ordered(
        ids if ids is not None else [f"{i:012}" for i in range(len(columns.nik))]
    )
    columns = spelled_alike(chosen(columns, order))
    used = frequencies or frequencies_of(columns)
    columns = weighed(columns, used)
    told("keys", 0, 1)
    blocks = blocks_of(columns)
    model = model or Model.shipped()
    if frequencies is None:
        model = learned(columns, blocks, model)
    told("pairs", 0, 1)
    edges = edges_of(columns, blocks, model.scores)
    told("pairs", 1, 1)
    decisions = decided_of(_moved(must, places), _moved(cannot, places))
    told("groups", 0, 1)
    tree = tree_of(
        columns, model.scores, edges.left, edges.right, edges.weights, decisions, EDGE_FLOOR,
        model.join,
    )  # fmt: skip
    told("groups", 1, 1)
    return grouped(columns, model, used, blocks, edges, tree, order, threshold)


def grouped(
    columns: Columns, model: Model, frequencies: Frequencies, blocks: Blocks, edges: Edges,
    tree: Tree, order: Array, threshold: float,
) -> Linked:  # fmt: skip
    """Cut the tree, and bring everything back to the order in which the records were given."""
    count = len(order)
    labels = cut(count, tree, log_odds(threshold))
    probabilities = _certainties(columns, model, labels, edges)
    left, right = strongest(columns, model.scores, tree)
    clusters = np.empty(count, np.int64)
    clusters[order] = order[labels]
    certainties = np.empty(count, np.float32)
    certainties[order] = probabilities
    chances = _chances(tree.heights)
    surest = np.argsort(-chances, kind="stable")
    return Linked(
        clusters=clusters,
        probabilities=certainties,
        joins=Joins(order[left[surest]], order[right[surest]], chances[surest]),
        model=model,
        frequencies=frequencies,
        pairs=edges.pairs,
        left_out=(blocks.left_out, blocks.left_out_records),
    )


def ordered(ids: Sequence[str]) -> tuple[Array, Array]:
    """Return the places of the records by their ids, and for each place where it stands then.

    Raises:
        ValueError: two records have one id.
    """
    names = np.array(ids, dtype=np.str_)
    order = np.argsort(names, kind="stable")
    ranked = names[order]
    twice = np.flatnonzero(ranked[1:] == ranked[:-1])
    if len(twice):
        raise ValueError(f"two records have the id {ranked[twice[0]]!r}; give each its own")
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return order, places


def learned(columns: Columns, blocks: Blocks, model: Model) -> Model:
    """Return the model with the shares of kinds that a sample of these pairs shows."""
    most = int((blocks.sizes.astype(np.int64) ** 2 // 2).sum())
    every = max(1, most // ENOUGH_PAIRS)

    def counted(span: tuple[int, int]) -> Array:
        counts = np.zeros(PATTERNS, np.int64)
        count_patterns(columns, blocks, *span, every, counts)
        return counts

    with ThreadPoolExecutor(threads()) as pool:
        counts = sum(
            pool.map(counted, spans_of(blocks.sizes, threads())), np.zeros(PATTERNS, np.int64)
        )
    return model.of_register(counts)


def edges_of(
    columns: Columns, blocks: Blocks, scores: Array, span: tuple[int, int] | None = None
) -> Edges:
    """Return the pairs above `EDGE_FLOOR` of all blocks, or of those from the first to the last."""
    first, last = span or (0, len(blocks.sizes))
    parts = [
        (first + low, first + high) for low, high in spans_of(blocks.sizes[first:last], _RANGES)
    ]
    with ThreadPoolExecutor(threads()) as pool:
        return joined_edges(
            list(pool.map(lambda part: _walked(columns, blocks, scores, part), parts))
        )


def joined_edges(parts: Sequence[Edges]) -> Edges:
    """Return the edges of all parts."""
    return Edges(
        np.concatenate([part.left for part in parts]) if parts else np.zeros(0, np.int32),
        np.concatenate([part.right for part in parts]) if parts else np.zeros(0, np.int32),
        np.concatenate([part.weights for part in parts]) if parts else np.zeros(0, np.float32),
        sum(part.pairs for part in parts),
    )


def threads() -> int:
    """Return how many threads compare pairs."""
    return max(1, min(8, os.cpu_count() or 1))


def _walked(columns: Columns, blocks: Blocks, scores: Array, span: tuple[int, int]) -> Edges:
    largest = int(blocks.sizes[span[0] : span[1]].max(initial=0))
    room = max(_ROOM // 8, largest * largest)
    left, right = np.empty(room, np.int32), np.empty(room, np.int32)
    weights = np.empty(room, np.float32)
    at, parts = span[0], []
    while at < span[1]:
        at, edges, pairs = walk(
            columns, blocks, at, span[1], scores, EDGE_FLOOR, left, right, weights
        )
        parts.append(
            Edges(left[:edges].copy(), right[:edges].copy(), weights[:edges].copy(), pairs)
        )
    return joined_edges(parts)


def spans_of(sizes: Array, parts: int) -> list[tuple[int, int]]:
    """Divide the blocks into ranges of about as many pairs each."""
    work = np.cumsum(sizes.astype(np.int64) ** 2)
    total = int(work[-1]) if len(work) else 0
    bounds = np.searchsorted(work, [total * part // parts for part in range(1, parts)])
    edges = sorted({0, *(int(bound) for bound in bounds), len(sizes)})
    return list(pairwise(edges))


def _certainties(columns: Columns, model: Model, labels: Array, edges: Edges) -> Array:
    means, sizes = means_within(columns, model.scores, labels)
    apart = labels[edges.left] != labels[edges.right]
    strongest_apart = np.full(len(labels), -60.0)
    np.maximum.at(strongest_apart, edges.left[apart], edges.weights[apart])
    np.maximum.at(strongest_apart, edges.right[apart], edges.weights[apart])
    intercept, slope = model.join
    together = _chances(np.where(sizes > 2, intercept + slope * means, means))
    alone = 1 - _chances(strongest_apart)
    return np.where(sizes > 1, together, alone).astype(np.float32)


def _chances(log_odds: Array) -> Array:
    chances: Array = 1 / (1 + np.exp2(-np.clip(log_odds, -60, 60)))
    return chances


def _moved(pairs: Sequence[tuple[int, int]], places: Array) -> Array:
    return places[np.array(pairs, np.int64).reshape(-1, 2)]


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass
