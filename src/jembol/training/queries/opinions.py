"""What people thought of classes and mentors, told only where nobody can be guessed."""

import hmac
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.training.models import Class, MentorAssignment, MentorOpinion, Opinion
from jembol.training.rules.aftermath import FEW_OPINIONS, Scale, scale
from jembol.vault.sealing import digest

CODE_LENGTH: Final = 16

QUESTIONS: Final[dict[str, str | Promise]] = {
    "useful": _("I can use what I learned"),
    "clear": _("It was easy to follow"),
    "place": _("Place and time suited me"),
}
"""What each scale asks."""


@dataclass(frozen=True, slots=True)
class OpinionSummary:
    """What a class was thought of.

    Attributes:
        count: How many opinions there are.
        scales: By question; without figures below five answers.
        mentors: By mentor's name; without figures below five answers.
        words: What was written, `(liked, better)`; empty below five answers.
    """

    count: int
    scales: tuple[tuple[str | Promise, Scale], ...]
    mentors: tuple[tuple[str, Scale], ...]
    words: tuple[tuple[str, str], ...]


def opinion_summary(training_class: Class) -> OpinionSummary:
    """Return what may be told of the opinions about a class."""
    rows = list(Opinion.objects.filter(training_class=training_class).order_by("pk"))
    # By their words, not in the order in which they came: the first to leave wrote the first.
    written = sorted((row.liked, row.better) for row in rows if row.liked or row.better)
    return OpinionSummary(
        count=len(rows),
        scales=tuple(
            (question, scale(getattr(row, name) for row in rows))
            for name, question in QUESTIONS.items()
        ),
        mentors=_mentors(MentorOpinion.objects.filter(opinion__training_class=training_class)),
        words=tuple(written) if len(rows) >= FEW_OPINIONS else (),
    )


def mentor_scales(classes: Sequence[int]) -> tuple[tuple[str, Scale], ...]:
    """Return how well mentors explained, over all these classes, by name."""
    return _mentors(MentorOpinion.objects.filter(opinion__training_class__in=classes))


def _mentors(rows: QuerySet[MentorOpinion]) -> tuple[tuple[str, Scale], ...]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for name, step in rows.order_by("pk").values_list("mentor__name", "explained"):
        by_name[name].append(step)
    return tuple((name, scale(steps)) for name, steps in sorted(by_name.items()))


def mentors_of(training_class: Class) -> list[MentorAssignment]:
    """Return the mentors who can be asked about."""
    return list(training_class.mentors.order_by("pk"))


def opinion_code(training_class: Class) -> str:
    """Return the secret word of the address where people of this class say what they think."""
    return digest("training.opinion", training_class.public_id)[:CODE_LENGTH]


def is_opinion_code(code: str, training_class: Class) -> bool:
    """Whether the word opens the page of this class."""
    return hmac.compare_digest(code, opinion_code(training_class))
