"""From rows to evidence: which people of the register a probe could be.

For many probes at once (`candidates`, `twins`) a query for each family of exact values (id, NIK,
phone, name) answers for a chunk, and `rules` decides what the evidence is worth. For one probe
(`look_up`) `link_keys` finds besides whoever is written otherwise, and linkage weighs them.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jembol.kit.area import AreaCode, kelurahan_key
from jembol.kit.ids import NotAPublicId, PublicId
from jembol.kit.nik import Nik, NotANik
from jembol.kit.phone import NotAPhone, Phone
from jembol.kit.reach import Reach
from jembol.methods.linkage.evidence import MISSING
from jembol.methods.linkage.model import Part
from jembol.methods.linkage.written import Written
from jembol.registry.choices import Reason, Strength
from jembol.registry.evidence_words import WORDS
from jembol.registry.link_keys import Near, near, passes_over_numbers, place_told
from jembol.registry.models import Person, PersonVerdict
from jembol.registry.queries.identity import APART, Pair, answers_between, families_of, pair_of
from jembol.registry.rules import Evidence, Traits, compare, folded_name
from jembol.registry.sealed_numbers import nik_digest

CHUNK: Final = 500

CROWD: Final = 50
"""Of a key that more records share (the office's own number in each row), only the first count."""


SURE: Final = 0.95
"""Probability from which linkage alone makes a candidate sure."""
POSSIBLE: Final = 0.5
"""Probability, beside all others, from which somebody is a candidate at all."""
CLEAR: Final = 0.7
"""Probability from which somebody is one, whoever else is alike: rows may name one person twice."""
ALSO: Final = 0.25
"""Probability from which others are shown beside such a candidate."""

LEAST_BITS: Final = 1.0
"""Bits from which a field is worth a word."""

CLEARLY_MORE: Final = 4.0
"""Times by which the odds of one candidate exceed another's when clearly more speaks for it."""

_PROBABILITY: Final = {Strength.SURE: 0.97, Strength.POSSIBLE: 0.7, Strength.NONE: 0.0}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a row of a file or a form says about somebody.

    Attributes:
        row: The caller's name for it, unique among the probes.
        name: As written.
        nik: A NIK; of a text that is none ("0", 15 digits) `look_up` makes what it can, and for
            all others it is the same as nothing.
        phone: A number; of a text that is none ("0812… / 0857…") the same holds.
        born_on: Date of birth.
        area_key: The deepest area known; 0 for none.
        public_id: A Jembol ID in any form; a text that is none is the same as nothing.
        sex: "L", "P", or empty.
        address: Street and number.
    """

    row: int
    name: str = ""
    nik: Nik | str | None = None
    phone: Phone | str | None = None
    born_on: date | None = None
    area_key: int = 0
    public_id: str = ""
    sex: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register whom a probe could be.

    Attributes:
        person_id: The key of the person.
        strength: "sure" or "possible".
        reasons: In plain words, in the language in force.
        evidence: What equal values say, for programmes.
        near: What linkage says; None where only exact values were compared.
    """

    person_id: int
    strength: Strength
    reasons: tuple[str, ...]
    evidence: Evidence
    near: Near | None = None

    @property
    def probability(self) -> float:
        """How probable it is that the two are one, for queues that are ordered by it."""
        told = _PROBABILITY[self.evidence.strength]
        return max(told, self.near.probability) if self.near else told

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each field says, for queues that show it."""
        return self.near.parts if self.near else ()


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


def look_up(probe: Probe, *, reach: Reach) -> list[Candidate]:
    """Return whom of the reach one probe could be, the likeliest first, with two queries.

    An equal id, NIK or phone number settles what `candidates` says it does; for all others, and
    for those whom no exact value finds, linkage decides.
    """
    exact = traits_of(probe)
    written = _written(probe)
    around = near(written, reach=reach)
    survivors = {one.person_id: one.survivor_id for one in around if one.survivor_id}
    roots = _within(survivors, reach)
    best: dict[int, Candidate] = {}
    if exact.public_id or passes_over_numbers(written, nik=exact.nik, phone=exact.phone):
        certain = candidates([probe], city_key=0, reach=reach)[probe.row]
        best = {one.person_id: one for one in certain}
    for one in around:
        found = _weighed(roots.get(one.person_id, one.person_id), compare(exact, one.exact), one)
        if found is None:
            continue
        rival = best.get(found.person_id)
        if rival is None or _order(found) < _order(rival):
            best[found.person_id] = found
    told = sorted(_told(best.values()), key=_order)
    return _without_known_others({probe.row: told})[probe.row]


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


def _written(probe: Probe) -> Written:
    """Return the probe as linkage reads it, which makes something of a number that is none.

    A NIK with a digit too few or too many still tells who is meant, and so does each of two
    telephone numbers in one field.
    """
    nik, phone = probe.nik or "", probe.phone or ""
    return Written(
        name=probe.name,
        nik=nik if isinstance(nik, str) else nik.digits,
        sex=probe.sex,
        born_on=probe.born_on.isoformat() if probe.born_on else "",
        phone=phone if isinstance(phone, str) else phone.e164,
        address=probe.address,
        **place_told(probe.area_key),
    )


def _weighed(person: int, evidence: Evidence, one: Near) -> Candidate | None:
    """Return a candidate by what is equal and by what linkage says; None when neither speaks."""
    if one.probability < ALSO and _is_weak(evidence):
        return None
    is_sure = evidence.strength is Strength.SURE or one.probability >= SURE
    covered = {field for reason in evidence.reasons for field in _COVERED[reason]}
    more = _field_by_field(part for part in one.parts if part.field not in covered)
    return Candidate(
        person_id=person,
        strength=Strength.SURE if is_sure else Strength.POSSIBLE,
        reasons=(*_in_words(evidence.reasons), *more),
        evidence=evidence,
        near=one,
    )


def _is_weak(evidence: Evidence) -> bool:
    """Whether linkage decides.

    Of an equal name in one kelurahan it knows more: how many are called so, and what else is known.
    """
    return evidence.reasons[:1] in ((), (Reason.SAME_NAME_NEARBY,))


def _told(found: Collection[Candidate]) -> list[Candidate]:
    """Keep whom an exact value names, and those who are likely beside all others.

    At most one of them is the person, so that in a large register, where many are a little alike,
    each takes from the probability of the others: half of what it has, because of rows that name
    one person twice.
    """
    chances = [(one, one.near.probability) for one in found if one.near and _is_weak(one.evidence)]
    if len(chances) < len(found):
        few = {one.person_id for one, chance in chances if chance < POSSIBLE}
        return [one for one in found if one.person_id not in few]
    best = max((chance for _one, chance in chances), default=0.0)
    odds = [_odds(chance) for _one, chance in chances]
    beside = 1 + (sum(odds) + _odds(best)) / 2
    return list(found) if best >= CLEAR or _odds(best) >= POSSIBLE * beside else []


_COVERED: Final[Mapping[Reason, frozenset[str]]] = {
    Reason.SAME_NIK: frozenset({"nik", "name"}),
    Reason.SAME_NIK_OTHER_NAME: frozenset({"nik", "name"}),
    Reason.SAME_PHONE: frozenset({"phone", "name"}),
    Reason.SAME_PHONE_LIKE_NAME: frozenset({"phone", "name"}),
    Reason.SAME_NAME_NEARBY: frozenset({"name", "place"}),
    Reason.OTHER_ID: frozenset(),
    Reason.OTHER_NIK: frozenset({"nik"}),
    Reason.OTHER_BIRTH: frozenset({"birth"}),
}
"""Fields of which a reason tells already."""

TABLES: Final = {
    "sure": SURE,
    "possible": POSSIBLE,
    "clear": CLEAR,
    "also": ALSO,
    "chances": {strength.value: chance for strength, chance in _PROBABILITY.items()},
    "covered": {
        reason.value: fields
        for reason, fields in _COVERED.items()
        if reason not in {Reason.OTHER_ID, Reason.OTHER_NIK, Reason.OTHER_BIRTH}
    },
    "least_bits": LEAST_BITS,
}
"""What decides who is told, for an implementation in another language."""


def _field_by_field(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return what speaks for one person, and after it what speaks against, each strongest first."""
    told = [part for part in parts if (part.field, part.category) in WORDS and _is_told(part)]
    speaking = sorted(told, key=lambda part: -part.bits)
    reasons = [str(WORDS[part.field, part.category]) for part in speaking if part.bits >= 0]
    against = [
        str(WORDS[part.field, part.category]) for part in reversed(speaking) if part.bits < 0
    ]
    return (*reasons, *(_("but %(finding)s") % {"finding": finding} for finding in against))


def _is_told(part: Part) -> bool:
    """Whether a field is worth a word: what it says is clear, or everybody looks for it."""
    return part.category != MISSING and (part.field == "name" or abs(part.bits) >= LEAST_BITS)


def _order(one: Candidate) -> tuple[tuple[bool, bool], float, int]:
    """Return what puts the likeliest first."""
    return _rank(one), -one.probability, one.person_id


def _rank(one: Candidate) -> tuple[bool, bool]:
    """Return what comes first: who is sure, and of those who is so by an exact value."""
    has_exact = one.evidence.strength is Strength.SURE
    return one.strength is not Strength.SURE, not has_exact


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
    unequal = [some for some in found.values() if len(some) > 1 and _is_better(some[0], some[-1])]
    if not unequal:
        return found
    apart = known_apart({one.person_id for some in unequal for one in some})
    return {row: _standing_alone(some, apart) for row, some in found.items()}


def _standing_alone(some: Sequence[Candidate], apart: Collection[Pair]) -> list[Candidate]:
    kept: list[Candidate] = []
    for one in some:
        better = [other for other in kept if _is_better(other, one)]
        if not any(pair_of(one.person_id, other.person_id) in apart for other in better):
            kept.append(one)
    return kept


def _is_better(one: Candidate, other: Candidate) -> bool:
    """Whether clearly more speaks for the one than for the other, who comes after it."""
    if _rank(one) != _rank(other):
        return True
    return _odds(one.probability) > CLEARLY_MORE * _odds(other.probability)


def _odds(chance: float) -> float:
    return chance / max(1 - chance, 1e-12)


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
