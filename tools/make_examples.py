"""Writes the three messy workbooks of `examples/`, and beside each the truth about its rows.

Run `python tools/make_examples.py [FOLDER]`. The seed is fixed, so that the same files come out.
The truth is what this program knows because it planted it; no code of the product is asked.
All people are invented; see `examples/README.md`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side

SEED = 20241007
FOLDER = Path(__file__).resolve().parent.parent / "examples"
FILE_2017 = "daftar-hadir-2017-perca-lukis-kain.xlsx"
FILE_2023 = "daftar-hadir-2023-kue-kering.xls"
FILE_2024 = "pendaftar-2024-kue-hias-dinoyo.csv"


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text; an underscore stands for a space inside a word."""
    return tuple(word.replace("_", " ") for word in text.split())


# Kepmendagri 300.2.2-2430/2025: kecamatan of 35.73 and their kelurahan.
KELURAHAN = {
    "Blimbing": _words(
        "Balearjosari Arjosari Polowijen Purwodadi Blimbing Pandanwangi Purwantoro Bunulrejo "
        "Kesatrian Polehan Jodipan"
    ),
    "Klojen": _words(
        "Klojen Rampalcelaket Samaan Kiduldalem Sukoharjo Kasin Kauman Oro-oro_Dowo Bareng "
        "Gading_Kasri Penanggungan"
    ),
    "Kedungkandang": _words(
        "Kotalama Mergosono Bumiayu Wonokoyo Buring Kedungkandang Lesanpuro Sawojajar Madyopuro "
        "Cemorokandang Arjowinangun Tlogowaru"
    ),
    "Sukun": _words(
        "Ciptomulyo Gadang Kebonsari Bandungrejosari Sukun Tanjungrejo Pisangcandi Bandulan "
        "Karangbesuki Mulyorejo Bakalankrajan"
    ),
    "Lowokwaru": _words(
        "Tunggulwulung Merjosari Tlogomas Dinoyo Sumbersari Ketawanggede Jatimulyo Tunjungsekar "
        "Mojolangu Tulusrejo Lowokwaru Tasik_Madu"
    ),
}
# How people write some of them: other spacing, and slips of one letter.
SPELLINGS = {
    "Tasik Madu": "Tasikmadu", "Kotalama": "Kota Lama", "Oro-oro Dowo": "Oro Oro Dowo",
    "Rampalcelaket": "Rampal Celaket", "Pisangcandi": "Pisang Candi", "Sawojajar": "Sawojajr",
    "Karangbesuki": "Karang Besuki", "Merjosari": "Merjosri", "Purwantoro": "Purwontoro",
    "Bandungrejosari": "Bandung Rejosari", "Gading Kasri": "Gadingkasri",
    "Penanggungan": "Penangungan", "Cemorokandang": "Cemoro Kandang",
}  # fmt: skip
WOMEN = _words(
    "Sri Siti Endang Sulastri Wiwik Lilik Nur Yuni Dewi Ratna Indah Ani Titik Sumiati Kusmiati "
    "Rukmini Aminah Maimunah Suprihatin Tutik Ida Rina Yayuk Mujiati Erna Lestari Hartini Umi"
)
MEN = _words("Slamet Bambang Agus Supriyadi Hadi Joko Mulyono Teguh")
LAST = _words(
    "Wahyuni Rahayu Handayani Susilowati Puspitasari Kusumawati Astutik Setyowati Ningsih "
    "Purwanti Wulandari Fitriani Anggraini Utami Rohmah Fadilah Khasanah Widayati Hidayati "
    "Mardiana Kartikasari Pertiwi Safitri Yuliana Indrawati Marlina Oktavia Damayanti Suryani"
)
LAST_OF_MEN = _words("Santoso Prasetyo Widodo Kurniawan Hariyanto Setiawan Nugroho Wicaksono")
SINGLE = _words("Ngatini Paniyem Suwarti Ponirah Tukinem Wasiyah")
STREETS = _words(
    "Mawar Melati Kenanga Cempaka Flamboyan Anggrek Dahlia Teratai Bougenville Seruni Kamboja "
    "Wijayakusuma"
)
PRODUCTS = (
    ("Dapur Contoh", "kue kering"), ("Roti Misal", "roti manis"), ("Tempe Umpama", "keripik tempe"),
    ("Café Rekaan", "kopi dan kue"), ("Ma’ Nyus Karangan", "nastar – kastengel"), ("", "kue basah"),
)  # fmt: skip
SCHOOLS = ("SD", "SMP", "SMA", "SMK", "D3", "S1")


