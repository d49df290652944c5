"""Who is like a probe: through keys under which entries of one person meet, however misspelled.

The keys are digests with this deployment's key and the traits are sealed, so that the two tables
tell nothing by themselves. One query answers for all keys of a probe; the likeliest few are opened,
compared and weighed by `methods.linkage`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from math import log2
from struct import Struct
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from jembol.kit.area import AreaCode, kelurahan_key
from jembol.kit.reach import Reach
from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.evidence import Rarity, categories
from jembol.methods.linkage.keys import VERSION, Key, keys_of
from jembol.methods.linkage.model import Part, probability
from jembol.methods.linkage.traits import PACKED, Traits, traits_of
from jembol.methods.linkage.written import Written
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry import rules
from jembol.registry.models import Person, PersonTraits, lies_in
from jembol.registry.sealed_numbers import open_nik
from jembol.vault.sealing import digest, open_bytes, seal_bytes

CAP: Final = 150
"""Of a key that more people share (two common words of a name), nobody is looked at."""
CAP_OF_NUMBERS: Final = 1000
"""Of a NIK or a phone number that more people share, so many are looked at."""
OPENED: Final = 50
"""So many of those who share keys are opened and compared."""
LOOKED_AT: Final = 4 * OPENED
"""So many are looked at when some of the first lie outside the reach."""
UNLIKELY: Final = -6.0
"""Log-odds (base 2) below which nobody is told of who shares no number."""
_NUMBER: Final = Struct("<q")
_Row = tuple[Any, ...]
_WORTH_OF_A_NUMBER: Final = 6.0

TABLES: Final = {
    "cap": CAP,
    "cap_of_numbers": CAP_OF_NUMBERS,
    "opened": OPENED,
    "unlikely": UNLIKELY,
    "worth_of_a_number": _WORTH_OF_A_NUMBER,
}
"""What decides who is compared at all, for an implementation in another language."""


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody of the register who shares a key with a probe.

    Attributes:
        person_id: Key of the row.
        survivor_id: Key of the row that stands for it; None when it stands itself.
        exact: What `rules` compares of it.
        probability: That the row and the probe are one person, 0 to 1.
        pair: What linkage compares of the probe and of the row.
        rarity: How telling an agreement is.
    """

    person_id: int
    survivor_id: int | None
    exact: rules.Traits
    probability: float
    pair: tuple[Traits, Traits]
    rarity: Rarity

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each field says, in bits."""
        return shipped().model.explained(categories(*self.pair, self.rarity)).parts


# What is kept of a person


def written_of(person: Person) -> Written:
    """Return what the register says about a person; the NIK is opened for it."""
    return Written(
        name=person.name,
        nik=open_nik(person),
        sex=person.sex,
        born_on=person.born_on.isoformat() if person.born_on else "",
        phone=person.phone,
        address=person.address,
        **place_told(person.area_id),
    )


def place_told(area: int) -> dict[str, str]:
    """Return a place as a list would tell it."""
    kelurahan, kecamatan, city = (_name(key) if key else "" for key in _above(area))
    rw, rt = (*map(str, AreaCode(area).parts[Level.KELURAHAN :]), "", "")[:2]
    return {"rt": rt, "rw": rw, "kelurahan": kelurahan, "kecamatan": kecamatan, "city": city}


# The law names areas; each process asks once. What is missing is not kept: the call fails.
@lru_cache(maxsize=8192)
def _name(key: int) -> str:
    return Area.objects.values_list("name", flat=True).get(pk=key)


@lru_cache(maxsize=8192)
def _above(area: int) -> tuple[int, int, int]:
    code = AreaCode(area)
    levels = (code.at_level(level) for level in (Level.KELURAHAN, Level.KECAMATAN, Level.CITY))
    kelurahan, kecamatan, city = (place.key if place else 0 for place in levels)
    return kelurahan, kecamatan, city


def digested(keys: Iterable[Key]) -> list[int]:
    """Return the keys as they are stored: whoever has the table alone cannot try NIK on it."""
    secret = bytes.fromhex(digest("registry.link_key", ""))
    return [_stored(key.number, secret) for key in keys]


def _stored(number: int, secret: bytes) -> int:
    found = blake2b(_NUMBER.pack(number), key=secret, digest_size=_NUMBER.size).digest()
    stored: int = _NUMBER.unpack(found)[0]
    return stored


def sealed(traits: Traits, public_id: str) -> bytes:
    """Return the traits of this person as they are stored."""
    return seal_bytes(traits.pack(), _place(public_id))


def _place(public_id: str) -> str:
    # The id stands, not the key: the row is sealed before the database gives it one.
    return f"registry.person.traits:{public_id}"


def without_link_keys() -> QuerySet[Person]:
    """Return who is found badly: people without keys, or with those of another version."""
    return Person.objects.exclude(link_traits__version=VERSION)


# Who is near


def near(written: Written, *, reach: Reach) -> list[Near]:
    """Return those of the reach who share most with the probe, with two or three queries.

    Whoever shares a number is among them, likely or not; others when they are not very unlikely.
    """
    one = traits_of(written)
    keys = keys_of(one)
    if not keys:
        return []
    shared = _shared(keys)
    crowds = _crowds(one, shared)
    opened = list(_opened(_best(shared), reach))
    odds = shipped().log_odds_of_packed(one, [packed for _row, packed in opened], crowds)
    rarity = shipped().rarity._replace(phone=lambda phone: crowds.get(phone, 1))
    by_number = {person for each in shared if each.key.is_number for person in each.people}
    return [
        _weighed(row, probability(weight), (one, Traits.unpack(packed)), rarity)
        for (row, packed), weight in zip(opened, odds, strict=True)
        if weight > UNLIKELY or row[0] in by_number
    ]


def passes_over_numbers(written: Written, *, nik: str, phone: str) -> bool:
    """Whether linkage takes a number for one that fills a cell, though the register may hold it.

    Args:
        written: What linkage reads.
        nik: What the register keeps of the NIK; empty where it would keep none.
        phone: What it keeps of the phone number.
    """
    one = traits_of(written)
    return bool((phone and not any(one.phones)) or (nik and not one.nik))


@dataclass(frozen=True, slots=True)
class _Shared:
    """Whom one key of the probe leads to; more than a key's cap are cut off."""

    key: Key
    people: tuple[int, ...]


