"""Fifty doors check people in at once: no error, and nobody waits over two seconds.

`JEMBOL_LOAD_SECONDS` (30) is how long. The figures are printed; run with `-s` to see them.
"""

import http.client
import os
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from jembol.journal.verify import length, verify

HERE = Path(__file__).parent
SECONDS = float(os.environ.get("JEMBOL_LOAD_SECONDS", "30"))
CLIENTS = 50
TICKETS = 500
MALANG = 35_73_00_0000_000_000
LONGEST_WAIT_S = 2.0


@dataclass
class Load:
    """What fifty clients met."""

    waits_s: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def told(self, title):
        cuts = statistics.quantiles(self.waits_s, n=100) if len(self.waits_s) > 1 else [0.0] * 99
        return (
            f"{title}: {len(self.waits_s)} written, {len(self.errors)} errors, "
            f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, p99 {cuts[98]:.3f} s, "
            f"longest {max(self.waits_s, default=0):.3f} s"
        )


@pytest.fixture
def doors(transactional_db):
    """Make the two tables of the door in the test database."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE door_ticket (code VARCHAR(20) PRIMARY KEY, person INT)")
        cursor.execute("CREATE TABLE door_visit (visit VARCHAR(40) PRIMARY KEY, code VARCHAR(20))")
        rows = [(f"T{number}", number) for number in range(TICKETS)]
        cursor.executemany("INSERT INTO door_ticket VALUES (%s, %s)", rows)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE door_visit")
        cursor.execute("DROP TABLE door_ticket")


def open_doors(processes, **env):
    return processes.serve(
        "door_app:application",
        DJANGO_SETTINGS_MODULE="door_settings",
        PYTHONPATH=f"{HERE}:{HERE.parent}",
        **env,
    )


def one_client(address, number, until, load):
    """Check in without a pause and without repeating, as fast as answers come."""
    place = urlsplit(address)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    for turn in range(10**6):
        if time.monotonic() > until:
            break
        started = time.monotonic()
        ticket = f"T{(number * 7 + turn) % TICKETS}"
        try:
            link.request("POST", f"/?ticket={ticket}&visit={number}-{turn}")
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as problem:
            load.errors.append(repr(problem))
            link.close()
            continue
        if answer.status == 200:
            load.waits_s.append(time.monotonic() - started)
        else:
            load.errors.append(answer.status)
    link.close()


def fifty_clients(address, seconds):
    load = Load()
    until = time.monotonic() + seconds
    clients = [
        threading.Thread(target=one_client, args=(address, number, until, load))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return load


def visits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM door_visit")
        return cursor.fetchone()[0]


@pytest.mark.server
@pytest.mark.load
def test_fifty_doors_write_at_once_without_error_and_without_long_waits(processes, doors):
    process, address = open_doors(processes)

    load = fifty_clients(address, SECONDS)

    print(load.told(connection.vendor))  # noqa: T201 - the figures are the point
    assert load.errors == [], process.log.read_text()[-2000:]
    assert len(load.waits_s) == visits() == length(MALANG) > CLIENTS
    assert verify(MALANG) is None
    assert max(load.waits_s) <= LONGEST_WAIT_S, load.told(connection.vendor)


@pytest.mark.server
@pytest.mark.load
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the control is about SQLite's defaults")
def test_with_djangos_own_sqlite_settings_the_same_doors_fail(processes, doors, tmp_path):
    copy = tmp_path / "defaults.sqlite3"
    with connection.cursor() as cursor:
        # A fresh file: the journal mode of the product's file would stay with it.
        cursor.execute("VACUUM INTO %s", [str(copy)])
    _process, address = open_doors(processes, DOOR_DJANGO_DEFAULTS=copy)

    load = fifty_clients(address, min(SECONDS, 8))

    print(load.told("Django's defaults"))  # noqa: T201 - the figures are the point
    assert 500 in load.errors
