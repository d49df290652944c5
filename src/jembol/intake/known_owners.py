"""Owners who are known because the row names their enterprise by its id, here or in SIDT-KUMKM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jembol.intake.row_cells import Values
from jembol.intake.subjects import nik_digest
from jembol.kit.reach import Reach
from jembol.registry.models import Ownership
from jembol.registry.rules import folded_name, names_agree
from jembol.registry.telling import bearers_of


@dataclass(frozen=True, slots=True)
class _Owner:
    person_id: int
    name: str
    folded: str
    nik: str

    def is_named_in(self, values: Values) -> bool:
        """Whether the row names this owner, and no other NIK."""
        said = nik_digest(values)
        if said and self.nik and said != self.nik:
            return False
        name = str(values["name"])
        return name == self.name or names_agree(folded_name(name), self.folded)


def known_owners(rows: Iterable[Values], reach: Reach) -> list[int | None]:
    """Return for each row the owner whom it names beside the id of the enterprise, if just one."""
    rows = list(rows)
    bearers = bearers_of(row["sidt_id"] for row in rows if row.get("sidt_id"))
    public = {row["enterprise_id"] for row in rows if row.get("enterprise_id")}
    if not (bearers or public):
        return [None] * len(rows)
    by_enterprise: dict[int | str, list[_Owner]] = defaultdict(list)
    found = Ownership.objects.filter(ends_on__isnull=True).within(reach, "person__area")
    named = found.filter(enterprise__in=bearers.values()) | found.filter(
        enterprise__public_id__in=public
    )
    for row in named.select_related("person", "enterprise").order_by("pk"):
        person = row.person
        owner = _Owner(
            person.survivor_id or person.pk, person.name, person.folded, person.nik_digest
        )
        by_enterprise[row.enterprise_id].append(owner)
        by_enterprise[row.enterprise.public_id].append(owner)
    return [_only(by_enterprise, bearers, row) for row in rows]


def _only(
    by_enterprise: dict[int | str, list[_Owner]], bearers: dict[str, int], row: Values
) -> int | None:
    key = row.get("enterprise_id") or bearers.get(row.get("sidt_id", ""))
    if not key or not row.get("name"):
        return None
    named = {one.person_id for one in by_enterprise.get(key, ()) if one.is_named_in(row)}
    return named.pop() if len(named) == 1 else None
