"""Lists of promises, referrals and needs told at visits, and one press for what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.outreach_rows import Told, whom
from jembol.desk.reasons import Question, answered
from jembol.outreach import actions
from jembol.outreach.choices import ReferralState
from jembol.outreach.models import Need, Promise, Referral
from jembol.outreach.queries import waiting_since
from jembol.outreach.queries.need_counts import unit_of
from jembol.places.models import Area
from jembol.ui.components import day, pill
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

SELECTED = ("visit__person", "visit__enterprise", "visit__officer", NEAR)
EXPORT = "registry.export"


def _whom_column(request: OfficerRequest) -> Column:
    return Column("siapa", _("Whom"), lambda row: _name(row, request))


def _name(row: Told, request: OfficerRequest) -> str:
    about = whom(row.visit, request.reach)
    names = [one.name for one in (about.person, about.enterprise) if one]
    return " · ".join(names) or named(row.area)


def _place_column() -> Column:
    return Column("wilayah", _("Area"), lambda row: named(row.area))


def _about_column(row_words: str) -> Column:
    return Column("tentang", row_words, lambda row: row.words)


def _leads_to(
    request: OfficerRequest, form: str, is_open: Callable[[Any], bool]
) -> Callable[[Any], str]:
    """Return where a row leads: to its form while it is open, else to the visit it comes from."""
    may_answer = may(request, "outreach.visit")

    def link(row: Any) -> str:
        if may_answer and is_open(row):
            return reverse(f"desk:{form}", args=[row.pk])
        return reverse("desk:visit_detail", args=[row.visit.key])

    return link


@reads("outreach.see")
def promise_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what officers promised, and what is past its day."""
    today = timezone.localdate()
    states = {
        "terbuka": lambda rows: rows.filter(kept_at__isnull=True),
        "lewat": lambda rows: rows.filter(kept_at__isnull=True, due_on__lt=today),
        "ditepati": lambda rows: rows.filter(kept_at__isnull=False),
    }
    listing = Listing(
        request,
        rows=Promise.objects.within(reach_of_list(request, EXPORT)).select_related(
            "officer", *SELECTED
        ),
        columns=[
            _about_column(_("Promise")),
            _whom_column(request),
            _place_column(),
            Column("petugas", _("Officer"), lambda row: row.officer.name, wide=True),
            Column("sampai", _("Until"), lambda row: row.due_on, lambda row: day(row.due_on),
                   sort="due_on"),
            Column("keadaan", _("State"), lambda row: _promise_state(row, today)[0],
                   lambda row: _pilled(*_promise_state(row, today))),
        ],
        filters=[
            Filter("keadaan", _("State"),
                   [("terbuka", _("not kept yet")), ("lewat", _("past its day")),
                    ("ditepati", _("kept"))],
                   lambda rows, word: states[word](rows)),
            area_filter(request.reach),
        ],
        sort="sampai",
        name="janji",
        detail=_leads_to(request, "promise_keeping_create", lambda row: row.kept_at is None),
        empty=_("Promises come from visits."),
    )  # fmt: skip
    context = {"title": _("Promises"), "unit": _("promises")}
    return listed(request, listing, context, export=EXPORT)


def _promise_state(row: Promise, today: object) -> tuple[str, str]:
    if row.kept_at is not None:
        is_late = timezone.localdate(row.kept_at) > row.due_on
        return (_("kept late"), "warn") if is_late else (_("kept"), "good")
    return (_("past its day"), "bad") if row.due_on < today else (_("open"), "plain")  # type: ignore[operator]


def _pilled(words: str, tone: str) -> object:
    return pill(words, tone=tone)


@reads("outreach.see")
def referral_list(request: OfficerRequest) -> HttpResponseBase:
    """Show who was sent on where, and who waits for an answer."""
    today = timezone.localdate()
    too_long = waiting_since(today)
    states = {
        "terbuka": lambda rows: rows.filter(state=ReferralState.OPEN),
        "lama": lambda rows: rows.filter(state=ReferralState.OPEN, at__lt=too_long),
        "selesai": lambda rows: rows.exclude(state=ReferralState.OPEN),
    }
    listing = Listing(
        request,
        rows=Referral.objects.within(reach_of_list(request, EXPORT)).select_related(*SELECTED),
        columns=[
            Column("ke", _("Sent to"), lambda row: str(row.get_kind_display())),
            _about_column(_("About")),
            _whom_column(request),
            _place_column(),
            Column("sejak", _("Since"), lambda row: timezone.localdate(row.at),
                   lambda row: day(timezone.localdate(row.at)), sort="at"),
            Column("keadaan", _("State"), lambda row: str(row.get_state_display()),
                   lambda row: _pilled(*_referral_state(row, too_long))),
            Column("jawaban", _("Answer"), lambda row: row.answer, wide=True),
        ],
        filters=[
            Filter("keadaan", _("State"),
                   [("terbuka", _("without an answer")), ("lama", _("waiting too long")),
                    ("selesai", _("closed"))],
                   lambda rows, word: states[word](rows)),
            area_filter(request.reach),
        ],
        sort="sejak",
        name="rujukan",
        detail=_leads_to(
            request, "referral_answer_create", lambda row: row.state == ReferralState.OPEN
        ),
        empty=_("Referrals come from visits."),
    )  # fmt: skip
    context = {"title": _("Referrals"), "unit": _("referrals")}
    return listed(request, listing, context, export=EXPORT)


def _referral_state(row: Referral, too_long: object) -> tuple[str, str]:
    if row.state == ReferralState.OPEN and row.at < too_long:  # type: ignore[operator]
        return _("waiting too long"), "bad"
    tones = {ReferralState.OPEN: "warn", ReferralState.ANSWERED: "good"}
    return str(row.get_state_display()), tones.get(ReferralState(row.state), "plain")


