"""The registers that matchers are tried on, from cities that nothing has learned from."""

from dataclasses import dataclass
from pathlib import Path

from bench.linkage.register import rows, write
from bench.linkage.styles import STYLES

SIZES = (6_000, 60_000)
TESTING = {"b": ("mojokerto",), "c": ("wanasari",), "hard": ("wanasari",), "a": ("malang",)}
"""Where a style's people live; the models that ship have learned from Malang alone."""
LARGE = 300_000
LARGE_CITIES = ("mojokerto", "wanasari")
"""More rows than one small city could fill."""


@dataclass(frozen=True, slots=True)
class Task:
    """One register to be grouped."""

    title: str
    people: Path
    """What libraries are given."""
    register: Path
    """The same as a list such as cities have: what we and the simple matchers are given."""
    truth: Path


def made(folder: Path, style: str, size: int, seed: int) -> Task:
    """Make a register, two rows for each person in the mean.

    Args:
        folder: Where to write; the register made there before is written over.
        style: Of `bench.linkage.styles`.
        size: Rows.
        seed: Decides everything.
    """
    out, truth = folder / "people.csv", folder / "people.truth.csv"
    cities = LARGE_CITIES if size >= LARGE else TESTING[style]
    write(rows(STYLES[style], cities, (size // 2, size), seed), out, truth)
    title = f"{size:,} rows, style {style}, {' and '.join(cities)}, seed {seed}"
    return Task(title, out, out, truth)
