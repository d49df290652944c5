"""Signed codes: what the QR of a ticket or a card says, and how anybody proves it offline.

A code is `JB1.` and 146 signs of the alphabet of our ids, which a QR code holds in its compact
alphanumeric mode (version 6, correction M), a scanner types without a shift key, and a person can
read. They are 27 bytes and an Ed25519 signature over them (RFC 8032). It names no person: the
holder is eight bytes that only the city can lead back.

    kind 1 | key 4 | serial 5 | subject 5 | holder 8 | from 2 | until 2 | signature 64

`from` and `until` are days since 1 January 2020, both inclusive. The highest bit of `kind` says
that there is a subject.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from jembol.kit.ids import ALPHABET, IdKind, PublicId

PREFIX: Final = "JB1."
EPOCH: Final = date(2020, 1, 1)
LAST_DAY: Final = EPOCH + timedelta(days=0xFFFF)
HOLDER_BYTES: Final = 8
KEY_BYTES: Final = 32
# Signed together with the payload, so that a signature made for anything else is none here.
DOMAIN: Final = b"jembol.code.1:"

_LAYOUT: Final = struct.Struct(">B4s5s5s8sHH")
_SIGNATURE_BYTES: Final = 64
_WHOLE: Final = _LAYOUT.size + _SIGNATURE_BYTES
_SIGNS: Final = -(-_WHOLE * 8 // 5)
_SPARE_BITS: Final = _SIGNS * 5 - _WHOLE * 8
_HAS_SUBJECT: Final = 0x80
_NO_SUBJECT: Final = bytes(5)
_READ_AS: Final = {sign: value for value, sign in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


class Kind(IntEnum):
    """What a code is."""

    TICKET = 1
    CARD = 2
    CERTIFICATE = 3


SERIALS: Final = {
    Kind.TICKET: IdKind.TICKET,
    Kind.CARD: IdKind.CARD,
    Kind.CERTIFICATE: IdKind.CERTIFICATE,
}


class Fault(StrEnum):
    """Why a code does not hold, the first that is found."""

    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    UNKNOWN_KEY = "unknown-key"
    FORGED = "forged"
    KEY_EXPIRED = "key-expired"
    WRONG_KIND = "wrong-kind"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that proves codes, and the days on which it does, both inclusive."""

    public: bytes
    valid_from: date
    valid_until: date

    @property
    def id(self) -> str:
        """The name of the key: the first four bytes of its SHA-256, in hexadecimal."""
        return key_id(self.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCode:
    """What a code says; whether it is true is `verify`'s.

    Attributes:
        kind: What it is.
        key_id: The key that is said to have signed it.
        serial: The compact id of the ticket, card or certificate.
        subject: The compact id of the class, or empty.
        holder: Eight bytes that stand for the person.
        valid_from: The first day on which it holds.
        valid_until: The last day on which it holds.
    """

    kind: Kind
    key_id: str
    serial: str
    subject: str
    holder: bytes
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a code: what it says, if it can be read, and why it does not hold."""

    code: SignedCode | None
    fault: Fault | None

    @property
    def holds(self) -> bool:
        """Whether the code is genuine and valid."""
        return self.fault is None


def key_id(public: bytes) -> str:
    """Return the name of a public key."""
    return hashlib.sha256(public).digest()[:4].hex()


def new_private() -> bytes:
    """Draw a private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(code: SignedCode, private: bytes) -> str:
    """Return the code as text.

    Raises:
        ValueError: the key is not the one that the code names, the serial is of another kind, the
            holder has another length, or a day lies outside 2020 to 2199.
    """
    if key_id(public_of(private)) != code.key_id:
        raise ValueError(f"the private key is not the one that the code names, {code.key_id}")
    payload = _packed(code)
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(DOMAIN + payload)
    return PREFIX + _written(payload + signature)


def read(text: str) -> SignedCode | Fault:
    """Return what a code says without asking whether it is true, or why it cannot be read.

    Blanks and control signs around it are what a hand or a scanner adds; small letters, and O for
    0, are what a hand mistypes.
    """
    found = _bytes_of(text)
    return found if isinstance(found, Fault) else _unpacked(found)


def verify(
    text: str, keys: Mapping[str, PublicKey], *, on: date, kind: Kind | None = None
) -> Verdict:
    """Return whether the code holds on this day.

    Args:
        text: What was scanned or typed.
        keys: The keys that may have signed it, by their id.
        on: The day.
        kind: What it must be; None for anything.
    """
    whole = _bytes_of(text)
    if isinstance(whole, Fault):
        return Verdict(None, whole)
    code = _unpacked(whole)
    if isinstance(code, Fault):
        return Verdict(None, code)
    fault = _fault_of_signature(whole, keys.get(code.key_id), on)
    return Verdict(code, fault or _fault_of_content(code, kind, on))


def _fault_of_signature(whole: bytes, key: PublicKey | None, on: date) -> Fault | None:
    if key is None:
        return Fault.UNKNOWN_KEY
    payload, signature = whole[: _LAYOUT.size], whole[_LAYOUT.size :]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, DOMAIN + payload)
    except InvalidSignature:
        return Fault.FORGED
    return None if key.valid_from <= on <= key.valid_until else Fault.KEY_EXPIRED