@reads("outreach.see")
def told_need_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what people need, and what of it was met."""
    states = {
        "belum": lambda rows: rows.filter(met_at__isnull=True),
        "terpenuhi": lambda rows: rows.filter(met_at__isnull=False),
    }
    listing = Listing(
        request,
        rows=Need.objects.within(reach_of_list(request, EXPORT)).select_related(*SELECTED),
        columns=[
            Column("apa", _("Need"), lambda row: str(row.get_kind_display())),
            _about_column(_("In their words")),
            _whom_column(request),
            _place_column(),
            Column("sejak", _("Told on"), lambda row: timezone.localdate(row.at),
                   lambda row: day(timezone.localdate(row.at)), sort="at"),
            Column("keadaan", _("State"), lambda row: _need_state(row)[0],
                   lambda row: _pilled(*_need_state(row))),
            Column("bagaimana", _("How it was met"), lambda row: row.how, wide=True),
        ],
        filters=[
            Filter("keadaan", _("State"), [("belum", _("not met")), ("terpenuhi", _("met"))],
                   lambda rows, word: states[word](rows)),
            area_filter(request.reach),
        ],
        sort="sejak",
        name="kebutuhan",
        detail=_leads_to(request, "need_meeting_create", lambda row: row.met_at is None),
        empty=_("Needs come from visits."),
    )  # fmt: skip
    context = {"title": _("Needs told at visits"), "unit": _("needs")}
    return listed(request, listing, context, export=EXPORT)


def _need_state(row: Need) -> tuple[str, str]:
    return (_("met"), "good") if row.met_at is not None else (_("not met"), "warn")


def _row_within(request: OfficerRequest, rows: QuerySet[Any], key: int) -> Any:
    return get_object_or_404(rows.select_related(*SELECTED), pk=key)


def _back(row: Told) -> tuple[str, str]:
    """Return the page of the area to which a row belongs, else the list of all areas."""
    area = Area.objects.select_related("parent__parent").filter(pk=unit_of(row.area_id)).first()
    # Above a kelurahan there is no page of need.
    if area is None or not area.code:
        return reverse("desk:need_list"), _("Need by RW")
    return reverse("desk:need_detail", args=[area.code]), named(area)


def _lead(request: OfficerRequest, row: Told, what: str) -> str:
    return " · ".join(word for word in (what, row.words, _name(row, request)) if word)


@writes("outreach.visit")
def promise_keeping_create(request: OfficerRequest, promise_id: int) -> HttpResponse:
    """Note that a promise was kept."""
    row: Promise = _row_within(request, Promise.objects.within(request.reach), promise_id)
    question = Question(
        title=_("Promise kept"),
        lead=_lead(request, row, _("until %(day)s") % {"day": format_day(row.due_on, "j F Y")}),
        submit=_("It was kept"),
        done=_("Noted as kept."),
        back=_back(row),
        asks=False,
    )
    return answered(
        request, question, lambda _why: actions.keep_promise(promise=row, by=request.by)
    )


@writes("outreach.visit")
def referral_answer_create(request: OfficerRequest, referral_id: int) -> HttpResponse:
    """Note the answer to a referral."""
    row: Referral = _row_within(request, Referral.objects.within(request.reach), referral_id)
    question = Question(
        title=_("Answer to a referral"),
        lead=_lead(request, row, str(row.get_kind_display())),
        submit=_("Close the referral"),
        done=_("The referral is closed."),
        back=_back(row),
        label=_("What was the answer"),
    )
    return answered(
        request,
        question,
        lambda why: actions.close_referral(referral=row, answer=why, by=request.by),
    )


@writes("outreach.visit")
def referral_lapse_create(request: OfficerRequest, referral_id: int) -> HttpResponse:
    """Note that a referral leads nowhere any more."""
    row: Referral = _row_within(request, Referral.objects.within(request.reach), referral_id)
    question = Question(
        title=_("Let a referral lapse"),
        lead=_lead(request, row, str(row.get_kind_display())),
        submit=_("Let it lapse"),
        done=_("The referral has lapsed."),
        back=_back(row),
    )
    return answered(
        request, question, lambda why: actions.let_lapse(referral=row, why=why, by=request.by)
    )


@writes("outreach.visit")
def need_meeting_create(request: OfficerRequest, need_id: int) -> HttpResponse:
    """Note that a need was met, and how."""
    row: Need = _row_within(request, Need.objects.within(request.reach), need_id)
    question = Question(
        title=_("Need met"),
        lead=_lead(request, row, str(row.get_kind_display())),
        submit=_("It was met"),
        done=_("Noted as met."),
        back=_back(row),
        label=_("How it was met"),
    )
    return answered(
        request, question, lambda why: actions.meet_need(need=row, how=why, by=request.by)
    )


paths = [
    path("jemput-bola/janji/", promise_list, name="promise_list"),
    path("jemput-bola/rujukan/", referral_list, name="referral_list"),
    path("jemput-bola/kebutuhan/", told_need_list, name="told_need_list"),
    path(
        "jemput-bola/janji/<int:promise_id>/ditepati/",
        promise_keeping_create,
        name="promise_keeping_create",
    ),
    path(
        "jemput-bola/rujukan/<int:referral_id>/jawaban/",
        referral_answer_create,
        name="referral_answer_create",
    ),
    path(
        "jemput-bola/rujukan/<int:referral_id>/gugur/",
        referral_lapse_create,
        name="referral_lapse_create",
    ),
    path(
        "jemput-bola/kebutuhan/<int:need_id>/terpenuhi/",
        need_meeting_create,
        name="need_meeting_create",
    ),
]
