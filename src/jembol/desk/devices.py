"""Phones of the officers: when each was seen last, and the order to destroy what it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Duty, Officer
from jembol.desk.lists import listed, may
from jembol.desk.reasons import Question, answered
from jembol.sync import actions
from jembol.sync.models import Device
from jembol.ui.components import moment, pill
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Filter, Listing

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

FILTERS = {
    "perintah": lambda rows: rows.exclude(wipe_asked_at=None).filter(wiped_at=None),
    "kosong": lambda rows: rows.exclude(wiped_at=None),
}


def devices_within(request: OfficerRequest) -> QuerySet[Device]:
    """Return the phones that officers with a duty in these areas used last."""
    officers = Duty.objects.within(request.reach).values("officer_id")
    return Device.objects.filter(officer_id__in=officers)


@reads("accounts.see")
def device_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the phones."""
    rows = devices_within(request)
    names = dict(
        Officer.objects.filter(pk__in=rows.values("officer_id"))
        .order_by("pk")
        .values_list("pk", "name")
    )
    may_wipe = may(request, "accounts.change")
    listing = Listing(
        request,
        rows=rows,
        columns=[
            Column("nama", _("Phone"), lambda row: row.label, sort="label"),
            Column("petugas", _("Officer"), lambda row: names.get(row.officer_id, "")),
            Column(
                "terlihat",
                _("Seen last"),
                lambda row: row.last_seen_at,
                lambda row: moment(row.last_seen_at),
                sort="last_seen_at",
            ),
            Column("keadaan", _("State"), _state_words, _state),
        ],
        filters=[
            Filter(
                "keadaan",
                _("State"),
                [("perintah", _("told, not answered")), ("kosong", _("carries nothing"))],
                lambda rows, word: FILTERS[word](rows),
            )
        ],
        search=lambda rows, words: rows.filter(Q(label__icontains=words)),
        sort="-terlihat",
        name="ponsel",
        detail=_detail if may_wipe else None,
        empty=_("A phone appears here when it has sent something for the first time."),
    )
    context = {
        "title": _("Phones"),
        "unit": _("phones"),
        "lead": _("What a phone has written and not sent is known to that phone alone."),
    }
    return listed(request, listing, context)


@writes("accounts.change")
def wipe_create(request: OfficerRequest, device_id: str) -> HttpResponse:
    """Tell a phone to destroy what it carries."""
    device = get_object_or_404(devices_within(request), pk=device_id)
    area = _area_of(request, device)
    question = Question(
        title=_("Let the phone destroy what it carries"),
        lead=_(
            "%(label)s: names, promises and routes go the next time it connects. "
            "What it has written and not sent stays on it and can still be sent."
        )
        % {"label": device.label},
        submit=_("Destroy what it carries"),
        done=_("The order stands. It is carried out when the phone connects next."),
        back=(reverse("desk:device_list"), _("Phones")),
    )
    return answered(
        request,
        question,
        lambda why: actions.ask_to_wipe(device=device, area_key=area, why=why, by=request.by),
    )


@writes("accounts.change")
def wipe_lift_create(request: OfficerRequest, device_id: str) -> HttpResponse:
    """Let a phone carry again."""
    device = get_object_or_404(devices_within(request), pk=device_id)
    area = _area_of(request, device)
    question = Question(
        title=_("Let the phone carry again"),
        lead=device.label,
        submit=_("Let it carry"),
        done=_("The phone fetches its area the next time it connects."),
        back=(reverse("desk:device_list"), _("Phones")),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.lift_wipe(device=device, area_key=area, by=request.by),
    )


def _area_of(request: OfficerRequest, device: Device) -> int:
    """Return where the phone's officer is, or was, on duty; the newest duty counts."""
    duties = Duty.objects.within(request.reach).filter(officer=device.officer_id)
    newest = duties.order_by("-starts_on", "-pk").values_list("area_id", flat=True).first()
    if newest is None:
        raise Http404
    return newest


def _detail(row: Device) -> str:
    name = "desk:wipe_lift_create" if row.must_wipe else "desk:wipe_create"
    return reverse(name, args=[row.pk])


def _state_words(row: Device) -> str:
    if not row.must_wipe:
        return _("carries")
    if row.wiped_at is None:
        return _("told to destroy, not answered yet")
    when = timezone.localtime(row.wiped_at).strftime("%d/%m/%Y %H.%M")
    return _("carries nothing since %(when)s") % {"when": when}


def _state(row: Device) -> SafeString:
    if not row.must_wipe:
        return pill(_state_words(row), tone="plain")
    return pill(_state_words(row), tone="good" if row.wiped_at else "warn")


paths = [
    path("ponsel/", device_list, name="device_list"),
    path("ponsel/<slug:device_id>/kosongkan/", wipe_create, name="wipe_create"),
    path("ponsel/<slug:device_id>/pulihkan/", wipe_lift_create, name="wipe_lift_create"),
]
