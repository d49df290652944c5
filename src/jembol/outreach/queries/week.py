"""The supervisor's week: where officers were, what they promised, what is late or waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.outreach.choices import ReferralState, VisitOutcome
from jembol.outreach.models import Need, Promise, Referral, Visit

TOO_LONG_DAYS: Final = 30
"""A referral that waits longer is shown as waiting too long."""


@dataclass(frozen=True, slots=True)
class OfficerWeek:
    """What one officer did in a week: visits, those where somebody was met, by kelurahan."""

    officer: int
    name: str
    visits: int
    met: int
    kelurahan: tuple[int, ...]


def monday_of(on: date) -> date:
    """Return the first day of the week of a day."""
    return on - timedelta(days=on.weekday())


def week_of(reach: Reach, monday: date) -> tuple[list[OfficerWeek], dict[int, int]]:
    """Return the week by officer, who visited most first, and the visits by kelurahan."""
    begin = timezone.make_aware(datetime.combine(monday, time()))
    end = timezone.make_aware(datetime.combine(monday + timedelta(days=7), time()))
    rows = (
        Visit.objects.within(reach)
        .filter(at__gte=begin, at__lt=end)
        .order_by()
        .values_list("officer_id", "officer__name", "area_id")
        .annotate(n=Count("pk"), met=Count("pk", filter=Q(outcome=VisitOutcome.MET)))
    )
    by_officer: dict[tuple[int, str], list[tuple[int, int, int]]] = defaultdict(list)
    by_kelurahan: dict[int, int] = defaultdict(int)
    for officer, name, area, number, met in rows:
        by_officer[officer, name].append((kelurahan_key(area), number, met))
        by_kelurahan[kelurahan_key(area)] += number
    found = [
        OfficerWeek(
            officer=officer,
            name=name,
            visits=sum(number for _key, number, _met in places),
            met=sum(met for _key, _number, met in places),
            kelurahan=tuple(sorted({key for key, _number, _met in places})),
        )
        for (officer, name), places in by_officer.items()
    ]
    return sorted(found, key=lambda one: (-one.visits, one.name, one.officer)), by_kelurahan


def open_promises(reach: Reach) -> QuerySet[Promise]:
    """Return the promises that are not kept, the longest due first."""
    rows = Promise.objects.within(reach).filter(kept_at__isnull=True)
    return rows.order_by("due_on", "pk")


def open_referrals(reach: Reach) -> QuerySet[Referral]:
    """Return the referrals without an answer, the oldest first."""
    return Referral.objects.within(reach).filter(state=ReferralState.OPEN).order_by("at", "pk")


def open_needs(reach: Reach) -> QuerySet[Need]:
    """Return the needs that nobody met, the oldest first."""
    return Need.objects.within(reach).filter(met_at__isnull=True).order_by("at", "pk")


def waiting_since(on: date) -> datetime:
    """Return the moment before which an open referral has waited too long."""
    return timezone.make_aware(datetime.combine(on - timedelta(days=TOO_LONG_DAYS), time()))
