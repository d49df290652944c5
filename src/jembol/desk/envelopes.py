"""Records from phones that wait for somebody's word: set aside, held, or sent with two contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts.models import Officer
from jembol.desk.envelope_words import said_in
from jembol.desk.lists import listed
from jembol.desk.reasons import Question, ReasonForm, answered
from jembol.sync import actions
from jembol.sync.actions.storing import body_of, open_conflict
from jembol.sync.choices import Proof, State
from jembol.sync.models import Conflict, Edit, Envelope, EnvelopeQuerySet
from jembol.ui.components import moment, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.utils.functional import Promise

KINDS: Final[dict[str, str | Promise]] = {
    "outreach.photo": gettext_lazy("photo of a visit"),
    "outreach.visit": gettext_lazy("visit"),
    "outreach.visit_change": gettext_lazy("change of a visit"),
    "registry.change": gettext_lazy("change of a person or an enterprise"),
    "registry.enrol": gettext_lazy("enrolment"),
    "training.scan": gettext_lazy("scan at the door"),
}
TAKE: Final = "ganti"
TONES: Final = {
    State.ACCEPTED: "good",
    State.REFUSED: "plain",
    State.HELD: "info",
    State.QUARANTINED: "warn",
    State.PARKED: "bad",
}

PROOF_TONES: Final = {Proof.GOOD: "good", Proof.UNSIGNED: "plain", Proof.BAD: "bad"}


def _odd_within(request: OfficerRequest) -> EnvelopeQuerySet:
    """Return the records of the officer's areas that did not simply act."""
    rows = Envelope.objects.within(request.reach).annotate(
        contents=Count("conflicts", filter=Q(conflicts__settled_at=None))
    )
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
        Column(
            "tanda-tangan",
            _("Signature"),
            lambda row: row.get_proof_display(),
            lambda row: pill(row.get_proof_display(), tone=PROOF_TONES[Proof(row.proof)]),
            wide=True,
        ),
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


@reads("outreach.settle")
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
    context = {
        "title": _("Records from phones"),
        "unit": _("records"),
        "apart": Edit.objects.within(request.reach).apart().count(),
    }
    return listed(request, listing, context, template="desk/envelope_list.html")


def _detail(row: Any) -> str:
    waits = row.state in {State.QUARANTINED, State.PARKED} and row.kept_apart_at is None
    if waits or row.contents:
        return reverse("desk:admission_create", args=[row.pk])
    return ""


@writes("outreach.settle")
def admission_create(request: OfficerRequest, envelope_id: str) -> HttpResponse:
    """Let a record act that was set aside; show what it says, and what came under its number."""
    envelope = _within(request, envelope_id)
    back = (reverse("desk:envelope_list"), _("Records from phones"))
    form = ReasonForm(sent(request), asks=False)
    if form.is_valid():
        with refusals_into(form):
            actions.let_in(envelope=envelope, by=request.by)
            messages.success(
                request,
                _("The record was let in. Its answer stands in the list if it was refused."),
            )
            return redirect(back[0])
    writers = Officer.objects.filter(pk=envelope.officer_id or 0)
    names = dict(writers.values_list("pk", "name"))
    is_open = envelope.state in {State.QUARANTINED, State.PARKED}
    second = envelope.conflicts.filter(settled_at=None).order_by("pk")
    context = {
        "title": capfirst(str(KINDS.get(envelope.kind, envelope.kind))),
        "envelope": envelope,
        "officer": names.get(envelope.officer_id or 0, ""),
        "waits": is_open and envelope.kept_apart_at is None,
        "said": said_in(body_of(envelope)),
        "second": [(one, said_in(open_conflict(one))) for one in second],
        "form": form,
        "back": {"link": back[0], "title": back[1]},
    }
    return show(request, "desk/envelope_detail.html", context)


@writes("outreach.settle")
def keeping_out_create(request: OfficerRequest, envelope_id: str) -> HttpResponse:
    """Decide that a record that was set aside shall not act."""
    envelope = _within(request, envelope_id)
    question = Question(
        title=_("Keep the record out"),
        lead=_("%(what)s · %(phone)s. It stays readable here and changes nothing.")
        % {"what": KINDS.get(envelope.kind, envelope.kind), "phone": envelope.device.label},
        submit=_("Keep it out"),
        done=_("The record is kept out."),
        back=(reverse("desk:envelope_list"), _("Records from phones")),
    )
    return answered(
        request, question, lambda why: actions.keep_out(envelope=envelope, why=why, by=request.by)
    )


@writes("outreach.settle")
def content_create(request: OfficerRequest, conflict_id: int) -> HttpResponse:
    """Decide a second content: the first stands alone, or the second acts too."""
    rows = Conflict.objects.filter(envelope__in=Envelope.objects.within(request.reach))
    conflict = get_object_or_404(rows.select_related("envelope__device"), pk=conflict_id)
    is_taken = request.POST.get("putusan") == TAKE
    question = Question(
        title=_("A second content under one number"),
        lead=_("The first stands alone. The second stays readable and changes nothing."),
        submit=_("Leave the first alone"),
        done=_("Decided."),
        back=(reverse("desk:envelope_list"), _("Records from phones")),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.settle_content(conflict=conflict, is_taken=is_taken, by=request.by),
    )


def _within(request: OfficerRequest, envelope_id: str) -> Envelope:
    rows = Envelope.objects.within(request.reach).select_related("device")
    return get_object_or_404(rows, pk=envelope_id)


paths = [
    path("kiriman/", envelope_list, name="envelope_list"),
    path("kiriman/isi/<int:conflict_id>/", content_create, name="content_create"),
    path("kiriman/<slug:envelope_id>/", admission_create, name="admission_create"),
    path("kiriman/<slug:envelope_id>/tahan/", keeping_out_create, name="keeping_out_create"),
]
