"""Keep every scan of a door, and note from it who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.sync.errors import Wait
from jembol.training import errors, events
from jembol.training.actions.attending import Noting, facts_of, note_came, strike_unfounded
from jembol.training.actions.holding import officer_id
from jembol.training.choices import ScanBy, Verdict, Way
from jembol.training.models import (
    Attendance,
    Cancellation,
    Class,
    Registration,
    Scan,
    Session,
)
from jembol.training.queries.door import (
    Found,
    door_days,
    door_minutes,
    found_by_code,
    local,
    seat_within,
)
from jembol.training.rules import AtTheDoor, Fit, Judgement, judge, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSaid:
    """A scan as a phone tells it.

    Attributes:
        envelope: The id made on the device.
        class_id: The public id of the class.
        session: The number of the day that the door chose; None for the day of the moment.
        way: Whether somebody comes or goes.
        by: By what the person is named.
        reader: What read the code.
        code: What was read or typed.
        registration: The seat, where a name was pressed.
        undoes: The envelope that is taken back.
        has_entered: Whether the person came in; false for who was sent away.
        device_id: The device.
        device_at: What its clock said.
        at: When it really was.
        is_skewed: Whether its clock was wrong by more than ten minutes.
    """

    envelope: str
    class_id: str
    session: int | None
    way: Way
    by: ScanBy
    reader: str
    code: str
    registration: int | None
    undoes: str
    has_entered: bool
    device_id: str
    device_at: datetime | None
    at: datetime
    is_skewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found about a scan, before it is stored."""

    found: Found
    session: Session | None
    judgement: Judgement
    also_on: Sequence[str]
    came_before: bool


# An envelope's own transaction undoes it whole, so a savepoint of its own would only cost time.
@transaction.atomic(savepoint=False)
def note_scan(*, said: ScanSaid, by: By) -> dict[str, Any]:
    """Keep a scan, note that the person came if it shows that, and return what the door says.

    Raises:
        NoSuchClass: no class has this number.
        OutOfReach: the class lies outside the actor's duty.
        NotOfThisClass: the pressed name is not of this class, or out of the actor's reach.
        Wait: the scan that is taken back has not come yet.
    """
    held = _held(said.class_id)
    by.must_cover(held.area_id)
    if said.by == ScanBy.UNDO:
        return _taken_back(held, said, by)
    seen = _seen(held, said, by)
    seat, session = seen.found.registration, seen.session
    counts = seen.judgement.counts and said.way == Way.IN and said.has_entered
    facts: list[Entry] = []
    makes = False
    if counts and seat is not None and session is not None and not seen.came_before:
        makes = True
        facts = note_came(Noting(held, session, seat, said.at), by=by, scan=said.envelope)
    _keep(
        held, said, by, seat=seat, session=session,
        verdict=seen.judgement.said.value,
        why=seen.judgement.why,
        is_again=seen.came_before and said.way == Way.IN,
        counts=counts,
        made_attendance=makes,
    )  # fmt: skip
    record_many(facts or facts_of(events.SCANNED, held, seat, by, scan=said.envelope))
    return _answer(seen, said, by, attendance=makes or (seen.came_before and seat is not None))


# --- what was found ---------------------------------------------------------------------------


def _held(class_id: str) -> Class:
    """Return the class locked, as `hold` does, with one query.

    Raises:
        NoSuchClass: no class has this number.
    """
    rows = Class.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("door_hours").filter(public_id=class_id).first()
    if held is None:
        raise errors.NoSuchClass(
            _("There is no class %(number)s. Load the list of classes again.")
            % {"number": class_id},
            number=class_id,
        )
    return held


