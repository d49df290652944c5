"""A list of people, read, checked and stored as an officer does it, with the worker."""

import csv
import io
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from bench.city import details_of
from bench.ground import kelurahan, malang, officer, reach_of
from bench.invented import Invented, invented
from bench.sizes import Sizes
from jembol.intake import actions, queries
from jembol.intake.choices import RowState, Status
from jembol.intake.models import Import
from jembol.journal.by import By
from jembol.kit.phone import Phone
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.registry import rules
from jembol.registry.models import Person

HEADER = ("Nama", "NIK", "No HP", "L/P", "Tanggal Lahir", "Alamat", "RT/RW", "Kelurahan")
KNOWN = 2000
"""So many rows of the list are about people of a city that holds people already."""
AGAIN_IN = 25
"""One row in so many repeats the row before."""
BATCH = 500

Answer = TypeVar("Answer")


def measure() -> dict[str, list[float]]:
    """Import the list, then write the same people in two barer ways."""
    rows = Sizes.asked().rows
    held = Person.objects.count()
    areas = kelurahan()
    people = _people(max(0, held - KNOWN), rows, len(areas))
    before = time.process_time()
    figures = {f"{step} (s)": [took] for step, took in _import(people, areas).items()}
    worked = time.process_time() - before
    whole = sum(values[0] for values in figures.values())
    stored = figures["storing (s)"][0]
    figures["whole import (rows/s)"] = [rows / whole]
    figures["storing alone (rows/s)"] = [rows / stored]
    figures["processor time of the whole import (ms a row)"] = [1000 * worked / rows]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["peak memory of the import (MB)"] = [peak_mb]
    bare = _bare(people, areas)
    through = _through_actions(people, areas)
    figures["bulk_create of the same people (rows/s)"] = [rows / bare]
    figures["enrol_many of the same people (rows/s)"] = [rows / through]
    figures["whole import, times bulk_create"] = [whole / bare]
    figures["whole import, times enrol_many"] = [whole / through]
    return figures


def _people(first: int, rows: int, areas: int) -> list[Invented]:
    return [invented(first + row - (row % AGAIN_IN == AGAIN_IN - 1), areas) for row in range(rows)]


def _timed(do: Callable[[], Answer]) -> tuple[float, Answer]:
    started = time.perf_counter()
    answer = do()
    return time.perf_counter() - started, answer


def _by() -> By:
    who = officer()
    return By(
        kind="officer",
        id=who.pk,
        label=who.name,
        at=timezone.now(),
        door="desk",
        reach=reach_of("intake.run"),
    )


def _import(people: Sequence[Invented], areas: Sequence[Area]) -> dict[str, float]:
    content = _list_of(people, areas)
    by = _by()
    reading, batch = _timed(
        lambda: actions.upload(
            area=malang(), kind="people", source_name="Bench", name="daftar.csv",
            content=content, by=by,
        )
    )  # fmt: skip
    (table,) = queries.tables_of(batch)
    actions.map_columns(batch=batch, chosen={0: table.outline.columns}, by=by)
    actions.preview(batch=batch, by=by)
    checking, _done = _timed(_work)
    actions.commit(batch=batch, by=replace(by, at=timezone.now()))
    storing, _done = _timed(_work)
    _refuse_half_an_import(batch, len(people))
    return {"reading": reading, "checking": checking, "storing": storing}


def _work() -> None:
    discover()
    worker = Worker("bench", lease=timedelta(minutes=10))
    while job := worker.run_once():
        if job.state != "done":
            raise RuntimeError(job.trace or job.error)


def _refuse_half_an_import(batch: Import, rows: int) -> None:
    stored = Import.objects.get(pk=batch.pk)
    there = stored.rows.exclude(state=RowState.WAITING).count()
    if stored.status != Status.COMMITTED or there != rows:
        raise RuntimeError(f"{there} of {rows} rows were stored: {stored.status}")
    print("  ", {key: value for key, value in stored.counts.items() if value})


def _list_of(people: Sequence[Invented], areas: Sequence[Area]) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(HEADER)
    for one in people:
        born = f"{one.born_on:%d/%m/%Y}"
        where = f"{one.rt:03}/{one.rw:03}"
        place = areas[one.kelurahan].name
        writer.writerow([one.name, one.nik, one.phone, one.sex, born, one.street, where, place])
    return page.getvalue().encode()


def _bare(people: Sequence[Invented], areas: Sequence[Area]) -> float:
    """Return the seconds that Django alone needs: no journal, no seal, no words, no matching."""
    at = timezone.now()
    rows = [
        Person(
            public_id=f"bench-{place}", name=one.name, folded=rules.folded_name(one.name),
            sex=one.sex, born_on=one.born_on, address=one.street, area=areas[one.kelurahan],
            phone=Phone.parse(one.phone).e164 if one.phone else "", created_at=at, changed_at=at,
        )
        for place, one in enumerate(people)
    ]  # fmt: skip

    def write() -> None:
        with transaction.atomic():
            Person.objects.bulk_create(rows, batch_size=BATCH)

    return _timed(write)[0]


def _through_actions(people: Sequence[Invented], areas: Sequence[Area]) -> float:
    """Return the seconds of the register's own bulk action: all but reading and matching."""
    rows = [replace(details_of(one, areas[one.kelurahan]), kk=None) for one in people]

    def write() -> None:
        for start in range(0, len(rows), BATCH):
            registry.enrol_many(rows[start : start + BATCH], by=_by(), door="import")

    return _timed(write)[0]
