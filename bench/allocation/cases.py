"""Made problems in the manner of a city that places everybody at once.

Classes have a topic, a place, a date and seats. Applicants live somewhere in a kecamatan, want some
topics more than others, cannot come on some dates and will not travel for ever. Value is priority
(decile of welfare, months of waiting) less distance less the rank of the wish. Groups live close
together and want the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass

TOPICS: Final = 12
DATES: Final = 90
KECAMATAN: Final = {"A": 0.30, "B": 0.25, "C": 0.20, "D": 0.14, "E": 0.11}
CENTRES: Final = np.array([[2.0, 2.0], [6.0, 2.5], [3.5, 5.5], [7.0, 6.0], [1.0, 7.0]])
REACH_KM: Final = 4.6
LARGE: Final = 14
"""Size above which a group's people come from several kecamatan."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a case is."""

    applicants: int
    classes: int
    groups: int


CITY: Final = Size(6_000, 120, 40)
TWO_CITIES: Final = Size(12_000, 240, 80)
TOWN: Final = Size(1_500, 30, 10)


@dataclass(slots=True)
class _People:
    kecamatan: Any
    home: Any
    priority: Any
    wishes: Any
    away: Any
    group: Any
    household: Any
    funded: Any


def case(size: Size, seed: int, minimum: float = 0.75) -> Problem:
    """Return one made problem; the same for the same seed.

    Args:
        size: How large.
        seed: Of the random numbers.
        minimum: Share of a kecamatan's share of the seats that it gets at least.
    """
    random = np.random.default_rng([seed, size.applicants])
    people = _people(size, random)
    topic = np.arange(size.classes) % TOPICS
    place = CENTRES[random.integers(0, 5, size.classes)] + random.normal(0, 1.0, (size.classes, 2))
    date = random.integers(0, DATES, size.classes)
    seats = random.integers(30, 53, size.classes)
    values, may = _values(people, topic, place, date)
    names = list(KECAMATAN)
    applicants = tuple(
        Applicant(
            f"P{number:05}", names[people.kecamatan[number]],
            f"H{people.household[number]:05}",
            f"G{people.group[number]:02}" if people.group[number] >= 0 else None,
        )
        for number in range(size.applicants)
    )  # fmt: skip
    classes = tuple(
        TrainingClass(f"K{number:03}", int(seats[number]), int(0.45 * int(seats[number])))
        for number in range(size.classes)
    )
    rows, columns = np.nonzero(may)
    eligible = tuple(
        (f"P{row:05}", f"K{column:03}", int(values[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    )
    total = int(seats.sum())
    minima = {name: int(minimum * share * total) for name, share in KECAMATAN.items()}
    return Problem(applicants, classes, eligible, minima)


def _people(size: Size, random: np.random.Generator) -> _People:
    count = size.applicants
    kecamatan = random.choice(5, count, p=list(KECAMATAN.values()))
    home = CENTRES[kecamatan] + random.normal(0, 1.1, (count, 2))
    priority = 1_900 - 90 * random.integers(0, 10, count) + 12 * random.integers(0, 25, count)
    wishes = random.permuted(np.tile(np.arange(TOPICS), (count, 1)), axis=1)[:, :3]
    away = random.random((count, DATES)) < 0.30
    household = np.arange(count)
    mates = random.permutation(count)[: count // 5]
    household[mates[1::2]] = household[mates[::2]][: len(mates[1::2])]
    kecamatan[mates[1::2]] = kecamatan[mates[::2]][: len(mates[1::2])]
    funded = random.random(count) < 0.04
    group = np.full(count, -1)
    people = _People(kecamatan, home, priority, wishes, away, group, household, funded)
    _gather(people, size, random)
    return people


def _gather(people: _People, size: Size, random: np.random.Generator) -> None:
    """Make groups of neighbours who live in different households."""
    shared = np.bincount(people.household, minlength=size.applicants)[people.household] > 1
    for number in range(size.groups):
        free = np.flatnonzero((people.group < 0) & ~people.funded & (~shared | (random.random(
            size.applicants) < 0.1)))  # fmt: skip
        head = int(random.choice(free))
        wanted = int(random.integers(8, 31))
        # No class gives one kecamatan more than 45 %, so a large group has to draw from several.
        same = (people.kecamatan[free] == people.kecamatan[head]) | (wanted > LARGE)
        near = free[same]
        spread = random.normal(0, 2.0 if wanted > LARGE else 0.1, len(near))
        far = np.linalg.norm(people.home[near] - people.home[head], axis=1) + np.abs(spread)
        _, first = np.unique(people.household[near[np.argsort(far)]], return_index=True)
        members = near[np.argsort(far)][np.sort(first)][:wanted]
        people.group[members] = number
        people.home[members] = people.home[head] + random.normal(0, 0.15, (len(members), 2))
        people.wishes[members] = people.wishes[head]
        people.away[members] = random.random(DATES) < 0.30


def _values(people: _People, topic: Any, place: Any, date: Any) -> tuple[Any, Any]:
    """Return what each applicant is worth in each class, and whether they may come."""
    distance = np.linalg.norm(people.home[:, None, :] - place[None, :, :], axis=2)
    liked = people.wishes[:, :, None] == topic[None, None, :]
    rank = np.where(liked.any(axis=1), liked.argmax(axis=1), -1)
    penalty = np.array([0, 70, 160])[np.maximum(rank, 0)]
    values = people.priority[:, None] - (25 * distance).astype(int) - penalty
    may = (rank >= 0) & (distance <= REACH_KM) & ~people.away[:, date] & ~people.funded[:, None]
    return values, may & (values > 0)