@dataclass(eq=False)
class Person:
    """An invented person; `number` is the id of the truth."""

    number: int
    name: str
    woman: bool
    born: dt.date
    kecamatan: str
    kelurahan: str
    street: str
    rt: int
    rw: int

    @property
    def id(self) -> str:
        """The id in the truth files."""
        return f"T{self.number:03d}"

    @property
    def nik(self) -> str:
        """A NIK of true structure whose serial 9001… no kecamatan reaches in a day."""
        day = self.born.day + (40 if self.woman else 0)
        place = f"3573{list(KELURAHAN).index(self.kecamatan) + 1:02d}"
        return f"{place}{day:02d}{self.born:%m%y}{9000 + self.number}"

    @property
    def phone(self) -> str:
        """A number of true form out of the row 0812-0000-…."""
        return f"08120000{self.number:04d}"


@dataclass(eq=False)
class Line:
    """One row of data: what it shows, and the truth about it."""

    person: Person | None
    shown: dict[str, object]
    verdict: str = "create"
    column: str = ""
    reason: str = ""
    note: str = ""
    sheet: str = ""
    row: int = 0
    movable: bool = False


@dataclass
class Town:
    """Invents people; no two have the same name unless asked for."""

    dice: random.Random
    people: list[Person] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def invent(self, kecamatan: str | None = None, **fixed: object) -> Person:
        """Return a new person of a kecamatan, or of any."""
        where = kecamatan or self.dice.choice(list(KELURAHAN))
        woman = bool(fixed.get("woman", self.dice.random() < 0.88))
        person = Person(
            number=len(self.people) + 1,
            name=str(fixed.get("name") or self.name(woman=woman)),
            woman=woman,
            born=dt.date(1955, 1, 1) + dt.timedelta(days=self.dice.randrange(16_000)),
            kecamatan=where,
            kelurahan=self.dice.choice(KELURAHAN[where]),
            street=f"Jl. {self.dice.choice(STREETS)} {self.dice.randrange(1, 90)}",
            rt=self.dice.randrange(1, 13),
            rw=self.dice.randrange(1, 11),
        )
        if "kelurahan" in fixed:
            person.kelurahan = str(fixed["kelurahan"])
        self.people.append(person)
        return person

    def name(self, *, woman: bool) -> str:
        """Return a name that nobody has yet."""
        while True:
            first, last = (WOMEN, LAST) if woman else (MEN, LAST_OF_MEN)
            name = f"{self.dice.choice(first)} {self.dice.choice(last)}"
            if name not in self.names:
                self.names.add(name)
                return name


# How people write things


def lossy(nik: str) -> float:
    """Return what a spreadsheet makes of a NIK typed as a number: 15 digits and a zero."""
    return float(int(nik) // 10 * 10)


def dotted(nik: str) -> str:
    """Return the NIK with dots, as on some forms."""
    return f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}"


def phone_forms(phone: str) -> list[object]:
    """Return the forms in which one number is written."""
    bare = phone[1:]
    return [
        phone,
        f"{phone[:4]}-{phone[4:8]}-{phone[8:]}",
        f"+62 {bare[:3]} {bare[3:7]} {bare[7:]}",
        f"62{bare}",
        float(bare),
        f"{phone[:4]} {phone[4:8]} {phone[8:]}",
    ]


def pair_forms(rt: int, rw: int) -> list[str]:
    """Return the forms in which RT and RW stand in one cell."""
    return [
        f"{rt:02d}/{rw:02d}",
        f"RT {rt:02d} RW {rw:02d}",
        f"RT.{rt:02d}/RW.{rw:02d}",
        f"{rt:03d}/{rw:03d}",
        f"rt {rt} / rw {rw}",
    ]


