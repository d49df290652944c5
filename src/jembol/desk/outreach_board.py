"""The supervisor's board of the week, and what visits brought to each RW."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jembol.desk.cities import chosen_city, cities_within, day_named, days_named
from jembol.desk.lists import listed, may
from jembol.desk.need_map import reach_in
from jembol.desk.outreach_rows import WITH_WHOM, whom
from jembol.kit.period import Period
from jembol.outreach.queries import (
    Ratio,
    measures_of,
    monday_of,
    open_needs,
    open_promises,
    open_referrals,
    totals_of,
    waiting_since,
    week_of,
)
from jembol.outreach.queries.measures import DAYS_TO_MEET
from jembol.outreach.queries.week import TOO_LONG_DAYS
from jembol.places.choosing import filter_choices, span_of
from jembol.places.queries import Shape, shapes_in
from jembol.ui.components import share
from jembol.ui.counted import CountedListing
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter
from jembol.ui.map import MapArea, rings_of
from jembol.ui.pages import show

if TYPE_CHECKING:
    from datetime import date

    from jembol.outreach.queries import AreaMeasure
    from jembol.places.models import Area
    from jembol.ui.export import Value

SHOWN: Final = 10
MEASURED_DAYS: Final = 90


@reads("outreach.see")
def outreach_board(request: OfficerRequest) -> HttpResponse:
    """Show where officers were this week, what they promised, and what is late or waits."""
    city = chosen_city(request)
    today = timezone.localdate()
    monday = monday_of(day_named(request, "pekan", today))
    reach = reach_in(request, city)
    weeks, places = week_of(reach, monday)
    shapes = shapes_in(city)
    names = {shape.key: shape.name for shape in shapes}
    promises, referrals = open_promises(reach), open_referrals(reach)
    late = promises.filter(due_on__lt=today)
    long = referrals.filter(at__lt=waiting_since(today))
    context = {
        "title": _("Week of visits"),
        "lead": city.name,
        "city": city,
        "cities": cities_within(request.reach),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "earlier": monday - timedelta(days=7),
        "later": monday + timedelta(days=7) if monday + timedelta(days=7) <= today else None,
        "weeks": [(one, [names.get(key, "–") for key in one.kelurahan]) for one in weeks],
        "areas": [
            one
            for shape in shapes
            if (one := _spot(shape, places.get(shape.key, 0), city, inside=reach.covers(shape.key)))
        ],
        "counts": [
            (_("Visits this week"), sum(one.visits for one in weeks), ""),
            (_("Promises past their day"), late.count(),
             f"{reverse('desk:promise_list')}?keadaan=lewat"),
            (_("Referrals that wait too long"), long.count(),
             f"{reverse('desk:referral_list')}?keadaan=lama"),
            (_("Needs not met"), open_needs(reach).count(), reverse("desk:told_need_list")),
        ],
        "too_long": TOO_LONG_DAYS,
        "may_answer": may(request, "outreach.visit"),
        "late": [(row, whom(row.visit, request.reach), True)
                 for row in late.select_related(*WITH_WHOM, "officer")[:SHOWN]],
        "coming": [(row, whom(row.visit, request.reach), False)
                   for row in promises.filter(due_on__gte=today)
                   .select_related(*WITH_WHOM, "officer")[:SHOWN]],
        "waiting": [(row, whom(row.visit, request.reach), True)
                    for row in long.select_related(*WITH_WHOM)[:SHOWN]],
    }  # fmt: skip
    return show(request, "desk/outreach_board.html", context)


def _spot(shape: Shape, number: int, city: Area, *, inside: bool) -> MapArea | None:
    rings = rings_of(shape.geometry)
    if shape.point is None and not rings:
        return None
    lon, lat = (shape.point.lon, shape.point.lat) if shape.point else rings[0][0]
    return MapArea(
        name=shape.name,
        value=number if inside or number else None,
        link=f"{reverse('desk:need_list')}?kota={city.code}&wilayah={shape.code}",
        lon=lon,
        lat=lat,
        rings=rings,
        mark=str(number) if number else "",
    )


def _columns() -> list[Column]:
    return [
        Column("wilayah", _("Area"), lambda row: row.label, sort="label"),
        Column("kunjungan", _("Visits"), lambda row: row.visits, sort="visits", align="end"),
        Column("bertemu", _("Somebody met"), lambda row: row.met_share,
               lambda row: _ratio(row.met), sort="met_share", align="end"),
        Column("orang", _("Different people met"), lambda row: row.people, sort="people",
               align="end", wide=True),
        Column("terpenuhi", _("Needs met within 30 days"), lambda row: row.needs_share,
               lambda row: _ratio(row.needs), sort="needs_share", align="end"),
        Column("belum", _("Cannot tell yet (needs)"), lambda row: row.needs.open, align="end"),
    ]  # fmt: skip


def _ratio(ratio: Ratio) -> object:
    return format_html("{} <small>{}/{}</small>", share(ratio.share), ratio.part, ratio.whole)


def _header() -> list[str]:
    return [
        _("Code"),
        _("Area"),
        _("Visits"),
        _("Somebody met (visits)"),
        _("Different people met"),
        _("Needs met within 30 days"),
        _("of needs whose 30 days are over"),
        _("Cannot tell yet (needs)"),
        _("From day"),
        _("Until day"),
    ]


@reads("outreach.see")
def measure_list(request: OfficerRequest) -> HttpResponseBase:
    """Show for each RW what visits of a period brought: met, and needs met in time."""
    city = chosen_city(request)
    today = timezone.localdate()
    reach = reach_in(request, city)
    named = days_named(request)
    period = named or Period(today - timedelta(days=MEASURED_DAYS - 1), today + timedelta(days=1))
    rows = measures_of(reach, period, today)
    met, needs = totals_of(rows)
    cities = [(one.code, one.name) for one in cities_within(request.reach)]
    days = (period.starts, min(_last(period, today), today))
    listing = CountedListing(
        request,
        rows=rows,
        export=(_header(), lambda found: ([*_told(row), *days] for row in found)),
        columns=_columns(),
        filters=[
            Filter("wilayah", _("Area"), filter_choices(reach), _inside),
            Filter("dari", _("From day"), [], lambda found, _word: found, is_day=True),
            Filter("sampai", _("Until day"), [], lambda found, _word: found, is_day=True),
            Filter("kota", _("City"), cities if len(cities) > 1 else [],
                   lambda found, _word: found, default=city.code),
        ],
        sort="-kunjungan",
        name="hasil-kunjungan",
        empty=_("No visits in this period."),
    )  # fmt: skip
    context = {
        "title": _("What visits brought"),
        "lead": city.name,
        "unit": _("areas"),
        "met": met,
        "needs": needs,
        "from_day": days[0],
        "until_day": days[1],
        "days": DAYS_TO_MEET,
    }
    return listed(request, listing, context, template="desk/measure_list.html")


def _told(row: AreaMeasure) -> list[Value]:
    return [
        row.code,
        row.label,
        row.visits,
        row.met.part,
        row.people,
        row.needs.part,
        row.needs.whole,
        row.needs.open,
    ]


def _last(period: Period[date], today: date) -> date:
    return today if period.ends is None else period.ends - timedelta(days=1)


def _inside(rows: list[AreaMeasure], code: str) -> list[AreaMeasure]:
    low, high = span_of(code)
    return [row for row in rows if low <= row.key < high]


paths = [
    path("jemput-bola/pekan/", outreach_board, name="outreach_board"),
    path("jemput-bola/hasil/", measure_list, name="measure_list"),
]
