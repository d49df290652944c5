"""Pairs that wait for an answer, and what hangs on a record."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import connection, models
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry.choices import MergeDoor
from jembol.registry.models import (
    Enterprise,
    EnterpriseDoubt,
    EnterpriseMerge,
    EnterpriseVerdict,
    LinkagePolicy,
    LinkageRun,
    MergeSample,
    Person,
    PersonDoubt,
    PersonMerge,
    PersonVerdict,
    lies_in,
)
from jembol.registry.models.linkage import MergeQuerySet
from jembol.registry.policy import Policy

Doubted = TypeVar("Doubted", PersonDoubt, EnterpriseDoubt)

CHUNK: Final = 500
_OWN: Final = (PersonMerge, EnterpriseMerge, Person, Enterprise)
"""Rows about the record itself, which are nothing that hangs on it."""


def people_waiting(reach: Reach) -> QuerySet[PersonDoubt]:
    """Return the pairs of people that wait for an answer, both of them inside the reach."""
    return _waiting(PersonDoubt.objects.all(), reach)


def enterprises_waiting(reach: Reach) -> QuerySet[EnterpriseDoubt]:
    """Return the pairs of enterprises that wait for an answer, both of them inside the reach."""
    return _waiting(EnterpriseDoubt.objects.all(), reach)


def _waiting(doubts: QuerySet[Doubted], reach: Reach) -> QuerySet[Doubted]:
    roots = doubts.filter(_both(reach, "low", "high")).alias(
        low_root=Coalesce("low__survivor", "low"), high_root=Coalesce("high__survivor", "high")
    )
    # A merge elsewhere may have made them one since; then there is nothing to ask.
    return roots.exclude(low_root=F("high_root"))


def _both(reach: Reach, one: str, other: str) -> Q:
    vendor = connection.vendor
    return lies_in(reach, f"{one}__area", vendor=vendor) & lies_in(
        reach, f"{other}__area", vendor=vendor
    )


def answered_since(moment: datetime, *, officer_id: int) -> int:
    """Return how many answers an officer gave since the moment."""
    counts = (
        kind.objects.filter(officer_id=officer_id, at__gte=moment).count()
        for kind in (PersonVerdict, EnterpriseVerdict)
    )
    return sum(counts)


def newest_run(city: Area) -> LinkageRun | None:
    """Return the last finished search of a city's register, without the model it learned."""
    runs = LinkageRun.objects.filter(area=city, finished_at__isnull=False).defer("model")
    return runs.order_by("-pk").first()


def policy_of(city: Area) -> Policy:
    """Return what the city lets the linkage do by itself."""
    row = LinkagePolicy.objects.filter(city=city).first()
    if row is None:
        return Policy()
    return Policy(row.merge_above, row.ask_above, row.audit_share, row.changed_at)


def accepted_together(batch: str) -> MergeQuerySet:
    """Return the merges of one bulk accept, those undone among them."""
    merges = PersonMerge.objects.filter(batch=batch).exclude(batch="")
    return merges.filter(door=MergeDoor.BULK)


def samples_waiting(reach: Reach, *, officer_id: int) -> QuerySet[MergeSample]:
    """Return the drawn merges that this officer may judge: none that they accepted themselves."""
    samples = MergeSample.objects.filter(answer="", merge__undone_at__isnull=True)
    return samples.filter(_both(reach, "merge__survivor", "merge__absorbed")).exclude(
        merge__officer_id=officer_id
    )


def above(doubts: QuerySet[PersonDoubt], city: Area, threshold: float) -> QuerySet[PersonDoubt]:
    """Keep the pairs of a city of at least this probability."""
    low, high = city.span
    return doubts.filter(probability__gte=threshold, low__area_id__gte=low, low__area_id__lt=high)


# What hangs on a record


def hanging_on(keys: Collection[int], kind: type[Person | Enterprise] = Person) -> Counter[int]:
    """Return how many rows hang on each record: what would keep it from being removed."""
    found: Counter[int] = Counter()
    for chunk in _chunks(sorted(set(keys))):
        for name, model in _naming(kind):
            rows = model._default_manager.filter(**{f"{name}__in": chunk})  # noqa: SLF001 - public in Django
            found.update(dict(rows.order_by().values_list(name).annotate(number=Count("pk"))))
    return found


def _naming(kind: type[Person | Enterprise]) -> list[tuple[str, type[models.Model]]]:
    """Return the fields of all packages that name a record and protect it."""
    relations = kind._meta.related_objects  # noqa: SLF001 - Django documents `_meta` as public
    return [
        (str(one.field.attname), one.related_model)
        for one in relations
        if one.on_delete is models.PROTECT
        and not isinstance(one.related_model, str)
        and one.related_model not in _OWN
    ]


Row = TypeVar("Row", Person, Enterprise)


def fuller_first(low: Row, high: Row) -> tuple[Row, Row]:
    """Return both, first the one with more hanging on it, else the fuller, else the older."""
    hanging = hanging_on([low.pk, high.pk], type(low))
    first, second = sorted(
        (low, high), key=lambda one: (-hanging[one.pk], -len(_filled(one)), one.pk)
    )
    return first, second


def fields_to_take(survivor: Row, absorbed: Row) -> tuple[str, ...]:
    """Return the fields that only the absorbed row knows."""
    known = _filled(survivor)
    return tuple(name for name in _filled(absorbed) if name not in known)


def _filled(row: Person | Enterprise) -> list[str]:
    columns = PERSON_COLUMNS if isinstance(row, Person) else ENTERPRISE_COLUMNS
    return [name for name, column in columns.items() if getattr(row, column) not in ("", None)]


PERSON_COLUMNS: Final[Mapping[str, str]] = {
    "name": "name",
    "sex": "sex",
    "born_on": "born_on",
    "birth_place": "birth_place",
    "phone": "phone",
    "address": "address",
    "education": "education",
    "nik": "nik_masked",
    "area": "area_id",
    "household": "household_id",
}
"""Fields that a surviving person may take over, with the column that tells whether one is known."""

ENTERPRISE_COLUMNS: Final[Mapping[str, str]] = {
    "name": "name",
    "activity": "activity",
    "product": "product",
    "nib": "nib",
    "kbli": "kbli",
    "phone": "phone",
    "address": "address",
    "started_on": "started_on",
    "area": "area_id",
}
"""The same of an enterprise."""


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def evidence_of(parts: Any) -> list[tuple[str, str, float]]:
    """Return stored evidence as field, category and bits; what cannot be read is left out."""
    return [
        (str(part[0]), str(part[1]), float(part[2]))
        for part in parts
        if isinstance(part, list | tuple) and len(part) == _PART
    ]


_PART: Final = 3
