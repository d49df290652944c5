"""Many records as columns of numbers, filled from texts or from traits."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np

from jembol.methods.linkage.businesses import WORDS as BUSINESS_WORDS
from jembol.methods.linkage.businesses import read_business
from jembol.methods.linkage.names import WORDS, read_name
from jembol.methods.linkage.numbers import PERSONAL, read_birth, read_nik, read_phones, read_sex
from jembol.methods.linkage.tokens import packed, unpacked
from jembol.methods.linkage.traits import Traits, padded
from jembol.methods.linkage.where import read_area, read_home

Array = np.ndarray[Any, Any]


class Columns(NamedTuple):
    """Many records; row i of each column is record i. Units as in `traits.Traits`.

    Attributes:
        words: (n, 6) uint64.
        bits: (n, 6) float32, how telling each word is.
        nik: (n,) int64.
        nik_kind: (n,) uint8.
        born: (n,) int32, YYYYMMDD.
        short: (n,) int32, DDMMYY of the date of birth, else of the NIK.
        sex: (n,) uint8.
        phones: (n, 2) int64.
        crowds: (n, 2) int32, records with each number.
        rt: (n,) uint16.
        rw: (n,) uint16.
        house: (n,) uint16.
        street: (n, 2) uint64.
        areas: (n, 3) uint64: kelurahan, kecamatan, city.
        business: (n, 4) uint64.
        business_bits: (n, 4) float32.
    """

    words: Array
    bits: Array
    nik: Array
    nik_kind: Array
    born: Array
    short: Array
    sex: Array
    phones: Array
    crowds: Array
    rt: Array
    rw: Array
    house: Array
    street: Array
    areas: Array
    business: Array
    business_bits: Array


SHARED: Final = 12
MOST_BITS: Final = 20.0
"""A word seen once in a million records; beyond that nothing more is known."""


def columns_of_texts(table: Mapping[str, Sequence[str]]) -> Columns:
    """Return the columns of records given as columns of texts.

    Args:
        table: By the names of `Written`'s fields; all of one length, absent ones are unknown.
    """
    count = len(next(iter(table.values()), ()))
    empty = ("",) * count

    def texts(field: str) -> Sequence[str]:
        return table.get(field, empty)

    names = [read_name(text) for text in texts("name")]
    niks = [read_nik(text) for text in texts("nik")]
    homes = [
        read_home(*row) for row in zip(texts("address"), texts("rt"), texts("rw"), strict=True)
    ]
    nik = np.array([one.digits for one in niks], np.int64)
    kind = np.array([one.kind for one in niks], np.uint8)
    called = np.array([one.sex for one in names], np.uint8)
    said = _each(read_sex, texts("sex"), np.uint8)
    areas = [
        _each(read_area, texts(field), np.uint64) for field in ("kelurahan", "kecamatan", "city")
    ]
    return _raw(
        words=_table((one.words for one in names), count, WORDS),
        nik=nik,
        nik_kind=kind,
        born=_each(read_birth, texts("born_on"), np.int32),
        sex=_sexes(said, nik, kind, called),
        phones=np.array([read_phones(text) for text in texts("phone")], np.int64).reshape(count, 2),
        rt=np.array([home.rt for home in homes], np.uint16),
        rw=np.array([home.rw for home in homes], np.uint16),
        house=np.array([home.house for home in homes], np.uint16),
        street=np.array([home.street for home in homes], np.uint64).reshape(count, 2),
        areas=np.stack(areas, axis=1).reshape(count, 3),
        business=_table((read_business(text) for text in texts("business")), count, BUSINESS_WORDS),
    )


def columns_of_traits(records: Sequence[Traits]) -> Columns:
    """Return the columns of records that were read one by one."""
    count = len(records)

    def column(values: Iterable[int], kind: Any) -> Array:
        return np.fromiter(values, kind, count)

    return _raw(
        words=_table((one.words for one in records), count, WORDS),
        nik=column((one.nik for one in records), np.int64),
        nik_kind=column((one.nik_kind for one in records), np.uint8),
        born=column((one.born for one in records), np.int32),
        sex=column((one.sex for one in records), np.uint8),
        phones=np.array([one.phones for one in records], np.int64).reshape(count, 2),
        rt=column((one.rt for one in records), np.uint16),
        rw=column((one.rw for one in records), np.uint16),
        house=column((one.house for one in records), np.uint16),
        street=np.array([one.street for one in records], np.uint64).reshape(count, 2),
        areas=np.array(
            [(one.kelurahan, one.kecamatan, one.city) for one in records], np.uint64
        ).reshape(count, 3),
        business=_table((one.business for one in records), count, BUSINESS_WORDS),
    )


_PACKED: Final = np.dtype(
    [
        ("words", "<u8", WORDS), ("nik", "<u8"), ("nik_kind", "u1"), ("born", "<u4"), ("sex", "u1"),
        ("phones", "<u8", 2), ("rt", "<u2"), ("rw", "<u2"), ("house", "<u2"), ("street", "<u8", 2),
        ("areas", "<u8", 3), ("business", "<u8", BUSINESS_WORDS),
    ]
)  # fmt: skip
"""The layout of `Traits.pack`."""


def columns_of_packed(records: Sequence[bytes]) -> Columns:
    """Return the columns of records that were packed one by one."""
    rows = np.frombuffer(b"".join(records), _PACKED)
    kinds = {"nik": np.int64, "born": np.int32, "phones": np.int64}
    return _raw(**{name: rows[name].astype(kinds.get(name, rows[name].dtype)) for name in _FIELDS})


_FIELDS: Final = tuple(_PACKED.names or ())


def _raw(**columns: Array) -> Columns:
    born, nik, kind = columns["born"], columns["nik"], columns["nik_kind"]
    from_nik = nik // 10_000 % 1_000_000
    day, month, year = from_nik // 10_000, from_nik // 100 % 100, from_nik % 100
    day = np.where(day > 40, day - 40, day)
    is_known = (
        np.isin(kind, list(PERSONAL)) & (day >= 1) & (day <= 31) & (month >= 1) & (month <= 12)
    )
    nik_short = np.where(is_known, day * 10_000 + month * 100 + year, 0)
    short = born % 100 * 10_000 + born // 100 % 100 * 100 + born // 10_000 % 100
    count = len(born)
    return Columns(
        bits=np.zeros((count, WORDS), np.float32),
        short=np.where(born > 0, short, nik_short).astype(np.int32),
        crowds=np.ones((count, 2), np.int32),
        business_bits=np.zeros((count, BUSINESS_WORDS), np.float32),
        **columns,
    )


def _each(read: Callable[[str], int], texts: Sequence[str], kind: Any) -> Array:
    known: dict[str, int] = {text: read(text) for text in set(texts)}
    return np.fromiter((known[text] for text in texts), kind, len(texts))


def _table(rows: Iterable[tuple[int, ...]], count: int, width: int) -> Array:
    return np.array([padded(row, width) for row in rows], np.uint64).reshape(count, width)


def _sexes(said: Array, nik: Array, kind: Array, called: Array) -> Array:
    day = nik // 100_000_000 % 100
    told = np.where((day >= 1) & (day <= 31), 1, np.where((day > 40) & (day <= 71), 2, 0))
    told = np.where(np.isin(kind, list(PERSONAL)), told, 0)
    return np.where(said > 0, said, np.where(told > 0, told, called)).astype(np.uint8)


def stacked(parts: Sequence[Columns]) -> Columns:
    """Return the records of all parts, in order."""
    return Columns(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def chosen(columns: Columns, rows: Array) -> Columns:
    """Return these rows, in this order."""
    return Columns(*(column[rows] for column in columns))


_COMMON: Final = Path(__file__).with_name("common_words.json")
_RARE_ENOUGH: Final = 12.0


class Frequencies(NamedTuple):
    """How often words and numbers stand in one register.

    Attributes:
        words: Packed words of names, sorted, uint64.
        word_bits: Bits of each, float32.
        business: Packed words of enterprises' names, sorted.
        business_bits: Bits of each.
        phones: Numbers of more than one record, sorted, int64.
        phone_counts: Records with each.
        unseen: Bits of a word that stands in no record.
    """

    words: Array
    word_bits: Array
    business: Array
    business_bits: Array
    phones: Array
    phone_counts: Array
    unseen: float

    @classmethod
    def shipped(cls) -> Self:
        """Return the frequencies that come with Jembol, of invented people; no number is shared."""
        return cls.from_json(json.loads(_COMMON.read_text(encoding="utf-8")))

    def to_json(self, *, above: int = SHARED) -> dict[str, Any]:
        """Return the words that are common enough to weigh little, and the numbers of many.

        Args:
            above: Records of a number above which it is told.
        """
        return {
            "words": _plain(self.words, self.word_bits, self.unseen),
            "business": _plain(self.business, self.business_bits, self.unseen),
            "phones": {
                str(phone): int(count)
                for phone, count in zip(self.phones, self.phone_counts, strict=True)
                if count > above
            },
            "unseen": round(self.unseen, 2),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the frequencies of `to_json`."""
        words, word_bits = _sorted(values["words"])
        business, business_bits = _sorted(values["business"])
        phones = {int(phone): count for phone, count in values["phones"].items()}
        numbers = sorted(phones)
        return cls(
            words, word_bits, business, business_bits, np.array(numbers, np.int64),
            np.array([phones[number] for number in numbers], np.int64), float(values["unseen"]),
        )  # fmt: skip


