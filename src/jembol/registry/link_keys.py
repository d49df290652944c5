"""Who is like a probe: through keys under which entries of one person meet, however misspelled.

The keys are digests with this deployment's key and the traits are sealed, so that the two tables
tell nothing by themselves. One query answers for all keys of a probe; the likeliest few are opened,
compared and weighed by `methods.linkage`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import log2
from struct import Struct
from typing import Any, Final

from django.db import connection

from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.evidence import SIZES, Rarity, categories
from jembol.methods.linkage.keys import Key, keys_of
from jembol.methods.linkage.model import Part, probability
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.written import Written
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.models import Person, PersonTraits, lies_in
from jembol.registry.sealed_numbers import open_nik
from jembol.vault.sealing import digest, open_bytes, seal_bytes

CAP: Final = 150
"""Of a key that more people share (two common words of a name), nobody is looked at."""
CAP_OF_NUMBERS: Final = 1000
"""Of a NIK or a phone number that more people share, so many are looked at."""
OPENED: Final = 60
"""So many of those who share keys are opened and compared."""
POSSIBLE: Final = 0.5
"""Probability from which somebody is a candidate at all."""

_NUMBER: Final = Struct("<q")
_WORTH_OF_A_NUMBER: Final = 6.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody of the register who may be the one that a probe tells of.

    Attributes:
        person_id: Key of the row, be it absorbed by now.
        probability: That the two are one person, 0 to 1.
        parts: What each field says.
    """

    person_id: int
    probability: float
    parts: tuple[Part, ...]


# What is kept of a person


def written_of(person: Person, names: Mapping[int, str]) -> Written:
    """Return what the register says about a person; the NIK is opened for it.

    Args:
        person: Whom.
        names: Names of areas, see `place_names`.
    """
    return Written(
        name=person.name,
        nik=open_nik(person),
        sex=person.sex,
        born_on=person.born_on.isoformat() if person.born_on else "",
        phone=person.phone,
        address=person.address,
        **place_told(person.area_id, names),
    )


def place_names(areas: Iterable[int]) -> dict[int, str]:
    """Return the names of the kelurahan, kecamatan and cities that hold these areas."""
    keys = {key for area in set(areas) for key in _above(area)} - {0}
    return dict(Area.objects.filter(pk__in=keys).values_list("pk", "name"))


def place_told(area: int, names: Mapping[int, str]) -> dict[str, str]:
    """Return a place as a list would tell it."""
    kelurahan, kecamatan, city = (names.get(key, "") for key in _above(area))
    rw, rt = (*map(str, AreaCode(area).parts[Level.KELURAHAN :]), "", "")[:2]
    return {"rt": rt, "rw": rw, "kelurahan": kelurahan, "kecamatan": kecamatan, "city": city}


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


# Who is near


def likenesses(written: Written, *, reach: Reach) -> list[Likeness]:
    """Return whom of the reach the probe may be, the likeliest first."""
    one = traits_of(written)
    keys = keys_of(one)
    if not keys:
        return []
    shared = _shared(keys)
    crowds = _crowds(one, shared)
    rarity = shipped().rarity._replace(phone=lambda phone: crowds.get(phone, 1))
    found = (
        _weighed(one, other, person, rarity) for person, other in _opened(_best(shared), reach)
    )
    likely = [each for each in found if each is not None]
    return sorted(likely, key=lambda each: (-each.probability, each.person_id))


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
    # Some lie outside the reach, which only the next query tells.
    return sorted(worth, key=lambda person: (-worth[person], person))[: 2 * OPENED]


def _opened(best: Collection[int], reach: Reach) -> Iterator[tuple[int, Traits]]:
    """Yield the traits of the first of these who lie inside the reach."""
    if not best:
        return
    rows = PersonTraits.objects.filter(lies_in(reach, "person__area", vendor=connection.vendor))
    told = {
        person: (public_id, packed)
        for person, public_id, packed in rows.filter(pk__in=best).values_list(
            "pk", "person__public_id", "packed_sealed"
        )
    }
    inside = [person for person in best if person in told]
    for person in inside[:OPENED]:
        public_id, packed = told[person]
        try:
            yield person, Traits.unpack(open_bytes(packed, _place(public_id)))
        except ValueError:
            continue  # written by another version; `jembol link-keys` writes it anew


def _crowds(one: Traits, shared: Iterable[_Shared]) -> dict[int, int]:
    """Return how many people have each phone number of the probe."""
    sizes = {each.key.number: len(each.people) for each in shared}
    numbers = {phone: keys_of(Traits(phones=(phone, 0)))[0] for phone in one.phones if phone}
    return {phone: sizes.get(key.number, 0) for phone, key in numbers.items()}


def _weighed(one: Traits, other: Traits, person: int, rarity: Rarity) -> Likeness | None:
    found = categories(one, other, rarity)
    place = 0
    for at, size in zip(found, SIZES, strict=True):
        place = place * size + at
    comparer = shipped()
    chance = probability(float(comparer.scores[place]))
    if chance < POSSIBLE:
        return None
    return Likeness(person, chance, comparer.model.explained(found).parts)
