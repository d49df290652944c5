"""The same evidence as `evidence`, compiled: one pair in under a microsecond.

Records stand as columns of numbers, and the categories of a pair as one number in mixed radix (the
last field changes fastest), so that a model is a table and weighing a pair is one look-up.
"""

from typing import Any, Final

import numpy as np

from jembol.methods.linkage import evidence as words
from jembol.methods.linkage.alike import (
    TOP_SHIFT,
    are_alike,
    compiled,
    is_short_form,
    joined,
    length,
    within_one,
)
from jembol.methods.linkage.columns import SHARED
from jembol.methods.linkage.evidence import BUSINESS, NAME, NIK, PHONE, PLACE, SIZES
from jembol.methods.linkage.numbers import CARD as CARD_KIND
from jembol.methods.linkage.numbers import ROUNDED as ROUNDED_KIND
from jembol.methods.linkage.numbers import SHORT as SHORT_KIND

PATTERNS: Final = int(np.prod(SIZES))
"""Number of different patterns of evidence."""


_N, _K, _B, _P, _A, _S, _E = SIZES
_CONFLICT, _LITTLE = NAME.index("conflict"), NAME.index("little")
_PARTIAL, _AGAINST, _SUBSET = (
    NAME.index("partial-1"), NAME.index("against-1"), NAME.index("subset-1"),
)  # fmt: skip
_LIKE_SUBSET, _LIKE, _EQUAL = (
    NAME.index("like-subset-1"), NAME.index("like-1"), NAME.index("equal-1"),
)  # fmt: skip
_B_LITTLE, _B_AGAINST = words.LITTLE, words.AGAINST
_B_PARTIAL = np.array(words.PARTIAL)
_B_SUBSET = np.array(words.SUBSET)
_B_LIKE_SUBSET = np.array(words.LIKE_SUBSET)
_B_LIKE = np.array(words.LIKE)
_B_EQUAL = np.array(words.EQUAL)
_INITIAL = words.INITIAL_BITS
_STRONG = words.STRONG_BUSINESS
_SHARED, _CROWD = SHARED, words.CROWD

_NIK_EQUAL, _NIK_CARD, _NIK_ROUNDED = (
    NIK.index("equal"), NIK.index("card-equal"), NIK.index("rounded-equal"),
)  # fmt: skip
_NIK_ONE, _NIK_TWO = NIK.index("one-digit"), NIK.index("two-digits")
_NIK_SERIAL_ONE, _NIK_SERIAL = NIK.index("serial-one-digit"), NIK.index("serial")
_NIK_BIRTH, _NIK_DIFFERENT = NIK.index("birth"), NIK.index("different")
_PHONE_EQUAL, _PHONE_SHARED, _PHONE_CROWD = 1, 2, 3
_PHONE_ONE, _PHONE_DIFFERENT = PHONE.index("one-digit"), PHONE.index("different")
_HOUSE, _RT, _STREET, _RW, _KELURAHAN = (
    PLACE.index("house"), PLACE.index("rt"), PLACE.index("street"), PLACE.index("rw"),
    PLACE.index("kelurahan"),
)  # fmt: skip
_OTHER_RW, _OTHER_KELURAHAN, _OTHER_CITY = (
    PLACE.index("other-rw"), PLACE.index("other-kelurahan"), PLACE.index("other-city"),
)  # fmt: skip
_RT_ONLY, _STREET_ONLY, _OTHER_RT_ONLY, _KECAMATAN = (
    PLACE.index("rt-only"), PLACE.index("street-only"), PLACE.index("other-rt-only"),
    PLACE.index("kecamatan"),
)  # fmt: skip
_BUSINESS_EQUAL, _BUSINESS_PARTIAL, _BUSINESS_DIFFERENT = (
    BUSINESS.index("equal"), BUSINESS.index("partial"), BUSINESS.index("different"),
)  # fmt: skip


@compiled
def _step(bits: Any, bounds: Any) -> Any:
    step = 0
    for bound in bounds:
        if bits >= bound:
            step += 1
    return step


