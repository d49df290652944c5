"""When somebody comes next to an RT or RW, as far as its head may know: a day and half of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from jembol.outreach.choices import PlanState, StopKind
from jembol.outreach.models import Stop
from jembol.outreach.queries.wishes import next_visit_told
from jembol.places.choices import Level

if TYPE_CHECKING:
    from datetime import date, time

    from jembol.places.models import Area

NOON: Final = 12


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The next visit: a day, and at what hour it is planned; no hour where only a day was told.

    A page shows `half`, never the hour: it could tell who comes to whose door.
    """

    on: date
    arrives_at: time | None = None

    @property
    def half(self) -> str:
        """The half of the day in words; empty where it is not known."""
        if self.arrives_at is None:
            return ""
        return _("in the morning") if self.arrives_at.hour < NOON else _("in the afternoon")


def next_visit_to(area: Area, on: date) -> NextVisit | None:
    """Return the next visit to an RT or RW from a day on: as answered, or as a plan has it now."""
    told, planned = next_visit_told(area, on), _planned(area, on)
    if told is not None and (planned is None or told < planned.on):
        return NextVisit(told)
    return planned


def _planned(area: Area, on: date) -> NextVisit | None:
    """Return the first stop of a plan in force.

    A stop at an RW is for each of its RT; an appointment only for the RT where it is. A stop at a
    whole kelurahan promises no RT anything.
    """
    low, high = area.span
    here = Q(area__gte=low, area__lt=high)
    if area.level == Level.RT:
        here |= Q(area=area.parent_id, kind__in=(StopKind.AREA, StopKind.SERVICE))
    rows = Stop.objects.filter(
        here, plan__state=PlanState.MADE, officer__isnull=False, on__gte=on, visited__isnull=True
    )
    first = rows.order_by("on", "arrives_at", "pk").first()
    if first is None or first.on is None:
        return None
    return NextVisit(first.on, first.arrives_at)
