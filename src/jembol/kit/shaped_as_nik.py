"""Numbers in free text that are shaped like a NIK, found and hidden wherever they stand.

Wider than `Nik.parse` on purpose: a date that does not exist is often a NIK with one wrong digit,
and the number of a family card has the same shape. `static/field/answers.js` looks the same way.
"""

import re
from typing import Final

from jembol.kit.sixteen import mask

# Place, day (of a woman 40 more), month, year, serial; `~` is whatever people write between digits.
_SHAPE: Final = (
    "[1-9](?:~[0-9]){5}"
    "~(?:0~[1-9]|[12]~[0-9]|3~[01]|4~[1-9]|[56]~[0-9]|7~[01])"
    "~(?:0~[1-9]|1~[0-2])(?:~[0-9]){2}(?!~0~0~0~0)(?:~[0-9]){4}"
).replace("~", r"[\s.\-–_/'’]*")
_SHAPED: Final = re.compile(rf"(?<![0-9]){_SHAPE}(?![0-9])")
_NO_DIGIT: Final = re.compile(r"[^0-9]")


def without_niks(text: str) -> str:
    """Return a text with every number that is shaped like a NIK hidden but for its ends."""
    return _SHAPED.sub(lambda found: mask(_NO_DIGIT.sub("", found[0])), text)
