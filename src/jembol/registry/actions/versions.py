"""The row as it stood, kept beside the change: what opens the register of a past day."""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from jembol.registry.models import (
    Enterprise,
    EnterpriseMerge,
    FormerEnterpriseMerge,
    FormerPersonMerge,
    Person,
    PersonMerge,
)

_OF_PERSON: Final = (
    "name", "sex", "birth_place", "phone", "address", "education", "nik_masked",
    "nik_digest",
)  # fmt: skip
_OF_ENTERPRISE: Final = (
    "name", "activity", "product", "status", "nib", "kbli", "kbli_edition", "phone", "address",
)  # fmt: skip

AsItStood = tuple[Any, ...]
"""The columns of one version, in the order of the statement that writes it."""

# Made into objects first, the versions of an import that changes everybody took a tenth of its
# time (3,000 rows, SQLite).
_WRITE_PERSON: Final = """
    INSERT INTO registry_personversion
        (record_id, public_id, area_id, folded, version, from_at, until_at, is_last, "values")
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_WRITE_ENTERPRISE: Final = """
    INSERT INTO registry_enterpriseversion
        (record_id, public_id, area_id, folded, version, from_at, until_at, is_last, "values")
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def person_as_it_stands(person: Person, at: datetime, *, is_last: bool = False) -> AsItStood:
    """Return the version that ends at the moment; call it before the values are changed.

    Disability is specific data (UU 27/2022 art. 4(2)) and stands apart from what lists show.
    """
    values: dict[str, Any] = {name: getattr(person, name) for name in _OF_PERSON}
    values["born_on"] = _day(person.born_on)
    values["household"] = person.household.public_id if person.household else ""
    values["specific"] = {"has_disability": person.has_disability}
    return _columns(person, at, values, is_last=is_last)


def enterprise_as_it_stands(
    enterprise: Enterprise, at: datetime, *, is_last: bool = False
) -> AsItStood:
    """Return the version that ends at the moment; call it before the values are changed."""
    values: dict[str, Any] = {name: getattr(enterprise, name) for name in _OF_ENTERPRISE}
    values["started_on"] = _day(enterprise.started_on)
    return _columns(enterprise, at, values, is_last=is_last)


def keep_people(versions: Iterable[AsItStood]) -> None:
    """Write versions of people with one statement."""
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE_PERSON, list(versions))


def keep_enterprises(versions: Iterable[AsItStood]) -> None:
    """Write versions of enterprises with one statement."""
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE_ENTERPRISE, list(versions))


def drop_undone_person_merges(people: Collection[int]) -> None:
    """Let go of the undone merges of people who are removed; that they stood is kept."""
    undone = PersonMerge.objects.exclude(undone_at=None)
    merges = undone.filter(Q(survivor__in=people) | Q(absorbed__in=people)).order_by("pk")
    FormerPersonMerge.objects.bulk_create(FormerPersonMerge(**_stood(merge)) for merge in merges)
    merges.delete()


def drop_undone_enterprise_merges(enterprises: Collection[int]) -> None:
    """Let go of the undone merges of enterprises that are removed; that they stood is kept."""
    undone = EnterpriseMerge.objects.exclude(undone_at=None)
    merges = undone.filter(Q(survivor__in=enterprises) | Q(absorbed__in=enterprises)).order_by("pk")
    former = (FormerEnterpriseMerge(**_stood(merge)) for merge in merges)
    FormerEnterpriseMerge.objects.bulk_create(former)
    merges.delete()


def next_moment(row: Person | Enterprise, at: datetime) -> datetime:
    """Return when a change counts: never before the one that came first.

    A writer who waited for a lock began earlier than the one who held it; were the later change
    dated earlier, two versions would hold at one moment.
    """
    return max(at, row.changed_at)


def _columns(
    row: Person | Enterprise, at: datetime, values: dict[str, Any], *, is_last: bool
) -> AsItStood:
    written = connection.ops.adapt_datetimefield_value
    return (
        row.pk,
        row.public_id,
        row.area_id,
        row.folded,
        row.version,
        written(row.changed_at),
        written(next_moment(row, at)),
        is_last,
        json.dumps(values, ensure_ascii=False),
    )


def _stood(merge: Any) -> dict[str, Any]:
    return {
        "survivor_key": merge.survivor_id,
        "absorbed_key": merge.absorbed_id,
        "from_at": merge.at,
        "until_at": merge.undone_at,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
