"""One ticket, two phones without a signal, wrong clocks, any order of sending: one attendance.

What is there afterwards is counted by plain SQL, not by the code under test.
"""

import os
import signal
import subprocess
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import permutations

import pytest
from django.db import connection

from city import build_areas, build_officers, system
from field.phones import Desk, Line, Phone, code_of, real_now
from jembol.kit.ids import new_ulid
from jembol.sync.actions import receiving
from jembol.training import actions as training
from jembol.training.actions import scans
from jembol.training.models import Attendance, Scan
from processes import wait_until
from training.classroom import enrol, open_class, register

ORDERS = list(permutations(range(3)))
RUNS = int(os.environ.get("JEMBOL_RACES", "54"))


def answer(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def attendances(training_class):
    return answer(
        "SELECT a.registration_id, a.session_id FROM training_attendance a"
        " JOIN training_session s ON s.id = a.session_id WHERE s.training_class_id = %s",
        training_class.pk,
    )


def scan_rows(training_class):
    return answer(
        "SELECT s.verdict, s.is_again, d.label FROM training_scan s"
        " JOIN sync_device d ON d.id = s.device_id WHERE s.training_class_id = %s",
        training_class.pk,
    )


def is_stored(envelope):
    return bool(answer("SELECT 1 FROM sync_envelope WHERE id = %s", envelope["id"]))


def wait_for_commit(envelope):
    wait_until(lambda: is_stored(envelope), what="the commit")


class Ground:
    """A class of these days, one ticket, two phones that have scanned it without a signal."""

    def __init__(self, areas, *, cancelled):
        now = real_now()
        by = system(now)
        today = now.astimezone(None).date()
        days = [today + timedelta(days=more) for more in (-1, 0, 1)]
        self.each = open_class(areas.dinoyo, days=days, by=by)
        (person,) = enrol(areas.dinoyo, by=by)
        self.seat = register(self.each, person, by=by)
        code = code_of(self.seat, by)
        if cancelled:
            training.withdraw(registration=self.seat, why="berhalangan", by=by)
        self.a = Phone("Pintu utara", real_now, timedelta(hours=-3))
        self.b = Phone("Pintu selatan", real_now, timedelta(days=2))
        self.scans = [
            (self.a, self.a.scan(self.each, code)),
            (self.a, self.a.scan(self.each, code)),
            (self.b, self.b.scan(self.each, code)),
        ]


class Server:
    """A real server whose workers can be killed; the next ones are there at once."""

    def __init__(self, processes, officer):
        self.process, self.address = processes.serve(
            workers=1, path="/masuk-ke-mana-saja/", GUNICORN_CMD_ARGS="--preload"
        )
        self.line = Line(self.address, officer)

    def restart(self):
        """Kill -9 the worker; a fresh one answers as soon as it is there."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        for word in listed.split():
            os.kill(int(word), signal.SIGKILL)

    def send(self, phone, envelope):
        """Send until there is an answer, as a phone does."""
        return wait_until(lambda: self._tried(phone, envelope), what="an answer")

    def _tried(self, phone, envelope):
        try:
            status, told = self.line.send(phone.parcel(envelope))
        except OSError:
            return None
        return told["results"][0] if status == 200 else None


def upload(server, ground, *, order, lost, restarted):
    """Send three scans in this order: of one the answer is lost, before one the server dies."""
    first = {}
    for step, place in enumerate(order):
        phone, envelope = ground.scans[place]
        if step == restarted:
            server.restart()
        if step == lost and step != restarted:
            server.line.send_and_drop(phone.parcel(envelope), partial(wait_for_commit, envelope))
        first[place] = server.send(phone, envelope)
    return first


@pytest.mark.server
def test_one_ticket_on_two_offline_phones_is_one_attendance_in_any_order(processes):
    areas, officers = build_areas(), build_officers("pelatihan")
    server = Server(processes, officers["pelatihan"])
    for run in range(RUNS):
        cancelled = (run + run // 6 + run // 18) % 2 == 1
        ground = Ground(areas, cancelled=cancelled)

        first = upload(
            server, ground,
            order=ORDERS[run % 6], lost=run // 6 % 3, restarted=run // 18 % 3,
        )  # fmt: skip
        again = {place: server.send(*ground.scans[place]) for place in range(3)}

        rows = scan_rows(ground.each)
        assert len(attendances(ground.each)) == 1, run
        assert len(rows) == 3, run
        assert sum(is_again for _verdict, is_again, _label in rows) == 2, run
        assert {label for *_scan, label in rows} == {"Pintu utara", "Pintu selatan"}
        told = {verdict for verdict, *_rest in rows}
        assert told == ({"not_allowed"} if cancelled else {"welcome", "again"}), run
        assert all(one["result"]["attendance"] for one in first.values()), run
        assert all(one["was"] == "accepted" for one in first.values()), run
        flagged = [one["result"]["also_on"] for one in first.values() if one["result"]["also_on"]]
        assert len(flagged) == 2, run
        assert {one["state"] for one in again.values()} == {"known"}, run
        assert {k: v["result"] for k, v in again.items()} == {
            k: v["result"] for k, v in first.items()
        }, run


# --- the control: without the guards the same sending makes duplicates --------------------------


def send_here(ground, by, places):
    desk = Desk(by)
    for place in places:
        phone, envelope = ground.scans[place]
        desk.results(phone.parcel(envelope))


def test_without_the_guard_of_the_id_a_second_sending_is_stored_again(
    transactional_db, monkeypatch
):
    ground = Ground(build_areas(), cancelled=False)
    officer = build_officers("pelatihan")["pelatihan"]
    make = receiving._envelope

    def make_with_another_id(letter, *rest):
        envelope = make(letter, *rest)
        envelope.id = new_ulid(real_now())
        return envelope

    monkeypatch.setattr(receiving, "_envelope", make_with_another_id)

    send_here(ground, officer, (0, 1, 2, 0, 1, 2))

    assert Scan.objects.count() == 6


def test_without_the_guard_of_the_day_there_are_several_attendances(transactional_db, monkeypatch):
    ground = Ground(build_areas(), cancelled=False)
    officer = build_officers("pelatihan")["pelatihan"]
    monkeypatch.setattr(scans, "_before", lambda seat, session: ([], False))

    with several_a_day():
        send_here(ground, officer, (0, 1, 2))
        found = len(attendances(ground.each))

    assert found == 3


@contextmanager
def several_a_day():
    """Let the database take several attendances of one person on one day, and clear them away."""
    once = Attendance._meta.constraints
    Attendance._meta.constraints = []
    with connection.schema_editor() as editor:
        editor.remove_constraint(Attendance, once[0])
    try:
        yield
    finally:
        Attendance.objects.all().delete()
        Attendance._meta.constraints = once
        with connection.schema_editor() as editor:
            editor.add_constraint(Attendance, once[0])
