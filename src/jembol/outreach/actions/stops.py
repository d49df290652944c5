"""Mark the stops of a plan at which a visit was written."""

from __future__ import annotations

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import events
from jembol.outreach.choices import PlanState
from jembol.outreach.models import Stop, StopVisit, Visit


@transaction.atomic
def mark_stop(*, visit: Visit, stop_id: object, by: By) -> StopVisit | None:
    """Note that a visit was made at a stop of a plan; None when there is no such stop.

    A phone may name a stop of a plan that was replaced since, or nonsense: the visit itself counts
    in any case, so nothing is refused here. Marking the same visit again changes nothing.
    """
    if not isinstance(stop_id, int) or isinstance(stop_id, bool) or not 0 < stop_id < 2**63:
        return None
    stop = Stop.objects.filter(pk=stop_id).exclude(plan__state=PlanState.ASKED).first()
    if stop is None or not by.reach.covers(stop.area_id):
        return None
    row, is_new = StopVisit.objects.get_or_create(visit=visit, defaults={"stop": stop})
    if is_new:
        details = {"plan": stop.plan_id, "outcome": visit.outcome}
        record(events.STOP_VISITED, about=stop, by=by, area=stop.area_id, details=details)
    return row
