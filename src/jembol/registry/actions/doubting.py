"""Pairs that wait: answered by an officer, taken back right after, or accepted many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.registry import errors, events
from jembol.registry.actions.families import ENTERPRISES, PEOPLE, Kind, drop_doubts, hold_families
from jembol.registry.actions.households import drop_empty, move_in, move_out
from jembol.registry.actions.linkage_runs import common_area
from jembol.registry.actions.merging import (
    judge,
    judge_enterprises,
    merge,
    merge_enterprises,
    unmerge,
    unmerge_enterprises,
)
from jembol.registry.choices import Answer, MergeDoor
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import (
    Enterprise,
    EnterpriseDoubt,
    EnterpriseMerge,
    Household,
    Person,
    PersonDoubt,
    PersonMerge,
)
from jembol.registry.queries.doubts import fields_to_take, fuller_first
from jembol.registry.queries.identity import APART, family_of, pair_of

Doubted = PersonDoubt | EnterpriseDoubt


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what is needed to take it back.

    Attributes:
        is_of_people: Whether the pair is of people, not of enterprises.
        verdict_id: Key of the verdict.
        merge_id: Key of the merge that it led to; None for none.
        pair: The doubt as it stood.
        households: Keys of the households of two people before, None for none.
    """

    is_of_people: bool
    verdict_id: int
    merge_id: int | None
    pair: FoundPair
    households: Sequence[int | None] = (None, None)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**{**told, "pair": FoundPair(**told["pair"])})


@transaction.atomic
def answer(
    *,
    doubt: Doubted,
    answer: str,
    by: By,
    why: str = "",
    survivor: int | None = None,
    take: Collection[str] = (),
) -> Answered:
    """Answer a pair that waits; what the answer settles besides it waits no more either.

    Args:
        doubt: The pair.
        answer: Value of `Answer`.
        by: Who answers.
        why: The reason, if one is told.
        survivor: Of two that are the same, the key of the one that stands from now on, one of
            those that stand for them now; None for the fuller, which then takes over what only
            the other knows.
        take: Fields that the survivor takes over from the other.

    Raises:
        AnsweredMeanwhile: the pair waits no more.
        SettledMeanwhile: somebody else answered it otherwise.
        OutOfReach: one of the two lies outside the actor's areas.
        ChoiceUnknown: the answer is none of the list.
        KnownDifferent: somebody judged members of the two to be different.
    """
    kind = _kind_of(doubt)
    held, standing = _held(kind, doubt, by)
    households = [getattr(one, "household_id", None) for one in standing]
    pair = FoundPair(held.low_id, held.high_id, held.probability, held.parts, held.value)
    verdict = _judge(kind, held.low, held.high, answer, by, why)
    made = None
    if answer == Answer.SAME:
        first, second = fuller_first(*standing)
        if survivor is None:
            take = fields_to_take(first, second)
        elif survivor == second.pk:
            first, second = second, first
        made = _merge(kind, held, (first, second), take, by, why)
    return Answered(kind is PEOPLE, verdict.pk, made.pk if made else None, pair, households)


@transaction.atomic
def accept(*, doubt: PersonDoubt, batch: str, by: By, why: str = "") -> PersonMerge:
    """Merge a pair that waits, as one of many that are accepted together.

    Raises:
        AnsweredMeanwhile: the pair waits no more.
        OutOfReach: one of the two lies outside the actor's areas.
        KnownDifferent: somebody judged members of the two to be different.
        AlreadyOne: they are one already.
    """
    held, standing = _held(PEOPLE, doubt, by)
    both = fuller_first(*standing)
    made: PersonMerge = _merge(PEOPLE, held, both, fields_to_take(*both), by, why, batch)
    return made


@transaction.atomic
def take_back(*, answered: Answered, by: By) -> Doubted:
    """Take back one's own last answer: all is as before, and the pair waits again.

    Raises:
        AnswerSettled: somebody answered again since, or the answer is another officer's.
        OutOfReach: one of the two lies outside the actor's areas.
    """
    kind = PEOPLE if answered.is_of_people else ENTERPRISES
    pair = answered.pair
    held = hold_families(kind, [pair.low, pair.high], by)
    _must_be_last(kind, answered, by)
    why = _("The answer was taken back at once.")
    if answered.merge_id is not None:
        _unmerge(kind, answered.merge_id, by, why)
    elif kind is PEOPLE:
        _move_back([held.root(pair.low), held.root(pair.high)], answered.households, by)
    return _ask_again(kind, pair, by, why)


@transaction.atomic
def return_accepted(*, merge: PersonMerge, by: By, why: str) -> Doubted:
    """Undo one merge of a bulk accept; the pair waits for an answer again.

    Raises:
        OutOfReach: one of the two lies outside the actor's areas.
        ReasonMissing: no reason is given.
        AlreadyUndone: it was undone before.
    """
    unmerge(merge=merge, by=by, why=why)
    low, high = pair_of(merge.survivor_id, merge.absorbed_id)
    pair = FoundPair(low, high, merge.probability or 0.0, merge.parts, 0.0)
    return _ask_again(PEOPLE, pair, by, why)


