"""Bulk accepts: how each went, and what a second officer said of the merges drawn from it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from jembol.outbox.queries import JobRow, job_row, newest_jobs
from jembol.registry.choices import Answer
from jembol.registry.models import MergeSample, PersonMerge
from jembol.registry.orders import MERGE_TOGETHER, UNMERGE_TOGETHER


@dataclass(frozen=True, slots=True)
class Batch:
    """One bulk accept.

    Attributes:
        job: The work that did it; its key names the batch.
        merged: Merges that were made.
        standing: Merges of it that stand.
        right: Drawn merges that a second officer found right.
        wrong: Those found wrong.
        unsure: Those about which the second officer could not tell.
        open: Those that nobody has looked at.
    """

    job: JobRow
    merged: int
    standing: int
    right: int
    wrong: int
    unsure: int
    open: int

    @property
    def tally(self) -> dict[str, Any]:
        """What the work left: how many were skipped and why."""
        return self.job.result if isinstance(self.job.result, dict) else {}


def batches_of(area_key: int) -> list[Batch]:
    """Return the last bulk accepts of a city, the newest first."""
    jobs = newest_jobs(MERGE_TOGETHER.kind, area_key=area_key)
    keys = [job.id for job in jobs]
    merges = _counted(PersonMerge.objects.filter(batch__in=keys), "batch")
    samples = _judged(MergeSample.objects.filter(merge__batch__in=keys))
    return [_batch(job, merges.get(job.id, {}), samples.get(job.id, {})) for job in jobs]


def batch_of(key: str) -> Batch | None:
    """Return one bulk accept, or None when there is none of this name."""
    job = job_row(key)
    if job is None or job.kind != MERGE_TOGETHER.kind:
        return None
    merges = _counted(PersonMerge.objects.filter(batch=key).exclude(batch=""), "batch")
    samples = _judged(MergeSample.objects.filter(merge__batch=key))
    return _batch(job, merges.get(key, {}), samples.get(key, {}))


def return_of(batch: Batch) -> JobRow | None:
    """Return the work under way that takes a bulk accept back, None for none."""
    jobs = newest_jobs(UNMERGE_TOGETHER.kind, area_key=batch.job.area_key)
    return next((job for job in jobs if not job.is_over), None)


def _counted(merges: Any, name: str) -> dict[str, dict[str, int]]:
    rows = merges.order_by().values(name)
    counted = rows.annotate(
        merged=Count("pk"), standing=Count("pk", filter=Q(undone_at__isnull=True))
    )
    return {row[name]: row for row in counted}


def _judged(samples: Any) -> dict[str, dict[str, int]]:
    def answered(answer: str) -> Count:
        return Count("pk", filter=Q(answer=answer))

    rows = samples.order_by().values("merge__batch")
    counted = rows.annotate(
        right=answered(Answer.SAME),
        wrong=answered(Answer.DIFFERENT),
        unsure=answered(Answer.UNSURE),
        open=answered(""),
    )
    return {row["merge__batch"]: row for row in counted}


def _batch(job: JobRow, merges: dict[str, int], samples: dict[str, int]) -> Batch:
    return Batch(
        job=job,
        merged=merges.get("merged", 0),
        standing=merges.get("standing", 0),
        right=samples.get("right", 0),
        wrong=samples.get("wrong", 0),
        unsure=samples.get("unsure", 0),
        open=samples.get("open", 0),
    )
