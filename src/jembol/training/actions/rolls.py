"""Note who came to which day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.training import errors, events
from jembol.training.actions.holding import hold, officer_id, refuse_when_cancelled
from jembol.training.models import (
    Attendance,
    Class,
    Registration,
    Roll,
    Session,
    SessionCancellation,
)

BATCH: Final = 500

Presence = tuple[int, int]
"""The keys of a session and of a registration."""


@transaction.atomic
def take_roll(*, session: Session, present: Collection[int], by: By) -> Roll:
    """Set who came to a session: exactly these registrations, and no other.

    Taking the same roll again changes nothing, and taking another one corrects it. Only people in
    the actor's reach are touched: whom an officer does not see, the officer does not mark absent.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        SessionCancelled: the day was cancelled.
        DayNotYetCome: the session lies in the future.
        NotOfThisClass: one of the registrations is not of this class, or out of the actor's reach.
        HasWithdrawn: one of the people gave the seat back before being noted as present.
    """
    held = _held_for_roll([session], session.training_class, by)
    seats = _seats_in_reach(held, by)
    before = set(
        Attendance.objects.filter(session=session, registration__in=seats).values_list(
            "registration_id", flat=True
        )
    )
    wanted = set(present)
    _refuse_strangers(wanted, seats, held)
    added, gone = _apart(wanted, before, seats), _apart(before, wanted, seats)
    _refuse_withdrawn(added, seats)
    roll, facts = _noted(session, held, by)
    _attend([(session.pk, key) for key in sorted(added)], by)
    Attendance.objects.filter(session=session, registration__in=gone).delete()
    facts += _facts(events.ATTENDED, session, [seats[key] for key in sorted(added)], by)
    facts += _facts(events.ATTENDANCE_STRUCK, session, [seats[key] for key in sorted(gone)], by)
    record_many(facts)
    return roll


@transaction.atomic
def attend_many(
    *, training_class: Class, present: Collection[Presence], by: By
) -> frozenset[Presence]:
    """Add attendances of several sessions with a fixed number of queries, as from a list.

    Nobody is struck off, and who is noted already stays without a new fact. A person who gave the
    seat back may be on a list of who came, and then did come.

    Returns the presences that were not there before.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        SessionCancelled: the day was cancelled.
        DayNotYetCome: one of the sessions lies in the future.
        NotOfThisClass: a session or a registration is not of this class, or out of reach.
    """
    sessions = _sessions_of(training_class, present)
    held = _held_for_roll(sessions.values(), training_class, by)
    seats = _seats_in_reach(held, by)
    _refuse_strangers({seat for _session, seat in present}, seats, held)
    fresh = _not_noted(present, _there(sessions), seats)
    _attend(fresh, by)
    facts: list[Entry] = []
    by_session: dict[int, list[Registration]] = defaultdict(list)
    for session_id, seat_id in fresh:
        by_session[session_id].append(seats[seat_id])
    for key in sorted(sessions):
        facts += _noted(sessions[key], held, by)[1]
        facts += _facts(events.ATTENDED, sessions[key], by_session[key], by)
    record_many(facts)
    return frozenset(fresh)


@transaction.atomic
def strike_many(*, training_class: Class, present: Collection[Presence], by: By, why: str) -> int:
    """Remove attendances, as when an import is undone; return how many there were.

    A session to which nobody came any more loses its roll: nothing says then that it was taken.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotOfThisClass: a session or a registration is not of this class, or out of reach.
    """
    sessions = _sessions_of(training_class, present)
    held = hold(training_class)
    by.must_cover(held.area_id)
    seats = _seats_in_reach(held, by)
    _refuse_strangers({seat for _session, seat in present}, seats, held)
    struck = sorted(set(present) & _there(sessions))
    facts: list[Entry] = []
    for key, session in sorted(sessions.items()):
        gone = [seat for of_session, seat in struck if of_session == key]
        Attendance.objects.filter(session=session, registration__in=gone).delete()
        facts += _facts(
            events.ATTENDANCE_STRUCK, session, [seats[seat] for seat in gone], by, why=why
        )
    Roll.objects.filter(session__in=sessions, session__attendances__isnull=True).delete()
    record_many(facts)
    return len(struck)


# --- steps ------------------------------------------------------------------------------------


def _held_for_roll(sessions: Iterable[Session], training_class: Class, by: By) -> Class:
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    sessions = list(sessions)
    _refuse_cancelled(sessions, held)
    today = timezone.localdate(by.at)
    for session in sessions:
        if session.on > today:
            raise errors.DayNotYetCome(
                _("%(on)s has not come yet. Take attendance on that day.")
                % {"on": session.on.isoformat()},
                session_id=session.pk,
            )
    return held


def _refuse_cancelled(sessions: Collection[Session], held: Class) -> None:
    keys = [session.pk for session in sessions]
    gone = SessionCancellation.objects.filter(session__in=keys).select_related("session")
    if row := gone.order_by("session__on").first():
        raise errors.SessionCancelled(
            _("The day %(on)s of %(title)s was cancelled. Add a new day instead.")
            % {"on": row.session.on.isoformat(), "title": held.title},
            session_id=row.session_id,
        )


def _seats_in_reach(held: Class, by: By) -> dict[int, Registration]:
    """Return the registrations of people whom the actor may see, withdrawn ones too."""
    rows = held.registrations.of_people_in(by.reach).select_related("person", "withdrawal")
    return {row.pk: row for row in rows.order_by("pk")}


def _person_of(seat: Registration) -> int:
    return seat.person.survivor_id or seat.person_id


def _apart(
    some: Collection[int], others: Collection[int], seats: dict[int, Registration]
) -> set[int]:
    """Return those of some seats whose person holds none of the others, under whichever id."""
    named = {_person_of(seats[key]) for key in others}
    return {key for key in some if _person_of(seats[key]) not in named}


def _not_noted(
    present: Iterable[Presence], there: Iterable[Presence], seats: dict[int, Registration]
) -> list[Presence]:
    """Return the presences of people whom the session does not have yet, each person once."""
    noted = {(session, _person_of(seats[seat])) for session, seat in there if seat in seats}
    fresh: dict[Presence, Presence] = {}
    for session, seat in sorted(set(present)):
        person = (session, _person_of(seats[seat]))
        if person not in noted:
            fresh.setdefault(person, (session, seat))
    return list(fresh.values())


def _sessions_of(training_class: Class, present: Collection[Presence]) -> dict[int, Session]:
    wanted = {session for session, _registration in present}
    found = training_class.sessions.in_bulk(list(wanted))
    if missing := wanted - found.keys():
        raise errors.NotOfThisClass(
            _("A day on this list belongs to another class than %(title)s. Load the page again.")
            % {"title": training_class.title},
            sessions=sorted(missing),
        )
    return found


def _there(sessions: Iterable[int]) -> set[Presence]:
    rows = Attendance.objects.filter(session__in=list(sessions))
    return set(rows.values_list("session_id", "registration_id"))


def _attend(present: Iterable[Presence], by: By) -> None:
    Attendance.objects.bulk_create(
        (
            Attendance(session_id=session, registration_id=registration, at=by.at)
            for session, registration in present
        ),
        batch_size=BATCH,
    )


def _noted(session: Session, held: Class, by: By) -> tuple[Roll, list[Entry]]:
    """Return the roll of the session, and the fact that it was taken when it is new."""
    defaults = {"officer_id": officer_id(by), "at": by.at}
    roll, is_new = Roll.objects.get_or_create(session=session, defaults=defaults)
    details = {"class": held.public_id, "on": session.on.isoformat()}
    fact = Entry(event=events.ROLL_TAKEN, about=session, by=by, area=held.area_id, details=details)
    return roll, [fact] if is_new else []


def _facts(
    event: str, session: Session, seats: Iterable[Registration], by: By, why: str = ""
) -> list[Entry]:
    """Return one fact for each person, placed where the person lives."""
    held = session.training_class
    details = {"class": held.public_id, "title": held.title, "on": session.on.isoformat()}
    return [
        Entry(
            event=event,
            about=seat,
            by=by,
            area=seat.person.area_id,
            person_id=seat.person_id,
            why=why,
            details=details,
        )
        for seat in seats
    ]


def _refuse_strangers(wanted: set[int], seats: Collection[int], held: Class) -> None:
    if strangers := wanted - set(seats):
        raise errors.NotOfThisClass(
            _("Someone on this list is not registered for %(title)s. Load the page again.")
            % {"title": held.title},
            field="present",
            registrations=sorted(strangers),
        )


def _refuse_withdrawn(added: Iterable[int], seats: dict[int, Registration]) -> None:
    """Refuse to note as present who is not registered any more."""
    gone = [seats[key].person.name for key in sorted(added) if hasattr(seats[key], "withdrawal")]
    if gone:
        raise errors.HasWithdrawn(
            _("%(name)s gave the place back. Register the person again first.") % {"name": gone[0]},
            field="present",
            names=gone,
        )
