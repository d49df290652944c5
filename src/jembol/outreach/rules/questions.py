"""Reads and judges the answers to a form, as phones do (`static/field/answers.js`).

A form is plain JSON: `items` of questions and groups, each with its expressions as trees. What was
answered is never lost: a value that breaks a rule stays, and a fault beside it names the rule.
Of a number that is shaped like a NIK only the ends are kept, because answers are not sealed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from jembol.kit.shaped_as_nik import without_niks
from jembol.outreach.rules.evaluation import Scope, Value, evaluate, number, text, truth
from jembol.outreach.rules.needs import Item, in_order_of_needs, needs_of

LONGEST_TEXT: Final = 2_000
LARGEST_WHOLE: Final = 2**53
ANSWERED_BY_THE_VISIT: Final = frozenset({"geopoint", "image"})
NOT_ASKED: Final = frozenset({"note", "group", "calculate"}) | ANSWERED_BY_THE_VISIT
FAULTS: Final = (
    "required", "constraint", "not-relevant", "not-a-number", "not-whole", "not-a-day",
    "not-an-hour", "not-a-choice", "too-long", "not-a-text", "not-asked", "nik",
)  # fmt: skip
_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the visit itself answers.

    Attributes:
        today: The day of the visit.
        has_position: Whether a place was noted.
        photos: How many photographs were taken.
    """

    today: date
    has_position: bool = False
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of the form that an answer breaks; `code` is one of `FAULTS`."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers as they are kept, and what is odd about them."""

    values: Mapping[str, Any]
    faults: Sequence[Fault]


class CannotKeep(Exception):
    """A value is not of its question's type; `code` is one of `FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(form: Item, sent: Mapping[str, Any], around: Around) -> Checked:
    """Judge the answers to a form.

    Args:
        form: The form, as it was asked.
        sent: Values by the names of the questions.
        around: What the visit itself answers.
    """
    found = _Sheet(form, sent, around).checked()
    values, masked = unsealed(found.values)
    faults = [Fault(without_niks(fault.name), fault.code) for fault in found.faults]
    return Checked(values, (*faults, *(Fault(name, "nik") for name in masked)))


def unsealed(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return answers as they may stand outside the vault, and the names of those that changed."""
    kept: dict[str, Any] = {}
    masked = []
    for said, value in values.items():
        name, clean = without_niks(said), _without_niks(value)
        kept[name] = clean
        if (name, clean) != (said, value):
            masked.append(name)
    return kept, masked


def walk(items: Sequence[Item], above: tuple[Item, ...] = ()) -> Iterator[tuple[Item, Any]]:
    """Yield every item with the groups in which it stands, in the order of the form."""
    for item in items:
        yield item, above
        yield from walk(item.get("items", ()), (*above, item))


@dataclass(slots=True)
class _Sheet:
    """A form while its answers are judged; what was worked out once is kept."""

    form: Item
    sent: Mapping[str, Any]
    around: Around
    items: dict[str, tuple[Item, tuple[Item, ...]]] = field(default_factory=dict)
    known: dict[str, Value] = field(default_factory=dict)
    shown: dict[str, bool] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.items = {item["name"]: (item, above) for item, above in walk(self.form["items"])}

    def checked(self) -> Checked:
        kept: dict[str, Any] = {}
        # What others need first, so that a long chain of questions needs no deep recursion.
        needs = {name: needs_of(*place) for name, place in self.items.items()}
        for name in in_order_of_needs(needs):
            self.value(name)
        for name, (item, _above) in self.items.items():
            if item["type"] == "calculate":
                kept |= self.calculated(name)
            elif item["type"] in ANSWERED_BY_THE_VISIT:
                self.judge_presence(name, item, is_given=bool(text(self.value(name))))
            elif item["type"] not in NOT_ASKED:
                kept |= self.answered(name, item)
        strangers = sorted(self.sent.keys() - self.items.keys())
        for name in strangers:
            self.faults.append(Fault(name, "not-asked"))
            kept[name] = self.sent[name]
        return Checked(kept, tuple(self.faults))

    def calculated(self, name: str) -> dict[str, Any]:
        value = self.value(name)
        if isinstance(value, bool) or (isinstance(value, str) and value):
            return {name: value}
        if isinstance(value, float) and math.isfinite(value):
            return {name: int(value) if value.is_integer() else value}
        return {}

    def answered(self, name: str, item: Item) -> dict[str, Any]:
        sent = self.sent.get(name)
        is_given = not _is_blank(sent)
        if not self.is_shown(name):
            if is_given:
                self.faults.append(Fault(name, "not-relevant"))
            return {name: sent} if is_given else {}
        self.judge_presence(name, item, is_given=is_given)
        if not is_given:
            return {}
        try:
            kept = typed(item, sent)
        except CannotKeep as refused:
            self.faults.append(Fault(name, refused.code))
            return {name: sent}
        if not self.holds(item.get("constraint"), own=as_value(kept), otherwise=True):
            self.faults.append(Fault(name, "constraint"))
        elif not self.is_offered(item, kept):
            self.faults.append(Fault(name, "not-a-choice"))
        return {name: kept}

    def judge_presence(self, name: str, item: Item, *, is_given: bool) -> None:
        is_wanted = self.holds(item.get("required"), otherwise=False)
        if is_wanted and not is_given and self.is_shown(name):
            self.faults.append(Fault(name, "required"))

    def is_offered(self, item: Item, kept: Any) -> bool:
        """Whether every chosen word was among the choices that the form offered."""
        tree = item.get("choice_filter")
        chosen = kept if isinstance(kept, list) else [kept]
        offered = (choice for choice in item.get("choices", ()) if choice["name"] in chosen)
        return tree is None or all(
            truth(evaluate(tree, self.scope(choice=choice.get("with", {})))) for choice in offered
        )

    # what expressions ask for

    def scope(self, own: Value = "", choice: Mapping[str, str] | None = None) -> Scope:
        return Scope(self.value, self.around.today.isoformat(), own, choice or {})

    def holds(self, tree: Any, *, otherwise: bool, own: Value = "") -> bool:
        return otherwise if tree is None else truth(evaluate(tree, self.scope(own)))

    def is_shown(self, name: str) -> bool:
        """Whether a question is asked, given the answers before it."""
        if name not in self.shown:
            item, above = self.items[name]
            # Until it is known it counts as shown, so that a ring of questions ends.
            self.shown[name] = True
            trees = [one.get("relevant") for one in (*above, item)]
            self.shown[name] = all(self.holds(tree, otherwise=True) for tree in trees)
        return self.shown[name]

    def value(self, name: str) -> Value:
        """Return what an expression gets for the name of a question."""
        if name not in self.items:
            return ""
        if name not in self.known:
            self.known[name] = ""
            self.known[name] = self.found(name) if self.is_shown(name) else ""
        return self.known[name]

    def found(self, name: str) -> Value:
        item = self.items[name][0]
        if item["type"] == "calculate":
            return evaluate(item["calculate"], self.scope())
        if item["type"] == "geopoint":
            return "1" if self.around.has_position else ""
        if item["type"] == "image":
            return "1" if self.around.photos else ""
        try:
            return as_value(typed(item, self.sent.get(name)))
        except CannotKeep:
            return ""


