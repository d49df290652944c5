"""NIK and KK of the register: sealed for their row, found by digest, shown masked."""

from dataclasses import dataclass

from jembol.kit.nik import Kk, Nik
from jembol.registry.models import Household, Person
from jembol.vault.sealing import digest, open_sealed, seal


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """The three columns of a number; all empty when there is none."""

    sealed: bytes | None = None
    digest: str = ""
    masked: str = ""


def nik_digest(nik: Nik) -> str:
    """Return the digest by which a NIK is looked up."""
    return digest("nik", nik.digits)


def kk_digest(kk: Kk) -> str:
    """Return the digest by which a KK number is looked up."""
    return digest("kk", kk.digits)


def seal_nik(nik: Nik | None, public_id: str) -> SealedNumber:
    """Return the columns of this person's NIK."""
    if nik is None:
        return SealedNumber()
    return SealedNumber(seal(nik.digits, _nik_place(public_id)), nik_digest(nik), nik.masked)


def seal_kk(kk: Kk | None, public_id: str) -> SealedNumber:
    """Return the columns of this household's KK number."""
    if kk is None:
        return SealedNumber()
    return SealedNumber(seal(kk.digits, _kk_place(public_id)), kk_digest(kk), kk.masked)


def open_nik(person: Person) -> str:
    """Return the 16 digits; empty when there are none. Journal the reading.

    Raises:
        SealBroken: the bytes were changed, or belong to another person.
    """
    sealed = person.nik_sealed
    return open_sealed(sealed, _nik_place(person.public_id)) if sealed else ""


def open_kk(household: Household) -> str:
    """Return the 16 digits; empty when there are none. Journal the reading.

    Raises:
        SealBroken: the bytes were changed, or belong to another household.
    """
    sealed = household.kk_sealed
    return open_sealed(sealed, _kk_place(household.public_id)) if sealed else ""


def _nik_place(public_id: str) -> str:
    # The id stands, not the key: the row is sealed before the database gives it one.
    return f"registry.person.nik:{public_id}"


def _kk_place(public_id: str) -> str:
    return f"registry.household.kk:{public_id}"
