"""Packed words compared by letters, compiled; `evidence` has the same in plain Python."""

import numpy as np
from numba import njit

from jembol.methods.linkage.tokens import LETTERS

compiled = njit(nogil=True, cache=True, error_model="numpy")

ALL = np.uint64((1 << 60) - 1)
_ZERO = np.uint64(0)
_FIVE = np.uint64(5)
_TEN = np.uint64(10)
TOP_SHIFT = np.uint64(55)
_SECOND_SHIFT = np.uint64(50)
_TEN_MASK = np.uint64(1023)
_LETTER_MASK = np.uint64(31)


@compiled
def length(word):
    count = 0
    while word:
        count += 1
        word = (word << _FIVE) & ALL
    return count


@compiled
def after_common(one, other):
    """Return how many letters the two begin with in common."""
    count = 0
    unlike = one ^ other
    while count < LETTERS and (unlike >> TOP_SHIFT) == _ZERO:
        unlike = (unlike << _FIVE) & ALL
        count += 1
    return count


@compiled
def within_one(one, other):
    if one == other:
        return True
    start = np.uint64(5 * after_common(one, other))
    left, right = (one << start) & ALL, (other << start) & ALL
    left_rest, right_rest = (left << _FIVE) & ALL, (right << _FIVE) & ALL
    if left_rest == right_rest or left_rest == right or left == right_rest:
        return True
    return _is_swapped(left, right) and (left << _TEN) & ALL == (right << _TEN) & ALL


@compiled
def _is_swapped(left, right):
    return (left >> TOP_SHIFT) == ((right >> _SECOND_SHIFT) & _LETTER_MASK) and (
        right >> TOP_SHIFT
    ) == ((left >> _SECOND_SHIFT) & _LETTER_MASK)


@compiled
def within_two(one, other):
    if one == other:
        return True
    start = np.uint64(5 * after_common(one, other))
    left, right = (one << start) & ALL, (other << start) & ALL
    left_rest, right_rest = (left << _FIVE) & ALL, (right << _FIVE) & ALL
    if within_one(left_rest, right_rest) or within_one(left_rest, right):
        return True
    if within_one(left, right_rest):
        return True
    return _is_swapped(left, right) and within_one((left << _TEN) & ALL, (right << _TEN) & ALL)


@compiled
def are_alike(one, other):
    shorter = min(length(one), length(other))
    if shorter < 4:
        return False
    return within_two(one, other) if shorter >= 8 else within_one(one, other)


@compiled
def is_short_form(one, other):
    first, second = length(one), length(other)
    if first == second:
        return False
    if first > second:
        one, other, first, second = other, one, second, first
    if first >= 3 and after_common(one, other) >= first:
        return True
    return first >= 4 and (other << np.uint64(5 * (second - first))) & ALL == one


RARER: int = 5
"""How many times as often the common spelling of an area stands as a slip of it."""


@compiled
def nearest_common(values, counts):
    """Return for each value the commonest earlier one that it is a slip of, or itself.

    Args:
        values: Packed words, the commonest first.
        counts: How often each stands.
    """
    brought = values.copy()
    for rare in range(len(values)):
        for common in range(rare):
            if counts[common] < RARER * counts[rare]:
                break
            if brought[common] == values[common] and are_alike(values[rare], values[common]):
                brought[rare] = values[common]
                break
    return brought
