"""People as an import meets them: in the register, or made by an earlier row of the same list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from jembol.intake.choices import Kind
from jembol.intake.row_cells import Values
from jembol.kit.area import AreaCode, city_key, kelurahan_key
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.registry.matching import CROWD
from jembol.registry.models import Person
from jembol.registry.rules import Traits, folded_name
from jembol.registry.sealed_numbers import nik_digest as digest_of_nik
from jembol.vault.sealing import digest

RowKey = tuple[int, int]
"""Number of the table and of the row in it."""

Changes = dict[str, tuple[Any, Any]]
"""Field to what was known and what the row says."""

PLAIN_FIELDS: Final = ("sex", "born_on", "birth_place", "phone", "address", "education")
_KELURAHAN: Final = 4


@dataclass(slots=True, eq=False)
class Subject:
    """One person, as the register will hold them when the rows so far are stored.

    Attributes:
        person_id: Key in the register; `None` for somebody whom a row of this list makes.
        row: The row that makes this person, or whose parked person this is.
        is_parked: The row waits for a decision, so nobody may be joined to it.
        facts: Field to value, in the form of `reading.Values`; `nik` is a digest.
        traits: What is compared.
        version: Version in the register when it was read.
        registration_id: Seat in the class of the import, if any.
        is_registered: Whether a seat is there or will be.
        days: Numbers of the sessions attended.
    """

    person_id: int | None
    row: RowKey | None
    facts: Values
    traits: Traits
    is_parked: bool = False
    version: int = 0
    registration_id: int | None = None
    is_registered: bool = False
    days: set[int] = field(default_factory=set)

    @property
    def key(self) -> tuple[int, int, int]:
        """What two mentions of the same person share."""
        return (self.person_id or 0, *(self.row if not self.person_id and self.row else (0, 0)))

    def take(self, changes: Changes) -> None:
        """Know from now on what the changes say."""
        self.facts = {**self.facts, **{name: new for name, (_old, new) in changes.items()}}
        self.traits = traits_of_facts(self.facts)


def nik_digest(values: Values) -> str:
    """Return the digest under which the register finds a NIK; empty without one."""
    return digest_of_nik(Nik(values["nik"])) if values.get("nik") else ""


def deepest_area(values: Values, fallback: int) -> int:
    """Return the key of the deepest place that a row names; it need not be in the register yet."""
    return _deepest(values.get("area") or fallback, values.get("rw") or 0, values.get("rt") or 0)


def home_of(values: Values, fallback: int) -> int:
    """Return the deepest place where the person of a row lives; lists may tell an owner's apart."""
    if "owner_area" in values:
        said = (values.get(name) or 0 for name in ("owner_area", "owner_rw", "owner_rt"))
        return _deepest(*said)
    return fallback if "owner_area_open" in values else deepest_area(values, fallback)


@lru_cache(maxsize=4096)
def _deepest(area: int, rw: int, rt: int) -> int:
    code = AreaCode(area)
    if code.level != _KELURAHAN or not rw:
        return code.key
    inside = code.rw(rw)
    return (inside.rt(rt) if rt else inside).key


def facts_of_row(values: Values, fallback: int) -> Values:
    """Return what the register would hold about somebody whom only this row tells of."""
    facts: Values = {name: values.get(name) or "" for name in PLAIN_FIELDS}
    facts["born_on"] = values.get("born_on")
    facts["address"] = values.get("owner_address") or facts["address"]
    return {
        **facts,
        "public_id": values.get("id", ""),
        "name": values.get("name", ""),
        "disability": values.get("disability"),
        "nik": nik_digest(values),
        "nik_masked": Nik(values["nik"]).masked if values.get("nik") else "",
        "kk": bool(values.get("kk")),
        "area": home_of(values, fallback),
    }


def traits_of_facts(facts: Values) -> Traits:
    """Return what is compared of somebody."""
    return Traits(
        public_id=facts["public_id"],
        folded=folded_name(facts["name"]),
        nik=facts["nik"],
        phone=facts["phone"],
        born_on=date.fromisoformat(facts["born_on"]) if facts["born_on"] else None,
        kelurahan=kelurahan_key(facts["area"]),
    )


_COLUMNS: Final = (
    "pk", "public_id", "name", "sex", "born_on", "birth_place", "phone", "address", "education",
    "has_disability", "nik_digest", "nik_masked", "household_id", "area_id", "version",
)  # fmt: skip


def known_people(ids: Collection[int], reach: Reach) -> dict[int, Subject]:
    """Return these people of the register who stand inside the reach."""
    rows = Person.objects.within(reach).filter(pk__in=ids).values(*_COLUMNS)
    return {row["pk"]: _known(row) for row in rows}