def _fault_of_content(code: SignedCode, kind: Kind | None, on: date) -> Fault | None:
    if kind is not None and code.kind != kind:
        return Fault.WRONG_KIND
    if on < code.valid_from:
        return Fault.NOT_YET_VALID
    return Fault.EXPIRED if on > code.valid_until else None


def _packed(code: SignedCode) -> bytes:
    serial = PublicId.parse(code.serial)
    if serial.prefix != SERIALS[code.kind]:
        raise ValueError(f"{code.serial} is no serial of a {code.kind.name.lower()}")
    if len(code.holder) != HOLDER_BYTES:
        raise ValueError(f"the holder has {len(code.holder)} bytes, not {HOLDER_BYTES}")
    days = [(day - EPOCH).days for day in (code.valid_from, code.valid_until)]
    if not all(0 <= number <= 0xFFFF for number in days):
        raise ValueError(f"days lie between {EPOCH} and {LAST_DAY}")
    kind = code.kind | (_HAS_SUBJECT if code.subject else 0)
    subject = PublicId.parse(code.subject).content if code.subject else _NO_SUBJECT
    key = bytes.fromhex(code.key_id)
    return _LAYOUT.pack(kind, key, serial.content, subject, code.holder, *days)


def _unpacked(whole: bytes) -> SignedCode | Fault:
    kind, key, serial, subject, holder, first, last = _LAYOUT.unpack(whole[: _LAYOUT.size])
    if kind & ~_HAS_SUBJECT not in set(Kind):
        return Fault.MALFORMED
    known = Kind(kind & ~_HAS_SUBJECT)
    has_subject = bool(kind & _HAS_SUBJECT)
    return SignedCode(
        kind=known,
        key_id=key.hex(),
        serial=PublicId.from_bytes(SERIALS[known], serial).compact,
        subject=PublicId.from_bytes(IdKind.CLASS, subject).compact if has_subject else "",
        holder=holder,
        valid_from=EPOCH + timedelta(days=first),
        valid_until=EPOCH + timedelta(days=last),
    )


def _written(content: bytes) -> str:
    number = int.from_bytes(content, "big") << _SPARE_BITS
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(_SIGNS - 1, -1, -1))


def _bytes_of(text: str) -> bytes | Fault:
    plain = "".join(text.split()).strip("\x00\x1d\x1e\x04").upper()
    if not plain.startswith(PREFIX):
        return Fault.MALFORMED
    signs = plain[len(PREFIX) :]
    if len(signs) > _SIGNS or not all(sign in _READ_AS for sign in signs):
        return Fault.MALFORMED
    if len(signs) < _SIGNS:
        return Fault.TRUNCATED
    number = 0
    for sign in signs:
        number = number << 5 | _READ_AS[sign]
    # One text for one code: the bits that are left over are zero.
    if number & (1 << _SPARE_BITS) - 1:
        return Fault.MALFORMED
    return (number >> _SPARE_BITS).to_bytes(_WHOLE, "big")
