"""Rows that are one: held together, their merges and verdicts written, `survivor` derived."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.registry import errors, events
from jembol.registry.actions.words import replace_enterprise_words, replace_person_words
from jembol.registry.choices import Answer
from jembol.registry.models import (
    Enterprise,
    EnterpriseDoubt,
    EnterpriseMerge,
    EnterpriseVerdict,
    Person,
    PersonDoubt,
    PersonMerge,
    PersonVerdict,
)
from jembol.registry.queries.identity import APART, answers_between, family_of, pair_of

LABEL_LENGTH: Final = 150


@dataclass(frozen=True, slots=True)
class Kind:
    """People or enterprises: which tables and facts are theirs."""

    rows: type[Any]
    merges: type[Any]
    verdicts: type[Any]
    doubts: type[Any]
    replace_words: Callable[[Collection[Any]], None]
    judged: str
    merged: str
    absorbed: str
    unmerged: str
    stands_again: str


PEOPLE: Final = Kind(
    rows=Person,
    merges=PersonMerge,
    verdicts=PersonVerdict,
    doubts=PersonDoubt,
    replace_words=replace_person_words,
    judged=events.PERSON_JUDGED,
    merged=events.PERSON_MERGED,
    absorbed=events.PERSON_ABSORBED,
    unmerged=events.PERSON_UNMERGED,
    stands_again=events.PERSON_STANDS_AGAIN,
)
ENTERPRISES: Final = Kind(
    rows=Enterprise,
    merges=EnterpriseMerge,
    verdicts=EnterpriseVerdict,
    doubts=EnterpriseDoubt,
    replace_words=replace_enterprise_words,
    judged=events.ENTERPRISE_JUDGED,
    merged=events.ENTERPRISE_MERGED,
    absorbed=events.ENTERPRISE_ABSORBED,
    unmerged=events.ENTERPRISE_UNMERGED,
    stands_again=events.ENTERPRISE_STANDS_AGAIN,
)


@dataclass(frozen=True, slots=True)
class Held:
    """All rows of the families of some rows, as they are now and locked."""

    rows: Mapping[int, Any]

    def root(self, key: int) -> Any:
        """Return the row that stands for this one."""
        row = self.rows[key]
        return self.rows[row.survivor_id] if row.survivor_id else row

    def family(self, key: int) -> set[int]:
        """Return the keys of all that are one with this one."""
        root = self.root(key).pk
        return {row.pk for row in self.rows.values() if root in (row.pk, row.survivor_id)}


class _Grown(Exception):
    """A family grew between the reading and the locking."""


def hold_families(kind: Kind, keys: Collection[int], by: By) -> Held:
    """Lock every row that is one with any of these, always in the order of keys.

    Who is in a family is known only before the lock, so it is read again behind it; a family that
    grew meanwhile is let go and locked anew, because a lock out of order could block another.

    Raises:
        DoesNotExist: one of the rows is gone.
        OutOfReach: one of them, or what stands for it, lies outside the actor's areas.
    """
    wanted = family_of(kind.rows, keys)
    while True:
        try:
            with transaction.atomic():
                held = _locked(kind, keys, wanted)
        except _Grown:
            wanted = family_of(kind.rows, keys)
        else:
            break
    if missing := set(keys) - held.rows.keys():
        raise kind.rows.DoesNotExist(f"gone: {sorted(missing)}")
    for key in sorted(keys):
        by.must_cover(held.rows[key].area_id)
        by.must_cover(held.root(key).area_id)
    return held


def _locked(kind: Kind, keys: Collection[int], wanted: set[int]) -> Held:
    # NO KEY: rows that only refer to a person need not wait.
    rows = kind.rows.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.filter(pk__in=wanted).select_related("area").order_by("pk")
    held = {row.pk: row for row in rows}
    if not family_of(kind.rows, keys) <= held.keys():
        raise _Grown
    return Held(held)


def derive_survivors(kind: Kind, keys: Collection[int]) -> None:
    """Write who stands for each of these rows, from the standing merges; find words by it.

    `keys` must be whole families: no standing merge leads out of them.
    """
    standing = kind.merges.objects.standing().filter(absorbed__in=keys)
    above = dict(standing.order_by("pk").values_list("absorbed_id", "survivor_id"))
    by_root: dict[int | None, list[int]] = defaultdict(list)
    for key in sorted(keys):
        by_root[_top(key, above)].append(key)
    for root, members in by_root.items():
        rows = kind.rows.objects.filter(pk__in=members)
        rows.exclude(survivor=root).update(survivor=root) if root else rows.update(survivor=None)
    kind.replace_words(list(kind.rows.objects.filter(pk__in=keys).order_by("pk")))


def _top(key: int, above: Mapping[int, int]) -> int | None:
    """Return the row at the end of the merges that lead away from this one, None for itself."""
    top = key
    while top in above:
        top = above[top]
    return None if top == key else top


def write_verdict(kind: Kind, one: int, other: int, answer: Answer, by: By, why: str) -> Any:
    """Write one more verdict about a pair; the latest counts."""
    low, high = pair_of(one, other)
    return kind.verdicts.objects.create(
        low_id=low,
        high_id=high,
        answer=answer,
        why=why,
        officer_id=by.id if by.kind == "officer" else None,
        officer_label=by.label[:LABEL_LENGTH],
        at=by.at,
    )


def latest_verdict(kind: Kind, one: int, other: int) -> Any:
    """Return the verdict that counts for the pair, None for none."""
    low, high = pair_of(one, other)
    return kind.verdicts.objects.filter(low=low, high=high).order_by("-pk").first()


def refuse_known_different(kind: Kind, some: Collection[int], others: Collection[int]) -> None:
    """Let nobody be merged who was judged different, whichever of their rows was judged.

    Raises:
        KnownDifferent: one of these and one of those were.
    """
    answers = answers_between(kind.verdicts.objects.all(), some, others)
    apart = sorted(pair for pair, answer in answers.items() if answer in APART)
    if not apart:
        return
    verdict = latest_verdict(kind, *apart[0])
    rows = kind.rows.objects.in_bulk(apart[0])
    low, high = (rows[key] for key in apart[0])
    raise errors.KnownDifferent(
        _(
            "%(officer)s judged %(one)s and %(other)s to be different on %(on)s. "
            "Answer that pair anew if that was wrong."
        )
        % {
            "officer": verdict.officer_label,
            "one": low,
            "other": high,
            "on": verdict.at.date().isoformat(),
        },
        verdict_id=verdict.pk,
        low=low.pk,
        high=high.pk,
    )


def supersede_same(
    kind: Kind, some: Collection[int], others: Collection[int], by: By, why: str
) -> bool:
    """Answer "different" to every pair across the two that was judged the same; tell if any was."""
    answers = answers_between(kind.verdicts.objects.all(), some, others)
    same = sorted(pair for pair, answer in answers.items() if answer is Answer.SAME)
    for low, high in same:
        write_verdict(kind, low, high, Answer.DIFFERENT, by, why)
    return bool(same)


def drop_doubts(kind: Kind, some: Collection[int], others: Collection[int]) -> None:
    """Ask nobody any more about pairs of one of these and one of those."""
    pairs = Q(low__in=some, high__in=others) | Q(low__in=others, high__in=some)
    kind.doubts.objects.filter(pairs).delete()


def evidence_in_words(parts: Iterable[Sequence[Any]]) -> list[str]:
    """Return the evidence as the journal keeps it: field, finding, and bits for or against."""
    return [f"{field} {category} {bits:+.1f}" for field, category, bits in parts]
