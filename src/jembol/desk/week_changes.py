"""Change a plan by hand, with the cost shown first, and anew when an officer is ill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.outreach_forms import MoveForm
from jembol.desk.reasons import Question, answered
from jembol.desk.week_plans import plan_within, words_of
from jembol.desk.week_words import Words, minutes_in_words
from jembol.kit.refusal import Refusal
from jembol.outreach import actions
from jembol.outreach.models import PlannedOfficer, Stop
from jembol.outreach.queries.moves import price_drop, price_move
from jembol.outreach.queries.week_plans import days_of, plan_told
from jembol.ui.forms import refusals_into
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_day
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.outreach.models import WeekPlan
    from jembol.outreach.queries.moves import Priced


@writes("outreach.plan")
def move_create(request: OfficerRequest, stop_id: int) -> HttpResponse:
    """Ask where a stop shall go, show what that costs, and keep it when it is pressed."""
    stop = _stop_within(request, stop_id)
    plan = stop.plan
    form = _form(request, plan, stop)
    price: dict[str, Any] | None = None
    words = words_of(request, plan_told(plan))
    if form.is_bound and form.is_valid():
        with refusals_into(form):
            given = _given(form.cleaned_data)
            if request.method == "POST":
                version = form.cleaned_data["version"]
                actions.move_stop(plan=plan, stop=stop, version=version, by=request.by, **given)
                messages.success(request, _("Moved. The plan was not searched anew."))
                return redirect(_day_link(plan, given["on"]))
            price = _price(price_move(plan, stop, **given), words)
    context = {
        "title": _("Move a visit"),
        "lead": words.title(stop),
        "form": form,
        "price": price,
        "stop": stop,
        "is_planned": stop.officer_id is not None,
        "back": {"link": _day_link(plan, stop.on), "title": _("Plan of the week")},
    }
    return show(request, "desk/move_create.html", context)


@writes("outreach.plan")
def drop_create(request: OfficerRequest, stop_id: int) -> HttpResponse:
    """Take a stop out of the week, after its cost was shown."""
    stop = _stop_within(request, stop_id)
    plan = stop.plan
    words = words_of(request, plan_told(plan))
    lead = words.title(stop)
    try:
        told = _price(price_drop(plan, stop), words)
        lead = f"{lead} · {told['needs']} · {told['travel']}"
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_day_link(plan, stop.on))
    question = Question(
        title=_("Take a visit out of the week"),
        lead=lead,
        submit=_("Take it out"),
        done=_("Taken out. It comes back among the candidates of the next week."),
        back=(_day_link(plan, stop.on), _("Plan of the week")),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.drop_stop(plan=plan, stop=stop, version=plan.version, by=request.by),
    )


@writes("outreach.plan")
def illness_create(
    request: OfficerRequest, plan_id: int, officer_id: int, day: str
) -> HttpResponse:
    """Plan a day anew without an officer."""
    plan = plan_within(request, plan_id)
    planned = get_object_or_404(
        PlannedOfficer.objects.select_related("officer"), plan=plan, officer=officer_id
    )
    on = parse_day(day) or plan.starts_on
    question = Question(
        title=_("Plan the day anew without this officer"),
        lead=_(
            "%(name)s, %(day)s. The visits of the others stay with them; what was promised is kept."
        )
        % {"name": planned.officer.name, "day": format_day(on, "l, j F Y")},
        submit=_("Plan the day anew"),
        done=_("The day is planned anew. What moved stands below."),
        back=(_day_link(plan, on), _("Plan of the week")),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.note_illness(
            plan=plan, officer_id=planned.officer_id, on=on, by=request.by
        ),
    )


# --- steps ------------------------------------------------------------------------------------


def _stop_within(request: OfficerRequest, stop_id: int) -> Stop:
    rows = Stop.objects.within(request.reach).select_related(
        "plan__area",
        "area__parent__parent",
        "promise__visit__person",
        "promise__visit__enterprise",
        "service",
    )
    found: Stop = get_object_or_404(rows, pk=stop_id)
    request.by.must_cover(found.plan.area_id)
    return found


def _form(request: OfficerRequest, plan: WeekPlan, stop: Stop) -> MoveForm:
    officers = plan.officers.select_related("officer").order_by("number")
    today = timezone.localdate(request.by.at)
    days = [(one, format_day(one, "l, j F")) for one in days_of(plan) if one >= today]
    places = (
        plan.stops.filter(officer__isnull=False).order_by("-place").values_list("place", flat=True)
    )
    sent = request.POST if request.method == "POST" else request.GET
    initial = {"version": plan.version, "officer": stop.officer_id, "day": stop.on}
    data = sent.copy() if "officer" in sent else None
    if data is not None and request.method != "POST":
        data["version"] = str(plan.version)
    return MoveForm(
        data,
        initial=initial,
        officers=[(one.officer_id, f"{one.number}. {one.officer.name}") for one in officers],
        days=days,
        places=places.first() or 0,
    )


def _given(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {
        "officer_id": cleaned["officer"],
        "on": date.fromisoformat(cleaned["day"]),
        "place": cleaned["place"],
    }


def _price(priced: Priced, words: Words) -> dict[str, Any]:
    more = (
        _("%(minutes)s more on the road")
        if priced.travel >= 0
        else _("%(minutes)s less on the road")
    )
    needs = _("need visited: %(points)+d points") % {"points": priced.needs}
    return {
        "is_possible": priced.moved is not None,
        "travel": more % {"minutes": minutes_in_words(abs(priced.travel))},
        "needs": needs,
        "late": [words.title(one) for one in priced.late],
        "skill": priced.skill,
    }


def _day_link(plan: WeekPlan, on: date | None) -> str:
    link = reverse("desk:week_plan_detail", args=[plan.pk])
    return link if on is None else f"{link}?hari={on.isoformat()}"


paths = [
    path("jemput-bola/perhentian/<int:stop_id>/pindah/", move_create, name="move_create"),
    path("jemput-bola/perhentian/<int:stop_id>/lepas/", drop_create, name="drop_create"),
    path(
        "jemput-bola/rencana/<int:plan_id>/sakit/<int:officer_id>/<str:day>/",
        illness_create,
        name="illness_create",
    ),
]
