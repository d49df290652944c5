"""A record as bytes of one length, so that a cluster can carry it as one value."""

from typing import Any, Final

import numpy as np

from jembol.methods.linkage.columns import Array, Columns, columns_of_texts


def _form() -> np.dtype[Any]:
    nobody = columns_of_texts({"name": ()})
    return np.dtype(
        [
            (name, column.dtype, column.shape[1:])
            for name, column in zip(Columns._fields, nobody, strict=True)
        ]
    )


RECORD: Final = _form()
"""The columns of one record, one after another."""


def packed(columns: Columns) -> Array:
    """Return the records as rows of `RECORD`."""
    rows = np.empty(len(columns.nik), RECORD)
    for name, column in zip(Columns._fields, columns, strict=True):
        rows[name] = column
    return rows


def unpacked(rows: Array) -> Columns:
    """Return the columns of rows of `RECORD`."""
    # Copies, so that compiled code sees the same kind of array as on one machine.
    return Columns(*(np.array(rows[name], order="C") for name in Columns._fields))
