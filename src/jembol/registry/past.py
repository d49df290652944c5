"""The register as it stood: current rows that have not changed since, and versions of the others.

A row that was not changed after a moment stands as it stood then; every other one left a version
that held then. Both give the same objects, `Person` or `Enterprise` with the values of that moment,
which nobody may save. Order and pages come from one UNION ALL, because only the database knows how
it sorts a name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Self, cast

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value

from jembol.registry.models import (
    Enterprise,
    EnterpriseMerge,
    EnterpriseVersion,
    FormerEnterpriseMerge,
    FormerPersonMerge,
    Household,
    Person,
    PersonMerge,
    PersonVersion,
)

if TYPE_CHECKING:
    from datetime import datetime

    from jembol.kit.reach import Reach
    from jembol.places.models import AreaQuerySet

CHUNK: Final = 2000
_COLUMNS: Final = frozenset({"id", "area", "area_id", "public_id", "folded"})
"""Fields that a version holds as columns; every other one stands among its values."""

Key = tuple[Any, int, int]
"""A row of the union: what it sorts by, the key of the record, and of its version or 0."""


@dataclass(frozen=True, slots=True)
class PastRows:
    """People or enterprises of one moment, with what a list needs of a queryset.

    Conditions are told in the fields of the current row.

    Attributes:
        now: Current rows that stood then as they stand now.
        then: Versions that held then.
        restore: Turns a version into the row that it was.
        fields: By what it is ordered; empty for no order yet.
    """

    now: AreaQuerySet[Any]
    then: AreaQuerySet[Any]
    restore: Callable[[Any], Any]
    fields: tuple[str, ...] = ()

    def filter(self, *conditions: Q, **named: Any) -> Self:
        """Keep the rows for which all conditions hold."""
        wanted = Q(*conditions, **named)
        return replace(
            self, now=self.now.filter(wanted), then=self.then.filter(_of_version(wanted))
        )

    def within(self, reach: Reach) -> Self:
        """Keep the rows whose area of that moment lies in the reach."""
        return replace(self, now=self.now.within(reach), then=self.then.within(reach))

    def order_by(self, *fields: str) -> Self:
        """Put the rows in this order; a minus sign turns a field."""
        return replace(self, fields=fields)

    def reverse(self) -> Self:
        """Turn the order."""
        return replace(self, fields=tuple(map(_turned, self.fields)))

    @property
    def ordered(self) -> bool:
        """Whether an order was chosen."""
        return bool(self.fields)

    def count(self) -> int:
        """Return how many rows there are."""
        return self.now.count() + self.then.count()

    def __getitem__(self, part: slice) -> list[Any]:
        """Return a stretch of the rows in order."""
        return self._read(list(self._keys()[part]))

    def iterator(self, chunk_size: int = CHUNK) -> Iterator[Any]:
        """Yield all rows in order, with two or three queries a chunk."""
        keys = self._keys().iterator(chunk_size=chunk_size)
        while chunk := list(islice(keys, chunk_size)):
            yield from self._read(chunk)

    def by_key(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return the rows with these keys, by key."""
        return {row.pk: row for row in self.filter(pk__in=keys).order_by("pk")[:]}

    def _keys(self) -> QuerySet[Any, Any]:
        fields = self.fields or ("pk",)
        # "pk" always comes last; the field before it is what the page goes on from.
        name = fields[0].lstrip("-")
        leading = F("pk") if name == "pk" else F(name)
        now = self.now.annotate(place=leading, record=F("pk"), kept=_none()).order_by()
        leading = F("record_id") if name == "pk" else F(name)
        then = self.then.annotate(place=leading, record=F("record_id"), kept=F("pk")).order_by()
        columns = ("place", "record", "kept")
        both = now.values_list(*columns).union(then.values_list(*columns), all=True)
        ordered: QuerySet[Any, Any] = both.order_by(*(_in_union(field, name) for field in fields))
        return ordered

    def _read(self, keys: Sequence[Key]) -> list[Any]:
        now = [record for _place, record, kept in keys if not kept]
        then = [kept for _place, _record, kept in keys if kept]
        rows = {row.pk: row for row in self.now.filter(pk__in=now)} if now else {}
        if then:
            versions = self.then.filter(pk__in=then)
            rows |= {row.pk: row for row in map(self.restore, versions)}
        # A row that was changed between the two queries is left to the next look.
        return [rows[record] for _place, record, _kept in keys if record in rows]


