"""The problem as arrays: ids become numbers, people in the order of a salted hash.

People of one household compete for one seat, so for the flow a household is one *agent* with the
options of all its single members. Each option leads to a *cell* (the seats of one stratum in one
class) where the class caps strata, or straight to the class.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from jembol.methods.allocation.problem import Problem, TrainingClass

NOWHERE: Final = -1
"""Of an agent: without a seat. Of a group: out of every class."""
TIES: Final = 16
"""How many ranks the salted hash has below the last digit of a value."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group and the classes where all of it could sit.

    Attributes:
        members: Applicants.
        agents: Their agents; fewer than members where two share a household, and then no classes.
        strata: People of each stratum.
        classes: Where all of them may go.
        values: Of all together in each of these.
        weights: The same as the search counts: scaled, with bonus for staying and rank of ties.
    """

    members: Any
    agents: Any
    strata: Any
    classes: Any
    values: Any
    weights: Any


@dataclass(frozen=True, slots=True)
class Arrays:
    """The problem by numbers. Options are those of single people, sorted by agent, then class.

    Attributes:
        scale: What one point of value weighs.
        seats: Of each class.
        caps: Of each class: most of one stratum.
        minima: Of each stratum.
        agent_stratum: Of each agent; NOWHERE where a household spans several.
        option_agent: The household that has the option.
        option_applicant: The member who would sit.
        option_class: Where.
        option_stratum: Of the member.
        option_weight: Scaled value, with bonus for staying and rank of ties.
        stay: Weight of the bonus for whoever keeps an earlier seat.
    """

    applicants: tuple[str, ...]
    classes: tuple[str, ...]
    strata: tuple[str, ...]
    scale: int
    stay: int
    seats: Any
    caps: Any
    minima: Any
    agents: int
    agent_stratum: Any
    applicant_agent: Any
    applicant_stratum: Any
    option_agent: Any
    option_applicant: Any
    option_class: Any
    option_stratum: Any
    option_weight: Any
    groups: tuple[Group, ...]
    group_names: tuple[str, ...]


def arrays_of(problem: Problem, seed: int) -> Arrays:
    """Return the arrays; the same for the same problem in any order, and the same seed."""
    # What the ranks leave equal falls to the order of the numbers, so that too comes from the salt.
    people = sorted(problem.applicants, key=lambda one: (_salted(one.id, seed), one.id))
    courses = sorted(problem.classes, key=lambda one: one.id)
    strata = sorted({one.stratum for one in people})
    person = {one.id: number for number, one in enumerate(people)}
    course = {one.id: number for number, one in enumerate(courses)}
    stratum = {one: number for number, one in enumerate(strata)}
    agent_of = _agents([one.household for one in people])
    stratum_of = np.array([stratum[one.stratum] for one in people], np.int64)
    values = _values(problem, person, course)
    stays = np.array(
        [
            problem.placed_before.get(people[a].id) == courses[c].id
            for a, c in values[:, :2].tolist()
        ],
        bool,
    )  # fmt: skip
    scale, stay = _scale(problem, values, len(courses))
    ranks = np.array([_salted(one.id, seed)[0] % TIES for one in people], np.int64)
    weights = values[:, 2] * scale + stay * stays
    # A rank is added only where every whole point outweighs all of them together.
    if scale > 1:
        weights = weights + ranks[values[:, 0]]
    sizes = Counter(one.group for one in people if one.group is not None)
    # A group of one is a single person.
    names = sorted(name for name, size in sizes.items() if size > 1)
    group_of = _group_of([one.group for one in people], names)
    single = group_of[values[:, 0]] == NOWHERE
    order = np.lexsort((-weights[single], values[single, 1], agent_of[values[single, 0]]))
    chosen = values[single][order]
    return Arrays(
        tuple(one.id for one in people), tuple(one.id for one in courses), tuple(strata), scale,
        stay, np.array([one.seats for one in courses], np.int64),
        np.array([one.seats if one.stratum_cap is None else min(one.stratum_cap, one.seats)
                  for one in courses], np.int64),
        np.array([problem.stratum_minimum.get(one, 0) for one in strata], np.int64),
        int(agent_of.max()) + 1 if people else 0,
        _stratum_of_agents(agent_of, stratum_of), agent_of, stratum_of,
        agent_of[chosen[:, 0]], chosen[:, 0], chosen[:, 1], stratum_of[chosen[:, 0]],
        weights[single][order],
        _groups(
            _People(group_of, agent_of, stratum_of, len(strata)), len(names), values, weights,
            courses,
        ),
        tuple(names),
    )  # fmt: skip


def _agents(households: Sequence[str | None]) -> Any:
    known: dict[str, int] = {}
    found = []
    count = 0
    for one in households:
        if one is not None and one in known:
            found.append(known[one])
            continue
        if one is not None:
            known[one] = count
        found.append(count)
        count += 1
    return np.array(found, np.int64)


def _group_of(groups: Sequence[str | None], names: Sequence[str]) -> Any:
    number = {one: place for place, one in enumerate(names)}
    return np.array(
        [NOWHERE if one is None else number.get(one, NOWHERE) for one in groups], np.int64
    )


def _stratum_of_agents(agent_of: Any, stratum_of: Any) -> Any:
    if not len(agent_of):
        return np.zeros(0, np.int64)
    count = int(agent_of.max()) + 1
    lowest, highest = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(lowest, agent_of, stratum_of)
    np.maximum.at(highest, agent_of, stratum_of)
    return np.where(lowest == highest, lowest, NOWHERE)


def _values(problem: Problem, person: dict[str, int], course: dict[str, int]) -> Any:
    """Return applicant, class and value by numbers, sorted."""
    rows = np.array(
        [(person[a], course[c], value) for a, c, value in problem.eligible], np.int64
    ).reshape(-1, 3)
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def _scale(problem: Problem, values: Any, classes: int) -> tuple[int, int]:
    """Return what a point of value weighs, and what staying does.

    All ranks of ties together must weigh less than one point; where values are so large that the
    solver's whole numbers would not hold both, ties are left to the order of the ids.
    """
    largest = int(np.abs(values[:, 2]).max(initial=1))
    seats = min(sum(one.seats for one in problem.classes), len(problem.applicants)) + 1
    stay = problem.move_price
    if stay is None:
        # Beyond any gain along a chain of moves, which passes each class once.
        stay = 2 * largest * (classes + 1) if problem.placed_before else 0
    scale = TIES * seats
    room = 2**62 // (4 * (len(problem.applicants) + len(problem.classes) + 2))
    return (scale if (largest + stay) * scale * 64 < room else 1), stay * (
        scale if (largest + stay) * scale * 64 < room else 1
    )


def _salted(applicant: str, seed: int) -> bytes:
    return blake2b(applicant.encode(), digest_size=16, key=str(seed).encode()).digest()


@dataclass(frozen=True, slots=True)
class _People:
    group: Any
    agent: Any
    stratum: Any
    strata: int


def _groups(
    people: _People, count: int, values: Any, weights: Any, courses: Sequence[TrainingClass]
) -> tuple[Group, ...]:
    """Return the groups, each with the classes that could take it were they empty."""
    options: list[dict[int, list[int]]] = [defaultdict(list) for _ in range(count)]
    for row in np.flatnonzero(people.group[values[:, 0]] != NOWHERE).tolist():
        options[people.group[values[row, 0]]][int(values[row, 1])].append(row)
    found = []
    for number in range(count):
        members = np.flatnonzero(people.group == number)
        agents = np.unique(people.agent[members])
        strata = np.bincount(people.stratum[members], minlength=people.strata)
        may = [
            where
            for where, rows in sorted(options[number].items())
            if len(rows) == len(members) == len(agents) and _would_fit(courses[where], strata)
        ]
        rows = [options[number][where] for where in may]
        found.append(
            Group(
                members, agents, strata, np.array(may, np.int64),
                np.array([values[one, 2].sum() for one in rows], np.int64),
                np.array([weights[one].sum() for one in rows], np.int64),
            )
        )  # fmt: skip
    return tuple(found)


def _would_fit(course: TrainingClass, strata: Any) -> bool:
    if course.seats < strata.sum():
        return False
    return course.stratum_cap is None or course.stratum_cap >= int(strata.max())
