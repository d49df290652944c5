"""The bridge from the register to the linkage engine: people read, pairs found, rest estimated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from jembol.journal.models import Fact
from jembol.kit.area import AreaCode
from jembol.methods.linkage.columns import columns_of_traits, frequencies_of
from jembol.methods.linkage.compare import Comparer, rarity_of
from jembol.methods.linkage.evidence import categories
from jembol.methods.linkage.link import Joins, link
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry import events
from jembol.registry.choices import Answer
from jembol.registry.found_pairs import FoundPair, value_of
from jembol.registry.link_keys import written_of
from jembol.registry.models import Ownership, Person, PersonMerge, PersonVerdict
from jembol.registry.queries.doubts import hanging_on
from jembol.registry.queries.identity import APART, Pair, pair_of

if TYPE_CHECKING:
    from jembol.registry.policy import Policy

CHUNK: Final = 2000
FEWEST_VERDICTS: Final = 20
"""Verdicts of a city from which on they sharpen what evidence is worth there."""
QUANTILE_95: Final = 1.96

Tell = Callable[[int, int], None]
"""Is told how many people are read, of how many."""


@dataclass(slots=True)
class Register:
    """The people of one city as the engine compares them, in the order of their keys.

    Attributes:
        keys: Key of each.
        traits: What is compared of each.
        areas: Key of the area of each.
        roots: Key of the row that stands for each key.
    """

    keys: list[int] = field(default_factory=list)
    traits: list[Traits] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    roots: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What officers have decided: pairs that are one, and pairs that are not."""

    same: frozenset[Pair]
    apart: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Remaining:
    """How many records too many are left, by estimate, with a 95 % interval."""

    count: float
    low: float
    high: float
    by_area: Mapping[str, float]
    by_source: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search of a city's register found."""

    records: int
    pairs: int
    found: Sequence[FoundPair]
    remaining: Remaining
    model: Mapping[str, Any]


# Reading


def read_register(city: Area, tell: Tell) -> Register:
    """Return everybody of the city; their NIK are opened, which the caller journals."""
    people = Person.objects.inside(city)
    total = people.count()
    register = Register()
    for chunk in _chunks(people):
        businesses = _businesses_of([person.pk for person in chunk])
        for person in chunk:
            register.keys.append(person.pk)
            register.areas.append(person.area_id)
            register.roots[person.pk] = person.survivor_id or person.pk
            told = replace(written_of(person), business=businesses.get(person.pk, ""))
            register.traits.append(traits_of(told))
        tell(len(register.keys), total)
    return register


