"""Two records side by side: what each field says, what hangs on each, and the evidence in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.doubt_kinds import Kind
from jembol.intake.models import ImportRow
from jembol.intake.queries import imports
from jembol.registry.choices import Purpose
from jembol.registry.evidence_words import strength_of, title_of, words_of
from jembol.registry.models import Enterprise, Person
from jembol.registry.queries.doubts import evidence_of
from jembol.registry.queries.pages import enterprise_page, person_page
from jembol.training.queries import classes_of

if TYPE_CHECKING:
    from jembol.kit.reach import Reach

WIDEST_BITS: Final = 8.0
HALF_BAR: Final = 50
MOST_NAMED: Final = 6

TOLD: Final = frozenset({"public_id", "created_at"})
"""Fields that are another in every two records, so that a mark would say nothing."""

WORD: Final = re.compile(r"\s+|[^\w\s]|\w+")
ALIKE: Final = 0.6
"""Share of equal signs from which two words are compared sign by sign."""

Hanging = Iterator[tuple[str, list[str]]]
"""Title of a kind of rows, and the names of those that hang on one record."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value; `differs` when the other value has something else there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two says in a field.

    Attributes:
        key: Key of the record.
        pieces: The value; empty for unknown.
        is_chosen: It is kept unless the officer says otherwise.
    """

    key: int
    pieces: Sequence[Piece]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of both.

    Attributes:
        name: The field.
        label: Its title.
        sides: What each says.
        state: "same", "differs", "one" when only one of them knows it, or "told" of what is always
            another.
        is_offered: Whether one of the two can be chosen.
    """

    name: str
    label: str
    sides: tuple[Side, Side]
    state: str
    is_offered: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What one field says, with a bar that begins in the middle.

    Attributes:
        label: The field.
        words: What was found.
        strength: How much that says.
        bits: Binary digits of evidence, for or (below zero) against.
        tone: "for" or "against".
        start: Where the bar begins, of 100.
        width: How wide it is.
    """

    label: str
    words: str
    strength: str
    bits: str
    tone: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class HangingRow:
    """What of one kind hangs on each of the two."""

    label: str
    lists: tuple[list[str], list[str]]


def field_rows(kind: Kind, both: tuple[Any, Any], survivor: Any) -> list[FieldRow]:
    """Return the fields that at least one of the two knows."""
    rows = []
    for name, (label, text) in kind.fields().items():
        texts = (text(both[0]), text(both[1]))
        if any(texts):
            is_offered = name in kind.takeable and texts[0] != texts[1] and all(texts)
            rows.append(
                FieldRow(
                    name,
                    label,
                    _sides(both, survivor, texts, is_told=name in TOLD),
                    _state(name, texts),
                    is_offered=is_offered,
                )
            )
    return rows


def _state(name: str, texts: tuple[str, str]) -> str:
    if name in TOLD:
        return "told"
    if not all(texts):
        return "one"
    return "same" if texts[0].casefold() == texts[1].casefold() else "differs"


def _sides(
    both: tuple[Any, Any], survivor: Any, texts: tuple[str, str], *, is_told: bool
) -> tuple[Side, Side]:
    kept = 0 if both[0].pk == survivor.pk else 1
    chosen = kept if texts[kept] else 1 - kept
    is_compared = all(texts) and not is_told
    left, right = compared(*texts) if is_compared else (_whole(texts[0]), _whole(texts[1]))
    return (
        Side(both[0].pk, left, is_chosen=chosen == 0),
        Side(both[1].pk, right, is_chosen=chosen == 1),
    )


def _whole(text: str) -> list[Piece]:
    return [Piece(text, differs=False)] if text else []


def compared(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, those marked that the other has not.

    Words are compared first, and only words that are alike sign by sign: marks inside words that
    have nothing to do with one another would be noise.
    """
    left, right = WORD.findall(one), WORD.findall(other)
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, start, end, other_start, other_end in _steps(_folded(left), _folded(right)):
        ours, theirs = left[start:end], right[other_start:other_end]
        if tag == "replace" and len(ours) == len(theirs):
            for word, other_word in zip(ours, theirs, strict=True):
                _add(pieces, *_compared_words(word, other_word))
        else:
            differs = tag != "equal"
            _add(pieces, [Piece("".join(ours), differs)], [Piece("".join(theirs), differs)])
    return pieces


