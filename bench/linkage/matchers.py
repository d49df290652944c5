"""The two matchers that every other is held against: one does nothing, one compares characters."""

import re
from collections.abc import Mapping, Sequence

Row = Mapping[str, str]
NIK = re.compile(r"(?!(\d)\1{15}|1234567890123456|\d{6}0{10})\d{16}")
"""Sixteen digits that nobody typed to fill the cell."""


def no_op(rows: Sequence[Row]) -> list[int]:
    """Return every record as a person of its own."""
    return list(range(len(rows)))


def exact(rows: Sequence[Row]) -> list[int]:
    """Return groups with the same number as text, or the same name and birth date as text."""
    groups = list(range(len(rows)))
    met: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows):
        for key in _exact_keys(row):
            _join(groups, number, met.setdefault(key, number))
    return [_root(groups, number) for number in range(len(rows))]


def _exact_keys(row: Row) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if NIK.fullmatch(row["nik"]):
        keys.append((row["nik"],))
    if row["nama"] and row["tgl_lahir"]:
        keys.append((row["nama"], row["tgl_lahir"]))
    return keys


def joined(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the groups that links make: whoever can be reached is in the group.

    Args:
        size: How many records there are.
        pairs: Two records each.
    """
    groups = list(range(size))
    for one, other in pairs:
        _join(groups, one, other)
    return [_root(groups, number) for number in range(size)]


def _root(groups: list[int], number: int) -> int:
    while groups[number] != number:
        groups[number] = groups[groups[number]]
        number = groups[number]
    return number


def _join(groups: list[int], one: int, other: int) -> None:
    one, other = _root(groups, one), _root(groups, other)
    groups[max(one, other)] = min(one, other)
