"""Set the tests of a class and note what people answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.training import errors, events
from jembol.training.actions.holding import hold
from jembol.training.choices import ExamMoment
from jembol.training.models import Class, Exam, Registration, Sitting
from jembol.training.rules.exams import (
    LETTERS,
    LONGEST,
    KeyFault,
    count_right,
    fault_of_answers,
    fault_of_key,
    read_letters,
)


@transaction.atomic
def set_exam(
    *,
    training_class: Class,
    moment: str,
    key: str,
    by: By,
    questions: Sequence[Mapping[str, Any]] = (),
) -> Exam:
    """Write the test of a class for one moment, or change it while nobody answered.

    Args:
        training_class: The class.
        moment: "pre" or "post".
        key: One right letter a question, in any way of writing.
        by: Who sets it.
        questions: What each question asks, `{"text": …, "choices": […]}`; none for a paper test.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        BadKey: no letter, too many, another letter than A to E, or other than the questions.
        ExamAnswered: somebody answered it, so another key would judge them anew.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    letters = _key(key, questions)
    there = Exam.objects.filter(training_class=held, moment=ExamMoment(moment)).first()
    exam = there or Exam(training_class=held, moment=ExamMoment(moment))
    if there and there.key != letters and there.sittings.exists():
        raise errors.ExamAnswered(
            _("Somebody answered this test. Its key stays; correct single answers instead."),
            field="key",
        )
    exam.key, exam.questions, exam.at = letters, [dict(one) for one in questions], by.at
    exam.save()
    details = {"moment": exam.moment, "questions": len(letters)}
    record(events.EXAM_SET, about=exam, by=by, area=held.area_id, details=details)
    return exam


@transaction.atomic
def note_answers(*, exam: Exam, given: Mapping[int, str], by: By) -> list[Sitting]:
    """Note the letters of people by their registration, and correct what was noted before.

    A blank text is passed over: it is a row that nobody filled in.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotOfThisClass: a registration is not of this class, or out of the actor's reach.
        BadAnswers: somebody's letters are fewer or more than the questions, or no letters.
    """
    held = hold(exam.training_class)
    by.must_cover(held.area_id)
    rows = held.registrations.of_people_in(by.reach).select_related("person", "training_class")
    seats = {row.pk: row for row in rows.filter(pk__in=given.keys()).order_by("pk")}
    if strangers := given.keys() - seats.keys():
        raise errors.NotOfThisClass(
            _("Someone on this list is not registered for %(title)s. Load the page again.")
            % {"title": held.title},
            registrations=sorted(strangers),
        )
    wanted = {
        key: letters
        for key, text in given.items()
        if (letters := answers_in(exam, text, of=seats[key].person.name))
    }
    there = {row.registration_id: row for row in exam.sittings.filter(registration__in=wanted)}
    changed = [
        _sitting(exam, seats[key], letters, there.get(key), by)
        for key, letters in wanted.items()
        if key not in there or there[key].given != letters
    ]
    fresh = [row for row in changed if row.pk is None]
    old = [row for row in changed if row.pk is not None]
    Sitting.objects.bulk_create(fresh)
    Sitting.objects.bulk_update(old, ["given", "right", "at"])
    record_many([_fact(row, by) for row in changed])
    return changed


@transaction.atomic
def answer_oneself(*, exam: Exam, registration: Registration, given: str, by: By) -> Sitting:
    """Note what a participant answered on their own phone; only once.

    Raises:
        AlreadyAnswered: answers are noted for this person.
        BadAnswers: the letters are fewer or more than the questions, or no letters.
    """
    hold(exam.training_class)
    if exam.sittings.filter(registration=registration).exists():
        raise errors.AlreadyAnswered(
            _("Your answers have been received already. There is nothing more to do.")
        )
    letters = answers_in(exam, given, of=registration.person.name)
    sitting = _sitting(exam, registration, letters, None, by)
    sitting.save()
    record_many([_fact(sitting, by)])
    return sitting


def answers_in(exam: Exam, text: str, *, of: str) -> str:
    """Return the letters that a text holds; empty for a text without any.

    Raises:
        BadAnswers: they are fewer or more than the questions, or no letters.
    """
    letters = read_letters(text)
    if not letters:
        return ""
    fault = fault_of_answers(letters, exam.key)
    if fault is KeyFault.OTHER_LENGTH:
        raise errors.BadAnswers(
            _("%(name)s: %(found)d letters, but the test has %(wanted)d questions.")
            % {"name": of, "found": len(letters), "wanted": len(exam.key)}
            + " "
            + _("Write a dash for a question without an answer."),
            field="given",
        )
    if fault:
        raise errors.BadAnswers(
            _("%(name)s: only the letters %(letters)s and a dash are answers.")
            % {"name": of, "letters": ", ".join(LETTERS)},
            field="given",
        )
    return letters


def _key(key: str, questions: Sequence[Mapping[str, Any]]) -> str:
    letters = read_letters(key)
    faults = {
        KeyFault.EMPTY: _("Write the right letter of each question, for example ACBDA."),
        KeyFault.TOO_LONG: _("A test has at most %(longest)d questions.") % {"longest": LONGEST},
        KeyFault.OTHER_LETTER: _("Only the letters %(letters)s can be right.")
        % {"letters": ", ".join(LETTERS)},
    }
    if fault := fault_of_key(letters):
        raise errors.BadKey(faults[fault], field="key")
    if questions and len(questions) != len(letters):
        raise errors.BadKey(
            _("There are %(questions)d questions but %(letters)d right letters.")
            % {"questions": len(questions), "letters": len(letters)},
            field="key",
        )
    return letters


def _sitting(
    exam: Exam, seat: Registration, letters: str, there: Sitting | None, by: By
) -> Sitting:
    row = there or Sitting(exam=exam, registration=seat)
    row.given, row.right, row.at = letters, count_right(letters, exam.key), by.at
    row.registration = seat
    return row


def _fact(row: Sitting, by: By) -> Entry:
    seat = row.registration
    return Entry(
        event=events.ANSWERS_NOTED,
        about=row,
        by=by,
        area=seat.person.area_id,
        person_id=seat.person_id,
        details={"class": seat.training_class.public_id, "right": row.right},
    )
