"""Names of enterprises: the words that tell one from another."""

from functools import lru_cache
from typing import Final

from jembol.methods.linkage.names import folded, word_codes

WORDS: Final = 4

_FORMS: Final = frozenset(
    "ud cv pt tb pd koperasi kub kube ukm umkm usaha dagang home industri industry store official "
    "id by the and dan of mbak mas bu pak ibu bapak hj h mak cak".split()
)

TABLES: Final = {"words": WORDS, "forms": _FORMS}
"""What reading an enterprise's name rests on, for an implementation in another language."""


@lru_cache(maxsize=1 << 16)
def read_business(text: str) -> tuple[int, ...]:
    """Return up to four packed words of an enterprise's name, in order of writing.

    Forms of business and of address go; "toko" or "keripik" stay and weigh little, because many
    have them.
    """
    words = folded(text).split() if text.strip(" -.") else []
    kept = [word for word in words if word not in _FORMS] or words
    codes = dict.fromkeys(code for word in kept for code in word_codes(word))
    codes.pop(0, None)
    return tuple(codes)[:WORDS]