def _known(row: Values) -> Subject:
    facts: Values = {name: row[name] or "" for name in PLAIN_FIELDS}
    facts |= {
        "public_id": row["public_id"],
        "name": row["name"],
        "born_on": row["born_on"].isoformat() if row["born_on"] else None,
        "disability": row["has_disability"],
        "nik": row["nik_digest"],
        "nik_masked": row["nik_masked"],
        "kk": row["household_id"] is not None,
        "area": row["area_id"],
    }
    return Subject(row["pk"], None, facts, traits_of_facts(facts), version=row["version"])


_OF_OWNERS: Final = {
    **{
        name: name
        for name in ("id", "name", "nik", "phone", "sex", "born_on", "education", "disability")
    },
    "owner_address": "address", "owner_area": "area", "owner_rt": "rt", "owner_rw": "rw",
}  # fmt: skip


def news(known: Subject, values: Values, kind: str, *, by_id: bool, fallback: int) -> Changes:
    """Return what a row says that is not known yet.

    An empty cell says nothing. A list of people replaces what it contradicts; the lists of a past
    class or of enterprises tell of an older day or of something else, so they only fill gaps.
    A name or a NIK is replaced only under the id of the register: another key is too weak to
    overwrite by.
    """
    if kind == Kind.ENTERPRISES:
        # Address and place are those of the enterprise, where the owner's do not stand apart.
        values = {plain: values[name] for name, plain in _OF_OWNERS.items() if name in values}
    replaces = by_id or kind == Kind.PEOPLE
    found: Changes = {}
    for name in (*PLAIN_FIELDS, "disability"):
        new, old = values.get(name), known.facts[name]
        is_gap = old is None or old == ""
        if new is not None and new != "" and new != old and (is_gap or replaces):
            found[name] = (old, new)
    found |= _weighty(known, values, by_id=by_id)
    return found | _moved(known, values, fallback, replaces=replaces)


def _weighty(known: Subject, values: Values, *, by_id: bool) -> Changes:
    found: Changes = {}
    if by_id and values.get("name") and values["name"] != known.facts["name"]:
        found["name"] = (known.facts["name"], values["name"])
    digested = nik_digest(values)
    if digested and digested != known.facts["nik"] and (by_id or not known.facts["nik"]):
        found["nik"] = (known.facts["nik"], digested)
        found["nik_masked"] = (known.facts["nik_masked"], Nik(values["nik"]).masked)
    if values.get("kk") and not known.facts["kk"]:
        found["kk"] = (False, True)
    return found


def _moved(known: Subject, values: Values, fallback: int, *, replaces: bool) -> Changes:
    """Return the new place: a deeper one always, another one only where the row may replace."""
    if not values.get("area"):
        return {}
    old, new = AreaCode(known.facts["area"]), AreaCode(deepest_area(values, fallback))
    if new.contains(old) or not (replaces or old.contains(new)):
        return {}
    return {"area": (old.key, new.key)}


class Roster:
    """Everybody whom the rows so far have made, changed or parked, found by what is compared."""

    def __init__(self) -> None:
        self._by_trait: dict[tuple[str, Any], dict[int, Subject]] = defaultdict(dict)
        self._by_person: dict[int, Subject] = {}

    def add(self, subject: Subject) -> None:
        """Note somebody, or somebody's new traits."""
        for trait in _handles(subject.traits):
            if len(self._by_trait[trait]) < CROWD:
                self._by_trait[trait][id(subject)] = subject
        if subject.person_id:
            self._by_person[subject.person_id] = subject

    def of_person(self, person_id: int) -> Subject | None:
        """Return the person of the register as the rows so far leave them."""
        return self._by_person.get(person_id)

    def near(self, traits: Traits) -> Iterator[Subject]:
        """Yield everybody who could be the one with these traits."""
        seen: dict[int, Subject] = {}
        for trait in _handles(traits):
            seen |= self._by_trait.get(trait, {})
        yield from seen.values()


def _handles(traits: Traits) -> Iterable[tuple[str, Any]]:
    """Return the keys of which two people share one whenever `compare` finds anything.

    In a crowd that shares a number, an equal name is still found by a key of its own.
    """
    if traits.public_id:
        yield "id", traits.public_id
    if traits.nik:
        yield "nik", traits.nik
        yield "nik", (traits.nik, traits.folded)
    if traits.phone:
        yield "phone", traits.phone
        yield "phone", (traits.phone, traits.folded)
    if traits.folded and traits.kelurahan:
        yield "name", (traits.folded, traits.kelurahan)


def evidence_of(traits: Traits, area_key: int) -> str:
    """Return the digest that stands for a written identity, for remembered judgements."""
    told = (traits.folded, traits.nik, traits.phone, str(traits.born_on or ""), traits.kelurahan)
    return digest("intake.identity", "\x1f".join(map(str, (city_key(area_key), *told))))
