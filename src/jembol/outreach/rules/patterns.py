r"""Rewrites a pattern of `regex()` so that Python and a browser read it alike, and quickly.

Patterns come from a city's form and are tried on what anybody typed, so one that could run for
ever is not taken: no group that repeats without end may hold another repetition or a choice, and a
pattern repeats without end at most three times. Shorthands such as `\s`, which the two languages
read differently, become sets of signs.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST_PATTERN: Final = 300
MOST_ENDLESS: Final = 3
_SETS: Final = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\n\r\f\v"}
_KEPT: Final = frozenset("tnrfv" + r"^$\.*+?()[]{}|/")
_REPEAT: Final = re.compile(r"\{(\d{1,3})(,?)(\d{0,3})\}")


class PatternNotSupported(Exception):
    """A pattern uses what is not supported, is no pattern, or could run for ever."""


def plain_pattern(pattern: str) -> str:
    """Return the pattern in the common form of Python and of a browser.

    Raises:
        PatternNotSupported: it cannot be written so.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternNotSupported
    plain = _Rewriting(pattern).rewritten()
    try:
        re.compile(plain, re.ASCII)
    except re.error as unreadable:
        raise PatternNotSupported from unreadable
    return plain


class _Rewriting:
    """Goes through a pattern from the left, and notes for each open group what it holds."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.out: list[str] = []
        self.groups = [False]
        self.closed_was_loose = False
        self.endless = 0

    def rewritten(self) -> str:
        while self.place < len(self.pattern):
            self.step(self.pattern[self.place])
        return "".join(self.out)

    def step(self, sign: str) -> None:
        steps = {"\\": self.escape, "[": self.set_of_signs, "(": self.open, ")": self.close,
                 "{": self.repeat, "*": self.endlessly, "+": self.endlessly,
                 "|": self.choice, ".": self.any_sign}  # fmt: skip
        if sign != ")":
            was_loose, self.closed_was_loose = self.closed_was_loose, False
            if sign in "*+{" and was_loose:
                raise PatternNotSupported
        steps.get(sign, self.plain)()

    def plain(self) -> None:
        self.write(self.pattern[self.place])

    def write(self, text: str, length: int = 1) -> None:
        self.out.append(text)
        self.place += length

    def any_sign(self) -> None:
        self.write(r"[^\n]")

    def choice(self) -> None:
        self.groups[-1] = True
        self.plain()

    def escape(self) -> None:
        sign = self.pattern[self.place + 1 : self.place + 2]
        if sign.lower() in _SETS and sign:
            self.write(f"[{'^' if sign.isupper() else ''}{_SETS[sign.lower()]}]", 2)
        elif sign in _KEPT and sign:
            self.write(f"\\{sign}", 2)
        elif sign and not sign.isalnum():
            self.write(sign, 2)
        else:
            raise PatternNotSupported

    def set_of_signs(self) -> None:
        self.plain()
        if self.pattern[self.place : self.place + 1] == "^":
            self.plain()
        while (sign := self.pattern[self.place : self.place + 1]) != "]":
            if sign in {"", "["}:
                raise PatternNotSupported
            self.in_set(sign)
        self.plain()

    def in_set(self, sign: str) -> None:
        if sign != "\\":
            self.write("\\-" if self.is_bare_hyphen() else sign)
            return
        after = self.pattern[self.place + 1 : self.place + 2]
        if after in _SETS and after:
            self.write(_SETS[after], 2)
        elif after and (after in _KEPT or not after.isalnum()):
            self.write(f"\\{after}" if after in _KEPT | {"-"} else after, 2)
        else:
            raise PatternNotSupported

    def is_bare_hyphen(self) -> bool:
        """Whether a hyphen stands at an edge of the set and therefore for itself."""
        if self.pattern[self.place] != "-":
            return False
        before = self.pattern[self.place - 1 : self.place]
        return before in {"[", "^"} or self.pattern[self.place + 1 : self.place + 2] == "]"

    def open(self) -> None:
        after = self.pattern[self.place + 1 : self.place + 3]
        if after.startswith("?") and after != "?:":
            raise PatternNotSupported
        self.groups.append(False)
        self.write("(?:", 3 if after == "?:" else 1)

    def close(self) -> None:
        if len(self.groups) == 1:
            raise PatternNotSupported
        self.closed_was_loose = self.groups.pop()
        self.groups[-1] = self.groups[-1] or self.closed_was_loose
        self.plain()

    def endlessly(self) -> None:
        self.endless += 1
        self.groups[-1] = True
        if self.endless > MOST_ENDLESS or self.pattern[self.place + 1 : self.place + 2] == "+":
            raise PatternNotSupported
        self.plain()

    def repeat(self) -> None:
        found = _REPEAT.match(self.pattern, self.place)
        if found is None:
            raise PatternNotSupported
        if found[2] and not found[3]:
            self.endless += 1
            if self.endless > MOST_ENDLESS:
                raise PatternNotSupported
        if found[2]:
            self.groups[-1] = True
        self.write(found[0], len(found[0]))
