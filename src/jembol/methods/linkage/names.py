"""Names of Indonesia brought to the sounds by which two spellings of one name meet.

Titles and degrees go first; then the families that are always shortened (Muhammad, Ahmad, Abdul,
Siti, Nur) come to one form; then the old spelling (oe, dj, tj, j: before the Ejaan Yang
Disempurnakan of 1972) and the letters that are written for one another (kh, ch, q; f, v, p; z, sy;
y, i; double letters; h inside a word) are folded.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from jembol.kit.text import fold_name, without_titles
from jembol.methods.linkage.tokens import packed

WORDS: Final = 6
"""Words of a name that are compared; longer names lose the last ones."""

MAN: Final = 1
WOMAN: Final = 2

_FAMILIES: Final = {
    **dict.fromkeys(
        (
            "muhammad muhamad mohammad mohamad mochammad mochamad muchammad muchamad mokhamad "
            "mokhammad muhammed mohammed muhamat mohamat moh moch mokh much muh mhd muhd mohd mch "
            "mukhamad mukhammad mhmd mochmad muhmad"
        ).split(),
        "muhamad",
    ),
    **dict.fromkeys(
        "ahmad achmad akhmad ahmed achmed ahmat achmat akhmat ach akh ahm".split(), "ahmad"
    ),
    **dict.fromkeys("abdul abdoel abd abdu abdl".split(), "abdul"),
    **dict.fromkeys("siti sitti sity st sti".split(), "siti"),
    **dict.fromkeys("nur noer noor nuur nr".split(), "nur"),
    **dict.fromkeys("sri srie srii".split(), "sri"),
    **dict.fromkeys("dewi dewie dwie".split(), "dewi"),
}
_DROPPED: Final = frozenset("bin binti bt bte alias als alm almh almarhum almarhumah".split())
# Words before a name that `without_titles` leaves alone, because elsewhere they are names.
_CALLED: Final = {
    **dict.fromkeys(
        "bu ibu mak mbok mbak bude bulik bik bibi ning nyai hj hajjah ny nyonya umi ummi".split(),
        WOMAN,
    ),
    **dict.fromkeys("pak bapak bpk cak mas kang pakde paklik abah gus lek om h haji".split(), MAN),
    **dict.fromkeys("raden rd r rr ustadz ustad ust".split(), 0),
}
_FRONT_WOMAN: Final = re.compile(
    r"^\W*(?:hj|hajjah|bu|ibu|mbak|mak|ny|nyonya|nn|sdri|rr)\b", re.IGNORECASE
)
_FRONT_MAN: Final = re.compile(
    r"^\W*(?:h|haji|pak|bpk|bapak|kh|mas|cak|sdr|tn)\b[. ]", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\([^)]*\)?")
_DEGREE: Final = re.compile(r" [A-Z]\w{,3}[A-Z]$")
_PLAIN: Final = re.compile(r"[a-z]+(?: [a-z]+)*")
_ARTICLE: Final = re.compile(r"abdu[lr](?P<rest>[a-z]{3,})")


class NameRead(NamedTuple):
    """A name as it is compared: packed words in order, and the sex that a form of address tells."""

    words: tuple[int, ...]
    sex: int


@lru_cache(maxsize=1 << 16)
def read_name(text: str) -> NameRead:
    """Return the words of a name by sound, at most `WORDS`, each once.

    Returns:
        NameRead: `sex` is 0 when nothing tells it, `MAN` or `WOMAN`.
    """
    plain = text.lower()
    sex = 0
    if not _PLAIN.fullmatch(plain) or _DEGREE.search(text):
        sex = WOMAN if _FRONT_WOMAN.match(text) else MAN if _FRONT_MAN.match(text) else 0
        plain = _without_extras(text)
    words = plain.split()
    while len(words) > 1 and words[0] in _CALLED:
        sex = sex or _CALLED[words[0]]
        words = words[1:]
    codes = dict.fromkeys(
        code for word in words if word not in _DROPPED for code in word_codes(word)
    )
    codes.pop(0, None)
    return NameRead(tuple(codes)[:WORDS], sex)


def _without_extras(text: str) -> str:
    bare = _ASIDE.sub(" ", text) if "(" in text else text
    return folded(without_titles(bare.replace(".", ". "))) or folded(text)


# `fold_name` for the texts that are nearly all: Latin letters without accents.
_ASCII: Final = str.maketrans(
    {
        chr(code): None if chr(code) in "'`" else " "
        for code in range(128)
        if not chr(code).isalnum()
    }
)


def folded(text: str) -> str:
    """Return `kit.text.fold_name` of a text, at a fifth of its cost where the text is ASCII."""
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    return fold_name(text)


@lru_cache(maxsize=1 << 18)
def word_codes(word: str) -> tuple[int, ...]:
    """Return the packed words that one written word stands for: "abdurrahman" is two."""
    family = _FAMILIES.get(word)
    if family:
        return (packed(family),)
    glued = _ARTICLE.fullmatch(word)
    if glued:
        return packed("abdul"), packed(by_sound(glued["rest"]))
    return (packed(by_sound(word)),)


_OLD: Final = re.compile("oe|dj|tj|sj")
_FOLDS: Final = tuple(
    (re.compile(old), new)
    for old, new in (
        ("oe|oo|ou", "u"),
        ("dj", "J"),
        ("tj", "c"),
        ("nj", "ny"),
        ("s[jyh]|z|ts", "s"),
        ("kh|ch|q|ck", "k"),
        ("x", "ks"),
        ("ph|f|v", "p"),
        ("dh|dz", "d"),
        ("th", "t"),
        ("gh", "g"),
        ("ie|ij|yi|iy", "i"),
        ("y", "i"),
        (r"(?<=.)h", ""),
    )
)
_OLD_FOLDS: Final = (("dj", "J"), ("nj", "ny"), ("sj", "sy"), ("tj", "c"), ("j", "y"), ("J", "j"))
_TWICE: Final = re.compile(r"(.)\1+")


TABLES: Final = {
    "words": WORDS,
    "families": _FAMILIES,
    "dropped": _DROPPED,
    "called": _CALLED,
    "front_woman": _FRONT_WOMAN,
    "front_man": _FRONT_MAN,
    "aside": _ASIDE,
    "degree": _DEGREE,
    "plain": _PLAIN,
    "article": _ARTICLE,
    "old": _OLD,
    "old_folds": _OLD_FOLDS,
    "folds": _FOLDS,
}
"""What reading a name rests on, for an implementation in another language."""


def by_sound(word: str) -> str:
    """Return a lower-case word as it sounds; a single letter stays."""
    if len(word) < 2:
        return word
    if _OLD.search(word):
        # Before 1972 j was written for y, but only a word with another old sign shows it.
        for old, new in _OLD_FOLDS:
            word = word.replace(old, new)
    for pattern, new in _FOLDS:
        word = pattern.sub(new, word)
    return _TWICE.sub(r"\1", word.lower())
