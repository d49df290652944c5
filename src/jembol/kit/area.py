"""Areas of Indonesia as numbers: one code is one half-open span of keys.

The code follows the numbering of the Ministry of Home Affairs, PP.KK.CC.DDDD (Kepmendagri
300.2.2-2430/2025). RW and RT have no national number, so the kelurahan's own number is appended.
The key writes all six parts without dots and with zeros for what is not said, so an area holds
exactly the keys of one span, and "inside my area" is one integer comparison in any database.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final, Self

from jembol.kit.unreadable import Unreadable

WIDTHS: Final = (2, 2, 2, 4, 3, 3)
"""Digits of province, kota or kabupaten, kecamatan, kelurahan or desa, RW and RT."""

KEY_LIMIT: Final = 10 ** sum(WIDTHS)
"""One more than the greatest key."""

# The count of keys in one area of each level: the nation first, an RT last.
_UNITS: Final = tuple(10 ** sum(WIDTHS[level:]) for level in range(len(WIDTHS) + 1))
_COMPACT_LENGTHS: Final = {sum(WIDTHS[:level]): level for level in range(len(WIDTHS) + 1)}
_PART_NAMES: Final = ("province", "kota or kabupaten", "kecamatan", "kelurahan or desa", "RW", "RT")
_CITY_LEVEL: Final = 2
_KELURAHAN_LEVEL: Final = 4
_RW_LEVEL: Final = 5
_RT_LEVEL: Final = 6


class NotAnArea(Unreadable):
    """A text or number names no area. Codes: form, zero, missing, range, level, number."""


class AreaKind(StrEnum):
    """What an area is called in law and daily speech."""

    NATION = "nasional"
    PROVINCE = "provinsi"
    KOTA = "kota"
    KABUPATEN = "kabupaten"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa adat"
    RW = "rw"
    RT = "rt"


@dataclass(frozen=True, order=True, slots=True)
class AreaCode:
    """One area: the nation, a province, a city or regency, and so on down to an RT.

    Attributes:
        key: 16 digits PP KK CC DDDD WWW TTT as an integer; 0 is the nation.
    """

    key: int

    def __post_init__(self) -> None:
        if not 0 <= self.key < KEY_LIMIT:
            raise NotAnArea(
                "range",
                f"area key {self.key} is outside 0 to {KEY_LIMIT - 1}",
                remedy="give the 16 digits of province, kota, kecamatan, kelurahan, RW and RT",
                key=self.key,
            )
        parts = _parts(self.key)
        level = _level(parts)
        if not all(parts[:level]):
            missing = _PART_NAMES[parts.index(0)]
            raise NotAnArea(
                "missing",
                f"area key {self.key:016d} has no {missing} but names a part below it",
                remedy=f"fill in the {missing} or leave out what follows",
                key=self.key,
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code with dots ("35.73.05.1004.006.002") or without ("3573051004").

        Raises:
            NotAnArea: the text is not an area code.
        """
        code = text.strip()
        if "." in code:
            return cls._from_parts(code.split("."), code)
        level = _COMPACT_LENGTHS.get(len(code))
        if level is None:
            raise _not_a_code(code)
        ends = [sum(WIDTHS[:place]) for place in range(level + 1)]
        return cls._from_parts([code[a:b] for a, b in pairwise(ends)], code)

    @classmethod
    def from_key(cls, key: int) -> Self:
        """Return the area that has this key.

        Raises:
            NotAnArea: no area can have this key.
        """
        return cls(key)

    @classmethod
    def nation(cls) -> Self:
        """Return the whole nation: key 0, code ""."""
        return cls(0)

    @classmethod
    def _from_parts(cls, parts: list[str], text: str) -> Self:
        if len(parts) > len(WIDTHS):
            raise _not_a_code(text)
        digits = ""
        for place, part in enumerate(parts):
            width = WIDTHS[place]
            # RW and RT are local numbers, often written without the leading zeros.
            full = part.zfill(width) if place >= _KELURAHAN_LEVEL and part else part
            if len(full) != width or not (full.isascii() and full.isdigit()):
                raise _not_a_code(text)
            if int(full) == 0:
                raise NotAnArea(
                    "zero",
                    f"area code {text!r} has {full} as its {_PART_NAMES[place]}",
                    remedy="leave that part out or write its number, which begins at 1",
                    text=text,
                )
            digits += full
        return cls(int(digits.ljust(sum(WIDTHS), "0")))

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers of the parts that are said, from the province down."""
        parts = _parts(self.key)
        return parts[: _level(parts)]

    @property
    def level(self) -> int:
        """0 nation, 1 province, 2 kota or kabupaten, 3 kecamatan, 4 kelurahan, 5 RW, 6 RT."""
        return _level(_parts(self.key))

    @property
    def code(self) -> str:
        """The code with dots; empty for the nation."""
        said = zip(self.parts, WIDTHS, strict=False)
        return ".".join(f"{part:0{width}d}" for part, width in said)

    @property
    def span(self) -> tuple[int, int]:
        """The half-open range of keys that lie in this area, itself included."""
        return self.key, self.key + _UNITS[self.level]

    @property
    def parent(self) -> Self | None:
        """The area one level up; None for the nation."""
        return self.at_level(self.level - 1) if self.key else None

    @property
    def ancestors(self) -> tuple[Self, ...]:
        """Every area that holds this one, from the nation down; itself left out."""
        return tuple(self._cut(level) for level in range(self.level))

    @property
    def city(self) -> Self | None:
        """The kota or kabupaten of this area; None above it."""
        return self.at_level(_CITY_LEVEL)

    @property
    def kelurahan(self) -> Self | None:
        """The kelurahan or desa of this area; None above it."""
        return self.at_level(_KELURAHAN_LEVEL)

    def at_level(self, level: int) -> Self | None:
        """Return the area of that level which holds this one, or None when this one is above."""
        return self._cut(level) if level <= self.level else None

    def rw(self, number: int) -> Self:
        """Return the RW with this number in a kelurahan or desa.

        Raises:
            NotAnArea: this area is no kelurahan or desa, or the number is not 1 to 999.
        """
        return self._child(_RW_LEVEL, number)

    def rt(self, number: int) -> Self:
        """Return the RT with this number in an RW.

        Raises:
            NotAnArea: this area is no RW, or the number is not 1 to 999.
        """
        return self._child(_RT_LEVEL, number)

    def contains(self, other: "AreaCode") -> bool:
        """Whether the other area is this one or lies inside it."""
        low, high = self.span
        return low <= other.key < high

    def __str__(self) -> str:
        return self.code

    def _cut(self, level: int) -> Self:
        return type(self)(self.key - self.key % _UNITS[level])

    def _child(self, level: int, number: int) -> Self:
        name, above = _PART_NAMES[level - 1], _PART_NAMES[level - 2]
        if self.level != level - 1:
            raise NotAnArea(
                "level",
                f"area {self.code!r} cannot hold an {name}",
                remedy=f"start from the {above} that holds it",
            )
        if not 1 <= number < 10 ** WIDTHS[level - 1]:
            raise NotAnArea(
                "number",
                f"{name} {number} of area {self.code} does not exist",
                remedy="give a number from 1 to 999",
                number=number,
            )
        return type(self)(self.key + number * _UNITS[level])


def city_key(key: int) -> int:
    """Return the key of the kota or kabupaten that holds this key; 0 above a city."""
    return _key_at(key, _CITY_LEVEL)


def kelurahan_key(key: int) -> int:
    """Return the key of the kelurahan or desa that holds this key; 0 above one."""
    return _key_at(key, _KELURAHAN_LEVEL)


_LAST_KABUPATEN: Final = 70
_KIND_BY_DIGIT: Final = {1: AreaKind.KELURAHAN, 2: AreaKind.DESA, 3: AreaKind.DESA_ADAT}
_KIND_BY_LEVEL: Final = {
    0: AreaKind.NATION,
    1: AreaKind.PROVINCE,
    3: AreaKind.KECAMATAN,
    5: AreaKind.RW,
    6: AreaKind.RT,
}


def kind_of(code: AreaCode, name: str = "") -> AreaKind:
    """Return what kind of area this is.

    The number tells it: 01 to 69 is a kabupaten and 71 to 99 a kota; the fourth part begins with
    1 for a kelurahan, 2 for a desa, 3 for a desa adat (Kepmendagri 300.2.2-2430/2025). Where the
    fourth part begins with another digit, the first word of the name decides.
    """
    if code.level == _CITY_LEVEL:
        return AreaKind.KOTA if code.parts[-1] > _LAST_KABUPATEN else AreaKind.KABUPATEN
    if code.level == _KELURAHAN_LEVEL:
        by_number = _KIND_BY_DIGIT.get(code.parts[-1] // 1000)
        return by_number or _kind_by_name(name)
    return _KIND_BY_LEVEL[code.level]


@dataclass(frozen=True, slots=True)
class RtRw:
    """The numbers of an RT and its RW as an address gives them; None for what it does not say."""

    rt: int | None
    rw: int | None


_RT: Final = r"(?:r\.?\s?t|rukun\s+tetangga)"
_RW: Final = r"(?:r\.?\s?w|rukun\s+warga)"
_LABEL_END: Final = r"[\s.:-]*(?:no\b[\s.:]*)?"
_NUMBER: Final = r"([0-9]{1,3}|[ivxl]{1,6})(?![0-9a-z])"
_TWO: Final = r"([0-9]{1,3})\s*[/\\|-]\s*([0-9]{1,3})(?!\s*[/\\|-]?\s*[0-9])"
# One label or both before two numbers ("RT/RW 03/05"); the label that comes first names the first.
_PAIR: Final = re.compile(
    rf"(?<![a-z])(?:{_RT}|(?P<rw_first>{_RW}))(?:[\s./:-]*(?:{_RT}|{_RW}))?{_LABEL_END}{_TWO}"
)
_BARE_PAIR: Final = re.compile(rf"\s*{_TWO}\s*")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}


def parse_rt_rw(text: str) -> RtRw | None:
    """Read RT and RW from a cell or an address; None when it names neither.

    A pair without labels is RT first ("03/05" is RT 3, RW 5), as on the identity card. Roman
    numbers count after a label ("RW VI"). A number alone says neither, so it is None, and so is
    a date into which a spreadsheet turned a pair ("03/05/2026").
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = _pair(folded) or RtRw(_labelled(_RT, folded), _labelled(_RW, folded))
    return found if found.rt or found.rw else None


