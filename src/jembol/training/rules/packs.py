"""Which papers a class needs, and what each still lacks: values in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jembol.kit.money import Rupiah

STAMPED_ABOVE: Final = Rupiah(5_000_000)
"""A receipt for more than this bears a stamp of Rp10,000 (UU 10/2020 art. 3(2) g, 5)."""


class Lack(StrEnum):
    """What a paper lacks."""

    NUMBER = "number"
    PEOPLE = "people"
    VENUE = "venue"
    HOURS = "hours"
    ROLL = "roll"
    TEXT = "text"
    HONORARIUM = "honorarium"
    PAYMENT = "payment"
    COSTS = "costs"
    BUDGET = "budget"
    ISSUED = "issued"
    PHOTO = "photo"
    SIGNATORY = "signatory"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What is there for the papers of a class.

    Attributes:
        numbered: Words of the papers that have a number.
        people: People with a seat whom the reader may see.
        hidden: People with a seat whom the reader may not see, so that they stand on no paper.
        has_venue: Whether it is known where it is given.
        has_hours: Whether the hours of every day are known.
        days_past: Days that have been.
        rolls: Days whose attendance was taken.
        has_minutes: Whether somebody wrote what happened.
        mentors: Mentors of the class.
        honoraria: Lines of honorarium.
        unpaid_honoraria: Those of them whose payment is not noted.
        costs: Lines of the cost plan.
        unpaid_costs: Those of them whose payment is not noted.
        has_budget: Whether the budget line is named.
        hand_overs: Things that everybody is given.
        due_certificates: People who earned a certificate that is not issued.
        certificates: Certificates that stand.
        photos: Photographs.
        has_signatory: Whether the letterhead says who signs.
    """

    numbered: frozenset[str]
    people: int
    hidden: int
    has_venue: bool
    has_hours: bool
    days_past: int
    rolls: int
    has_minutes: bool
    mentors: int
    honoraria: int
    unpaid_honoraria: int
    costs: int
    unpaid_costs: int
    has_budget: bool
    hand_overs: int
    due_certificates: int
    certificates: int
    photos: int
    has_signatory: bool


def lacks_of(kind: str, facts: PackFacts) -> tuple[Lack, ...]:
    """Return what one paper still lacks, in the order in which it is filled in."""
    by_kind = {
        "undangan": _invitation,
        "hadir": _attendance,
        "acara": _minutes,
        "kuitansi": _receipts,
        "terima": _hand_over,
        "biaya": _costs,
        "sertifikat": _certificates,
        "foto": _photos,
    }
    return tuple(lack for lack, is_lacking in by_kind[kind](facts) if is_lacking)


def is_needed(kind: str, facts: PackFacts) -> bool:
    """Whether the paper belongs to this class at all."""
    if kind == "terima":
        return facts.hand_overs > 0
    if kind == "kuitansi":
        return facts.honoraria > 0 or facts.mentors > 0
    return True


def bears_stamp(amount: Rupiah) -> bool:
    """Whether a receipt of this amount bears a stamp."""
    return amount > STAMPED_ABOVE


_Lacks = Iterator[tuple[Lack, bool]]


def _invitation(facts: PackFacts) -> _Lacks:
    yield Lack.NUMBER, "undangan" not in facts.numbered
    yield Lack.PEOPLE, facts.people == 0
    yield Lack.HIDDEN, facts.hidden > 0
    yield Lack.VENUE, not facts.has_venue
    yield Lack.HOURS, not facts.has_hours
    yield Lack.SIGNATORY, not facts.has_signatory


def _attendance(facts: PackFacts) -> _Lacks:
    yield Lack.PEOPLE, facts.people == 0
    yield Lack.HIDDEN, facts.hidden > 0
    yield Lack.ROLL, facts.rolls < facts.days_past


def _minutes(facts: PackFacts) -> _Lacks:
    yield Lack.NUMBER, "acara" not in facts.numbered
    yield Lack.TEXT, not facts.has_minutes
    yield Lack.ROLL, facts.rolls < facts.days_past


def _receipts(facts: PackFacts) -> _Lacks:
    yield Lack.HONORARIUM, facts.honoraria == 0
    yield Lack.PAYMENT, facts.unpaid_honoraria > 0


def _hand_over(facts: PackFacts) -> _Lacks:
    yield Lack.NUMBER, "terima" not in facts.numbered
    yield Lack.ROLL, facts.rolls < facts.days_past


def _costs(facts: PackFacts) -> _Lacks:
    yield Lack.NUMBER, "biaya" not in facts.numbered
    yield Lack.COSTS, facts.costs == 0
    yield Lack.BUDGET, not facts.has_budget
    yield Lack.PAYMENT, facts.unpaid_costs > 0


def _certificates(facts: PackFacts) -> _Lacks:
    yield Lack.ISSUED, facts.due_certificates > 0 or facts.certificates == 0


def _photos(facts: PackFacts) -> _Lacks:
    yield Lack.PHOTO, facts.photos == 0
