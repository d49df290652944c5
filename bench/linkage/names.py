"""How a name is written down: with titles, shortened, in old spelling, mistyped."""

import random
import re
from collections.abc import Callable

from bench.linkage.pools import DEGREES, TITLES
from bench.linkage.styles import Style

Words = list[str]

FAMILIES = {
    "Muhammad": ("Mohammad", "Mohamad", "Moh.", "Moch.", "Muh.", "M.", "Mochammad", "Moh"),
    "Moh": ("Moh.", "Muhammad", "Moch", "Mohammad", "M.", "Much."),
    "Ahmad": ("Achmad", "Akhmad", "A.", "Ach.", "Ahmat"),
    "Ach": ("Achmad", "Ahmad", "Ach.", "A."),
    "Abdul": ("Abd.", "Abd", "Abdoel", "A.", "Abdl"),
    "Abd": ("Abdul", "Abd.", "Abdoel", "A"),
    "Siti": ("St.", "Sitti", "S.", "Sti", "Siti"),
    "St": ("Siti", "St.", "Sitti"),
    "Nur": ("Noer", "Nor", "Nur", "N."),
    "Nurul": ("Noerul", "Nrl", "Nurul"),
    "Umi": ("Ummi", "Umi", "U."),
    "Dewi": ("Dewie", "Dwi", "D."),
    "Putri": ("Putrie", "Puteri", "P."),
    "Imam": ("Iman", "Imam", "I."),
    "Wahyu": ("Wahju", "Whyu"),
    "Agus": ("Ags", "Agoes", "A."),
    "Bambang": ("Bbg", "Bb.", "Bambang"),
    "Binti": ("Bt.", "Bnt", "Binti"),
}  # fmt: skip
"""Words that officers shorten and spell in manners of their own."""
SPELLINGS = (
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("kh", "ch"), ("kh", "h"), ("ch", "h"),
    ("f", "p"), ("v", "p"), ("z", "s"), ("sy", "s"), ("sh", "s"), ("dh", "d"), ("th", "t"),
    ("i", "ie"), ("i", "y"), ("y", "i"), ("q", "k"), ("ts", "s"), ("dz", "d"), ("tt", "t"),
    ("ll", "l"), ("mm", "m"), ("nn", "n"), ("h", ""), ("'", ""), ("d", "t"), ("o", "u"),
    ("w", "wh"), ("ai", "ae"), ("oe", "u"), ("tj", "c"), ("dj", "j"), ("iyah", "iah"),
    ("iah", "iyah"),
)  # fmt: skip
NEAR = {
    "a": "sqe", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa",
    "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu",
    "z": "x",
}  # fmt: skip
"""Neighbours on the keyboard."""
LAST_SYLLABLE = re.compile(r"[^aiueo']*[aiueo][^aiueo']*$", re.IGNORECASE)


