"""What stands around one person, enterprise or group, for its page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Max

from jembol.kit.reach import Reach
from jembol.registry.choices import Purpose
from jembol.registry.models import (
    Consent,
    ConsentText,
    Enterprise,
    EnterpriseMerge,
    Group,
    Household,
    Membership,
    Ownership,
    Person,
    PersonMerge,
)
from jembol.registry.queries.identity import merges_of, rows_of, shown_to


@dataclass(frozen=True, slots=True)
class OwnershipRow:
    """An enterprise that a person owns or owned."""

    enterprise_id: int
    public_id: str
    name: str
    product: str
    status: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A group that a person is or was in."""

    group_id: int
    public_id: str
    name: str
    kind: str
    is_head: bool
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PersonInRow:
    """A person as another page names them."""

    person_id: int
    public_id: str
    name: str
    area_key: int
    is_head: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One yes of a person, and whether it stands.

    Attributes:
        is_latest_text: The words are still the newest that were published for this purpose.
    """

    purpose: str
    version: int
    language: str
    channel: str
    witness: str
    given_at: datetime
    withdrawn_at: datetime | None
    is_latest_text: bool

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the register knows around a person; rows outside the reach are left out.

    Everything is gathered that hangs on any row of the person; `merges` are those that made the
    rows one, the oldest first.
    """

    person: Person
    enterprises_now: tuple[OwnershipRow, ...]
    enterprises_past: tuple[OwnershipRow, ...]
    groups_now: tuple[MembershipRow, ...]
    groups_past: tuple[MembershipRow, ...]
    household: Household | None
    household_members: tuple[PersonInRow, ...]
    consents: tuple[ConsentRow, ...]
    merges: tuple[PersonMerge, ...]

    @property
    def may_be_contacted(self) -> bool:
        """Whether a consent to be written to stands."""
        return any(row.stands and row.purpose == Purpose.CONTACT for row in self.consents)


def person_page(person: Person, *, reach: Reach, on: date) -> PersonPage:
    """Return what a page shows around a person on a day, with a fixed count of queries."""
    owned_now, owned_past = _now_and_past(_owned_by(person, reach), on)
    joined_now, joined_past = _now_and_past(_joined_by(person, reach), on)
    return PersonPage(
        person=person,
        enterprises_now=_once(owned_now, lambda row: row.enterprise_id),
        enterprises_past=tuple(owned_past),
        groups_now=_once(joined_now, lambda row: row.group_id),
        groups_past=tuple(joined_past),
        household=_household_of(person),
        household_members=_household_members(person, reach),
        consents=consents_of(person),
        merges=tuple(merges_of(person)),
    )


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """An enterprise with its owners now and before; people outside the reach are left out.

    `merges` are those that made its entries one, the oldest first.
    """

    enterprise: Enterprise
    owners_now: tuple[PersonInRow, ...]
    owners_past: tuple[PersonInRow, ...]
    merges: tuple[EnterpriseMerge, ...]