def _seen(held: Class, said: ScanSaid, by: By) -> Seen:
    found = _found(held, said, by)
    days, sessions = door_days(held)
    early_min, late_min = door_minutes(held)
    place = place_of(
        days,
        local(held, said.at),
        early_min=early_min,
        late_min=late_min,
        wanted=said.session,
    )
    # A day that has not come cannot have been attended, whatever the door names.
    is_over = place.day is not None and place.day.on <= local(held, by.at).date()
    session = sessions[place.day.key] if place.day is not None and is_over else None
    fit = place.fit if is_over or place.day is None else Fit.NO_SESSION
    seat = found.registration
    also_on, came_before = _before(seat, session)
    judgement = judge(
        AtTheDoor(
            has_seat=seat is not None,
            is_readable=found.is_readable,
            code_fault=found.fault,
            is_withdrawn=seat is not None and hasattr(seat, "withdrawal"),
            is_class_cancelled=Cancellation.objects.filter(training_class=held).exists(),
            fit=fit,
            came_before=came_before and said.way == Way.IN,
        )
    )
    return Seen(
        found=found, session=session, judgement=judgement, also_on=also_on, came_before=came_before
    )


def _found(held: Class, said: ScanSaid, by: By) -> Found:
    if said.by == ScanBy.CODE:
        return found_by_code(said.code, held, local(held, said.at).date())
    seat = seat_within(held, said.registration or 0)
    if seat is None or not by.reach.covers(seat.person.area_id):
        raise errors.NotOfThisClass(
            _("This name is not on the list of %(title)s. Load the list again.")
            % {"title": held.title},
            field="registration",
        )
    return Found(seat)


def _before(seat: Registration | None, session: Session | None) -> tuple[list[str], bool]:
    """Return on which devices the person was scanned before for this day, and whether they came."""
    if seat is None or session is None:
        return [], False
    if not Attendance.objects.filter(session=session, registration=seat).exists():
        return [], False
    there = Scan.objects.about(seat, session).entering().standing()
    labels = there.order_by("device__label").values_list("device__label", flat=True)
    return list(labels.distinct()), True


# --- storing ----------------------------------------------------------------------------------


def _keep(
    held: Class,
    said: ScanSaid,
    by: By,
    *,
    seat: Registration | None,
    session: Session | None,
    **judged: Any,
) -> Scan:
    return Scan.objects.create(
        envelope=said.envelope,
        training_class=held,
        session=session,
        registration=seat,
        way=said.way,
        by=said.by,
        reader=said.reader,
        code=said.code,
        is_skewed=said.is_skewed,
        has_entered=said.has_entered,
        device_id=said.device_id,
        officer_id=officer_id(by),
        at=said.at,
        device_at=said.device_at,
        received_at=by.at,
        **judged,
    )


def _taken_back(held: Class, said: ScanSaid, by: By) -> dict[str, Any]:
    """Keep that a scan was taken back; what it alone showed is no longer noted.

    Raises:
        Wait: that scan has not come yet.
    """
    of_class = Scan.objects.filter(training_class=held).exclude(by=ScanBy.UNDO)
    related = ("registration__person", "session")
    target = of_class.select_related(*related).filter(envelope=said.undoes).first()
    if target is None:
        raise Wait(said.undoes)
    seat, session = target.registration, target.session
    _keep(held, said, by, seat=seat, session=session, verdict=Verdict.UNDONE, undoes=target)
    facts = strike_unfounded(held, seat, session, by=by)
    record_many([*facts, *facts_of(events.SCAN_UNDONE, held, seat, by, scan=target.envelope)])
    _also_on, came = _before(seat, session)
    return {
        "verdict": Verdict.UNDONE.value,
        "name": _name(seat, by),
        "why": "",
        "attendance": came,
        "also_on": [],
        "session": session.number if session else None,
    }


def _answer(seen: Seen, said: ScanSaid, by: By, *, attendance: bool) -> dict[str, Any]:
    return {
        "verdict": seen.judgement.said.value,
        "name": _name(seen.found.registration, by),
        "why": seen.judgement.why,
        "attendance": attendance,
        "also_on": list(seen.also_on) if said.way == Way.IN else [],
        "session": seen.session.number if seen.session else None,
    }


def _name(seat: Registration | None, by: By) -> str:
    """Return the name, if the officer may know it: a door takes tickets of all parts of a city."""
    return seat.person.name if seat and by.reach.covers(seat.person.area_id) else ""
