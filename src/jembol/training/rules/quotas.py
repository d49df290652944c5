"""Seats and quotas: whether some people can come in, and what stands against it.

Minima of one kind never count the same person, so their open needs add up; minima of two kinds may
be met by one person, so only the larger of the sums must stay free. A person of whom the decisive
fact is not known counts for no quota.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jembol.kit.area import AreaCode
from jembol.kit.unreadable import Unreadable
from jembol.training.choices import QuotaKind
from jembol.training.rules.conditions import Facts


@dataclass(frozen=True, slots=True)
class Share:
    """What a class keeps for, or allows to, some people.

    Attributes:
        kind: By what they are told apart.
        value: Which of them: the code of a kecamatan, a band of deciles, or nothing.
        at_least: Seats kept for them.
        at_most: Seats they may take, or None without a limit.
    """

    kind: QuotaKind
    value: str = ""
    at_least: int = 0
    at_most: int | None = None

    @property
    def category(self) -> str:
        """How published files name it."""
        return f"{self.kind.value}:{self.value}" if self.value else self.kind.value

    def counts(self, facts: Facts) -> bool:
        """Whether somebody belongs to those it is about; what is not known does not."""
        return _COUNTS[self.kind](self.value, facts)


def _in_kecamatan(value: str, facts: Facts) -> bool:
    low, high = AreaCode.parse(value).span
    return low <= facts.area < high


def _in_band(value: str, facts: Facts) -> bool:
    low, high = band_of(value)
    return facts.decile is not None and low <= facts.decile <= high


_COUNTS: Final[dict[QuotaKind, Callable[[str, Facts], bool]]] = {
    QuotaKind.KECAMATAN: _in_kecamatan,
    QuotaKind.DECILE: _in_band,
    QuotaKind.WOMEN: lambda _value, facts: facts.sex == "P",
    QuotaKind.DISABILITY: lambda _value, facts: facts.has_disability is True,
}


def band_of(value: str) -> tuple[int, int]:
    """Return the lowest and highest decile of a band like `1-4`.

    Raises:
        ValueError: it is none.
    """
    low, _dash, high = value.partition("-")
    band = int(low), int(high or low)
    if not 1 <= band[0] <= band[1] <= 10:
        raise ValueError(f"{value!r} is no band of deciles")
    return band


class Bar(StrEnum):
    """What stands against a seat."""

    FULL = "full"
    TOO_MANY = "too-many"
    RESERVED = "reserved"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Room:
    """What is taken of a class: by registrations and by offers that still stand.

    Attributes:
        seats: The seats, or None without a limit.
        taken: People with a seat, or to whom one is offered.
        shares: The quotas.
        counts: How many of those taken belong to each.
        keeps_minima: Whether seats are kept for quotas that are not reached yet.
    """

    seats: int | None
    taken: int
    shares: tuple[Share, ...] = ()
    counts: tuple[int, ...] = ()
    keeps_minima: bool = False

    @property
    def left(self) -> int | None:
        """Seats that nobody has or was offered, or None without a limit."""
        return None if self.seats is None else max(self.seats - self.taken, 0)

    def with_people(self, people: Sequence[Facts]) -> "Room":
        """Return the room when these people have seats too."""
        counts = tuple(
            count + sum(share.counts(one) for one in people)
            for share, count in zip(self.shares, self.counts, strict=True)
        )
        return Room(self.seats, self.taken + len(people), self.shares, counts, self.keeps_minima)

    def bar(self, people: Sequence[Facts]) -> tuple[Bar, Share | None] | None:
        """Return what stands against giving all these people a seat, or None."""
        if self.left is not None and len(people) > self.left:
            return (Bar.TOO_MANY if self.left else Bar.FULL), None
        then = self.with_people(people)
        for share, before, after in zip(self.shares, self.counts, then.counts, strict=True):
            if share.at_most is not None and after > share.at_most and after > before:
                return Bar.AT_MOST, share
        if self.keeps_minima and then.left is not None:
            return _reserved(self, then)
        return None


def _reserved(before: Room, then: Room) -> tuple[Bar, Share | None] | None:
    """Return the minimum that could not be reached any more, if these people made it so."""
    needs = open_needs(then)
    worst = max(needs, key=lambda kind: needs[kind], default=None)
    if worst is None or then.left is None or needs[worst] <= then.left:
        return None
    earlier = open_needs(before)
    if before.left is not None and earlier[worst] - before.left >= needs[worst] - then.left:
        # It was beyond reach already, and these people make it no worse.
        return None
    unmet = (s for s, c in zip(then.shares, then.counts, strict=True) if c < s.at_least)
    return Bar.RESERVED, next(share for share in unmet if share.kind == worst)


def open_needs(room: Room) -> dict[QuotaKind, int]:
    """Return for each kind of quota how many seats its minima still ask for."""
    needs: dict[QuotaKind, int] = defaultdict(int)
    for share, count in zip(room.shares, room.counts, strict=True):
        needs[share.kind] += max(share.at_least - count, 0)
    return needs


class ShareFault(StrEnum):
    """Why quotas do not fit together."""

    TWICE = "twice"
    NO_VALUE = "no-value"
    OVERLAP = "overlap"
    AT_MOST_BELOW_AT_LEAST = "at-most-below-at-least"
    BEYOND_SEATS = "beyond-seats"


def fault_of_shares(shares: Sequence[Share], seats: int | None) -> ShareFault | None:
    """Return the first thing that is wrong with the quotas of a class, or None."""
    if len({share.category for share in shares}) < len(shares):
        return ShareFault.TWICE
    if not all(_has_fitting_value(share) for share in shares):
        return ShareFault.NO_VALUE
    if any(s.at_most is not None and s.at_most < s.at_least for s in shares):
        return ShareFault.AT_MOST_BELOW_AT_LEAST
    if _overlap(share for share in shares if share.kind == QuotaKind.DECILE):
        return ShareFault.OVERLAP
    needs = open_needs(Room(seats, 0, tuple(shares), (0,) * len(shares)))
    is_beyond = seats is not None and max(needs.values(), default=0) > seats
    return ShareFault.BEYOND_SEATS if is_beyond else None


def _has_fitting_value(share: Share) -> bool:
    if share.kind in {QuotaKind.WOMEN, QuotaKind.DISABILITY}:
        return not share.value
    try:
        return (
            _is_kecamatan(share.value)
            if share.kind == QuotaKind.KECAMATAN
            else any(band_of(share.value))
        )
    except (ValueError, Unreadable):
        return False


def _is_kecamatan(value: str) -> bool:
    return AreaCode.parse(value).level == 3


def _overlap(bands: Iterable[Share]) -> bool:
    deciles = [
        decile
        for low, high in (band_of(band.value) for band in bands)
        for decile in range(low, high + 1)
    ]
    return len(set(deciles)) < len(deciles)
