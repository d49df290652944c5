"""Participants are reminded once of the time that is true, whatever is moved or killed."""

from datetime import date, datetime, time, timedelta

import pytest
from classroom import register, sessions_of
from outbox_messages import work

from city import DINOYO, NOW, area, build_areas, system
from jembol.journal.models import Fact
from jembol.outbox.choices import MessageState
from jembol.outbox.models import Job, Message
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.choices import LetterKind
from jembol.training.models import Notice, Registration
from jembol.training.orders import ask_for_reminders
from jembol.training.rules import Day

DAY = date(2026, 3, 10)
NINE, TWELVE = time(9), time(12)
ZONE = NOW.tzinfo


@pytest.fixture(autouse=True)
def messages(db, settings, tmp_path):
    settings.MESSAGES_FOLDER = tmp_path / "messages"
    build_areas()


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), ZONE)


EVE, MORNING = at(DAY - timedelta(days=1), 16, 5), at(DAY, 6, 5)


def open_class(*, days=(DAY,), hours=(NINE, TWELVE), **more):
    courses = training.seed_courses(by=system())
    return training.open_class(
        course=courses["kue-kering"],
        title="Kue kering",
        area=area(DINOYO),
        organiser=more.pop("organiser", "office"),
        days=[Day(on, *hours) for on in days],
        by=system(),
        **more,
    )


def with_people(each, count=3):
    rows = [
        registry.PersonDetails(name=f"Warga {n}", area=area(DINOYO), phone=f"0812{n:08d}")
        for n in range(1, count + 1)
    ]
    people = registry.enrol_many(rows, by=system())
    for person in people:
        register(each, person)
    return each


def look(moment):
    """The worker looks for reminders at this moment, as its clock would make it do."""
    Job.objects.filter(kind="training.remind").delete()
    ask_for_reminders(moment)
    work(moment)


def told(kind=None):
    rows = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return rows.count()


def test_everybody_is_reminded_the_day_before_and_in_the_morning_once_each():
    with_people(open_class())

    for moment in (EVE, EVE + timedelta(minutes=15), MORNING, MORNING + timedelta(minutes=15)):
        look(moment)

    assert (told(LetterKind.EVE), told(LetterKind.MORNING)) == (3, 3)
    assert Message.objects.count() == 6
    body = Notice.objects.filter(kind=LetterKind.EVE).first().message.body
    assert "besok ada kelas Kue kering: Selasa, 10 Maret 2026 pukul 09.00 WIB" in body
    assert Fact.objects.filter(event="training.notice.made", person_id__isnull=False).count() == 6


@pytest.mark.parametrize(
    "moment",
    [at(DAY - timedelta(days=1), 15, 55), at(DAY - timedelta(days=2), 16, 5), at(DAY, 5, 55),
     at(DAY, 9, 5), at(DAY + timedelta(days=1), 6, 5)],
)  # fmt: skip
def test_nobody_is_reminded_too_early_or_too_late(moment):
    with_people(open_class())

    look(moment)

    assert told() == 0


def test_a_city_chooses_its_hours_and_may_leave_one_out():
    with_people(open_class())
    city = area("35.73")
    training.change_times(city=city, eve_at=None, morning_at=time(7, 30), channel=None, by=system())

    look(EVE)
    look(at(DAY, 7, 15))
    before = told()
    look(at(DAY, 7, 30))

    assert (before, told()) == (0, 3)


def test_a_moved_day_is_told_and_reminded_at_its_new_time_and_not_at_the_old():
    each = with_people(open_class())
    look(EVE)
    later = DAY + timedelta(days=7)
    training.move_session(
        session=sessions_of(each)[0], day=Day(later, NINE, TWELVE), why="banjir", by=system(EVE)
    )
    work(EVE + timedelta(minutes=1))

    look(MORNING)
    look(at(later - timedelta(days=1), 16, 5))

    moved = Notice.objects.filter(kind=LetterKind.MOVED)
    assert "Jadwal baru: Selasa, 17 Maret 2026" in moved.first().message.body
    assert "Alasan: banjir" in moved.first().message.body
    kinds = Notice.objects.values_list("kind", "revision").order_by("pk")
    assert sorted(set(kinds)) == [("eve", 0), ("eve", 1), ("moved", 1)]
    assert told() == 9


