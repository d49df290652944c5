"""Who came for a part of a day, and who came without a registration."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.registry.actions import recognise
from jembol.registry.details import PersonDetails
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in, hold
from jembol.training.actions.rolls import attend_many
from jembol.training.actions.seats import is_standing, registration_of, take_seat
from jembol.training.choices import Door
from jembol.training.models import Attendance, PartialDay, Registration, Session


@transaction.atomic
def note_partial_day(
    *, session: Session, registration: Registration, minutes: int, why: str, by: By
) -> PartialDay | None:
    """Note how long somebody was there; 0 minutes takes the note back: the whole day again.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        DidNotCome: the person was not noted as present on that day.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = hold(session.training_class)
    by.must_cover(held.area_id)
    by.must_cover(registration.person.area_id)
    attendance = Attendance.objects.filter(session=session, registration=registration).first()
    if attendance is None:
        raise errors.DidNotCome(
            _("%(name)s was not noted as present on that day. Take attendance first.")
            % {"name": registration.person.name},
            field="minutes",
        )
    reason = fitting_in(PartialDay, "why", why)
    PartialDay.objects.filter(attendance=attendance).delete()
    noted = None
    if minutes > 0:
        noted = PartialDay.objects.create(
            attendance=attendance, minutes=minutes, why=reason, at=by.at
        )
    record(
        events.PARTIAL_DAY,
        about=registration,
        by=by,
        area=registration.person.area_id,
        person_id=registration.person_id,
        why=reason,
        details={"class": held.public_id, "on": session.on.isoformat(), "minutes": minutes},
    )
    return noted


@transaction.atomic
def walk_in(*, session: Session, details: PersonDetails, by: By) -> Registration:
    """Let somebody in who came without a registration: known or new, seated and noted as present.

    Raises:
        OutOfReach: the class or the place lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        ClassFull: no seat is left.
        DayNotYetCome: the session lies in the future.
        Refusal: a value cannot be stored; as `recognise`.
    """
    # Held before the register writes its facts, see `hold`.
    held = hold(session.training_class)
    by.must_cover(held.area_id)
    person = recognise(details=details, by=by, door=Door.WALK_IN)
    seat = registration_of(held, person)
    if seat is None or not is_standing(seat):
        seat = take_seat(held, person, by=by, door=Door.WALK_IN)
    attend_many(training_class=held, present={(session.pk, seat.pk)}, by=by)
    record(
        events.WALKED_IN,
        about=seat,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        details={"class": held.public_id, "on": session.on.isoformat()},
    )
    return seat
