"""Fill the seats of a class down a list, under quotas and with whole groups.

The rule in one sentence: **of all sets of entries that fit the seats, stay below every upper limit
and hold every quota, take the one that is first by the order** - whoever is first is in if any such
set has them; given that, the second; and so on. With one quota that is what "first the reserved
seats by the order, then the open seats by the same order" gives (Dur, Kominers, Pathak and Sonmez
2018, Journal of Political Economy 126(6): with one order for both, reserving first guarantees a
minimum and no more). Where a person counts for several quotas, filling reserve after reserve can
miss one that could have been held; this rule cannot.

The order may be a lottery's, that of arrival, or that of a score. Whoever leaves a seat to a quota
loses it to the first of the category by the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jembol.methods.draw.completion import Kind, Rest, attainable, completion, kind_of
from jembol.methods.draw.entries import Entry, Quota, checked


class Why(StrEnum):
    """Why an entry is placed or waits."""

    DRAWN = "drawn"
    """Placed: its turn came while a seat was open to all."""
    QUOTA = "quota"
    """Placed: by the order alone it would wait; a quota's seat is its own."""
    FULL = "full"
    """Waits: no seat was left."""
    GROUP_TOO_LARGE = "group_too_large"
    """Waits: seats were left, but fewer than the group needs; it is passed over."""
    LIMIT = "limit"
    """Waits: a category would have got more than its upper limit."""
    KEPT = "kept"
    """Waits: the seats that were left are kept for quotas."""
    HOUSEHOLD = "household"
    """Waits: of classes placed together, somebody of the household has its seat."""
    ELSEWHERE = "elsewhere"
    """Placed in another of the classes that were placed together."""

    @property
    def is_placed(self) -> bool:
        """Return whether the entry has a seat."""
        return self in {Why.DRAWN, Why.QUOTA}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one entry is placed or waits.

    Attributes:
        why: The kind of reason.
        categories: Of QUOTA: the entry's quotas; of LIMIT: which limit; of KEPT: for which quotas.
        seats_left: Seats that no entry held when its turn came.
    """

    why: Why
    categories: tuple[str, ...]
    seats_left: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quota for which too few could be placed.

    Attributes:
        category: Of the quota.
        at_least: What the rule asked for.
        attainable: What the entries and the earlier quotas allow.
    """

    category: str
    at_least: int
    attainable: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Who has a seat and who waits, each in the order that was given.

    Attributes:
        placed: Ids of those with a seat.
        waiting: Ids of the others: the waiting list.
        reasons: Of every entry.
        shortfalls: Quotas that nobody could hold.
    """

    placed: tuple[str, ...]
    waiting: tuple[str, ...]
    reasons: Mapping[str, Reason]
    shortfalls: tuple[Shortfall, ...]


def fill(
    order: Sequence[Entry], seats: int, quotas: Sequence[Quota] = (), held: Sequence[Entry] = ()
) -> Filled:
    """Fill the seats down the list.

    When a seat frees, call it again with those who stay as `held` and the waiting list as `order`:
    who is placed then gets the offer.

    Args:
        order: Those without a seat, first first.
        seats: Of the class, with those that are held.
        quotas: The published ones; where not all can be held, the earlier goes before the later.
        held: Those who have a seat already and keep it; they count for seats and quotas.

    Raises:
        NotALottery: entries or quotas contradict themselves.
    """
    checked([*held, *order], seats, quotas)
    walk = _Walk(order, seats, quotas, held)
    reasons = walk.reasons()
    openly = _Walk(order, seats, [Quota(q.category, 0, q.at_most) for q in quotas], held).reasons()
    for entry in order:
        if reasons[entry.id].why.is_placed and not openly[entry.id].why.is_placed:
            reasons[entry.id] = Reason(
                Why.QUOTA, walk.quotas_of(entry), reasons[entry.id].seats_left
            )
    return Filled(
        tuple(entry.id for entry in order if reasons[entry.id].why.is_placed),
        tuple(entry.id for entry in order if not reasons[entry.id].why.is_placed),
        reasons,
        tuple(
            Shortfall(quota.category, quota.at_least, least)
            for quota, least in zip(quotas, walk.minima, strict=True)
            if least < quota.at_least
        ),
    )


class _Walk:
    """One way down the list.

    It carries a completion: how many of each kind, of those still to come, hold the quotas. An
    entry of the completion is placed at once. Another is placed if a completion remains beside it;
    a kind that was refused once is refused for good, because seats only become fewer.
    """

    def __init__(
        self, order: Sequence[Entry], seats: int, quotas: Sequence[Quota], held: Sequence[Entry]
    ) -> None:
        self.order = order
        self.quotas = quotas
        self.left = seats - sum(entry.size for entry in held)
        self.counts = tuple(sum(entry.count(q.category) for entry in held) for q in quotas)
        self.supply = Counter(kind_of(entry, quotas) for entry in order)
        self.refused: set[Kind] = set()
        self.minima = attainable(self._rest(), quotas)
        self.needed = completion(self._rest(), self.minima) or {}

    def reasons(self) -> dict[str, Reason]:
        return {entry.id: self._turn_of(entry) for entry in self.order}

    def quotas_of(self, entry: Entry) -> tuple[str, ...]:
        return tuple(q.category for q in self.quotas if q.at_least and entry.count(q.category))

    def _rest(self) -> Rest:
        limits = tuple(quota.at_most for quota in self.quotas)
        return Rest(self.left, self.supply, self.counts, limits)

    def _turn_of(self, entry: Entry) -> Reason:
        kind = kind_of(entry, self.quotas)
        self.supply[kind] -= 1
        left = max(self.left, 0)
        if kind.size > left:
            return Reason(Why.GROUP_TOO_LARGE if left else Why.FULL, (), left)
        if passed := self._limits_passed_by(kind):
            return Reason(Why.LIMIT, passed, left)
        if not self._leaves_the_quotas(kind):
            return Reason(Why.KEPT, self._outstanding(), left)
        return Reason(Why.DRAWN, (), left)

    def _limits_passed_by(self, kind: Kind) -> tuple[str, ...]:
        return tuple(
            quota.category
            for quota, held, more in zip(self.quotas, self.counts, kind.counts, strict=True)
            if more and quota.at_most is not None and held + more > quota.at_most
        )

    def _outstanding(self) -> tuple[str, ...]:
        return tuple(
            quota.category
            for quota, held, least in zip(self.quotas, self.counts, self.minima, strict=True)
            if held < least
        )

    def _leaves_the_quotas(self, kind: Kind) -> bool:
        """Place the kind if the quotas can still be held beside it; return whether it was."""
        if self.needed.get(kind):
            self.needed[kind] -= 1
            self._place(kind)
            return True
        if self._has_room_beside_the_needed(kind):
            self._place(kind)
            return True
        if kind in self.refused:
            return False
        before = self.left, self.counts
        self._place(kind)
        found = completion(self._rest(), self.minima)
        if found is None:
            self.left, self.counts = before
            self.refused.add(kind)
            return False
        self.needed = found
        return True

    def _has_room_beside_the_needed(self, kind: Kind) -> bool:
        needed = self.needed.items()
        if kind.size + sum(one.size * number for one, number in needed) > self.left:
            return False
        return all(
            quota.at_most is None
            or held + kind.counts[place] + sum(one.counts[place] * number for one, number in needed)
            <= quota.at_most
            for place, (quota, held) in enumerate(zip(self.quotas, self.counts, strict=True))
        )

    def _place(self, kind: Kind) -> None:
        self.left -= kind.size
        self.counts = tuple(a + b for a, b in zip(self.counts, kind.counts, strict=True))
