"""Which rows are one person or one enterprise, and what was answered about pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jembol.kit.reach import Reach
from jembol.registry.choices import Answer
from jembol.registry.models import (
    Enterprise,
    EnterpriseMerge,
    EnterpriseVerdict,
    Person,
    PersonMerge,
    PersonVerdict,
)

Pair = tuple[int, int]
"""The keys of two rows, the smaller first."""

Shown = TypeVar("Shown", Person, Enterprise)

CHUNK: Final = 500

APART: Final = frozenset({Answer.DIFFERENT, Answer.HOUSEHOLD})
"""Answers that keep two rows from being merged."""


def pair_of(one: int, other: int) -> Pair:
    """Return the two keys as every pair is written."""
    return (one, other) if one < other else (other, one)


def members_of(row: Person | Enterprise) -> list[int]:
    """Return the keys of all rows that are this person or enterprise: itself, then by key."""
    others = family_of(type(row), [row.pk]) - {row.pk}
    return [row.pk, *sorted(others)]


def rows_of(row: Person | Enterprise) -> QuerySet[Any]:
    """Return all rows that are this person or enterprise, to be asked about in one query.

    It starts from the row at hand; read that in the same request.
    """
    model: type[Any] = type(row)
    root = row.survivor_id or row.pk
    found: QuerySet[Any] = model.objects.filter(Q(pk=root) | Q(survivor=root))
    return found


def shown_to(reach: Reach, row: Shown) -> Shown:
    """Return the row that stands for this one, unless that lies outside what a reader may see.

    Needs `survivor` selected, where rows are many.
    """
    root = row.survivor
    return root if root is not None and reach.covers(root.area_id) else row


def root_of(row: Person | Enterprise) -> int:
    """Return the key of the row that stands for this one; its own when it stands itself."""
    found = roots_of(type(row), [row.pk])
    return found.get(row.pk, row.pk)


def roots_of(model: type[Any], keys: Collection[int]) -> dict[int, int]:
    """Return for each key that the register has the key of the row that stands for it."""
    rows = model.objects.filter(pk__in=keys).order_by("pk")
    return {key: survivor or key for key, survivor in rows.values_list("pk", "survivor_id")}


def family_of(model: type[Any], keys: Collection[int]) -> set[int]:
    """Return the keys of all rows that are one with any of these."""
    roots = set(roots_of(model, keys).values())
    absorbed = model.objects.filter(survivor__in=roots).order_by("pk")
    return roots | set(absorbed.values_list("pk", flat=True))


def families_of(model: type[Any], keys: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each key all the keys that are one with it, itself among them, in order."""
    roots = roots_of(model, keys)
    members: dict[int, list[int]] = {root: [root] for root in roots.values()}
    absorbed = model.objects.filter(survivor__in=members).order_by("pk")
    for key, root in absorbed.values_list("pk", "survivor_id"):
        members[root].append(key)
    return {key: tuple(sorted(members[root])) for key, root in roots.items()}


def merges_of(row: Person | Enterprise) -> QuerySet[Any]:
    """Return the standing merges that make this person or enterprise, the oldest first."""
    merges: type[Any] = PersonMerge if isinstance(row, Person) else EnterpriseMerge
    standing = merges.objects.standing().filter(absorbed__in=members_of(row))
    found: QuerySet[Any] = standing.select_related("survivor", "absorbed").order_by("pk")
    return found


def why_it_stays(row: Person | Enterprise) -> str:
    """Return what keeps a row from being taken out of the register, and the remedy."""
    if merges_of(row).exists():
        return _("%(name)s is one with another entry. Undo that merge first.") % {"name": row.name}
    if isinstance(row, Person):
        return _("%(name)s has enterprises, groups, consents or classes. Remove those first.") % {
            "name": row.name
        }
    return _("Other records name %(enterprise)s. Remove those first.") % {"enterprise": row.name}


def latest_verdicts(pairs: Iterable[Pair]) -> dict[Pair, Answer]:
    """Return the answer that counts for each of these pairs of people that has one."""
    return _latest(PersonVerdict.objects.all(), pairs)


def latest_enterprise_verdicts(pairs: Iterable[Pair]) -> dict[Pair, Answer]:
    """Return the answer that counts for each of these pairs of enterprises that has one."""
    return _latest(EnterpriseVerdict.objects.all(), pairs)


def answers_between(
    verdicts: QuerySet[Any], some: Collection[int], others: Collection[int]
) -> dict[Pair, Answer]:
    """Return the answer that counts for each judged pair of one of these and one of those."""
    rows = verdicts.filter(
        Q(low__in=some, high__in=others) | Q(low__in=others, high__in=some)
    ).order_by("pk")
    told = rows.values_list("low_id", "high_id", "answer")
    # In the order of keys, so that the latest of a pair is what stays.
    return {(low, high): Answer(answer) for low, high, answer in told}


def _latest(verdicts: QuerySet[Any], pairs: Iterable[Pair]) -> dict[Pair, Answer]:
    wanted = {pair_of(*pair) for pair in pairs}
    by_low: dict[int, set[int]] = defaultdict(set)
    for low, high in wanted:
        by_low[low].add(high)
    found: dict[Pair, Answer] = {}
    lows = sorted(by_low)
    for start in range(0, len(lows), CHUNK):
        rows = verdicts.filter(low__in=lows[start : start + CHUNK]).order_by("pk")
        for low, high, answer in rows.values_list("low_id", "high_id", "answer"):
            if high in by_low[low]:
                found[low, high] = Answer(answer)
    return found
