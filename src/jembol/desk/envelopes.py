"""Records from phones that wait for somebody's word: set aside, held, or sent with two contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts.models import Officer
from jembol.desk.lists import listed
from jembol.desk.reasons import Question, answered
from jembol.sync import actions
from jembol.sync.choices import State
from jembol.sync.models import Envelope, EnvelopeQuerySet
from jembol.ui.components import moment, pill
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing

if TYPE_CHECKING:
    from django.utils.functional import Promise

KINDS: Final[dict[str, str | Promise]] = {"training.scan": gettext_lazy("scan at the door")}
TONES: Final = {
    State.ACCEPTED: "good",
    State.REFUSED: "plain",
    State.HELD: "info",
    State.QUARANTINED: "warn",
    State.PARKED: "bad",
}


def _odd_within(request: OfficerRequest) -> EnvelopeQuerySet:
    """Return the records of the officer's areas that did not simply act."""
    rows = Envelope.objects.within(request.reach).annotate(contents=Count("conflicts"))
    odd = ~Q(state=State.ACCEPTED) | Q(contents__gt=0)
    return rows.filter(odd).select_related("device")


def _columns(names: dict[int, str]) -> list[Column]:
    return [
        Column(
            "tiba",
            _("Received"),
            lambda row: row.received_at,
            lambda row: moment(row.received_at),
            sort="received_at",
        ),
        Column("jenis", _("What"), lambda row: KINDS.get(row.kind, row.kind)),
        Column(
            "keadaan",
            _("State"),
            lambda row: row.get_state_display(),
            lambda row: pill(row.get_state_display(), tone=TONES[State(row.state)]),
        ),
        Column("sebab", _("Why"), _why),
        Column("petugas", _("Written by"), lambda row: names.get(row.officer_id, "")),
        Column("perangkat", _("Phone that sent"), lambda row: row.device.label, wide=True),
    ]


def _why(row: Any) -> str:
    if row.contents:
        return _("Another record came under the same number; both are kept.")
    words: str = row.words
    return words


FILTERS: Final = {
    "disisihkan": lambda rows: rows.set_aside(),
    "menunggu": lambda rows: rows.held(),
    "ditolak": lambda rows: rows.filter(state=State.REFUSED),
    "ganda": lambda rows: rows.filter(contents__gt=0),
}


@reads("training.change")
def envelope_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the records that did not simply act."""
    words = [
        ("disisihkan", _("set aside")),
        ("menunggu", _("waiting for another")),
        ("ditolak", _("refused")),
        ("ganda", _("two contents")),
    ]
    rows = _odd_within(request)
    writers = rows.exclude(officer_id=None).values("officer_id")
    names = dict(Officer.objects.filter(pk__in=writers).order_by("pk").values_list("pk", "name"))
    listing = Listing(
        request,
        rows=rows,
        columns=_columns(names),
        filters=[Filter("keadaan", _("State"), words, lambda rows, word: FILTERS[word](rows))],
        sort="-tiba",
        name="kiriman",
        detail=_detail,
        empty=_("Every record of the phones was accepted."),
    )
    context = {"title": _("Records from phones"), "unit": _("records")}
    return listed(request, listing, context)


def _detail(row: Envelope) -> str:
    is_aside = row.state in {State.QUARANTINED, State.PARKED}
    return reverse("desk:admission_create", args=[row.pk]) if is_aside else ""


@writes("training.change")
def admission_create(request: OfficerRequest, envelope_id: str) -> HttpResponse:
    """Let a record act that was set aside."""
    rows = Envelope.objects.within(request.reach).select_related("device")
    envelope = get_object_or_404(rows, pk=envelope_id)
    what = KINDS.get(envelope.kind, envelope.kind)
    question = Question(
        title=_("Let the record in"),
        lead=f"{what} · {envelope.device.label} · {envelope.words}",
        submit=_("Let it in"),
        done=_("The record was let in. Its answer stands in the list if it was refused."),
        back=(reverse("desk:envelope_list"), _("Records from phones")),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.let_in(envelope=envelope, by=request.by)
    )


paths = [
    path("kiriman/", envelope_list, name="envelope_list"),
    path("kiriman/<slug:envelope_id>/", admission_create, name="admission_create"),
]
