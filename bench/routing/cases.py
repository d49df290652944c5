"""Made days of a city: kampung around markets, officers of several offices, hours, languages."""

from __future__ import annotations

import random
from typing import Final

from jembol.methods.routing import Officer, Problem, Stop, travel_between

HOUR: Final = 3600
NEED: Final = 600
"""Seconds of travel that one point of need is worth."""
CENTRE: Final = (-7.98, 112.63)
SHIFTS: Final = (
    ((8 * HOUR, 16 * HOUR),),
    ((8 * HOUR, 11 * HOUR + 1800), (13 * HOUR, 16 * HOUR)),
    ((8 * HOUR, 12 * HOUR),),
)
HOURS: Final = (
    (), (), (),
    ((7 * HOUR, 10 * HOUR),),
    ((13 * HOUR, 16 * HOUR),),
    ((8 * HOUR, 11 * HOUR), (13 * HOUR, 15 * HOUR)),
)  # fmt: skip
SKILLS: Final = (None, None, None, None, "food", "licence", "woman")


def day(candidates: int, officers: int, seed: int) -> Problem:
    """Return one day. Roads are 5 to 25 % slower one way than the crow's detour, by direction."""
    some = random.Random(seed)
    markets = [_near(some, CENTRE, 0.035) for _ in range(max(3, candidates // 12))]
    homes = [_near(some, some.choice(markets), 0.006) for _ in range(candidates)]
    offices = [_near(some, CENTRE, 0.02) for _ in range(max(1, officers // 4))]
    straight = travel_between([*homes, *offices])
    travel = tuple(
        tuple(round(way * some.uniform(1.05, 1.25)) for way in line) for line in straight
    )
    return Problem(
        travel,
        tuple(_officer(some, n, candidates + n % len(offices)) for n in range(officers)),
        tuple(_stop(some, n) for n in range(candidates)),
    )


def _near(some: random.Random, place: tuple[float, float], spread: float) -> tuple[float, float]:
    return place[0] + some.gauss(0, spread), place[1] + some.gauss(0, spread)


def _officer(some: random.Random, number: int, office: int) -> Officer:
    skills = {skill for skill in SKILLS if skill and some.random() < 0.5}
    return Officer(
        f"o{number}", office, office, SHIFTS[number % len(SHIFTS)], frozenset(skills),
        400 if number % 7 == 6 else 100,
    )  # fmt: skip


def _stop(some: random.Random, number: int) -> Stop:
    # Few of high need, many of low.
    need = 1 + min(14, int(some.expovariate(0.35)))
    return Stop(
        f"s{number}", number, need * NEED, some.choice((900, 1200, 1800, 2700)),
        some.choice(HOURS), some.choice(SKILLS), some.random() < 0.03,
    )  # fmt: skip
