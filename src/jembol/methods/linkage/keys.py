"""The keys of one record, for a table in which records of one person find each other.

The families are those of `blocking`, which makes them for many records at once, and three more: a
list names the kelurahan of nearly all its rows, somebody at a desk often only the street. A key is
a number of 64 bits with a sign, so that any database can hold it; whoever stores it digests it with
a key of their own first, because a NIK has few digits that are unknown.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations
from struct import Struct
from typing import Final, NamedTuple

from jembol.methods.linkage.numbers import LONG, PERSONAL, ROUNDED, SHORT, WHOLE, born_in
from jembol.methods.linkage.tokens import beginning, packed, unpacked
from jembol.methods.linkage.traits import Traits

_FORM: Final = Struct("<B2Q")
_NUMBER: Final = Struct("<q")
_WORDS: Final = 3

VERSION: Final = 2
"""Count it up with every change of a family or of how traits are read: keys that are stored then
meet no longer, and are written anew."""


class Key(NamedTuple):
    """One key of a record.

    Attributes:
        number: Signed, 64 bits.
        is_number: Whether it rests on a NIK or a telephone number, which few people share.
    """

    number: int
    is_number: bool


def keys_of(traits: Traits) -> list[Key]:
    """Return the keys of a record, each once, those of numbers first."""
    parts = dict.fromkeys((*_of_numbers(traits), *_of_words(traits), *_of_desks(traits)))
    return [Key(_digest(part), part[0] < _FIRST_OF_WORDS) for part in parts]


_FIRST_OF_WORDS: Final = 6
_Part = tuple[int, int, int]


def _digest(part: _Part) -> int:
    number: int = _NUMBER.unpack(blake2b(_FORM.pack(*part), digest_size=8).digest())[0]
    return number


def _of_numbers(traits: Traits) -> Iterator[_Part]:
    nik, kind = traits.nik, traits.nik_kind
    if kind in {WHOLE, SHORT, LONG}:
        yield 1, nik % 10**10, 0
    if kind in _END:
        yield 2, nik // 10 ** _END[kind], 0
    for phone in traits.phones:
        if phone:
            yield 3, phone, 0


_END: Final = {WHOLE: 4, ROUNDED: 4, SHORT: 3, LONG: 5}
"""Digits behind those twelve that stand for place and birth."""

TABLES: Final = {"words": _WORDS, "end": _END}
"""What keys rest on, for an implementation in another language."""


def _of_words(traits: Traits) -> Iterator[_Part]:
    birth, year = _birth(traits)
    words, home = traits.words[:_WORDS], traits.kelurahan
    if birth:
        yield from ((6, beginning(word, 1), birth) for word in words)
        yield from ((7, beginning(word, 4), year) for word in words)
    if home:
        yield from ((8, word, home) for word in words)
        yield from ((12, birth, home),) if birth else ()
        yield from ((13, traits.street[0] + traits.house, home),) if traits.house else ()
    if traits.rt and traits.rw:
        near = traits.rw * 1000 + traits.rt + home
        yield from ((9, beginning(word, 2), near) for word in words[:2])
    yield from ((10, min(pair), max(pair)) for pair in combinations(words, 2))
    if traits.phones[0]:
        yield from ((11, beginning(word, 3), traits.phones[0] % 10**6) for word in words[:2])


def _of_desks(traits: Traits) -> Iterator[_Part]:
    """Yield what meets without a kelurahan, and names that one of two wrote as one word."""
    words = traits.words
    near = traits.rw * 1000 + traits.rt if traits.rt and traits.rw else 0
    for street in filter(None, traits.street):
        for word in words[:2]:
            if traits.house:
                yield 15, beginning(word, 1), street + traits.house
            if near:
                yield 16, beginning(word, 2), street + near
    if words:
        joined = packed("".join(map(unpacked, words[:_WORDS])))
        yield 17, beginning(joined, 8), 0


def _birth(traits: Traits) -> tuple[int, int]:
    """Return the date of birth without the order of day and month, and the year of two digits."""
    if traits.born:
        day, month, year = traits.born % 100, traits.born // 100 % 100, traits.born // 10_000 % 100
    elif traits.nik_kind in PERSONAL:
        day, month, year = born_in(traits.nik)
    else:
        return 0, 0
    return year * 10_000 + min(day, month) * 100 + max(day, month), year
