"""A record as it is compared: small whole numbers, 0 for unknown, of one fixed size when packed."""

import struct
from typing import Final, NamedTuple, Self

from jembol.methods.linkage.businesses import WORDS as BUSINESS_WORDS
from jembol.methods.linkage.businesses import read_business
from jembol.methods.linkage.names import WORDS, read_name
from jembol.methods.linkage.numbers import (
    PERSONAL,
    read_birth,
    read_nik,
    read_phones,
    read_sex,
    sex_in,
)
from jembol.methods.linkage.where import read_area, read_home
from jembol.methods.linkage.written import Written

_FORM: Final = struct.Struct(f"<{WORDS}QQBIB2QHHH2Q3Q{BUSINESS_WORDS}Q")

PACKED: Final = _FORM.size
"""Bytes of packed traits."""


class Traits(NamedTuple):
    """What is compared of a record.

    Attributes:
        words: Up to six packed words of the name, by sound, in order of writing.
        nik: Digits of the number in the NIK column as a number.
        nik_kind: 0 none, else `numbers.WHOLE`, `ROUNDED` or `CARD`.
        born: YYYYMMDD.
        sex: 1 man, 2 woman.
        phones: Two numbers without zero and country code.
        rt: Number of the RT.
        rw: Number of the RW.
        house: Number of the house.
        street: Two packed words of the street.
        kelurahan: Packed name by sound.
        kecamatan: Packed name by sound.
        city: Packed name by sound.
        business: Up to four packed words of the enterprise's name.
    """

    words: tuple[int, ...] = ()
    nik: int = 0
    nik_kind: int = 0
    born: int = 0
    sex: int = 0
    phones: tuple[int, int] = (0, 0)
    rt: int = 0
    rw: int = 0
    house: int = 0
    street: tuple[int, int] = (0, 0)
    kelurahan: int = 0
    kecamatan: int = 0
    city: int = 0
    business: tuple[int, ...] = ()

    def pack(self) -> bytes:
        """Return the traits in 156 bytes."""
        return _FORM.pack(
            *padded(self.words, WORDS), self.nik, self.nik_kind, self.born, self.sex,
            *self.phones, self.rt, self.rw, self.house, *self.street,
            self.kelurahan, self.kecamatan, self.city, *padded(self.business, BUSINESS_WORDS),
        )  # fmt: skip

    @classmethod
    def unpack(cls, packed: bytes | memoryview) -> Self:
        """Return the traits that `pack` wrote.

        Raises:
            ValueError: the bytes are of another size, so of another version.
        """
        if len(packed) != _FORM.size:
            raise ValueError(f"packed traits have {_FORM.size} bytes, not {len(packed)}")
        values = _FORM.unpack(packed)
        rest = values[WORDS:]
        return cls(
            tuple(filter(None, values[:WORDS])), rest[0], rest[1], rest[2], rest[3],
            (rest[4], rest[5]), rest[6], rest[7], rest[8], (rest[9], rest[10]),
            rest[11], rest[12], rest[13], tuple(filter(None, rest[14:])),
        )  # fmt: skip


def padded(words: tuple[int, ...], length: int) -> tuple[int, ...]:
    """Return the words with zeros behind."""
    return words + (0,) * (length - len(words))


def traits_of(written: Written) -> Traits:
    """Return what is compared of a record; whatever cannot be read is unknown."""
    name = read_name(written.name)
    nik = read_nik(written.nik)
    home = read_home(written.address, written.rt, written.rw)
    return Traits(
        words=name.words,
        nik=nik.digits,
        nik_kind=nik.kind,
        born=read_birth(written.born_on),
        sex=sex_of(read_sex(written.sex), nik.digits, nik.kind, name.sex),
        phones=read_phones(written.phone),
        rt=home.rt,
        rw=home.rw,
        house=home.house,
        street=home.street,
        kelurahan=read_area(written.kelurahan),
        kecamatan=read_area(written.kecamatan),
        city=read_area(written.city),
        business=read_business(written.business),
    )


def sex_of(said: int, nik: int, nik_kind: int, called: int) -> int:
    """Return the sex that is written, else what the NIK says, else the form of address."""
    if said:
        return said
    told = sex_in(nik) if nik_kind in PERSONAL else 0
    return told or called
