"""Plans of weeks: the list, having one made, and one plan with its days, map and reasons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.certificates import STOP_POLLING, Work
from jembol.desk.cities import cities_within
from jembol.desk.lists import listed, may
from jembol.desk.outreach_forms import WeekForm
from jembol.desk.week_map import map_of
from jembol.desk.week_words import Words, geo_of, minutes_in_words, outcome_of
from jembol.outreach import actions
from jembol.outreach.choices import ChangeKind, PlanState
from jembol.outreach.models import WeekPlan
from jembol.outreach.queries.week_plans import plan_told, week_plans
from jembol.outreach.rules.week import Terms, monday_of
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.ui.components import day, pill
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing, parse_day
from jembol.ui.pages import show
from jembol.ui.route_map import tint_of

if TYPE_CHECKING:
    from jembol.kit.reach import Reach
    from jembol.outreach.models import PlanChange
    from jembol.outreach.queries.week_plans import DayRow, PlanTold, StopRow

WEEKS_AHEAD = 6
FIRST_UNSERVED = 10
MOST_UNSERVED = 100


def _columns() -> list[Column]:
    return [
        Column("minggu", _("Week from"), lambda row: row.starts_on, lambda row: day(row.starts_on),
               sort="starts_on"),
        Column("wilayah", _("Area"), lambda row: row.area.name),
        Column("kunjungan", _("Visits planned"), lambda row: row.planned, align="end"),
        Column("selesai", _("Visited"), lambda row: row.visited, align="end"),
        Column("keadaan", _("State"), lambda row: str(PlanState(row.state).label),
               lambda row: pill(str(PlanState(row.state).label),
                                tone="good" if row.state == PlanState.MADE else "info")),
    ]  # fmt: skip


@reads("outreach.see")
def week_plan_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the plans of weeks."""
    listing = Listing(
        request,
        rows=week_plans(request.reach),
        columns=_columns(),
        sort="-minggu",
        name="rencana-mingguan",
        detail=lambda row: reverse("desk:week_plan_detail", args=[row.pk]),
        empty=_("Have a week planned: who goes where, from the need of each RW and what was "
                "promised."),
    )  # fmt: skip
    context = {
        "title": _("Plans of weeks"),
        "unit": _("plans"),
        "may_plan": may(request, "outreach.plan"),
    }
    return listed(request, listing, context, template="desk/week_plan_list.html")


@writes("outreach.plan")
def week_plan_create(request: OfficerRequest) -> HttpResponse:
    """Have a week planned in the background."""
    areas = areas_to_plan(request.reach)
    form = WeekForm(
        sent(request), areas=areas, mondays=_mondays(request.by.at.date()), terms=_last(request)
    )
    if form.is_valid():
        with refusals_into(form):
            plan = actions.order_week(
                area=Area.objects.get(key=form.cleaned_data["area"]),
                starts_on=date.fromisoformat(form.cleaned_data["starts_on"]),
                terms=form.terms,
                by=request.by,
            )
            messages.success(request, _("The week is being planned. You may leave this page."))
            return redirect("desk:week_plan_detail", plan_id=plan.pk)
    context = {
        "title": _("Plan a week"),
        "form": form,
        "submit": _("Plan it"),
        "back": {"link": reverse("desk:week_plan_list"), "title": _("Plans of weeks")},
    }
    return show(request, "desk/week_plan_create.html", context)


@reads("outreach.see")
def week_plan_detail(request: OfficerRequest, plan_id: int) -> HttpResponse:
    """Show a plan: how far it is, and one of its days with map, lists and reasons."""
    plan = plan_within(request, plan_id)
    told = plan_told(plan)
    work = Work.of(told.job, _("The week is being planned"))
    is_working = plan.state == PlanState.ASKED and work is not None and work.works
    if request.headers.get("HX-Target") == "work" and not is_working:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    today = timezone.localdate(request.by.at)
    words = words_of(request, told)
    days = sorted({row.on for row in told.days})
    chosen = chosen_day(request, days, today)
    may_plan = may(request, "outreach.plan", at=plan.area_id)
    context = {
        "title": _("Week of %(day)s") % {"day": format_day(plan.starts_on, "j F Y")},
        "plan": plan,
        "told": told,
        "work": work,
        "is_working": is_working,
        "is_made": plan.state != PlanState.ASKED,
        "is_replaced": plan.state == PlanState.REPLACED,
        "may_change": may_plan and plan.state == PlanState.MADE and (chosen or today) >= today,
        "days": [(one, one == chosen) for one in days],
        "chosen": chosen,
        "map": map_of(told, words, chosen),
        "rows": [_officer_row(row, words) for row in told.days if row.on == chosen],
        "unserved": [_unserved(row, words) for row in told.unserved[:FIRST_UNSERVED]],
        "further": [_unserved(row, words) for row in told.unserved[FIRST_UNSERVED:MOST_UNSERVED]],
        "more_unserved": max(0, len(told.unserved) - MOST_UNSERVED),
        "ledger": _ledger(plan),
        "changes": [_change(one, words) for one in told.changes],
        "back": {"link": reverse("desk:week_plan_list"), "title": _("Plans of weeks")},
    }
    return show(request, "desk/week_plan_detail.html", context)


