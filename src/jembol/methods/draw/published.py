"""The files by which a stranger redraws: rule, entries, and what was drawn.

They are described in docs/algorithms/lottery.md. Written texts are UTF-8 with line feeds, the same
to the byte for the same lottery; read texts may carry a byte-order mark and other line ends.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jembol.methods.draw.entries import Entry, NotALottery, Quota, checked
from jembol.methods.draw.lottery import Draw, draw
from jembol.methods.draw.order import is_secret_of

FORMAT: Final = "jembol-lottery/1"
ENTRY_COLUMNS: Final = ("entry", "size", "categories")
DRAWN_COLUMNS: Final = (
    "place", "entry", "size", "ticket", "result", "waiting_place", "why", "categories",
    "seats_left",
)  # fmt: skip
PLACED: Final = "placed"
WAITING: Final = "waiting"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is published before registration closes.

    Attributes:
        label: The class in the tickets; its public id.
        seats: Of the class.
        quotas: In the published order.
        commitment: SHA-256 of the secret, 64 hex digits.
        public_value: See `order.ticket`; filled in once it is known.
        title: For people; plays no part in the draw.
    """

    label: str
    seats: int
    quotas: tuple[Quota, ...]
    commitment: str
    public_value: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that two lists of results do not share.

    Attributes:
        line: Number of the line in the file, the header being 1.
        published: That line as it was published; None where the file ends before it.
        drawn: The line as it was drawn again; None where the list ends before it.
    """

    line: int
    published: str | None
    drawn: str | None


def drawn_by(rule: Rule, entries: Sequence[Entry], secret: str) -> Draw:
    """Draw by the published rule.

    Raises:
        NotALottery: the secret is not the one whose hash was published, or see `draw`.
    """
    if not is_secret_of(secret, rule.commitment):
        raise NotALottery(
            f"the secret does not fit the published commitment {rule.commitment}; ask for the"
            " secret that was fixed before registration closed"
        )
    return draw(entries, rule.seats, rule.quotas, secret, rule.label, rule.public_value)


def rule_text(rule: Rule) -> str:
    """Return rule.json."""
    return (
        json.dumps(
            {
                "format": FORMAT,
                "title": rule.title,
                "label": rule.label,
                "seats": rule.seats,
                "quotas": [
                    {"category": q.category, "at_least": q.at_least, "at_most": q.at_most}
                    for q in rule.quotas
                ],
                "commitment": rule.commitment,
                "public_value": rule.public_value,
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def rule_from(text: str) -> Rule:
    """Read rule.json.

    Raises:
        NotALottery: it is no JSON, of another format, or a field is absent or of another kind.
    """
    try:
        told = json.loads(text.removeprefix("\ufeff"))
    except ValueError as problem:
        raise NotALottery(f"the rule is no JSON: {problem}; take the file as published") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotALottery(f'the rule lacks "format": "{FORMAT}"; take the file as published')
    quotas = tuple(
        _quota(one, number) for number, one in enumerate(_field(told, "quotas", list), 1)
    )
    rule = Rule(
        _field(told, "label", str), _field(told, "seats", int), quotas,
        _field(told, "commitment", str), told.get("public_value") or "", told.get("title") or "",
    )  # fmt: skip
    checked((), rule.seats, rule.quotas)
    return rule


def _quota(told: Any, number: int) -> Quota:
    if not isinstance(told, dict):
        raise NotALottery(f'quota {number} of the rule is no object; give {{"category": …}}')
    category = _field(told, "category", str)
    least, most = told.get("at_least", 0), told.get("at_most")
    if type(least) is not int or type(most) not in {int, type(None)}:
        raise NotALottery(f"quota {category!r} of the rule: at_least and at_most are whole numbers")
    return Quota(category, least, most)


def _field(told: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    # `type`, because JSON's true would pass as a number otherwise.
    if type(told.get(name)) is not kind:
        words = {str: "a text", int: "a whole number", list: "a list"}[kind]
        raise NotALottery(f"field {name} of the rule is not {words}; take the file as published")
    return told[name]


def entries_text(entries: Sequence[Entry]) -> str:
    """Return entries.csv, in the order of the ids, which tells nothing of the order of arrival.

    Raises:
        NotALottery: a category cannot be written, because it holds ";" or "=".
    """
    rows = [
        (entry.id, str(entry.size), _categories_text(entry))
        for entry in sorted(entries, key=lambda one: one.id)
    ]
    return _table(ENTRY_COLUMNS, rows)


def _categories_text(entry: Entry) -> str:
    for category in entry.members:
        if not category or {";", "=", "\n"} & set(category):
            raise NotALottery(f'category {category!r}: leave out ";", "=" and line ends')
    return ";".join(
        category if count == entry.size else f"{category}={count}"
        for category, count in sorted(entry.members.items())
        if count
    )


def entries_from(text: str) -> list[Entry]:
    """Read entries.csv.

    Raises:
        NotALottery: a column is absent, or a line cannot be read; the words name line and column.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(next(rows, ())) != ENTRY_COLUMNS:
        raise NotALottery(f"the first line of the entries is not {','.join(ENTRY_COLUMNS)}")
    return [_entry(row, rows.line_num) for row in rows if row]


def _entry(row: Sequence[str], line: int) -> Entry:
    if len(row) != len(ENTRY_COLUMNS):
        raise NotALottery(f"entries, line {line}: {len(row)} cells instead of {len(ENTRY_COLUMNS)}")
    entry_id, size, categories = row
    if not size.isascii() or not size.isdigit():
        raise NotALottery(f"entries, line {line}, column size: {size!r} is no whole number")
    members: dict[str, int] = {}
    for part in filter(None, categories.split(";")):
        category, sign, count = part.partition("=")
        if category in members or (sign and not (count.isascii() and count.isdigit())):
            raise NotALottery(
                f"entries, line {line}, column categories: {part!r}; write category or"
                " category=number, each once"
            )
        members[category] = int(count) if sign else int(size)
    return Entry(entry_id, int(size), members)


def drawn_text(entries: Sequence[Entry], drawn: Draw) -> str:
    """Return drawn.csv: a line for every entry, first drawn first."""
    sizes = {entry.id: entry.size for entry in entries}
    waiting = {entry_id: place for place, entry_id in enumerate(drawn.waiting, 1)}
    rows = []
    for place, (entry_id, ticket) in enumerate(drawn.tickets.items(), 1):
        reason = drawn.reasons[entry_id]
        rows.append((
            str(place), entry_id, str(sizes[entry_id]), ticket,
            PLACED if reason.why.is_placed else WAITING, str(waiting.get(entry_id, "")),
            reason.why.value, ";".join(reason.categories), str(reason.seats_left),
        ))  # fmt: skip
    return _table(DRAWN_COLUMNS, rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return file.getvalue()


def differences(published: str, drawn: str) -> list[Difference]:
    """Return the lines in which a published list of results is not the one drawn again."""
    left, right = _lines(published), _lines(drawn)
    longest = max(len(left), len(right))
    return [
        Difference(number, one, other)
        for number, (one, other) in enumerate(
            zip(_padded(left, longest), _padded(right, longest), strict=True), 1
        )
        if one != other
    ]


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n").split("\n")


def _padded(lines: list[str], length: int) -> list[str | None]:
    return [*lines, *[None] * (length - len(lines))]
