"""Texts that people write: clean to store, folded to search, isolated to show."""

import re
import unicodedata
from typing import Final

from jembol.kit.unreadable import Unreadable


class NotCleanText(Unreadable):
    """A text holds signs that cannot be stored. Codes: nul, surrogate."""


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# White space, control characters and the byte order mark, which an editor leaves in a file.
_GAP: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")


def clean_line(text: str) -> str:
    """Return one line in NFC, without outer white space and with single spaces inside.

    Raises:
        NotCleanText: the text holds NUL, which PostgreSQL cannot store (its manual, 8.3), or a
            lone surrogate, which UTF-8 cannot write.
    """
    if "\0" in text:
        raise NotCleanText(
            "nul",
            f"there is a NUL sign at place {text.index(chr(0)) + 1} of the text",
            remedy="remove it; a file with many is often UTF-16 saved under another name",
        )
    broken = _SURROGATE.search(text)
    if broken:
        raise NotCleanText(
            "surrogate",
            f"there is half a character at place {broken.start() + 1} of the text",
            remedy="type that character again",
        )
    return _GAP.sub(" ", unicodedata.normalize("NFC", text)).strip()


# Only the accents of Latin letters: in Javanese or Arabic script the marks are vowels.
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES: Final = re.compile(r"['`´’‘ʼʻʾʿ′]")
_KEPT: Final = frozenset("LMN")