@compiled
def _comes_first(one: Any, other: Any) -> Any:
    """Whether the first row of words stands before the other, as tuples of Python do."""
    for place in range(one.shape[0]):
        if one[place] != other[place]:
            return one[place] < other[place]
    return True


@compiled
def _joins(
    parts: Any, part_bits: Any, part_free: Any, wholes: Any, whole_bits: Any, whole_free: Any
) -> Any:
    bits = 0.0
    count = 0
    for first in range(parts.shape[0] - 1):
        if not (part_free >> first) & 1 or not (part_free >> (first + 1)) & 1:
            continue
        both = joined(parts[first], parts[first + 1])
        for whole in range(wholes.shape[0]):
            if (whole_free >> whole) & 1 and within_one(both, wholes[whole]):
                bits += 0.8 * min(part_bits[first] + part_bits[first + 1], whole_bits[whole])
                count += 1
                part_free &= ~(1 << first) & ~(1 << (first + 1))
                whole_free &= ~(1 << whole)
                break
    return bits, count, part_free, whole_free


@compiled
def _round(
    kind: Any, one: Any, one_bits: Any, one_free: Any, other: Any, other_bits: Any, other_free: Any
) -> Any:
    """One round of matching: kind 0 equal, 1 alike, 2 initial, 3 short form."""
    bits = 0.0
    count = 0
    for left in range(one.shape[0]):
        if not (one_free >> left) & 1:
            continue
        for right in range(other.shape[0]):
            if not (other_free >> right) & 1:
                continue
            x, y = one[left], other[right]
            worth = -1.0
            if kind == 0:
                if x == y:
                    worth = min(one_bits[left], other_bits[right])
            elif kind == 1:
                if are_alike(x, y):
                    worth = 0.7 * min(one_bits[left], other_bits[right])
            elif kind == 2:
                if (x >> TOP_SHIFT) == (y >> TOP_SHIFT) and (length(x) == 1) != (length(y) == 1):
                    worth = _INITIAL
            elif is_short_form(x, y):
                worth = 0.5 * min(one_bits[left], other_bits[right])
            if worth >= 0:
                bits += worth
                count += 1
                one_free &= ~(1 << left)
                other_free &= ~(1 << right)
                break
    return bits, count, one_free, other_free


@compiled
def _all_free(row: Any) -> Any:
    free = 0
    for place in range(row.shape[0]):
        if row[place]:
            free |= 1 << place
    return free


@compiled
def _bits_left(bits: Any, free: Any) -> Any:
    total = 0.0
    for place in range(bits.shape[0]):
        if (free >> place) & 1:
            total += bits[place]
    return total


@compiled
def _name(one: Any, one_bits: Any, other: Any, other_bits: Any) -> Any:
    if not one[0] or not other[0]:
        return 0
    if not _comes_first(one, other):
        one, other = other, one
        one_bits, other_bits = other_bits, one_bits
    left, right = _all_free(one), _all_free(other)
    bits, exact, left, right = _round(0, one, one_bits, left, other, other_bits, right)
    soft = 0
    if left and right:
        more, count, left, right = _round(1, one, one_bits, left, other, other_bits, right)
        bits += more
        soft += count
    if left and right:
        more, count, left, right = _joins(one, one_bits, left, other, other_bits, right)
        bits += more
        soft += count
        more, count, right, left = _joins(other, other_bits, right, one, one_bits, left)
        bits += more
        soft += count
    if left and right:
        more, count, left, right = _round(2, one, one_bits, left, other, other_bits, right)
        bits += more
        soft += count
    if left and right:
        more, count, left, right = _round(3, one, one_bits, left, other, other_bits, right)
        bits += more
        soft += count
    if exact + soft == 0:
        return _CONFLICT
    if left and right:
        if bits < _B_LITTLE:
            return _LITTLE
        against = min(_bits_left(one_bits, left), _bits_left(other_bits, right))
        return (_AGAINST if against >= _B_AGAINST else _PARTIAL) + _step(bits, _B_PARTIAL)
    if left or right:
        if soft == 0:
            return _SUBSET + _step(bits, _B_SUBSET)
        return _LIKE_SUBSET + _step(bits, _B_LIKE_SUBSET)
    return _EQUAL + _step(bits, _B_EQUAL) if soft == 0 else _LIKE + _step(bits, _B_LIKE)


