"""Certificates of a class: what earns one, who gets one, issuing, and the list of those issued."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.classes import class_within
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import Question, answered
from jembol.kit.text import fold_name
from jembol.outbox.choices import JobState
from jembol.training import actions, queries
from jembol.training.rules import Shortfall
from jembol.ui.addresses import lasting
from jembol.ui.components import day, pill, written
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.outbox.queries import JobRow
    from jembol.training.models import Certificate, Class
    from jembol.training.queries import Candidate, CertificateStanding

STOP_POLLING = 286
"""The status by which htmx stops asking."""

MOST_NAMED = 200
"""People without a certificate that the page names; of a larger class it counts the others."""


def reason_of(one: Candidate, standing: CertificateStanding) -> str:
    """Return in a sentence why somebody gets no certificate."""
    words = {
        "came": one.attended,
        "needed": standing.needed,
        "score": one.score,
        "least": standing.terms.least_score,
    }
    told = {
        Shortfall.ROLL_MISSING: _(
            "Came on %(came)d of %(needed)d days needed; attendance of a day was not taken yet."
        ),
        Shortfall.TOO_FEW_DAYS: _("Came on %(came)d of %(needed)d days needed."),
        Shortfall.NO_SCORE: _("No score in the last test yet."),
        Shortfall.SCORE_TOO_LOW: _("Scored %(score)s; %(least)s is needed."),
        Shortfall.REVOKED: _("A certificate was revoked; issue a new one from its page."),
    }
    return "" if one.shortfall is None else told[one.shortfall] % words


def state_of(row: Certificate) -> tuple[str, str]:
    """Return whether a certificate stands, in a word with its tone."""
    if row.revoked_at is None:
        return _("valid"), "good"
    return (_("replaced"), "warn") if hasattr(row, "replaced_by") else (_("revoked"), "bad")


def _columns() -> list[Column]:
    return [
        Column("nomor", _("Number"), lambda row: row.written_number, sort="pk"),
        Column(
            "nama", _("Name"), lambda row: row.name, lambda row: written(row.name), sort="folded"
        ),
        Column("tanggal", _("Issued"), lambda row: row.issued_on, lambda row: day(row.issued_on)),
        Column(
            "keadaan",
            _("State"),
            lambda row: state_of(row)[0],
            lambda row: pill(state_of(row)[0], tone=state_of(row)[1]),
        ),
    ]


def _filters() -> list[Filter]:
    return [
        Filter(
            "keadaan",
            _("State"),
            [("sah", _("valid")), ("cabut", _("revoked"))],
            lambda rows, word: rows.filter(revoked_at__isnull=word == "sah"),
        )
    ]


@dataclass(frozen=True, slots=True)
class Work:
    """Work in the background as the page shows it.

    Attributes:
        job: How far it is.
        title: What is being done.
        unit: What is counted.
        works: Whether it is under way.
        broke: Why it ended without success, or nothing.
    """

    job: JobRow
    title: str
    unit: str
    works: bool
    broke: str

    @classmethod
    def of(cls, job: JobRow | None, title: str) -> Work | None:
        """Return the work of a job, or None when there is nothing to tell of it."""
        if job is None or job.state == JobState.DONE:
            return None
        broke = "" if not job.is_over else job.error or _("The work was stopped.")
        return cls(job, title, _("certificates"), works=not job.is_over, broke=broke)


@reads("training.see")
def certificate_list(request: OfficerRequest, public_id: str) -> HttpResponseBase:
    """Show what earns the certificate, who has earned it, and those that were issued."""
    each = class_within(request, public_id)
    listing = Listing(
        request,
        rows=queries.certificates_in(each, reach_of_list(request, "training.export")),
        columns=_columns(),
        filters=_filters(),
        search=lambda rows, words: rows.filter(folded__contains=fold_name(words)),
        sort="nomor",
        name=f"sertifikat-{each.public_id}",
        detail=lambda row: reverse("desk:certificate_detail", args=[row.pk]),
        empty=_("Issue certificates when attendance was taken."),
    )
    batch = queries.newest_batch(each)
    bundle = queries.own_bundle(each, request.officer.pk)
    works = [
        Work.of(batch[1], _("Certificates are being issued")) if batch else None,
        Work.of(bundle[1], _("Files are being made")) if bundle else None,
    ]
    context = {
        "title": _("Certificates"),
        "unit": _("certificates"),
        "each": each,
        "works": [one for one in works if one is not None],
        "is_working": any(one is not None and one.works for one in works),
        "bundle": bundle[0] if bundle and bundle[0].archive_id else None,
        "may_change": may(request, "training.change", at=each.area_id),
        "may_export": may(request, "training.export", at=each.area_id),
        "back": {"link": reverse("desk:class_detail", args=[public_id]), "title": each.title},
        **_standing_of(request, each),
    }
    page = "desk/certificate_list.html"
    if request.headers.get("HX-Target") == "work" and not context["is_working"]:
        # The list below has changed too, so the whole page comes anew.
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    return listed(request, listing, context, template=page, export="training.export")


def _standing_of(request: OfficerRequest, each: Class) -> dict[str, Any]:
    standing = queries.certificate_standing(each, request.reach)
    short = [one for one in standing.candidates if one.shortfall is not None]
    return {
        "standing": standing,
        "percent": int(standing.terms.least_share * 100),
        "due": standing.due[:MOST_NAMED],
        "due_count": len(standing.due),
        "short": [(one, reason_of(one, standing)) for one in short[:MOST_NAMED]],
        "short_count": len(short),
        "issued_count": sum(one.certificate is not None for one in standing.candidates),
        "reasons": Counter(one.shortfall for one in short),
    }


# --- what earns one, and issuing ----------------------------------------------------------------


class RuleForm(forms.Form):
    """What earns the certificate of a class."""

    percent = forms.IntegerField(
        label=gettext_lazy("Days attended, at least (percent)"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Rounded up to whole days: 80 percent of 3 days is 3 days."),
    )
    score = forms.IntegerField(
        label=gettext_lazy("Score in the last test, at least"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Leave it blank when no test is asked for."),
    )


@writes("training.change")
def certificate_rule_change(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Say what earns the certificate of a class."""
    each = class_within(request, public_id)
    terms = queries.terms_of(each)
    initial = {"percent": int(terms.least_share * 100), "score": terms.least_score}
    form = RuleForm(sent(request), initial=initial)
    link = reverse("desk:certificate_list", args=[public_id])
    if form.is_valid():
        with refusals_into(form):
            actions.set_certificate_rule(
                training_class=each,
                least_share=Decimal(form.cleaned_data["percent"]) / 100,
                least_score=form.cleaned_data["score"],
                by=request.by,
            )
            messages.success(request, _("The rule is set."))
            return redirect(link)
    context = {
        "title": _("What earns the certificate"),
        "lead": each.title,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": _("Certificates")},
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def certificate_batch_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Issue certificates to everybody who has earned one and has none."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Issue certificates"),
        lead=each.title,
        submit=_("Issue to everybody who has earned one"),
        done=_("Certificates are being issued. You may leave this page; the work goes on."),
        back=(reverse("desk:certificate_list", args=[public_id]), _("Certificates")),
        asks=False,
    )
    address = lasting(request, "public:certificate_check")
    return answered(
        request,
        question,
        lambda _why: actions.issue_certificates(
            training_class=each, address=address, by=request.by
        ),
    )


paths = [
    path("kelas/<slug:public_id>/sertifikat/", certificate_list, name="certificate_list"),
    path(
        "kelas/<slug:public_id>/sertifikat/syarat/",
        certificate_rule_change,
        name="certificate_rule_change",
    ),
    path(
        "kelas/<slug:public_id>/sertifikat/penerbitan/",
        certificate_batch_create,
        name="certificate_batch_create",
    ),
]
