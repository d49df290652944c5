"""What an RT may wish for, how little its page tells, and which wishes are alike."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jembol.kit.area import kelurahan_key
from jembol.kit.text import fold_name

MOST_OPEN: Final = 5
"""Wishes of one RT that may wait for an answer, where a city says nothing else."""

MOST_PEOPLE: Final = 5000
"""More people than any RW has."""

NEAR_M: Final = 2500
"""Between the middles of two kelurahan whose people go to one class on foot or by motorcycle."""

FEWEST_TOLD: Final = 3
"""A smaller count could point at a neighbour, so it is told as "fewer than"."""

# NIK and KK have 16 digits and a telephone number 10 at least; a year or a price has fewer.
_NUMBER: Final = re.compile(r"(?:\d[\s.\-/]?){9,}\d")

_SHORTEST_WORD: Final = 3
# Words that many wishes have and that say nothing about what is wished for.
_EMPTY: Final = frozenset(
    {
        "agar", "alat", "anak", "atau", "bagi", "bantuan", "bapak", "belajar", "belum", "berapa",
        "bersama", "besar", "bila", "bisa", "buat", "butuh", "cara", "dan", "dapat", "dari",
        "dengan", "dll", "gratis", "harap", "hari", "ibu", "ibu2", "ingin", "jadi", "juga", "kalau",
        "kami", "kecil", "kegiatan", "kelas", "kita", "kursus", "lagi", "latihan", "lebih", "mau",
        "membuat", "minta", "mohon", "orang", "pada", "para", "pelatihan", "pengadaan", "perlu",
        "punya", "saja", "semua", "serta", "siap", "supaya", "tempat", "tentang", "tolong", "umkm",
        "unit", "untuk", "usaha", "warga", "yang",
    }
)  # fmt: skip


def holds_a_number(text: str) -> bool:
    """Whether a text holds what may be a NIK, a family card number or a telephone number."""
    return _NUMBER.search(text) is not None


def told(count: int) -> int | None:
    """Return a count of people as an RT's page tells it; None for one that is too small."""
    return count if count >= FEWEST_TOLD else None


def is_year_of_wishes(year: int, today: date) -> bool:
    """Whether a wish may be for this year: this one, or one of the two that are planned next."""
    return today.year <= year <= today.year + 2


def default_end(today: date) -> date:
    """Return until when a link leads somewhere where a city says nothing: the end of next year."""
    return date(today.year + 1, 12, 31)


def said(words: str) -> str:
    """Return what makes two wishes of one RT the same wish: the words without their spelling."""
    return fold_name(words)


def content_of(words: str) -> tuple[str, ...]:
    """Return the words that say what is wished for, each once, in their order."""
    kept = (
        word
        for word in fold_name(words).split()
        if len(word) >= _SHORTEST_WORD and word not in _EMPTY and not word.isdigit()
    )
    return tuple(dict.fromkeys(kept))


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish as far as likeness looks at it.

    Attributes:
        key: Its key.
        kind: What is needed, of the short list.
        year: For which year.
        area: The key of its RT or RW.
        words: What was said beside.
        people: For how many; 0 where nobody said.
    """

    key: int
    kind: str
    year: int
    area: int
    words: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """Wishes that one answer may fulfil.

    Attributes:
        kind: What is needed.
        year: For which year.
        topic: The words that all of them have; empty for those that say none.
        wishes: Their keys, ascending.
        areas: How many RT and RW asked.
        people: For how many people, as far as they said.
        need: The greatest need among their kelurahan.
    """

    kind: str
    year: int
    topic: str
    wishes: tuple[int, ...]
    areas: int
    people: int
    need: float


def alike(
    wishes: Sequence[Asked],
    *,
    near: Mapping[int, Collection[int]],
    need: Mapping[int, float] | None = None,
) -> list[Alike]:
    """Return which wishes to gather, most RT and RW first, then most people, then most need.

    Two wishes are alike when they are of one kind and year, share a word that says something (or
    both say none), and stand in kelurahan near the one in the middle. No wish is proposed twice.

    Args:
        wishes: Those that wait alone.
        near: For each kelurahan those near it; itself need not be among them.
        need: Need of each kelurahan, if it is known.
    """
    known = need or {}
    groups: dict[tuple[str, int], list[Asked]] = defaultdict(list)
    for one in sorted(wishes, key=lambda wish: wish.key):
        groups[one.kind, one.year].append(one)
    found = [
        _described(part, known)
        for (_kind, _year), rows in sorted(groups.items())
        for part in _parts(rows, near)
    ]
    return sorted(found, key=lambda one: (-one.areas, -one.people, -one.need, one.wishes))


def _parts(rows: Sequence[Asked], near: Mapping[int, Collection[int]]) -> Iterator[list[Asked]]:
    """Yield the parts of the wishes of one kind: by the word that most RT share, again and again.

    Wishes without such a word come last, together.
    """
    contents = {one.key: content_of(one.words) for one in rows}
    waiting = {one.key: one for one in rows}
    tried: set[str] = set()
    while word := _commonest(waiting, contents, tried):
        tried.add(word)
        sharing = [one for key, one in waiting.items() if word in contents[key]]
        for part in _stars(sharing, near):
            for one in part:
                del waiting[one.key]
            yield part
    yield from _stars([one for key, one in waiting.items() if not contents[key]], near)


def _commonest(
    waiting: Mapping[int, Asked], contents: Mapping[int, tuple[str, ...]], tried: Collection[str]
) -> str:
    """Return the word that most RT share; empty when none is shared by two."""
    areas: dict[str, set[int]] = defaultdict(set)
    for key, one in waiting.items():
        for word in contents[key]:
            if word not in tried:
                areas[word].add(one.area)
    shared = {word: len(those) for word, those in areas.items() if len(those) > 1}
    return min(shared, key=lambda word: (-shared[word], word), default="")


def _stars(rows: Sequence[Asked], near: Mapping[int, Collection[int]]) -> Iterator[list[Asked]]:
    """Yield the wishes around one kelurahan, then around the next, while two RT come together.

    A chain of neighbours could reach across a whole city; a star is never wider than its rays.
    """
    waiting = list(rows)
    while waiting:
        stars = [
            [one for one in waiting if _is_near(middle, kelurahan_key(one.area), near)]
            for middle in sorted({kelurahan_key(one.area) for one in waiting})
        ]
        largest = max(stars, key=_weight)
        if _weight(largest)[0] < 2:
            return
        yield largest
        taken = {one.key for one in largest}
        waiting = [one for one in waiting if one.key not in taken]


def _is_near(middle: int, other: int, near: Mapping[int, Collection[int]]) -> bool:
    return middle == other or other in near.get(middle, ())


def _weight(rows: Sequence[Asked]) -> tuple[int, int]:
    return len({one.area for one in rows}), sum(one.people for one in rows)


def _described(rows: Sequence[Asked], need: Mapping[int, float]) -> Alike:
    first, *others = (content_of(one.words) for one in rows)
    shared = [word for word in first if all(word in other for other in others)]
    areas, people = _weight(rows)
    return Alike(
        kind=rows[0].kind,
        year=rows[0].year,
        topic=" ".join(shared),
        wishes=tuple(sorted(one.key for one in rows)),
        areas=areas,
        people=people,
        need=max(need.get(kelurahan_key(one.area), 0.0) for one in rows),
    )
