"""Note from one scan that somebody came, and strike that off when no scan shows it any more."""

from dataclasses import dataclass
from datetime import datetime

from jembol.journal.by import By
from jembol.journal.record import Entry
from jembol.training import events
from jembol.training.actions.holding import officer_id
from jembol.training.models import Attendance, Class, Registration, Roll, Scan, Session


@dataclass(frozen=True, slots=True)
class Noting:
    """Who came to which day, and when; the class is held."""

    held: Class
    session: Session
    seat: Registration
    at: datetime


def note_came(noting: Noting, *, by: By, scan: str) -> list[Entry]:
    """Note that somebody came who is not noted yet, and return the facts to be told.

    The first one who comes takes the roll: from then on absence means something.
    """
    held, session, seat = noting.held, noting.session, noting.seat
    facts = []
    if not hasattr(session, "roll"):
        Roll.objects.create(session=session, officer_id=officer_id(by), at=noting.at)
        details = {"class": held.public_id, "on": session.on.isoformat()}
        facts.append(
            Entry(event=events.ROLL_TAKEN, about=session, by=by, area=held.area_id, details=details)
        )
    Attendance.objects.create(session=session, registration=seat, at=noting.at)
    return facts + facts_of(events.ATTENDED, held, seat, by, scan=scan, session=session)


def strike_unfounded(
    held: Class, seat: Registration | None, session: Session | None, *, by: By
) -> list[Entry]:
    """Strike off what only scans showed that do not stand any more; return the facts to be told."""
    if seat is None or session is None:
        return []
    scans = Scan.objects.about(seat, session)
    came_by_scan = scans.filter(made_attendance=True).exists()
    if not came_by_scan or scans.entering().standing().filter(counts=True).exists():
        return []
    gone, _kinds = Attendance.objects.filter(session=session, registration=seat).delete()
    if not gone:
        return []
    Roll.objects.filter(session=session, session__attendances__isnull=True).delete()
    return facts_of(events.ATTENDANCE_STRUCK, held, seat, by, session=session)


def facts_of(
    event: str,
    held: Class,
    seat: Registration | None,
    by: By,
    *,
    scan: str = "",
    session: Session | None = None,
) -> list[Entry]:
    """Return the fact about a scan: the person's, where there is one, or else the class's."""
    details = {"class": held.public_id, "title": held.title}
    if scan:
        details["scan"] = scan
    if session is not None:
        details["on"] = session.on.isoformat()
    return [
        Entry(
            event=event,
            about=seat or held,
            by=by,
            area=seat.person.area_id if seat else held.area_id,
            person_id=seat.person_id if seat else None,
            details=details,
        )
    ]
