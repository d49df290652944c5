"""Five senders bring the same envelope at once: it acts once, and all are told the same."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from city import build_areas, build_officers, by, system
from field.phones import Line, Phone, code_of, real_now
from jembol.field.reading import read_parcel
from jembol.kit.ids import new_ulid
from jembol.sync import actions
from jembol.sync.actions import receiving
from jembol.sync.models import Conflict, Envelope
from jembol.training.models import Attendance, Scan
from training.classroom import enrol, open_class, register

SENDERS = 5
RUNS = int(os.environ.get("JEMBOL_RACES", "50"))


@pytest.fixture
def ground(transactional_db):
    areas, officers = build_areas(), build_officers("pelatihan")
    actor = system(real_now())
    each = open_class(areas.dinoyo, days=[timezone.localdate()], by=actor)
    return each, officers["pelatihan"], actor


def ticket(each, actor, number):
    (person,) = enrol(each.area, prefix=f"Warga {number}", by=actor)
    return code_of(register(each, person, by=actor), actor)


def together(send, rows):
    """Send all rows at once, each from a thread and connection of its own."""
    start = Barrier(len(rows))

    def run(row):
        try:
            start.wait(60)
            return send(row)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(rows)) as pool:
        return list(pool.map(run, rows))


@pytest.mark.server
def test_five_who_send_the_same_are_told_the_same_and_it_acts_once(ground, processes):
    each, officer, actor = ground
    _process, address = processes.serve(workers=2, threads=4, path="/lapangan/sinkron/")
    lines = [Line(address, officer) for _sender in range(SENDERS)]
    for run in range(RUNS):
        phone = Phone("Pintu", real_now)
        phone.scan(each, ticket(each, actor, run))
        parcel = phone.parcel()

        answers = together(lambda line, parcel=parcel: line.send(parcel), lines)

        results = [told["results"][0] for status, told in answers if status == 200]
        assert len(results) == SENDERS, answers
        assert sorted(one["state"] for one in results) == ["accepted"] + ["known"] * 4
        assert len({str(sorted(one["result"].items())) for one in results}) == 1
        assert Scan.objects.count() == Attendance.objects.count() == run + 1


@pytest.mark.server
def test_of_different_contents_under_one_id_one_acts_and_the_others_are_kept(ground, processes):
    each, officer, actor = ground
    _process, address = processes.serve(workers=2, threads=4, path="/lapangan/sinkron/")
    line = Line(address, officer)
    codes = [ticket(each, actor, number) for number in range(SENDERS)]
    for run in range(min(RUNS, 20)):
        phone = Phone("Pintu", real_now)
        first = phone.scan(each, codes[0])
        others = [{**first, "body": {**first["body"], "code": code}} for code in codes]

        answers = together(line.send, [phone.parcel(one) for one in others])

        states = sorted(told["results"][0]["state"] for _status, told in answers)
        assert states == ["accepted"] + ["conflict"] * 4
        assert Scan.objects.count() == run + 1
        assert Conflict.objects.count() == 4 * (run + 1)


def test_without_the_guard_of_the_id_all_five_act(ground, monkeypatch):
    each, officer, actor = ground
    make = receiving._envelope

    def make_with_another_id(letter, *rest):
        envelope = make(letter, *rest)
        envelope.id = new_ulid(real_now())
        return envelope

    monkeypatch.setattr(receiving, "_envelope", make_with_another_id)
    phone = Phone("Pintu", real_now)
    phone.scan(each, ticket(each, actor, 0))
    parcel = read_parcel(json.dumps(phone.parcel()).encode())
    acting = by(officer, "training.attend", at=real_now(), door="field")

    together(lambda _sender: actions.receive(parcel=parcel, by=acting), range(SENDERS))

    assert Scan.objects.count() == Envelope.objects.count() == SENDERS


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer is its lock")
def test_two_phones_at_once_make_one_attendance(ground):
    each, officer, actor = ground
    code = ticket(each, actor, 0)
    parcels = []
    for number in range(SENDERS):
        phone = Phone(f"Pintu {number}", real_now)
        phone.scan(each, code)
        parcels.append(read_parcel(json.dumps(phone.parcel()).encode()))
    acting = by(officer, "training.attend", at=real_now(), door="field")

    receipts = together(lambda parcel: actions.receive(parcel=parcel, by=acting), parcels)

    verdicts = sorted(one.answers[0].result["verdict"] for one in receipts)
    assert verdicts == ["again"] * (SENDERS - 1) + ["welcome"]
    assert Attendance.objects.count() == 1
