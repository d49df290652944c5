"""The papers of a class (SPJ): what each lacks, filling that in, and all of them with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.certificates import STOP_POLLING, Work
from jembol.desk.classes import class_within
from jembol.desk.lists import may
from jembol.desk.reasons import Question, answered
from jembol.files.shelf import open_file
from jembol.journal.record import Entry
from jembol.papers.choices import Size
from jembol.training import actions
from jembol.training.choices import NUMBERED, PaperKind
from jembol.training.events import PACK_TAKEN
from jembol.training.lack_words import WORDS
from jembol.training.models import Class, CostLine, HandOver, Minutes
from jembol.training.queries import attendance_grid
from jembol.training.queries.packs import (
    class_for_papers,
    own_pack,
    pack_contents,
    planned,
    readable_pack,
    spent,
)
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.files.models import StoredFile
    from jembol.training.models import Pack
    from jembol.training.queries.packs import PaperState


class LetterNumberForm(forms.Form):
    """The number and the date of a letter."""

    number = forms.CharField(label=gettext_lazy("Number of the letter"), max_length=60)
    on = DayField(label=gettext_lazy("Date of the letter"))


class MinutesForm(forms.Form):
    """What happened."""

    text = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Days, place, mentors and numbers stand in the minutes already."),
    )


class SpendingForm(forms.Form):
    """What was paid."""

    amount = forms.IntegerField(label=gettext_lazy("Paid (Rp)"), min_value=0, max_value=10**12)
    paid_on = DayField(label=gettext_lazy("Paid on"))
    paid_to = forms.CharField(
        label=gettext_lazy("Paid to"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Empty for the mentor whom the line names."),
    )


class HandOverForm(forms.Form):
    """What everybody is given."""

    what = forms.CharField(label=gettext_lazy("What"), max_length=200)
    quantity = forms.IntegerField(
        label=gettext_lazy("How many for each"), min_value=1, max_value=1000, initial=1
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=30, initial="paket")


class PackForm(forms.Form):
    """The sheet on which the papers are printed."""

    size = forms.ChoiceField(label=gettext_lazy("Paper"), choices=Size.choices, initial=Size.F4)


@reads("training.see")
def pack_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show every paper with what it lacks, and the pack that was made last."""
    each = class_within(request, public_id)
    contents = pack_contents(class_for_papers(public_id), request.reach, timezone.localdate())
    own = own_pack(each, request.officer.pk)
    work = Work.of(own[1], _("Papers are being put together")) if own else None
    is_working = work is not None and work.works
    if request.headers.get("HX-Target") == "work" and not is_working:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    context = {
        "title": _("Papers (SPJ)"),
        "lead": each.title,
        "each": each,
        "papers": [_row(each, state) for state in contents.papers],
        "missing": contents.missing,
        "costs": [(line, planned(line), spent(line)) for line in contents.costs],
        "hand_overs": contents.hand_overs,
        "form": PackForm(),
        "work": work,
        "is_working": is_working,
        "pack": _readable(request, each, hidden=contents.facts.hidden),
        "may_change": may(request, "training.change", at=each.area_id),
        "may_export": may(request, "training.export", at=each.area_id),
        "back": {"link": reverse("desk:class_detail", args=[public_id]), "title": each.title},
    }
    return show(request, "desk/pack_detail.html", context)


def _row(each: Class, state: PaperState) -> tuple[PaperState, str, list[str], str]:
    """Return a paper with its title, what it lacks in words, and where its number is noted."""
    link = ""
    if state.kind in NUMBERED:
        link = reverse("desk:letter_number_change", args=[each.public_id, state.kind])
    return state, str(PaperKind(state.kind).label), [str(WORDS[one]) for one in state.lacks], link


@writes("training.change")
def letter_number_change(request: OfficerRequest, public_id: str, kind: str) -> HttpResponse:
    """Note the number of a letter."""
    each = class_within(request, public_id)
    if kind not in NUMBERED:
        raise Http404
    there = each.letter_numbers.filter(kind=kind).first()
    stored = {"number": there.number if there else "", "on": there.on if there else each.ends_on}
    form = LetterNumberForm(sent(request), initial=stored)
    if form.is_valid():
        with refusals_into(form):
            actions.number_letter(
                training_class=each, kind=kind, by=request.by, **form.cleaned_data
            )
            return _done(request, each, _("Number noted."))
    return _page(request, each, f"{_('Number')}: {PaperKind(kind).label}", form)


