"""Invented people, the same at every run; no number belongs to anybody.

Number 7 is always the same person, so a list of numbers 98,000 to 118,000 meets 2,000 people of a
city of 100,000.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# A few names are very common and most are not, so words are drawn by the inverse of their rank.
FIRST = (
    "Siti", "Sri", "Nur", "Dwi", "Tri", "Eko", "Agus", "Dewi", "Endang", "Budi", "Rina", "Wahyu",
    "Titik", "Yuli", "Indah", "Lilik", "Suparti", "Wiwik", "Hari", "Joko", "Ani", "Ratna",
    "Bambang", "Slamet", "Sulastri", "Mulyani", "Kartika", "Fitri", "Yanti", "Heru", "Retno",
    "Sugeng", "Umi",
    "Khusnul", "Nanik", "Djoko", "Farida", "Wulan", "Galih", "Laras", "Bagas", "Sekar", "Tono",
)  # fmt: skip
LAST = (
    "Rahayu", "Wati", "Lestari", "Wahyuni", "Astuti", "Utami", "Santoso", "Handayani", "Setiawan",
    "Susanti", "Kurniawan", "Aminah", "Hidayat", "Puspita", "Rohmah", "Prasetyo", "Khotimah",
    "Purnomo", "Kusuma", "Anggraini", "Wijayanti", "Nugroho", "Sari", "Mulyono", "Hasanah",
    "Supriyadi", "Ningsih", "Saputra", "Maryam", "Wibowo", "Hartono", "Fauziah", "Safitri", "Utomo",
    "Maulidah", "Permana", "Zulaikha", "Basuki", "Widodo", "Cahyani", "Pratiwi", "Ismail",
)  # fmt: skip
STREETS = ("Jl. Melati", "Jl. Kenanga", "Gang Mawar", "Jl. Raya", "Gang Buntu", "Jl. Anggrek")
NO_NIK_IN = 5
"""One in so many people has not shown a NIK."""
HOUSEHOLD = 3
"""People on one family card."""


def _by_rank(words: Sequence[str]) -> list[float]:
    return [1 / rank for rank in range(1, len(words) + 1)]


_FIRST_WEIGHTS, _LAST_WEIGHTS = _by_rank(FIRST), _by_rank(LAST)


@dataclass(frozen=True, slots=True)
class Invented:
    """One person as a list would tell of them."""

    number: int
    name: str
    sex: str
    born_on: date
    phone: str
    nik: str
    kk: str
    street: str
    kelurahan: int
    rw: int
    rt: int


def invented(number: int, kelurahan: int) -> Invented:
    """Return person `number` in one of so many kelurahan."""
    dice = random.Random(number)
    words = dice.choices(FIRST, _FIRST_WEIGHTS, k=dice.choice((1, 1, 2)))
    words += dice.choices(LAST, _LAST_WEIGHTS, k=dice.choice((1, 1, 2)))
    born_on = date(1950, 1, 1) + timedelta(days=dice.randrange(20_000))
    sex = dice.choice("PPPL")
    day = born_on.day + 40 * (sex == "P")
    # A kecamatan code that no kecamatan has, so that no number can be anybody's.
    nik = f"3573{80 + number // 9999 % 19:02}{day:02}{born_on:%m%y}{number % 9999 + 1:04}"
    return Invented(
        number=number,
        name=" ".join(words),
        sex=sex,
        born_on=born_on,
        phone=f"0812{number:08}" if number % 10 else "",
        nik=nik if number % NO_NIK_IN else "",
        kk=f"3573990101{number // HOUSEHOLD:06}" if number % 2 else "",
        street=f"{dice.choice(STREETS)} {dice.randrange(1, 90)}",
        kelurahan=dice.randrange(kelurahan),
        rw=dice.randrange(1, 9),
        rt=dice.randrange(1, 7),
    )
