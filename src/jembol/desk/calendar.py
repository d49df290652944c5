"""The calendar: which class is where on which day, a month at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.desk.planning_words import hours_of, note_pills
from jembol.kit.working_days import KNOWN_YEARS
from jembol.places.models import Venue
from jembol.training import queries
from jembol.training.models import Mentor
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import parse_day, parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row", bound=Model)

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


@reads("training.see")
def calendar(request: OfficerRequest) -> HttpResponse:
    """Show the classes of one month, of all, of one venue or of one mentor."""
    first = _month(request)
    after = _next(first)
    venues = Venue.objects.within(request.reach).order_by("name", "pk")
    mentors = Mentor.objects.within(request.reach).order_by("folded", "pk")
    venue, mentor = _chosen(request, venues, "tempat"), _chosen(request, mentors, "mentor")
    found = queries.calendar(
        request.reach, first, after - timedelta(days=1), venue=venue, mentor=mentor
    )
    context = {
        "title": _("Calendar"),
        "lead": format_day(first, "F Y"),
        "month": f"{first:%Y-%m}",
        "earlier": f"{first - timedelta(days=1):%Y-%m}" if first > FIRST else "",
        "later": f"{after:%Y-%m}" if first < LAST else "",
        "found": found,
        "days": [
            (
                row,
                note_pills(row.notes),
                [(slot, hours_of(slot.session)) for slot in row.slots],
            )
            for row in found.days
        ],
        "known_years": ", ".join(map(str, KNOWN_YEARS)),
        "unknown_years": ", ".join(map(str, found.unknown_years)),
        "venues": venues,
        "mentors": mentors,
        "venue": venue,
        "mentor": mentor,
        "today": timezone.localdate(),
    }
    return show(request, "desk/calendar.html", context)


def _month(request: OfficerRequest) -> date:
    """Return the first day of the month that the address names, or of this month."""
    named = parse_day(f"{request.GET.get('bulan', '')}-01")
    return named if named and FIRST <= named <= LAST else timezone.localdate().replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _chosen(request: OfficerRequest, rows: QuerySet[Row], word: str) -> Row | None:
    key = parse_key(request.GET.get(word, ""))
    return rows.filter(pk=key).first() if key is not None else None


paths = [path("kalender/", calendar, name="calendar")]