@dataclass(frozen=True, slots=True)
class Merges:
    """Who stood for whom at a moment, also where a row was removed since.

    Attributes:
        kept: Merges of rows that the register still has.
        former: Merges of rows that are gone.
    """

    kept: type[PersonMerge | EnterpriseMerge]
    former: type[FormerPersonMerge | FormerEnterpriseMerge]

    def absorbed(self, key: str, moment: datetime) -> Q:
        """Return the condition that the row with this key was absorbed."""
        former = self.former.objects.at(moment).filter(absorbed_key=OuterRef(key))
        return Exists(self._kept(moment).filter(absorbed=OuterRef(key))) | Exists(former)

    def above(self, keys: Collection[int], moment: datetime) -> dict[int, int]:
        """Return by whom each of these was absorbed, of those that were."""
        kept = self._kept(moment).filter(absorbed__in=keys)
        former = self.former.objects.at(moment).filter(absorbed_key__in=keys)
        return _pairs(kept, former)

    def below(self, keys: Collection[int], moment: datetime) -> dict[int, int]:
        """Return what these had absorbed, each with the one of these that did."""
        kept = self._kept(moment).filter(survivor__in=keys)
        former = self.former.objects.at(moment).filter(survivor_key__in=keys)
        return _pairs(kept, former)

    def _kept(self, moment: datetime) -> QuerySet[Any]:
        stood: QuerySet[Any] = self.kept.objects.filter(
            Q(undone_at__isnull=True) | Q(undone_at__gt=moment), at__lte=moment
        )
        return stood


PEOPLE: Final = Merges(PersonMerge, FormerPersonMerge)
ENTERPRISES: Final = Merges(EnterpriseMerge, FormerEnterpriseMerge)


def people_at(moment: datetime) -> PastRows:
    """Return the people who stood for themselves at a moment, as they stood."""
    return PastRows(
        now=Person.objects.filter(
            ~PEOPLE.absorbed("pk", moment), changed_at__lte=moment
        ).select_related(_NEAR, "household"),
        then=PersonVersion.objects.at(moment)
        .filter(~PEOPLE.absorbed("record_id", moment))
        .select_related(_NEAR),
        restore=as_person,
    )


def enterprises_at(moment: datetime) -> PastRows:
    """Return the enterprises that stood for themselves at a moment, as they stood."""
    return PastRows(
        now=Enterprise.objects.filter(
            ~ENTERPRISES.absorbed("pk", moment), changed_at__lte=moment
        ).select_related(_NEAR),
        then=EnterpriseVersion.objects.at(moment)
        .filter(~ENTERPRISES.absorbed("record_id", moment))
        .select_related(_NEAR),
        restore=as_enterprise,
    )


def as_person(version: PersonVersion) -> Person:
    """Return the person that a version was; never save it."""
    values = {**version.values, **version.values["specific"]}
    household = values["household"]
    return Person(
        **_common(version),
        **{name: values[name] for name in _PERSON},
        born_on=_day(values["born_on"]),
        household=Household(public_id=household) if household else None,
    )


def as_enterprise(version: EnterpriseVersion) -> Enterprise:
    """Return the enterprise that a version was; never save it."""
    values = version.values
    return Enterprise(
        **_common(version),
        **{name: values[name] for name in _ENTERPRISE},
        started_on=_day(values["started_on"]),
    )


_NEAR: Final = "area__parent__parent"
_PERSON: Final = (
    "name", "sex", "birth_place", "phone", "address", "education", "nik_masked", "has_disability",
)  # fmt: skip
_ENTERPRISE: Final = (
    "name", "activity", "product", "status", "nib", "kbli", "kbli_edition", "phone", "address",
)  # fmt: skip


def _pairs(kept: QuerySet[Any], former: QuerySet[Any]) -> dict[int, int]:
    return {
        **dict(kept.values_list("absorbed", "survivor")),
        **dict(former.values_list("absorbed_key", "survivor_key")),
    }


def _common(version: PersonVersion | EnterpriseVersion) -> dict[str, Any]:
    return {
        "pk": version.record_id,
        "public_id": version.public_id,
        "folded": version.folded,
        "area": version.area,
        "version": version.version,
        "changed_at": version.from_at,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _none() -> Value:
    return Value(0, output_field=BigIntegerField())


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _in_union(field: str, leading: str) -> str:
    sign, name = ("-", field[1:]) if field.startswith("-") else ("", field)
    return f"{sign}place" if name == leading else f"{sign}record"


def _of_version(condition: Q) -> Q:
    """Return the same condition, told in the fields of a version."""
    told: list[Any] = [
        _of_version(child) if isinstance(child, Q) else (_path(child[0]), child[1])
        for child in cast("Sequence[Any]", condition.children)
    ]
    return Q(*told, _connector=condition.connector, _negated=condition.negated)


def _path(name: str) -> str:
    first = name.split("__", maxsplit=1)[0]
    if first == "pk":
        return f"record_id{name[2:]}"
    return name if first in _COLUMNS else f"values__{name}"
