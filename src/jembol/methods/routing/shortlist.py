"""Which candidates are planned at all, when there are far more than a day can hold."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from jembol.methods.routing.day import Day

LEAST: Final = 400
"""So many are always planned."""
TIMES: Final = 3
"""So many for each visit that the shifts could hold."""


def outside(day: Day) -> Any:
    """Return the columns of stops that are not planned; none where all can be.

    The promised stay. Of the others those stay that are worth most for their time: the visit, and
    the way from the nearest start or from the nearest other stop, whichever is shorter.
    """
    if day.size <= LEAST or not day.vehicles:
        return np.array([], np.int64)
    fastest = np.minimum.reduce(day.travel)
    ways = fastest[: day.size, : day.size] + np.where(np.eye(day.size, dtype=bool), 1 << 40, 0)
    starts = fastest[[one.start for one in day.vehicles], : day.size]
    time = day.service + np.minimum(ways.min(axis=0), starts.min(axis=0)) + 1
    shifts = sum(one.until - one.begins for one in day.vehicles)
    most = max(LEAST, TIMES * shifts // int(np.median(time)))
    # Equal worth is decided by the order of the problem.
    order = np.argsort(-(day.gain / time), kind="stable")
    left_out = order[most:]
    promised = np.array([stop.required for stop in day.problem.stops])
    return np.sort(left_out[~promised[left_out]])
