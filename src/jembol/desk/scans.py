"""Scans at the doors: the list with its flags, and the doubtful ones settled with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import listed, may, reach_of_list
from jembol.desk.reasons import ReasonForm
from jembol.training import actions
from jembol.training.choices import Verdict
from jembol.training.models import Class, Scan, ScanQuerySet
from jembol.ui.components import day, moment, pill, written
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.utils.functional import Promise

SHOWN_DOUBTFUL: Final = 30
ACCEPT, STRIKE = "terima", "coret"

WHYS: Final[dict[str, str | Promise]] = {
    "class-cancelled": gettext_lazy("the class was cancelled"),
    "expired": gettext_lazy("the code has run out"),
    "forged": gettext_lazy("the code is not genuine"),
    "key-expired": gettext_lazy("the key of the code is no longer trusted"),
    "malformed": gettext_lazy("no code of ours"),
    "no-session-today": gettext_lazy("no day of the class"),
    "not-registered": gettext_lazy("has no seat in the class"),
    "not-yet-valid": gettext_lazy("the code is not valid yet"),
    "other-class": gettext_lazy("the ticket is of another class"),
    "other-day": gettext_lazy("noted for another day"),
    "revoked": gettext_lazy("the card was revoked"),
    "session-cancelled": gettext_lazy("this day was cancelled"),
    "too-early": gettext_lazy("before the door opened"),
    "too-late": gettext_lazy("after the door closed"),
    "truncated": gettext_lazy("a part of the code is missing"),
    "unknown-key": gettext_lazy("signed by a key that is not ours"),
    "unknown-serial": gettext_lazy("no ticket or card has this number"),
    "withdrawn": gettext_lazy("the seat was given back"),
    "wrong-kind": gettext_lazy("a code of another kind"),
}
TONES: Final = {
    Verdict.WELCOME: "good",
    Verdict.AGAIN: "info",
    Verdict.NOT_ALLOWED: "warn",
    Verdict.UNKNOWN_CODE: "bad",
    Verdict.UNDONE: "plain",
}
STATES: Final = {
    "ragu": lambda rows: rows.doubtful(),
    "ganda": lambda rows: rows.filter(is_again=True),
    "jam": lambda rows: rows.filter(is_skewed=True),
    "batal": lambda rows: rows.filter(undone_by__isnull=False).distinct(),
}


def scans_within(request: OfficerRequest, training_class: Class | None = None) -> ScanQuerySet:
    """Return the scans of classes and people in the officer's areas."""
    reach = reach_of_list(request, "training.export")
    rows = Scan.objects.filter(training_class__in=Class.objects.within(reach)).of_people_in(reach)
    if training_class is not None:
        rows = rows.filter(training_class=training_class)
    return rows.select_related(
        "training_class", "session", "registration__person", "device", "settlement"
    )


def flags_of(scan: Scan) -> list[str]:
    """Return in words what is odd about a scan."""
    found = []
    if scan.why:
        found.append(str(WHYS.get(scan.why, scan.why)))
    if scan.is_again:
        found.append(_("scanned before"))
    if scan.is_skewed:
        found.append(_("clock of the phone was wrong"))
    if not scan.has_entered:
        found.append(_("sent away"))
    if hasattr(scan, "settlement"):
        found.append(_("accepted") if scan.settlement.is_accepted else _("struck"))
    return found


def who_of(scan: Scan) -> str:
    """Return who was scanned, or the beginning of a code that leads to nobody."""
    return scan.registration.person.name if scan.registration else f"{scan.code[:24]}…"


def _columns(*, with_class: bool) -> list[Column]:
    columns = [
        Column("pada", _("At"), lambda row: row.at, lambda row: moment(row.at), sort="at"),
        Column("siapa", _("Who"), who_of, lambda row: written(who_of(row))),
        Column(
            "putusan",
            _("Door said"),
            lambda row: row.get_verdict_display(),
            lambda row: pill(row.get_verdict_display(), tone=TONES[Verdict(row.verdict)]),
        ),
        Column("catatan", _("Notes"), lambda row: "; ".join(flags_of(row))),
        Column("arah", pgettext("direction", "Way"), lambda row: row.get_way_display()),
        Column("hari", _("Day"), _day_value, _day_told, wide=True),
        Column("perangkat", _("Phone that scanned"), lambda row: row.device.label),
    ]
    if with_class:
        columns.append(Column("kelas", _("Class"), lambda row: row.training_class.title, wide=True))
    return columns


