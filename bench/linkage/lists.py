"""The lists that a register is gathered from, each with habits of its own."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bench.linkage.numbers import DATES, PHONES
from bench.linkage.people import FIRST_LIST

COLUMNS_APART = ("3", "003", "03", "RT 3")
PLACES_IN_TEXT = (
    "RT {rt:02} RW {rw:02}", "RT.{rt}/RW.{rw}", "RT {rt:03}/{rw:03}", "RT{rt} RW{rw}",
    "({rt}/{rw})", "rt{rt:02}rw{rw:02}", "RT/RW {rt:02}/{rw:02}", "Rt. {rt:02} Rw. {rw:02}",
    "RW {rw} RT {rt}", "{rt:03}/{rw:03}",
)  # fmt: skip
STREETS_IN_TEXT = (
    "Jl. {street} No. {number}", "JL {street} {number}", "Jln. {street} no {number}",
    "{street} {number}", "Jalan {street} No.{number}", "jl.{street}/{number}", "Jl {street}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """What a kind of list asks for, and how carefully it is kept."""

    title: str
    asks_nik: float
    asks_birth: float
    asks_phone: float
    care: float
    """Slips are multiplied by this."""
    is_citywide: bool = False
    asks_place: float = 1.0
    place_in_text: float = 0.5
    """How often RT and RW stand in the address instead of in columns."""
    asks_business: bool = True
    office_phone: float = 0.0


HABITS = {
    "siak": Habit("Data kependudukan", 1, 1, 0.4, 0.05, place_in_text=0, asks_business=False),
    "training": Habit("Pelatihan", 1, 0.9, 0.95, 1),
    "form": Habit("Formulir daring", 0.9, 0.95, 1, 0.9, is_citywide=True, asks_place=0.9),
    "rt": Habit("Daftar RT", 0, 0.5, 0.8, 1.3, place_in_text=0.3, asks_business=False),
    "market": Habit("Pedagang pasar", 0.7, 0.6, 0.8, 1.2),
    "hurried": Habit("Pendataan lapangan", 0.9, 0.85, 0.85, 2.0, office_phone=0.25),
    "city": Habit("Rekap kota", 0.85, 0.8, 0.8, 1, is_citywide=True, asks_place=0),
    "aid": Habit("Penerima bantuan", 1, 0.7, 0.7, 0.7, place_in_text=0.2),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One list: every row in it is written in one manner."""

    name: str
    habit: Habit
    day: date
    case: str
    dates: str
    phones: str
    place: str
    street: str
    column: str
    sexes: tuple[str, str]
    has_office_phone: bool
    office_phone: str
    asks_nik: bool
    asks_birth: bool


SEXES = (("L", "P"), ("Laki-laki", "Perempuan"), ("LK", "PR"), ("L", "P"), ("1", "2"), ("", ""))


class Shelf:
    """The lists met so far; a list is made when somebody first is written into it."""

    def __init__(self, seed: int) -> None:
        """Begin with none."""
        self.seed = seed
        self._known: dict[tuple[str, str, int], Source] = {}

    def pick(self, kind: str, where: str, number: int) -> Source:
        """Return the list of this kind and place that has this number."""
        key = (kind, where, number)
        if key not in self._known:
            self._known[key] = self._made(kind, where, number)
        return self._known[key]

    def _made(self, kind: str, where: str, number: int) -> Source:
        dice = random.Random(f"{self.seed}/{kind}/{where}/{number}")
        habit = HABITS[kind]
        day = FIRST_LIST + timedelta(days=number * 230 + dice.randrange(200))
        return Source(
            name=f"{habit.title} {where} {day.year}" + (f"-{number}" if number % 2 else ""),
            habit=habit,
            day=day,
            case="upper" if kind == "siak" else dice.choice(("upper", "title", "title", "lower")),
            dates=dice.choice(DATES),
            phones=dice.choice(PHONES),
            place=dice.choice(PLACES_IN_TEXT),
            street=dice.choice(STREETS_IN_TEXT),
            column=dice.choice(COLUMNS_APART),
            sexes=dice.choice(SEXES),
            has_office_phone=dice.random() < habit.office_phone,
            office_phone=f"0341{dice.randint(300000, 799999)}",
            asks_nik=dice.random() < habit.asks_nik,
            asks_birth=dice.random() < habit.asks_birth,
        )
