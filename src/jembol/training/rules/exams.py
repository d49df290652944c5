"""What answers to a test say about the people and about the questions.

Difficulty is the share of right answers; discrimination is the share of right answers among the
best 27 per cent less that among the weakest 27 per cent (Kelley 1939, Journal of Educational
Psychology 30); reliability is KR-20 (Kuder and Richardson 1937, Psychometrika 2); what a class
gained is the share of what could be gained at all (Hake 1998, American Journal of Physics 66).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, pvariance
from typing import Final

LETTERS: Final = "ABCDE"
BLANK: Final = "-"
LONGEST: Final = 60
TAIL: Final = 0.27
"""Share of people in the upper and in the lower group (Kelley 1939)."""
FEW: Final = 10
"""Below so many people nothing is said about a question: one person would be ten per cent."""


class KeyFault(StrEnum):
    """Why a text is no key, or no answers to one."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    OTHER_LETTER = "other-letter"
    OTHER_LENGTH = "other-length"


class Hint(StrEnum):
    """What should be done about a question."""

    FINE = "fine"
    TOO_EASY = "too-easy"
    TOO_HARD = "too-hard"
    WEAK = "weak"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Item:
    """What the answers say about one question.

    Attributes:
        number: Its place, from 1.
        right: The right letter.
        difficulty: Share of right answers, 0 (nobody) to 1 (everybody).
        discrimination: -1 to 1; below 0 the weaker people answer better.
        chosen: How many chose each letter, blanks under `-`.
        hint: What to do about it.
    """

    number: int
    right: str
    difficulty: float
    discrimination: float
    chosen: dict[str, int]
    hint: Hint


def read_letters(text: str) -> str:
    """Return the letters of a key or of answers: case, spaces, commas and numbers are ignored.

    A dash, a dot, an underscore or a zero is an unanswered question.
    """
    kept = []
    for sign in text.upper():
        if sign in "-._0":
            kept.append(BLANK)
        elif sign.isalpha():
            kept.append(sign)
    return "".join(kept)


def fault_of_key(key: str) -> KeyFault | None:
    """Return what is wrong with the letters of a key, or None."""
    if not key:
        return KeyFault.EMPTY
    if len(key) > LONGEST:
        return KeyFault.TOO_LONG
    return None if set(key) <= set(LETTERS) else KeyFault.OTHER_LETTER


def fault_of_answers(given: str, key: str) -> KeyFault | None:
    """Return what is wrong with somebody's letters, or None."""
    if len(given) != len(key):
        return KeyFault.OTHER_LENGTH
    return None if set(given) <= set(LETTERS + BLANK) else KeyFault.OTHER_LETTER


def count_right(given: str, key: str) -> int:
    """Return how many letters are as in the key."""
    return sum(one == other for one, other in zip(given, key, strict=True))


def items(key: str, sittings: Sequence[str]) -> tuple[Item, ...]:
    """Return what the answers say about each question; nothing when fewer than ten wrote it."""
    if len(sittings) < FEW:
        return ()
    ranked = sorted(sittings, key=lambda given: -count_right(given, key))
    tail = max(round(TAIL * len(ranked)), 1)
    best, weakest = ranked[:tail], ranked[-tail:]
    return tuple(_item(place, right, sittings, best, weakest) for place, right in enumerate(key))


def reliability(key: str, sittings: Sequence[str]) -> float | None:
    """Return KR-20, at most 1; None for fewer than ten people, one question, or no spread."""
    spread = pvariance([count_right(given, key) for given in sittings]) if sittings else 0.0
    if len(sittings) < FEW or len(key) < 2 or not spread:
        return None
    shares = [_share(place, right, sittings) for place, right in enumerate(key)]
    noise = sum(share * (1 - share) for share in shares)
    return len(key) / (len(key) - 1) * (1 - noise / spread)


def gain(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Return which share of what was still unknown was learned by the same people.

    Args:
        before: Share of right answers of each person before, 0 to 1.
        after: The same people in the same order, after.

    Returns:
        At most 1; None when nobody wrote both, or nothing was left to learn.
    """
    if not before or fmean(before) >= 1:
        return None
    return (fmean(after) - fmean(before)) / (1 - fmean(before))


def _item(
    place: int, right: str, sittings: Sequence[str], best: Sequence[str], weakest: Sequence[str]
) -> Item:
    difficulty = _share(place, right, sittings)
    discrimination = _share(place, right, best) - _share(place, right, weakest)
    return Item(
        number=place + 1,
        right=right,
        difficulty=difficulty,
        discrimination=discrimination,
        chosen=dict(sorted(Counter(given[place] for given in sittings).items())),
        hint=_hint(difficulty, discrimination),
    )


def _share(place: int, right: str, sittings: Sequence[str]) -> float:
    return sum(given[place] == right for given in sittings) / len(sittings)


def _hint(difficulty: float, discrimination: float) -> Hint:
    """Bounds after Ebel and Frisbie (1991), Essentials of Educational Measurement, ch. 13."""
    if discrimination < 0:
        return Hint.TURNED
    if difficulty > 0.9:
        return Hint.TOO_EASY
    if difficulty < 0.2:
        return Hint.TOO_HARD
    return Hint.WEAK if discrimination < 0.2 else Hint.FINE
