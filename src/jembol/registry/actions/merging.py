"""Who is the same as whom: judged, merged and unmerged, people and enterprises.

A merge rewrites nothing that hangs on either row: it is a record, and `survivor` follows from the
standing ones. Two rows that are merged are first followed to the rows that stand for them, so that
undoing a merge splits off exactly what it had joined.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record_many
from jembol.registry import errors
from jembol.registry.actions.families import (
    ENTERPRISES,
    PEOPLE,
    Held,
    Kind,
    drop_doubts,
    latest_verdict,
    write_verdict,
)
from jembol.registry.actions.households import form_household, move_in
from jembol.registry.actions.joining import (
    Told,
    already_one,
    fact_between,
    hold_two,
    join_rows,
    part_rows,
    read_why,
)
from jembol.registry.choices import Answer, MergeDoor
from jembol.registry.models import (
    Enterprise,
    EnterpriseMerge,
    EnterpriseVerdict,
    Person,
    PersonMerge,
    PersonVerdict,
)
from jembol.registry.queries.identity import APART


@transaction.atomic
def judge(
    *,
    one: Person,
    other: Person,
    answer: str,
    by: By,
    why: str = "",
    seen: int | None = None,
    merges: bool = True,
) -> PersonVerdict:
    """Write what somebody says of two people, for ever; nobody is asked about them again.

    Args:
        one: A person; any row that is one, absorbed or not.
        other: Another person.
        answer: Value of `Answer`. "same" merges, and the row entered first survives; "household"
            counts both to one household.
        by: Who says so.
        why: The reason, if one is told.
        seen: Key of the verdict that the actor saw and answers otherwise on purpose. Without it,
            only one's own verdict, or one that was unsure, can be answered otherwise.
        merges: Whether "same" merges; False when the caller merges with more to tell.

    Raises:
        OutOfReach: one of the two, or who stands for them, lies outside the actor's areas.
        WithItself: they are one row.
        ChoiceUnknown: the answer is none of its list.
        SettledMeanwhile: somebody else answered otherwise, and the actor had not seen it.
        AlreadyOne: "different" of two who are one; the merge must be undone first.
        KnownDifferent: "same", but other rows of the two were judged different.
    """
    verdict, held = _judged(PEOPLE, one, other, answer=answer, by=by, why=why, seen=seen)
    if answer == Answer.HOUSEHOLD:
        _house_together(held.root(one.pk), held.root(other.pk), by)
    if answer == Answer.SAME and merges and held.root(one.pk) != held.root(other.pk):
        first, second = sorted((one, other), key=lambda row: held.root(row.pk).pk)
        merge(survivor=first, absorbed=second, by=by, why=why)
    return verdict  # type: ignore[no-any-return]


@transaction.atomic
def merge(
    *,
    survivor: Person,
    absorbed: Person,
    by: By,
    why: str = "",
    take: Collection[str] = (),
    probability: float | None = None,
    parts: Sequence[Any] = (),
    door: str = MergeDoor.REVIEW,
    batch: str = "",
) -> PersonMerge:
    """Make two people one; both ids stay alive, and everything that hangs on either is shared.

    Args:
        survivor: Who stands for both; an absorbed row means the one that stands for it.
        absorbed: Who is one with the survivor from now on, with all that were one with them.
        by: Who decides.
        why: The reason, if one is told.
        take: Fields (`taking.PERSON_FIELDS`) that the survivor takes over where the absorbed one
            knows them; undoing the merge puts the old values back.
        probability: How sure the linkage was; None when it was not asked.
        parts: Its evidence, as [field, category, bits].
        door: Value of `MergeDoor`.
        batch: Name of a bulk accept.

    Raises:
        OutOfReach: one of the two, or who stands for them, lies outside the actor's areas.
        AlreadyOne: they are one already.
        KnownDifferent: any row of one and any row of the other were judged different.
        NotTaken: a name in `take` is no field that can be taken over.
    """
    told = Told(probability, tuple(parts), str(door), batch, read_why(why))
    return join_rows(PEOPLE, survivor.pk, absorbed.pk, take, told, by)  # type: ignore[no-any-return]


@transaction.atomic
def unmerge(*, merge: PersonMerge, by: By, why: str) -> PersonMerge:
    """Undo a merge: both are as they were, and whoever was one with either still is.

    What the survivor took over goes back where it still stands; `kept` of the returned merge names
    the fields that somebody has changed since. The two are "different" from now on.

    Raises:
        OutOfReach: one of the two, or who stands for them, lies outside the actor's areas.
        ReasonMissing: no reason is given.
        AlreadyUndone: it was undone before.
    """
    return part_rows(PEOPLE, merge.pk, by, why)  # type: ignore[no-any-return]


@transaction.atomic
def judge_enterprises(
    *,
    one: Enterprise,
    other: Enterprise,
    answer: str,
    by: By,
    why: str = "",
    seen: int | None = None,
    merges: bool = True,
) -> EnterpriseVerdict:
    """Write what somebody says of two enterprises, for ever; arguments as `judge`.

    Several enterprises of one person are several: that they share an owner says nothing.

    Raises:
        ChoiceUnknown: the answer is none that fits enterprises.
        Refusal: as `judge`.
    """
    if answer == Answer.HOUSEHOLD:
        raise errors.ChoiceUnknown(
            _("Enterprises have no household. Answer that they are different."), field="answer"
        )
    verdict, held = _judged(ENTERPRISES, one, other, answer=answer, by=by, why=why, seen=seen)
    if answer == Answer.SAME and merges and held.root(one.pk) != held.root(other.pk):
        first, second = sorted((one, other), key=lambda row: held.root(row.pk).pk)
        merge_enterprises(survivor=first, absorbed=second, by=by, why=why)
    return verdict  # type: ignore[no-any-return]


@transaction.atomic
def merge_enterprises(
    *,
    survivor: Enterprise,
    absorbed: Enterprise,
    by: By,
    why: str = "",
    take: Collection[str] = (),
    probability: float | None = None,
    parts: Sequence[Any] = (),
    door: str = MergeDoor.REVIEW,
    batch: str = "",
) -> EnterpriseMerge:
    """Make two enterprises one, with the owners of both over time; arguments as `merge`.

    Raises:
        Refusal: as `merge`.
    """
    told = Told(probability, tuple(parts), str(door), batch, read_why(why))
    one, other = survivor.pk, absorbed.pk
    return join_rows(ENTERPRISES, one, other, take, told, by)  # type: ignore[no-any-return]


@transaction.atomic
def unmerge_enterprises(*, merge: EnterpriseMerge, by: By, why: str) -> EnterpriseMerge:
    """Undo a merge of enterprises, as `unmerge`.

    Raises:
        Refusal: as `unmerge`.
    """
    return part_rows(ENTERPRISES, merge.pk, by, why)  # type: ignore[no-any-return]


# Judging


def _judged(
    kind: Kind, one: Any, other: Any, *, answer: str, by: By, why: str, seen: int | None
) -> tuple[Any, Held]:
    if answer not in Answer.values:
        raise errors.ChoiceUnknown(
            _("“%(value)s” is no answer. Choose one of: %(known)s.")
            % {"value": answer, "known": ", ".join(Answer.values)},
            field="answer",
        )
    reason = read_why(why)
    held = hold_two(kind, one.pk, other.pk, by)
    given = Answer(answer)
    standing = latest_verdict(kind, one.pk, other.pk)
    if standing is not None and standing.answer == given:
        return standing, held
    _refuse_settled(standing, seen, by)
    if given in APART and held.root(one.pk) == held.root(other.pk):
        raise already_one(held, one.pk, other.pk)
    verdict = write_verdict(kind, one.pk, other.pk, given, by, reason)
    drop_doubts(kind, held.family(one.pk), held.family(other.pk))
    record_many(
        [
            fact_between(
                kind.judged, held.rows[row], held.rows[of], by, reason, {"answer": given.value}
            )
            for row, of in ((one.pk, other.pk), (other.pk, one.pk))
        ]
    )
    return verdict, held


def _refuse_settled(standing: Any, seen: int | None, by: By) -> None:
    """Refuse to answer otherwise than somebody whose answer the actor had not seen.

    Raises:
        SettledMeanwhile: somebody else has settled the pair.
    """
    if standing is None or standing.answer == Answer.UNSURE or standing.pk == seen:
        return
    if by.kind == "officer" and standing.officer_id == by.id:
        return
    raise errors.SettledMeanwhile(
        _(
            "%(officer)s answered “%(answer)s” for this pair on %(on)s. Your answer was not "
            "written; look at the pair again before you answer otherwise."
        )
        % {
            "officer": standing.officer_label,
            "answer": Answer(standing.answer).label,
            "on": standing.at.date().isoformat(),
        },
        verdict_id=standing.pk,
        answer=standing.answer,
    )


def _house_together(one: Person, other: Person, by: By) -> None:
    """Count both to one household; of two family cards neither gives way."""
    if one.household_id == other.household_id and one.household_id is not None:
        return
    if one.household and other.household and one.household.kk_digest:
        one, other = other, one
    if one.household and one.household.kk_digest:
        return
    if other.household:
        move_in(household=other.household, person=one, by=by)
    elif one.household:
        move_in(household=one.household, person=other, by=by)
    else:
        form_household(area=one.area, members=[one, other], by=by)