def plan_within(request: OfficerRequest, plan_id: int) -> WeekPlan:
    """Return a plan whom this officer may see.

    Raises:
        Http404: there is none within reach.
    """
    rows = WeekPlan.objects.within(request.reach).select_related("area")
    found: WeekPlan = get_object_or_404(rows, pk=plan_id)
    return found


def words_of(request: OfficerRequest, told: PlanTold) -> Words:
    """Return the words of a plan for whoever reads the page."""
    reach = request.officer.reach("registry.see", timezone.localdate(request.by.at))
    return Words.of(told, reach & request.reach)


def chosen_day(request: OfficerRequest, days: list[date], today: date) -> date | None:
    """Return the day that the address names, else today, else the next or the first."""
    wanted = parse_day(request.GET.get("hari", ""))
    if wanted in days:
        return wanted
    return next((one for one in days if one >= today), days[0] if days else None)


def areas_to_plan(reach: Reach) -> list[tuple[int, str]]:
    """Return the cities and kecamatan that lie wholly within reach."""
    found = []
    for city in cities_within(reach):
        rows = Area.objects.inside(city).within(reach)
        rows = rows.filter(level__in=(Level.CITY, Level.KECAMATAN)).order_by("key")
        found += [(key, name) for key, name in rows.values_list("key", "name")]
    return found


def _mondays(today: date) -> list[tuple[date, str]]:
    first = monday_of(today)
    weeks = (first + timedelta(weeks=number) for number in range(WEEKS_AHEAD))
    return [(one, format_day(one, "l, j F Y")) for one in weeks]


def _last(request: OfficerRequest) -> Terms:
    """Return the numbers of the last plan within reach; the planner changes what has changed."""
    last = WeekPlan.objects.within(request.reach).order_by("-pk").first()
    return Terms() if last is None else Terms.read(last.terms)


def _officer_row(row: DayRow, words: Words) -> dict[str, Any]:
    return {
        "planned": row.planned,
        "tint": tint_of(row.planned.number),
        "is_away": row.is_away,
        "stops": [
            {
                "stop": one.stop,
                "title": words.title(one.stop),
                "why": words.why(one.stop),
                "geo": geo_of(one.stop),
                "state": outcome_of(one),
                "is_fixed": bool(one.outcome) or bool(one.stop.together),
            }
            for one in row.stops
        ],
    }


def _unserved(row: StopRow, words: Words) -> dict[str, Any]:
    return {
        "stop": row.stop,
        "title": words.title(row.stop),
        "why": words.why(row.stop),
        "reason": words.unserved(row.stop),
        "is_fixed": bool(row.stop.together),
    }


def _ledger(plan: WeekPlan) -> list[dict[str, Any]]:
    shares = plan.ledger.get("shares", [])
    names = dict(
        Area.objects.filter(key__in=[one["area"] for one in shares])
        .order_by("key")
        .values_list("key", "name")
    )
    return [
        {
            "name": names.get(one["area"], ""),
            "share": one["served"] / one["needed"] if one["needed"] else None,
            "multiplier": f"{one['multiplier']:.2f}",
        }
        for one in shares
    ]


def _change(one: PlanChange, words: Words) -> dict[str, Any]:
    return {
        "at": one.at,
        "kind": str(ChangeKind(one.kind).label),
        "who": words.officer(str(one.details.get("officer", ""))) if "officer" in one.details
        else "",
        "travel": minutes_in_words(one.details["travel"]) if "travel" in one.details else "",
        "moved": [_moved(moved, words) for moved in one.details["moved"]],
        "stayed": one.details["stayed"],
    }  # fmt: skip


def _moved(moved: dict[str, Any], words: Words) -> dict[str, str]:
    stop = words.stops.get(moved["ref"])
    before, after = (_turn(moved[name], words) for name in ("before", "after"))
    return {"title": "–" if stop is None else words.title(stop), "before": before, "after": after}


def _turn(turn: list[Any] | None, words: Words) -> str:
    if turn is None:
        return _("not visited")
    return f"{words.officer(str(turn[0]))}, {format_day(date.fromisoformat(turn[1]), 'l')}"


paths = [
    path("jemput-bola/rencana/", week_plan_list, name="week_plan_list"),
    path("jemput-bola/rencana/baru/", week_plan_create, name="week_plan_create"),
    path("jemput-bola/rencana/<int:plan_id>/", week_plan_detail, name="week_plan_detail"),
]