@compiled
def _slips(one: Any, other: Any) -> Any:
    """Return in how many digits two numbers differ, 3 for more; swapped neighbours count as one."""
    count = 0
    last_place = -2
    last_one = 0
    last_other = 0
    is_swap = False
    place = 0
    while one or other:
        a, b = one % 10, other % 10
        if a != b:
            count += 1
            is_swap = count == 2 and place == last_place + 1 and a == last_other and b == last_one
            last_place, last_one, last_other = place, a, b
            if count > 2:
                return count
        one //= 10
        other //= 10
        place += 1
    return 1 if is_swap and count == 2 else count


@compiled
def _odd_length(shorter: Any, longer: Any) -> Any:
    if longer // 10 == shorter:
        return _NIK_ROUNDED
    while longer and longer % 10 == shorter % 10:
        longer //= 10
        shorter //= 10
    return _NIK_ONE if longer // 10 == shorter else 0


@compiled
def _nik(one: Any, one_kind: Any, other: Any, other_kind: Any) -> Any:
    if not one_kind or not other_kind:
        return 0
    has_card = one_kind == CARD_KIND or other_kind == CARD_KIND
    has_rounded = one_kind == ROUNDED_KIND or other_kind == ROUNDED_KIND
    if one == other:
        if has_card:
            return _NIK_CARD
        return _NIK_ROUNDED if has_rounded else _NIK_EQUAL
    if has_card:
        return 0
    if one_kind >= SHORT_KIND or other_kind >= SHORT_KIND:
        return _odd_length(min(one, other), max(one, other))
    if has_rounded and one // 10 == other // 10:
        return _NIK_ROUNDED
    slips = _slips(one, other)
    if one // 10_000 == other // 10_000:
        return _NIK_SERIAL_ONE if slips == 1 else _NIK_SERIAL
    if slips <= 2:
        return _NIK_ONE if slips == 1 else _NIK_TWO
    same_birth = one // 10_000 % 1_000_000 == other // 10_000 % 1_000_000
    return _NIK_BIRTH if same_birth else _NIK_DIFFERENT


@compiled
def _birth(one: Any, one_short: Any, other: Any, other_short: Any) -> Any:
    if one and other:
        if one == other:
            return 2 if one % 10_000 == 101 else 1
        same_year = one // 10_000 == other // 10_000
        same_month = one // 100 % 100 == other // 100 % 100
        same_day = one % 100 == other % 100
        swapped = one % 100 == other // 100 % 100 and other % 100 == one // 100 % 100
        if same_year and swapped:
            return 3
        unlike = (not same_year) + (not same_month) + (not same_day)
        if unlike == 1:
            return 4 if _slips(one, other) == 1 else 5
        has_default = one % 10_000 == 101 or other % 10_000 == 101
        return 5 if has_default and same_year else 6
    if not (one or other) or not one_short or not other_short:
        return 0
    return 7 if one_short == other_short else 8


@compiled
def _phone(one: Any, one_crowd: Any, other: Any, other_crowd: Any) -> Any:
    if not one[0] or not other[0]:
        return 0
    rarest = 1 << 30
    is_close = False
    for left in range(2):
        for right in range(2):
            a, b = one[left], other[right]
            if not a or not b:
                continue
            if a == b:
                rarest = min(rarest, max(one_crowd[left], other_crowd[right]))
            elif _slips(a, b) == 1 and _digits(a) == _digits(b):
                is_close = True
    if rarest < 1 << 30:
        if rarest > _CROWD:
            return _PHONE_CROWD
        return _PHONE_SHARED if rarest > _SHARED else _PHONE_EQUAL
    return _PHONE_ONE if is_close else _PHONE_DIFFERENT


