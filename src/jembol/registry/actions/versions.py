"""The row as it stood, kept beside the change: what opens the register of a past day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from jembol.registry.models import Enterprise, EnterpriseVersion, Person, PersonVersion

BATCH: Final = 500

_OF_PERSON: Final = (
    "name", "sex", "birth_place", "phone", "address", "education", "nik_masked",
)  # fmt: skip
_OF_ENTERPRISE: Final = (
    "name", "activity", "product", "status", "nib", "kbli", "kbli_edition", "phone", "address",
)  # fmt: skip


def person_as_it_stands(person: Person, at: datetime, *, is_last: bool = False) -> PersonVersion:
    """Return the version that ends at the moment; call it before the values are changed.

    Disability is specific data (UU 27/2022 art. 4(2)) and stands apart from what lists show.
    """
    values: dict[str, Any] = {name: getattr(person, name) for name in _OF_PERSON}
    values["born_on"] = _day(person.born_on)
    values["household"] = person.household.public_id if person.household else ""
    values["specific"] = {"has_disability": person.has_disability}
    return PersonVersion(values=values, **_place(person, at, is_last=is_last))


def enterprise_as_it_stands(
    enterprise: Enterprise, at: datetime, *, is_last: bool = False
) -> EnterpriseVersion:
    """Return the version that ends at the moment; call it before the values are changed."""
    values: dict[str, Any] = {name: getattr(enterprise, name) for name in _OF_ENTERPRISE}
    values["started_on"] = _day(enterprise.started_on)
    return EnterpriseVersion(values=values, **_place(enterprise, at, is_last=is_last))


def keep_people(versions: Iterable[PersonVersion]) -> None:
    """Write versions of people with few statements."""
    PersonVersion.objects.bulk_create(versions, batch_size=BATCH)


def keep_enterprises(versions: Iterable[EnterpriseVersion]) -> None:
    """Write versions of enterprises with few statements."""
    EnterpriseVersion.objects.bulk_create(versions, batch_size=BATCH)


def next_moment(row: Person | Enterprise, at: datetime) -> datetime:
    """Return when a change counts: never before the one that came first.

    A writer who waited for a lock began earlier than the one who held it; were the later change
    dated earlier, two versions would hold at one moment.
    """
    return max(at, row.changed_at)


def _place(row: Person | Enterprise, at: datetime, *, is_last: bool) -> dict[str, Any]:
    return {
        "record_id": row.pk,
        "public_id": row.public_id,
        "area_id": row.area_id,
        "folded": row.folded,
        "version": row.version,
        "from_at": row.changed_at,
        "until_at": next_moment(row, at),
        "is_last": is_last,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