def _plain(words: Array, bits: Array, unseen: float) -> dict[str, float]:
    common = np.flatnonzero(bits < min(unseen - 1, _RARE_ENOUGH))
    return {unpacked(int(words[at])): round(float(bits[at]), 1) for at in common}


def _sorted(plain: Mapping[str, float]) -> tuple[Array, Array]:
    found = sorted((packed(word), bits) for word, bits in plain.items())
    return (
        np.array([word for word, _bits in found], np.uint64),
        np.array([bits for _word, bits in found], np.float32),
    )


def frequencies_of(columns: Columns) -> Frequencies:
    """Count the words and numbers of a register."""
    return frequencies_from(
        len(columns.nik), int((columns.business[:, 0] > 0).sum()),
        *(counted(column) for column in (columns.words, columns.business, columns.phones)),
    )  # fmt: skip


def counted(column: Array) -> tuple[Array, Array]:
    """Return the values of a column above zero, sorted, and how many records have each."""
    return np.unique(column[column > 0], return_counts=True)


def frequencies_from(
    records: int, enterprises: int, words: tuple[Array, Array], business: tuple[Array, Array],
    phones: tuple[Array, Array],
) -> Frequencies:  # fmt: skip
    """Return the frequencies of what was counted.

    Args:
        records: How many there are.
        enterprises: How many of them name an enterprise.
        words: Of people's names, and how many records have each; as `counted` gives them.
        business: Of enterprises' names.
        phones: Numbers.
    """
    shared = phones[1] > 1
    return Frequencies(
        words[0], _bits_of(words[1], max(records, 1)),
        business[0], _bits_of(business[1], max(enterprises, 1)),
        phones[0][shared], phones[1][shared],
        min(MOST_BITS, float(np.log2(max(records, 1) + 1))),
    )  # fmt: skip


def _bits_of(counts: Array, count: int) -> Array:
    bits: Array = np.minimum(-np.log2(counts / (count + 1)), MOST_BITS).astype(np.float32)
    return bits


def weighed(columns: Columns, frequencies: Frequencies) -> Columns:
    """Return the columns with the bits of their words and the crowds of their numbers."""
    return columns._replace(
        bits=_looked_up(
            columns.words, frequencies.words, frequencies.word_bits, frequencies.unseen
        ),
        business_bits=_looked_up(
            columns.business, frequencies.business, frequencies.business_bits, frequencies.unseen
        ),
        crowds=_looked_up(columns.phones, frequencies.phones, frequencies.phone_counts, 1).astype(
            np.int32
        ),
    )


def _looked_up(values: Array, known: Array, worth: Array, unseen: float) -> Array:
    if not len(known):
        return np.where(values > 0, unseen, 0).astype(np.float32)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found = np.where(known[places] == values, worth[places], unseen)
    return np.where(values > 0, found, 0).astype(np.float32)
