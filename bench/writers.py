"""Fifty doors that check people in at once, with the client of the load test."""

import sqlite3
import statistics
import tempfile
from contextlib import closing
from pathlib import Path

import test_fifty_writers as load_test
from django.conf import settings
from django.db import connection

from bench.sizes import Sizes
from processes import Processes


def measure() -> dict[str, list[float]]:
    """Measure the product's settings, then (SQLite) those without the gate and Django's own."""
    _make_doors()
    figures = _load("the product")
    if connection.vendor == "sqlite":
        figures |= _load("without the write gate", DOOR_WITHOUT_GATE="1")
        figures |= _load("Django's own settings", DOOR_DJANGO_DEFAULTS=_fresh_file())
    return figures


def _make_doors() -> None:
    rows = [(f"T{number}", number) for number in range(load_test.TICKETS)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE door_ticket (code VARCHAR(20) PRIMARY KEY, person INT)")
        cursor.execute("CREATE TABLE door_visit (visit VARCHAR(40) PRIMARY KEY, code VARCHAR(20))")
        cursor.executemany("INSERT INTO door_ticket VALUES (%s, %s)", rows)


def _fresh_file() -> str:
    """Return a copy without our journal mode, which would stay with the file."""
    copy = f"{connection.settings_dict['NAME']}.defaults"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as link:
        link.execute("VACUUM INTO ?", [copy])
    return copy


def _load(name: str, **more: str) -> dict[str, list[float]]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM door_visit")
    with tempfile.TemporaryDirectory(prefix="jembol-bench-") as logs:
        processes = Processes(settings.STATE, logs=Path(logs))
        try:
            _process, address = load_test.open_doors(processes, **more)
            met = load_test.fifty_clients(address, Sizes.asked().seconds)
        finally:
            processes.stop_all()
    waits = met.waits_s or [0.0]
    cuts = statistics.quantiles([*waits, *waits], n=100, method="inclusive")
    return {
        f"{name}: written (/s)": [len(met.waits_s) / Sizes.asked().seconds],
        f"{name}: refused (% of all)": [100 * len(met.errors) / (len(met.errors) + len(waits))],
        f"{name}: wait, p50 (ms)": [1000 * cuts[49]],
        f"{name}: wait, p95 (ms)": [1000 * cuts[94]],
        f"{name}: longest wait (ms)": [1000 * max(waits)],
        f"{name}: longest wait, share of the limit of 2 s": [max(waits) / load_test.LONGEST_WAIT_S],
    }
