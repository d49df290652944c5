"""Packed words compared by letters, compiled; `evidence` has the same in plain Python."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numba import config, njit

from jembol.methods.linkage.tokens import LETTERS


def _folder() -> str:
    """Return where compiled code is kept: a folder of its own for each state of the sources.

    A compiled function holds those that it calls from other files, but is compiled anew only when
    its own file changes (numba's manual, "Notes on caching").
    """
    here = Path(__file__).parent
    sources = sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py"))))
    return str(here / "__pycache__" / f"compiled-{sources.hexdigest()[:16]}")


config.CACHE_DIR = _folder()  # type: ignore[attr-defined]
Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def compiled(function: Compiled) -> Compiled:
    """Compile a function at its first call; it then runs without the interpreter's lock."""
    return njit(nogil=True, cache=True, error_model="numpy")(function)  # type: ignore[return-value]


_COUNT = np.uint64(15)
_ONE, _TWO = np.uint64(5), np.uint64(10)
TOP_SHIFT = np.uint64(59)
_SECOND_SHIFT = np.uint64(54)
_LETTER = np.uint64(31)


@compiled
def length(word: Any) -> Any:
    """Return the number of letters."""
    return np.int64(word & _COUNT)


@compiled
def letters(word: Any) -> Any:
    """Return the letters alone."""
    return word & ~_COUNT


@compiled
def after_common(one: Any, other: Any) -> Any:
    """Return how many letters two words begin with in common."""
    count = 0
    unlike = letters(one ^ other)
    while count < LETTERS and (unlike >> TOP_SHIFT) == 0:
        unlike <<= _ONE
        count += 1
    return count


@compiled
def within_one(one: Any, other: Any) -> Any:
    """Whether one slip turns the letters of one word into those of the other."""
    one, other = letters(one), letters(other)
    if one == other:
        return True
    start = np.uint64(5 * after_common(one, other))
    left, right = one << start, other << start
    left_rest, right_rest = left << _ONE, right << _ONE
    if left_rest in (right_rest, right) or left == right_rest:
        return True
    return _is_swapped(left, right) and left << _TWO == right << _TWO


@compiled
def _is_swapped(left: Any, right: Any) -> Any:
    return (left >> TOP_SHIFT) == ((right >> _SECOND_SHIFT) & _LETTER) and (right >> TOP_SHIFT) == (
        (left >> _SECOND_SHIFT) & _LETTER
    )


@compiled
def within_two(one: Any, other: Any) -> Any:
    """Whether at most two slips turn the letters of one word into those of the other."""
    one, other = letters(one), letters(other)
    if one == other:
        return True
    start = np.uint64(5 * after_common(one, other))
    left, right = one << start, other << start
    left_rest, right_rest = left << _ONE, right << _ONE
    if within_one(left_rest, right_rest) or within_one(left_rest, right):
        return True
    if within_one(left, right_rest):
        return True
    return _is_swapped(left, right) and within_one(left << _TWO, right << _TWO)


@compiled
def are_alike(one: Any, other: Any) -> Any:
    """Whether two words differ by a slip: one in words of four letters, two from eight on."""
    first, second = length(one), length(other)
    shorter = min(first, second)
    if shorter < 4:
        return False
    if shorter >= 8:
        return abs(first - second) <= 2 and within_two(one, other)
    return abs(first - second) <= 1 and within_one(one, other)


@compiled
def is_short_form(one: Any, other: Any) -> Any:
    """Whether one word is how people call the other: its first three letters or last four."""
    first, second = length(one), length(other)
    if first == second:
        return False
    if first > second:
        one, other, first, second = other, one, second, first
    if first >= 3 and after_common(one, other) >= first:
        return True
    return first >= 4 and letters(other) << np.uint64(5 * (second - first)) == letters(one)


@compiled
def joined(one: Any, other: Any) -> Any:
    """Return the letters of two words written as one."""
    return letters(letters(one) | (letters(other) >> np.uint64(5 * length(one))))


RARER = 5
"""How many times as often the common spelling of an area stands as a slip of it."""


@compiled
def nearest_common(values: Any, counts: Any) -> Any:
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
