"""`jembol tool link`: which records of a list are one person."""

from __future__ import annotations

import csv
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from jembol.console.programs.stages import Stages
from jembol.intake.columns import propose
from jembol.intake.known_fields import ListKind
from jembol.methods.linkage.blocking import Blocks, blocks_of
from jembol.methods.linkage.clusters import Tree, decided_of, tree_of
from jembol.methods.linkage.columns import (
    Columns,
    Frequencies,
    chosen,
    columns_of_texts,
    frequencies_of,
    stacked,
    weighed,
)
from jembol.methods.linkage.files import NotATable, fields_in, header_of, pieces, rows_in
from jembol.methods.linkage.link import (
    EDGE_FLOOR,
    Edges,
    Linked,
    edges_of,
    grouped,
    joined_edges,
    learned,
    ordered,
    spans_of,
)
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.shares import Shares
from jembol.methods.linkage.spelling import spelled_alike

FROM_PROCESSES: Final = 100_000
"""Rows from which reading is divided over processes: starting them takes a second."""

PARTS: Final = 16

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to link.

    Attributes:
        people: CSV or Parquet.
        out: CSV to write: record_id, cluster_id, probability.
        threshold: Probability from which two groups are one person.
        told: Told stage, done, total.
    """

    people: Path
    out: Path
    threshold: float
    told: Told


def run(job: Job) -> Linked:
    """Link the file, going on where an earlier run of the same file broke off.

    Raises:
        NotATable: the file cannot be read, has no `record_id`, or has one twice.
    """
    fields = fields_of(header_of(job.people), job.people.name)
    stages = Stages(job.out.with_name(job.out.name + ".part"), _identity(job.people, fields))
    ids, columns = _read(job, fields, stages)
    order, _places = _ordered(ids)
    columns = spelled_alike(chosen(columns, order))
    frequencies = frequencies_of(columns)
    columns = weighed(columns, frequencies)
    job.told("keys", 0, 1)
    blocks = blocks_of(columns)
    model = _model(columns, blocks, stages)
    edges = _edges(columns, blocks, model, stages, job.told)
    linked = _grouped(columns, model, frequencies, blocks, edges, order, job)
    _write(job.out, ids, linked)
    stages.close()
    return linked


def fields_of(header: list[str], name: str) -> dict[str, str]:
    """Return for each known field its column, also by the headers that the import knows.

    Raises:
        NotATable: there is no `record_id`.
    """
    found = fields_in(header)
    if "record_id" not in found:
        raise NotATable(
            f"{name} has no column record_id; add one with a different value in each row"
        )
    return {**_recognised(header, found), **found}


# What the import calls these fields.
_OURS: Final = {
    "owner_name": "name", "name": "name", "nik": "nik", "sex": "sex", "born_on": "born_on",
    "phone": "phone", "address": "address", "rt_rw": "rt", "rt": "rt", "rw": "rw",
    "kelurahan": "kelurahan", "kecamatan": "kecamatan", "city": "city",
    "enterprise_name": "business",
}  # fmt: skip


def _recognised(header: list[str], found: dict[str, str]) -> dict[str, str]:
    """Return further fields by the headers that the import knows."""
    proposal = propose(header, [], ListKind.PEOPLE)
    taken = set(found.values())
    return {
        _OURS[column.field]: column.header
        for column in proposal.columns
        if column.field in _OURS and column.header not in taken
    }


def _identity(path: Path, fields: dict[str, str]) -> dict[str, Any]:
    held = path.stat()
    model = sha256(repr(sorted(Model.shipped().to_json().items())).encode()).hexdigest()[:16]
    return {
        "file": str(path.resolve()), "size": held.st_size, "changed": held.st_mtime_ns,
        "fields": fields, "model": model, "version": 1,
    }  # fmt: skip


def _read(job: Job, fields: dict[str, str], stages: Stages) -> tuple[Any, Columns]:
    total = rows_in(job.people)
    ids, parts = [], []
    for names, columns in _pieces(job.people, fields, stages, total):
        ids.append(names)
        parts.append(columns)
        job.told("read", sum(map(len, ids)), total)
    if not parts:
        return np.array([], np.str_), columns_of_texts({"name": ()})
    return np.concatenate(ids), stacked(parts)


def _pieces(
    path: Path, fields: dict[str, str], stages: Stages, total: int
) -> Iterator[tuple[Any, Columns]]:
    if total < FROM_PROCESSES:
        for piece in pieces(path, fields):
            yield np.array(piece["record_id"], np.str_), columns_of_texts(piece)
        return
    waiting: deque[tuple[str, Any, Future[Columns] | Columns]] = deque()
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for number, piece in enumerate(pieces(path, fields)):
            stage = f"read-{number:05}"
            held = stages.known(stage)
            names = np.array(piece["record_id"], np.str_)
            waiting.append(
                (stage, names, Columns(**held) if held else pool.submit(columns_of_texts, piece))
            )
            if len(waiting) > 2 * workers:
                yield _taken(stages, *waiting.popleft())
        while waiting:
            yield _taken(stages, *waiting.popleft())


def _taken(
    stages: Stages, stage: str, names: Any, made: Future[Columns] | Columns
) -> tuple[Any, Columns]:
    if isinstance(made, Columns):
        return names, made
    columns = made.result()
    stages.keep(stage, columns._asdict())
    return names, columns


def _ordered(ids: Any) -> tuple[Any, Any]:
    try:
        return ordered(ids)
    except ValueError as problem:
        raise NotATable(f"column record_id: {problem}") from problem


def _model(columns: Columns, blocks: Blocks, stages: Stages) -> Model:
    def shares() -> dict[str, Any]:
        return {"shares": np.array(learned(columns, blocks, Model.shipped()).here or ())}

    # A register without a pair shows no shares.
    told = stages.made("model", shares)["shares"].tolist()
    return Model.shipped().holding(Shares(*told) if told else None)


def _edges(columns: Columns, blocks: Blocks, model: Model, stages: Stages, told: Told) -> Edges:
    scores = model.scores
    found = []
    spans = spans_of(blocks.sizes, PARTS)
    for number, span in enumerate(spans):
        stage = f"pairs-{number:02}"
        held = stages.made(stage, partial(_edges_within, columns, blocks, scores, span))
        found.append(Edges(held["left"], held["right"], held["weights"], int(held["pairs"])))
        told("pairs", number + 1, len(spans))
    return joined_edges(found)


def _edges_within(
    columns: Columns, blocks: Blocks, scores: Any, span: tuple[int, int]
) -> dict[str, Any]:
    return edges_of(columns, blocks, scores, span)._asdict()


def _grouped(
    columns: Columns, model: Model, frequencies: Frequencies, blocks: Blocks, edges: Edges,
    order: Any, job: Job,
) -> Linked:  # fmt: skip
    job.told("groups", 0, 1)
    nothing = decided_of(np.zeros((0, 2)), np.zeros((0, 2)))
    tree: Tree = tree_of(
        columns, model.scores, edges.left, edges.right, edges.weights, nothing, EDGE_FLOOR,
        model.join,
    )  # fmt: skip
    linked = grouped(columns, model, frequencies, blocks, edges, tree, order, job.threshold)
    job.told("groups", 1, 1)
    return linked


def _write(out: Path, ids: Any, linked: Linked) -> None:
    half = out.with_name(out.name + ".half")
    with half.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["record_id", "cluster_id", "probability"])
        chances = np.char.mod("%.4f", linked.probabilities)
        writer.writerows(
            zip(ids.tolist(), ids[linked.clusters].tolist(), chances.tolist(), strict=True)
        )
    half.replace(out)
