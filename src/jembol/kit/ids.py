"""Identifiers that say nothing about a person: ULIDs, and short ids for print and QR."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from ulid import ULID

from jembol.kit.unreadable import Unreadable

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 of Crockford: without I, L, O and U, which are misread or spell words."""

_MISREAD: Final = str.maketrans("OIL", "011")
_PAYLOAD: Final = 8
_PAYLOAD_BYTES: Final = 5
_BITS: Final = 5
_ULID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_SEPARATORS: Final = re.compile(r"[\s\-–_.]")


def new_ulid(at: datetime) -> str:
    """Return a new ULID, 26 signs that sort by the time given.

    Raises:
        ValueError: the time has no time zone.
    """
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone; give an aware datetime")
    return str(ULID.from_datetime(at))


def is_ulid(text: str) -> bool:
    """Whether the text is a ULID in its one canonical form, upper case."""
    return _ULID.fullmatch(text) is not None


class NotAPublicId(Unreadable):
    """A text is no id that Jembol printed. Codes: blank, form, prefix, check."""


class IdKind(StrEnum):
    """What an id names, as its first letter."""

    PERSON = "P"
    ENTERPRISE = "U"  # usaha
    GROUP = "K"  # kelompok
    HOUSEHOLD = "R"  # rumah tangga
    CLASS = "A"  # angkatan
    TICKET = "T"  # tiket
    CARD = "C"
    CERTIFICATE = "S"  # sertifikat
    MENTOR = "M"


@dataclass(frozen=True, order=True, slots=True)
class PublicId:
    """An opaque id with a check character, made to be printed, read aloud and typed.

    40 random bits say nothing about whom they name. Two of a million are alike with a chance of
    0.4, so the column that stores them is unique and a new id is drawn when one is taken.

    Attributes:
        prefix: One letter for the kind.
        payload: Eight signs of the alphabet.
    """

    prefix: str
    payload: str

    def __post_init__(self) -> None:
        if len(self.prefix) != 1 or self.prefix not in set(IdKind):
            known = ", ".join(IdKind)
            raise NotAPublicId(
                "prefix", f"the id begins with {self.prefix!r}", remedy=f"it begins with {known}"
            )
        if len(self.payload) != _PAYLOAD or not set(self.payload) <= set(ALPHABET):
            raise _malformed()

    @classmethod
    def new(cls, prefix: str, random: Callable[[int], bytes] = secrets.token_bytes) -> Self:
        """Draw an id.

        Raises:
            NotAPublicId: the prefix is no kind of id.
        """
        number = int.from_bytes(random(_PAYLOAD_BYTES), "big")
        places = range(_PAYLOAD - 1, -1, -1)
        return cls(prefix, "".join(ALPHABET[number >> _BITS * place & 31] for place in places))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id in any case, with or without its hyphens; O counts as 0, I and L as 1.

        Raises:
            NotAPublicId: the form is wrong, or the check character does not fit.
        """
        plain = _SEPARATORS.sub("", text).upper()
        if not plain:
            raise NotAPublicId("blank", "the id is blank", remedy=_REMEDY)
        signs = plain[1:].translate(_MISREAD)
        if len(signs) != _PAYLOAD + 1 or not set(signs) <= set(ALPHABET):
            raise _malformed()
        found = cls(plain[0], signs[:-1])
        if found.check != signs[-1]:
            raise NotAPublicId(
                "check",
                f"the check character {signs[-1]!r} at the end does not fit the id",
                remedy="compare every sign with the card; one is mistyped or two are swapped",
                check=signs[-1],
            )
        return found

    @classmethod
    def from_bytes(cls, prefix: str, content: bytes) -> Self:
        """Return the id whose `content` these five bytes are.

        Raises:
            NotAPublicId: the prefix is no kind of id.
        """
        return cls.new(prefix, lambda _size: content)

    @property
    def content(self) -> bytes:
        """The five random bytes, for codes in which every byte counts."""
        number = 0
        for sign in self.payload:
            number = number << _BITS | ALPHABET.index(sign)
        return number.to_bytes(_PAYLOAD_BYTES, "big")

    @property
    def check(self) -> str:
        """The check character, over the prefix and the payload.

        A weighted sum in the field of 32 elements with a different weight at each place, so any
        one wrong sign and any two swapped signs are noticed.
        """
        total = 0
        values = [ord(self.prefix) - ord("A"), *map(ALPHABET.index, self.payload)]
        for value in values:
            total = _times_alpha(total ^ value)
        return ALPHABET[total]

    @property
    def compact(self) -> str:
        """The id without hyphens, for QR codes and the database."""
        return f"{self.prefix}{self.payload}{self.check}"

    def __str__(self) -> str:
        return f"{self.prefix}-{self.payload[:4]}-{self.payload[4:]}-{self.check}"


_REMEDY: Final = "type it like P-7K3M-9QX2-C, as printed on the card"
# x^5 + x^2 + 1 is primitive over GF(2): the powers of x are all 31 elements but zero
# (Lidl and Niederreiter 1994, Introduction to Finite Fields, table D).
_PRIMITIVE: Final = 0b100101


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ _PRIMITIVE if doubled >= len(ALPHABET) else doubled


def _malformed() -> NotAPublicId:
    return NotAPublicId("form", "the text is no id of one letter and nine signs", remedy=_REMEDY)