def _kind_of(doubt: Doubted) -> Kind:
    return PEOPLE if isinstance(doubt, PersonDoubt) else ENTERPRISES


def _held(kind: Kind, doubt: Doubted, by: By) -> tuple[Any, tuple[Any, Any]]:
    """Return the doubt as it is now and the two rows that stand for its pair, all locked.

    Raises:
        AnsweredMeanwhile: it waits no more.
        OutOfReach: one of the two lies outside the actor's areas.
    """
    keys = [doubt.low_id, doubt.high_id]
    rows = kind.doubts.objects.select_for_update(of=("self",)).select_related("low", "high")
    try:
        families = hold_families(kind, keys, by)
        held = rows.get(pk=doubt.pk)
    except (kind.rows.DoesNotExist, kind.doubts.DoesNotExist):
        raise errors.AnsweredMeanwhile(
            _("Somebody answered this pair a moment ago. Your answer was not written; go on.")
        ) from None
    return held, (families.root(held.low_id), families.root(held.high_id))


def _judge(kind: Kind, low: Any, high: Any, answer: str, by: By, why: str) -> Any:
    verb = judge if kind is PEOPLE else judge_enterprises
    return verb(one=low, other=high, answer=answer, by=by, why=why, merges=False)


def _merge(
    kind: Kind,
    held: Any,
    both: tuple[Any, Any],
    take: Collection[str],
    by: By,
    why: str,
    batch: str = "",
) -> Any:
    verb: Any = merge if kind is PEOPLE else merge_enterprises
    survivor, absorbed = both
    made = verb(
        survivor=survivor,
        absorbed=absorbed,
        take=tuple(take),
        by=by,
        why=why,
        probability=held.probability,
        parts=held.parts,
        door=MergeDoor.BULK if batch else MergeDoor.REVIEW,
        batch=batch,
    )
    # Whoever was judged apart from one of them is apart from both; asking twice is a fault.
    family = family_of(kind.rows, [survivor.pk])
    drop_doubts(kind, family, _judged_apart_from(kind, family))
    return made


def _judged_apart_from(kind: Kind, family: Collection[int]) -> set[int]:
    """Return all who are one with somebody that was judged to be another than the family."""
    verdicts = kind.verdicts.objects.filter(Q(low__in=family) | Q(high__in=family))
    told = verdicts.order_by("pk").values_list("low_id", "high_id", "answer")
    latest = {(low, high): answer for low, high, answer in told}
    apart = {key for pair, given in latest.items() if given in APART for key in pair}
    return family_of(kind.rows, apart - set(family))


def _unmerge(kind: Kind, merge_id: int, by: By, why: str) -> None:
    if kind is PEOPLE:
        unmerge(merge=PersonMerge.objects.get(pk=merge_id), by=by, why=why)
    else:
        unmerge_enterprises(merge=EnterpriseMerge.objects.get(pk=merge_id), by=by, why=why)


def _must_be_last(kind: Kind, answered: Answered, by: By) -> None:
    pair = answered.pair
    verdicts = kind.verdicts.objects.filter(low=pair.low, high=pair.high)
    last = verdicts.order_by("-pk").first()
    if last is None or last.pk != answered.verdict_id or last.officer_id != by.id:
        raise errors.AnswerSettled(
            _("This answer can no longer be taken back here. Open the person to undo a merge.")
        )


def _move_back(people: Sequence[Person], households: Sequence[int | None], by: By) -> None:
    now = {person.household_id for person in people if person.household_id}
    for person, before in zip(people, households, strict=True):
        if person.household_id == before:
            continue
        if before is None:
            move_out(person=person, by=by)
        else:
            move_in(household=Household.objects.get(pk=before), person=person, by=by)
    drop_empty(now - set(households), by=by)


def _ask_again(kind: Kind, pair: FoundPair, by: By, why: str) -> Doubted:
    """Put a pair into the queue again; its last word is "cannot tell", which binds nobody."""
    rows: Mapping[int, Person | Enterprise] = kind.rows.objects.in_bulk([pair.low, pair.high])
    low, high = rows[pair.low], rows[pair.high]
    _judge(kind, low, high, Answer.UNSURE, by, why)
    doubt: Doubted = kind.doubts.objects.create(
        low_id=low.pk,
        high_id=high.pk,
        area_id=common_area(low.area_id, high.area_id),
        probability=pair.probability,
        parts=list(pair.parts),
        value=pair.value,
        found_at=by.at,
    )
    record(
        events.ANSWER_TAKEN_BACK,
        about=low,
        by=by,
        area=low.area_id,
        person_id=low.pk if kind is PEOPLE else None,
        why=why,
        details={"other": high.public_id},
    )
    return doubt
