"""Merges of a bulk accept drawn by lot, and what a second officer says of each."""

from math import ceil
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.places.models import Area
from jembol.registry import errors, events
from jembol.registry.choices import Answer
from jembol.registry.models import MergeSample
from jembol.registry.policy import FEWEST_SAMPLES
from jembol.registry.queries.doubts import accepted_together

ANSWERS: Final = (Answer.SAME, Answer.DIFFERENT, Answer.UNSURE)


@transaction.atomic
def draw_samples(*, batch: str, share: float, city: Area, by: By) -> int:
    """Draw merges of a bulk accept for a second pair of eyes, once; return how many.

    The lot is seeded with the batch's own name, so that anybody can draw it again.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(city.key)
    merges = list(accepted_together(batch).standing().order_by("pk").values_list("pk", flat=True))
    if not merges or MergeSample.objects.filter(merge__in=merges).exists():
        return 0
    count = min(len(merges), max(FEWEST_SAMPLES, ceil(share * len(merges))))
    drawn = Random(batch).sample(merges, count)  # noqa: S311 - repeatable, not secret
    MergeSample.objects.bulk_create([MergeSample(merge_id=key) for key in sorted(drawn)])
    record(
        events.SAMPLES_DRAWN,
        about=("places.area", city.key),
        by=by,
        area=city.key,
        details={"batch": batch, "seed": batch, "of": len(merges), "drawn": count},
    )
    return count


@transaction.atomic
def judge_sample(*, sample: MergeSample, answer: str, by: By) -> MergeSample:
    """Say whether a merge of a bulk accept was right; who accepted it may not say so.

    Raises:
        OutOfReach: one of the two lies outside the actor's areas.
        OwnAccept: the actor accepted the merge.
        AnsweredMeanwhile: somebody said so already.
        ChoiceUnknown: the answer is none of the list.
    """
    if answer not in ANSWERS:
        raise errors.ChoiceUnknown(_("Choose right, wrong or cannot tell."))
    rows = MergeSample.objects.select_for_update(of=("self",))
    held = rows.select_related("merge__survivor", "merge__absorbed").get(pk=sample.pk)
    for person in (held.merge.survivor, held.merge.absorbed):
        by.must_cover(person.area_id)
    if held.merge.officer_id is not None and held.merge.officer_id == by.id:
        raise errors.OwnAccept(
            _("You accepted this merge yourself. A colleague must look at it instead.")
        )
    if held.answer:
        raise errors.AnsweredMeanwhile(
            _("Somebody answered this a moment ago. Your answer was not written; go on.")
        )
    held.answer, held.answered_at = answer, by.at
    held.officer_id, held.officer_label = by.id, by.label[:150]
    held.save(update_fields=["answer", "answered_at", "officer_id", "officer_label"])
    record(
        events.SAMPLE_JUDGED,
        about=held,
        by=by,
        area=held.merge.survivor.area_id,
        person_id=held.merge.survivor_id,
        details={"answer": answer, "batch": held.merge.batch},
    )
    return held