def _day_value(row: Scan) -> Any:
    return row.session.on if row.session else ""


def _day_told(row: Scan) -> Any:
    return day(row.session.on) if row.session else "–"


def _filters() -> list[Filter]:
    states = [
        ("ragu", _("doubtful")),
        ("ganda", _("scanned before")),
        ("jam", _("clock was wrong")),
        ("batal", _("taken back")),
    ]
    return [
        Filter("keadaan", _("State"), states, lambda rows, word: STATES[word](rows)),
        Filter(
            "putusan",
            _("Door said"),
            [(one.value, str(one.label)) for one in Verdict],
            lambda rows, word: rows.filter(verdict=word),
        ),
        Filter("hari", _("Day"), [], lambda rows, word: rows.filter(session__on=word), is_day=True),
    ]


def _search(rows: Any, words: str) -> Any:
    return rows.filter(registration__person__folded__contains=words.casefold())


def _list(
    request: OfficerRequest, rows: ScanQuerySet, context: dict[str, Any], *, with_class: bool
) -> HttpResponseBase:
    listing = Listing(
        request,
        rows=rows,
        columns=_columns(with_class=with_class),
        filters=_filters(),
        search=_search,
        sort="-pada",
        name="pindai",
        empty=_("Scans appear here as soon as the phones at the door have sent them."),
    )
    doubtful = rows.doubtful().order_by("at", "pk")[:SHOWN_DOUBTFUL]
    context |= {
        "unit": _("scans"),
        "doubtful": [(scan, who_of(scan), "; ".join(flags_of(scan))) for scan in doubtful],
        "may_settle": may(request, "training.change"),
    }
    return listed(
        request, listing, context, template="desk/scan_list.html", export="training.export"
    )


@reads("training.attend")
def scan_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the scans at all doors of the officer's areas."""
    rows = scans_within(request)
    context = {
        "title": _("Scans at the door"),
        "back": {"link": reverse("desk:class_list"), "title": _("Classes")},
    }
    return _list(request, rows, context, with_class=True)


@reads("training.attend")
def class_scan_list(request: OfficerRequest, public_id: str) -> HttpResponseBase:
    """Show the scans at the door of one class."""
    each = class_within(request, public_id)
    link, name = back_to(each)
    context = {
        "title": _("Scans at the door"),
        "back": {"link": link, "title": name},
        "hours": reverse("desk:door_hours_change", args=[public_id]),
    }
    return _list(request, scans_within(request, each), context, with_class=False)


@writes("training.change")
def settlement_create(request: OfficerRequest, scan_id: int) -> HttpResponse:
    """Accept a doubtful scan, or strike it."""
    scan = get_object_or_404(scans_within(request), pk=scan_id)
    form = ReasonForm(sent(request), asks=False)
    link = reverse("desk:class_scan_list", args=[scan.training_class.public_id])
    decision = request.POST.get("putusan", "")
    if form.is_valid() and decision in {ACCEPT, STRIKE}:
        with refusals_into(form):
            actions.settle_scan(scan=scan, is_accepted=decision == ACCEPT, by=request.by)
            messages.success(request, _("The scan is settled."))
            return redirect(link)
    context = {
        "title": _("Settle a doubtful scan"),
        "scan": scan,
        "who": who_of(scan),
        "notes": "; ".join(flags_of(scan)),
        "form": form,
        "back": {"link": link, "title": _("Scans at the door")},
    }
    return show(request, "desk/settlement_create.html", context)


paths = [
    path("kehadiran/pindai/", scan_list, name="scan_list"),
    path("kelas/<slug:public_id>/pindai/", class_scan_list, name="class_scan_list"),
    path("pindai/<int:scan_id>/putusan/", settlement_create, name="settlement_create"),
]
