"""The need map: every RW with its score and why, one RW whole, and two days side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jembol.accounts.choices import Role
from jembol.accounts.models import Duty
from jembol.desk.areas import NEAR_AREA
from jembol.desk.cities import chosen_city, cities_within, day_named
from jembol.desk.lists import listed, may
from jembol.desk.outreach_rows import visits_shown, waiting_in
from jembol.kit.area import city_key, kelurahan_key
from jembol.kit.reach import Reach
from jembol.outreach.models import AreaEstimate
from jembol.outreach.queries import AreaNeed, needs_of, weighing_of
from jembol.outreach.rules import PARTS, Part, Weighing
from jembol.outreach.rules.fairness import visits_to_hold
from jembol.places.choices import Level
from jembol.places.choosing import filter_choices, span_of
from jembol.places.models import Area
from jembol.places.queries import shapes_in
from jembol.ui.components import day, pill
from jembol.ui.counted import CountedListing
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter
from jembol.ui.map import MapArea, even_bands, rings_of
from jembol.ui.pages import show

if TYPE_CHECKING:
    from datetime import date

    from jembol.ui.export import Value

SOON: Final = timedelta(days=14)
BANDS: Final = even_bands(100)
LAST_VISITS: Final = 10
COMPARED: Final = timedelta(days=90)


def reach_in(request: OfficerRequest, city: Area) -> Reach:
    """Return how far the officer sees in one city."""
    return request.reach & Reach((city.span,))


def _columns() -> list[Column]:
    return [
        Column("wilayah", _("Area"), lambda row: row.label, sort="label"),
        Column("skor", _("Score"), lambda row: row.score, lambda row: _points(row.score),
               sort="score", align="end"),
        Column("sebab", _("Why"), lambda row: "; ".join(row.why), _why),
        Column("belum", _("Not reached yet"), lambda row: row.unreached, sort="unreached",
               align="end"),
        Column("terakhir", _("Last visit"), lambda row: row.last_visit,
               lambda row: day(row.last_visit) if row.last_visit else _("never"),
               sort="days_since"),
        Column("janji", _("Visit promised by"), lambda row: row.due_by, _due, sort="due_by"),
    ]  # fmt: skip


def _why(row: AreaNeed) -> object:
    return format_html('<span class="why">{}</span>', "; ".join(row.why[:3]))


def _points(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _due(row: AreaNeed) -> object:
    if not row.is_overdue:
        return day(row.due_by)
    return format_html("{} {}", day(row.due_by), pill(_("late"), tone="bad"))


@reads("outreach.see")
def need_list(request: OfficerRequest) -> HttpResponseBase:
    """Show where a visit is most urgent, on the map and as a list."""
    city = chosen_city(request)
    today = timezone.localdate()
    needs = needs_of(reach_in(request, city), today)
    weighing = weighing_of(city.key, today)
    listing = CountedListing(
        request,
        rows=needs,
        columns=_columns(),
        filters=_filters(request, city, today),
        search=lambda rows, words: [
            row for row in rows if words.casefold() in row.label.casefold()
        ],
        sort="-skor",
        name="kebutuhan-wilayah",
        detail=lambda row: reverse("desk:need_detail", args=[row.code]),
        export=(_header(), _exported),
        empty=_("No kelurahan or RW lies within your areas."),
    )
    context = {
        "title": _("Need by RW"),
        "lead": city.name,
        "unit": _("areas"),
        "city": city,
        "areas": _map_areas(city, needs),
        "bands": BANDS,
        "weighing": weighing,
        "floor": _floor(needs, weighing, today),
        "may_weigh": may(request, "outreach.policy", at=city.key),
        "may_plan": may(request, "outreach.plan"),
    }
    return listed(request, listing, context, template="desk/need_list.html")


def _header() -> list[str]:
    named = [_("Code"), _("Kecamatan"), *(str(column.title) for column in _columns())]
    parts = [f"{part.title} ({what})" for part in PARTS for what in (part.unit, _("points"))]
    counted = [
        _("Known people"),
        _("Known enterprises"),
        _("Estimated enterprises"),
        _("Source of the estimate"),
    ]
    return [*named, *parts, *counted]


def _exported(rows: Sequence[AreaNeed]) -> Iterator[list[Value]]:
    columns = _columns()
    for row in rows:
        yield [
            row.code,
            row.kecamatan,
            *(column.value(row) for column in columns),
            *(
                value
                for part in PARTS
                for value in (_shown(row.counts[part.name]), row.parts[part.name])
            ),
            row.known,
            row.enterprises,
            row.estimated,
            f"{row.estimate.source}, {row.estimate.as_of.isoformat()}" if row.estimate else None,
        ]


def _shown(count: float | None) -> float | None:
    return None if count is None else round(count, 1)


def _filters(request: OfficerRequest, city: Area, today: date) -> list[Filter]:
    codes = filter_choices(reach_in(request, city))
    states: dict[str, tuple[str, Callable[[AreaNeed], bool]]] = {
        "lewat": (_("Visit late"), lambda row: row.is_overdue),
        "segera": (_("Due in two weeks"), lambda row: row.due_by <= today + SOON),
        "belum": (_("Never visited"), lambda row: row.last_visit is None),
    }
    cities = [(one.code, one.name) for one in cities_within(request.reach)]
    return [
        Filter("wilayah", _("Area"), codes, _inside),
        Filter(
            "keadaan",
            _("State"),
            [(key, words) for key, (words, _holds) in states.items()],
            lambda rows, word: [row for row in rows if states[word][1](row)],
        ),
        # The city decides what is counted; here it only stays chosen.
        Filter("kota", _("City"), cities if len(cities) > 1 else [], lambda rows, _word: rows,
               default=city.code),
    ]  # fmt: skip


def _inside(rows: Sequence[AreaNeed], code: str) -> list[AreaNeed]:
    low, high = span_of(code)
    return [row for row in rows if low <= row.key < high]


def _map_areas(city: Area, needs: Sequence[AreaNeed]) -> list[MapArea]:
    """Return each kelurahan with the score of its most urgent RW."""
    highest: dict[int, AreaNeed] = {}
    late: dict[int, int] = {}
    for need in sorted(needs, key=lambda one: one.score):
        key = kelurahan_key(need.key)
        highest[key] = need
        late[key] = late.get(key, 0) + need.is_overdue
    found = []
    for shape in shapes_in(city):
        rings = rings_of(shape.geometry)
        if shape.point is None and not rings:
            continue
        lon, lat = (shape.point.lon, shape.point.lat) if shape.point else rings[0][0]
        row, number = highest.get(shape.key), late.get(shape.key, 0)
        found.append(
            MapArea(
                name=shape.name if row is None or row.name == shape.name else row.label,
                value=None if row is None else round(row.score),
                link=f"{reverse('desk:need_list')}?kota={city.code}&wilayah={shape.code}",
                lon=lon,
                lat=lat,
                rings=rings,
                mark="" if row is None else f"{round(row.score)}{'!' if number else ''}",
                late=_("%(number)d areas late") % {"number": number} if number else "",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Floor:
    """How the promise stands: late, due soon, and areas a week that hold it from then on."""

    late: int
    soon: int
    needed: int
    areas: int


def _floor(needs: Sequence[AreaNeed], weighing: Weighing, today: date) -> Floor:
    return Floor(
        late=sum(row.is_overdue for row in needs),
        soon=sum(today <= row.due_by <= today + SOON for row in needs),
        needed=visits_to_hold(len(needs), weighing.promise_days),
        areas=len(needs),
    )


@reads("outreach.see")
def need_detail(request: OfficerRequest, code: str) -> HttpResponse:
    """Show one area: the parts of its score, its visits, and what waits there."""
    areas = Area.objects.within(request.reach).filter(level__in=(Level.KELURAHAN, Level.RW))
    area: Area = get_object_or_404(areas.select_related(NEAR_AREA), code=code)
    today = timezone.localdate()
    reach = request.reach & Reach((area.span,))
    row = next((one for one in needs_of(reach, today) if one.key == area.key), None)
    if row is None:
        raise Http404
    weighing = weighing_of(city_key(area.key), today)
    # The rest of a kelurahan holds only what is known there without an RW.
    there = Reach(((area.key, area.key + 1),)) if row.is_rest else reach
    context = {
        "title": row.label,
        "row": row,
        "weighing": weighing,
        "bars": [
            (part, row.parts[part.name], round(weighing.most(part.name), 1),
             _count_words(row, part))
            for part in PARTS if weighing.most(part.name)
        ],
        "visits": visits_shown(there, request.reach)[:LAST_VISITS],
        **waiting_in(there, request.reach, today),
        "estimates": AreaEstimate.objects.filter(area=area).order_by("-as_of", "-pk"),
        "officers": _officers(area, today),
        "may_answer": may(request, "outreach.visit", at=area.key),
        "back": {"link": reverse("desk:need_list"), "title": _("Need by RW")},
    }  # fmt: skip
    return show(request, "desk/need_detail.html", context)


def _count_words(row: AreaNeed, part: Part) -> str:
    if part.name == "months" and row.last_visit is None:
        return _("never visited")
    count = row.counts[part.name]
    if count is None:
        return _("not known")
    return f"{round(count, 1):g} {part.unit}".replace(".", ",")


def _officers(area: Area, today: date) -> list[Duty]:
    duties = Duty.objects.standing(today).filter(role=Role.FIELD, officer__is_active=True)
    rows = duties.select_related("officer", "area").order_by("-area__level", "officer__name", "pk")
    return [duty for duty in rows if Reach((duty.area.span,)).covers(area.key)]


@reads("outreach.see")
def need_comparison(request: OfficerRequest) -> HttpResponse:
    """Show the need of two days side by side, both by the weights of the later one."""
    city = chosen_city(request)
    after = day_named(request, "kini", timezone.localdate())
    before = min(day_named(request, "dulu", after - COMPARED), after)
    reach = reach_in(request, city)
    then = {row.key: row for row in needs_of(reach, before, weighed_on=after)}
    now = needs_of(reach, after)
    rows = [(row, then.get(row.key)) for row in now]
    pairs = [(row, old, round(row.score - old.score, 1)) for row, old in rows if old]
    context: dict[str, Any] = {
        "title": _("Need before and after"),
        "lead": city.name,
        "city": city,
        "cities": cities_within(request.reach),
        "before": before,
        "after": after,
        "pairs": sorted(pairs, key=lambda one: (one[2], one[0].key)),
        "sums": [
            (_("People not reached"), sum(old.unreached for _row, old, _change in pairs),
             sum(row.unreached for row, _old, _change in pairs)),
            (_("Known people"), sum(old.known for _row, old, _change in pairs),
             sum(row.known for row, _old, _change in pairs)),
            (_("Areas later than promised"), sum(old.is_overdue for _row, old, _change in pairs),
             sum(row.is_overdue for row, _old, _change in pairs)),
            (_("Areas never visited"), sum(old.last_visit is None for _row, old, _change in pairs),
             sum(row.last_visit is None for row, _old, _change in pairs)),
        ],
        "back": {"link": reverse("desk:need_list"), "title": _("Need by RW")},
    }  # fmt: skip
    return show(request, "desk/need_comparison.html", context)


paths = [
    path("jemput-bola/wilayah/", need_list, name="need_list"),
    path("jemput-bola/wilayah/<str:code>/", need_detail, name="need_detail"),
    path("jemput-bola/dulu-dan-kini/", need_comparison, name="need_comparison"),
]