def test_a_reminder_that_still_waits_is_stopped_when_the_day_moves(settings):
    each = with_people(open_class())
    training.change_times(
        city=area("35.73"), eve_at=time(16), morning_at=None, channel="wa_link", by=system()
    )
    look(EVE)
    training.move_session(
        session=sessions_of(each)[0],
        day=Day(DAY + timedelta(days=7), NINE, TWELVE),
        why="banjir",
        by=system(EVE),
    )

    work(EVE)

    states = set(
        Notice.objects.filter(kind=LetterKind.EVE).values_list("message__state", flat=True)
    )
    assert states == {MessageState.STOPPED}
    assert Fact.objects.filter(event="training.letters.stopped").count() == 1


def test_moved_twice_in_a_row_the_last_time_is_told_once():
    each = with_people(open_class())
    for days in (7, 8):
        session = sessions_of(each)[0]
        training.move_session(
            session=session, day=Day(DAY + timedelta(days=days), NINE, TWELVE), why="x", by=system()
        )

    work()

    assert told(LetterKind.MOVED) == 3


def test_a_cancelled_day_and_a_cancelled_class_are_told_and_not_reminded():
    each = with_people(open_class(days=(DAY, DAY + timedelta(days=1))))
    training.cancel_session(session=sessions_of(each)[0], why="hujan", by=system())
    work()
    one_day = told(LetterKind.CANCELLED)

    training.cancel(training_class=each, why="gedung dipakai", by=system())
    work()
    look(EVE)
    look(EVE + timedelta(days=1))

    assert (one_day, told(LetterKind.CANCELLED), told(LetterKind.EVE)) == (3, 6, 0)


def test_who_gave_the_seat_back_is_not_reminded():
    each = with_people(open_class())
    training.withdraw(registration=each.registrations.first(), why="sakit", by=system())

    look(EVE)

    assert told() == 2


@pytest.mark.parametrize("more", [{"organiser": "candidate"}, {"source": "Laporan pers"}])
def test_a_candidates_class_and_one_that_others_gave_write_to_nobody(more):
    each = with_people(open_class(**more))

    look(EVE)
    training.cancel(training_class=each, why="x", by=system())
    work()

    assert told() == 0


def test_merged_entries_are_one_person():
    with_people(open_class(), 2)
    one, other = (seat.person for seat in Registration.objects.order_by("pk"))
    registry.merge(survivor=one, absorbed=other, by=system(), why="sama")

    look(EVE)

    assert told() == 1


def test_a_worker_that_dies_in_the_middle_leaves_nobody_out_and_nobody_twice(monkeypatch):
    from jembol.training.actions import notices

    with_people(open_class(), 12)
    monkeypatch.setattr(notices, "CHUNK", 2)
    write, calls = notices.write, []

    def dying(*words, **more):
        calls.append(1)
        if len(calls) in {4, 9, 15}:
            raise RuntimeError("killed")
        return write(*words, **more)

    monkeypatch.setattr(notices, "write", dying)
    Job.objects.all().delete()
    ask_for_reminders(EVE)
    for minutes in range(6):
        work(EVE + timedelta(minutes=minutes))

    assert len(calls) > 12
    assert (told(), Message.objects.count()) == (12, 12)


def test_the_next_look_is_asked_for_before_anything_can_go_wrong(monkeypatch):
    from jembol.training.tasks import reminders

    def broken(*_words):
        raise RuntimeError("broken")

    monkeypatch.setattr(reminders, "due_in", broken)
    ask_for_reminders(EVE)
    work(EVE)

    waiting = Job.objects.live().filter(kind="training.remind").values_list("dedup", flat=True)
    assert len(set(waiting)) == 2


def test_asking_again_begins_no_second_chain():
    ask_for_reminders(EVE)
    ask_for_reminders(EVE + timedelta(minutes=1))

    assert Job.objects.filter(kind="training.remind").count() == 1


def test_texts_are_forgotten_after_the_days_that_the_settings_say(settings):
    settings.MESSAGES_KEPT_DAYS = 30
    with_people(open_class())
    look(EVE)

    look(EVE + timedelta(days=31))

    assert set(Message.objects.values_list("body", flat=True)) == {""}
    assert told() == 3
