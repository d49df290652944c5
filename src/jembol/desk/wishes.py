"""Wishes of RT and RW heads: the list, one wish, noting one, correcting and withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import area_filter, named
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.kit.text import fold_name
from jembol.outreach import actions, queries
from jembol.outreach.actions import WishText
from jembol.outreach.choices import NeedKind, OwnBudget, WishSource, WishState
from jembol.outreach.models import Wish
from jembol.outreach.rules import MOST_PEOPLE
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.ui.area_form import AreaForm
from jembol.ui.components import day, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Sequence

TONES = {
    WishState.OPEN: "warn",
    WishState.GATHERED: "info",
    WishState.ANSWERED: "good",
    WishState.WITHDRAWN: "plain",
}


def state_of(wish: Wish) -> WishState:
    """Return how far a wish is; needs the rows of `queries.wishes`."""
    if wish.withdrawn_at is not None:
        return WishState.WITHDRAWN
    if queries.reply_of(wish) is not None:
        return WishState.ANSWERED
    return WishState.GATHERED if hasattr(wish, "gathered") else WishState.OPEN


def _answer(wish: Wish) -> str:
    reply = queries.reply_of(wish)
    return "" if reply is None else str(reply.get_kind_display())


def wish_columns() -> Sequence[Column]:
    """Return the columns of the list of wishes."""
    return [
        Column("rt", "RT/RW", lambda row: named(row.area), sort="area_id"),
        Column("jenis", _("Need"), lambda row: row.get_kind_display()),
        Column("isi", _("What exactly"), lambda row: row.words),
        Column("orang", _("People"), lambda row: row.people, align="end"),
        Column("tahun", _("For the year"), lambda row: row.year, sort="year", wide=True),
        Column("asal", _("Told by"), lambda row: row.get_source_display(), wide=True),
        Column("anggaran", _("In the RT's own budget"),
               lambda row: row.get_in_own_budget_display(), wide=True),
        Column("tanggal", _("Told on"), lambda row: timezone.localdate(row.told_at),
               lambda row: day(timezone.localdate(row.told_at)), sort="told_at"),
        Column("keadaan", _("State"), lambda row: str(state_of(row).label),
               lambda row: pill(str(state_of(row).label), tone=TONES[state_of(row)])),
        Column("jawaban", _("Answer"), _answer, wide=True),
    ]  # fmt: skip


def wish_filters(request: OfficerRequest) -> list[Filter]:
    """Return the choices above the list of wishes."""
    year = timezone.localdate().year
    return [
        area_filter(request.reach),
        Filter("keadaan", _("State"), [(one.value, str(one.label)) for one in WishState],
               lambda rows, word: rows.in_state(word)),
        Filter("jenis", _("Need"), [(one.value, str(one.label)) for one in NeedKind],
               lambda rows, word: rows.filter(kind=word)),
        Filter("asal", _("Told by"), [(one.value, str(one.label)) for one in WishSource],
               lambda rows, word: rows.filter(source=word)),
        Filter("tahun", _("For the year"), [(str(n), str(n)) for n in range(year + 2, 2024, -1)],
               lambda rows, word: rows.filter(year=int(word))),
        Filter("anggaran", _("In the RT's own budget"),
               [(one.value, str(one.label)) for one in OwnBudget if one.value],
               lambda rows, word: rows.filter(in_own_budget=word)),
    ]  # fmt: skip


@reads("outreach.see")
def wish_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what RT and RW wish for."""
    listing = Listing(
        request,
        rows=queries.wishes(reach_of_list(request, "outreach.see")),
        columns=wish_columns(),
        filters=wish_filters(request),
        search=lambda rows, words: rows.filter(said__contains=fold_name(words)),
        sort="-tanggal",
        name="usulan-rt",
        detail=lambda row: reverse("desk:wish_detail", args=[row.pk]),
        empty=_("What RT heads tell by their link, and what stands in minutes, comes here."),
    )
    context = {
        "title": _("Wishes of RT and RW"),
        "unit": _("wishes"),
        "may_note": may(request, "outreach.visit"),
    }
    return listed(request, listing, context, template="desk/wish_list.html", export="outreach.see")


def wish_within(request: OfficerRequest, wish_id: int) -> Wish:
    """Return the wish, or answer that there is none in these areas."""
    found: Wish = get_object_or_404(queries.wishes(request.reach), pk=wish_id)
    return found


@reads("outreach.see")
def wish_detail(request: OfficerRequest, wish_id: int) -> HttpResponse:
    """Show one wish with what became of it."""
    wish = wish_within(request, wish_id)
    state = state_of(wish)
    gathering = wish.gathered.gathering if hasattr(wish, "gathered") else None
    context = {
        "title": f"{wish.get_kind_display()}, {named(wish.area)}",
        "wish": wish,
        "where": named(wish.area),
        "state": {"word": state.label, "tone": TONES[state]},
        "gathering": gathering,
        "may_open": gathering is not None and request.reach.covers(gathering.area_id),
        "answer": _answer(wish),
        "waits": state == WishState.OPEN,
        "may_withdraw": state in {WishState.OPEN, WishState.GATHERED}
        and may(request, "outreach.visit", at=wish.area_id),
        "may_note": wish.withdrawn_at is None and may(request, "outreach.visit", at=wish.area_id),
        "may_plan": may(request, "outreach.plan", at=wish.area_id),
        "back": _back(),
    }
    return show(request, "desk/wish_detail.html", context)


