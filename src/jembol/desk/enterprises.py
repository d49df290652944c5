"""Enterprises: the list, one enterprise with its owners, entering and changing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR, area_filter, area_initial, named
from jembol.desk.conflicts import changes_into
from jembol.desk.journal import before_of, specific_reach, told
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.merges import merges_told, passed_on, sent_on
from jembol.desk.people import person_within
from jembol.desk.sidt_files import SidtFile, sidt_links
from jembol.journal.queries import facts_about
from jembol.kit.reach import Reach
from jembol.outreach.choices import VisitOutcome
from jembol.outreach.models import Visit
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.registry import actions
from jembol.registry.actions import EnterpriseDetails
from jembol.registry.choices import EnterpriseStatus, KbliEdition
from jembol.registry.models import Enterprise, Ownership
from jembol.registry.queries.finding import search_enterprises
from jembol.registry.queries.identity import members_of, shown_to
from jembol.registry.queries.pages import enterprise_page
from jembol.registry.queries.rows import ENTERPRISE_COLUMNS, enterprise_rows
from jembol.ui.area_form import AreaForm
from jembol.ui.components import pill, written
from jembol.ui.export import Value
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

PAGE = 30
TONES = {"operating": "good", "closed": "bad", "dormant": "warn"}


def enterprise_columns() -> list[Column]:
    """Return the columns of the list of enterprises."""
    return [
        Column(
            "nama",
            _("Enterprise"),
            lambda row: row.name,
            lambda row: written(row.name),
            sort="folded",
        ),
        Column("produk", _("Product"), lambda row: row.product),
        Column("wilayah", _("Works in"), lambda row: named(row.area)),
        Column("nib", "NIB", lambda row: row.nib, wide=True),
        Column(
            "kbli",
            "KBLI",
            lambda row: f"{row.kbli} ({row.kbli_edition})" if row.kbli else "",
            wide=True,
        ),
        Column("keadaan", _("State"), lambda row: row.get_status_display(), state),
    ]


def state(row: Enterprise) -> object:
    """Return the state as a pill."""
    return pill(row.get_status_display(), tone=TONES.get(row.status, "plain"))


def exported_enterprises(rows: Any) -> Iterator[Sequence[Value]]:
    """Yield enterprises as the rows that our own import reads back."""
    for row in enterprise_rows(rows):
        yield row.cells


def met_on_a_visit(reach: Reach) -> Q:
    """Return the condition that an enterprise or one of its owners was met on a visit."""
    met = Visit.objects.within(reach).filter(outcome=VisitOutcome.MET)
    owned = Ownership.objects.filter(ends_on=None, person__in=met.values("person"))
    return Q(pk__in=met.values("enterprise")) | Q(pk__in=owned.values("enterprise"))


@reads("registry.see")
def enterprise_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the enterprises of the officer's areas."""
    reach = reach_of_list(request, "registry.export")
    sidt = SidtFile.asked_for(request, reach)
    listing = Listing(
        request,
        rows=Enterprise.objects.standing().within(reach).select_related(NEAR),
        columns=enterprise_columns(),
        filters=[
            area_filter(request.reach),
            Filter(
                "keadaan",
                _("State"),
                [(one.value, str(one.label)) for one in EnterpriseStatus],
                lambda rows, word: rows.filter(status=word),
            ),
            Filter(
                "dihitung",
                _("On the board"),
                [("ya", _("counted"))],
                lambda rows, _word: rows.exclude(status=EnterpriseStatus.CLOSED),
            ),
            Filter(
                "kunjungan",
                _("Visits"),
                [("bertemu", _("met on a visit"))],
                lambda rows, _word: rows.filter(met_on_a_visit(reach)),
            ),
        ],
        search=lambda rows, words: rows.filter(
            pk__in=search_enterprises(words, request.reach).values("pk")
        ),
        sort="nama",
        name=sidt.name if sidt else "usaha",
        detail=lambda row: reverse("desk:enterprise_detail", args=[row.public_id]),
        export=sidt.export if sidt else (list(ENTERPRISE_COLUMNS), exported_enterprises),
        empty=_("Enterprises appear here when a person's business is entered or imported."),
    )
    context = {
        "title": _("Enterprises"),
        "unit": _("enterprises"),
        "sidt": sidt_links(request, listing),
    }
    if sidt:
        request.readings += sidt.readings(listing)
    return listed(
        request, listing, context, template="desk/enterprise_list.html", export="registry.export"
    )


def enterprise_within(request: OfficerRequest, public_id: str) -> Enterprise:
    """Return the enterprise, or answer that there is none in these areas.

    The number of an absorbed entry leads to the one that stands for it.
    """
    rows = Enterprise.objects.within(request.reach)
    named_row = get_object_or_404(rows.select_related("survivor"), public_id=public_id)
    shown = shown_to(request.reach, named_row)
    return rows.select_related(NEAR, "survivor").get(pk=shown.pk)


