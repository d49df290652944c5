"""Invented people in their households: who they really are, before anybody writes them down."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.linkage.pools import (
    BRANDS,
    BUSINESSES,
    NAMES,
    PLACES,
    STEM_PREFIXES,
    STEMS,
    STREETS,
    Kelurahan,
    Weighted,
)
from bench.linkage.styles import Style

TODAY = date(2026, 6, 1)
FIRST_LIST = date(2021, 1, 1)
DAYS_OF_LISTS = (TODAY - FIRST_LIST).days


@dataclass(slots=True)
class Address:
    """Where a household lives."""

    kelurahan: Kelurahan
    rw: int
    rt: int
    street: str
    number: int


@dataclass(slots=True)
class Household:
    """People on one family card."""

    number: int
    card: str
    address: Address
    phone: str
    business: str
    business_number: int
    moved_on: date | None = None
    old_address: Address | None = None
    people: list["Person"] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """One person as the civil register would know them."""

    number: int
    household: Household
    role: str
    sex: str
    born_on: date
    name: tuple[str, ...]
    nik: str
    phone: str
    old_phone: str
    phone_changed_on: date
    is_listed: bool = True


class Town:
    """Makes people until enough of them are listed."""

    def __init__(self, style: Style, cities: Sequence[str], dice: random.Random, size: int) -> None:
        """Prepare a town.

        Args:
            style: How often what is met.
            cities: Names of cities in `words/places.csv`.
            dice: Decides everything.
            size: How many people will be listed.
        """
        self.style = style
        self.dice = dice
        self.places = [one for city in cities for one in PLACES[city]]
        self.elsewhere = [
            one for city, there in PLACES.items() if city not in cities for one in there
        ]
        self.prefixes = sorted({one.code for one in self.places})
        self.cultures = Weighted(style.cultures)
        # About twenty listed people in one RT, as in a city-wide programme, but never below one RW.
        per_kelurahan = size / len(self.places)
        self.rw_count = max(2, min(14, round(per_kelurahan / 120)))
        self.rt_count = max(2, min(9, round(per_kelurahan / self.rw_count / 20)))
        self.people: list[Person] = []
        self._serials: Counter[str] = Counter()
        self._phones: set[str] = set()
        self._neighbours: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._count = 0

    def fill(self, size: int) -> list[Person]:
        """Return exactly so many listed people."""
        number = 0
        while len(self.people) < size:
            self._add_household(number)
            number += 1
        return self.people[:size]

    def _add_household(self, number: int) -> None:
        dice, style = self.dice, self.style
        address = self._address(dice.choice(self.places))
        household = Household(
            number=number,
            card=self._card(address),
            address=address,
            phone=self._phone() if dice.random() < style.family_phone else "",
            business=self._business(),
            business_number=number,
        )
        if dice.random() < style.moves:
            self._move(household)
        culture = self.cultures.draw(dice)
        head = self._add_head(household, culture)
        spouse = self._add_spouse(household, head, culture) if dice.random() < 0.78 else None
        self._add_children(household, spouse or head, head, culture)
        if dice.random() < 0.12:
            born_on = head.born_on - timedelta(days=dice.randint(19 * 365, 32 * 365))
            self._add(household, "parent", dice.choice("fffm"), born_on, culture, 0.3)

    def _add_head(self, household: Household, culture: str) -> Person:
        sex = "m" if self.dice.random() < 0.8 else "f"
        age_days = self.dice.gauss(46, 12)
        born_on = TODAY - timedelta(days=int(365.25 * min(80, max(21, age_days))))
        return self._add(household, "head", sex, born_on, culture, 0.62)

    def _add_spouse(self, household: Household, head: Person, culture: str) -> Person:
        born_on = head.born_on + timedelta(days=int(self.dice.gauss(900, 1200)))
        sex = "f" if head.sex == "m" else "m"
        culture = culture if self.dice.random() < 0.8 else self.cultures.draw(self.dice)
        born_on = min(born_on, TODAY - timedelta(days=19 * 366))
        return self._add(household, "spouse", sex, born_on, culture, 0.72)

    def _add_children(
        self, household: Household, parent: Person, head: Person, culture: str
    ) -> None:
        dice = self.dice
        family_word = head.name[-1] if dice.random() < 0.25 and len(head.name) > 1 else ""
        for place in range(dice.choice((0, 1, 1, 2, 2, 3))):
            born_on = parent.born_on + timedelta(days=dice.randint(20, 30) * 365 + place * 900)
            if (TODAY - born_on).days < 18 * 366:
                continue
            child = self._add(household, "child", dice.choice("mf"), born_on, culture, 0.4)
            if family_word and len(child.name) > 1:
                child.name = (*child.name[:-1], family_word)
            if dice.random() < self.style.twins:
                self._add_twin(household, child, culture)

    def _add_twin(self, household: Household, one: Person, culture: str) -> None:
        dice = self.dice
        sex = one.sex if dice.random() < 0.7 else dice.choice("mf")
        one.role = "twin"
        self._list(one)
        twin = self._add(household, "twin", sex, one.born_on, culture, 1)
        if len(one.name) > 1 and dice.random() < 0.7:
            twin.name = (twin.name[0], *one.name[1:])
        elif dice.random() < 0.5:
            # As in Hasan and Hasin: one letter apart.
            twin.name = (_other_vowel(one.name[0], dice), *one.name[1:])

    def _add(
        self,
        household: Household,
        role: str,
        sex: str,
        born_on: date,
        culture: str,
        listed: float,
    ) -> Person:
        dice, style = self.dice, self.style
        phone = self._phone()
        changes = dice.random() < style.changes_phone
        self._count += 1
        person = Person(
            number=self._count,
            household=household,
            role=role,
            sex=sex,
            born_on=born_on,
            name=self._name(household, sex, born_on, culture),
            nik=self._nik(household, sex, born_on),
            phone=phone,
            old_phone=self._phone() if changes else phone,
            phone_changed_on=FIRST_LIST + timedelta(days=dice.randrange(DAYS_OF_LISTS)),
            is_listed=False,
        )
        household.people.append(person)
        self._neighbours[self._around(household, sex)].append(person)
        if dice.random() < listed:
            self._list(person)
        return person

    def _list(self, person: Person) -> None:
        if not person.is_listed:
            person.is_listed = True
            self.people.append(person)

    def _name(self, household: Household, sex: str, born_on: date, culture: str) -> tuple[str, ...]:
        dice = self.dice
        if dice.random() < self.style.namesakes:
            around = self._neighbours[self._around(household, sex)]
            # At home nobody is called as somebody else is.
            if around and (found := dice.choice(around)).household is not household:
                return found.name
        return self._fresh_name(sex, born_on, culture)

    def _fresh_name(self, sex: str, born_on: date, culture: str) -> tuple[str, ...]:
        dice, style = self.dice, self.style
        pools = NAMES[culture, sex]
        is_old = born_on.year < 1970
        if dice.random() < (style.old_single if is_old else style.young_single):
            return (self._single(sex, culture),)
        mixed = culture in ("javanese", "arabic") and dice.random() < 0.3
        other = NAMES[dice.choice(("javanese", "arabic")), sex] if mixed else pools
        first = pools.first.draw(dice) if dice.random() < 0.85 else self._single(sex, culture)
        words = [first, other.last.draw(dice)]
        if dice.random() < (0.08 if is_old else 0.4):
            words.insert(
                1, other.first.draw(dice) if dice.random() < 0.5 else pools.last.draw(dice)
            )
        if dice.random() < 0.04:
            words.append(pools.last.draw(dice))
        return tuple(dict.fromkeys(words))

    def _single(self, sex: str, culture: str) -> str:
        dice = self.dice
        if culture in ("javanese", "madurese") and dice.random() < 0.55:
            return f"{dice.choice(STEM_PREFIXES)}{dice.choice(STEMS[sex])}"
        return NAMES[culture, sex].single.draw(dice)

    def _nik(self, household: Household, sex: str, born_on: date) -> str:
        dice = self.dice
        if dice.random() < self.style.born_here:
            prefix = household.address.kelurahan.code
        elif dice.random() < 0.3:
            prefix = dice.choice(self.prefixes)
        else:
            prefix = f"35{dice.randint(1, 29):02}{dice.randint(1, 30):02}"
        day = born_on.day + (40 if sex == "f" else 0)
        front = f"{prefix}{day:02}{born_on:%m%y}"
        self._serials[front] += 1 if dice.random() < 0.7 else dice.randint(1, 6)
        return f"{front}{self._serials[front]:04}"

    def _card(self, address: Address) -> str:
        dice = self.dice
        issued = date(2008, 1, 1) + timedelta(days=dice.randrange(18 * 365))
        front = f"{address.kelurahan.code}{issued:%d%m%y}"
        self._serials[front] += dice.randint(1, 9)
        return f"{front}{self._serials[front]:04}"

    def _phone(self) -> str:
        dice = self.dice
        while True:
            carrier = dice.choice(("812", "813", "821", "822", "852", "857", "838", "895", "877"))
            found = "0" + carrier + str(dice.randrange(10**6, 10 ** dice.choice((7, 8, 8, 8))))
            if found not in self._phones:
                self._phones.add(found)
                return found

    def _address(self, kelurahan: Kelurahan) -> Address:
        dice = self.dice
        rw = dice.randint(1, self.rw_count)
        # Three streets for each RW, the same for everybody who lives there.
        fixed = random.Random(f"{kelurahan.name}/{rw}/{dice.randrange(3)}")
        street = STREETS.draw(fixed)
        if fixed.random() < 0.35:
            street += f" Gang {dice.choice(('I', 'II', 'III', '1', '2', '3', '4', '5'))}"
        return Address(kelurahan, rw, dice.randint(1, self.rt_count), street, dice.randint(1, 120))

    def _move(self, household: Household) -> None:
        dice = self.dice
        away = self.elsewhere and dice.random() < self.style.moves_away
        household.old_address = self._address(dice.choice(self.elsewhere if away else self.places))
        household.moved_on = FIRST_LIST + timedelta(days=dice.randrange(DAYS_OF_LISTS))

    def _business(self) -> str:
        dice = self.dice
        what = BUSINESSES.draw(dice)
        return f"{what} {BRANDS.draw(dice)}" if dice.random() < 0.6 else what

    @staticmethod
    def _around(household: Household, sex: str) -> tuple[str, str]:
        address = household.address
        return f"{address.kelurahan.name}/{address.rw}", sex


def _other_vowel(word: str, dice: random.Random) -> str:
    places = [place for place, letter in enumerate(word) if letter in "aiueo"]
    if not places:
        return word
    place = dice.choice(places)
    others = "aiueo".replace(word[place], "")
    return word[:place] + dice.choice(others) + word[place + 1 :]
