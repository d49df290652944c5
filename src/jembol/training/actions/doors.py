"""What a supervisor decides about a door: its hours, and its doubtful scans."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record, record_many
from jembol.training import errors, events
from jembol.training.actions.attending import Noting, facts_of, note_came, strike_unfounded
from jembol.training.actions.holding import hold, officer_id
from jembol.training.choices import ScanBy, Way
from jembol.training.models import (
    Attendance,
    Cancellation,
    Class,
    DoorHours,
    Scan,
    ScanSettlement,
)


@transaction.atomic
def set_door_hours(*, training_class: Class, early_min: int, late_min: int, by: By) -> DoorHours:
    """Say for how many minutes the door is open before a day begins and after it ends.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    told = {"early_min": early_min, "late_min": late_min}
    hours, _is_new = DoorHours.objects.update_or_create(training_class=held, defaults=told)
    record(events.DOOR_HOURS_SET, about=held, by=by, area=held.area_id, details=told)
    return hours


@transaction.atomic
def settle_scan(*, scan: Scan, is_accepted: bool, by: By) -> ScanSettlement:
    """Accept a doubtful scan, so that the person came; or strike it, so that it shows nothing.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ScanSettled: somebody was faster.
    """
    held = hold(scan.training_class)
    by.must_cover(held.area_id)
    told = {"is_accepted": is_accepted, "officer_id": officer_id(by), "at": by.at}
    settlement, is_new = ScanSettlement.objects.get_or_create(scan=scan, defaults=told)
    if not is_new:
        raise errors.ScanSettled(
            _("Somebody has settled this scan already. Load the page again."), scan_id=scan.pk
        )
    seat, session = scan.registration, scan.session
    facts = facts_of(events.SCAN_SETTLED, held, seat, by, scan=scan.envelope)
    if not is_accepted:
        facts += strike_unfounded(held, seat, session, by=by)
    elif seat is not None and session is not None and _may_count(scan, held):
        facts = note_came(Noting(held, session, seat, scan.at), by=by, scan=scan.envelope) + facts
        Scan.objects.filter(pk=scan.pk).update(counts=True, made_attendance=True)
    record_many(facts)
    return settlement


def _may_count(scan: Scan, held: Class) -> bool:
    """Whether a scan that is accepted makes an attendance that is not there yet."""
    if scan.way != Way.IN or scan.by == ScanBy.UNDO:
        return False
    if Cancellation.objects.filter(training_class=held).exists():
        return False
    there = Attendance.objects.filter(session=scan.session_id, registration=scan.registration_id)
    return not there.exists()
