"""A city's own forms: taken in from a workbook, looked at, asked on visits, asked no longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files import File
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.intake_upload import area_choices, told
from jembol.desk.lists import listed, may
from jembol.desk.reasons import Question, answered
from jembol.intake import workbook
from jembol.kit.refusal import Refusal
from jembol.outreach import actions
from jembol.outreach.form_words import EFFECTS, GAPS, TYPES
from jembol.outreach.models import FormVersion, VisitForm
from jembol.outreach.queries import version_in_force
from jembol.outreach.rules.expressions import FUNCTIONS, written
from jembol.outreach.rules.questions import walk
from jembol.places.models import Area
from jembol.ui.components import pill
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.intake.workbook import Workbook

MOST_BYTES = 5 * 1024 * 1024
ENDINGS = ".xlsx,.xls,.ods"


class FormUpload(forms.Form):
    """The workbook of an XLSForm, and where it is asked."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The XLSForm of Kobo or ODK, with the sheets survey, choices and settings."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    area = forms.ChoiceField(label=gettext_lazy("Asked on visits in"))

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer these areas and no others."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_file(self) -> File[bytes]:
        """Refuse a file that is too big before it is read into memory."""
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)d MB; a form of %(limit)d MB is taken. Take pictures out.")
                % {"size": file.size >> 20, "limit": MOST_BYTES >> 20}
            )
        return file


@reads("outreach.see")
def visit_form_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the forms of the officer's areas."""
    standing = Count("publications", filter=Q(publications__ends_at=None), distinct=True)
    rows = VisitForm.objects.within(request.reach).select_related("area")
    listing = Listing(
        request,
        rows=rows.annotate(asked=standing, count=Count("versions", distinct=True)),
        columns=[
            Column("judul", _("Form"), lambda row: row.title, sort="title"),
            Column("kunci", _("Its word"), lambda row: row.key, wide=True),
            Column("wilayah", _("Asked on visits in"), lambda row: row.area.name),
            Column("versi", _("Versions"), lambda row: row.count, align="end"),
            Column("keadaan", _("State"), _state_word, lambda row: _state(is_asked=row.asked > 0)),
        ],
        sort="judul",
        name="formulir",
        detail=lambda row: reverse("desk:visit_form_detail", args=[row.pk]),
        empty=_("Take in the XLSForm that your city uses in Kobo or ODK."),
    )
    context = {
        "title": _("Forms on visits"),
        "unit": _("forms"),
        "may_change": may(request, "outreach.plan"),
        "back": {"link": reverse("desk:visit_list"), "title": _("Visits")},
    }
    return listed(request, listing, context, template="desk/visit_form_list.html")


def _state_word(row: Any) -> str:
    return _("asked") if row.asked else _("not asked")


def _state(*, is_asked: bool) -> object:
    return pill(_("asked") if is_asked else _("not asked"), tone="good" if is_asked else "plain")


@writes("outreach.plan")
def visit_form_create(request: OfficerRequest) -> HttpResponse:
    """Take an XLSForm in; nothing of it is asked before somebody has looked at it."""
    form = FormUpload(
        request.POST or None, request.FILES or None, areas=area_choices(request.reach)
    )
    if form.is_valid():
        try:
            version = _taken_in(request, form)
            return redirect("desk:form_version_detail", version_id=version.pk)
        except Refusal as refusal:
            form.add_error("file", told(refusal))
    context = {
        "title": _("Take a form in"),
        "lead": _("First the file; then you see what would be asked, and what would not."),
        "form": form,
        "submit": _("Read the file"),
        "functions": ", ".join(f"{name}()" for name in FUNCTIONS),
        "back": _back_to_list(),
    }
    return show(request, "desk/visit_form_create.html", context)


def _taken_in(request: OfficerRequest, form: FormUpload) -> FormVersion:
    given = form.cleaned_data
    content = given["file"].read()
    # The guarded reader of imports opens the workbook in a process of its own; pyxform gets text.
    book = workbook.read(content, given["file"].name)
    return actions.take_form_in(
        area=Area.objects.within(request.reach).get(code=given["area"]),
        sheets=_sheets(book),
        name=given["file"].name,
        content=content,
        by=request.by,
    )


def _sheets(book: Workbook) -> dict[str, list[list[str]]]:
    return {
        sheet.name: [[cell.text for cell in row] for row in sheet.rows] for sheet in book.sheets
    }


def _back_to_list() -> dict[str, str]:
    return {"link": reverse("desk:visit_form_list"), "title": _("Forms on visits")}


def form_within(request: OfficerRequest, form_id: int) -> VisitForm:
    """Return the form, or answer that there is none in these areas."""
    rows = VisitForm.objects.within(request.reach).select_related("area")
    found: VisitForm = get_object_or_404(rows, pk=form_id)
    return found


@reads("outreach.see")
def visit_form_detail(request: OfficerRequest, form_id: int) -> HttpResponse:
    """Show a form with its versions, and which of them is asked."""
    each = form_within(request, form_id)
    in_force = version_in_force(each.pk)
    context = {
        "title": each.title,
        "each": each,
        "in_force": in_force,
        "versions": each.versions.select_related("officer").order_by("-number"),
        "may_change": may(request, "outreach.plan", at=each.area_id),
        "back": _back_to_list(),
    }
    return show(request, "desk/visit_form_detail.html", context)


