"""`python -m bench.linkage.register`: make a register in which the truth is known.

Nobody in it exists. The same words on the command line make the same files.
"""

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.linkage.lists import Shelf, Source
from bench.linkage.names import NameWriter, mistyped
from bench.linkage.numbers import DATES, PHONES, written_birth, written_nik, written_phone
from bench.linkage.people import Address, Person, Town
from bench.linkage.pools import Weighted
from bench.linkage.styles import STYLES, Style

COLUMNS = (
    "record_id", "nama", "nik", "jk", "tgl_lahir", "telepon", "alamat", "rt", "rw", "kelurahan",
    "kecamatan", "kota", "nama_usaha", "sumber", "tanggal",
)  # fmt: skip
TRUTH_COLUMNS = (
    "record_id", "person_id", "errors", "household_id", "role", "name_id", "enterprise_id",
)  # fmt: skip
MOST_RECORDS = 8
"""Nobody stands in more rows than this."""
LISTS_OF_A_KIND = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, and what is true of it."""

    person: Person
    cells: dict[str, str]
    slips: Sequence[str]


class Scribe:
    """Writes people into lists."""

    def __init__(self, style: Style, dice: random.Random, seed: int) -> None:
        """Write in one style."""
        self.style = style
        self.dice = dice
        self.names = NameWriter(style, dice)
        self.shelf = Shelf(seed)
        self.kinds = Weighted(style.lists)

    def write(self, person: Person) -> Row:
        """Return one more row about this person."""
        dice = self.dice
        kind, number = self.kinds.draw(dice), dice.randrange(LISTS_OF_A_KIND)
        place = person.household.address.kelurahan
        source = self.shelf.pick(kind, place.name, number)
        if source.habit.is_citywide:
            source = self.shelf.pick(kind, place.city, number)
        slips: list[str] = []
        cells = {
            "nama": self._name(person, source, slips),
            "nik": self._nik(person, source, slips),
            "jk": self._sex(person, source, slips),
            "tgl_lahir": self._birth(person, source, slips),
            "telepon": self._phone(person, source, slips),
            "nama_usaha": self._business(person, source, slips),
            "sumber": source.name,
            "tanggal": (source.day + timedelta(days=dice.randrange(20))).isoformat(),
            **self._place(self._address(person, source, slips), source, slips),
        }
        return Row(person, cells, slips)

    def _name(self, person: Person, source: Source, slips: list[str]) -> str:
        partners = [
            one.name[0]
            for one in person.household.people
            if {one.role, person.role} == {"head", "spouse"}
        ]
        told = self.names.write(
            person.name, person.sex, partners[0] if partners else "", source.habit.care, slips
        )
        return self._cased(told, source)

    def _cased(self, told: str, source: Source) -> str:
        case = source.case if self.dice.random() < 0.9 else "title"
        return told.upper() if case == "upper" else told.lower() if case == "lower" else told

    def _nik(self, person: Person, source: Source, slips: list[str]) -> str:
        if not source.asks_nik:
            slips.append("nik_blank")
            return ""
        told, slip = written_nik(person, self.style, source.habit.care, self.dice)
        return _noted(told, slip, slips)

    def _sex(self, person: Person, source: Source, slips: list[str]) -> str:
        is_man = person.sex == "m"
        if self.dice.random() < self.style.sex_wrong * source.habit.care:
            is_man = not is_man
            slips.append("sex_wrong")
        return source.sexes[0 if is_man else 1]

    def _birth(self, person: Person, source: Source, slips: list[str]) -> str:
        if not source.asks_birth:
            slips.append("birth_blank")
            return ""
        form = source.dates if self.dice.random() < 0.9 else self.dice.choice(DATES)
        told, slip = written_birth(person.born_on, self.style, source.habit.care, form, self.dice)
        return _noted(told, slip, slips)

    def _phone(self, person: Person, source: Source, slips: list[str]) -> str:
        if source.has_office_phone:
            return _noted(source.office_phone, "phone_office", slips)
        if self.dice.random() > source.habit.asks_phone:
            return _noted("", "phone_blank", slips)
        form = source.phones if self.dice.random() < 0.85 else self.dice.choice(PHONES)
        told, slip = written_phone(person, source.day, self.style, form, self.dice)
        return _noted(told, slip, slips)

    def _business(self, person: Person, source: Source, slips: list[str]) -> str:
        if not source.habit.asks_business or self.dice.random() < self.style.business_blank:
            return ""
        told = person.household.business
        roll = self.dice.random()
        if roll < 0.15:
            told = f"{self.dice.choice(('UD.', 'UD', 'CV', 'Toko', 'Usaha', 'UMKM'))} {told}"
        elif roll < 0.25:
            told = f"{told.split()[0]} {person.name[0]}"
        elif roll < 0.35 and len(told) > 4:
            told = mistyped(told, self.dice)
        elif roll < 0.42:
            told = " ".join(told.split()[:2])
        if roll < 0.42:
            slips.append("business_varied")
        return self._cased(told, source)

    def _address(self, person: Person, source: Source, slips: list[str]) -> Address:
        household = person.household
        if household.moved_on is None or household.old_address is None:
            return household.address
        if source.day >= household.moved_on:
            return household.address
        old = household.old_address
        is_far = old.kelurahan.city != household.address.kelurahan.city
        slips.append("place_moved_city" if is_far else "place_moved")
        return old

    def _place(self, address: Address, source: Source, slips: list[str]) -> dict[str, str]:
        dice, style = self.dice, self.style
        rt, rw = address.rt, address.rw
        if dice.random() < style.rt_wrong * source.habit.care:
            rt = max(1, rt + dice.choice((-1, 1, 2)))
            slips.append("rt_wrong")
        columns = {"rt": "", "rw": ""}
        in_text = ""
        if dice.random() < style.rt_blank or not source.habit.asks_place:
            slips.append("rt_blank")
        elif dice.random() < source.habit.place_in_text:
            in_text = source.place.format(rt=rt, rw=rw)
        else:
            columns = self._columns(source, rt, rw)
        street = self._street(address, source, slips)
        return {
            **columns,
            "alamat": self._cased(" ".join(part for part in (street, in_text) if part), source),
            **self._kelurahan(address, source, slips),
        }

    def _columns(self, source: Source, rt: int, rw: int) -> dict[str, str]:
        match source.column:
            case "003":
                return {"rt": f"{rt:03}", "rw": f"{rw:03}"}
            case "03":
                return {"rt": f"{rt:02}", "rw": f"{rw:02}"}
            case "RT 3":
                return {"rt": f"RT {rt:02}", "rw": f"RW {rw:02}"}
        return {"rt": str(rt), "rw": str(rw)}

    def _street(self, address: Address, source: Source, slips: list[str]) -> str:
        if self.dice.random() < self.style.street_blank:
            slips.append("street_blank")
            return ""
        street = address.street
        if self.dice.random() < 0.06 * source.habit.care:
            street = mistyped(street, self.dice)
        return source.street.format(street=street, number=address.number)

    def _kelurahan(self, address: Address, source: Source, slips: list[str]) -> dict[str, str]:
        dice, style, place = self.dice, self.style, address.kelurahan
        city = dice.choice((f"Kota {place.city}", place.city, place.city.upper()))
        if dice.random() > source.habit.asks_place or dice.random() < style.place_blank:
            slips.append("place_blank")
            return {"kelurahan": "", "kecamatan": "", "kota": city if dice.random() < 0.7 else ""}
        name = place.name
        if dice.random() < style.place_typo * source.habit.care:
            name = self._other_spelling(name)
            slips.append("place_typo")
        kecamatan = place.kecamatan if dice.random() < 0.8 else ""
        return {
            "kelurahan": self._cased(name, source),
            "kecamatan": self._cased(kecamatan, source),
            "kota": city if dice.random() < 0.7 else "",
        }

    def _other_spelling(self, name: str) -> str:
        dice = self.dice
        roll = dice.random()
        if roll < 0.3:
            return f"{dice.choice(('Kel.', 'Kelurahan', 'Ds.', 'Kel'))} {name}"
        if roll < 0.55:
            # Written apart where it is written together, and the other way round.
            if " " in name:
                return name.replace(" ", "")
            cut = dice.randint(3, max(3, len(name) - 3))
            return f"{name[:cut]} {name[cut:].capitalize()}".strip()
        return mistyped(name, dice)


def _noted(told: str, slip: str, slips: list[str]) -> str:
    if slip:
        slips.append(slip)
    return told


def how_often(people: Sequence[Person], records: int, dice: random.Random) -> list[Person]:
    """Return one entry for each row: everybody once, some up to eight times.

    Args:
        people: Who is listed.
        records: How many rows there will be.
        dice: Decides who is met often.
    """
    if not len(people) <= records <= MOST_RECORDS * len(people):
        raise SystemExit(f"{len(people)} people cannot stand in {records} rows.")
    # A few are met at every training, most once or twice.
    eagerness = [dice.gammavariate(0.9, 1) for _ in people]
    counts = [1] * len(people)
    missing = records - len(people)
    while missing:
        for place in dice.choices(range(len(people)), weights=eagerness, k=missing):
            if counts[place] < MOST_RECORDS:
                counts[place] += 1
                missing -= 1
    return [person for person, count in zip(people, counts, strict=True) for _ in range(count)]


def rows(style: Style, cities: tuple[str, ...], size: tuple[int, int], seed: int) -> Iterator[Row]:
    """Yield the rows of a register in no order.

    Args:
        style: How often what goes wrong.
        cities: Where people live.
        size: How many people, in how many rows.
        seed: Decides everything.
    """
    # Two towns made with one seed would otherwise be filled by the same throws.
    dice = random.Random(f"{seed}/{style}/{cities}")
    town = Town(style, cities, dice, size[0])
    entries = how_often(town.fill(size[0]), size[1], dice)
    dice.shuffle(entries)
    scribe = Scribe(style, dice, seed)
    for person in entries:
        yield scribe.write(person)


def write(told: Iterator[Row], out: Path, truth: Path) -> None:
    """Write the register and, apart from it, the truth."""
    with (
        out.open("w", encoding="utf-8", newline="") as register,
        truth.open("w", encoding="utf-8", newline="") as answers,
    ):
        lines = csv.DictWriter(register, COLUMNS, lineterminator="\n")
        true = csv.writer(answers, lineterminator="\n")
        lines.writeheader()
        true.writerow(TRUTH_COLUMNS)
        names: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(told, 1):
            record = f"r{number:07}"
            lines.writerow({"record_id": record, **row.cells})
            true.writerow((record, *_truth(row, names)))


def _truth(row: Row, names: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    person = row.person
    name = names.setdefault(person.name, len(names))
    enterprise = f"e{person.household.number}" if row.cells["nama_usaha"] else ""
    return (
        f"p{person.number}",
        "|".join(row.slips),
        f"h{person.household.number}",
        person.role,
        f"n{name}",
        enterprise,
    )


def main() -> None:
    """Make the register that the command line asks for."""
    asked = _arguments()
    cities = tuple(city.strip().lower() for city in asked.cities.split(","))
    size = (asked.people or asked.records // 2, asked.records)
    write(rows(STYLES[asked.style], cities, size, asked.seed), asked.out, asked.truth)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.register", description=__doc__)
    parser.add_argument("--people", type=int, default=0, help="half as many as rows unless told")
    parser.add_argument("--records", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", choices=STYLES, default="a")
    parser.add_argument(
        "--cities", default="malang", help="malang, mojokerto, wanasari, or several"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
