"""Invented names: two parts put together at random, from Indonesian, Javanese and Madurese words.

No second part and no single name is one of those in `examples/`, so that people of the examples are
never taken for people of the demo city.
"""

from random import Random
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text; an underscore stands for a space inside a word."""
    return tuple(word.replace("_", " ") for word in text.split())


WOMEN: Final = _words(
    "Sri Siti Endang Wiwik Lilik Nur Yuni Dewi Ratna Indah Ani Titik Tutik Ida Rina Yayuk Erna Umi "
    "Sulis Mamik Anik Luluk Khusnul Faridatul Nurul Hosniyah Ruqayyah Sundari Tri Dwi Eka Retno "
    "Dyah Rini Ika Novi Maya Suci Wahyu Ririn Kiptiyah Zainab Lailatul Binti Kasiami Misriyah"
)
WOMEN_SECOND: Final = _words(
    "Munawaroh Maesaroh Jumiati Sumarni Rukmiati Kusmini Lestariningsih Wijayanti Suharti Prihatin "
    "Mustikawati Ekowati Hermawati Listyowati Sulistyaningsih Winarti Yuliati Kurniasih Masruroh "
    "Qomariyah Jamilah Muslimah Sholihah Nafisah Mukaromah Maghfiroh Zubaidah Rofiah Rahmawati "
    "Sugiarti Marsiti Sumiyatun Trisnawati Agustina Kristanti Natalia Widyaningrum Puspita "
    "Mufidah Sekarsari Arumningtyas Palupi Larasati Hamidah Uswatun Tarwiyah"
)
WOMEN_SINGLE: Final = _words(
    "Sumirah Tumini Mariyam Satumi Kasiyati Musrifah Juwariyah Sutini Marfuah Bawon Sutiyah "
    "Misnati Supiyah Tumiasri Ngatmi Murtini Bunaya Sarmini Tumirah Painem"
)
MEN: Final = _words(
    "Slamet Bambang Agus Hadi Joko Budi Eko Heri Dwi Tri Wahyu Imam Moch._Syaiful Moh._Rofiq "
    "Achmad Abdul Edi Sugeng Didik Yudi Rudi Totok Gatot Arif Fajar Rizal Dani Mat_Hasan Anang"
)
MEN_SECOND: Final = _words(
    "Purnomo Subagyo Wibisono Susanto Suprapto Hidayat Basuki Sutrisno Irawan Firmansyah Saputra "
    "Yulianto Wahono Haryono Sudarmaji Sunaryo Syafii Mustofa Fauzi Hakim Rozaq Zainuri Mukhlis "
    "Efendi Kusuma Handoko Bahrudin Cahyono Ardiansyah"
)
MEN_SINGLE: Final = _words(
    "Sukardi Tukiman Ngatimin Busiri Mattali Sahrawi Marzuki Supardi Kasmuri Wagiman Legiman "
    "Suparman Munasir Buradin"
)
STREETS: Final = _words(
    "Mawar Melati Kenanga Cempaka Flamboyan Anggrek Dahlia Teratai Seruni Kamboja Nusa_Indah "
    "Kemuning Sedap_Malam Alamanda Kantil Soka"
)
DEGREES: Final = (", S.Pd.", ", S.E.", ", A.Md.", ", S.Sos.")

_SINGLE = 0.14
_THREE = 0.16
_PILGRIM = 0.05
_DEGREE = 0.03


def name_of(rng: Random, *, is_woman: bool) -> str:
    """Return a name as its bearer may write it: one word or more, some with a title."""
    firsts, seconds, singles = (
        (WOMEN, WOMEN_SECOND, WOMEN_SINGLE) if is_woman else (MEN, MEN_SECOND, MEN_SINGLE)
    )
    if rng.random() < _SINGLE:
        name = rng.choice(singles)
    else:
        last = rng.sample(seconds, 2 if rng.random() < _THREE else 1)
        name = " ".join((rng.choice(firsts), *last))
    if rng.random() < _PILGRIM:
        name = f"{'Hj.' if is_woman else 'H.'} {name}"
    if rng.random() < _DEGREE:
        name += rng.choice(DEGREES)
    return name


def address_of(rng: Random, place: str = "") -> str:
    """Return a street and number; `place` names a kampung."""
    lane = f" Gg. {rng.randint(1, 9)}" if rng.random() < 0.4 else ""
    street = f"Jl. {rng.choice(STREETS)}{lane} No. {rng.randint(1, 90)}"
    return f"Kampung {place}, {street}" if place else street
