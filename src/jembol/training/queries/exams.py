"""What the tests of a class say about its people and about the questions."""

import hmac
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch

from jembol.kit.reach import Reach
from jembol.training.choices import ExamMoment
from jembol.training.models import Class, Exam, Registration, Sitting
from jembol.training.queries.classes import ROOT
from jembol.training.rules.exams import Item, gain, items, reliability
from jembol.vault.sealing import digest

CODE_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class ExamResult:
    """A test with what its answers say.

    Attributes:
        exam: The test.
        written: How many wrote it.
        mean: Mean share of right answers, 0 to 1; None when nobody wrote it.
        items: One entry a question; empty when fewer than ten wrote it.
        reliability: KR-20; None where it cannot be told.
    """

    exam: Exam
    written: int
    mean: float | None
    items: tuple[Item, ...]
    reliability: float | None


@dataclass(frozen=True, slots=True)
class Learned:
    """Before against after, of the people who wrote both tests.

    Attributes:
        both: How many.
        before: Their mean share before, 0 to 1.
        after: Their mean share after.
        gain: Which share of what was unknown was learned; None where it cannot be told.
    """

    both: int
    before: float
    after: float
    gain: float | None


def exam_of(training_class: Class, moment: str) -> Exam | None:
    """Return the test of this moment, or None."""
    return Exam.objects.filter(training_class=training_class, moment=moment).first()


def exam_result(exam: Exam) -> ExamResult:
    """Return what the answers say."""
    given = list(exam.sittings.order_by("pk").values_list("given", flat=True))
    rights = list(exam.sittings.order_by("pk").values_list("right", flat=True))
    mean = sum(rights) / (len(rights) * len(exam.key)) if rights else None
    return ExamResult(exam, len(given), mean, items(exam.key, given), reliability(exam.key, given))


def scores(training_class: Class, moment: str) -> dict[int, float]:
    """Return the share of right answers, 0 to 1, of each person who wrote the test.

    Keyed by the person's own key, whichever of their ids holds the seat.
    """
    rows = Sitting.objects.filter(exam__training_class=training_class, exam__moment=moment)
    told = rows.select_related("exam", "registration__person").order_by("pk")
    return {
        row.registration.person.survivor_id or row.registration.person_id: row.right
        / len(row.exam.key)
        for row in told
    }


def learned(training_class: Class) -> Learned | None:
    """Return what the class learned, or None when nobody wrote both tests."""
    before = scores(training_class, ExamMoment.PRE)
    after = scores(training_class, ExamMoment.POST)
    both = sorted(before.keys() & after.keys())
    if not both:
        return None
    first, last = [before[one] for one in both], [after[one] for one in both]
    return Learned(len(both), sum(first) / len(both), sum(last) / len(both), gain(first, last))


def exam_seats(exam: Exam, reach: Reach) -> list[Registration]:
    """Return who may write the test, by name, each with `written`: their answers or an empty list.

    One seat a person; those outside the reach are left out.
    """
    of_exam = Prefetch(
        "sittings", Sitting.objects.filter(exam=exam).order_by("pk"), to_attr="written"
    )
    rows = Registration.objects.filter(training_class=exam.training_class_id).standing()
    seen = rows.of_people_in(reach).select_related("person__area").prefetch_related(of_exam)
    by_person: dict[int, Registration] = {}
    for row in seen.annotate(root=ROOT).order_by("person__folded", "pk"):
        by_person.setdefault(vars(row)["root"], row)
    return list(by_person.values())


def exam_code(exam_id: int, registration_id: int) -> str:
    """Return the secret word that lets one participant write one test."""
    return digest("training.exam", f"{exam_id}:{registration_id}")[:CODE_LENGTH]


def is_exam_code(code: str, exam_id: int, registration_id: int) -> bool:
    """Whether the word is that participant's."""
    return hmac.compare_digest(code, exam_code(exam_id, registration_id))
