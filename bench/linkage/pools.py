"""Words and places that registers are made of, drawn as often as real ones are met."""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).parent / "words"


class Pool:
    """Words of which the first is drawn most: by the inverse of the rank, as names are met."""

    def __init__(self, words: Sequence[str]) -> None:
        """Keep the words in the order of their frequency."""
        self.words = tuple(words)
        self._sums = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))

    def draw(self, dice: random.Random) -> str:
        """Return one word."""
        return dice.choices(self.words, cum_weights=self._sums)[0]


class Weighted:
    """Words with weights of their own."""

    def __init__(self, weights: dict[str, float]) -> None:
        """Keep words and weights."""
        self.words = tuple(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, dice: random.Random) -> str:
        """Return one word."""
        return dice.choices(self.words, cum_weights=self._sums)[0]


@dataclass(frozen=True, slots=True)
class NamePools:
    """The names of one culture and one sex."""

    single: Pool
    first: Pool
    last: Pool


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """One kelurahan and what it belongs to."""

    city: str
    code: str
    kecamatan: str
    name: str


def _names() -> dict[tuple[str, str], NamePools]:
    told = json.loads((HERE / "names.json").read_text(encoding="utf-8"))
    return {
        (culture, sex): NamePools(
            *(Pool(words[kind].split()) for kind in ("single", "first", "last"))
        )
        for culture, by_sex in told.items()
        for sex, words in by_sex.items()
    }


def _places() -> dict[str, list[Kelurahan]]:
    found = defaultdict(list)
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = Kelurahan(row["city"], row["code"], row["kecamatan"], row["kelurahan"])
            found[one.city.lower()].append(one)
    return dict(found)


_REST = json.loads((HERE / "rest.json").read_text(encoding="utf-8"))

NAMES = _names()
PLACES = _places()
"""The kelurahan by city, its name in small letters."""
STEM_PREFIXES = _REST["stems"]["prefix"].split()
STEMS = {sex: _REST["stems"][sex].split() for sex in "mf"}
"""What rare names such as Wigatiningsih are composed of."""
TITLES = {sex: Pool(_REST["titles"][sex].split()) for sex in "mf"}
DEGREES = Pool(_REST["degrees"].split())
STREETS = Pool(_REST["streets"].split())
BUSINESSES = Pool([word.replace("_", " ") for word in _REST["businesses"].split()])
BRANDS = Pool([word.replace("_", " ") for word in _REST["brands"].split()])