@dataclass
class Pen:
    """Writes the facts about a person the way clerks do."""

    dice: random.Random

    def name(self, person: Person) -> str:
        """Return the name with a title, in capitals, or with a space too many."""
        front = ["Bu", "Ibu", "Hj.", "Ny."] if person.woman else ["H.", "Bpk.", "Pak"]
        forms = [person.name] * 6 + [person.name.upper(), person.name.replace(" ", "  ")]
        forms += [f"{self.dice.choice(front)} {person.name}", f"{person.name}, S.Pd."]
        return self.dice.choice(forms)

    def phone(self, person: Person) -> object:
        """Return the number in one of its forms."""
        return self.dice.choice(phone_forms(person.phone))

    def kelurahan(self, person: Person) -> str:
        """Return the kelurahan, now and then misspelled."""
        plain = person.kelurahan
        forms = [plain] * 4 + [plain.upper(), f"Kel. {plain}", SPELLINGS.get(plain, plain)]
        return self.dice.choice(forms)

    def place(self, person: Person) -> dict[str, object]:
        """Return the cells of an address."""
        return {
            "address": person.street,
            "pair": self.dice.choice(pair_forms(person.rt, person.rw)),
            "rt": person.rt,
            "rw": person.rw,
            "kelurahan": self.kelurahan(person),
        }

    def line(self, person: Person, *, nik: object = "", phone: object = "", **more: object) -> Line:
        """Return a row about a person; `True` for `nik` or `phone` shows the right one."""
        shown: dict[str, object] = {
            "name": self.name(person),
            "sex": "P" if person.woman else "L",
            **self.place(person),
            "nik": person.nik if nik is True else nik,
            "phone": self.phone(person) if phone is True else phone,
        }
        shown.update(more.pop("shown", {}))  # type: ignore[call-overload]
        return Line(person, shown, **more)  # type: ignore[arg-type]


def slipped(name: str) -> str:
    """Return a name with one letter wrong in its last word."""
    at = name.rindex("i") if "i" in name.rsplit(maxsplit=1)[-1] else len(name) - 2
    return f"{name[:at]}e{name[at + 1 :]}"


# The story of the three lists


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
        if free and above.verdict == "create" and _kecamatan_of(above) == _kecamatan_of(line):
            mark = next(marks, "")
            if not mark:
                return
            for name in fields:
                line.shown[name] = mark
            line.shown["ditto"] = True
            line.note = f"address as the row above ({mark})"


# The list of 2017: XLSX

THIN = Border(*[Side(style="thin")] * 4)
MARKS = ("v", "√", "hadir", "v", "v", "√")


def write_2017(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write the attendance list of three days, with a page break in the middle."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Daftar Hadir"
    titles = (
        "DAFTAR HADIR PESERTA",
        "PELATIHAN KERAJINAN PERCA DAN LUKIS KAIN",
        "Hari/Tanggal : Selasa s.d. Kamis, 8 s.d. 10 Agustus 2017",
        "Tempat : Hotel Contoh, Kota Malang",
    )
    for number, title in enumerate(titles, start=1):
        sheet.cell(number, 1, title).font = Font(bold=True)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=11)
    row = _head_2017(sheet, 6)
    for place, line in enumerate(lines, start=1):
        if place == 22:
            row = _head_2017(sheet, row + 1)
        if place in {9, 31}:
            row += 1
        _row_2017(sheet, row, place, line, dice)
        line.sheet, line.row = sheet.title, row
        row += 1
    _foot_2017(sheet, row, len(lines))
    _merge_families(sheet, lines)
    book.save(path)
    _without_clock(path)


def _head_2017(sheet: openpyxl.worksheet.worksheet.Worksheet, row: int) -> int:
    """Write the header over two rows; return the row below it."""
    names = ("NO", "NAMA PESERTA", "NIK", "L/P", "ALAMAT", "RT/RW", "KELURAHAN", "NO. HP")
    for column, name in enumerate(names, start=1):
        sheet.cell(row, column, name)
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
    sheet.cell(row, 9, "TANDA TANGAN")
    sheet.merge_cells(start_row=row, start_column=9, end_row=row, end_column=11)
    for column, day in enumerate(("8 Agt", "9 Agt", "10 Agt"), start=9):
        sheet.cell(row + 1, column, day)
    for cell in (*sheet[row], *sheet[row + 1]):
        cell.font, cell.border = Font(bold=True), THIN
        cell.alignment = Alignment(horizontal="center", vertical="center")
    return row + 2


def _row_2017(
    sheet: openpyxl.worksheet.worksheet.Worksheet,
    row: int,
    place: int,
    line: Line,
    dice: random.Random,
) -> None:
    shown = line.shown
    marks = [dice.choice((*MARKS, *MARKS, "-", "", "izin")) for _ in range(3)]
    if line.verdict == "unchanged":
        marks = ["", "", ""]
    elif not any(mark in MARKS for mark in marks):
        marks[0] = "v"
    keys = ("name", "nik", "sex", "address", "pair", "kelurahan", "phone")
    values = (place, *(shown[key] for key in keys), *marks)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, None if value == "" else value)
        cell.border = THIN
        if isinstance(value, float):
            cell.number_format = "0"


