"""A register as it is written, and with its truth as the engine's columns."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.linkage.score import Numbers, read_truth
from jembol.methods.linkage.columns import Columns, columns_of_texts, stacked
from jembol.methods.linkage.files import fields_in, header_of, pieces


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a register as it is written."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Register(NamedTuple):
    """Records as columns, with what is true of each.

    Attributes:
        columns: What is compared.
        person: For each record the number of its person.
        household: For each record the number of that person's household.
    """

    columns: Columns
    person: Numbers
    household: Numbers


def read_register(path: Path) -> Register:
    """Return the records of PEOPLE.csv with what PEOPLE.truth.csv says of each."""
    fields = fields_in(header_of(path))
    parts, ids = [], []
    for piece in pieces(path, fields):
        ids += piece["record_id"]
        parts.append(columns_of_texts(piece))
    truth = read_truth(path.with_suffix(".truth.csv"))
    places = {record: place for place, record in enumerate(truth.records)}
    order = np.array([places[one] for one in ids])
    return Register(stacked(parts), truth.person[order], truth.household[order])
