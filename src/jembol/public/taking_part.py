"""Pages for people of a class: a test on their telephone, and what they think of it."""

from __future__ import annotations

from allauth.core import ratelimit
from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.files.shelf import open_file
from jembol.training import actions
from jembol.training.models import Class, Exam, Material, Registration
from jembol.training.queries.exams import is_exam_code
from jembol.training.queries.opinions import QUESTIONS, is_opinion_code, mentors_of
from jembol.training.rules.exams import BLANK, LETTERS
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show
from jembol.ui.refusing import refuse

STEPS = [(str(step), str(step)) for step in range(1, 6)]
QUESTION = "soal_"
MENTOR = "mentor_"
DONE = "selesai"


class ExamForm(forms.Form):
    """One choice a question."""

    def __init__(self, *args: object, exam: Exam, **kwargs: object) -> None:
        """Ask what the test asks."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for place, question in enumerate(exam.questions):
            choices = list(zip(LETTERS, question["choices"], strict=False))
            self.fields[f"{QUESTION}{place}"] = forms.ChoiceField(
                label=f"{place + 1}. {question['text']}",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def letters(self) -> str:
        """The chosen letters, a dash where nothing was chosen."""
        return "".join(self.cleaned_data[name] or BLANK for name in self.fields)


class OpinionForm(forms.Form):
    """Scales of 1 to 5, and words."""

    def __init__(self, *args: object, training_class: Class, **kwargs: object) -> None:
        """Ask about the class and each of its mentors."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        scales = {name: str(question) for name, question in QUESTIONS.items()}
        for mentor in mentors_of(training_class):
            told = _("%(name)s explained well") % {"name": mentor.name}
            scales[f"{MENTOR}{mentor.pk}"] = told
        for name, question in scales.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=STEPS,
                widget=forms.RadioSelect(attrs={"class": "steps"}),
                help_text=_("1 not at all, 5 very much"),
            )
        for name, label in (
            ("liked", _("What was good?")),
            ("better", _("What should be better?")),
        ):
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["signed"] = forms.CharField(
            label=gettext_lazy("Your name, only if you want to be asked back"),
            required=False,
            max_length=150,
        )


@open_to_all
def exam(request: CitizenRequest, exam_id: int, registration_id: int, code: str) -> HttpResponse:
    """Let one participant write a test."""
    if not is_exam_code(code, exam_id, registration_id):
        raise Http404
    asked = get_object_or_404(Exam.objects.select_related("training_class"), pk=exam_id)
    rows = Registration.objects.standing().filter(training_class=asked.training_class_id)
    seat = get_object_or_404(rows.select_related("person"), pk=registration_id)
    if asked.sittings.filter(registration=seat).exists():
        return _thanks(request, asked.training_class, _("Your answers have been received."))
    form = ExamForm(sent(request), exam=asked)
    if form.is_valid():
        with refusals_into(form):
            actions.answer_oneself(exam=asked, registration=seat, given=form.letters, by=request.by)
            return redirect(request.path)
    context = {
        "title": asked.get_moment_display(),
        "each": asked.training_class,
        "form": form,
        "lead": seat.person.name,
        "submit": _("Send my answers"),
    }
    return show(request, "public/answering.html", context)


@open_to_all
def opinion(request: CitizenRequest, public_id: str, code: str) -> HttpResponse:
    """Let whoever came say what they think, without a name."""
    each = get_object_or_404(Class.objects.standing(), public_id=public_id)
    if not is_opinion_code(code, each):
        raise Http404
    if DONE in request.GET:
        return _thanks(request, each, _("Thank you. What you wrote carries no name of yours."))
    if request.method == "POST" and not ratelimit.consume(request, action="public_sign_up"):
        return refuse(
            request,
            429,
            _("Too many answers from here in one minute."),
            _("Wait a minute, go back and send the form again. Nothing you typed is lost."),
        )
    form = OpinionForm(sent(request), training_class=each)
    if form.is_valid():
        with refusals_into(form):
            _keep(request, each, form)
            return redirect(f"{request.path}?{DONE}=ya")
    context = {
        "title": _("What did you think?"),
        "each": each,
        "form": form,
        "lead": "",
        "submit": _("Send it"),
    }
    return show(request, "public/answering.html", context)


def _keep(request: CitizenRequest, each: Class, form: OpinionForm) -> None:
    given = form.cleaned_data
    mentors = {
        int(name.removeprefix(MENTOR)): int(step)
        for name, step in given.items()
        if name.startswith(MENTOR)
    }
    actions.give_opinion(
        training_class=each,
        scales={name: int(given[name]) for name in QUESTIONS},
        mentors=mentors,
        liked=given["liked"],
        better=given["better"],
        signed=given["signed"],
        by=request.by,
    )


def _thanks(request: CitizenRequest, each: Class, words: str) -> HttpResponse:
    context = {"title": _("Thank you"), "each": each, "words": words}
    return show(request, "public/answered.html", context)


@open_to_all
def material(request: CitizenRequest, public_id: str, material_id: int) -> HttpResponseBase:
    """Answer with a file that citizens may read."""
    shown = Class.objects.published().filter(public_id=public_id)
    rows = Material.objects.select_related("file").filter(is_public=True, file__isnull=False)
    one = get_object_or_404(rows, pk=material_id, training_class__in=shown)
    if one.file is None:
        raise Http404
    return FileResponse(open_file(one.file), as_attachment=True, filename=one.file.name)


def materials_of(each: Class) -> list[tuple[str, str]]:
    """Return title and address of what citizens may read or watch."""
    return [
        (one.title, one.address or reverse("public:material", args=[each.public_id, one.pk]))
        for one in each.materials.filter(is_public=True).order_by("pk")
    ]


paths = [
    path("tes/<int:exam_id>/<int:registration_id>/<slug:code>/", exam, name="exam"),
    path("kelas/<slug:public_id>/kesan/<slug:code>/", opinion, name="opinion"),
    path("kelas/<slug:public_id>/bahan/<int:material_id>/", material, name="material"),
]
