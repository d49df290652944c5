"""Draw the lots of one class: an order from the secret, then the seats down that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jembol.methods.draw.entries import Entry, Quota, checked
from jembol.methods.draw.filling import Reason, Shortfall, fill
from jembol.methods.draw.order import ordered


@dataclass(frozen=True, slots=True)
class Draw:
    """What a draw gave; a pure function of entries, seats, quotas, secret, label, public value.

    Attributes:
        placed: Ids with a seat, first drawn first.
        waiting: The others, first drawn first: the waiting list, and the losers to compare with.
        reasons: Of every entry.
        tickets: Of every entry, 64 hex digits, in the order of the draw.
        shortfalls: Quotas for which the entries were too few.
    """

    placed: tuple[str, ...]
    waiting: tuple[str, ...]
    reasons: Mapping[str, Reason]
    tickets: Mapping[str, str]
    shortfalls: tuple[Shortfall, ...]


def draw(
    entries: Sequence[Entry], seats: int, quotas: Sequence[Quota], secret: str, label: str,
    public_value: str = "",
) -> Draw:  # fmt: skip
    """Draw lots for the seats.

    Args:
        entries: In any order; it plays no part.
        seats: Of the class.
        quotas: The published ones, in the published order.
        secret: What is revealed after the closing; its `commitment` was published before.
        label: The class; one line.
        public_value: See `order.ticket`.

    Raises:
        NotALottery: entries or quotas contradict themselves, or the secret is empty.
    """
    checked(entries, seats, quotas)
    drawn = ordered(entries, secret, label, public_value)
    filled = fill([entry for _, entry in drawn], seats, quotas)
    tickets = {entry.id: number for number, entry in drawn}
    return Draw(filled.placed, filled.waiting, filled.reasons, tickets, filled.shortfalls)
