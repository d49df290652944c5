"""The keys of one record, for a table in which records of one person find each other.

The families are those of `blocking`, which makes them for many records at once. A key is a number of
64 bits with a sign, so that any database can hold it; whoever stores it digests it with a key of
their own first, because a NIK has few digits that are unknown.
"""

from collections.abc import Iterator
from hashlib import blake2b
from struct import Struct
from typing import Final, NamedTuple

from jembol.methods.linkage.numbers import LONG, PERSONAL, ROUNDED, SHORT, WHOLE, born_in
from jembol.methods.linkage.tokens import beginning
from jembol.methods.linkage.traits import Traits

_FORM: Final = Struct("<B2Q")
_NUMBER: Final = Struct("<q")
_WORDS: Final = 3


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
    parts = dict.fromkeys((*_of_numbers(traits), *_of_words(traits)))
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
    if kind in _FRONT:
        yield 2, nik // _FRONT[kind], 0
    for phone in traits.phones:
        if phone:
            yield 3, phone, 0


_FRONT: Final = {WHOLE: 10**4, ROUNDED: 10**4, SHORT: 10**3, LONG: 10**5}


def _of_words(traits: Traits) -> Iterator[_Part]:
    day, month, year = _birth(traits)
    birth = year * 10_000 + min(day, month) * 100 + max(day, month)
    words = traits.words[:_WORDS]
    for place, word in enumerate(words):
        if year or birth:
            yield 6, beginning(word, 1), birth
            yield 7, beginning(word, 4), year
        if traits.kelurahan:
            yield 8, word, traits.kelurahan
        for other in words[:place]:
            yield 10, min(word, other), max(word, other)
    for word in words[:2]:
        if traits.rt and traits.rw:
            yield 9, beginning(word, 2), traits.rw * 1000 + traits.rt + traits.kelurahan
        if traits.phones[0]:
            yield 11, beginning(word, 3), traits.phones[0] % 10**6
    if birth and traits.kelurahan:
        yield 12, birth, traits.kelurahan
    if traits.street[0] and traits.house and traits.kelurahan:
        yield 13, traits.street[0] + traits.house, traits.kelurahan


def _birth(traits: Traits) -> tuple[int, int, int]:
    if traits.born:
        return traits.born % 100, traits.born // 100 % 100, traits.born // 10_000 % 100
    return born_in(traits.nik) if traits.nik_kind in PERSONAL else (0, 0, 0)