def enterprise_page(enterprise: Enterprise, *, reach: Reach, on: date) -> EnterprisePage:
    """Return what a page shows around an enterprise on a day."""
    of_all = Ownership.objects.filter(enterprise__in=rows_of(enterprise).values("pk"))
    held = of_all.within(reach, "person__area").select_related("person__survivor")
    owners = [_person_in(row, reach) for row in held.order_by("pk")]
    now, past = _now_and_past(owners, on)
    return EnterprisePage(
        enterprise=enterprise,
        owners_now=_once(now, _person),
        owners_past=tuple(past),
        merges=tuple(merges_of(enterprise)),
    )


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with its members now and before; people outside the reach are left out."""

    group: Group
    members_now: tuple[PersonInRow, ...]
    members_past: tuple[PersonInRow, ...]


def group_page(group: Group, *, reach: Reach, on: date) -> GroupPage:
    """Return what a page shows around a group on a day: heads first, then by name."""
    held = Membership.objects.filter(group=group).within(reach, "person__area")
    ordered = held.select_related("person__survivor").order_by("-is_head", "person__folded", "pk")
    members = [_person_in(row, reach, is_head=row.is_head) for row in ordered]
    now, past = _now_and_past(members, on)
    return GroupPage(group=group, members_now=_once(now, _person), members_past=tuple(past))


def consents_of(person: Person) -> tuple[ConsentRow, ...]:
    """Return every yes of a person, newest first; `stands` tells who may still be contacted."""
    rows = (
        Consent.objects.filter(person__in=rows_of(person).values("pk"))
        .select_related("text", "withdrawal")
        .order_by("-given_at", "-pk")
    )
    latest = _latest_versions()
    return tuple(_consent_row(row, latest) for row in rows)


def _holds(ends_on: date | None, on: date) -> bool:
    return ends_on is None or ends_on > on


Row = TypeVar("Row", PersonInRow, OwnershipRow, MembershipRow)


def _now_and_past(rows: Iterable[Row], on: date) -> tuple[list[Row], list[Row]]:
    """Return what holds on the day, and what has ended."""
    now: list[Row] = []
    past: list[Row] = []
    for row in rows:
        (now if _holds(row.ends_on, on) else past).append(row)
    return now, past


def _once(rows: Iterable[Row], name: Callable[[Row], int]) -> tuple[Row, ...]:
    """Keep the first of each: who is there under two ids is there once."""
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(name(row), row)
    return tuple(first.values())


def _person(row: PersonInRow) -> int:
    return row.person_id


def _person_in(row: Ownership | Membership, reach: Reach, *, is_head: bool = False) -> PersonInRow:
    person = shown_to(reach, row.person)
    return PersonInRow(
        person.pk,
        person.public_id,
        person.name,
        person.area_id,
        is_head,
        row.starts_on,
        row.ends_on,
    )


def _owned_by(person: Person, reach: Reach) -> list[OwnershipRow]:
    of_all = Ownership.objects.filter(person__in=rows_of(person).values("pk"))
    held = of_all.within(reach, "enterprise__area").select_related("enterprise__survivor")
    return [_ownership_row(row, reach) for row in held.order_by("enterprise__folded", "pk")]


def _ownership_row(row: Ownership, reach: Reach) -> OwnershipRow:
    enterprise = shown_to(reach, row.enterprise)
    return OwnershipRow(
        enterprise_id=enterprise.pk,
        public_id=enterprise.public_id,
        name=enterprise.name,
        product=enterprise.product,
        status=enterprise.status,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _joined_by(person: Person, reach: Reach) -> list[MembershipRow]:
    of_all = Membership.objects.filter(person__in=rows_of(person).values("pk"))
    held = of_all.within(reach, "group__area")
    return [
        MembershipRow(
            group_id=row.group_id,
            public_id=row.group.public_id,
            name=row.group.name,
            kind=row.group.kind,
            is_head=row.is_head,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in held.select_related("group").order_by("group__folded", "-is_head", "pk")
    ]


def _household_of(person: Person) -> Household | None:
    """Return the household of the person, or else of the oldest of their other entries."""
    if person.household is not None:
        return person.household
    others = rows_of(person).exclude(household=None).select_related("household").order_by("pk")
    other = others.first()
    return other.household if other else None


def _household_members(person: Person, reach: Reach) -> tuple[PersonInRow, ...]:
    """Return who else is counted to a household of the person, each once."""
    rows = rows_of(person)
    households = rows.exclude(household=None).values("household")
    others = Person.objects.within(reach).filter(household__in=households)
    found = (
        shown_to(reach, other)
        for other in others.exclude(pk__in=rows.values("pk"))
        .select_related("survivor")
        .order_by("folded", "pk")
    )
    return _once(
        (PersonInRow(one.pk, one.public_id, one.name, one.area_id) for one in found), _person
    )


def _latest_versions() -> dict[tuple[str, str], int]:
    rows = ConsentText.objects.values_list("purpose", "language").annotate(latest=Max("version"))
    return {(purpose, language): latest for purpose, language, latest in rows.order_by()}


def _consent_row(consent: Consent, latest: Mapping[tuple[str, str], int]) -> ConsentRow:
    text = consent.text
    withdrawal = getattr(consent, "withdrawal", None)
    return ConsentRow(
        purpose=text.purpose,
        version=text.version,
        language=text.language,
        channel=consent.channel,
        witness=consent.witness,
        given_at=consent.given_at,
        withdrawn_at=withdrawal.withdrawn_at if withdrawal else None,
        is_latest_text=text.version == latest[text.purpose, text.language],
    )