def _foot_2017(sheet: openpyxl.worksheet.worksheet.Worksheet, row: int, count: int) -> None:
    """Write empty numbered lines, a total and the signatures."""
    for place in (1, 2):
        sheet.cell(row, 1, count + place)
        row += 1
    sheet.cell(row, 1, "JUMLAH")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
    sheet.cell(row, 8, count)
    sheet.cell(row + 2, 8, "Malang, 10 Agustus 2017")
    sheet.cell(row + 3, 2, "Mengetahui,")
    sheet.cell(row + 3, 8, "Ketua Panitia")
    sheet.cell(row + 7, 2, "(...........................)")
    sheet.cell(row + 7, 8, "(...........................)")


def _merge_families(sheet: openpyxl.worksheet.worksheet.Worksheet, lines: list[Line]) -> None:
    """Merge the address, RT/RW and kelurahan of two families, one person below the other."""
    left = 2
    for above, line in pairwise(lines):
        free = line.movable and not (above.note or line.note) and line.row == above.row + 1
        if left and free and above.verdict == "create":
            for column in (5, 6, 7):
                sheet.merge_cells(
                    start_row=above.row, start_column=column, end_row=line.row, end_column=column
                )
            line.note = "address merged with the row above"
            left -= 1


def _without_clock(path: Path) -> None:
    """Write the archive again with fixed times, so that the same bytes come out."""
    parts = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(parts) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2017-08-10T00:00:00Z", content)
            fixed = zipfile.ZipInfo(member.filename, (2017, 8, 10, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)


# The list of 2023: old XLS, five lists on three sheets

SHEETS_2023 = (
    ("Blimbing-Klojen", ("Blimbing", "Klojen")),
    ("Kedungkandang", ("Kedungkandang",)),
    ("Sukun-Lowokwaru", ("Sukun", "Lowokwaru")),
)
HEAD_2023 = ("No", "Nama", "NIK", "Alamat", "RT", "RW", "Kelurahan", "No. Telp/WA", "TTD", "Ket")


def write_2023(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write one list for each kecamatan, two of them below one another on a sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    bold = xlwt.easyxf("font: bold on; align: horiz center")
    for name, kecamatan in SHEETS_2023:
        sheet = book.add_sheet(name)
        row = _titles_2023(sheet, bold)
        for one in kecamatan:
            own = [line for line in lines if _kecamatan_of(line) == one]
            row = _list_2023(sheet, row, one, own, bold, dice)
        sheet.write(row, 7, "Malang, ...... 2023")
        sheet.write(row + 1, 1, "Mengetahui,")
        sheet.write(row + 1, 7, "Panitia")
    book.add_sheet("Sheet3")
    book.save(str(path))


def _kecamatan_of(line: Line) -> str:
    return str(line.shown["kecamatan"])


def _titles_2023(sheet: xlwt.Worksheet, bold: xlwt.XFStyle) -> int:
    titles = (
        "DAFTAR HADIR",
        "PELATIHAN PEMBUATAN KUE KERING BAGI MASYARAKAT KOTA MALANG",
        "Senin, 06/01/2023",
        "Tempat: Hotel Misal, Kota Malang",
    )
    for row, title in enumerate(titles):
        sheet.write_merge(row, row, 0, len(HEAD_2023) - 1, title, bold)
    return len(titles) + 1


def _list_2023(
    sheet: xlwt.Worksheet,
    row: int,
    kecamatan: str,
    lines: list[Line],
    bold: xlwt.XFStyle,
    dice: random.Random,
) -> int:
    """Write the list of one kecamatan; return the row below it."""
    sheet.write_merge(row, row, 0, 3, f"KECAMATAN {kecamatan.upper()}", bold)
    row += 1
    for column, name in enumerate(HEAD_2023):
        sheet.write(row, column, name, bold)
        sheet.write(row + 1, column, f"({column + 1})")
    row += 2
    for place, line in enumerate(lines, start=1):
        if place == 15:
            row += 1
        keys = ("name", "nik", "address", "rt", "rw", "kelurahan", "phone")
        mark = "" if line.verdict == "unchanged" else dice.choice(("v", "v", "v", "V", "hadir"))
        for column, value in enumerate((place, *(line.shown[key] for key in keys), mark)):
            if value != "":
                sheet.write(row, column, value)
        line.sheet, line.row = sheet.name, row + 1
        row += 1
    sheet.write_merge(row, row, 0, 1, "Jumlah")
    sheet.write(row, 2, len(lines))
    return row + 3


# The list of 2024: CSV of Windows


def write_2024(lines: list[Line], path: Path, dice: random.Random) -> None:
    """Write the list of people who signed up, in cp1252 with semicolons."""
    rows: list[list[object]] = [
        ["PENDAFTAR PELATIHAN KUE HIAS DAN PEMASARAN"],
        ["Hari/Tanggal", ": Senin, 7 Oktober 2024"],
        ["Tempat", ": Balai RW 03 – Kelurahan Dinoyo"],
        ["Penyelenggara", ": Tim Relawan Calon Wali Kota (contoh)"],
        [],
        ["No.", "Nama Lengkap", "NIK", "Tempat, Tanggal Lahir", "Jenis Kelamin", "ALAMAT", "", "",
         "", "No. HP/WA", "USAHA", "", "Pendidikan", "Keterangan"],
        ["", "", "", "", "", "Jalan", "RT/RW", "Kelurahan", "Kecamatan", "", "Nama Usaha",
         "Produk", "", ""],
    ]  # fmt: skip
    for place, line in enumerate(lines, start=1):
        if place == 20:
            rows.append([])
        line.sheet, line.row = path.stem, len(rows) + 1
        rows.append(_row_2024(place, line, dice))
    rows += [["", "Jumlah pendaftar", len(lines)], [], ["", "Dinoyo, 7 Oktober 2024"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("cp1252"))


def _row_2024(place: int, line: Line, dice: random.Random) -> list[object]:
    shown, person = line.shown, line.person
    told = line.verdict not in {"duplicate", "unchanged"} and person is not None
    birth = shown.get("birth", _birth(person, dice) if told and person else "")
    school = dice.choice(SCHOOLS) if told else ""
    trade = dice.choice(PRODUCTS) if told and line.verdict == "create" else ("", "")
    phone = shown["phone"]
    keys = ("address", "pair", "kelurahan", "kecamatan")
    return [
        place,
        shown["name"],
        shown["nik"],
        birth,
        {"P": "Perempuan", "L": "Laki-laki"}[str(shown["sex"])],
        *(shown[key] for key in keys),
        int(phone) if isinstance(phone, float) else phone,
        *trade,
        school,
        "",
    ]


def _birth(person: Person, dice: random.Random) -> str:
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    born = person.born
    words = f"{born.day} {months.split()[born.month - 1]} {born.year}"
    forms = (words, f"{born:%d/%m/%Y}", f"{born:%d-%m-%Y}", f"{born:%d-%m-%Y}")
    return f"{dice.choice(('Malang', 'Malang', 'Blitar', 'Pasuruan'))}, {dice.choice(forms)}"


# The truth


def write_truth(file: str, lines: list[Line], folder: Path) -> None:
    """Write what a sensible officer expects of each row, in the order of the file."""
    with (folder / f"{file}.truth.csv").open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["file", "sheet", "row", "verdict", "person", "column", "reason", "note"])
        for line in lines:
            person = line.person.id if line.person else ""
            told = (line.verdict, person, line.column, line.reason, line.note)
            writer.writerow([file, line.sheet, line.row, *told])


def main(folder: Path = FOLDER) -> None:
    """Write the three lists and their truths."""
    dice = random.Random(SEED)
    town = Town(dice)
    story = Story(town, Pen(dice))
    tell(story)
    folder.mkdir(parents=True, exist_ok=True)
    for lines in story.lists.values():
        for line in lines:
            # Rows without a name still stand in somebody's kecamatan.
            line.shown.setdefault("kecamatan", line.person.kecamatan if line.person else "")
    without_person = {FILE_2017: "Klojen", FILE_2023: "Kedungkandang", FILE_2024: "Lowokwaru"}
    writers = {FILE_2017: write_2017, FILE_2023: write_2023, FILE_2024: write_2024}
    dittos = {
        FILE_2017: (("s.d.a.", '-"-', "sda"), ("address", "pair", "kelurahan")),
        FILE_2023: (("s.d.a", "idem", "〃", '"', "s.d.a."), ("address", "rt", "rw", "kelurahan")),
        FILE_2024: (("s.d.a.", "sda"), ("address", "pair", "kelurahan", "kecamatan")),
    }
    mark_movable(story.lists.values())
    for file, lines in story.lists.items():
        for line in lines:
            line.shown["kecamatan"] = line.shown["kecamatan"] or without_person[file]
        ordered = shuffled(lines, dice)
        if file == FILE_2023:
            order = list(KELURAHAN)
            ordered.sort(key=lambda line: order.index(_kecamatan_of(line)))
        write_dittos(ordered, *dittos[file])
        writers[file](ordered, folder / file, dice)
        write_truth(file, ordered, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
