"""How much of everything a demo city has, and how it is spread over its quarters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jembol.console.demo.people import Quarter
from jembol.console.demo.sign_ins import DINOYO

PURWANTORO: Final = "35.73.01.1007"
# The RW that a field officer of the demo answers for is among these few.
_DINOYO_RWS: Final = (1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one city gets.

    Attributes:
        people: People enrolled by officers.
        businesses: Enterprises.
        groups: Groups by code of the kecamatan, beside those of the marked quarters.
        more_people: Further people who are in no group and no class.
        more_businesses: Further enterprises of those.
    """

    people: int
    businesses: int
    groups: dict[str, int]
    more_people: int = 0
    more_businesses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size of the demo.

    Attributes:
        marked: People of each marked quarter: cookies, tempe, Dinoyo.
        marked_businesses: Enterprises of each.
        consents: How many people said yes for each purpose: programme, contact, photo, publicity.
        changes: How many people changed their telephone number.
        successions: How many enterprises passed to another owner.
        visited: How many RW of a city officers visited in the last months, at most.
    """

    malang: Share
    mojokerto: Share
    marked: int
    marked_businesses: int
    consents: tuple[int, int, int, int]
    changes: int
    successions: int
    visited: int

    def share_of(self, city: str) -> Share:
        """Return what the city with this code gets."""
        return self.malang if city == "35.73" else self.mojokerto


# Kota Malang listed 38,570 UMKM in May 2025 (docs/demo.md).
_UMKM_OF_MALANG: Final = 38_570

_DEFAULT_GROUPS: Final = {"35.73.01": 3, "35.73.02": 4, "35.73.03": 4, "35.73.04": 3, "35.73.05": 3}
_MOJOKERTO_GROUPS: Final = {"35.76.01": 1, "35.76.02": 2, "35.76.03": 1}

SMALL: Final = Size(
    malang=Share(people=300, businesses=100, groups={"35.73.02": 1, "35.73.04": 1}),
    mojokerto=Share(people=125, businesses=20, groups={"35.76.02": 1}),
    marked=34,
    marked_businesses=12,
    consents=(40, 20, 10, 6),
    changes=4,
    successions=3,
    visited=40,
)
DEFAULT: Final = Size(
    malang=Share(people=975, businesses=410, groups=_DEFAULT_GROUPS),
    mojokerto=Share(people=220, businesses=90, groups=_MOJOKERTO_GROUPS),
    marked=48,
    marked_businesses=36,
    consents=(300, 160, 60, 40),
    changes=12,
    successions=6,
    visited=280,
)
CITY: Final = Size(
    malang=Share(
        people=975,
        businesses=410,
        groups=_DEFAULT_GROUPS,
        more_people=37_600,
        more_businesses=_UMKM_OF_MALANG - 410,
    ),
    mojokerto=DEFAULT.mojokerto,
    marked=DEFAULT.marked,
    marked_businesses=DEFAULT.marked_businesses,
    consents=DEFAULT.consents,
    changes=DEFAULT.changes,
    successions=DEFAULT.successions,
    visited=DEFAULT.visited,
)
SIZES: Final = {"small": SMALL, "default": DEFAULT, "city": CITY}


def quarters_of(size: Size, city: str, kelurahan: Sequence[str]) -> list[Quarter]:
    """Return the quarters of a city: marked ones first, then every other kelurahan, evenly."""
    share = size.share_of(city)
    marked = _marked(size) if city == "35.73" else []
    others = [code for code in kelurahan if code not in {quarter.code for quarter in marked}]
    people = share.people - sum(quarter.people for quarter in marked)
    businesses = share.businesses - sum(quarter.businesses for quarter in marked)
    return [*marked, *_spread(others, people, businesses)]


def further_quarters_of(size: Size, city: str, kelurahan: Sequence[str]) -> list[Quarter]:
    """Return the same kelurahan once more, for the people and enterprises on top."""
    share = size.share_of(city)
    return _spread(kelurahan, share.more_people, share.more_businesses)


def evenly(total: int, parts: int) -> list[int]:
    """Split a count into parts that differ by one at most."""
    return [total * (place + 1) // parts - total * place // parts for place in range(parts)]


def _marked(size: Size) -> list[Quarter]:
    """Return Purwantoro's two clusters and Dinoyo.

    Sanan is a kampung inside Kelurahan Purwantoro, so it is no area of the tree (docs/demo.md).
    """
    people, businesses = size.marked, size.marked_businesses
    return [
        Quarter(code=PURWANTORO, people=people, businesses=businesses, trade="kue-kering"),
        Quarter(
            code=PURWANTORO, people=people, businesses=businesses, trade="tempe", kampung="Sanan"
        ),
        Quarter(code=DINOYO, people=people, businesses=businesses, rws=_DINOYO_RWS),
    ]


def _spread(codes: Sequence[str], people: int, businesses: int) -> list[Quarter]:
    shares = zip(codes, evenly(people, len(codes)), evenly(businesses, len(codes)), strict=True)
    return [
        Quarter(code=code, people=persons, businesses=enterprises)
        for code, persons, enterprises in shares
        if persons or enterprises
    ]
