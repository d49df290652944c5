"""The routes of a day as a paper: a list for each officer, with a code that opens the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import translation

from jembol.kit.indonesian import long_day
from jembol.kit.reach import Reach
from jembol.outreach.choices import MustWhy, StopKind
from jembol.outreach.models import PlannedOfficer, WeekPlan
from jembol.outreach.queries.routes import (
    RouteStop,
    place_in_words,
    reasons_in_words,
    stops_with_people,
)
from jembol.papers.drawing import qr_svg
from jembol.papers.kinds import ROUTE
from jembol.papers.queries import city_of
from jembol.papers.rendering import WORK_SECONDS, render
from jembol.registry.models import Person


def sheet_of(
    plan: WeekPlan, officers: Sequence[PlannedOfficer], on: date, *, names: Reach, at: datetime
) -> bytes:
    """Return the routes of a day as PDF.

    Args:
        plan: The plan.
        officers: Whose routes.
        on: The day.
        names: Where people may be named.
        at: The moment of printing.

    Raises:
        TemplateBroken: the city's template makes no paper of these routes.
        TemplateTooHeavy: the paper takes too much time or memory.
    """
    with translation.override("id"):
        data = {
            "tanggal": long_day(on, weekday=True),
            "wilayah": plan.area.name,
            "petugas": [_officer(plan, one, on, names) for one in officers],
        }
    return render(ROUTE, data, city=city_of(plan.area), at=at, seconds=WORK_SECONDS)


def _officer(plan: WeekPlan, one: PlannedOfficer, on: date, names: Reach) -> dict[str, Any]:
    stops = stops_with_people(plan, one.officer_id, on, names)
    return {
        "nama": one.officer.name,
        "nomor": one.number,
        "perhentian": [_stop(each, names) for each in stops],
    }


def _stop(one: RouteStop, names: Reach) -> dict[str, Any]:
    stop = one.row.stop
    point = f"{stop.lat:.5f},{stop.lon:.5f}"
    # The words of a promise may name somebody.
    is_told = stop.kind != StopKind.PROMISE or names.covers(stop.area_id)
    return {
        "pukul": f"{stop.arrives_at:%H.%M}–{stop.leaves_at:%H.%M}",
        "tempat": place_in_words(stop.area),
        "nama": ", ".join(_named(person, place_in_words(stop.area)) for person in one.people),
        "alasan": "; ".join(reasons_in_words(stop)[:2]) if is_told else "",
        "harus": str(MustWhy(stop.must).label) if stop.must else "",
        "titik": point,
        "qr": qr_svg(f"geo:{point}"),
    }


def _named(person: Person, place: str) -> str:
    where = place_in_words(person.area).removeprefix(place).strip()
    return f"{person.name} ({where})" if where else person.name
