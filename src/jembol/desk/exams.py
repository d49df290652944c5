"""The tests of a class: setting them, entering answers, and what they say."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import may
from jembol.desk.reasons import ReasonForm
from jembol.training import actions
from jembol.training.choices import ExamMoment
from jembol.training.models import Class, Exam, Registration, Sitting
from jembol.training.queries.exams import (
    ExamResult,
    exam_code,
    exam_of,
    exam_result,
    exam_seats,
    learned,
)
from jembol.training.rules.exams import FEW, LETTERS, Hint, Item
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

HINTS = {
    Hint.FINE: (gettext_lazy("good"), "good"),
    Hint.TOO_EASY: (gettext_lazy("too easy"), "warn"),
    Hint.TOO_HARD: (gettext_lazy("too hard"), "warn"),
    Hint.WEAK: (gettext_lazy("tells little"), "warn"),
    Hint.TURNED: (gettext_lazy("check the key"), "bad"),
}
ANSWER = "jawaban-"
"""Beginning of the name of a field; the registration's key follows."""


class ExamForm(forms.Form):
    """The key of a test, and what it asks."""

    key = forms.CharField(
        label=gettext_lazy("Right letters"),
        max_length=200,
        help_text=gettext_lazy("One letter a question, in their order, for example ACBDA."),
    )
    questions = forms.CharField(
        label=gettext_lazy("Questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Only for answering on a telephone. A question a paragraph: the question in the first "
            "line, a choice in each line below, an empty line between questions."
        ),
    )


def questions_of(text: str) -> list[dict[str, object]]:
    """Return the questions that a text holds: paragraphs of a question and its choices."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [{"text": one[0], "choices": one[1:][: len(LETTERS)]} for one in paragraphs if one]


def _text_of(exam: Exam | None) -> str:
    told = exam.questions if exam else []
    return "\n\n".join("\n".join([one["text"], *one["choices"]]) for one in told)


@reads("training.see")
def exam_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show both tests of a class with their analysis, and what was learned."""
    each = class_within(request, public_id)
    link, name = back_to(each)
    results = [
        (moment, _told(exam) if (exam := exam_of(each, moment)) else None) for moment in ExamMoment
    ]
    context = {
        "title": _("Tests"),
        "lead": each.title,
        "each": each,
        "results": results,
        "learned": learned(each),
        "few": FEW,
        "may_change": may(request, "training.change", at=each.area_id),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/exam_detail.html", context)


def _told(exam: Exam) -> tuple[ExamResult, list[tuple[Item, str, str, list[tuple[str, int]]]]]:
    result = exam_result(exam)
    rows = []
    for item in result.items:
        hint, tone = HINTS[item.hint]
        rows.append((item, str(hint), tone, list(item.chosen.items())))
    return result, rows


@writes("training.change")
def exam_change(request: OfficerRequest, public_id: str, moment: str) -> HttpResponse:
    """Write a test."""
    each = class_within(request, public_id)
    exam = exam_of(each, _moment(moment))
    stored = {"key": exam.key if exam else "", "questions": _text_of(exam)}
    form = ExamForm(sent(request), initial=stored)
    if form.is_valid():
        with refusals_into(form):
            actions.set_exam(
                training_class=each,
                moment=moment,
                key=form.cleaned_data["key"],
                questions=questions_of(form.cleaned_data["questions"]),
                by=request.by,
            )
            messages.success(request, _("Test saved."))
            return redirect("desk:exam_detail", public_id=public_id)
    return _form_page(request, each, ExamMoment(moment).label, form)


def _form_page(
    request: OfficerRequest, each: Class, title: object, form: forms.Form
) -> HttpResponse:
    context = {
        "title": title,
        "lead": each.title,
        "form": form,
        "submit": _("Save the test"),
        "back": {"link": reverse("desk:exam_detail", args=[each.public_id]), "title": _("Tests")},
    }
    return show(request, "ui/form.html", context)


@writes("training.attend")
def sitting_create(request: OfficerRequest, public_id: str, moment: str) -> HttpResponse:
    """Enter what people answered, a line of letters each."""
    each = class_within(request, public_id)
    exam = exam_of(each, _moment(moment))
    if exam is None:
        raise Http404
    form = ReasonForm(sent(request), asks=False)
    given = {
        key: str(text)
        for name, text in request.POST.items()
        if name.startswith(ANSWER) and (key := parse_key(name.removeprefix(ANSWER))) is not None
    }
    if form.is_valid():
        with refusals_into(form):
            actions.note_answers(exam=exam, given=given, by=request.by)
            messages.success(request, _("Answers saved."))
            return redirect("desk:exam_detail", public_id=public_id)
    context = {
        "title": f"{_('Answers')}: {exam.get_moment_display()}",
        "lead": each.title,
        "exam": exam,
        "length": len(exam.key),
        "rows": [_seat_row(exam, seat, given) for seat in exam_seats(exam, request.reach)],
        "form": form,
        "back": {"link": reverse("desk:exam_detail", args=[public_id]), "title": _("Tests")},
    }
    return show(request, "desk/sitting_create.html", context)


def _seat_row(
    exam: Exam, seat: Registration, given: dict[int, str]
) -> tuple[Registration, str, int | None, str]:
    key = seat.pk
    written: Sitting | None = next(iter(vars(seat)["written"]), None)
    letters = given.get(key, written.given if written else "")
    link = ""
    if exam.questions and written is None:
        link = reverse("public:exam", args=[exam.pk, key, exam_code(exam.pk, key)])
    return seat, letters, written.right if written else None, link


def _moment(word: str) -> str:
    if word not in ExamMoment.values:
        raise Http404
    return word


paths = [
    path("kelas/<slug:public_id>/tes/", exam_detail, name="exam_detail"),
    path("kelas/<slug:public_id>/tes/<slug:moment>/", exam_change, name="exam_change"),
    path(
        "kelas/<slug:public_id>/tes/<slug:moment>/jawaban/", sitting_create, name="sitting_create"
    ),
]