# --- one version ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuestionText:
    """What a question says in one language."""

    language: str
    label: str
    hint: str
    choices: Sequence[str]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as the preview shows it."""

    name: str
    arrows: str
    type: str
    texts: Sequence[QuestionText]
    rules: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One line of the report: where, what stands there, what is the matter, and the remedy."""

    where: str
    column: str
    value: str
    word: str
    what: str
    remedy: str
    effect: object


def question_rows(content: Mapping[str, Any]) -> Iterator[QuestionRow]:
    """Yield the questions of a form as they would be asked, in all its languages."""
    titles = {
        "required": _("must be answered"), "relevant": _("asked when"),
        "constraint": _("must hold"), "calculate": _("worked out as"),
        "default": _("begins as"), "choice_filter": _("choices where"),
        "readonly": _("is only shown"),
    }  # fmt: skip
    for item, above in walk(content["items"]):
        rules = [
            (title, "" if item[name] == ["call", "true"] else written(item[name]))
            for name, title in titles.items() if name in item
        ]  # fmt: skip
        yield QuestionRow(
            name=item["name"],
            arrows="↳ " * len(above),
            type=str(TYPES[item["type"]]),
            texts=[_text(item, language) for language in content["languages"]],
            rules=rules,
        )


def _text(item: Mapping[str, Any], language: str) -> QuestionText:
    return QuestionText(
        language=language.upper(),
        label=item.get("label", {}).get(language, "–"),
        hint=item.get("hint", {}).get(language, ""),
        choices=[choice["label"].get(language, "–") for choice in item.get("choices", ())],
    )


def gap_rows(version: FormVersion) -> list[GapRow]:
    """Return the report of a version, line by line, in the reader's language."""
    return [
        GapRow(
            where=_("%(sheet)s, row %(row)d") % gap if gap["row"] else gap["sheet"],
            column=gap["column"],
            value=gap["value"],
            word=gap["word"],
            what=str(GAPS[gap["code"]][0]),
            remedy=str(GAPS[gap["code"]][1]),
            effect=pill(str(EFFECTS[gap["effect"]][0]), tone=EFFECTS[gap["effect"]][1]),
        )
        for gap in version.report
    ]


def version_within(request: OfficerRequest, version_id: int) -> FormVersion:
    """Return the version, or answer that there is none in these areas."""
    rows = FormVersion.objects.within(request.reach).select_related("form", "area", "officer")
    found: FormVersion = get_object_or_404(rows, pk=version_id)
    return found


@reads("outreach.see")
def form_version_detail(request: OfficerRequest, version_id: int) -> HttpResponse:
    """Show what a version asks, in all its languages, and what of the workbook it does not."""
    version = version_within(request, version_id)
    in_force = version_in_force(version.form_id)
    gaps = gap_rows(version)
    is_asked = in_force is not None and in_force.pk == version.pk
    context = {
        "title": version.content["title"],
        "version": version,
        "in_force": in_force,
        "is_asked": is_asked,
        "questions": list(question_rows(version.content)),
        "languages": [language.upper() for language in version.content["languages"]],
        "gaps": gaps,
        "lost": sum(gap["effect"] == "left_out" for gap in version.report),
        "may_change": may(request, "outreach.plan", at=version.area_id),
        "back": {
            "link": reverse("desk:visit_form_detail", args=[version.form_id]),
            "title": version.form.title,
        },
    }
    return show(request, "desk/form_version_detail.html", context)


@writes("outreach.plan")
def form_publication_create(request: OfficerRequest, version_id: int) -> HttpResponse:
    """Ask this version on visits from now on."""
    version = version_within(request, version_id)
    question = Question(
        title=_("Ask this form on visits"),
        lead=_("%(title)s, version %(number)d, in %(area)s")
        % {"title": version.form.title, "number": version.number, "area": version.area.name},
        submit=_("Ask it from now on"),
        done=_("The form is asked. Phones fetch it when they next have a signal."),
        back=(reverse("desk:form_version_detail", args=[version.pk]), version.form.title),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.show_form(version=version, by=request.by)
    )


@writes("outreach.plan")
def form_retirement_create(request: OfficerRequest, form_id: int) -> HttpResponse:
    """Ask a form no longer; what was answered stays."""
    each = form_within(request, form_id)
    question = Question(
        title=_("Ask this form no longer"),
        lead=each.title,
        submit=_("Ask it no longer"),
        done=_("The form is no longer asked. What was answered stays."),
        back=(reverse("desk:visit_form_detail", args=[each.pk]), each.title),
    )
    return answered(
        request, question, lambda why: actions.retire_form(form=each, why=why, by=request.by)
    )


paths = [
    path("formulir/", visit_form_list, name="visit_form_list"),
    path("formulir/baru/", visit_form_create, name="visit_form_create"),
    path("formulir/<int:form_id>/", visit_form_detail, name="visit_form_detail"),
    path("formulir/<int:form_id>/akhir/", form_retirement_create, name="form_retirement_create"),
    path("formulir/versi/<int:version_id>/", form_version_detail, name="form_version_detail"),
    path(
        "formulir/versi/<int:version_id>/penayangan/",
        form_publication_create,
        name="form_publication_create",
    ),
]
