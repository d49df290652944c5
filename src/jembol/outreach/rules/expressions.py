"""Reads the expressions of an XLSForm into trees of plain JSON, which Python and phones evaluate.

The language is the part of XPath 1.0 that forms use (https://xlsform.org, "Using XPath"). pyxform
passes expressions on as text and splits them only to find names (its lexer takes `<=` for two signs
and `3 -2` for two numbers), so the reading is ours. A tree is a list: its word, then its parts.
`["n", 5]` and `["s", "x"]` are values, `["ref", name]` the answer to a question, `["self"]` the one
being checked, `["attr", name]` a column of a choice, `["call", function, …]` a function, and
`["<=", left, right]` a sign between two trees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from jembol.outreach.rules.patterns import PatternNotSupported, is_quick, plain_pattern

Tree = list[Any]

LONGEST: Final = 2_000
DEEPEST: Final = 40
DEEPEST_TREE: Final = 100
"""Trees inside each other: `1 + 1 + 1` is one inside another for each sign."""

# Each function with the fewest and the most values that it takes.
FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    "abs": (1, 1),
    "boolean": (1, 1),
    "ceiling": (1, 1),
    "coalesce": (2, 2),
    "concat": (1, 30),
    "contains": (2, 2),
    "count-selected": (1, 1),
    "date": (1, 1),
    "ends-with": (2, 2),
    "false": (0, 0),
    "floor": (1, 1),
    "if": (3, 3),
    "int": (1, 1),
    "max": (1, 30),
    "min": (1, 30),
    "normalize-space": (1, 1),
    "not": (1, 1),
    "number": (1, 1),
    "pow": (2, 2),
    "regex": (2, 2),
    "round": (1, 2),
    "selected": (2, 2),
    "selected-at": (2, 2),
    "starts-with": (2, 2),
    "string": (1, 1),
    "string-length": (1, 1),
    "substr": (2, 3),
    "today": (0, 0),
    "true": (0, 0),
}
# Weakest first; those in one row bind alike, from the left.
LEVELS: Final = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"),
                 ("*", "div", "mod"))  # fmt: skip
SIGNS: Final = frozenset(sign for level in LEVELS for sign in level)
_NAME: Final = r"[A-Za-z_][\w.\-]*"
_TOKEN: Final = re.compile(
    rf"""\s*(?:
    (?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<ref>\$\{{\s*{_NAME}\s*\}}|\.\./{_NAME})
    |(?P<self>\.(?![./]))
    |(?P<sign><=|>=|!=|[=<>+\-*(),])
    |(?P<name>{_NAME}(?::{_NAME})?)
    )""",
    re.VERBOSE,
)
# Word processors turn straight quotation marks into these.
_CURLY: Final = str.maketrans("‘’“”", "''\"\"")


class CannotRead(Exception):
    """An expression that cannot be read; `code` tells why, `word` which part of it.

    Codes: `function` (not known here), `pattern` (of `regex`), `expression` (anything else).
    """

    def __init__(self, code: str, word: str) -> None:
        super().__init__(f"{code}: {word}")
        self.code = code
        self.word = word


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse(text: str) -> Tree:
    """Read an expression.

    Raises:
        CannotRead: it is no expression, or uses what is not supported.
    """
    if len(text) > LONGEST:
        raise CannotRead("expression", f"{text[:40]}…")
    return _Reader(list(_tokens(text.translate(_CURLY)))).whole()


def names_in(tree: Tree) -> set[str]:
    """Return the names of the questions whose answers an expression uses."""
    if tree[0] == "ref":
        return {tree[1]}
    inner = [part for part in tree[1:] if isinstance(part, list)]
    return {name for part in inner for name in names_in(part)}


def without_slow_patterns(part: Any) -> Any:
    """Return a stored form with every pattern that is taken in no longer left untried.

    What was taken in under a rule of former days stays as it is; phones and the server ask this.
    """
    if isinstance(part, dict):
        return {name: without_slow_patterns(inner) for name, inner in part.items()}
    if not isinstance(part, list):
        return part
    if part[:2] == ["call", "regex"] and not is_quick(part[3][1]):
        return ["call", "true"]
    return [without_slow_patterns(inner) for inner in part]


def _depth(tree: Tree) -> int:
    """Return how many trees stand inside each other, without going down into them one by one."""
    depth, row = 0, [tree]
    while row:
        depth += 1
        row = [part for one in row for part in one[1:] if isinstance(part, list)]
    return depth


def _tokens(text: str) -> Iterator[_Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            raise CannotRead("expression", text[place : place + 40].strip())
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind])
        place = found.end()


def _number(text: str) -> Tree:
    amount = float(text)
    if not math.isfinite(amount):
        raise CannotRead("expression", f"{text[:40]}…")
    return ["n", int(amount) if amount.is_integer() else amount]


_PLAIN: Final[dict[str, Callable[[str], Tree]]] = {
    "number": _number,
    "text": lambda text: ["s", text[1:-1]],
    "ref": lambda text: ["ref", text.strip("${} ").removeprefix("../")],
    "self": lambda _text: ["self"],
}


class _Reader:
    """Reads tokens from the left, each level of signs calling the one that binds more."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def whole(self) -> Tree:
        tree = self.level(0)
        if self.place < len(self.tokens):
            raise CannotRead("expression", self.tokens[self.place].text)
        if _depth(tree) > DEEPEST_TREE:
            raise CannotRead("expression", f"{tree[0]} … {tree[0]} …")
        return tree

    @property
    def next(self) -> _Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else _Token("end", "")

    def take(self) -> _Token:
        token = self.next
        self.place += 1
        return token

    def expect(self, text: str) -> None:
        if self.next.text != text or self.next.kind != "sign":
            raise CannotRead("expression", self.next.text or "…")
        self.place += 1

    def level(self, number: int) -> Tree:
        """Read everything that binds at least as much as this level."""
        if number == len(LEVELS):
            return self.negated()
        tree = self.level(number + 1)
        while self.next.kind in {"sign", "name"} and self.next.text in LEVELS[number]:
            sign = self.take().text
            tree = [sign, tree, self.level(number + 1)]
        return tree

    def negated(self) -> Tree:
        if self.next == _Token("sign", "-"):
            self.take()
            return self.deeper(lambda: ["neg", self.negated()])
        return self.value()

    def deeper(self, read: Callable[[], Tree]) -> Tree:
        """Read something nested, unless it is nested too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotRead("expression", "((((…")
        tree = read()
        self.depth -= 1
        return tree

    def value(self) -> Tree:
        token = self.take()
        if token.kind in _PLAIN:
            return _PLAIN[token.kind](token.text)
        if token.kind == "name":
            return self.named(token.text)
        if token != _Token("sign", "("):
            raise CannotRead("expression", token.text or "…")
        tree = self.deeper(lambda: self.level(0))
        self.expect(")")
        return tree

    def named(self, name: str) -> Tree:
        """Read a function with its values, or the column of a choice."""
        if self.next != _Token("sign", "("):
            return ["attr", name]
        if name not in FUNCTIONS:
            raise CannotRead("function", f"{name}()")
        self.take()
        values = self.deeper(self.values)
        least, most = FUNCTIONS[name]
        if not least <= len(values) <= most:
            raise CannotRead("expression", f"{name}()")
        return ["call", name, *(_with_pattern(values) if name == "regex" else values)]

    def values(self) -> Tree:
        found: Tree = []
        while self.next.text != ")" or self.next.kind != "sign":
            if found:
                self.expect(",")
            found.append(self.level(0))
        self.take()
        return found


def _with_pattern(values: Tree) -> Tree:
    """Return the two values of `regex`, the pattern written so that all read it alike."""
    subject, pattern = values
    if pattern[0] != "s":
        raise CannotRead("pattern", "regex()")
    try:
        return [subject, ["s", plain_pattern(pattern[1])]]
    except PatternNotSupported as refused:
        raise CannotRead("pattern", pattern[1]) from refused


def written(tree: Tree) -> str:
    """Return an expression as people write it in a form."""
    word, *parts = tree
    plain = {"ref": "${{{0}}}", "s": "'{0}'", "self": ".", "n": "{0}", "attr": "{0}"}
    if word == "neg":
        return f"-{_bracketed(parts[0], len(LEVELS))}"
    if word == "call":
        return f"{parts[0]}({', '.join(map(written, parts[1:]))})"
    if word in SIGNS:
        left, right = parts
        return f"{_bracketed(left, _level(word))} {word} {_bracketed(right, _level(word) + 1)}"
    return plain[word].format(*parts)


def _level(sign: str) -> int:
    return next(number for number, signs in enumerate(LEVELS) if sign in signs)


def _bracketed(tree: Tree, least: int) -> str:
    """Return an expression, in brackets when it binds less than where it stands."""
    needs = tree[0] in SIGNS and _level(tree[0]) < least
    return f"({written(tree)})" if needs else written(tree)