def fold_name(text: str) -> str:
    """Return a key under which spellings of one name meet.

    Case, accents, width and punctuation are gone and words stand apart by one space, so that
    "Nur'Aini  Sri-Lestari," and "nuraini sri lestari" are one.
    """
    # Folding can make signs that compose, and composing signs that fold: twice settles it
    # (Unicode Standard 3.13, D145).
    folded = _compatible(_compatible(text).casefold()).casefold()
    plain = _APOSTROPHES.sub("", _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    kept = (sign if unicodedata.category(sign)[0] in _KEPT else " " for sign in plain)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


_AREA_WORDS: Final = frozenset(
    (
        "kel",
        "kelurahan",
        "kec",
        "kecamatan",
        "kota",
        "kab",
        "kabupaten",
        "kodya",
        "kotamadya",
        "adm",
        "administrasi",
        "desa",
        "ds",
        "prov",
        "provinsi",
        "propinsi",
    )
)


def fold_area(text: str) -> str:
    """Return a key under which spellings of one area's name meet.

    "Kel. Tasik Madu" and "tasikmadu" meet, and so do "Kota Malang" and "Malang". The last word
    always stays, and "Kotalama" meets "Kota Lama": a leading "kota" goes in both. Look a key up
    among the children of one area. Of all 91,599 names of Kepmendagri 300.2.2-2138/2025 the
    prefixes then part only Manna from Kota Manna, Maba from Kota Maba, and each kota from the
    kabupaten of its name ("Malang"), where `AreaKind` has to decide.
    """
    words = fold_name(text).split()
    while len(words) > 1 and words[0] in _AREA_WORDS:
        words = words[1:]
    glued = "".join(words)
    return glued.removeprefix("kota") or glued


_FRONT: Final = frozenset(
    (
        "h",
        "hj",
        "kh",
        "drs",
        "dra",
        "dr",
        "drg",
        "ir",
        "prof",
        "ust",
        "ustadz",
        "ustadzah",
        "bu",
        "ibu",
        "bpk",
        "bapak",
        "pak",
        "sdr",
        "sdri",
        "saudara",
        "saudari",
        "mbak",
        "mas",
        "ny",
        "nyonya",
        "tn",
        "tuan",
        "nn",
        "nona",
        "alm",
        "almh",
    )
)
# Degrees and professions behind a name, as letters without dots and spaces.
_BEHIND: Final = frozenset(
    (
        "spd",
        "spdi",
        "spdsd",
        "se",
        "sei",
        "sh",
        "shi",
        "st",
        "skom",
        "ssos",
        "sag",
        "sp",
        "spt",
        "skep",
        "sfarm",
        "ssi",
        "shum",
        "sip",
        "sap",
        "spsi",
        "sked",
        "sth",
        "ssn",
        "sds",
        "str",
        "strkeb",
        "strkep",
        "sak",
        "sgz",
        "skm",
        "stp",
        "sst",
        "spi",
        "ss",
        "sab",
        "sikom",
        "spn",
        "mm",
        "mmpd",
        "mpd",
        "mpdi",
        "msi",
        "mt",
        "mh",
        "mhum",
        "mkom",
        "ma",
        "mag",
        "msc",
        "mkes",
        "map",
        "me",
        "mei",
        "mak",
        "mp",
        "mpsi",
        "mba",
        "mars",
        "mds",
        "mikom",
        "phd",
        "amd",
        "amdkeb",
        "amdkep",
        "ama",
        "amapd",
        "ba",
        "bsc",
        "beng",
        "bba",
        "dipl",
        "lc",
        "ns",
        "apt",
        "ak",
        "ca",
        "cpa",
        "spog",
        "spa",
        "llm",
    )
)
_NOT_LETTER: Final = re.compile(r"(?:\W|[_0-9])+")
# Front titles may be glued to the name: "H.Ahmad".
_GLUED: Final = re.compile(r"([A-Za-z]{1,4})\.(?=[A-Za-z]{3})")


def without_titles(name: str) -> str:
    """Return the name without titles in front and degrees behind; never less than one word.

    "Hj. Siti Aminah, S.Pd., M.M." becomes "Siti Aminah"; "Mas" stays. A degree without dots
    counts behind a comma, or in capitals ("Siti Aminah SE"), because "Ma" and "St" are names.
    """
    words = clean_line(name.replace(",", " , ")).split()
    words = _without_degrees(_without_front(words))
    return " ".join(words).replace(" ,", ",").strip(" ,")


def _without_front(words: list[str]) -> list[str]:
    apart = " ".join(words)
    glued = _GLUED.match(apart)
    if glued and _letters(glued[1]) in _FRONT:
        words = [glued[0], *apart[glued.end() :].split()]
    while _count(words) > 1 and (words[0] == "," or _letters(words[0]) in _FRONT):
        words = words[1:]
    return words


def _without_degrees(words: list[str]) -> list[str]:
    left = list(words)
    while _count(left) > 1:
        width = _degree_width(left)
        if not width:
            break
        left = left[:-width]
    return left if _count(left) else words


def _degree_width(words: list[str]) -> int:
    """Return how many words at the end make one degree or a comma; 0 when they are a name."""
    if words[-1] == ",":
        return 1
    for width in (3, 2, 1):
        tail = words[-width:]
        if len(tail) < width or _count(words[:-width]) < 1 or "," in tail:
            continue
        if "".join(map(_letters, tail)) in _BEHIND and _looks_like_degree(words, width):
            return width
    return 0


def _looks_like_degree(words: list[str], width: int) -> bool:
    tail = words[-width:]
    dotted = "." in tail[0]
    after_comma = words[-width - 1] == ","
    # "Aminah SE" and "Aminah SPd", yet not "Aminah Ma".
    capitals = width == 1 and sum(map(str.isupper, tail[0])) > 1
    return dotted or after_comma or capitals


def _letters(word: str) -> str:
    return _NOT_LETTER.sub("", word).casefold()


def _count(words: list[str]) -> int:
    return sum(word != "," for word in words)


TABLES: Final = {
    "accents": _ACCENTS,
    "apostrophes": _APOSTROPHES,
    "area_words": _AREA_WORDS,
    "front": _FRONT,
    "behind": _BEHIND,
    "not_letter": _NOT_LETTER,
    "glued": _GLUED,
}
"""What folding and titles rest on, for an implementation in another language."""

_BIDI_CONTROLS: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def isolate(text: str) -> str:
    """Return the text so that its direction cannot reorder the line around it.

    The text is wrapped in FSI and PDI; its own direction controls go, because one of them could
    close the wrapping early (UAX #9, 2.4 and 6.1).
    """
    return f"\u2068{_BIDI_CONTROLS.sub('', text)}\u2069"
