"""Five senders bring one visit with three photos at once, again and again: it is there once."""

import hashlib
import http.client
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.models import CharField

from city import build_areas, build_officers, by, system
from field.phones import Line, Phone, real_now
from field.visiting import visit
from jembol.accounts import actions as accounts
from jembol.field.reading import read_parcel
from jembol.files.models import StoredFile
from jembol.kit.ids import new_ulid
from jembol.outreach.models import Photo, Visit
from jembol.sync import actions
from jembol.sync.actions import receiving
from jembol.sync.models import Conflict, Envelope
from pictures import picture

SENDERS = 5
RUNS = int(os.environ.get("JEMBOL_RACES", "50"))


@pytest.fixture
def ground(transactional_db):
    areas = build_areas()
    return areas.dinoyo, build_officers("lapangan.dinoyo", "pelatihan")


def written(area, run):
    """A visit with three photos, as a phone wrote it."""
    phone = Phone("HP", real_now)
    visited = phone.write("outreach.visit", visit(area, advice=f"kunjungan {run}"))
    photos = {}
    for number in range(3):
        content = picture(40 + run, 30 + number, "JPEG")
        announced = phone.write(
            "outreach.photo",
            {
                "about": visited["id"], "bytes": len(content), "type": "image/jpeg",
                "sha256": hashlib.sha256(content).hexdigest(), "consent": True, "place": False,
            },
        )  # fmt: skip
        photos[announced["id"]] = content
    return phone, photos


def together(send, rows):
    """Send all rows at once, each from a thread of its own."""
    start = Barrier(len(rows))

    def run(row):
        try:
            start.wait(60)
            return send(row)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(rows)) as pool:
        return list(pool.map(run, rows))


def put(line, key, content):
    link = http.client.HTTPConnection(line.place.hostname, line.place.port, timeout=60)
    headers = {**line.headers, "Content-Type": "application/octet-stream", "X-From": "0"}
    link.request("PUT", f"/lapangan/foto/{key}/", content, headers)
    answer = link.getresponse()
    told = json.loads(answer.read())
    link.close()
    return answer.status, told


@pytest.mark.server
def test_one_visit_with_three_photos_from_five_senders_is_there_once(ground, processes):
    area, officers = ground
    _process, address = processes.serve(workers=2, threads=4, path="/lapangan/sinkron/")
    lines = [Line(address, officers["lapangan.dinoyo"]) for _sender in range(SENDERS)]
    for run in range(RUNS):
        phone, photos = written(area, run)
        parcel = phone.parcel()

        def send(line, parcel=parcel, photos=photos):
            status, told = line.send(parcel)
            # Each sends the photos twice: an answer may have been lost.
            pieces = [put(line, *one) for one in photos.items() for _time in range(2)]
            return status, told, pieces

        answers = together(send, lines)

        assert {status for status, _told, _pieces in answers} == {200}
        for place in range(4):
            results = [told["results"][place] for _status, told, _pieces in answers]
            assert sorted(one["state"] for one in results) == ["accepted"] + ["known"] * 4
            assert len({json.dumps(one["result"], sort_keys=True) for one in results}) == 1
        for _status, _told, pieces in answers:
            assert {(status, one["whole"]) for status, one in pieces} == {(200, True)}
        assert Visit.objects.count() == run + 1
        assert Photo.objects.exclude(file=None).count() == 3 * (run + 1)
        assert StoredFile.objects.count() == 3 * (run + 1)
    assert Visit.objects.latest("pk").photos.count() == 3


@pytest.mark.server
def test_what_comes_later_under_the_same_id_changes_nothing(ground, processes):
    area, officers = ground
    _process, address = processes.serve(workers=2, threads=4, path="/lapangan/sinkron/")
    line = Line(address, officers["lapangan.dinoyo"])
    phone, _photos = written(area, 0)
    (visited, *_rest) = phone.queue
    line.send(phone.parcel())
    others = [{**visited, "body": {**visited["body"], "advice": f"lain {n}"}} for n in range(5)]

    answers = together(line.send, [phone.parcel(one) for one in others])

    assert {told["results"][0]["state"] for _status, told in answers} == {"conflict"}
    assert Visit.objects.get().advice == "kunjungan 0"
    assert Conflict.objects.count() == 5


