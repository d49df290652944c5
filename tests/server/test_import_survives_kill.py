"""kill -9 at random points of an import: what is stored is stored once, and nothing is missing.

`JEMBOL_KILL_ROWS` sets the size (default 20,000).
"""

import os
import random
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

import city
from jembol.intake import actions, queries
from jembol.intake.choices import RowState, Status
from jembol.intake.models import Import
from jembol.journal.models import Fact
from jembol.outbox.choices import JobState
from jembol.outbox.models import Job
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.registry.models import Person
from processes import wait_until

ROWS = int(os.environ.get("JEMBOL_KILL_ROWS", "20000"))
KILLS = 20
LEASE = {"JEMBOL_JOB_LEASE_SECONDS": 1}
PLACES = ("Dinoyo", "Kauman", "Purwantoro", "Merjosari")
HEADER = "Nama,No HP,Alamat,Kelurahan"


def line_of(number):
    """One row and its verdict: most are new, some repeat, resemble or lack something."""
    place = PLACES[number % len(PLACES)]
    new = f"Orang Uji {number:06d},0812{number:08d},Jl. Uji {number},{place}", "create"
    twin = number - 7
    special = {
        11: (f"Orang Uji {twin:06d},0812{twin:08d},,", "unchanged"),
        23: (f"Orang Uji {twin:06d},0812{twin:08d},Gang Baru {number},", "update"),
        31: (f"Orang Uji {twin:06d} Baru,0812{twin:08d},,", "duplicate"),
        43: (f",0812{number:08d},,", "error"),
    }
    return special.get(number % 50, new)


def list_of(count):
    told = [line_of(number) for number in range(count)]
    text = "\n".join([HEADER, *(line for line, _verdict in told)])
    return text.encode(), [verdict for _line, verdict in told]


@pytest.fixture
def by(transactional_db):
    city.build_areas()
    officer = city.build_officer("pelatihan", *city.OFFICERS["pelatihan"])
    return city.by(officer, "intake.run", at=timezone.now())


def mapped(content, by):
    batch = actions.upload(
        area=city.area(city.MALANG), kind="people", source_name="Uji", name="uji.csv",
        content=content, by=by,
    )  # fmt: skip
    (table,) = queries.tables_of(batch)
    return actions.map_columns(batch=batch, chosen={0: table.outline.columns}, by=by)


def job_of(batch):
    return Job.objects.get(pk=Import.objects.get(pk=batch.pk).job_id)


def got_to(batch, row, worker):
    assert worker.poll() is None, worker.log.read_text()
    job = job_of(batch)
    return job.done >= row or job.finished_at


def work_with_kills(processes, batch, points, dice):
    """Kill each worker when so many rows are done and a moment more has passed."""
    running = 0
    for point in points:
        worker = processes.command("worker", **LEASE)
        wait_until(lambda p=point, w=worker: got_to(batch, p, w), seconds=240, what=f"row {point}")
        time.sleep(dice.random() * 0.4)
        processes.kill(worker)
        running += job_of(batch).state == JobState.RUNNING
    processes.command("worker", **LEASE)
    wait_until(lambda: job_of(batch).finished_at, seconds=600, what="the end")
    return running


def log_of(batch):
    """What each row says it did: (verdict, name, person)."""
    return [
        (str(view.verdict), view.name, view.person_id, view.state)
        for view in map(queries.row_view, queries.rows_of(batch).iterator(chunk_size=2000))
    ]


@pytest.mark.server
def test_twenty_kills_leave_each_row_stored_once(processes, by):
    content, expected = list_of(ROWS)
    batch = mapped(content, by)
    actions.preview(batch=batch, by=by)
    discover()
    Worker("tests", lease=timedelta(hours=1)).run_once()
    actions.commit(batch=batch, by=replace(by, at=timezone.now()))
    dice = random.Random(20241007)
    points = sorted(dice.randrange(int(ROWS * 0.95)) for _kill in range(KILLS))

    running = work_with_kills(processes, batch, points, dice)

    stored = Import.objects.get(pk=batch.pk)
    assert (job_of(batch).state, stored.status) == (JobState.DONE, Status.COMMITTED)
    assert running == KILLS, "a worker was killed after the work was over: points come too late"
    assert {verdict: stored.counts[verdict] for verdict in set(expected)} == Counter(expected)
    assert not stored.rows.filter(state=RowState.WAITING).exists()
    check_log_against_register(stored, expected)
    check_bad_rows(stored, expected)


def check_log_against_register(batch, expected):
    log = log_of(batch)
    made = {person: name for verdict, name, person, _state in log if verdict == "create"}
    register = dict(Person.objects.values_list("pk", "name"))
    assert [verdict for verdict, *_rest in log] == expected
    assert made == register
    assert len(set(register.values())) == len(register) == Counter(expected)["create"]
    changed = {person for verdict, _name, person, _state in log if verdict == "update"}
    assert changed == set(Person.objects.filter(version=2).values_list("pk", flat=True))
    facts = Counter(Fact.objects.filter(person_id__isnull=False).values_list("event", flat=True))
    assert facts["registry.person.enrolled"] == len(register)
    assert facts["registry.person.changed"] == len(changed)


def check_bad_rows(batch, expected):
    bad = list(queries.bad_rows(batch))
    assert len(bad) == batch.counts["error"] == Counter(expected)["error"]
    assert all(line[-2] for line in bad)


@pytest.mark.server
def test_a_killed_preview_and_a_killed_undo_go_on_where_they_were(processes, by):
    size = max(ROWS // 8, 1000)
    content, expected = list_of(size)
    batch = mapped(content, by)
    dice = random.Random(20170808)

    for action, status in (
        (actions.preview, Status.PREVIEWED),
        (actions.commit, Status.COMMITTED),
        (actions.undo, Status.UNDONE),
    ):
        action(batch=batch, by=replace(by, at=timezone.now()))
        work_with_kills(processes, batch, [size // 4, size // 2], dice)

        after = Import.objects.get(pk=batch.pk)
        assert (after.status, job_of(batch).error) == (status, "")
        assert [verdict for verdict, *_rest in log_of(after)] == expected
    assert not Person.objects.exists()
