"""Who takes part, and what the published rule asks of the list of the placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One ticket of the lottery: a person, or a group that comes whole or not at all.

    Attributes:
        id: What is published for it; never a name.
        size: Seats it needs.
        members: How many of its people belong to each category; at most `size` of each.
    """

    id: str
    size: int = 1
    members: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def person(cls, entry_id: str, categories: Iterable[str] = ()) -> Entry:
        """Return the entry of one person who belongs to these categories."""
        return cls(entry_id, 1, dict.fromkeys(categories, 1))

    def count(self, category: str) -> int:
        """Return how many people of the entry belong to the category."""
        return self.members.get(category, 0)


@dataclass(frozen=True, slots=True)
class Quota:
    """Seats that the published rule keeps for a category, and the most it may get.

    Attributes:
        category: Such as "kecamatan:35.73.01" or "women".
        at_least: Seats that nobody else gets while the category has people for them.
        at_most: No more than these; None where there is no upper limit.
    """

    category: str
    at_least: int = 0
    at_most: int | None = None


class NotALottery(ValueError):
    """Entries or quotas contradict themselves; the words name which, and the remedy."""


def checked(entries: Sequence[Entry], seats: int, quotas: Sequence[Quota]) -> None:
    """Hold that entries, seats and quotas make a lottery.

    Raises:
        NotALottery: an id twice or empty, a size below one, more members than people, a quota
            twice, a limit below zero, or an upper limit under the lower one.
    """
    if seats < 0:
        raise NotALottery(f"seats is {seats}; a class has none or more")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, seen)
    categories: set[str] = set()
    for quota in quotas:
        _check_quota(quota, categories)


def _check_entry(entry: Entry, seen: set[str]) -> None:
    if not entry.id or "\n" in entry.id:
        raise NotALottery(f"entry {entry.id!r}: an id is one line with at least one sign")
    if entry.id in seen:
        raise NotALottery(f"entry {entry.id!r} stands there twice; keep one of them")
    seen.add(entry.id)
    if entry.size < 1:
        raise NotALottery(f"entry {entry.id!r} has size {entry.size}; a person is 1, a group more")
    for category, count in entry.members.items():
        if not 0 <= count <= entry.size:
            raise NotALottery(
                f"entry {entry.id!r} counts {count} of {category!r}; it has {entry.size} people"
            )


def _check_quota(quota: Quota, seen: set[str]) -> None:
    if quota.category in seen:
        raise NotALottery(f"quota {quota.category!r} stands there twice; keep one of them")
    seen.add(quota.category)
    if quota.at_least < 0 or (quota.at_most is not None and quota.at_most < quota.at_least):
        raise NotALottery(
            f"quota {quota.category!r} asks for at least {quota.at_least} and at most"
            f" {quota.at_most}; give 0 <= at_least <= at_most"
        )
