"""Finds the headers inside a sheet: over one row or two, several side by side, or none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jembol.intake.columns import (
    GROUP_MARK,
    heads_names,
    heads_sequence,
    is_header_word,
)
from jembol.intake.known_fields import normalise
from jembol.intake.workbook import Cells


@dataclass(frozen=True, slots=True)
class Header:
    """A header: rows [top, end) from 0, columns [left, right), one name a column."""

    top: int
    end: int
    left: int
    right: int
    names: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names as bare words, by which a header is known again."""
        return tuple(map(normalise, self.names))


def headers_of(rows: Sequence[Cells]) -> list[Header]:
    """Return every header of a sheet, from the top down; one row can head several lists.

    A sheet without known words gets the header that its first full row suggests.
    """
    return list(_known(rows)) or _guessed(rows)


def _known(rows: Sequence[Cells]) -> Iterator[Header]:
    """Yield every header made of known words."""
    number = 0
    while number < len(rows):
        if not _is_header(rows[number]):
            number += 1
            continue
        end = number + 1 + _has_second_row(rows, number)
        names = _names(rows, number, end)
        for left, right in _blocks(names):
            yield Header(number, end, left, right, names[left:right])
        number = end


_IDENTIFIES = frozenset({"nik", "no ktp", "nik pengusaha", "id data badan usaha"})


def _is_header(row: Cells) -> bool:
    """Tell whether a row heads a list: known words, most of its cells, a name among them."""
    texts = [cell.text for cell in row if cell and not cell.merged]
    known = [text for text in texts if is_header_word(text)]
    if len(set(known)) < 2 or (len(known) < 3 and len(known) * 2 < len(texts)):
        return False
    named = any(heads_names(text) or normalise(text) in _IDENTIFIES for text in known)
    return named and not any(re.search(r"\d{5}", text) for text in texts)


def _has_second_row(rows: Sequence[Cells], top: int) -> bool:
    """Tell whether the row below completes the header: nothing of its own under the name."""
    if top + 1 >= len(rows):
        return False
    above, below = rows[top], rows[top + 1]
    own = [index for index, cell in enumerate(below) if cell and not cell.merged]
    if not own or any(re.search(r"\d{5}", below[index].text) for index in own):
        return False
    for index, cell in enumerate(above):
        is_key = cell and not cell.merged and (heads_names(cell.text) or heads_sequence(cell.text))
        if is_key and index in own and not is_header_word(below[index].text):
            return False
    return all(_may_stand_below(above, below, index) for index in own)


def _may_stand_below(above: Cells, below: Cells, index: int) -> bool:
    """Tell whether a cell of the second row is a header under a wider heading or a blank."""
    covered = index >= len(above) or not above[index] or above[index].merged
    heads_group = index + 1 < len(below) and (
        index + 1 >= len(above) or not above[index + 1] or above[index + 1].merged
    )
    short = len(below[index].text) <= 40
    return short and (covered or heads_group or is_header_word(below[index].text))


def _names(rows: Sequence[Cells], top: int, end: int) -> tuple[str, ...]:
    """Return the header as one text a column, a wide heading before each of its parts."""
    above, below = rows[top], rows[top + 1] if end - top > 1 else ()
    names = []
    heading = ""
    for index in range(max(len(above), len(below))):
        upper, lower = _text(above, index), _own_text(below, index, above)
        heading = upper or (heading if lower else "")
        # Only a blank or merged cell right of a heading belongs to it.
        names.append(_joined(heading if lower else upper, lower))
    return tuple(names)


def _text(row: Cells, index: int) -> str:
    return " ".join(row[index].text.split()) if index < len(row) else ""


def _own_text(row: Cells, index: int, above: Cells) -> str:
    """Return the text of a lower cell unless it is the upper one, merged down."""
    lower = _text(row, index)
    return "" if lower == _text(above, index) else lower


def _joined(upper: str, lower: str) -> str:
    return GROUP_MARK.join(part for part in (upper, lower) if part)


def _blocks(names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Divide a header into lists side by side: where it begins again with the same columns."""
    words = [normalise(name) for name in names]
    filled = [index for index, name in enumerate(names) if name]
    first, last = filled[0], filled[-1] + 1
    key = next((index for index in filled if heads_names(names[index])), first)
    length = key - first + 2
    beginning = words[first : first + length]
    starts = [at for at in filled if words[at : at + length] == beginning] or [first]
    ends = [*starts[1:], last]
    return [
        (start, max(index + 1 for index in filled if index < end))
        for start, end in zip(starts, ends, strict=True)
    ]


def _guessed(rows: Sequence[Cells]) -> list[Header]:
    """Return a header for a sheet without known words: the first full row of words, or letters."""
    width = max((sum(map(bool, row)) for row in rows), default=0)
    for number, row in enumerate(rows):
        used = [cell for cell in row if cell and not cell.merged]
        if used and len(used) * 3 >= width * 2:
            named = not any(re.search(r"\d", cell.text) for cell in used)
            names = tuple(_text(row, index) for index in range(len(row)))
            letters = tuple(f"Kolom {index + 1}" for index in range(len(row)))
            end = number + named
            return [Header(number, end, 0, len(row), names if named else letters)]
    return []