def _shared(keys: Collection[Key]) -> list[_Shared]:
    stored = dict(zip(digested(keys), keys, strict=True))
    people: dict[int, list[int]] = defaultdict(list)
    most = {number: CAP_OF_NUMBERS if key.is_number else CAP + 1 for number, key in stored.items()}
    for number, person in _rows(most):
        people[number].append(person)
    return [_Shared(key, tuple(people[number])) for number, key in stored.items()]


def _rows(most: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield key and person of all keys, at most so many of each, with one query."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT wanted.key, found.person_id"
            " FROM unnest(%s::bigint[], %s::int[]) AS wanted(key, most) CROSS JOIN LATERAL ("
            "SELECT person_id FROM registry_personkey"
            " WHERE key = wanted.key LIMIT wanted.most) AS found"
        )
        values: list[Any] = [list(most), list(most.values())]
    else:
        one = (
            "SELECT * FROM (SELECT key, person_id FROM registry_personkey WHERE key = %s LIMIT %s)"
        )
        query = " UNION ALL ".join([one] * len(most))
        values = [value for pair in most.items() for value in pair]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor.fetchall()


def _best(shared: Iterable[_Shared]) -> list[int]:
    """Return those who share most, where a key of few people and a number tell most."""
    worth: dict[int, float] = defaultdict(float)
    for each in shared:
        if len(each.people) > CAP and not each.key.is_number:
            continue
        value = log2(2 * CAP_OF_NUMBERS / max(len(each.people), 1))
        for person in each.people:
            worth[person] += value + _WORTH_OF_A_NUMBER * each.key.is_number
    return nsmallest(LOOKED_AT, worth, key=lambda person: (-worth[person], person))


def _opened(best: Sequence[int], reach: Reach) -> Iterator[tuple[_Row, bytes]]:
    """Yield the rows and packed traits of the first of these who lie inside the reach.

    Reading a row is what costs most in a large register, so the next are read only when some of
    the first lie outside.
    """
    missing = OPENED
    for some in (best[:OPENED], best[OPENED:]):
        if not some or not missing:
            return
        told = {row[0]: row for row in _rows_of(some, reach)}
        inside = [told[person] for person in some if person in told][:missing]
        missing -= len(inside)
        for row in inside:
            packed = open_bytes(row[2], _place(row[1]))
            # Another version has another size; `jembol link-keys` writes it anew.
            if len(packed) == PACKED:
                yield row, packed


def _rows_of(people: Collection[int], reach: Reach) -> Iterable[_Row]:
    rows = PersonTraits.objects.filter(lies_in(reach, "person__area", vendor=connection.vendor))
    return rows.filter(pk__in=people).values_list(*_COLUMNS)


_COLUMNS: Final = (
    "pk", "person__public_id", "packed_sealed", "person__folded", "person__nik_digest",
    "person__phone", "person__born_on", "person__area_id", "person__survivor_id",
)  # fmt: skip


def _crowds(one: Traits, shared: Iterable[_Shared]) -> dict[int, int]:
    """Return how many people have each phone number of the probe."""
    sizes = {each.key.number: len(each.people) for each in shared}
    numbers = {phone: keys_of(Traits(phones=(phone, 0)))[0] for phone in one.phones if phone}
    return {phone: sizes.get(key.number, 0) for phone, key in numbers.items()}


def _weighed(row: _Row, chance: float, pair: tuple[Traits, Traits], rarity: Rarity) -> Near:
    person, public_id, _packed, folded, nik, phone, born_on, area, survivor = row
    return Near(
        person_id=person,
        survivor_id=survivor,
        exact=rules.Traits(public_id, folded, nik, phone, born_on, kelurahan_key(area)),
        probability=chance,
        pair=pair,
        rarity=rarity,
    )
