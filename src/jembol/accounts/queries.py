"""Answers about officers and their duties."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, DutyQuerySet, Officer
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of a list."""

    id: int
    role: Role
    area_code: str
    area_name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer of a list, with the duties that the reader may see."""

    id: int
    username: str
    name: str
    is_active: bool
    duties: tuple[DutyRow, ...]


def officers_within(reach: Reach, *, on: date) -> list[OfficerRow]:
    """Return those who hold, will hold or held a duty inside the reach, by name.

    Duties elsewhere are not told, and an officer without any is seen only by those who reach the
    whole nation, because nobody sees a row outside their own areas.
    """
    duties = _duties(Duty.objects.within(reach).filter(_not_over(on)))
    past = set(Duty.objects.within(reach).values_list("officer_id", flat=True))
    chosen = Q(pk__in=past)
    if reach == Reach.everywhere():
        chosen = Q()
    rows = Officer.objects.filter(chosen).order_by("name", "pk")
    return [
        OfficerRow(pk, username, name, is_active, tuple(duties.get(pk, ())))
        for pk, username, name, is_active in rows.values_list("pk", "username", "name", "is_active")
    ]


def duties_of(officer: Officer, *, within: Reach) -> list[DutyRow]:
    """Return all duties of an officer inside a reach, those that stand first."""
    rows = _duties(Duty.objects.within(within).filter(officer=officer))
    return rows.get(officer.pk, [])


def has_administrator(area_key: int, *, on: date, without: Collection[int] = ()) -> bool:
    """Whether somebody who is active administers this area on that day.

    Args:
        area_key: The area; a duty above it counts too.
        on: The day.
        without: Keys of duties that are about to end.
    """
    area = AreaCode.from_key(area_key)
    above = [area.key, *(one.key for one in area.ancestors)]
    duties = Duty.objects.standing(on).filter(
        role=Role.ADMINISTRATOR, area_id__in=above, officer__is_active=True
    )
    return duties.exclude(pk__in=without).exists()


def _not_over(on: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=on)


def _duties(duties: DutyQuerySet) -> dict[int, list[DutyRow]]:
    """Return rows by officer, in the order of their areas and roles."""
    found: dict[int, list[DutyRow]] = defaultdict(list)
    # Those without an end first, on both databases: NULL sorts differently on each.
    order = (F("ends_on").desc(nulls_first=True), "area_id", "role", "pk")
    for duty in duties.select_related("area").order_by(*order):
        found[duty.officer_id].append(
            DutyRow(
                id=duty.pk,
                role=Role(duty.role),
                area_code=duty.area.code,
                area_name=duty.area.name,
                starts_on=duty.starts_on,
                ends_on=duty.ends_on,
            )
        )
    return found
