"""Invented households: who lives together, and what the register knows of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from jembol.console.demo.names import address_of, name_of
from jembol.console.demo.numbers import Numbers
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import Phone
from jembol.registry.choices import Education, Sex

_BORN_FROM: Final = date(1956, 1, 1)
_BORN_UNTIL: Final = date(2006, 6, 30)
_CARDS_FROM: Final = date(2008, 1, 1)
_CARD_DAYS: Final = 5_500

# Shares of what is known; the programme's classes are attended by women for the most part.
_WOMEN: Final = 0.7
_WITHOUT_NIK: Final = 0.25
_WITHOUT_BIRTH: Final = 0.5
_WITHOUT_PHONE: Final = 0.15
_SHARES_PHONE: Final = 0.6
_WITHOUT_RW: Final = 0.08
_WITHOUT_RT: Final = 0.1
_WITH_CARD: Final = 0.55
_BORN_ELSEWHERE: Final = 0.12
_DISABILITY_ASKED: Final = 0.4
_WITH_DISABILITY: Final = 0.04
_RT_NUMBERS: Final = 6
# Kabupaten Malang, Kabupaten Mojokerto, Surabaya, Bangkalan: NIK never change with moving.
_ELSEWHERE: Final = ("350725", "351609", "357821", "352601")
_SCHOOLS: Final[tuple[tuple[str, int], ...]] = (
    ("", 20), (Education.PRIMARY, 14), (Education.LOWER, 18), (Education.UPPER, 34),
    (Education.DIPLOMA, 5), (Education.BACHELOR, 9),
)  # fmt: skip
_HOUSEHOLD_SIZES: Final = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A kelurahan, or a kampung inside one, and how much of the city it gets.

    Attributes:
        code: Code of the kelurahan.
        people: How many people to invent.
        businesses: How many enterprises to invent.
        trade: Name of the trade most of its enterprises have, or empty.
        kampung: Name of the kampung, or empty.
        rws: Its first and last RW.
        part: Which part of it this is, when it is cut into several.
    """

    code: str
    people: int
    businesses: int
    trade: str = ""
    kampung: str = ""
    rws: tuple[int, int] = (1, 8)
    part: int = 0

    @property
    def city(self) -> str:
        """Code of its city."""
        return self.code[:5]

    @property
    def kecamatan(self) -> str:
        """Digits of its kecamatan, as a NIK begins."""
        return self.code[:8].replace(".", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """One invented person."""

    name: str
    sex: str
    born_on: date | None
    birth_place: str
    phone: Phone | None
    address: str
    education: str
    has_disability: bool | None
    nik: Nik | None
    kk: Kk | None
    rw: int | None
    rt: int | None


@dataclass(frozen=True, slots=True)
class _Home:
    """What the members of a household have in common."""

    address: str
    phone: Phone | None
    kk: Kk | None
    rw: int | None
    rt: int | None


def people_of(rng: Random, numbers: Numbers, quarter: Quarter) -> list[Invented]:
    """Return the people of a quarter, household by household."""
    invented: list[Invented] = []
    while len(invented) < quarter.people:
        size = min(rng.choice(_HOUSEHOLD_SIZES), quarter.people - len(invented))
        invented.extend(_household(rng, numbers, quarter, size))
    return invented


def _household(rng: Random, numbers: Numbers, quarter: Quarter, size: int) -> Iterator[Invented]:
    rw = None if rng.random() < _WITHOUT_RW else rng.randint(*quarter.rws)
    rt = None if rw is None or rng.random() < _WITHOUT_RT else rng.randint(1, _RT_NUMBERS)
    is_carded = size > 1 and rng.random() < _WITH_CARD
    issued_on = _CARDS_FROM + timedelta(days=rng.randrange(_CARD_DAYS))
    home = _Home(
        address=address_of(rng, quarter.kampung),
        phone=None if rng.random() < _WITHOUT_PHONE else numbers.phone(),
        kk=numbers.kk(quarter.kecamatan, issued_on) if is_carded else None,
        rw=rw,
        rt=rt,
    )
    for place in range(size):
        yield _member(rng, numbers, quarter, home, is_first=place == 0)


def _member(
    rng: Random, numbers: Numbers, quarter: Quarter, home: _Home, *, is_first: bool
) -> Invented:
    is_woman = rng.random() < _WOMEN
    born_on = _born_on(rng)
    has_nik = rng.random() >= _WITHOUT_NIK
    is_known = has_nik or rng.random() >= _WITHOUT_BIRTH
    prefix = rng.choice(_ELSEWHERE) if rng.random() < _BORN_ELSEWHERE else quarter.kecamatan
    return Invented(
        name=name_of(rng, is_woman=is_woman),
        sex=Sex.WOMAN if is_woman else Sex.MAN,
        born_on=born_on if is_known else None,
        birth_place=_birth_place(prefix) if is_known else "",
        phone=_phone(rng, numbers, home, is_first=is_first),
        address=home.address,
        education=_education(rng),
        has_disability=_disability(rng),
        nik=numbers.nik(prefix, born_on, is_woman=is_woman) if has_nik else None,
        kk=home.kk,
        rw=home.rw,
        rt=home.rt,
    )


def _born_on(rng: Random) -> date:
    return _BORN_FROM + timedelta(days=rng.randrange((_BORN_UNTIL - _BORN_FROM).days))


def _birth_place(prefix: str) -> str:
    places = {"3507": "Malang", "3516": "Mojokerto", "3573": "Malang", "3576": "Mojokerto"}
    return places.get(prefix[:4], "Surabaya" if prefix.startswith("3578") else "Bangkalan")


def _phone(rng: Random, numbers: Numbers, home: _Home, *, is_first: bool) -> Phone | None:
    if home.phone is None or is_first or rng.random() < _SHARES_PHONE:
        return home.phone
    return numbers.phone()


def _education(rng: Random) -> str:
    schools = [school for school, _weight in _SCHOOLS]
    return rng.choices(schools, [weight for _school, weight in _SCHOOLS])[0]


def _disability(rng: Random) -> bool | None:
    if rng.random() >= _DISABILITY_ASKED:
        return None
    return rng.random() < _WITH_DISABILITY
