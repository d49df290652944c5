"""Public instances: team orienteering with time windows on the files of Solomon (1987).

The files (r101.txt and so on) are spread with many routing libraries and sites, such as
https://www.sintef.no/projectweb/top/vrptw/; they are not part of this repository. As in Righini
and Salani (2009) and everywhere since, the demand is the score, distances are cut after one
decimal, and each tour ends by the depot's due date.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from jembol.methods.routing import Officer, Problem, Stop

COLUMNS: Final = 7
TENTH: Final = 10
BEST: Final = {
    ("c101", 1): 320, ("c201", 1): 870, ("r101", 1): 198, ("r201", 1): 797, ("rc101", 1): 219,
    ("rc201", 1): 795,
}  # fmt: skip
"""Best known scores for one tour, as Labadie et al. (2012) quote them."""


def toptw(path: Path, tours: int) -> Problem:
    """Return the problem of one file and so many tours."""
    rows = [
        [float(cell) for cell in cells]
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(cells := line.split()) == COLUMNS and cells[0].isdigit()
    ]
    travel = tuple(tuple(_cut(math.hypot(a[1] - b[1], a[2] - b[2])) for b in rows) for a in rows)
    until = _cut(rows[0][5])
    return Problem(
        travel,
        tuple(Officer(f"o{n}", 0, 0, ((0, until),)) for n in range(tours)),
        tuple(
            Stop(f"s{n}", n, int(row[3]), _cut(row[6]), ((_cut(row[4]), _cut(row[5])),))
            for n, row in enumerate(rows[1:], 1)
        ),
        travel_weight=0,
    )


def _cut(told: float) -> int:
    # A hair is added, so that 22.4 is not cut to 22.3 for want of a last digit.
    return math.floor(told * TENTH + 1e-9)
