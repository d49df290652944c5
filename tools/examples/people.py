"""People of Malang who do not exist, and the places where they live."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field


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