class NameWriter:
    """Writes names as one style of register does."""

    def __init__(self, style: Style, dice: random.Random) -> None:
        """Prepare the steps in the order in which they befall a name."""
        self.dice = dice
        self.style = style
        self.steps: tuple[tuple[float, str, Callable[[Words], bool]], ...] = (
            (style.dropped, "name_dropped", self._drop),
            (style.family, "name_family", self._shorten_family),
            (style.spelling, "name_spelling", self._respell),
            (style.typo, "name_typo", self._mistype),
            (style.initial, "name_initial", self._initial),
            (style.swapped, "name_swapped", self._swap),
            (style.joined, "name_joined", self._join),
        )

    def write(
        self, name: tuple[str, ...], sex: str, partner: str, care: float, slips: list[str]
    ) -> str:
        """Return the name as somebody writes it.

        Args:
            name: The words of the true name.
            sex: `m` or `f`.
            partner: The first name of the spouse; empty without one.
            care: Slips are multiplied by this: 0 copies the card, 2 is a hurried officer.
            slips: Told here what was done.
        """
        roll = self.dice.random()
        if roll < self.style.nickname * care:
            slips.append("name_nickname")
            return self._nickname(name, sex)
        if partner and sex == "f" and roll > 1 - self.style.husband * care:
            slips.append("name_husband")
            return f"{self.dice.choice(('Bu', 'Ibu', 'Ny.'))} {partner}"
        words = list(name)
        for rate, kind, step in self.steps:
            if self.dice.random() < rate * care and step(words):
                slips.append(kind)
        if self.dice.random() < self.style.extra * care:
            slips.append("name_extra")
            words.append(self._extra(words, partner))
        return self._dressed(words, sex, care, slips)

    def _dressed(self, words: Words, sex: str, care: float, slips: list[str]) -> str:
        told = " ".join(words)
        if self.dice.random() < self.style.title * care:
            slips.append("name_title")
            told = f"{TITLES[sex].draw(self.dice)} {told}"
        if self.dice.random() < self.style.degree * care:
            slips.append("name_degree")
            told = f"{told}{self.dice.choice((', ', ' ', ','))}{DEGREES.draw(self.dice)}"
        return told

    def _nickname(self, name: tuple[str, ...], sex: str) -> str:
        word = self.dice.choice(name)
        found = LAST_SYLLABLE.search(word)
        short = found.group() if found and self.dice.random() < 0.7 else word
        before = ("Mak", "Bu", "Mbak", "Yu", "Lik", "") if sex == "f" else ("Pak", "Cak", "Mas", "")
        return f"{self.dice.choice(before)} {short.capitalize()}".strip()

    def _extra(self, words: Words, partner: str) -> str:
        added = [f"alias {words[-1][-4:].capitalize()}", f"({words[0][-3:].capitalize()})", "Binti"]
        if partner:
            added += [partner, partner]
        return self.dice.choice(added)

    def _drop(self, words: Words) -> bool:
        if len(words) < 2:
            return False
        del words[self.dice.choice((0, -1, -1))]
        return True

    def _shorten_family(self, words: Words) -> bool:
        for place, word in enumerate(words):
            if word in FAMILIES:
                words[place] = self.dice.choice(FAMILIES[word])
                return words[place] != word
        return False

    def _respell(self, words: Words) -> bool:
        place = self.dice.randrange(len(words))
        word = words[place].lower()
        fitting = [pair for pair in SPELLINGS if pair[0] in word]
        if not fitting or len(word) < 3:
            return False
        old, new = self.dice.choice(fitting)
        words[place] = word.replace(old, new, 1).capitalize()
        return True

    def _mistype(self, words: Words) -> bool:
        place = self.dice.randrange(len(words))
        if len(words[place]) < 3:
            return False
        words[place] = mistyped(words[place], self.dice)
        return True

    def _initial(self, words: Words) -> bool:
        if len(words) < 2:
            return False
        place = self.dice.choice((0, -1, -1))
        words[place] = words[place][0] + self.dice.choice((".", ""))
        return True

    def _swap(self, words: Words) -> bool:
        if len(words) < 2:
            return False
        words.insert(0, words.pop())
        return True

    def _join(self, words: Words) -> bool:
        if len(words) < 2:
            if len(words[0]) < 8:
                return False
            cut = self.dice.randint(3, len(words[0]) - 3)
            words[:] = [words[0][:cut], words[0][cut:].capitalize()]
            return True
        words[:2] = [words[0].rstrip(".") + words[1].lower()]
        return True


def mistyped(word: str, dice: random.Random) -> str:
    """Return a word with one slip of the fingers."""
    place = dice.randrange(1, len(word))
    letter = word[place]
    kind = dice.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + letter + word[place:]
    if kind == 2 or letter == word[place - 1]:
        return word[:place] + dice.choice(NEAR.get(letter, "e")) + word[place + 1 :]
    return word[: place - 1] + letter + word[place - 1] + word[place + 1 :]