@compiled
def _digits(number: Any) -> Any:
    count = 0
    while number:
        number //= 10
        count += 1
    return count


@compiled
def _same_street(one: Any, one_house: Any, other: Any, other_house: Any) -> Any:
    shared = 0
    for left in range(2):
        if one[left] and (one[left] == other[0] or one[left] == other[1]):
            shared += 1
    if not shared:
        return False
    if one_house and other_house:
        return one_house == other_house
    return shared == 2


@compiled
def _place(a: Any, i: Any, b: Any, j: Any) -> Any:
    street = _same_street(a.street[i], a.house[i], b.street[j], b.house[j])
    rt, rw, other_rt, other_rw = a.rt[i], a.rw[i], b.rt[j], b.rw[j]
    here, there = a.areas[i], b.areas[j]
    all_known = rt and rw and other_rt and other_rw
    same_rt = rt == other_rt and rw == other_rw
    if here[0] and there[0]:
        if here[0] == there[0]:
            if all_known and same_rt:
                return _HOUSE if street else _RT
            if street:
                return _STREET
            if rw and other_rw:
                return _RW if rw == other_rw else _OTHER_RW
            return _KELURAHAN
        if here[2] and there[2] and here[2] != there[2]:
            return _OTHER_CITY
        return _STREET_ONLY if street else _OTHER_KELURAHAN
    if street:
        return _STREET_ONLY
    if all_known:
        return _RT_ONLY if same_rt else _OTHER_RT_ONLY
    if here[1] and there[1]:
        return _KECAMATAN if here[1] == there[1] else _OTHER_KELURAHAN
    return 0


@compiled
def _business(one: Any, one_bits: Any, other: Any, other_bits: Any) -> Any:
    if not one[0] or not other[0]:
        return 0
    if not _comes_first(one, other):
        one, other = other, one
        one_bits, other_bits = other_bits, one_bits
    free = _all_free(other)
    bits = 0.0
    matched = 0
    total = 0
    for left in range(one.shape[0]):
        if not one[left]:
            break
        total += 1
        for right in range(other.shape[0]):
            if not (free >> right) & 1:
                continue
            x, y = one[left], other[right]
            if x == y or (min(length(x), length(y)) >= 4 and within_one(x, y)):
                free &= ~(1 << right)
                bits += min(one_bits[left], other_bits[right])
                matched += 1
                break
    if not matched:
        return _BUSINESS_DIFFERENT
    if bits >= _STRONG or (matched == total and not free and bits >= _STRONG / 2):
        return _BUSINESS_EQUAL
    return _BUSINESS_PARTIAL


@compiled
def pattern(a: Any, i: Any, b: Any, j: Any) -> Any:
    """Return the pattern of evidence of record i of a and record j of b, both `Columns`."""
    found = _name(a.words[i], a.bits[i], b.words[j], b.bits[j])
    found = found * _K + _nik(a.nik[i], a.nik_kind[i], b.nik[j], b.nik_kind[j])
    found = found * _B + _birth(a.born[i], a.short[i], b.born[j], b.short[j])
    found = found * _P + _phone(a.phones[i], a.crowds[i], b.phones[j], b.crowds[j])
    found = found * _A + _place(a, i, b, j)
    sex = 0
    if a.sex[i] and b.sex[j]:
        sex = 1 if a.sex[i] == b.sex[j] else 2
    found = found * _S + sex
    return found * _E + _business(
        a.business[i], a.business_bits[i], b.business[j], b.business_bits[j]
    )


@compiled
def weigh_others(a: Any, i: Any, b: Any, scores: Any, weights: Any) -> Any:
    """Write the log-odds of record i of a with each record of b."""
    for j in range(len(weights)):
        weights[j] = scores[pattern(a, i, b, j)]
