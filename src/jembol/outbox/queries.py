"""How far a job is, for the page that watches it."""

from dataclasses import dataclass
from datetime import datetime

from jembol.outbox.choices import LIVE, JobState
from jembol.outbox.models import Job


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as a page shows it; `share` is 0 to 1, None while the total is unknown."""

    id: str
    kind: str
    state: JobState
    done: int
    total: int | None
    share: float | None
    note: str
    error: str
    result: object
    area_key: int
    requested_by: int | None
    created_at: datetime
    finished_at: datetime | None
    is_over: bool


def job_row(job_id: str) -> JobRow | None:
    """Return the job as it stands now, or None when there is no such job."""
    job = Job.objects.filter(pk=job_id).first()
    return None if job is None else _row(job)


def newest_jobs(kind: str, *, area_key: int, limit: int = 20) -> list[JobRow]:
    """Return the last jobs of one kind that were asked for an area, the newest first."""
    jobs = Job.objects.filter(kind=kind, area_key=area_key).order_by("-created_at", "-pk")
    return [_row(job) for job in jobs[:limit]]


def _row(job: Job) -> JobRow:
    return JobRow(
        id=job.pk,
        kind=job.kind,
        state=JobState(job.state),
        done=job.done,
        total=job.total,
        share=min(job.done / job.total, 1.0) if job.total else None,
        note=job.note,
        error=job.error,
        result=job.result,
        area_key=job.area_key,
        requested_by=job.requested_by,
        created_at=job.created_at,
        finished_at=job.finished_at,
        is_over=job.state not in LIVE,
    )