def _without_niks(value: Any) -> Any:
    if isinstance(value, str):
        return without_niks(value)
    if isinstance(value, dict):
        return {without_niks(str(name)): _without_niks(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_niks(one) for one in value]
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    said = without_niks(str(value))
    return value if said == str(value) else said


def as_value(kept: Any) -> Value:
    """Return what an expression sees of a kept answer."""
    if isinstance(kept, list):
        return " ".join(kept)
    return float(kept) if isinstance(kept, int | float) else str(kept or "")


def typed(item: Item, sent: Any) -> Any:
    """Return an answer in the type of its question; "" for none.

    Raises:
        CannotKeep: it is not of that type.
    """
    return "" if _is_blank(sent) else _READERS[item["type"]](item, sent)


def _is_blank(sent: Any) -> bool:
    return sent is None or sent == [] or (isinstance(sent, str) and not sent.strip())


def _text(_item: Item, sent: Any) -> str:
    if not isinstance(sent, str):
        raise CannotKeep("not-a-text")
    if len(sent) > LONGEST_TEXT:
        raise CannotKeep("too-long")
    return sent.strip()


def _decimal(_item: Item, sent: Any) -> float | int:
    if isinstance(sent, bool) or not isinstance(sent, int | float | str):
        raise CannotKeep("not-a-number")
    is_day_or_hour = isinstance(sent, str) and (":" in sent or "-" in sent.strip()[1:])
    said = math.nan if is_day_or_hour else _as_number(sent)
    if not math.isfinite(said):
        raise CannotKeep("not-a-number")
    return int(said) if said.is_integer() and abs(said) < LARGEST_WHOLE else said


def _as_number(sent: float | str) -> float:
    if isinstance(sent, str):
        return number(sent.strip().replace(",", "."))
    try:
        return float(sent)
    except OverflowError:
        return math.inf


def _integer(item: Item, sent: Any) -> int:
    said = _decimal(item, sent)
    if not isinstance(said, int):
        raise CannotKeep("not-whole")
    return said


def _day(_item: Item, sent: Any) -> str:
    try:
        return date.fromisoformat(sent).isoformat()
    except (TypeError, ValueError):
        raise CannotKeep("not-a-day") from None


def _hour(_item: Item, sent: Any) -> str:
    if not (isinstance(sent, str) and _HOUR.fullmatch(sent)):
        raise CannotKeep("not-an-hour")
    return sent


def _one(item: Item, sent: Any) -> str:
    if not any(choice["name"] == sent for choice in item["choices"]):
        raise CannotKeep("not-a-choice")
    return str(sent)


def _several(item: Item, sent: Any) -> list[str]:
    chosen = sent if isinstance(sent, list) else str(sent).split()
    for word in chosen:
        _one(item, word)
    # In the order of the form, so that the same answer is one value.
    return [choice["name"] for choice in item["choices"] if choice["name"] in chosen]


_READERS: Final[dict[str, Callable[[Item, Any], Any]]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _day,
    "time": _hour,
    "select_one": _one,
    "select_multiple": _several,
}
