"""What a seat is worth to somebody when several classes are filled at once, and who counts where.

The worth is need first, then the order in which somebody named the classes, then who came first:
each step is so much larger than the next that it is never outweighed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jembol.kit.area import AreaCode
from jembol.methods.allocation.plan import Plan, Why
from jembol.methods.allocation.problem import Applicant, Problem, TrainingClass
from jembol.places.choices import Level

POINT: Final = 10**5
"""Worth of a point of need; at most 5,000 points fit the solver's whole numbers."""
WISH: Final = 10**3
"""Worth of having named a class one place earlier, of at most 50."""
LAST_WISH: Final = 50
ELSEWHERE: Final = "elsewhere"
SEATED: Final = "seated"


@dataclass(frozen=True, slots=True)
class Wish:
    """An entry in the list of one class.

    Attributes:
        entry: Its key.
        training_class: The class, by its public number.
        people: Who sits when it is placed, each by the key of who they are.
        households: Of each of them the key of the household, None where it is not known.
        area: Key of where the first of them lives.
        points: Points of need; of a group the mean, rounded down.
        turn: Place in the order of arrival, over all classes, from 0.
        group: Key of the group that comes whole; None for a single person.
    """

    entry: int
    training_class: str
    people: tuple[int, ...]
    households: tuple[int | None, ...]
    area: int
    points: int
    turn: int
    group: int | None = None


def problem_of(
    wishes: Sequence[Wish], seats: Mapping[str, int], most_share: Decimal | None
) -> Problem:
    """Return what is to be placed.

    Args:
        wishes: The entries that meet the conditions of their class.
        seats: Free seats by class.
        most_share: Largest share of a class's seats that one kecamatan gets; None without a limit.
    """
    applicants: dict[str, Applicant] = {}
    worth: dict[tuple[str, str], int] = {}
    ranks = _ranks(wishes)
    last = max((one.turn for one in wishes), default=0) + 1
    for one in sorted(wishes, key=lambda wish: wish.turn):
        value = _worth(one, ranks[one.entry], last)
        for person, household in zip(one.people, one.households, strict=True):
            name = name_of(person, one.group)
            applicants.setdefault(name, _applicant(name, one, person, household))
            worth.setdefault((name, one.training_class), value)
    classes = tuple(
        TrainingClass(name, number, _cap(number, most_share))
        for name, number in sorted(seats.items())
    )
    eligible = tuple((*pair, value) for pair, value in sorted(worth.items()))
    return Problem(tuple(applicants[name] for name in sorted(applicants)), classes, eligible)


def outcomes_of(plan: Plan, why: Mapping[str, Why], wishes: Iterable[Wish]) -> dict[int, str]:
    """Return for each entry "seated", "elsewhere", or why it has no seat, by its key."""
    told = {}
    for one in wishes:
        name = name_of(one.people[0], one.group)
        where = plan.placed.get(name)
        if where == one.training_class:
            told[one.entry] = SEATED
        elif where is not None:
            told[one.entry] = ELSEWHERE
        else:
            told[one.entry] = _word(why.get(name))
    return told


def name_of(person: int, group: int | None) -> str:
    """Return how a person is called in the plan: in a group somebody else than alone."""
    return f"p{person}" if group is None else f"g{group}-p{person}"


def _applicant(name: str, wish: Wish, person: int, household: int | None) -> Applicant:
    return Applicant(
        id=name,
        stratum=str(_kecamatan(wish.area)),
        # Whoever stands on two lists, alone and in a group, is one household with oneself.
        household=f"p{person}" if household is None else f"h{household}",
        group=None if wish.group is None else f"g{wish.group}",
    )


def _kecamatan(area: int) -> int:
    found = AreaCode.from_key(area).at_level(Level.KECAMATAN)
    return found.key if found else area


def _cap(seats: int, most_share: Decimal | None) -> int | None:
    return None if most_share is None else max(int(seats * most_share), 1)


def _ranks(wishes: Sequence[Wish]) -> dict[int, int]:
    """Return of each entry which wish it is of those people, from 0."""
    seen: dict[str, int] = {}
    ranks = {}
    for one in sorted(wishes, key=lambda wish: wish.turn):
        name = name_of(one.people[0], one.group)
        ranks[one.entry] = seen.get(name, 0)
        seen[name] = ranks[one.entry] + 1
    return ranks


def _worth(wish: Wish, rank: int, last: int) -> int:
    earlier = (last - wish.turn) * (WISH - 1) // last
    return (wish.points + 1) * POINT + (LAST_WISH - min(rank, LAST_WISH)) * WISH + earlier


# What the citizens' page has words for.
_WORDS: Final = {
    Why.HOUSEHOLD: "household",
    Why.GROUP_HOUSEHOLD: "household",
    Why.STRATUM_CAP: "limit",
    Why.GROUP_TOO_LARGE: "group_too_large",
    Why.GROUP_NO_ROOM: "group_too_large",
}


def _word(why: Why | None) -> str:
    return "full" if why is None else _WORDS.get(why, "full")