@pytest.mark.server
def test_what_an_officer_wrote_who_was_deactivated_meanwhile_is_kept_apart(ground, processes):
    area, officers = ground
    _process, address = processes.serve(workers=2, threads=4, path="/lapangan/sinkron/")
    leaver = officers["lapangan.dinoyo"]
    phone, _photos = written(area, 0)
    for envelope in phone.queue:
        envelope["officer"] = leaver.pk
    accounts.deactivate(officer=leaver, by=system(real_now()), why="pindah")
    lines = [Line(address, officers["pelatihan"]) for _sender in range(SENDERS)]

    answers = together(lambda line: line.send(phone.parcel()), lines)

    states = {one["state"] for _status, told in answers for one in told["results"]}
    assert states == {"quarantined"}
    assert Envelope.objects.count() == 4
    assert Visit.objects.count() == 0


def test_without_the_guard_of_the_id_five_visits_are_made(ground, monkeypatch):
    area, officers = ground
    make = receiving._envelope

    def make_with_another_id(letter, *rest):
        envelope = make(letter, *rest)
        envelope.id = new_ulid(real_now())
        return envelope

    monkeypatch.setattr(receiving, "_envelope", make_with_another_id)
    phone, _photos = written(area, 0)
    parcel = read_parcel(json.dumps(phone.parcel(phone.queue[0])).encode())
    acting = by(officers["lapangan.dinoyo"], "outreach.visit", at=real_now(), door="field")

    together(lambda _sender: actions.receive(parcel=parcel, by=acting), range(SENDERS))

    assert Visit.objects.count() == SENDERS


@contextmanager
def without_constraints(*tables):
    """The same tables without any constraint: `CREATE TABLE … AS` copies columns alone.

    Nothing that is written meanwhile is kept.
    """
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_kept")
            cursor.execute(f"CREATE TABLE {table} AS SELECT * FROM {table}_kept WHERE 1 = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE {table}")
                cursor.execute(f"ALTER TABLE {table}_kept RENAME TO {table}")


@contextmanager
def without_the_visits_own_index():
    whole = Visit._meta.get_field("key")
    loose = CharField(max_length=whole.max_length)
    loose.set_attributes_from_name("key")
    loose.model = Visit
    with connection.schema_editor() as editor:
        editor.alter_field(Visit, whole, loose)
    try:
        yield
    finally:
        Visit.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.alter_field(Visit, loose, whole)


@pytest.fixture
def looked(monkeypatch):
    """Nobody acts before all have looked whether the envelope is there."""
    times, everybody = receiving._times, Barrier(SENDERS)

    def after_all_have_looked(*given):
        everybody.wait(60)
        return times(*given)

    monkeypatch.setattr(receiving, "_times", after_all_have_looked)


def raced(area, officers):
    """Race once; return how many visits were made of one."""
    acting = by(officers["lapangan.dinoyo"], "outreach.visit", at=real_now(), door="field")
    phone, _photos = written(area, 0)
    parcel = read_parcel(json.dumps(phone.parcel(phone.queue[0])).encode())
    together(lambda _sender: actions.receive(parcel=parcel, by=acting), range(SENDERS))
    return Visit.objects.count()


def test_the_unique_indexes_alone_keep_a_visit_single(ground, looked):
    assert raced(*ground) == 1


def test_without_the_unique_indexes_each_sender_makes_a_visit(ground, looked):
    """The control: constraints keep the visit single, and no look before the act."""
    with without_constraints("sync_envelope", "sync_made"), without_the_visits_own_index():
        assert raced(*ground) == SENDERS


@pytest.mark.parametrize("tables", [("sync_envelope",), ("sync_envelope", "sync_made")])
def test_the_indexes_behind_the_envelopes_keep_a_visit_single_too(ground, looked, tables):
    with without_constraints(*tables):
        assert raced(*ground) == 1
