"""Where records of one person meet: keys, and one pass over the pairs that share one.

A pair is looked at once, under the smallest key that both have, so nothing remembers pairs. A key
that more records share than its cap is left out and counted; the caps of NIK and telephone are so
high that only a filler exceeds them.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from jembol.methods.linkage.alike import compiled
from jembol.methods.linkage.columns import Array, Columns
from jembol.methods.linkage.kernel import pattern

WIDTH: Final = 26
"""Keys a record can have."""

KEY_BITS: Final = 40
CAPS: Final = np.array([100, 40, 1000, 0])
"""Most records of a key: of words, of little telling words, of numbers."""


MANY: Final = 2_000_000
"""Records from which a date of birth needs three letters of a name beside it, not one."""

_WORDS, _LITTLE, _NUMBERS = 0, 1, 2
_CAP_OF = np.full(15, _WORDS, np.uint64)
_CAP_OF[[1, 2, 3]] = _NUMBERS
_CAP_OF[[7, 14]] = _LITTLE
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_KEEP = np.uint64(64 - KEY_BITS)
_FIRST_LETTER = np.uint64(59)
_PREFIX_2 = np.uint64(54)
_PREFIX_3 = np.uint64(49)
_PREFIX_4 = np.uint64(44)
_NO_KEY = np.uint64(0)
_WHOLE, _ROUNDED, _SHORT, _LONG = 1, 2, 4, 5


@compiled
def mixed(number: Any) -> Any:
    """Return 64 bits that look like chance, and are always the same for one number."""
    # Stafford's variant 13 of the finaliser of MurmurHash3 (Steele, Lea and Flood 2014).
    number = (number ^ (number >> _S30)) * _MIX_1
    number = (number ^ (number >> _S27)) * _MIX_2
    return number ^ (number >> _S31)


@compiled
def _key(family: Any, one: Any, two: Any) -> Any:
    number = mixed(np.uint64(one) + _ODD * np.uint64(family + 1))
    number = mixed(number ^ (np.uint64(two) * _ODD))
    # The lowest bits tell the cap: wide, narrow, or that of numbers.
    return (((number >> _KEEP) & ~np.uint64(3)) | _CAP_OF[family]) or np.uint64(4)


@compiled
def fill_keys(columns: Any, start: Any, stop: Any, birth_prefix: Any, keys: Any) -> Any:
    """Write the keys of records start to stop into rows of `keys`, which is (n, WIDTH) and zero."""
    for i in range(start, stop):
        _fill_row(columns, i, birth_prefix, keys[i])


@compiled
def _fill_row(columns: Any, i: Any, birth_prefix: Any, row: Any) -> Any:
    at = _fill_numbers(columns, i, row)
    words = columns.words[i]
    kelurahan, city = columns.areas[i, 0], columns.areas[i, 2]
    short = columns.short[i]
    day, month, year = short // 10_000, short // 100 % 100, short % 100
    birth = year * 10_000 + min(day, month) * 100 + max(day, month)
    rt, rw, phone = columns.rt[i], columns.rw[i], np.uint64(columns.phones[i, 0])
    near = np.uint64(rw) * np.uint64(1000) + np.uint64(rt) + kelurahan
    for place in range(3):
        word = words[place]
        if not word:
            break
        if short:
            row[at] = _key(6, word >> birth_prefix, birth)
            row[at + 1] = _key(7, word >> _PREFIX_4, year)
            at += 2
        if kelurahan:
            row[at] = _key(8, word, kelurahan)
            at += 1
        if rt and rw and place < 2:
            row[at] = _key(9, word >> _PREFIX_2, near)
            at += 1
        for other in range(place):
            low, high = min(word, words[other]), max(word, words[other])
            row[at] = _key(10, low, high)
            at += 1
        if phone and place < 2:
            row[at] = _key(11, word >> _PREFIX_3, phone % np.uint64(10**6))
            at += 1
    if short and kelurahan:
        row[at] = _key(12, birth, kelurahan)
        at += 1
    if columns.street[i, 0] and columns.house[i] and kelurahan:
        row[at] = _key(13, columns.street[i, 0] + np.uint64(columns.house[i]), kelurahan)
        at += 1
    business = columns.business[i]
    if business[0] and business[1]:
        row[at] = _key(14, business[0] ^ business[1] ^ business[2] ^ business[3], city)
        at += 1
    # The same key twice (two words of one beginning) would count a record twice.
    row[:at].sort()
    for place in range(1, at):
        if row[place] == row[place - 1]:
            row[place - 1] = _NO_KEY


@compiled
def _fill_numbers(columns: Any, i: Any, row: Any) -> Any:
    at = 0
    nik, kind = np.uint64(columns.nik[i]), columns.nik_kind[i]
    if kind in (_WHOLE, _SHORT, _LONG):
        row[at] = _key(1, nik % np.uint64(10**10), 0)
        at += 1
    front = 10**4 if kind in (_WHOLE, _ROUNDED) else 10**3 if kind == _SHORT else 10**5
    if kind in (_WHOLE, _ROUNDED, _SHORT, _LONG):
        row[at] = _key(2, nik // np.uint64(front), 0)
        at += 1
    for place in range(2):
        if columns.phones[i, place]:
            row[at] = _key(3, columns.phones[i, place], 0)
            at += 1
    return at


class Blocks(NamedTuple):
    """Keys in order, each with the records that have it.

    Attributes:
        entries: uint64, key above and record below, sorted.
        starts: Where each block of at least two records begins in `entries`.
        sizes: Records of each block.
        keys: (n, WIDTH) uint64, the keys of each record in order; left-out keys are zero.
        left_out: Blocks above their cap.
        left_out_records: Entries in them.
    """

    entries: Array
    starts: Array
    sizes: Array
    keys: Array
    left_out: int
    left_out_records: int


def rows_of_keys(columns: Columns, register: int) -> Array:
    """Return the keys of each record in order, (n, WIDTH) and zero where it has no more.

    Args:
        columns: The records, all or some of a register.
        register: Records of the whole register.
    """
    count = len(columns.nik)
    keys = np.zeros((count, WIDTH), np.uint64)
    fill_keys(columns, 0, count, _FIRST_LETTER if register < MANY else _PREFIX_3, keys)
    return keys


def blocks_of(columns: Columns) -> Blocks:
    """Return the blocks of a register."""
    count = len(columns.nik)
    keys = rows_of_keys(columns, count)
    shift = np.uint64(64 - KEY_BITS)
    if count >= 1 << int(shift):
        raise ValueError(f"one pass takes fewer than {1 << int(shift)} records, not {count}")
    records = np.arange(count, dtype=np.uint64)
    entries = ((keys << shift) | records[:, None])[keys > 0]
    entries.sort()
    entries = (
        entries[np.concatenate(([True], entries[1:] != entries[:-1]))] if len(entries) else entries
    )
    owners = entries >> shift
    edges = (
        np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
        if len(entries)
        else np.zeros(0, np.int64)
    )
    sizes = np.diff(np.append(edges, len(entries)))
    cap = CAPS[(owners[edges] & np.uint64(3)).astype(np.int64)]
    hot = sizes > cap
    kept = (sizes > 1) & ~hot
    if hot.any():
        _clear(keys, owners[edges][hot], entries, edges[hot], sizes[hot], shift)
    return Blocks(entries, edges[kept], sizes[kept], keys, int(hot.sum()), int(sizes[hot].sum()))


@compiled
def _clear(keys: Any, hot: Any, entries: Any, starts: Any, sizes: Any, shift: Any) -> Any:
    low = (np.uint64(1) << shift) - np.uint64(1)
    for block in range(len(hot)):
        for place in range(starts[block], starts[block] + sizes[block]):
            row = keys[np.int64(entries[place] & low)]
            for at in range(row.shape[0]):
                if row[at] == hot[block]:
                    row[at] = _NO_KEY


@compiled
def _is_first_shared(one: Any, other: Any, key: Any) -> Any:
    """Whether the key is the smallest that both rows have; zeros are skipped."""
    left, right = 0, 0
    width = one.shape[0]
    while left < width and right < width:
        a, b = one[left], other[right]
        if a == _NO_KEY:
            left += 1
        elif b == _NO_KEY:
            right += 1
        elif a == b:
            return a == key
        elif a < b:
            left += 1
        else:
            right += 1
    return False


@compiled
def count_patterns(
    columns: Any, blocks: Any, first: Any, last: Any, every: Any, counts: Any
) -> Any:
    """Add the pattern of each pair in every so-manieth block to `counts`; return the pairs."""
    shift = np.uint64(64 - KEY_BITS)
    low = (np.uint64(1) << shift) - np.uint64(1)
    pairs = 0
    for block in range(first, last):
        start, size = blocks.starts[block], blocks.sizes[block]
        key = blocks.entries[start] >> shift
        if mixed(key) % np.uint64(every):
            continue
        for a in range(start, start + size):
            i = np.int64(blocks.entries[a] & low)
            for b in range(a + 1, start + size):
                j = np.int64(blocks.entries[b] & low)
                if _is_first_shared(blocks.keys[i], blocks.keys[j], key):
                    counts[pattern(columns, i, columns, j)] += 1
                    pairs += 1
    return pairs


@compiled
def walk(
    columns: Any,
    blocks: Any,
    first: Any,
    last: Any,
    scores: Any,
    floor: Any,
    left: Any,
    right: Any,
    weights: Any,
) -> Any:
    """Weigh the pairs of blocks first to last until the three outputs are nearly full.

    Returns:
        The block to go on with, the edges written, and the pairs looked at.
    """
    shift = np.uint64(64 - KEY_BITS)
    low = (np.uint64(1) << shift) - np.uint64(1)
    edges = 0
    pairs = 0
    for block in range(first, last):
        start, size = blocks.starts[block], blocks.sizes[block]
        if edges + size * size // 2 > len(left):
            return block, edges, pairs
        key = blocks.entries[start] >> shift
        for a in range(start, start + size):
            i = np.int64(blocks.entries[a] & low)
            for b in range(a + 1, start + size):
                j = np.int64(blocks.entries[b] & low)
                if not _is_first_shared(blocks.keys[i], blocks.keys[j], key):
                    continue
                pairs += 1
                weight = scores[pattern(columns, i, columns, j)]
                if weight > floor:
                    left[edges] = i
                    right[edges] = j
                    weights[edges] = weight
                    edges += 1
    return last, edges, pairs
