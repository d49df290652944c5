"""Who stands in which of the three lists, and what is true about each row."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from examples.handwriting import Line, Pen, dotted, lossy, slipped
from examples.people import KELURAHAN, SINGLE, Person, Town

FILE_2017 = "daftar-hadir-2017-perca-lukis-kain.xlsx"
FILE_2023 = "daftar-hadir-2023-kue-kering.xls"
FILE_2024 = "pendaftar-2024-kue-hias-dinoyo.csv"


@dataclass
class Story:
    """Who stands in which list; each method adds one kind of mess together with its truth."""

    town: Town
    pen: Pen
    lists: dict[str, list[Line]] = field(
        default_factory=lambda: {FILE_2017: [], FILE_2023: [], FILE_2024: []}
    )

    def add(self, file: str, line: Line) -> Line:
        """Put a row into a list."""
        self.lists[file].append(line)
        return line

    def plain(self, file: str, count: int, kecamatan: str | None = None, **told: object) -> None:
        """Add new people of whom a list tells the same."""
        for _ in range(count):
            self.add(file, self.pen.line(self.town.invent(kecamatan), **told))  # type: ignore[arg-type]

    def known_by_phone(self, old: str, kecamatan: str) -> Person:
        """A person known by phone, whose NIK comes later: an update."""
        person = self.town.invent(kecamatan)
        self.add(old, self.pen.line(person, phone=True))
        return person

    def known_by_nik(self, old: str, kecamatan: str) -> Person:
        """A person known by NIK whose longer name and phone come later: an update."""
        person = self.town.invent(kecamatan)
        self.add(old, self.pen.line(person, nik=True))
        return person

    def again(self, file: str, person: Person, note: str, **more: object) -> None:
        """Add a sure match that tells something new."""
        told: dict[str, object] = {"nik": person.nik, "phone": True, **more}
        line = self.pen.line(person, verdict="update", note=note, **told)  # type: ignore[arg-type]
        self.add(file, line)

    def same_row_again(self, file: str, kecamatan: str) -> None:
        """Add a person twice; the second row tells nothing new."""
        person = self.town.invent(kecamatan)
        first = self.add(file, self.pen.line(person, nik=True, phone=True))
        shown = {**first.shown, "name": person.name.upper(), "phone": person.phone}
        note = "listed twice"
        self.add(file, Line(person, shown, "unchanged", note=note))

    def shared_nik(self, file: str, owner: Person, kecamatan: str) -> None:
        """Add another person under the NIK of one who is known."""
        other = self.town.invent(kecamatan)
        line = self.pen.line(other, nik=owner.nik, phone=True, verdict="duplicate")
        line.reason = f"NIK of {owner.id}, other name"
        self.add(file, line)

    def slip_in_name(self, file: str, person: Person) -> None:
        """Add a known person with a slip in the name, so that only the phone is the same."""
        name = slipped(person.name)
        line = self.pen.line(person, phone=True, shown={"name": name}, verdict="duplicate")
        line.reason = f"phone of {person.id}, similar name"
        self.add(file, line)

    def namesake_nearby(self, file: str, person: Person) -> None:
        """Add a row with nothing but the name and the kelurahan of a known person."""
        line = self.pen.line(person, verdict="duplicate")
        line.reason = f"name and kelurahan of {person.id}, nothing else"
        self.add(file, line)

    def without_name(self, file: str, kecamatan: str) -> None:
        """Add a row that lacks the name."""
        person = self.town.invent(kecamatan)
        line = self.pen.line(person, phone=True, shown={"name": ""}, verdict="error")
        line.person, line.column, line.reason = None, "name", "the name is missing"
        self.add(file, line)

    def unknown_place(self, file: str, kecamatan: str, place: str) -> None:
        """Add a person of a kelurahan that Malang does not have."""
        person = self.town.invent(kecamatan)
        line = self.pen.line(person, phone=True, shown={"kelurahan": place}, verdict="error")
        line.column, line.reason = "kelurahan", "no kelurahan of Malang has this name"
        self.add(file, line)

    def bad_niks(self, file: str, kecamatan: str | None, forms: Iterable[str]) -> None:
        """Add new people whose NIK cannot be used; they are created without it."""
        makers: dict[str, Callable[[str], object]] = {
            "lossy": lossy,
            "power": lambda nik: f"{nik[0]},{nik[1:6]}E+15",
            "zero": lambda _: "0",
            "short": lambda nik: nik[:15],
            "long": lambda nik: nik + "0",
        }
        for form in forms:
            person = self.town.invent(kecamatan)
            note = f"NIK {form}: created without NIK, with a warning"
            told = self.pen.line(person, nik=makers[form](person.nik), phone=True, note=note)
            self.add(file, told)


def tell(story: Story) -> None:
    """Fill the three lists in the order in which they are loaded."""
    later, known = _tell_2017(story)
    _tell_2023(story, later, known)


def _tell_2017(story: Story) -> tuple[dict[str, list[Person]], list[Person]]:
    file, town = FILE_2017, story.town
    kecamatan = list(KELURAHAN)
    by_phone = [story.known_by_phone(file, kecamatan[i % 5]) for i in range(8)]
    by_nik = [story.known_by_nik(file, kecamatan[i % 5]) for i in range(4)]
    bare = [town.invent(name) for name in ("Klojen", "Lowokwaru")]
    for person in bare:
        story.add(file, story.pen.line(person))
    story.bad_niks(file, None, ["lossy", "lossy", "lossy", "power", "zero", "zero", "short"])
    story.plain(file, 6, phone=True)
    story.plain(file, 3, nik="0")
    for _ in range(3):
        person = town.invent()
        note = "NIK with dots"
        story.add(file, story.pen.line(person, nik=dotted(person.nik), phone=True, note=note))
    single = town.invent("Sukun", name=SINGLE[0], woman=True)
    story.add(file, story.pen.line(single, note="one name is a whole name"))
    story.same_row_again(file, "Blimbing")
    known = town.invent("Sukun")
    story.add(file, story.pen.line(known, phone=True))
    story.slip_in_name(file, known)
    nearby = town.invent("Lowokwaru")
    story.add(file, story.pen.line(nearby, phone=True))
    story.namesake_nearby(file, nearby)
    story.without_name(file, "Klojen")
    return {"phone": by_phone, "nik": by_nik}, bare


def _tell_2023(story: Story, later: dict[str, list[Person]], bare: list[Person]) -> None:
    thrice = [*later["phone"][:4], *later["nik"][:2]]
    for person in later["phone"]:
        story.again(FILE_2023, person, "known by phone since 2017; adds the NIK")
    for person in later["nik"]:
        longer = {"name": f"{person.name} Sari"}
        note = "known by NIK since 2017; adds the phone, one name more"
        story.again(FILE_2023, person, note, nik=dotted(person.nik), shown=longer)
    for person in bare:
        story.namesake_nearby(FILE_2023, person)
    kept: list[Person] = []
    for number, kecamatan in enumerate(KELURAHAN):
        kept += _tell_kecamatan(story, kecamatan, number)
    namesake = story.town.invent("Sukun", name=kept[0].name, woman=kept[0].woman)
    note = f"same name as {kept[0].id}, other kelurahan: another person"
    story.add(FILE_2023, story.pen.line(namesake, phone=True, note=note))
    _tell_2024(story, thrice, kept)


def _tell_kecamatan(story: Story, kecamatan: str, number: int) -> list[Person]:
    """Add the people of one kecamatan to the list of 2023; return those who come in 2024."""
    file, town = FILE_2023, story.town
    kept = [town.invent(kecamatan) for _ in range(3)]
    story.add(file, story.pen.line(kept[0], nik=True, phone=True))
    story.add(file, story.pen.line(kept[1], phone=True))
    story.add(file, story.pen.line(kept[2], nik=True))
    story.bad_niks(file, kecamatan, [["lossy", "zero"], ["lossy", "long"]][number % 2])
    story.plain(file, 6, kecamatan, phone=True)
    story.plain(file, 4, kecamatan)
    for _ in range(4):
        story.add(file, story.pen.line(town.invent(kecamatan), nik=True, phone=True))
    mother, child = town.invent(kecamatan), town.invent(kecamatan, name=f"{SINGLE[number + 1]}")
    story.add(file, story.pen.line(mother, phone=True))
    shared = story.pen.line(child, phone=mother.phone, note=f"phone of {mother.id}, a family")
    story.add(file, shared)
    if number in {0, 3}:
        story.same_row_again(file, kecamatan)
    _plant_trouble(story, kecamatan, number)
    return kept


def _plant_trouble(story: Story, kecamatan: str, number: int) -> None:
    file, town = FILE_2023, story.town
    known = town.invent(kecamatan)
    story.add(file, story.pen.line(known, nik=True, phone=True))
    if number == 0:
        story.shared_nik(file, known, kecamatan)
    elif number in {1, 2}:
        story.slip_in_name(file, known)
    else:
        story.namesake_nearby(file, known)
    if number in {1, 4}:
        story.unknown_place(file, kecamatan, {1: "Griya Asri", 4: "Kampung Baru"}[number])
    if number == 2:
        story.without_name(file, kecamatan)


def _tell_2024(story: Story, thrice: list[Person], kept: list[Person]) -> None:
    file, town = FILE_2024, story.town
    for person in thrice:
        story.again(file, person, "the third list with this person; adds birth and education")
    for place, person in enumerate(kept[:12]):
        # Each is known by what the list of 2023 told: both, the phone, or the NIK.
        told: dict[str, object] = [{}, {"nik": ""}, {"phone": ""}][place % 3]
        story.again(file, person, "known since 2023; adds birth and education", **told)
    for _ in range(14):
        story.add(file, story.pen.line(town.invent("Lowokwaru"), nik=True, phone=True))
    story.plain(file, 4, phone=True)
    story.bad_niks(file, "Lowokwaru", ["power", "zero", "short"])
    story.same_row_again(file, "Lowokwaru")
    story.shared_nik(file, kept[12], "Lowokwaru")
    story.slip_in_name(file, kept[13])
    story.namesake_nearby(file, kept[14])
    story.without_name(file, "Lowokwaru")
    unborn = town.invent("Lowokwaru")
    line = story.pen.line(unborn, phone=True, shown={"birth": "Malang, 31/02/1990"})
    line.verdict, line.column, line.reason = "error", "birth", "there is no such day"
    story.add(file, line)


# Order and neighbours


def shuffled(lines: list[Line], dice: random.Random) -> list[Line]:
    """Return the rows mixed, but each after the row of the same list that it refers to."""
    mixed = [line for line in lines if line.verdict in {"create", "error", "update"}]
    dice.shuffle(mixed)
    for line in lines:
        if line not in mixed:
            subject = _refers_to(line, mixed)
            start = mixed.index(subject) + 1 if subject else 0
            mixed.insert(dice.randrange(start, len(mixed) + 1), line)
    return mixed


def _refers_to(line: Line, lines: list[Line]) -> Line | None:
    """Return the row of this list that a repeated row repeats, or whose NIK it bears."""
    owner = re.search(r"T\d{3}", line.reason)
    wanted = owner[0] if owner else line.person.id if line.person else ""
    found = (one for one in lines if one.person and one.person.id == wanted and one is not line)
    return next(found, None)


def mark_movable(lists: Iterable[list[Line]]) -> None:
    """Let only those move next door whom no other row refers to, since that changes the place."""
    every = [line for lines in lists for line in lines]
    told = [line.person.id for line in every if line.person]
    told += [name for line in every for name in re.findall(r"T\d{3}", line.reason)]
    for line in every:
        name = line.person.id if line.person else ""
        line.movable = line.verdict == "create" and told.count(name) == 1


def write_dittos(lines: list[Line], marks: Iterable[str], fields: tuple[str, ...]) -> None:
    """Make some new people neighbours of the row above, written with a mark of repetition."""
    marks = iter(marks)
    for above, line in pairwise(lines):
        free = line.movable and not (above.note or line.note or "ditto" in above.shown)
        if free and above.verdict == "create" and above.kecamatan == line.kecamatan:
            mark = next(marks, "")
            if not mark:
                return
            for name in fields:
                line.shown[name] = mark
            line.shown["ditto"] = True
            line.note = f"address as the row above ({mark})"
