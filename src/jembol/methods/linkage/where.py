"""Where a person lives, as it is compared: areas by sound, RT and RW, house and street."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from jembol.kit.text import fold_area
from jembol.methods.linkage.names import by_sound, folded
from jembol.methods.linkage.tokens import packed

MOST_NEIGHBOURS: Final = 999

_RT: Final = re.compile(r"\br\.?\s*t\.?\s*[:.]?\s*0*(\d{1,3})", re.IGNORECASE)
_RW: Final = re.compile(r"(?:\b|(?<=\d))r\.?\s*w\.?\s*[:.]?\s*0*(\d{1,3})", re.IGNORECASE)
_BOTH: Final = re.compile(
    r"\brt\.?\s*/?\s*rw\.?\s*[:.]?\s*0*(\d{1,3})\s*[/\-. ]\s*0*(\d{1,3})", re.IGNORECASE
)
_PAIR: Final = re.compile(r"\b0*(\d{1,3})\s*/\s*0*(\d{1,3})\b")
_STROKE: Final = re.compile(r"\br\.?\s*t\.?\s*[:.]?\s*0*\d{1,3}\s*/\s*0*(\d{1,3})")
_HOUSE: Final = re.compile(
    r"\b(?:no|nomor|nmr|blok)\.?\s*([a-z]?\s*-?\s*\d{1,4})|\b(\d{1,4})\b", re.IGNORECASE
)
_LANE: Final = re.compile(r"\b(?:gang+|gg|lorong|lr)\.?\s*(?:\d{1,3}|[ivx]{1,5})\b", re.IGNORECASE)
_STREET_WORDS: Final = frozenset(
    "jl jln jalan gg gang no nomor blok rt rw kel kelurahan kec kecamatan kota kab desa dsn dusun "
    "ds perum perumahan perumnas komplek kampung kp lingkungan link i ii iii iv v vi vii raya "
    "barat timur utara selatan tengah dalam".split()
)

TABLES: Final = {
    "most": MOST_NEIGHBOURS,
    "rt": _RT,
    "rw": _RW,
    "both": _BOTH,
    "pair": _PAIR,
    "stroke": _STROKE,
    "house": _HOUSE,
    "lane": _LANE,
    "street_words": _STREET_WORDS,
}
"""What reading a place rests on, for an implementation in another language."""


class Home(NamedTuple):
    """RT, RW and house as numbers, and up to two telling words of the street; 0 for unknown."""

    rt: int
    rw: int
    house: int
    street: tuple[int, int]


@lru_cache(maxsize=1 << 16)
def read_area(text: str) -> int:
    """Return an area's name by sound, packed; 0 for none."""
    folded = fold_area(text) if text.strip(" -.") else ""
    return packed(by_sound(folded.replace(" ", "")))


def read_home(address: str, rt: str, rw: str) -> Home:
    """Return RT, RW, house and street from the address and the two columns."""
    near = _neighbours(rt, rw)
    if not address:
        return Home(near[0], near[1], 0, (0, 0))
    said = _read_address(address)
    return Home(near[0] or said.rt, near[1] or said.rw, said.house, said.street)


@lru_cache(maxsize=1 << 12)
def _neighbours(rt: str, rw: str) -> tuple[int, int]:
    both = _PAIR.search(rt)
    if both:
        return _number(both[1]), _number(both[2])
    return _number(rt), _number(rw)


def _number(text: str) -> int:
    digits = "".join(filter(str.isdigit, text.removesuffix(".0")))
    return min(int(digits), MOST_NEIGHBOURS) if digits and len(digits) <= 4 else 0


@lru_cache(maxsize=1 << 14)
def _read_address(address: str) -> Home:
    rt, rw, rest = _split(address.lower())
    found = _HOUSE.search(_LANE.sub(" ", rest))
    house = int("".join(filter(str.isdigit, found[1] or found[2]))) if found else 0
    words = [
        _street_word(word)
        for word in folded(rest).split()
        if len(word) > 2 and word not in _STREET_WORDS and not word.isdigit()
    ]
    # The two longest words tell most, in an order of their own.
    chosen = [*sorted(words, reverse=True)[:2], 0, 0]
    return Home(rt, rw, house, (chosen[0], chosen[1]))


@lru_cache(maxsize=1 << 15)
def _street_word(word: str) -> int:
    return packed(by_sound(word))


def _split(address: str) -> tuple[int, int, str]:
    both = _BOTH.search(address)
    if both:
        return int(both[1]), int(both[2]), address[: both.start()] + " " + address[both.end() :]
    rt, rw = _RT.search(address), _RW.search(address)
    rest = _RW.sub(" ", _RT.sub(" ", address))
    if rt and not rw:
        stroke = _STROKE.search(address)
        if stroke:
            return int(rt[1]), int(stroke[1]), rest
    return (int(rt[1]) if rt else 0), (int(rw[1]) if rw else 0), rest
