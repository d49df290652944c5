"""Reach: the part of the country that somebody may see, as spans of area keys."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from jembol.kit.area import KEY_LIMIT, AreaCode


@dataclass(frozen=True, slots=True)
class Reach:
    """A set of area keys, kept as sorted half-open spans that neither overlap nor touch.

    Two reaches that hold the same keys are equal, whatever they were made from.
    """

    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", _merged(self.spans))

    @classmethod
    def everywhere(cls) -> Self:
        """Return the reach of the whole nation."""
        return cls(((0, KEY_LIMIT),))

    @classmethod
    def nowhere(cls) -> Self:
        """Return the reach that holds nothing."""
        return cls()

    @classmethod
    def of(cls, keys: Iterable[int]) -> Self:
        """Return the reach of these areas and all that lies in them.

        Raises:
            NotAnArea: no area can have one of the keys.
        """
        return cls(tuple(AreaCode(key).span for key in keys))

    def covers(self, key: int) -> bool:
        """Whether the area with this key lies inside the reach."""
        place = bisect_right(self.spans, key, key=lambda span: span[0]) - 1
        return place >= 0 and key < self.spans[place][1]

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(self.spans + other.spans)

    def __and__(self, other: "Reach") -> "Reach":
        return Reach(
            tuple(
                (max(low, other_low), min(high, other_high))
                for low, high in self.spans
                for other_low, other_high in other.spans
            )
        )

    def __bool__(self) -> bool:
        return bool(self.spans)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)
