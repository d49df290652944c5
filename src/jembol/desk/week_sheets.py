"""The routes of a day on paper."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from jembol.desk.week_plans import chosen_day, plan_within
from jembol.journal.record import Entry
from jembol.outreach.events import ROUTE_PRINTED
from jembol.outreach.queries.week_plans import days_of
from jembol.outreach.route_sheets import sheet_of
from jembol.ui.guards import OfficerRequest, reads


@reads("outreach.see")
def week_sheet(request: OfficerRequest, plan_id: int) -> HttpResponseBase:
    """Give the routes of one day as PDF; the journal tells who took the names away."""
    plan = plan_within(request, plan_id)
    today = timezone.localdate(request.by.at)
    on = chosen_day(request, list(days_of(plan)), today)
    if on is None:
        return redirect(reverse("desk:week_plan_detail", args=[plan.pk]))
    officers = plan.officers.select_related("officer").order_by("number")
    names = request.officer.reach("registry.see", today) & request.reach
    pdf = sheet_of(plan, list(officers), on, names=names, at=request.by.at)
    request.readings.append(
        Entry(
            event=ROUTE_PRINTED,
            about=plan,
            by=request.by,
            area=plan.area_id,
            details={"on": on},
        )
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="rute-{on.isoformat()}.pdf"'},
    )


paths = [path("jemput-bola/rencana/<int:plan_id>/rute.pdf", week_sheet, name="week_sheet")]
