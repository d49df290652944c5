"""Enterprises of one city that may be one: exact marks that two entries share.

Several enterprises of one person are several, so an owner says nothing without the name. Weights
are set by hand until verdicts of cities are there to learn from.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from jembol.places.models import Area
from jembol.registry.choices import Answer
from jembol.registry.found_pairs import FoundPair, value_of
from jembol.registry.models import Enterprise, EnterpriseVerdict, Ownership
from jembol.registry.queries.doubts import hanging_on
from jembol.registry.queries.identity import Pair

CROWD: Final = 20
"""Entries of one mark above which it says nothing: an office's phone, "Warung"."""

PRIOR: Final = -9.0
"""Log-odds (base 2) that two enterprises of one city are one, before anything is compared."""

BITS: Final[Mapping[str, float]] = {"nib": 16.0, "name": 6.0, "phone": 4.0, "owner": 4.0}


def search_enterprises(city: Area, *, ask_above: float) -> list[FoundPair]:
    """Return the pairs of enterprises of a city that somebody should look at."""
    marks = _marks_of(city)
    apart = _apart_in(city)
    shared: defaultdict[Pair, dict[str, float]] = defaultdict(dict)
    for field, groups in marks.items():
        for pair in _pairs(groups):
            if pair not in apart:
                shared[pair][field] = BITS[field]
    likely = {pair: (parts, _chance(parts)) for pair, parts in shared.items()}
    asked = {pair: told for pair, told in sorted(likely.items()) if told[1] >= ask_above}
    hanging = hanging_on({key for pair in asked for key in pair}, Enterprise)
    return [
        FoundPair(
            low,
            high,
            chance,
            [[field, "equal", bits] for field, bits in parts.items()],
            value_of(chance, hanging[low] + hanging[high]),
        )
        for (low, high), (parts, chance) in asked.items()
    ]


Groups = Mapping[Hashable, list[int]]
"""Keys of the enterprises that share a mark, by the mark."""


def _marks_of(city: Area) -> dict[str, Groups]:
    rows = Enterprise.objects.inside(city).standing().order_by("pk")
    told = list(rows.values_list("pk", "nib", "folded", "phone"))
    return {
        "nib": _grouped((nib, key) for key, nib, _name, _phone in told),
        "name": _grouped((name, key) for key, _nib, name, _phone in told),
        "phone": _grouped((phone, key) for key, _nib, _name, phone in told),
        "owner": _owners_in(city),
    }


def _owners_in(city: Area) -> Groups:
    low, high = city.span
    held = Ownership.objects.filter(
        enterprise__area_id__gte=low,
        enterprise__area_id__lt=high,
        enterprise__survivor__isnull=True,
        ends_on__isnull=True,
    )
    told = held.order_by("pk").values_list("person_id", "person__survivor_id", "enterprise_id")
    return _grouped((root or person, key) for person, root, key in told)


def _grouped(told: Iterable[tuple[Hashable, int]]) -> Groups:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for mark, key in told:
        if mark:
            groups[mark].append(key)
    return groups


def _pairs(groups: Groups) -> Iterator[Pair]:
    for keys in groups.values():
        if len(keys) <= CROWD:
            yield from combinations(sorted(set(keys)), 2)


def _chance(parts: Mapping[str, float]) -> float:
    if not parts.keys() & {"nib", "name"}:
        return 0.0
    odds: float = 2.0 ** (PRIOR + sum(parts.values()))
    return odds / (1 + odds)


def _apart_in(city: Area) -> set[Pair]:
    low, high = city.span
    verdicts = EnterpriseVerdict.objects.filter(low__area_id__gte=low, low__area_id__lt=high)
    told = verdicts.order_by("pk").values_list("low_id", "high_id", "answer")
    latest = {(one, other): answer for one, other, answer in told}
    return {pair for pair, answer in latest.items() if answer != Answer.UNSURE}