@reads("registry.see")
def enterprise_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show an enterprise, its owners now and before, and what happened."""
    each = enterprise_within(request, public_id)
    if each.public_id != public_id:
        return passed_on("desk:enterprise_detail", each, public_id)
    page = enterprise_page(each, reach=request.reach, on=timezone.localdate())
    facts = facts_about(
        "registry.enterprise",
        *members_of(each),
        before=before_of(request),
        limit=PAGE + 1,
        reach=request.reach,
    )
    context = {
        "title": each.name,
        "each": each,
        "works": named(each.area),
        "tone": TONES.get(each.status, "plain"),
        "page": page,
        "merges": merges_told(request, each, page.merges),
        "facts": told(facts[:PAGE], specific=specific_reach(request)),
        "next": facts[PAGE - 1].id if len(facts) > PAGE else None,
        "may_change": may(request, "registry.change", at=each.area_id),
        "back": {"link": reverse("desk:enterprise_list"), "title": _("Enterprises")},
    }
    return show(request, "desk/enterprise_detail.html", context)


class EnterpriseForm(AreaForm):
    """A business, however small."""

    name = forms.CharField(label=gettext_lazy("Name of the business"), max_length=150)
    product = forms.CharField(label=gettext_lazy("Main product"), max_length=200, required=False)
    activity = forms.CharField(label=gettext_lazy("What it does"), max_length=200, required=False)
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=EnterpriseStatus.choices)
    nib = forms.CharField(
        label="NIB", max_length=20, required=False, help_text=gettext_lazy("Thirteen digits.")
    )
    kbli = forms.CharField(label="KBLI", max_length=5, required=False)
    kbli_edition = forms.ChoiceField(
        label=gettext_lazy("Edition of the KBLI"),
        choices=[("", "–"), *KbliEdition.choices],
        required=False,
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    started_on = DayField(label=gettext_lazy("Began on"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "product", "activity", "status", "area", "rw", "rt", "address", "phone")


NAMES = (
    "name",
    "product",
    "activity",
    "status",
    "nib",
    "kbli",
    "kbli_edition",
    "phone",
    "address",
    "started_on",
)


def _given(form: EnterpriseForm, request: OfficerRequest) -> dict[str, Any]:
    values = {name: form.cleaned_data[name] for name in NAMES}
    return {**values, "area": places_actions.place(**form.named, by=request.by)}


@writes("registry.change")
def enterprise_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Enter a business of this person."""
    owner = person_within(request, public_id)
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    form = EnterpriseForm(
        sent(request),
        initial={"status": EnterpriseStatus.OPERATING, **area_initial(owner.area, choices)},
        choices=choices,
    )
    if form.is_valid():
        with refusals_into(form):
            details = EnterpriseDetails(**_given(form, request))
            each = actions.add_enterprise(details=details, owners=[owner], by=request.by)
            messages.success(request, _("Entered in the register."))
            return redirect("desk:enterprise_detail", public_id=each.public_id)
    context = {
        "title": _("New business"),
        "lead": owner.name,
        "form": form,
        "submit": _("Enter the business"),
        "back": {"link": reverse("desk:person_detail", args=[public_id]), "title": owner.name},
    }
    return show(request, "ui/form.html", context)


@writes("registry.change")
def enterprise_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Change an enterprise; the journal keeps what stood there before."""
    each = enterprise_within(request, public_id)
    if each.public_id != public_id:
        return sent_on(request, "desk:enterprise_change", each)
    initial = {name: getattr(each, name) for name in (*NAMES, "version")}
    choices = area_choices(request.reach, with_city=_("kelurahan not known"))
    form = EnterpriseForm(
        sent(request), initial={**initial, **area_initial(each.area, choices)}, choices=choices
    )
    form.fields["version"].required = True
    if form.is_valid():
        with changes_into(form):
            actions.change_enterprise(
                enterprise=each,
                changes=_given(form, request),
                by=request.by,
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("Saved."))
            return redirect("desk:enterprise_detail", public_id=public_id)
    context = {
        "title": _("Change details"),
        "lead": each.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": reverse("desk:enterprise_detail", args=[public_id]), "title": each.name},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("usaha/", enterprise_list, name="enterprise_list"),
    path("usaha/<slug:public_id>/", enterprise_detail, name="enterprise_detail"),
    path("usaha/<slug:public_id>/ubah/", enterprise_change, name="enterprise_change"),
    path("orang/<slug:public_id>/usaha/", enterprise_create, name="enterprise_create"),
]
