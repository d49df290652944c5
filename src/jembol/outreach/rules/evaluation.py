"""Evaluates the trees of `expressions` as phones do (`static/field/expressions.js`).

A value is a text, a number or true/false. A day counts as its days since 1970, an hour as its part
of a day, an answer that was not given as the empty text. What is no number is NaN, and NaN is
written as nothing. Shared vectors (tests/outreach/expressions.json) hold both to one result.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from jembol.outreach.rules.expressions import Tree

Value = str | float | bool

LONGEST_SUBJECT: Final = 200
"""Signs of a text to which a pattern is tried; a longer one does not fit."""

LONGEST_RESULT: Final = 2_000
"""Signs of a text that a function gives, as many as an answer may have; the rest is cut off."""

_NUMBER: Final = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_DAY: Final = re.compile(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})")
_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_WORD: Final = re.compile(r"[^ \t\r\n]+")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAYS: Final = (date(1000, 1, 1).toordinal() - _EPOCH, date(9999, 12, 31).toordinal() - _EPOCH)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression can ask for.

    Attributes:
        answer: The value of a question by its name.
        today: The day as ISO text.
        own: The answer being checked.
        choice: The columns of the choice being offered.
    """

    answer: Callable[[str], Value]
    today: str
    own: Value = ""
    choice: Mapping[str, str] = field(default_factory=dict)


def evaluate(tree: Tree, scope: Scope) -> Value:
    """Return what the expression is worth."""
    word = tree[0]
    if word in _LEAVES:
        return _LEAVES[word](tree, scope)
    if word in _LAZY:
        return _LAZY[word](tree, scope)
    if word == "call":
        return _called(tree, scope)
    return _SIGNS[word](*(evaluate(part, scope) for part in tree[1:]))


def truth(value: Value) -> bool:
    """Return whether a value counts as true."""
    if isinstance(value, str):
        return value != ""
    return value != 0 and not math.isnan(value)


def number(value: Value) -> float:
    """Return the number that a value stands for, NaN for none."""
    if not isinstance(value, str):
        return float(value)
    if found := _NUMBER.fullmatch(value):
        return float(found[1])
    if found := _DAY.fullmatch(value):
        return _days(*map(int, found.groups()))
    if found := _HOUR.fullmatch(value):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return (hours * 3600 + minutes * 60 + seconds) / 86400
    return math.nan


def text(value: Value) -> str:
    """Return a value as text; numbers as people and browsers write them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"


def _days(year: int, month: int, day: int) -> float:
    try:
        return float(date(year, month, day).toordinal() - _EPOCH)
    except ValueError:
        return math.nan


def _called(tree: Tree, scope: Scope) -> Value:
    values = [evaluate(part, scope) for part in tree[2:]]
    found = scope.today if tree[1] == "today" else _FUNCTIONS[tree[1]](*values)
    return found[:LONGEST_RESULT] if isinstance(found, str) else found


# --- signs ------------------------------------------------------------------------------------


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def _divided(left: Value, right: Value) -> float:
    above, below = number(left), number(right)
    if below == 0:
        return math.nan
    return above / below


def _rest(left: Value, right: Value) -> float:
    above, below = number(left), number(right)
    if below == 0 or not math.isfinite(above):
        return math.nan
    return math.fmod(above, below)


_SIGNS: Final[dict[str, Callable[..., Value]]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "+": lambda left, right: number(left) + number(right),
    "-": lambda left, right: number(left) - number(right),
    "*": lambda left, right: number(left) * number(right),
    "div": _divided,
    "mod": _rest,
    "neg": lambda value: -number(value),
}
_LEAVES: Final[dict[str, Callable[[Tree, Scope], Value]]] = {
    "n": lambda tree, _scope: float(tree[1]),
    "s": lambda tree, _scope: str(tree[1]),
    "ref": lambda tree, scope: scope.answer(tree[1]),
    "self": lambda _tree, scope: scope.own,
    "attr": lambda tree, scope: scope.choice.get(tree[1], ""),
}
_LAZY: Final[dict[str, Callable[[Tree, Scope], Value]]] = {
    "and": lambda tree, scope: all(truth(evaluate(part, scope)) for part in tree[1:]),
    "or": lambda tree, scope: any(truth(evaluate(part, scope)) for part in tree[1:]),
}


# --- functions --------------------------------------------------------------------------------


def _rounded(value: Value, digits: Value = 0.0) -> float:
    amount, places = number(value), number(digits)
    if not (math.isfinite(amount) and math.isfinite(places) and abs(places) <= 9):
        return math.nan
    scale = 10.0 ** abs(int(places))
    if places < 0:
        return math.floor(amount / scale + 0.5) * scale
    larger = amount * scale + 0.5
    return math.floor(larger) / scale if math.isfinite(larger) else math.nan


def _whole(value: Value, how: Callable[[float], int]) -> float:
    amount = number(value)
    return float(how(amount)) if math.isfinite(amount) else math.nan


def _most(pick: Callable[[list[float]], float]) -> Callable[..., Value]:
    def picked(*values: Value) -> Value:
        numbers = list(map(number, values))
        return math.nan if any(map(math.isnan, numbers)) else pick(numbers)

    return picked


def _power(base: Value, exponent: Value) -> float:
    try:
        found = number(base) ** number(exponent)
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return found if isinstance(found, float) and math.isfinite(found) else math.nan


def _words(value: Value) -> list[str]:
    return _WORD.findall(text(value))


def _selected_at(value: Value, place: Value) -> str:
    words, at = _words(value), number(place)
    return words[int(at)] if at >= 0 and at.is_integer() and at < len(words) else ""


def _part(value: Value, start: Value, end: Value | None = None) -> str:
    first, last = number(start), math.inf if end is None else number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text(value)[_edge(first) : _edge(last)]


def _edge(place: float) -> int:
    return int(max(-1e9, min(1e9, place)))


def _date(value: Value) -> str:
    days = number(value)
    if math.isnan(days) or not _DAYS[0] <= days < _DAYS[1] + 1:
        return ""
    return date.fromordinal(math.floor(days) + _EPOCH).isoformat()


def _fits(value: Value, pattern: Value) -> bool:
    said = text(value)
    return len(said) <= LONGEST_SUBJECT and bool(re.fullmatch(text(pattern), said, re.ASCII))


_FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "abs": lambda value: abs(number(value)),
    "boolean": truth,
    "ceiling": lambda value: _whole(value, math.ceil),
    "coalesce": lambda first, second: first if text(first) else second,
    "concat": lambda *values: "".join(map(text, values)),
    "contains": lambda value, part: text(part) in text(value),
    "count-selected": lambda value: float(len(_words(value))),
    "date": _date,
    "ends-with": lambda value, part: text(value).endswith(text(part)),
    "false": lambda: False,
    "floor": lambda value: _whole(value, math.floor),
    "if": lambda asked, yes, no: yes if truth(asked) else no,
    "int": lambda value: _whole(value, math.trunc),
    "max": _most(max),
    "min": _most(min),
    "normalize-space": lambda value: " ".join(_words(value)),
    "not": lambda value: not truth(value),
    "number": number,
    "pow": _power,
    "regex": _fits,
    "round": _rounded,
    "selected": lambda value, name: text(name) in _words(value),
    "selected-at": _selected_at,
    "starts-with": lambda value, part: text(value).startswith(text(part)),
    "string": text,
    "string-length": lambda value: float(len(text(value))),
    "substr": _part,
    "true": lambda: True,
}
