"""What an officer has open in a kelurahan passes to another when they move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jembol.accounts.models import Duty, Officer
from jembol.accounts.rules import roles_granted
from jembol.desk.lists import listed, may
from jembol.outreach import actions
from jembol.outreach.choices import ChargeKind
from jembol.outreach.models import ChargeHandover
from jembol.outreach.queries import charges_of
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.ui.components import moment
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jembol.kit.reach import Reach

Choices = list[tuple[int, str]]


class WhoAndWhere(forms.Form):
    """Whose open things are looked at, and where."""

    dari = forms.TypedChoiceField(label=gettext_lazy("Officer who moves"), coerce=int)
    wilayah = forms.TypedChoiceField(label=gettext_lazy("Kelurahan"), coerce=int)

    def __init__(self, *args: Any, officers: Choices, areas: Choices, **kwargs: Any) -> None:
        """Offer these and no others."""
        super().__init__(*args, **kwargs)
        self.fields["dari"].choices = officers  # type: ignore[attr-defined]
        self.fields["wilayah"].choices = areas  # type: ignore[attr-defined]


class TakerForm(forms.Form):
    """Who takes over, and why."""

    taker = forms.TypedChoiceField(label=gettext_lazy("Officer who takes over"), coerce=int)
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args: Any, officers: Choices, **kwargs: Any) -> None:
        """Offer these and no others."""
        super().__init__(*args, **kwargs)
        self.fields["taker"].choices = officers  # type: ignore[attr-defined]


@reads("outreach.see")
def charge_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the handovers of the officer's areas, newest first."""
    rows = ChargeHandover.objects.within(request.reach).annotate(count=Count("things"))
    listing = Listing(
        request,
        rows=rows.select_related("area", "giver", "taker"),
        columns=[
            Column("waktu", _("When"), lambda row: row.at, lambda row: moment(row.at), sort="at"),
            Column("wilayah", _("Kelurahan"), lambda row: row.area.name),
            Column("dari", _("From"), lambda row: row.giver.name),
            Column("kepada", _("To"), lambda row: row.taker.name),
            Column("jumlah", _("Things on the list"), lambda row: row.count, align="end"),
            Column("sebab", _("Reason"), lambda row: row.why, wide=True),
        ],
        sort="-waktu",
        name="serah-terima",
        detail=lambda row: reverse("desk:charge_detail", args=[row.pk]),
        empty=_("When an officer moves, what they have open passes to another here."),
    )
    context = {
        "title": _("Handovers"),
        "unit": _("handovers"),
        "may_change": may(request, "outreach.plan"),
        "back": {"link": reverse("desk:visit_list"), "title": _("Visits")},
    }
    return listed(request, listing, context, template="desk/charge_list.html")


def officers_within(reach: Reach) -> list[Officer]:
    """Return everybody who makes or made visits within reach, also those who have left."""
    roles = roles_granted("outreach.visit")
    duties = Duty.objects.within(reach).filter(role__in=roles).values("officer_id")
    return list(Officer.objects.filter(pk__in=duties).order_by("name", "pk"))


def _who_and_where(request: OfficerRequest) -> WhoAndWhere:
    kelurahan = Area.objects.within(request.reach).at(Level.KELURAHAN).select_related("parent")
    areas = [
        (area.key, f"{area.name}, {area.parent.name if area.parent else ''}")
        for area in kelurahan.order_by("parent__name", "name", "key")
    ]
    officers = [(one.pk, one.name) for one in officers_within(request.reach)]
    asked = request.GET if {"dari", "wilayah"} <= request.GET.keys() else None
    return WhoAndWhere(asked, officers=officers, areas=areas)


@writes("outreach.plan")
def charge_create(request: OfficerRequest) -> HttpResponse:
    """Look at what an officer has open in a kelurahan, and hand it to another."""
    where = _who_and_where(request)
    context: dict[str, Any] = {
        "title": _("Hand over"),
        "lead": _("When an officer moves, nothing that was promised gets lost."),
        "where": where,
        "back": {"link": reverse("desk:charge_list"), "title": _("Handovers")},
    }
    if not where.is_valid():
        return show(request, "desk/charge_create.html", {**context, "form": None})
    giver = Officer.objects.get(pk=where.cleaned_data["dari"])
    area = Area.objects.get(key=where.cleaned_data["wilayah"])
    form = TakerForm(sent(request), officers=_takers(request, giver, area))
    if form.is_valid():
        with refusals_into(form):
            handover = actions.hand_over(
                area=area,
                giver=giver,
                taker=Officer.objects.get(pk=form.cleaned_data["taker"]),
                why=form.cleaned_data["why"],
                by=request.by,
            )
            messages.success(request, _told(handover))
            return redirect("desk:charge_detail", charge_id=handover.pk)
    things = [
        (charge.kind.label, charge.words, charge.due_on)
        for charge in charges_of(giver, area, timezone.localdate())
    ]
    context |= {
        "form": form,
        "giver": giver,
        "area": area,
        "things": things,
        "submit": _("Hand over"),
    }
    return show(request, "desk/charge_create.html", context)


def _takers(request: OfficerRequest, giver: Officer, area: Area) -> Choices:
    on = timezone.localdate()
    return [
        (one.pk, one.name)
        for one in officers_within(request.reach)
        if one.pk != giver.pk and one.reach("outreach.visit", on).covers(area.key)
    ]


def _told(handover: ChargeHandover) -> str:
    number = handover.things.count()
    words = ngettext(
        "%(number)d thing passed to %(name)s.", "%(number)d things passed to %(name)s.", number
    )
    return words % {"number": number, "name": handover.taker.name}


@reads("outreach.see")
def charge_detail(request: OfficerRequest, charge_id: int) -> HttpResponse:
    """Show a handover with its list, to be printed and signed by both."""
    rows = ChargeHandover.objects.within(request.reach)
    rows = rows.select_related("area__parent", "giver", "taker", "officer")
    handover: ChargeHandover = get_object_or_404(rows, pk=charge_id)
    things = handover.things.order_by("kind", "due_on", "pk")
    context = {
        "title": _("Handover in %(area)s") % {"area": handover.area.name},
        "handover": handover,
        "things": [(one.get_kind_display(), one.words, one.due_on) for one in things],
        "stops": any(one.kind == ChargeKind.STOP for one in things),
        "waits": _waiting(request, things),
        "back": {"link": reverse("desk:charge_list"), "title": _("Handovers")},
    }
    return show(request, "desk/charge_detail.html", context)


def _waiting(request: OfficerRequest, things: Iterable[Any]) -> bool:
    """Whether records of the phone wait for a word that this officer may give."""
    has_records = any(one.kind == ChargeKind.ENVELOPE for one in things)
    return has_records and may(request, "training.change")


paths = [
    path("serah-terima/", charge_list, name="charge_list"),
    path("serah-terima/baru/", charge_create, name="charge_create"),
    path("serah-terima/<int:charge_id>/", charge_detail, name="charge_detail"),
]
