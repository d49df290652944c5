"""Work of linkage in the background: search a register, accept many merges, take them back.

Each step with all its effects and the progress of the job is one transaction, so a worker may be
killed at any moment: what is done is done once, and the next worker goes on with the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.kit.refusal import Refusal
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.places.models import Area
from jembol.registry import linking
from jembol.registry.actions.doubting import accept, return_accepted
from jembol.registry.actions.families import ENTERPRISES
from jembol.registry.actions.linkage_runs import Findings, begin_run, finish_run, note_doubts
from jembol.registry.actions.samples import draw_samples
from jembol.registry.linking_enterprises import search_enterprises
from jembol.registry.models import LinkageRun, PersonDoubt
from jembol.registry.orders import LINK_CITY, MERGE_TOGETHER, UNMERGE_TOGETHER
from jembol.registry.permissions import LINK
from jembol.registry.queries.doubts import (
    above,
    accepted_together,
    people_waiting,
    policy_of,
)

DOUBTS: Final = 200
MERGES: Final = 20
"""Rows of one transaction: on SQLite other writers wait for it."""

MOST_TOLD: Final = 200
"""Skipped pairs that a bulk accept names; the others are counted."""


# Searching


@task(LINK_CITY.kind)
def link_city(step: Step, *, city_id: int) -> None:
    """Search the register of a city for records of one person."""
    city = Area.objects.get(pk=city_id)
    run = _run_of(step, city)
    register = linking.read_register(city, lambda done, total: step.progress(done, total=total))
    step.progress(step.done, note=_("Comparing"))
    found = linking.search(register, linking.known_of(city), policy_of(city))
    total = found.records + len(found.found)
    for start in range(0, len(found.found), DOUBTS):
        with step.transaction():
            chunk = found.found[start : start + DOUBTS]
            note_doubts(chunk, city=city, by=_by(step))
            step.progress(found.records + start + len(chunk), total=total, note="")
    shops = search_enterprises(city, ask_above=policy_of(city).ask_above)
    for start in range(0, len(shops), DOUBTS):
        with step.transaction():
            note_doubts(shops[start : start + DOUBTS], city=city, by=_by(step), of=ENTERPRISES)
    with step.transaction():
        finish_run(run=run, findings=_findings(found), by=_by(step))
        step.progress(total, total=total, note="")


def _run_of(step: Step, city: Area) -> LinkageRun:
    """Return the row of this search, the one of an earlier attempt if there was one."""
    kept = step.kept
    if isinstance(kept, dict):
        return LinkageRun.objects.get(pk=kept["run"])
    with step.transaction():
        run = begin_run(city=city, by=_by(step))
        step.progress(0, keep={"run": run.pk})
    return run


def _findings(found: linking.Search) -> Findings:
    rest = found.remaining
    return Findings(
        records=found.records,
        pairs=found.pairs,
        remaining=rest.count,
        remaining_low=rest.low,
        remaining_high=rest.high,
        by_area=rest.by_area,
        by_source=rest.by_source,
        model=found.model,
    )


# Accepting many at once


@dataclass(slots=True)
class Tally:
    """How a bulk accept goes, as the job keeps it between two attempts.

    Attributes:
        last: Key of the last doubt that was looked at.
        merged: How many pairs were merged.
        skipped: How many were not, by code of the refusal.
        told: The first of those, as keys of both people and the reason in words.
        drawn: How many merges were drawn by lot.
    """

    last: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    told: list[tuple[int, int, str]] = field(default_factory=list)
    drawn: int = 0

    @classmethod
    def read(cls, kept: object) -> Tally:
        """Return the tally that the last attempt left."""
        told = cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
        tally = cls(**told)
        tally.skipped = Counter(tally.skipped)
        return tally

    def written(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "last": self.last,
            "merged": self.merged,
            "skipped": dict(self.skipped),
            "told": self.told,
            "drawn": self.drawn,
        }


@task(MERGE_TOGETHER.kind)
def merge_together(
    step: Step, *, city_id: int, threshold: float, share: float, why: str
) -> dict[str, Any]:
    """Merge the pairs that wait above a probability, and draw some by lot for a second officer."""
    city = Area.objects.get(pk=city_id)
    tally = Tally.read(step.kept)
    while chunk := _next_doubts(city, threshold, tally.last, _by(step)):
        with step.transaction():
            for doubt in chunk:
                _accept(doubt, step, why, tally)
            done = tally.merged + tally.skipped.total()
            step.progress(done, keep=tally.written())
    with step.transaction():
        tally.drawn = draw_samples(batch=step.job_id, share=share, city=city, by=_by(step))
        step.progress(step.done, total=step.done, keep=tally.written())
    return tally.written()


def _next_doubts(city: Area, threshold: float, last: int, by: By) -> list[PersonDoubt]:
    waiting = above(people_waiting(by.reach), city, threshold)
    return list(waiting.filter(pk__gt=last).select_related("low", "high").order_by("pk")[:MERGES])


def _accept(doubt: PersonDoubt, step: Step, why: str, tally: Tally) -> None:
    tally.last = doubt.pk
    try:
        accept(doubt=doubt, batch=step.job_id, by=_by(step), why=why)
    except Refusal as refusal:
        tally.skipped[refusal.code] += 1
        if len(tally.told) < MOST_TOLD:
            tally.told.append((doubt.low_id, doubt.high_id, refusal.message))
    else:
        tally.merged += 1


@task(UNMERGE_TOGETHER.kind)
def unmerge_together(step: Step, *, batch: str, why: str) -> None:
    """Undo every merge of a bulk accept that still stands, the last one first."""
    total = accepted_together(batch).count()
    while True:
        with step.transaction():
            standing = accepted_together(batch).standing().order_by("-pk")
            chunk: list[Any] = list(standing.select_related("survivor", "absorbed")[:MERGES])
            for merge in chunk:
                return_accepted(merge=merge, by=_by(step), why=why)
            step.progress(step.done + len(chunk), total=total)
        if not chunk:
            return


def _by(step: Step) -> By:
    """Return the officer who asked, with the reach that the officer has now."""
    now = step.now()
    officer = Officer.objects.get(pk=step.requested_by or 0)
    return By(
        kind="officer",
        id=officer.pk,
        label=officer.name,
        at=now,
        door="desk",
        reach=officer.reach(LINK, timezone.localdate(now)),
    )
