"""Two people changed the same, one of them on a phone: one press says which value stays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.desk.lists import listed
from jembol.desk.reasons import ReasonForm
from jembol.sync import actions
from jembol.sync.choices import Fate
from jembol.sync.models import Edit, EditQuerySet
from jembol.sync.subjects import subject_of
from jembol.ui.components import moment, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.db.models import QuerySet

    from jembol.kit.reach import Reach

SHOWN: Final = 30
KEEP, TAKE = "tetap", "ganti"
TONES: Final = {Fate.APPLIED: "good", Fate.APART: "warn", Fate.TAKEN: "info", Fate.LEFT: "plain"}


@dataclass(frozen=True, slots=True)
class Told:
    """An edit as a page tells it."""

    edit: Edit
    what: str
    whom: str
    field: str
    stands: str
    typed: str
    officer: str


def edits_within(request: OfficerRequest) -> EditQuerySet:
    """Return the fields changed on phones in the officer's areas that did not simply fit."""
    rows = Edit.objects.within(request.reach).exclude(fate=Fate.APPLIED)
    return rows.select_related("device", "settlement")


def told(edits: Sequence[Edit], reach: Reach) -> list[Told]:
    """Return edits in words, with what stands now, in a few queries for each kind of row.

    Of a row that lies elsewhere by now neither its name nor what stands is told.
    """
    keys: dict[str, set[int]] = defaultdict(set)
    for one in edits:
        keys[one.about_kind].add(one.about_key)
    names = {kind: subject_of(kind).name_of(sorted(some), reach) for kind, some in keys.items()}
    values = {kind: subject_of(kind).now(sorted(some), reach) for kind, some in keys.items()}
    officers = _officers({one.officer_id for one in edits if one.officer_id})
    return [
        Told(
            edit=one,
            what=str(subject.words),
            whom=names[one.about_kind].get(one.about_key, ""),
            field=str(subject.fields.get(one.field, one.field)),
            stands=_standing(one, values[one.about_kind]),
            typed=subject.told(one.field, one.new),
            officer=officers.get(one.officer_id or 0, ""),
        )
        for one in edits
        for subject in [subject_of(one.about_kind)]
    ]


@reads("outreach.settle")
def edit_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the values that wait for a decision, and those that were decided."""
    rows = edits_within(request)
    listing = Listing(
        request,
        rows=rows,
        columns=_columns(_officers(rows.order_by().values("officer_id"))),
        filters=[
            Filter(
                "keadaan",
                _("State"),
                [(one.value, str(one.label)) for one in Fate if one != Fate.APPLIED],
                lambda rows, word: rows.filter(fate=word),
            )
        ],
        sort="-tiba",
        name="dua-nilai",
        empty=_("When two people change the same, both values wait here for your word."),
    )
    waiting = list(rows.apart().order_by("received_at", "pk")[:SHOWN])
    context = {
        "title": _("Two values"),
        "unit": _("values"),
        "waiting": told(waiting, request.reach),
    }
    return listed(request, listing, context, template="desk/edit_list.html")


@writes("outreach.settle")
def edit_settlement_create(request: OfficerRequest, edit_id: int) -> HttpResponse:
    """Say which of two values stays."""
    edit = get_object_or_404(edits_within(request), pk=edit_id)
    form = ReasonForm(sent(request), asks=False)
    link, decision = reverse("desk:edit_list"), request.POST.get("putusan", "")
    if form.is_valid() and decision in {KEEP, TAKE}:
        with refusals_into(form):
            actions.settle_edit(edit=edit, is_taken=decision == TAKE, by=request.by)
            messages.success(request, _("Decided. The other value stays readable in the list."))
            return redirect(link)
    (one,) = told([edit], request.reach)
    context = {
        "title": _("Which value stays?"),
        "one": one,
        "form": form,
        "back": {"link": link, "title": _("Two values")},
    }
    return show(request, "desk/edit_settlement_create.html", context)


def _standing(edit: Edit, values: Mapping[int, Mapping[str, Any]]) -> str:
    if edit.about_key not in values:
        return _("lies outside your areas by now")
    now = values[edit.about_key].get(edit.field, "")
    return subject_of(edit.about_kind).told(edit.field, now)


def _officers(keys: Collection[int] | QuerySet[Any]) -> dict[int, str]:
    return dict(Officer.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name"))


def _columns(officers: dict[int, str]) -> list[Column]:
    return [
        Column(
            "tiba",
            _("Received"),
            lambda row: row.received_at,
            lambda row: moment(row.received_at),
            sort="received_at",
        ),
        Column("apa", _("What"), lambda row: str(subject_of(row.about_kind).words)),
        Column("isian", _("Field"), _field),
        Column("ada", _("Stood"), lambda row: _value(row, row.stood)),
        Column("ponsel", _("From the phone"), lambda row: _value(row, row.new)),
        Column(
            "keadaan",
            _("State"),
            lambda row: row.get_fate_display(),
            lambda row: pill(row.get_fate_display(), tone=TONES[Fate(row.fate)]),
        ),
        Column("petugas", _("Written by"), lambda row: officers.get(row.officer_id, "")),
        Column("ditulis", _("Written"), lambda row: row.at, lambda row: moment(row.at), wide=True),
        Column("oleh", _("Decided by"), _decided_by, wide=True),
    ]


def _field(row: Edit) -> str:
    return str(subject_of(row.about_kind).fields.get(row.field, row.field))


def _value(row: Edit, value: Any) -> str:
    return subject_of(row.about_kind).told(row.field, value)


def _decided_by(row: Edit) -> str:
    return row.settlement.officer_label if hasattr(row, "settlement") else ""


paths = [
    path("kiriman/dua-nilai/", edit_list, name="edit_list"),
    path(
        "kiriman/dua-nilai/<int:edit_id>/putusan/",
        edit_settlement_create,
        name="edit_settlement_create",
    ),
]