def _chunks(people: Any) -> Iterator[list[Person]]:
    last = 0
    while chunk := list(people.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _businesses_of(people: Sequence[int]) -> dict[int, str]:
    """Return the name of the first enterprise that each owns."""
    owned = Ownership.objects.filter(person__in=people, ends_on__isnull=True).order_by("-pk")
    return dict(owned.values_list("person_id", "enterprise__name"))


def known_of(city: Area) -> Known:
    """Return what officers decided about people of the city: merges that stand, and verdicts."""
    low, high = city.span
    merges = PersonMerge.objects.standing().filter(
        absorbed__area_id__gte=low, absorbed__area_id__lt=high
    )
    same = {
        pair_of(*keys) for keys in merges.order_by("pk").values_list("survivor_id", "absorbed_id")
    }
    verdicts = PersonVerdict.objects.filter(low__area_id__gte=low, low__area_id__lt=high)
    latest: dict[Pair, str] = {}
    for one, other, answer in verdicts.order_by("pk").values_list("low_id", "high_id", "answer"):
        latest[one, other] = answer
    same |= {pair for pair, answer in latest.items() if answer == Answer.SAME}
    apart = {pair for pair, answer in latest.items() if answer in APART}
    return Known(frozenset(same), frozenset(apart))


# Searching


def search(register: Register, known: Known, policy: Policy) -> Search:
    """Compare everybody with everybody, and return the pairs that somebody should look at."""
    places = {key: place for place, key in enumerate(register.keys)}
    linked = link(
        register.traits,
        [f"{key:020}" for key in register.keys],
        model=_sharpened(register, known, places),
        must=_placed(known.same, places),
        cannot=_placed(known.apart, places),
    )
    likely = _likely(register, linked.joins, known)
    asked = [(pair, chance) for pair, chance in likely if chance >= policy.ask_above]
    hanging = hanging_on({key for pair, _chance in asked for key in pair})
    comparer = Comparer(linked.model, linked.frequencies)
    found = []
    for (low, high), chance in asked:
        evidence = comparer.evidence(register.traits[places[low]], register.traits[places[high]])
        value = value_of(chance, hanging[low] + hanging[high])
        found.append(FoundPair(low, high, chance, [list(part) for part in evidence.parts], value))
    return Search(
        records=len(register.keys),
        pairs=linked.pairs,
        found=found,
        remaining=_remaining(register, likely),
        model=linked.model.to_json(),
    )


def _sharpened(register: Register, known: Known, places: Mapping[int, int]) -> Model:
    """Return the shipped model with what the city's own verdicts teach."""
    judged = [(pair, True) for pair in known.same] + [(pair, False) for pair in known.apart]
    told = [(one, same) for one, same in sorted(judged) if places.keys() >= set(one)]
    model = Model.shipped()
    if len(told) < FEWEST_VERDICTS:
        return model
    rarity = rarity_of(frequencies_of(columns_of_traits(register.traits)))
    seen = [
        categories(register.traits[places[low]], register.traits[places[high]], rarity)
        for (low, high), _same in told
    ]
    return model.sharpened(np.array(seen), np.array([same for _pair, same in told]))


def _placed(pairs: Iterable[Pair], places: Mapping[int, int]) -> list[tuple[int, int]]:
    return [
        (places[low], places[high])
        for low, high in sorted(pairs)
        if low in places and high in places
    ]


def _rooted(pair: Pair, roots: Mapping[int, int]) -> Pair:
    low, high = pair
    return pair_of(roots.get(low, low), roots.get(high, high))


def _likely(register: Register, joins: Joins, known: Known) -> list[tuple[Pair, float]]:
    """Return the undecided pairs, the likeliest first, and of two families only the likeliest."""
    apart = {_rooted(pair, register.roots) for pair in known.apart}
    best: dict[Pair, tuple[float, Pair]] = {}
    for one, other, probability in zip(*(column.tolist() for column in joins), strict=True):
        pair = pair_of(register.keys[one], register.keys[other])
        root = _rooted(pair, register.roots)
        if pair in known.same or root[0] == root[1] or root in apart:
            continue
        best[root] = min(best.get(root, (0.0, pair)), (-probability, pair))
    ordered = sorted(best.values())
    return [(pair, -below) for below, pair in ordered]


# What remains


def _remaining(register: Register, likely: Sequence[tuple[Pair, float]]) -> Remaining:
    """Estimate the records too many among undecided pairs.

    Of k records of one person k - 1 are too many, not one for each of their pairs. So the pairs
    are taken from the likeliest down, and each counts only if it joins two parts that no likelier
    pair has joined: the sum of the probabilities along that forest. The interval takes the pairs
    of the forest as independent.
    """
    forest = list(_forest(register.roots, likely))
    count = sum(probability for _pair, probability in forest)
    spread = QUANTILE_95 * sqrt(sum(p * (1 - p) for _pair, p in forest))
    areas = dict(zip(register.keys, register.areas, strict=True))
    by_area: defaultdict[str, float] = defaultdict(float)
    by_source: defaultdict[str, float] = defaultdict(float)
    doors = _doors_of([high for (_low, high), _probability in forest])
    for (_low, high), probability in forest:
        # The later record of the two is the one too many.
        by_area[str(_kelurahan(areas[high]))] += probability
        by_source[doors.get(high, "")] += probability
    return Remaining(
        count=count,
        low=max(0.0, count - spread),
        high=count + spread,
        by_area={key: round(number, 3) for key, number in sorted(by_area.items())},
        by_source={key: round(number, 3) for key, number in sorted(by_source.items())},
    )


def _forest(
    roots: Mapping[int, int], likely: Iterable[tuple[Pair, float]]
) -> Iterator[tuple[Pair, float]]:
    above: dict[int, int] = {}

    def top(key: int) -> int:
        while key in above:
            key = above[key]
        return key

    for (low, high), probability in likely:
        one, other = top(roots[low]), top(roots[high])
        if one != other:
            above[max(one, other)] = min(one, other)
            yield (low, high), probability


def _kelurahan(key: int) -> int:
    place = AreaCode.from_key(key).at_level(Level.KELURAHAN)
    return place.key if place else 0


def _doors_of(people: Sequence[int]) -> dict[int, str]:
    """Return through which door each came, as the journal has it."""
    found: dict[int, str] = {}
    for start in range(0, len(people), CHUNK):
        facts = Fact.objects.filter(
            event=events.PERSON_ENROLLED, person_id__in=people[start : start + CHUNK]
        )
        told = facts.order_by("pk").values_list("person_id", "door")
        found |= {key: door for key, door in told if key is not None}
    return found
