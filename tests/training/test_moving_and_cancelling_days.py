"""A day of a class is moved or cancelled: calendars learn of it, and nobody loses a seat."""

from datetime import timedelta

import pytest

from city import by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.registry.errors import ReasonMissing
from jembol.training import actions, errors, events, queries
from jembol.training.models import Session, VenueTurn
from jembol.training.rules import Day
from training.classroom import FIRST, SECOND, enrol, open_class, register, take_roll
from training.planned import MONDAY, at, moment, plan_class, venue

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def move(session, day, by=None, **more):
    return actions.move_session(session=session, day=day, why="Hujan", by=by or system(), **more)


def test_a_moved_day_counts_its_revision_and_the_journal_tells_from_where_to_where(areas):
    session = plan_class(areas.dinoyo, at("08-12")).sessions.get()

    moved = move(session, at("13-15", TUESDAY))

    assert (moved.on, moved.revision) == (TUESDAY, 1)
    fact = Fact.objects.get(event=events.SESSION_MOVED)
    assert fact.why == "Hujan"
    assert (fact.details["from"]["on"], fact.details["to"]["starts_at"]) == ("2026-04-06", "13:00")


def test_a_day_moved_to_where_it_is_changes_nothing(areas):
    session = plan_class(areas.dinoyo, at("08-12")).sessions.get()

    moved = move(session, at("08-12"))

    assert moved.revision == 0
    assert not Fact.objects.filter(event=events.SESSION_MOVED).exists()


def test_nobody_loses_a_seat_and_the_days_are_numbered_anew(areas):
    opened = plan_class(areas.dinoyo, at("08-12"), at("08-12", TUESDAY))
    seats = [register(opened, person) for person in enrol(areas.dinoyo, 3)]
    first = opened.sessions.get(number=1)

    move(first, at("08-12", WEDNESDAY))

    assert list(opened.sessions.order_by("number").values_list("on", flat=True)) == [
        TUESDAY,
        WEDNESDAY,
    ]
    opened.refresh_from_db()
    assert (opened.starts_on, opened.ends_on) == (TUESDAY, WEDNESDAY)
    assert opened.registrations.standing().count() == len(seats)


def test_a_day_may_be_held_elsewhere_and_takes_the_other_hall(areas):
    own, other = venue(areas.dinoyo), venue(areas.dinoyo, "Aula (contoh)")
    session = plan_class(areas.dinoyo, at("08-12"), venue=own).sessions.get()

    move(session, at("08-12"), venue=other)
    assert VenueTurn.objects.get().venue == other
    move(session, at("09-12"), venue=own)

    session.refresh_from_db()
    assert (session.venue, session.revision) == (None, 2)
    assert (VenueTurn.objects.get().venue, VenueTurn.objects.get().starts_at) == (own, moment(9))


def test_a_day_is_not_moved_onto_another_class_in_the_hall(areas):
    hall = venue(areas.dinoyo)
    plan_class(areas.dinoyo, at("08-12", TUESDAY), title="Bordir", venue=hall)
    session = plan_class(areas.dinoyo, at("08-12"), venue=hall).sessions.get()

    with pytest.raises(errors.VenueTaken, match="Bordir"):
        move(session, at("10-14", TUESDAY))

    session.refresh_from_db()
    assert (session.on, session.revision) == (MONDAY, 0)
    assert VenueTurn.objects.count() == 2


def test_two_days_of_a_class_do_not_become_one(areas):
    opened = plan_class(areas.dinoyo, at("08-12"), at("08-12", TUESDAY))

    with pytest.raises(errors.BadDays):
        move(opened.sessions.get(number=1), Day(TUESDAY))


def test_a_day_with_attendance_stays(areas):
    opened = open_class(areas.dinoyo)
    seat = register(opened, enrol(areas.dinoyo)[0])
    first = opened.sessions.get(number=1)
    take_roll(first, [seat])

    with pytest.raises(errors.SessionHeld):
        move(first, Day(WEDNESDAY))
    with pytest.raises(errors.SessionHeld):
        actions.cancel_session(session=first, why="Hujan", by=system())


def test_a_cancelled_day_keeps_the_class_and_counts_no_more(areas):
    opened = open_class(areas.dinoyo)
    register(opened, enrol(areas.dinoyo)[0])
    second = opened.sessions.get(on=SECOND)

    row = actions.cancel_session(session=second, why="Banjir", by=system())

    second.refresh_from_db()
    opened.refresh_from_db()
    assert (row.why, second.revision, second.number) == ("Banjir", 1, 2)
    assert (opened.starts_on, opened.ends_on) == (FIRST, FIRST)
    assert queries.class_counts(opened).sessions == 1
    assert opened.registrations.standing().count() == 1


def test_a_cancelled_day_takes_no_roll_and_is_neither_moved_nor_cancelled_again(areas):
    opened = open_class(areas.dinoyo)
    first = opened.sessions.get(on=FIRST)
    actions.cancel_session(session=first, why="Banjir", by=system())

    with pytest.raises(errors.SessionCancelled):
        take_roll(first, [])
    with pytest.raises(errors.SessionCancelled):
        move(first, Day(MONDAY))
    with pytest.raises(errors.SessionCancelled):
        actions.cancel_session(session=first, why="Banjir", by=system())


def test_the_last_day_is_not_cancelled_alone(areas):
    opened = plan_class(areas.dinoyo, at("08-12"))

    with pytest.raises(errors.LastSession, match="cancel the whole class"):
        actions.cancel_session(session=opened.sessions.get(), why="Banjir", by=system())


def test_a_reason_is_asked_for(areas):
    opened = open_class(areas.dinoyo)

    with pytest.raises(ReasonMissing):
        actions.cancel_session(session=opened.sessions.get(number=1), why=" ", by=system())
    with pytest.raises(ReasonMissing):
        actions.move_session(
            session=opened.sessions.get(number=1), day=Day(MONDAY), why="", by=system()
        )


def test_a_cancelled_or_renamed_class_tells_the_calendars_by_its_revisions(areas):
    opened = open_class(areas.dinoyo)

    actions.change_class(training_class=opened, changes={"title": "Baru"}, by=system())
    actions.cancel(training_class=opened, why="Banjir", by=system())

    assert set(Session.objects.values_list("revision", flat=True)) == {2}


def test_another_officer_s_class_is_not_moved(areas, officers):
    session = plan_class(areas.dinoyo, at("08-12")).sessions.get()
    stranger = by(officers["pelatihan.mojokerto"], "training.change")

    with pytest.raises(OutOfReach):
        move(session, at("13-15"), by=stranger)


def test_a_day_is_added_in_a_hall_of_its_own(areas):
    hall = venue(areas.dinoyo, capacity=20)
    opened = plan_class(areas.dinoyo, at("08-12"), seats=30)

    with pytest.raises(errors.VenueTooSmall, match="20"):
        actions.add_session(
            training_class=opened, day=at("08-12", TUESDAY), venue=hall, by=system()
        )
