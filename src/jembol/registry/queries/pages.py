"""What stands around one person, enterprise or group, for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from jembol.kit.reach import Reach
from jembol.registry.choices import Purpose
from jembol.registry.models import (
    Consent,
    ConsentText,
    Enterprise,
    Group,
    Household,
    Membership,
    Ownership,
    Person,
)


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
    """What the register knows around a person; rows outside the reach are left out."""

    person: Person
    enterprises_now: tuple[OwnershipRow, ...]
    enterprises_past: tuple[OwnershipRow, ...]
    groups_now: tuple[MembershipRow, ...]
    groups_past: tuple[MembershipRow, ...]
    household: Household | None
    household_members: tuple[PersonInRow, ...]
    consents: tuple[ConsentRow, ...]

    @property
    def may_be_contacted(self) -> bool:
        """Whether a consent to be written to stands."""
        return any(row.stands and row.purpose == Purpose.CONTACT for row in self.consents)


def person_page(person: Person, *, reach: Reach, on: date) -> PersonPage:
    """Return what a page shows around a person on a day, with a fixed count of queries."""
    owned = _owned_by(person, reach)
    joined = _joined_by(person, reach)
    return PersonPage(
        person=person,
        enterprises_now=tuple(row for row in owned if _holds(row.ends_on, on)),
        enterprises_past=tuple(row for row in owned if not _holds(row.ends_on, on)),
        groups_now=tuple(row for row in joined if _holds(row.ends_on, on)),
        groups_past=tuple(row for row in joined if not _holds(row.ends_on, on)),
        household=person.household,
        household_members=_household_members(person, reach),
        consents=consents_of(person),
    )


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """An enterprise with its owners now and before; people outside the reach are left out."""

    enterprise: Enterprise
    owners_now: tuple[PersonInRow, ...]
    owners_past: tuple[PersonInRow, ...]


def enterprise_page(enterprise: Enterprise, *, reach: Reach, on: date) -> EnterprisePage:
    """Return what a page shows around an enterprise on a day."""
    held = Ownership.objects.filter(enterprise=enterprise).within(reach, "person__area")
    owners = [_person_in(row) for row in held.select_related("person").order_by("pk")]
    return EnterprisePage(
        enterprise=enterprise,
        owners_now=tuple(row for row in owners if _holds(row.ends_on, on)),
        owners_past=tuple(row for row in owners if not _holds(row.ends_on, on)),
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
    ordered = held.select_related("person").order_by("-is_head", "person__folded", "pk")
    members = [_person_in(row, is_head=row.is_head) for row in ordered]
    return GroupPage(
        group=group,
        members_now=tuple(row for row in members if _holds(row.ends_on, on)),
        members_past=tuple(row for row in members if not _holds(row.ends_on, on)),
    )


def consents_of(person: Person) -> tuple[ConsentRow, ...]:
    """Return every yes of a person, newest first; `stands` tells who may still be contacted."""
    rows = (
        Consent.objects.filter(person=person)
        .select_related("text", "withdrawal")
        .order_by("-given_at", "-pk")
    )
    latest = _latest_versions()
    return tuple(_consent_row(row, latest) for row in rows)


def _holds(ends_on: date | None, on: date) -> bool:
    return ends_on is None or ends_on > on


def _person_in(row: Ownership | Membership, *, is_head: bool = False) -> PersonInRow:
    person = row.person
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
    held = Ownership.objects.filter(person=person).within(reach, "enterprise__area")
    return [
        OwnershipRow(
            enterprise_id=row.enterprise_id,
            public_id=row.enterprise.public_id,
            name=row.enterprise.name,
            product=row.enterprise.product,
            status=row.enterprise.status,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in held.select_related("enterprise").order_by("enterprise__folded", "pk")
    ]


def _joined_by(person: Person, reach: Reach) -> list[MembershipRow]:
    held = Membership.objects.filter(person=person).within(reach, "group__area")
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
        for row in held.select_related("group").order_by("group__folded", "pk")
    ]


def _household_members(person: Person, reach: Reach) -> tuple[PersonInRow, ...]:
    if person.household_id is None:
        return ()
    others = Person.objects.within(reach).filter(household=person.household_id)
    return tuple(
        PersonInRow(other.pk, other.public_id, other.name, other.area_id)
        for other in others.exclude(pk=person.pk).order_by("folded", "pk")
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
