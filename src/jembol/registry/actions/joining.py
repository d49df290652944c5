"""How rows become one and come apart, the same for people and for enterprises."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.registry import errors, rules
from jembol.registry.actions.families import (
    LABEL_LENGTH,
    PEOPLE,
    Held,
    Kind,
    derive_survivors,
    drop_doubts,
    evidence_in_words,
    hold_families,
    refuse_known_different,
    supersede_same,
    write_verdict,
)
from jembol.registry.actions.taking import (
    Taken,
    give_back_enterprise,
    give_back_person,
    take_over_enterprise,
    take_over_person,
)
from jembol.registry.choices import Answer
from jembol.registry.models import Person

WHY_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What a merge tells of itself."""

    probability: float | None
    parts: tuple[Any, ...]
    door: str
    batch: str
    why: str


def join_rows(
    kind: Kind, survivor: int, absorbed: int, take: Collection[str], told: Told, by: By
) -> Any:
    """Make the families of two rows one, and return the merge; see `merging.merge`.

    Raises:
        OutOfReach: one of the two, or what stands for them, lies outside the actor's areas.
        AlreadyOne: they are one already.
        KnownDifferent: any row of one and any row of the other were judged different.
        NotTaken: a name in `take` is no field that can be taken over.
    """
    held = hold_two(kind, survivor, absorbed, by)
    first, second = held.root(survivor), held.root(absorbed)
    if first.pk == second.pk:
        raise already_one(held, survivor, absorbed)
    ours, theirs = held.family(first.pk), held.family(second.pk)
    refuse_known_different(kind, ours, theirs)
    taken = _take_over(kind, first, second, take, by)
    made = kind.merges.objects.create(
        survivor=first, absorbed=second, **_columns(kind, taken, told, by)
    )
    derive_survivors(kind, ours | theirs)
    drop_doubts(kind, ours | theirs, ours | theirs)
    details = {
        "merge": made.pk,
        "probability": told.probability,
        "evidence": evidence_in_words(told.parts),
        "taken": sorted(taken.fields),
    }
    record_many(
        [
            fact_between(kind.merged, first, second, by, told.why, details),
            fact_between(kind.absorbed, second, first, by, told.why, details),
        ]
    )
    return made


def _take_over(kind: Kind, first: Any, second: Any, take: Collection[str], by: By) -> Taken:
    if kind is PEOPLE:
        return take_over_person(first, second, take, by)
    return take_over_enterprise(first, second, take, by)


def _columns(kind: Kind, taken: Taken, told: Told, by: By) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "probability": told.probability,
        "parts": list(told.parts),
        "taken": taken.fields,
        "door": told.door,
        "batch": told.batch,
        "why": told.why,
        "officer_id": by.id if by.kind == "officer" else None,
        "officer_label": by.label[:LABEL_LENGTH],
        "at": by.at,
    }
    if kind is PEOPLE:
        columns |= {"nik_before": taken.nik_before, "nik_taken": taken.nik_taken}
    return columns


# Undoing


def part_rows(kind: Kind, key: int, by: By, why: str) -> Any:
    """Undo the merge with this key, and return it; see `merging.unmerge`.

    Raises:
        OutOfReach: one of the two, or what stands for them, lies outside the actor's areas.
        ReasonMissing: no reason is given.
        AlreadyUndone: it was undone before.
    """
    reason = rules.reason(why, longest=WHY_LENGTH)
    read = kind.merges.objects.get(pk=key)
    held = hold_two(kind, read.survivor_id, read.absorbed_id, by)
    # Read again behind the lock: somebody may have undone it first.
    merge = kind.merges.objects.select_related("survivor", "absorbed").get(pk=key)
    if merge.undone_at is not None:
        raise errors.AlreadyUndone(
            _("%(officer)s undid this merge before.") % {"officer": merge.undone_by_label},
            merge_id=merge.pk,
        )
    merge.kept = _give_back(kind, merge, by)
    merge.undone_at, merge.undone_why = by.at, reason
    merge.undone_by_id = by.id if by.kind == "officer" else None
    merge.undone_by_label = by.label[:LABEL_LENGTH]
    merge.save()
    derive_survivors(kind, held.family(merge.survivor_id))
    _judge_apart(kind, merge, by, reason)
    details = {"merge": merge.pk, "kept": merge.kept}
    record_many(
        [
            fact_between(kind.unmerged, merge.survivor, merge.absorbed, by, reason, details),
            fact_between(kind.stands_again, merge.absorbed, merge.survivor, by, reason, details),
        ]
    )
    return merge


def _give_back(kind: Kind, merge: Any, by: By) -> list[str]:
    return give_back_person(merge, by) if kind is PEOPLE else give_back_enterprise(merge, by)


def _judge_apart(kind: Kind, merge: Any, by: By, why: str) -> None:
    """Say of the two that they are different, in place of every "same" that had joined them."""
    now = hold_families(kind, [merge.survivor_id, merge.absorbed_id], by)
    ours, theirs = now.family(merge.survivor_id), now.family(merge.absorbed_id)
    if not supersede_same(kind, ours, theirs, by, why):
        write_verdict(kind, merge.survivor_id, merge.absorbed_id, Answer.DIFFERENT, by, why)
    drop_doubts(kind, ours, theirs)


# What all of them share


def hold_two(kind: Kind, one: int, other: int, by: By) -> Held:
    """Lock the families of two rows; see `families.hold_families`.

    Raises:
        WithItself: they are one row.
        OutOfReach: one of the two, or what stands for them, lies outside the actor's areas.
    """
    if one == other:
        raise errors.WithItself(_("This is one entry twice. Choose another one."))
    return hold_families(kind, [one, other], by)


def already_one(held: Held, one: int, other: int) -> errors.AlreadyOne:
    """Return the refusal of two rows that are one."""
    return errors.AlreadyOne(
        _("%(one)s and %(other)s are one already. Undo the merge first if that was wrong.")
        % {"one": held.rows[one], "other": held.rows[other]},
        root=held.root(one).pk,
    )


def read_why(text: str) -> str:
    """Return the reason as it is stored; it may be empty."""
    return rules.line(text, field="why", longest=WHY_LENGTH)


def fact_between(
    event: str, about: Any, other: Any, by: By, why: str, details: dict[str, Any]
) -> Entry:
    """Return a fact about one row that names the other, by its number alone.

    The fact is read where the first stands, and the other may live where its readers see nobody.
    """
    return Entry(
        event=event,
        about=about,
        by=by,
        area=about.area_id,
        person_id=about.pk if isinstance(about, Person) else None,
        why=why,
        details={"other": other.public_id, **details},
    )