def _compared_words(word: str, other: str) -> tuple[list[Piece], list[Piece]]:
    folded = (word.casefold(), other.casefold())
    # Folding can make signs more, and then their places no longer fit.
    is_alike = [len(text) for text in folded] == [len(word), len(other)] and (
        SequenceMatcher(None, folded[0], folded[1], autojunk=False).ratio() >= ALIKE
    )
    if not is_alike:
        return [Piece(word, differs=True)], [Piece(other, differs=True)]
    steps = _steps(*folded)
    return (
        [Piece(word[step[1] : step[2]], step[0] != "equal") for step in steps],
        [Piece(other[step[3] : step[4]], step[0] != "equal") for step in steps],
    )


def _folded(words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words]


def _steps(one: Sequence[str], other: Sequence[str]) -> list[Any]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _add(
    pieces: tuple[list[Piece], list[Piece]], left: Sequence[Piece], right: Sequence[Piece]
) -> None:
    pieces[0].extend(piece for piece in left if piece.text)
    pieces[1].extend(piece for piece in right if piece.text)


# Evidence


def evidence_rows(parts: Any) -> list[EvidenceRow]:
    """Return the evidence in words, what says most first; what says nothing is left out."""
    told = sorted(evidence_of(parts), key=lambda part: -abs(part[2]))
    return [_evidence_row(*part) for part in told if part[1] != "missing"]


def _evidence_row(field: str, category: str, bits: float) -> EvidenceRow:
    width = max(1, round(min(abs(bits) / WIDEST_BITS, 1.0) * HALF_BAR))
    return EvidenceRow(
        label=str(title_of(field)),
        words=str(words_of(field, category)),
        strength=str(strength_of(bits)),
        bits=f"{bits:+.1f}".replace(".", ","),
        tone="for" if bits >= 0 else "against",
        start=HALF_BAR if bits >= 0 else HALF_BAR - width,
        width=width,
    )


def evidence_in_words(parts: Any) -> str:
    """Return the evidence as one line, for a list that is taken away."""
    return "; ".join(f"{row.words} ({row.strength})" for row in evidence_rows(parts))


# What hangs on each


def hanging_rows(both: tuple[Any, Any], *, reach: Reach, intake: Reach) -> list[HangingRow]:
    """Return what hangs on each, kind by kind; kinds that neither has are left out.

    Args:
        both: Two people, or two enterprises.
        reach: How far the reader sees the register.
        intake: How far the reader sees imports.
    """
    files = _files_of(both, intake)
    told = _around_person if isinstance(both[0], Person) else _around_enterprise
    one, other = (dict(told(row, reach, files[row.pk])) for row in both)
    return [
        HangingRow(label, (_cut(one[label]), _cut(other[label])))
        for label in one
        if one[label] or other[label]
    ]


def _around_person(person: Person, reach: Reach, files: list[str]) -> Hanging:
    page = person_page(person, reach=reach, on=timezone.localdate())
    classes = classes_of(person)
    attended = sum(row.days_attended for row in classes)
    yield _("Classes"), [row.training_class.title for row in classes]
    yield _("Days that the person came"), [str(attended)] if attended else []
    yield _("Business"), [row.name for row in (*page.enterprises_now, *page.enterprises_past)]
    yield _("Groups"), [row.name for row in (*page.groups_now, *page.groups_past)]
    yield _("Same household"), [row.name for row in page.household_members]
    yield _("Consents"), [str(Purpose(row.purpose).label) for row in page.consents if row.stands]
    yield _("Came with the lists"), files


def _around_enterprise(enterprise: Enterprise, reach: Reach, files: list[str]) -> Hanging:
    page = enterprise_page(enterprise, reach=reach, on=timezone.localdate())
    yield _("Owners"), [row.name for row in page.owners_now]
    yield _("Owners before"), [row.name for row in page.owners_past]
    yield _("Came with the lists"), files


def _files_of(both: tuple[Any, Any], reach: Reach) -> defaultdict[int, list[str]]:
    owner = "person" if isinstance(both[0], Person) else "enterprise"
    rows = ImportRow.objects.filter(**{f"{owner}__in": both}, batch__in=imports(reach))
    found: defaultdict[int, list[str]] = defaultdict(list)
    names = rows.values_list(f"{owner}_id", "batch__file_name").distinct()
    for key, name in names.order_by(f"{owner}_id", "batch__file_name"):
        found[key].append(name)
    return found


def _cut(texts: Sequence[str]) -> list[str]:
    rest = len(texts) - MOST_NAMED
    if rest <= 0:
        return list(texts)
    return [*texts[:MOST_NAMED], _("and %(count)d more") % {"count": rest}]
