"""Service days of an RW: the list, opening one, its notice for the RT group, cancelling it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.lists import listed, may
from jembol.desk.outreach_forms import ServiceDayForm
from jembol.desk.reasons import Question, answered
from jembol.outreach import actions
from jembol.outreach.actions import ServiceDetails
from jembol.outreach.choices import ServiceKind
from jembol.outreach.models import ServiceDay
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.ui.components import day, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing
from jembol.ui.pages import show


def _columns() -> list[Column]:
    return [
        Column("tanggal", _("Day"), lambda row: row.on, lambda row: day(row.on), sort="on"),
        Column("jam", _("Hours"), _hours),
        Column("tempat", _("Where people come"), lambda row: row.place),
        Column("wilayah", _("Area"), lambda row: named(row.area)),
        Column("layanan", _("Services"), _services, wide=True),
        Column("keadaan", _("State"), lambda row: _state(row)[0],
               lambda row: pill(_state(row)[0], tone=_state(row)[1])),
    ]  # fmt: skip


@reads("outreach.see")
def service_day_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the service days."""
    listing = Listing(
        request,
        rows=ServiceDay.objects.within(request.reach).select_related(NEAR),
        columns=_columns(),
        filters=[area_filter(request.reach)],
        sort="-tanggal",
        name="hari-layanan",
        detail=lambda row: reverse("desk:service_day_detail", args=[row.pk]),
        empty=_("On a service day several services stand in one RW, for many visitors."),
    )
    context = {
        "title": _("Service days"),
        "unit": _("service days"),
        "may_plan": may(request, "outreach.plan"),
    }
    return listed(request, listing, context, template="desk/service_day_list.html")


@writes("outreach.plan")
def service_day_create(request: OfficerRequest) -> HttpResponse:
    """Open a service day."""
    form = ServiceDayForm(sent(request), choices=area_choices(request.reach))
    if form.is_valid():
        with refusals_into(form):
            area = places_actions.place(**form.named, by=request.by)
            names = set(ServiceDetails.__slots__) - {"area"}
            values = {name: form.cleaned_data[name] for name in names}
            details = ServiceDetails(area=area, **values)
            row = actions.open_service_day(details=details, by=request.by)
            messages.success(request, _("Opened. The next plan of that week sends officers there."))
            return redirect("desk:service_day_detail", service_id=row.pk)
    context = {
        "title": _("Open a service day"),
        "form": form,
        "submit": _("Open it"),
        "back": {"link": reverse("desk:service_day_list"), "title": _("Service days")},
    }
    return show(request, "desk/service_day_create.html", context)


@reads("outreach.see")
def service_day_detail(request: OfficerRequest, service_id: int) -> HttpResponse:
    """Show a service day with the notice for the group of the RT."""
    row = _within(request, service_id)
    notice = notice_of(row)
    context = {
        "title": row.place,
        "row": row,
        "state": _state(row),
        "lives": named(row.area),
        "hours": _hours(row),
        "services": _services(row),
        "notice": notice,
        "whatsapp": f"https://wa.me/?text={quote(notice)}",
        "stops": row.stops.filter(officer__isnull=False, plan__state="made")
        .select_related("officer", "plan")
        .order_by("officer__name", "pk"),
        "may_plan": may(request, "outreach.plan", at=row.area_id) and row.cancelled_at is None,
        "back": {"link": reverse("desk:service_day_list"), "title": _("Service days")},
    }
    return show(request, "desk/service_day_detail.html", context)


@writes("outreach.plan")
def service_day_cancellation_create(request: OfficerRequest, service_id: int) -> HttpResponse:
    """Cancel a service day, with the reason."""
    row = _within(request, service_id)
    question = Question(
        title=_("Cancel the service day"),
        lead=f"{row.place}, {format_day(row.on, 'j F Y')}",
        submit=_("Cancel the service day"),
        done=_("Cancelled. Plan the week anew so that nobody goes there."),
        back=(reverse("desk:service_day_detail", args=[row.pk]), row.place),
    )
    return answered(
        request,
        question,
        lambda why: actions.cancel_service_day(service=row, why=why, by=request.by),
    )


def notice_of(row: ServiceDay) -> str:
    """Return the notice as the RT writes it into its group."""
    return _(
        "SERVICE DAY %(place)s\n%(day)s, %(hours)s\n%(area)s\n\nFree of charge:\n%(services)s\n\n"
        "Bring your identity card. You need not have a business yet."
    ) % {
        "place": row.place,
        "day": format_day(row.on, "l, j F Y"),
        "hours": _hours(row),
        "area": named(row.area),
        "services": "\n".join(f"- {ServiceKind(one).label}" for one in row.services),
    }


def _within(request: OfficerRequest, service_id: int) -> ServiceDay:
    rows = ServiceDay.objects.within(request.reach).select_related(NEAR)
    found: ServiceDay = get_object_or_404(rows, pk=service_id)
    return found


def _hours(row: ServiceDay) -> str:
    return f"{row.starts_at:%H.%M}–{row.ends_at:%H.%M}"


def _services(row: ServiceDay) -> str:
    return ", ".join(str(ServiceKind(one).label) for one in row.services)


def _state(row: ServiceDay) -> tuple[str, str]:
    return (_("open"), "good") if row.cancelled_at is None else (_("cancelled"), "bad")


paths = [
    path("jemput-bola/layanan/", service_day_list, name="service_day_list"),
    path("jemput-bola/layanan/baru/", service_day_create, name="service_day_create"),
    path("jemput-bola/layanan/<int:service_id>/", service_day_detail, name="service_day_detail"),
    path(
        "jemput-bola/layanan/<int:service_id>/pembatalan/",
        service_day_cancellation_create,
        name="service_day_cancellation_create",
    ),
]
