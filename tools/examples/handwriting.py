"""How clerks write the facts about a person into a row."""

from __future__ import annotations

import random
from dataclasses import dataclass

from examples.people import Person

# How people write some kelurahan: other spacing, and slips of one letter.
SPELLINGS = {
    "Tasik Madu": "Tasikmadu", "Kotalama": "Kota Lama", "Oro-oro Dowo": "Oro Oro Dowo",
    "Rampalcelaket": "Rampal Celaket", "Pisangcandi": "Pisang Candi", "Sawojajar": "Sawojajr",
    "Karangbesuki": "Karang Besuki", "Merjosari": "Merjosri", "Purwantoro": "Purwontoro",
    "Bandungrejosari": "Bandung Rejosari", "Gading Kasri": "Gadingkasri",
    "Penanggungan": "Penangungan", "Cemorokandang": "Cemoro Kandang",
}  # fmt: skip


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

    @property
    def kecamatan(self) -> str:
        """Where the row belongs in the list."""
        return str(self.shown["kecamatan"])


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
