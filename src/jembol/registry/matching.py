"""From rows to evidence: which people of the register a probe could be.

One query for each family of keys (id, NIK, phone, name) answers for a chunk of probes; `rules`
decides what the evidence is worth.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from jembol.kit.area import AreaCode, kelurahan_key
from jembol.kit.ids import NotAPublicId, PublicId
from jembol.kit.nik import Nik, NotANik
from jembol.kit.phone import NotAPhone, Phone
from jembol.kit.reach import Reach
from jembol.registry.choices import Reason, Strength
from jembol.registry.models import Person, PersonVerdict
from jembol.registry.queries.identity import APART, Pair, answers_between, families_of, pair_of
from jembol.registry.rules import Evidence, Traits, compare, folded_name
from jembol.registry.sealed_numbers import nik_digest

CHUNK: Final = 500

CROWD: Final = 50
"""Of a key that more records share (the office's own number in each row), only the first count."""


_PROBABILITY: Final = {Strength.SURE: 0.97, Strength.POSSIBLE: 0.7, Strength.NONE: 0.0}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a row of a file or a form says about somebody.

    Attributes:
        row: The caller's name for it, unique among the probes.
        name: As written.
        nik: A NIK; a text that is none ("0", "3.57305E+15") is the same as nothing.
        phone: A number; a text that is none is the same as nothing.
        born_on: Date of birth.
        area_key: The deepest area known; 0 for none.
        public_id: A Jembol ID in any form; a text that is none is the same as nothing.
    """

    row: int
    name: str = ""
    nik: Nik | str | None = None
    phone: Phone | str | None = None
    born_on: date | None = None
    area_key: int = 0
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register whom a probe could be.

    Attributes:
        person_id: The key of the person.
        strength: "sure" or "possible".
        reasons: In plain words, in the language in force.
        evidence: The same for programmes.
    """

    person_id: int
    strength: Strength
    reasons: tuple[str, ...]
    evidence: Evidence

    @property
    def probability(self) -> float:
        """How probable it is that the two are one, for queues that are ordered by it."""
        return _PROBABILITY[self.strength]

    @property
    def parts(self) -> tuple[tuple[str, str, float], ...]:
        """What each field says, for queues that show it; nothing is measured here."""
        return ()


@dataclass(frozen=True, slots=True)
class Twin:
    """An earlier probe that could be the same person; fields as in `Candidate`."""

    row: int
    strength: Strength
    reasons: tuple[str, ...]
    evidence: Evidence


def candidates(
    probes: Sequence[Probe], *, city_key: int, reach: Reach
) -> dict[int, list[Candidate]]:
    """Return for each probe's row the people it could be: the sure ones first, then by key.

    A row that a merge absorbed stands for its survivor. Of two whom somebody judged to be different
    people, the one for whom less speaks is left out: nobody is asked about them again.

    Args:
        probes: Any number; a fixed count of queries answers each 500 of them.
        city_key: Only people of this city are compared; 0 for all.
        reach: Only people inside it are compared, so that nothing outside shows.
    """
    found: dict[int, list[Candidate]] = {}
    for start in range(0, len(probes), CHUNK):
        chunk = {probe.row: traits_of(probe) for probe in probes[start : start + CHUNK]}
        people, roots = _people_near(chunk.values(), city_key, reach)
        for row, traits in chunk.items():
            near = people.near(traits)
            pairs = ((roots.get(key, key), compare(traits, people.traits[key])) for key in near)
            found[row] = _ordered(pairs)
    return _without_known_others(found)


def twins(probes: Sequence[Probe]) -> dict[int, list[Twin]]:
    """Return for each probe's row the earlier probes that could be the same person."""
    seen = _Crowd({})
    found: dict[int, list[Twin]] = {}
    for place, probe in enumerate(probes):
        traits = traits_of(probe)
        pairs = ((near, compare(traits, seen.traits[near])) for near in seen.near(traits))
        found[probe.row] = [
            Twin(probes[one.person_id].row, one.strength, one.reasons, one.evidence)
            for one in _ordered(pairs)
        ]
        seen.add(place, traits)
    return found


def traits_of(probe: Probe) -> Traits:
    """Return what is compared of a probe; what cannot be read is unknown."""
    nik, phone = _nik(probe.nik), _phone(probe.phone)
    return Traits(
        public_id=_public_id(probe.public_id),
        folded=folded_name(probe.name),
        nik=nik_digest(nik) if nik else "",
        phone=phone.e164 if phone else "",
        born_on=probe.born_on,
        kelurahan=kelurahan_key(probe.area_key),
    )


class _Crowd:
    """Records by the keys under which they can meet."""

    def __init__(self, traits: Mapping[int, Traits]) -> None:
        self.traits: dict[int, Traits] = {}
        self._by_key: dict[Hashable, list[int]] = defaultdict(list)
        for key in sorted(traits):
            self.add(key, traits[key])

    def add(self, key: int, traits: Traits) -> None:
        """Take one more record in."""
        self.traits[key] = traits
        for meeting in _meetings(traits):
            if len(self._by_key[meeting]) < CROWD:
                self._by_key[meeting].append(key)

    def near(self, traits: Traits) -> list[int]:
        """Return the keys of records that share a key with these traits, each once."""
        shared = (self._by_key.get(meeting, ()) for meeting in _meetings(traits))
        return sorted({key for keys in shared for key in keys})


def _meetings(traits: Traits) -> Iterator[Hashable]:
    if traits.public_id:
        yield "id", traits.public_id
    if traits.nik:
        yield "nik", traits.nik
        yield "nik", traits.nik, traits.folded
    if traits.phone:
        yield "phone", traits.phone
        # Its own key, so that one name is found in a crowd that shares the number.
        yield "phone", traits.phone, traits.folded
    if traits.folded and traits.kelurahan:
        yield "name", traits.folded, traits.kelurahan


def _people_near(
    probes: Iterable[Traits], city_key: int, reach: Reach
) -> tuple[_Crowd, dict[int, int]]:
    """Return the people who share a key with a probe, and for whom the absorbed ones stand."""
    asked = list(probes)
    people = Person.objects.within(reach)
    if city_key:
        low, high = AreaCode.from_key(city_key).span
        people = people.filter(area_id__gte=low, area_id__lt=high)
    families = {
        "public_id__in": {one.public_id for one in asked} - {""},
        "nik_digest__in": {one.nik for one in asked} - {""},
        "phone__in": {one.phone for one in asked} - {""},
        "folded__in": {one.folded for one in asked if one.kelurahan} - {""},
    }
    found: dict[int, Traits] = {}
    survivors: dict[int, int] = {}
    for look_up, values in families.items():
        if values:
            rows = people.filter(_not_blank(look_up), **{look_up: sorted(values)})
            for key, traits, survivor in _traits(rows):
                found[key] = traits
                if survivor:
                    survivors[key] = survivor
    return _Crowd(found), _within(survivors, reach)


def _not_blank(look_up: str) -> Q:
    # The partial indexes on NIK and phone answer only a query that repeats their condition.
    column = look_up.removesuffix("__in")
    return ~Q(**{column: ""}) if column in {"nik_digest", "phone"} else Q()


def _traits(people: QuerySet[Person]) -> Iterator[tuple[int, Traits, int | None]]:
    rows = people.values_list(
        "pk", "public_id", "folded", "nik_digest", "phone", "born_on", "area_id", "survivor_id"
    )
    for key, public_id, folded, nik, phone, born_on, area, survivor in rows:
        traits = Traits(public_id, folded, nik, phone, born_on, kelurahan_key(area))
        yield key, traits, survivor


def _within(survivors: Mapping[int, int], reach: Reach) -> dict[int, int]:
    """Keep the survivors that lie inside the reach; of others the absorbed row itself is told."""
    if not survivors:
        return {}
    inside = Person.objects.within(reach).filter(pk__in=set(survivors.values()))
    shown = set(inside.values_list("pk", flat=True))
    return {key: survivor for key, survivor in survivors.items() if survivor in shown}


def _ordered(pairs: Iterable[tuple[int, Evidence]]) -> list[Candidate]:
    best: dict[int, Evidence] = {}
    for key, evidence in pairs:
        # Two rows may be one person by now; what speaks loudest for either speaks for both.
        if evidence.strength is not Strength.NONE and (
            key not in best or best[key].strength is not Strength.SURE
        ):
            best[key] = evidence
    found = [
        Candidate(key, evidence.strength, _in_words(evidence.reasons), evidence)
        for key, evidence in best.items()
    ]
    return sorted(found, key=lambda one: (one.strength is not Strength.SURE, one.person_id))


def _without_known_others(found: dict[int, list[Candidate]]) -> dict[int, list[Candidate]]:
    """Leave out whoever is known to be somebody else than one for whom more speaks."""
    unequal = [some for some in found.values() if len({one.strength for one in some}) > 1]
    if not unequal:
        return found
    apart = known_apart({one.person_id for some in unequal for one in some})
    return {row: _standing_alone(some, apart) for row, some in found.items()}


def _standing_alone(some: Sequence[Candidate], apart: Collection[Pair]) -> list[Candidate]:
    kept: list[Candidate] = []
    for one in some:
        better = [other for other in kept if other.strength != one.strength]
        if not any(pair_of(one.person_id, other.person_id) in apart for other in better):
            kept.append(one)
    return kept


def known_apart(people: Collection[int]) -> set[Pair]:
    """Return the pairs of these people that somebody judged to be two, whichever rows were judged.

    Args:
        people: Keys of rows that stand for themselves.
    """
    families = families_of(Person, people)
    member_of = {member: key for key, members in families.items() for member in members}
    answers = answers_between(PersonVerdict.objects.all(), member_of, member_of)
    return {
        pair_of(member_of[low], member_of[high])
        for (low, high), answer in answers.items()
        if answer in APART
    }


def _in_words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(str(reason.label) for reason in reasons)


def _nik(value: Nik | str | None) -> Nik | None:
    if not isinstance(value, str):
        return value
    try:
        return Nik.parse(value)
    except NotANik:
        return None


def _phone(value: Phone | str | None) -> Phone | None:
    if not isinstance(value, str):
        return value
    try:
        return Phone.parse(value)
    except NotAPhone:
        return None


def _public_id(text: str) -> str:
    try:
        return PublicId.parse(text).compact if text else ""
    except NotAPublicId:
        return ""