class WishFields(forms.Form):
    """For how many, and whose budget."""

    people = forms.IntegerField(
        label=gettext_lazy("For how many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    in_own_budget = forms.ChoiceField(
        label=gettext_lazy("In the RT's own budget too (such as RT Berkelas)?"),
        choices=OwnBudget.choices,
        required=False,
        help_text=gettext_lazy("So that nothing is paid for twice."),
    )


class WishForm(WishFields, AreaForm):
    """A wish that an officer heard, or that stands in minutes."""

    source = forms.ChoiceField(
        label=gettext_lazy("Told by"),
        choices=[one for one in WishSource.choices if one[0] != WishSource.RT_HEAD],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Need"), choices=NeedKind.choices)
    words = forms.CharField(
        label=gettext_lazy("What exactly?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: a sewing class. No names, no NIK, no phone numbers."),
    )
    year = forms.TypedChoiceField(label=gettext_lazy("For the year"), coerce=int)
    field_order = ("source", "area", "rw", "rt", "kind", "words", "people", "year")

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        """Offer this year and the two that are planned next."""
        super().__init__(*args, **kwargs)
        years = [(year, str(year)) for year in range(this_year, this_year + 3)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["year"].initial = this_year


@writes("outreach.visit")
def wish_create(request: OfficerRequest) -> HttpResponse:
    """Note a wish of the minutes of a deliberation, or one that was heard."""
    choices = area_choices(request.reach)
    form = WishForm(sent(request), choices=choices, this_year=timezone.localdate().year)
    if form.is_valid():
        with refusals_into(form):
            given = form.cleaned_data
            text = WishText(
                kind=given["kind"],
                words=given["words"],
                people=given["people"],
                year=given["year"],
                in_own_budget=given["in_own_budget"],
            )
            area = places_actions.place(**form.named, by=request.by)
            told = actions.tell_wish(area=area, source=given["source"], text=text, by=request.by)
            if told.is_new:
                messages.success(request, _("The wish is noted."))
            else:
                messages.info(request, _("This wish stood on the list already; here it is."))
            return redirect("desk:wish_detail", wish_id=told.wish.pk)
    context = {
        "title": _("Note a wish"),
        "form": form,
        "submit": _("Note it"),
        "back": _back(),
    }
    return show(request, "ui/form.html", context)


@writes("outreach.visit")
def wish_change(request: OfficerRequest, wish_id: int) -> HttpResponse:
    """Correct for how many a wish is, and whose budget holds it too."""
    wish = wish_within(request, wish_id)
    initial = {"people": wish.people, "in_own_budget": wish.in_own_budget}
    form = WishFields(sent(request), initial=initial)
    if form.is_valid():
        with refusals_into(form):
            actions.change_wish(wish=wish, by=request.by, **form.cleaned_data)
            messages.success(request, _("Corrected."))
            return redirect("desk:wish_detail", wish_id=wish_id)
    context = {
        "title": _("Correct the wish"),
        "lead": f"{wish.get_kind_display()}, {named(wish.area)}",
        "form": form,
        "submit": _("Save"),
        "back": _to(wish),
    }
    return show(request, "ui/form.html", context)


@writes("outreach.visit")
def wish_withdrawal_create(request: OfficerRequest, wish_id: int) -> HttpResponse:
    """Take a wish back with a reason."""
    wish = wish_within(request, wish_id)
    back = _to(wish)
    question = Question(
        title=_("Withdraw the wish"),
        lead=f"{wish.get_kind_display()}, {named(wish.area)}",
        submit=_("Withdraw"),
        done=_("The wish was withdrawn"),
        back=(back["link"], back["title"]),
    )
    return answered(
        request, question, lambda why: actions.withdraw_wish(wish=wish, why=why, by=request.by)
    )


def _to(wish: Wish) -> dict[str, str]:
    return {"link": reverse("desk:wish_detail", args=[wish.pk]), "title": _("The wish")}


def _back() -> dict[str, str]:
    return {"link": reverse("desk:wish_list"), "title": _("Wishes of RT and RW")}


paths = [
    path("usulan-rt/", wish_list, name="wish_list"),
    path("usulan-rt/baru/", wish_create, name="wish_create"),
    path("usulan-rt/<int:wish_id>/", wish_detail, name="wish_detail"),
    path("usulan-rt/<int:wish_id>/ubah/", wish_change, name="wish_change"),
    path("usulan-rt/<int:wish_id>/cabut/", wish_withdrawal_create, name="wish_withdrawal_create"),
]
