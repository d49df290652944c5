"""What happened, newest first, page by page with the last key seen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from jembol.journal.models import Fact
from jembol.kit.reach import Reach


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as a page shows it; `id` is the key for the next page's `before`."""

    id: int
    at: datetime
    event: str
    by_kind: str
    by_id: int | None
    by_label: str
    door: str
    about_kind: str
    about_id: str
    area_key: int
    person_id: int | None
    why: str
    details: Mapping[str, Any] | None
    is_erased: bool


def timeline(
    *person_ids: int, before: int | None = None, limit: int = 50, reach: Reach | None = None
) -> list[FactRow]:
    """Return facts about this person, newest first.

    Args:
        person_ids: The person of the register; of a merged person, every entry.
        before: The `id` of the last row of the page before, or None for the first page.
        limit: How many rows at most.
        reach: Keep only facts of these areas; None keeps all.
    """
    return _page(Fact.objects.filter(person_id__in=person_ids), before, limit, reach)


def facts_about(
    kind: str,
    *keys: str | int,
    before: int | None = None,
    limit: int = 50,
    reach: Reach | None = None,
) -> list[FactRow]:
    """Return facts about one row (`registry.enterprise`, 7), newest first; paged as `timeline`."""
    facts = Fact.objects.filter(about_kind=kind, about_id__in=[str(key) for key in keys])
    return _page(facts, before, limit, reach)


def facts_in(reach: Reach, *, before: int | None = None, limit: int = 50) -> list[FactRow]:
    """Return facts of these areas, newest first; paged as `timeline`."""
    return _page(Fact.objects.all(), before, limit, reach)


def newest_moments(
    kind: str, keys: Iterable[str | int], *, events: Collection[str]
) -> dict[str, datetime]:
    """Return for each of these rows when the newest fact of one of these events was written."""
    facts = Fact.objects.filter(
        about_kind=kind, about_id__in=[str(key) for key in keys], event__in=events
    )
    found = facts.order_by().values_list("about_id").annotate(newest=Max("at"))
    return dict(found)


def newest_moment(
    events: Collection[str], *, stream: int | None = None, person_ids: Iterable[int] = ()
) -> datetime | None:
    """Return when the newest fact of one of these events was written, in a city or about people."""
    facts = Fact.objects.filter(event__in=events)
    if stream is not None:
        facts = facts.filter(stream=stream)
    if people := list(person_ids):
        facts = facts.filter(person_id__in=people)
    newest: datetime | None = facts.aggregate(newest=Max("at"))["newest"]
    return newest


def _page(
    facts: QuerySet[Fact], before: int | None, limit: int, reach: Reach | None
) -> list[FactRow]:
    if reach is not None:
        facts = _within(facts, reach)
    if before is not None:
        facts = facts.filter(pk__lt=before)
    return [_row(fact) for fact in facts.order_by("-pk")[:limit]]


def _within(facts: QuerySet[Fact], reach: Reach) -> QuerySet[Fact]:
    spans = Q()
    for low, high in reach.spans:
        spans |= Q(area_key__gte=low, area_key__lt=high)
    return facts.filter(spans) if reach else facts.none()


def _row(fact: Fact) -> FactRow:
    return FactRow(
        id=fact.pk,
        at=fact.at,
        event=fact.event,
        by_kind=fact.by_kind,
        by_id=fact.by_id,
        by_label=fact.by_label,
        door=fact.door,
        about_kind=fact.about_kind,
        about_id=fact.about_id,
        area_key=fact.area_key,
        person_id=fact.person_id,
        why=fact.why,
        details=fact.details,
        is_erased=bool(fact.details_digest) and fact.details is None,
    )
