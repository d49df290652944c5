"""Groups of records by the average over all pairs of two groups (UPGMA; Sokal and Michener 1958).

Components of weak links would chain strangers together, so two groups join only when the mean
log-odds over all their cross pairs, also of those that share no key, is high enough. The joins form
a tree whose heights never rise towards the root, and a threshold cuts it: a higher one always gives
parts of what a lower one gives.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from jembol.methods.linkage.alike import compiled
from jembol.methods.linkage.columns import Array, Columns
from jembol.methods.linkage.kernel import pattern

MOST_TOGETHER: Final = 1200
"""Records of one component that are compared all with all; a larger one first loses weak links."""

MUST: Final = 1000.0
CANNOT: Final = -1e6


class Tree(NamedTuple):
    """Joins from the leaves to the roots.

    Attributes:
        left: A record of the one group.
        right: A record of the other.
        heights: Log-odds (base 2) that the two groups are one person.
    """

    left: Array
    right: Array
    heights: Array


@compiled
def _find(parents: Any, one: Any) -> Any:
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


@compiled
def components(count: Any, left: Any, right: Any, is_kept: Any) -> Any:
    """Return for each record the smallest record that kept edges join it with."""
    parents = np.arange(count)
    for edge in range(len(left)):
        if is_kept[edge]:
            one, other = _find(parents, left[edge]), _find(parents, right[edge])
            if one < other:
                parents[other] = one
            elif other < one:
                parents[one] = other
    for record in range(count):
        parents[record] = _find(parents, record)
    return parents


def small_components(count: int, left: Array, right: Array, weights: Array, floor: float) -> Array:
    """Return components by edges above the floor, and above a higher one where too large."""
    is_kept = weights > floor
    while True:
        roots: Array = components(count, left, right, is_kept)
        sizes = np.bincount(roots, minlength=count)
        is_large = sizes > MOST_TOGETHER
        if not is_large.any():
            return roots
        floor += 1.0
        is_kept &= ~is_large[roots[left]] | (weights > floor)


@compiled
def _join_all(
    columns: Any,
    scores: Any,
    members: Any,
    starts: Any,
    decided: Any,
    decided_left: Any,
    decided_right: Any,
    decided_weight: Any,
    floor: Any,
    intercept: Any,
    slope: Any,
    out_left: Any,
    out_right: Any,
    out_height: Any,
) -> Any:
    """Write the joins of each component; return how many."""
    written = 0
    for component in range(len(starts) - 1):
        first, size = starts[component], starts[component + 1] - starts[component]
        if size == 2:
            i, j = members[first], members[first + 1]
            weight = scores[pattern(columns, i, columns, j)]
            weight = _told(decided, decided_left, decided_right, decided_weight, i, j, weight)
            if weight > floor:
                out_left[written], out_right[written], out_height[written] = i, j, weight
                written += 1
            continue
        sums = np.empty((size, size), np.float32)
        for a in range(size):
            sums[a, a] = 0.0
            for b in range(a + 1, size):
                i, j = members[first + a], members[first + b]
                weight = scores[pattern(columns, i, columns, j)]
                weight = _told(decided, decided_left, decided_right, decided_weight, i, j, weight)
                sums[a, b] = weight
                sums[b, a] = weight
        written = _join(
            sums, members, first, floor, intercept, slope, out_left, out_right, out_height, written
        )
    return written


@compiled
def _told(decided: Any, left: Any, right: Any, weights: Any, i: Any, j: Any, weight: Any) -> Any:
    """Return what people decided of a pair, else the weight."""
    if not decided[i] or not decided[j]:
        return weight
    low, high = min(i, j), max(i, j)
    at = np.searchsorted(left, low)
    while at < len(left) and left[at] == low:
        if right[at] == high:
            return weights[at]
        at += 1
    return weight


@compiled
def _join(
    sums: Any,
    members: Any,
    first: Any,
    floor: Any,
    intercept: Any,
    slope: Any,
    out_left: Any,
    out_right: Any,
    out_height: Any,
    written: Any,
) -> Any:
    size = sums.shape[0]
    counts = np.ones(size)
    heights = np.full(size, 1e9)
    is_alive = np.ones(size, np.bool_)
    best = np.full(size, -1)
    best_mean = np.full(size, -1e30)
    for a in range(size):
        _look_up_best(sums, counts, is_alive, a, best, best_mean)
    while True:
        top = -1
        for a in range(size):
            if is_alive[a] and best[a] >= 0 and (top < 0 or best_mean[a] > best_mean[top]):
                top = a
        if top < 0 or best_mean[top] <= floor:
            return written
        a, b = min(top, best[top]), max(top, best[top])
        height = best_mean[top]
        if counts[a] + counts[b] > 2:
            height = intercept + slope * height
        # Joining above an earlier join would let a higher threshold link more.
        height = min(height, heights[a], heights[b])
        out_left[written], out_right[written] = members[first + a], members[first + b]
        out_height[written] = height
        written += 1
        is_alive[b] = False
        counts[a] += counts[b]
        heights[a] = height
        for c in range(size):
            if is_alive[c] and c != a:
                sums[a, c] += sums[b, c]
                sums[c, a] = sums[a, c]
        _look_up_best(sums, counts, is_alive, a, best, best_mean)
        for c in range(size):
            if not is_alive[c] or c == a:
                continue
            mean = sums[c, a] / (counts[c] * counts[a])
            if best[c] == a or best[c] == b:
                _look_up_best(sums, counts, is_alive, c, best, best_mean)
            elif mean > best_mean[c] or (mean == best_mean[c] and a < best[c]):
                best[c], best_mean[c] = a, mean


@compiled
def _look_up_best(sums: Any, counts: Any, is_alive: Any, a: Any, best: Any, best_mean: Any) -> Any:
    best[a], best_mean[a] = -1, -1e30
    for b in range(sums.shape[0]):
        if b != a and is_alive[b]:
            mean = sums[a, b] / (counts[a] * counts[b])
            if mean > best_mean[a]:
                best[a], best_mean[a] = b, mean


class Decided(NamedTuple):
    """What people decided: pairs that must, and pairs that cannot be one.

    Attributes:
        left: The smaller record of each pair, sorted, int64.
        right: The larger record.
        weights: `MUST` or `CANNOT`.
    """

    left: Array
    right: Array
    weights: Array


def decided_of(must: Array, cannot: Array) -> Decided:
    """Return the decisions about (n, 2) pairs; "cannot" wins over "must"."""
    pairs = np.concatenate([must.reshape(-1, 2), cannot.reshape(-1, 2)]).astype(np.int64)
    weights = np.concatenate(
        [np.full(len(must.reshape(-1, 2)), MUST), np.full(len(cannot.reshape(-1, 2)), CANNOT)]
    )
    pairs.sort(axis=1)
    order = np.lexsort((weights, pairs[:, 1], pairs[:, 0]))
    return Decided(pairs[order, 0], pairs[order, 1], weights[order])


def tree_of(
    columns: Columns,
    scores: Array,
    left: Array,
    right: Array,
    weights: Array,
    decided: Decided,
    floor: float,
    join: tuple[float, float] = (0.0, 1.0),
) -> Tree:
    """Return the joins of all groups above the floor.

    Args:
        columns: The records.
        scores: Log-odds of each pattern.
        left: Record of each edge.
        right: The other record.
        weights: Log-odds of each edge.
        decided: What people decided; it wins.
        floor: Mean log-odds above which two groups join.
        join: Intercept and slope that turn the mean log-odds of larger groups into log-odds; those
            of two single records are what they are.
    """
    count = len(columns.nik)
    if len(decided.left):
        left = np.concatenate([left, decided.left])
        right = np.concatenate([right, decided.right])
        weights = np.concatenate([weights, decided.weights.astype(weights.dtype)])
    roots = small_components(count, left, right, weights, floor)
    sizes = np.bincount(roots, minlength=count)
    members = np.flatnonzero(sizes[roots] > 1)
    members = members[np.argsort(roots[members], kind="stable")]
    kept = np.sort(roots[members])
    starts = (
        np.append(np.flatnonzero(np.append(True, kept[1:] != kept[:-1])), len(members))
        if len(members)
        else np.zeros(1, np.int64)
    )
    room = len(members)
    out_left, out_right = np.empty(room, np.int64), np.empty(room, np.int64)
    heights = np.empty(room, np.float64)
    is_decided = np.zeros(count, np.bool_)
    is_decided[decided.left] = True
    is_decided[decided.right] = True
    written = _join_all(
        columns, scores, members, starts, is_decided, decided.left, decided.right, decided.weights,
        floor, join[0], join[1], out_left, out_right, heights,
    )  # fmt: skip
    return Tree(out_left[:written], out_right[:written], heights[:written])


def cut(count: int, tree: Tree, height: float) -> Array:
    """Return for each record the smallest record of its group at this height."""
    labels: Array = components(count, tree.left, tree.right, tree.heights >= height)
    return labels


def means_within(columns: Columns, scores: Array, labels: Array) -> tuple[Array, Array]:
    """Return each record's mean log-odds with the others of its group, and the group's size."""
    sizes = np.bincount(labels, minlength=len(labels))[labels]
    members = np.flatnonzero(sizes > 1)
    members = members[np.argsort(labels[members], kind="stable")]
    means = np.zeros(len(labels))
    _means(columns, scores, members, labels, means)
    return means, sizes


@compiled
def _means(columns: Any, scores: Any, members: Any, labels: Any, means: Any) -> Any:
    start = 0
    while start < len(members):
        stop = start
        while stop < len(members) and labels[members[stop]] == labels[members[start]]:
            stop += 1
        for a in range(start, stop):
            for b in range(a + 1, stop):
                i, j = members[a], members[b]
                weight = scores[pattern(columns, i, columns, j)] / (stop - start - 1)
                means[i] += weight
                means[j] += weight
        start = stop


def strongest(columns: Columns, scores: Array, tree: Tree) -> tuple[Array, Array]:
    """Return for each join the likeliest pair between its two groups, for people to look at."""
    count = len(columns.nik)
    left, right = np.empty_like(tree.left), np.empty_like(tree.right)
    _strongest(columns, scores, count, tree.left, tree.right, left, right)
    return left, right


@compiled
def _strongest(
    columns: Any, scores: Any, count: Any, joins_left: Any, joins_right: Any, left: Any, right: Any
) -> Any:
    # Members of a group as a ring: `following` leads round, and two rings join by a swap.
    following = np.arange(count)
    for join in range(len(joins_left)):
        best = -1e30
        i = joins_left[join]
        while True:
            j = joins_right[join]
            while True:
                weight = scores[pattern(columns, i, columns, j)]
                if weight > best:
                    best = weight
                    left[join], right[join] = i, j
                j = following[j]
                if j == joins_right[join]:
                    break
            i = following[i]
            if i == joins_left[join]:
                break
        one, other = joins_left[join], joins_right[join]
        following[one], following[other] = following[other], following[one]