def _pair(text: str) -> RtRw | None:
    """Read two numbers that share their label or have none."""
    found = _PAIR.search(text)
    if found:
        numbers = int(found[2]) or None, int(found[3]) or None
        return RtRw(*(reversed(numbers) if found["rw_first"] else numbers))
    found = _BARE_PAIR.fullmatch(text)
    return RtRw(int(found[1]) or None, int(found[2]) or None) if found else None


def _labelled(label: str, text: str) -> int | None:
    """Read the number that follows one label."""
    # "rt03rw05" has no space between the parts, so a digit may stand before the label.
    glued = re.sub(r"(?<=[0-9])(?=r\.?\s?[tw])", " ", text)
    found = re.search(rf"(?<![a-z]){label}{_LABEL_END}{_NUMBER}", glued)
    if not found:
        return None
    return (int(found[1]) if found[1].isdigit() else _roman(found[1])) or None


def _roman(digits: str) -> int:
    values = [_ROMAN[digit] for digit in digits]
    follow = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, follow, strict=True))


# A list of people asks for the same few hundred places again and again.
@lru_cache(maxsize=8192)
def _parts(key: int) -> tuple[int, ...]:
    return tuple(key // _UNITS[place + 1] % 10**width for place, width in enumerate(WIDTHS))


@lru_cache(maxsize=8192)
def _level(parts: tuple[int, ...]) -> int:
    return max((place + 1 for place, part in enumerate(parts) if part), default=0)


def _key_at(key: int, level: int) -> int:
    cut = key - key % _UNITS[level]
    # A key above that level has nothing in the part of the level, so it is no such area.
    return cut if cut % _UNITS[level - 1] else 0


def _kind_by_name(name: str) -> AreaKind:
    folded = name.casefold().strip()
    if folded.startswith("desa adat"):
        return AreaKind.DESA_ADAT
    return AreaKind.DESA if folded.startswith("desa") else AreaKind.KELURAHAN


def _not_a_code(text: str) -> NotAnArea:
    return NotAnArea(
        "form",
        f"{text!r} is not an area code",
        remedy="write it like 35.73, 35.73.05, 35.73.05.1004 or 35.73.05.1004.006.002",
        text=text,
    )