@writes("training.change")
def minutes_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Write what happened."""
    each = class_within(request, public_id)
    there = Minutes.objects.filter(training_class=each).first()
    form = MinutesForm(sent(request), initial={"text": there.text if there else ""})
    if form.is_valid():
        with refusals_into(form):
            text = form.cleaned_data["text"]
            actions.write_minutes(training_class=each, text=text, by=request.by)
            return _done(request, each, _("Minutes saved."))
    return _page(request, each, _("Minutes"), form)


@writes("training.change")
def spending_change(request: OfficerRequest, cost_line_id: int) -> HttpResponse:
    """Note what was paid for a line."""
    rows = CostLine.objects.select_related("training_class", "spending", "mentor")
    classes = Class.objects.within(request.reach)
    line = get_object_or_404(rows, pk=cost_line_id, training_class__in=classes)
    paid = getattr(line, "spending", None)
    stored = {
        "amount": paid.amount if paid else planned(line).amount,
        "paid_on": paid.paid_on if paid else line.training_class.ends_on,
        "paid_to": paid.paid_to if paid else "",
    }
    form = SpendingForm(sent(request), initial=stored)
    if form.is_valid():
        with refusals_into(form):
            actions.note_spending(cost_line=line, by=request.by, **form.cleaned_data)
            return _done(request, line.training_class, _("Payment noted."))
    return _page(request, line.training_class, line.what, form)


@writes("training.change")
def hand_over_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Name something that everybody is given."""
    each = class_within(request, public_id)
    form = HandOverForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            actions.add_hand_over(training_class=each, by=request.by, **form.cleaned_data)
            return _done(request, each, _("It stands on the hand-over list."))
    return _page(request, each, _("Something for everybody"), form)


@writes("training.change")
def hand_over_remove(request: OfficerRequest, hand_over_id: int) -> HttpResponse:
    """Take something from the hand-over list."""
    rows = HandOver.objects.select_related("training_class")
    classes = Class.objects.within(request.reach)
    row = get_object_or_404(rows, pk=hand_over_id, training_class__in=classes)
    question = Question(
        title=_("Take it from the hand-over list"),
        lead=row.what,
        submit=_("Take it away"),
        done=_("It is no longer on the list."),
        back=_back(row.training_class),
    )
    return answered(
        request,
        question,
        lambda why: actions.remove_hand_over(hand_over=row, why=why, by=request.by),
    )


@writes("training.change")
def pack_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Have all papers put together."""
    each = class_within(request, public_id)
    form = PackForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            actions.order_pack(training_class=each, size=form.cleaned_data["size"], by=request.by)
            return redirect("desk:pack_detail", public_id=public_id)
    return _page(request, each, _("Make all papers"), form, _("Make all papers"))


@reads("training.export")
def pack_file(request: OfficerRequest, public_id: str, kind: str) -> HttpResponseBase:
    """Give the papers as they were put together last; the journal notes that they were taken."""
    each = class_within(request, public_id)
    hidden = attendance_grid(each, request.reach).hidden
    pack = _readable(request, each, hidden=hidden)
    file = _file_of(pack, kind) if pack else None
    if file is None:
        raise Http404
    request.readings.append(
        Entry(event=PACK_TAKEN, about=each, by=request.by, area=each.area_id, details={"as": kind})
    )
    is_pdf = kind == "pdf"
    return FileResponse(open_file(file), as_attachment=not is_pdf, filename=file.name)


def _readable(request: OfficerRequest, each: Class, *, hidden: int) -> Pack | None:
    return readable_pack(each, request.officer.pk, sees_all=hidden == 0)


def _file_of(pack: Pack, kind: str) -> StoredFile | None:
    return {"pdf": pack.pdf, "zip": pack.archive}.get(kind)


def _back(each: Class) -> tuple[str, str]:
    return reverse("desk:pack_detail", args=[each.public_id]), _("Papers (SPJ)")


def _done(request: OfficerRequest, each: Class, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:pack_detail", public_id=each.public_id)


def _page(
    request: OfficerRequest, each: Class, title: str, form: forms.Form, submit: str = ""
) -> HttpResponse:
    link, name = _back(each)
    context = {
        "title": title,
        "lead": each.title,
        "form": form,
        "submit": submit or _("Save"),
        "back": {"link": link, "title": name},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("kelas/<slug:public_id>/berkas/", pack_detail, name="pack_detail"),
    path("kelas/<slug:public_id>/berkas/buat/", pack_create, name="pack_create"),
    path("kelas/<slug:public_id>/berkas/unduhan/<slug:kind>/", pack_file, name="pack_file"),
    path("kelas/<slug:public_id>/berkas/uraian/", minutes_change, name="minutes_change"),
    path(
        "kelas/<slug:public_id>/berkas/nomor/<slug:kind>/",
        letter_number_change,
        name="letter_number_change",
    ),
    path("kelas/<slug:public_id>/berkas/barang/", hand_over_create, name="hand_over_create"),
    path("barang/<int:hand_over_id>/penghapusan/", hand_over_remove, name="hand_over_remove"),
    path("biaya/<int:cost_line_id>/pembayaran/", spending_change, name="spending_change"),
]
