"""Small days on the road, days of a city, and the best plan by trying every one."""

import random
from itertools import permutations, product

from hypothesis import strategies as st

from jembol.methods.routing import Officer, Problem, Stop, travel_between

HOUR = 3600


@st.composite
def problems(draw, most=5, *, weights=(0, 1, 2)):
    """Two or three shifts, a few stops with windows and skills, roads that differ by direction."""
    nodes = draw(st.integers(2, 5))
    travel = tuple(
        tuple(0 if i == j else draw(st.integers(1, 40)) for j in range(nodes)) for i in range(nodes)
    )
    node = st.integers(0, nodes - 1)
    shifts = st.sampled_from((((0, 100),), ((10, 60),), ((0, 50), (60, 110))))
    officers = tuple(
        Officer(
            f"o{n}", draw(node), draw(st.none() | node), draw(shifts),
            frozenset(draw(st.sampled_from(("", "a", "b", "ab")))),
            draw(st.sampled_from((100, 100, 150))),
        )
        for n in range(draw(st.integers(1, 2)))
    )  # fmt: skip
    windows = st.sampled_from(((), (), ((20, 40),), ((0, 15), (60, 80)), ((5, 5), (30, 90))))
    stops = tuple(
        Stop(
            f"s{n}", draw(node), draw(st.integers(0, 60)), draw(st.integers(0, 20)),
            draw(windows), draw(st.sampled_from((None, None, "a", "b"))),
            draw(st.integers(0, 4)) == 0,
        )
        for n in range(draw(st.integers(0, most)))
    )  # fmt: skip
    return Problem(travel, officers, stops, draw(st.sampled_from(weights)))


def best(problem):
    """Return (promised stops left out, objective, travel) of the best plan of all there are."""
    shifts = [(one, span) for one in problem.officers for span in one.shifts]
    found = []
    for places in product(range(-1, len(shifts)), repeat=len(problem.stops)):
        roads = []
        for row, (officer, span) in enumerate(shifts):
            mine = [s for s, at in zip(problem.stops, places, strict=True) if at == row]
            roads.append(_shortest(problem, officer, span, mine))
        if None in roads:
            continue
        out = [s for s, at in zip(problem.stops, places, strict=True) if at < 0]
        left = sum(stop.prize for stop in out)
        found.append((
            sum(stop.required for stop in out), problem.travel_weight * sum(roads) + left,
            sum(roads),
        ))  # fmt: skip
    return min(found)


def _shortest(problem, officer, span, stops):
    roads = [road(problem, officer, span, order) for order in permutations(stops)]
    return min((one for one in roads if one is not None), default=None)


def road(problem, officer, span, order):
    """Return the travel of one order of stops; None when it does not hold."""
    clock, here, road = span[0], officer.start, 0
    for stop in order:
        if stop.skill and stop.skill not in officer.skills:
            return None
        way = officer.seconds(problem.travel[here][stop.node])
        clock, here, road = clock + way, stop.node, road + way
        starts = [max(clock, a) for a, b in stop.windows or ((0, 10**6),) if max(clock, a) <= b]
        if not starts:
            return None
        clock = min(starts) + stop.service
    if order and officer.end is not None:
        way = officer.seconds(problem.travel[here][officer.end])
        clock, road = clock + way, road + way
    return road if clock <= span[1] else None


def city(stops, officers, seed):
    """Return a day of a city: officers with half days and languages, stops with hours."""
    some = random.Random(seed)
    points = [(-7.98 + some.gauss(0, 0.03), 112.63 + some.gauss(0, 0.03))
              for _ in range(stops + 1)]  # fmt: skip
    whole, halves = ((8 * HOUR, 16 * HOUR),), ((8 * HOUR, 12 * HOUR), (13 * HOUR, 16 * HOUR))
    return Problem(
        travel_between(points),
        tuple(
            Officer(f"o{n}", 0, 0 if n % 3 else None, whole if n % 2 else halves,
                    frozenset(("jawa", "madura")[: 1 + n % 2]))
            for n in range(officers)
        ),
        tuple(
            Stop(
                f"s{n}", n, 600 * some.randint(1, 10), some.choice((900, 1800, 2700)),
                some.choice(((), ((8 * HOUR, 11 * HOUR),), ((8 * HOUR, 10 * HOUR),
                            (13 * HOUR, 15 * HOUR)), ((12 * HOUR, 16 * HOUR),))),
                some.choice((None, None, "madura")), some.random() < 0.05,
            )
            for n in range(1, stops + 1)
        ),
    )  # fmt: skip
