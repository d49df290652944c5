r"""Rewrites a pattern of `regex()` so that Python and a browser read it alike, and quickly.

Patterns come from a city's form and are tried on what anybody typed, so one that could run for
ever is not taken. A program that tries a pattern goes, at worst, every way through it: a choice has
the ways of all that it offers, `a?` two, `a{2,5}` four, parts that follow each other the product of
theirs. Ways times signs of the pattern must stay below `MOST_STEPS`, and what has more than one way
must not be repeated. Shorthands such as `\s`, which the two languages read differently, become sets
of signs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

LONGEST_PATTERN: Final = 300
MOST_STEPS: Final = 10_000_000
ENDLESS_WAYS: Final = 100
"""What a repetition without end counts for: of a subject of 200 signs, several share its length."""

_SETS: Final = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\n\r\f\v"}
_KEPT: Final = frozenset("tnrfv" + r"^$\.*+?()[]{}|/")
_REPEAT: Final = re.compile(r"\{(\d{1,3})(,?)(\d{0,3})\}")


class PatternNotSupported(Exception):
    """A pattern uses what is not supported, is no pattern, or could run for ever."""


class Weight(NamedTuple):
    """How much trying a part of a pattern can take: its ways, and the signs on each."""

    ways: int
    size: int

    @property
    def steps(self) -> int:
        """The most steps that trying it takes."""
        return self.ways * self.size


NOTHING: Final = Weight(1, 0)
SIGN: Final = Weight(1, 1)


@lru_cache(maxsize=500)
def is_quick(plain: str) -> bool:
    """Whether a pattern in the common form, taken in by whatever rule, may still be tried."""
    try:
        plain_pattern(plain)
    except PatternNotSupported:
        return False
    return True


def plain_pattern(pattern: str) -> str:
    """Return the pattern in the common form of Python and of a browser.

    Raises:
        PatternNotSupported: it cannot be written so.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternNotSupported
    rewriting = _Rewriting(pattern)
    plain = rewriting.rewritten()
    if rewriting.groups[0].whole.steps > MOST_STEPS:
        raise PatternNotSupported
    try:
        re.compile(plain, re.ASCII)
    except re.error as unreadable:
        raise PatternNotSupported from unreadable
    return plain


class _Group:
    """What stands between two brackets, weighed while it is read."""

    def __init__(self) -> None:
        self.before = Weight(0, 0)
        self.passed = NOTHING
        self.last = NOTHING

    @property
    def path(self) -> Weight:
        """The alternative that is being read."""
        return Weight(self.passed.ways * self.last.ways, self.passed.size + self.last.size)

    @property
    def whole(self) -> Weight:
        """All alternatives so far."""
        return Weight(self.before.ways + self.path.ways, self.before.size + self.path.size)

    def add(self, part: Weight) -> None:
        self.passed, self.last = self.path, part

    def alternative(self) -> None:
        self.before, self.passed, self.last = self.whole, NOTHING, NOTHING

    def repeat(self, least: int, most: int | None) -> None:
        """Repeat the last part; `None` is without end.

        Raises:
            PatternNotSupported: it has more than one way and could be repeated.
        """
        if self.last.ways > 1 and most != 1:
            raise PatternNotSupported
        times = ENDLESS_WAYS if most is None else most
        choices = ENDLESS_WAYS if most is None else most - least + 1
        # One sign repeated is one tight loop; a group is gone through each time.
        size = self.last.size if self.last.size <= 1 else self.last.size * max(times, 1)
        self.last = Weight(self.last.ways + choices - 1, size)


class _Rewriting:
    """Goes through a pattern from the left, and weighs each open group."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.out: list[str] = []
        self.groups = [_Group()]
        self.was_repeated = False

    def rewritten(self) -> str:
        while self.place < len(self.pattern):
            self.step(self.pattern[self.place])
        return "".join(self.out)

    def step(self, sign: str) -> None:
        steps = {"\\": self.escape, "[": self.set_of_signs, "(": self.open, ")": self.close,
                 "{": self.counted, "*": self.endlessly, "+": self.endlessly,
                 "?": self.perhaps, "|": self.choice, ".": self.any_sign}  # fmt: skip
        # `a*+` means one thing to Python and nothing to a browser; `a*?` is read alike.
        if self.was_repeated and sign in "*+{":
            raise PatternNotSupported
        is_repetition = sign in "*+{" or (sign == "?" and not self.was_repeated)
        if sign not in "*+{?()|":
            self.groups[-1].add(SIGN)
        steps.get(sign, self.plain)()
        self.was_repeated = is_repetition

    def plain(self) -> None:
        self.write(self.pattern[self.place])

    def write(self, text: str, length: int = 1) -> None:
        self.out.append(text)
        self.place += length

    def any_sign(self) -> None:
        self.write(r"[^\n]")

    def choice(self) -> None:
        self.groups[-1].alternative()
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
        self.groups.append(_Group())
        self.write("(?:", 3 if after == "?:" else 1)

    def close(self) -> None:
        if len(self.groups) == 1:
            raise PatternNotSupported
        inner = self.groups.pop().whole
        # Its brackets count, so that a group of nothing repeated often is not for nothing.
        self.groups[-1].add(Weight(inner.ways, inner.size + 2))
        self.plain()

    def endlessly(self) -> None:
        self.groups[-1].repeat(0, None)
        self.plain()

    def perhaps(self) -> None:
        if not self.was_repeated:
            self.groups[-1].repeat(0, 1)
        self.plain()

    def counted(self) -> None:
        found = _REPEAT.match(self.pattern, self.place)
        if found is None:
            raise PatternNotSupported
        least = int(found[1])
        most = int(found[3]) if found[3] else None if found[2] else least
        if most is not None and most < least:
            raise PatternNotSupported
        self.groups[-1].repeat(least, most)
        self.write(found[0], len(found[0]))
