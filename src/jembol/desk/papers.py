"""Papers of a city: its letterhead, how certificates are numbered, and the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.certificate_papers import pdf_answer
from jembol.desk.cities import chosen_city, cities_within
from jembol.desk.lists import may
from jembol.papers import actions, queries
from jembol.papers.errors import UnknownPaper
from jembol.papers.kinds import KINDS, Kind, kind_named, shared_part
from jembol.papers.rendering import render, trial
from jembol.papers.rules import MAX_TEMPLATE
from jembol.training.actions import set_certificate_numbering
from jembol.training.queries import numbering_of
from jembol.training.rules import written_number
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.places.models import Area


def _to(name: str, city: Area, *args: str) -> str:
    return f"{reverse(f'desk:{name}', args=args)}?kota={city.code}"


def _back(city: Area) -> dict[str, str]:
    return {"link": _to("paper_list", city), "title": _("Papers")}


@reads("papers.see")
def paper_list(request: OfficerRequest) -> HttpResponse:
    """Show a city's letterhead, its numbers, and each kind of paper with its template."""
    city = chosen_city(request)
    form, code = numbering_of(city)
    today = timezone.localdate()
    context = {
        "title": _("Papers"),
        "city": city,
        "cities": cities_within(request.reach),
        "head": queries.letterhead_of(city),
        "number": written_number(form, number=1, code=code, on=today),
        "kinds": [_shown(kind, city) for kind in KINDS.values()],
        "may_change": may(request, "papers.change", at=city.key),
        "may_number": may(request, "training.change", at=city.key),
    }
    return show(request, "desk/paper_list.html", context)


def _shown(kind: Kind, city: Area) -> dict[str, Any]:
    source = queries.source_of(kind, city, at=timezone.now())
    return {
        "title": kind.title,
        "own": source.is_own,
        "version": source.version.version if source.version else None,
        "change": _to("paper_template_change", city, kind.word),
        "preview": _to("paper_preview", city, kind.word),
    }


class LetterheadForm(forms.Form):
    """Who a city's papers come from and who signs them."""

    government = forms.CharField(label=gettext_lazy("Government"), max_length=150)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=200)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    contact = forms.CharField(
        label=gettext_lazy("Telephone, e-mail, web"), max_length=200, required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Place of signing"),
        max_length=60,
        help_text=gettext_lazy("Stands before the date, as in: Malang, 3 March 2026"),
    )
    signatory_title = forms.CharField(
        label=gettext_lazy("Title of who signs"), max_length=200, required=False
    )
    signatory_name = forms.CharField(
        label=gettext_lazy("Name of who signs"), max_length=150, required=False
    )
    signatory_rank = forms.CharField(label=gettext_lazy("Rank"), max_length=100, required=False)
    signatory_nip = forms.CharField(label="NIP", max_length=30, required=False)


@writes("papers.change")
def letterhead_change(request: OfficerRequest) -> HttpResponse:
    """Set the letterhead of a city."""
    city = chosen_city(request)
    head = queries.letterhead_of(city)
    initial = {name: getattr(head, name) for name in actions.FIELDS}
    form = LetterheadForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_into(form):
            actions.change_letterhead(city=city, by=request.by, values=form.cleaned_data)
            messages.success(request, _("The letterhead is set; new papers show it."))
            return redirect(_to("paper_list", city))
    context = {
        "title": _("Letterhead"),
        "lead": city.name,
        "form": form,
        "submit": _("Save"),
        "back": _back(city),
    }
    return show(request, "ui/form.html", context)


class NumberingForm(forms.Form):
    """How the numbers of certificates are written."""

    form = forms.CharField(
        label=gettext_lazy("Form of the number"),
        max_length=80,
        help_text=gettext_lazy(
            "With {nomor} and {tahun}, and as you like {kode}, {bulan} and {bulan_romawi}."
        ),
    )
    code = forms.CharField(label=gettext_lazy("Code of the office"), max_length=30)


@writes("training.change")
def certificate_numbering_change(request: OfficerRequest) -> HttpResponse:
    """Say how a city writes the numbers of certificates."""
    city = chosen_city(request)
    written, code = numbering_of(city)
    form = NumberingForm(sent(request), initial={"form": written, "code": code})
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            set_certificate_numbering(
                city=city, form=given["form"], code=given["code"], by=request.by
            )
            messages.success(request, _("Certificates issued from now on are numbered so."))
            return redirect(_to("paper_list", city))
    context = {
        "title": _("Numbers of certificates"),
        "lead": city.name,
        "form": form,
        "submit": _("Save"),
        "back": _back(city),
    }
    return show(request, "ui/form.html", context)


# --- templates ----------------------------------------------------------------------------------


class TemplateForm(forms.Form):
    """The text of a template."""

    text = forms.CharField(
        label=gettext_lazy("Template"),
        max_length=MAX_TEMPLATE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )


def _kind(word: str) -> Kind:
    try:
        return kind_named(word)
    except UnknownPaper:
        raise Http404 from None


@reads("papers.see")
def paper_preview(request: OfficerRequest, kind: str) -> HttpResponse:
    """Show a paper with the template in force and data of invented people."""
    city, found = chosen_city(request), _kind(kind)
    pdf = render(found, found.example, city=city, at=request.by.at)
    return pdf_answer(pdf, f"contoh-{found.word}.pdf")


@writes("papers.change")
def paper_template_change(request: OfficerRequest, kind: str) -> HttpResponse:
    """Replace a template, after looking at what it makes."""
    city, found = chosen_city(request), _kind(kind)
    in_force = queries.source_of(found, city, at=request.by.at)
    start = found.text if "bawaan" in request.GET else in_force.text
    form = TemplateForm(sent(request), initial={"text": start})
    if form.is_valid():
        with refusals_into(form):
            return _answered(request, found, city, form.cleaned_data["text"])
    context = {
        "title": found.title,
        "lead": city.name,
        "form": form,
        "submit": _("Try it and put it in force"),
        "shared": shared_part(),
        "is_own": in_force.is_own,
        "versions": queries.versions_of(found, city),
        "preview": _to("paper_preview", city, found.word),
        "default": f"{_to('paper_template_change', city, found.word)}&bawaan=ya",
        "back": _back(city),
    }
    return show(request, "desk/paper_template_change.html", context)


def _answered(request: OfficerRequest, kind: Kind, city: Area, text: str) -> HttpResponse:
    """Draw what was typed, or put it in force.

    Raises:
        Refusal: it makes no paper.
    """
    if "pratinjau" in request.POST:
        plain = text.replace("\r\n", "\n")
        pdf = trial(kind, plain, city=city, at=request.by.at, shared=shared_part())
        return pdf_answer(pdf, f"contoh-{kind.word}.pdf")
    actions.save_template(kind=kind, city=city, text=text, by=request.by)
    messages.success(request, _("The template is in force. Papers made before stay as they were."))
    return redirect(_to("paper_list", city))


paths = [
    path("surat/", paper_list, name="paper_list"),
    path("surat/kop/", letterhead_change, name="letterhead_change"),
    path("surat/nomor-sertifikat/", certificate_numbering_change, name="numbering_change"),
    path("surat/<slug:kind>/", paper_template_change, name="paper_template_change"),
    path("surat/<slug:kind>/contoh/", paper_preview, name="paper_preview"),
]
