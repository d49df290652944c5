"""A register as it is written, and with its truth as the engine's columns."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from jembol.methods.linkage.columns import Columns, columns_of_texts, stacked
from jembol.methods.linkage.files import fields_in, header_of, pieces


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a register as it is written."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_register(path: Path) -> tuple[Columns, Any]:
    """Return the records of PEOPLE.csv and the number of each one's person by PEOPLE.truth.csv."""
    fields = fields_in(header_of(path))
    parts, ids = [], []
    for piece in pieces(path, fields):
        ids += piece["record_id"]
        parts.append(columns_of_texts(piece))
    return stacked(parts), _people(path.with_suffix(".truth.csv"), ids)


def _people(path: Path, ids: list[str]) -> Any:
    wanted = {"record": "record_id", "person": "person_id"}
    owners: dict[str, str] = {}
    for piece in pieces(path, wanted):
        owners.update(zip(piece["record"], piece["person"], strict=True))
    return np.unique([owners[one] for one in ids], return_inverse=True)[1]
