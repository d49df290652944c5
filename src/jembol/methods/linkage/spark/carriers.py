"""Arrow in, Arrow out: what Spark calls on its workers (`DataFrame.mapInArrow`)."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa

from jembol.methods.linkage.blocking import rows_of_keys
from jembol.methods.linkage.columns import Array, columns_of_texts, weighed
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.spark import steps
from jembol.methods.linkage.spark.records import RECORD, packed, unpacked
from jembol.methods.linkage.spelling import spelled_as

AT_ONCE: Final = 50_000
"""Rows that a worker holds; a block or a component is never divided."""

Batches = Iterator[pa.RecordBatch]
Carrier = Callable[[Batches], Batches]
Shared = Any
"""What Spark has brought to every worker once; `.value` is it."""


def normalised(batches: Batches) -> Batches:
    """Read texts, sorted by record_id; `again` tells that an id stood before."""
    last = None
    for batch in batches:
        texts = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        ids = texts.pop("record_id")
        again = [one == before for one, before in zip(ids, [last, *ids], strict=False)]
        last = ids[-1] if ids else last
        columns = columns_of_texts({"record_id": ids, **texts})
        yield _batch(record_id=pa.array(ids), again=pa.array(again), record=_bytes(columns))


def counting(batches: Batches) -> Batches:
    """Count the words and numbers of packed records."""
    for batch in batches:
        counts = steps.counts_of(unpacked(_records(batch.column("record"))))
        yield _batch(
            kind=pa.array(counts.kinds.astype(np.int32)),
            value=pa.array(counts.values),
            count=pa.array(counts.counts),
        )


def weighing(rarity: Shared, offsets: Shared, register: int) -> Carrier:
    """Number the records in the order of their ids, weigh their words and give them their keys.

    Args:
        rarity: `steps.Rarity`.
        offsets: For each partition of the sorted list, how many records stand before it.
        register: Records of the whole register.
    """

    def carried(batches: Batches) -> Batches:
        told: steps.Rarity = rarity.value
        for batch in batches:
            place = batch.column("place").to_numpy()
            columns = unpacked(_records(batch.column("record")))
            columns = weighed(spelled_as(columns, told.kelurahan, told.brought), told.frequencies)
            rows = rows_of_keys(columns, register)
            yield _batch(
                number=pa.array(offsets.value[place >> 33] + (place & ((1 << 33) - 1))),
                record_id=batch.column("record_id"),
                record=_bytes(columns),
                keys=_lists((rows > 0).sum(axis=1), rows[rows > 0].astype(np.int64)),
            )

    return carried


def meeting(left_out: Shared, every: int) -> Carrier:
    """Put each record under each of its keys, or under those of a sample.

    Args:
        left_out: Keys that too many records share, sorted.
        every: 1 for all keys.
    """

    def carried(batches: Batches) -> Batches:
        for batch in batches:
            lengths, keys = _of_lists(batch.column("keys"))
            owners = np.repeat(np.arange(len(lengths)), lengths)
            usable = steps.is_usable(keys, left_out.value)
            shared = _lists(np.bincount(owners[usable], minlength=len(lengths)), keys[usable])
            kept = np.flatnonzero(steps.is_kept(keys, left_out.value, every))
            whose = pa.array(owners[kept])
            yield _batch(
                key=pa.array(keys[kept]),
                number=batch.column("number").take(whose),
                record=batch.column("record").take(whose),
                keys=shared.take(whose),
            )

    return carried


def sampling(every: int) -> Carrier:
    """Count the patterns of evidence where records meet."""

    def carried(batches: Batches) -> Batches:
        for table in whole(batches, "key"):
            patterns, counts = steps.patterns_within(_met(table), every)
            yield _batch(pattern=pa.array(patterns), count=pa.array(counts))

    return carried


def comparing(scores: Shared) -> Carrier:
    """Keep the likely pairs where records meet; a row of none tells how many were looked at."""

    def carried(batches: Batches) -> Batches:
        for table in whole(batches, "key"):
            edges = steps.edges_within(_met(table), scores.value)
            yield _batch(
                left=pa.array(np.append(edges.left, -1)),
                right=pa.array(np.append(edges.right, edges.pairs)),
                weight=pa.array(np.append(edges.weights, np.float32(0))),
            )

    return carried


def grouping(model: Shared, threshold: float) -> Carrier:
    """Cut components into people."""

    def carried(batches: Batches) -> Batches:
        told: Model = model.value
        for table in whole(batches, "component"):
            certain = steps.groups_within(
                table.column("component").to_numpy(),
                _records(table.column("record")),
                table.column("strongest").to_numpy(),
                told,
                threshold,
            )
            ids = table.column("record_id").combine_chunks()
            yield _batch(
                number=table.column("number").combine_chunks(),
                record_id=ids,
                cluster_id=ids.take(pa.array(certain.firsts)),
                probability=pa.array(certain.probabilities),
            )

    return carried


def whole(batches: Batches, name: str, at_once: int = AT_ONCE) -> Iterator[pa.Table]:
    """Yield rows so that those with one value of a sorted column stay together.

    Args:
        batches: Sorted by the column.
        name: Of the column, of whole numbers.
        at_once: Rows after which a table ends with the value before.
    """
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) < at_once:
            continue
        table = pa.Table.from_batches(held).combine_chunks()
        values = table.column(name).to_numpy()
        end = int(np.searchsorted(values, values[-1]))
        if end:
            yield table.slice(0, end)
        held = table.slice(end).to_batches()
    if held:
        yield pa.Table.from_batches(held).combine_chunks()


def _met(table: pa.Table) -> steps.Met:
    lengths, shared = _of_lists(table.column("keys").combine_chunks())
    return steps.Met(
        table.column("key").to_numpy(),
        table.column("number").to_numpy(),
        _records(table.column("record")),
        lengths,
        shared,
    )


def _batch(**columns: pa.Array) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def _bytes(columns: Any) -> pa.Array:
    rows = packed(columns)
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * np.int32(RECORD.itemsize)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(rows.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(rows), buffers)


def _records(column: pa.Array | pa.ChunkedArray) -> Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if not len(column):
        return np.zeros(0, RECORD)
    _valid, offsets, data = column.buffers()
    first = np.frombuffer(offsets, np.int32, 1, 4 * column.offset)[0]
    return np.frombuffer(data, RECORD, len(column), int(first))


def _lists(lengths: Array, values: Array) -> pa.Array:
    offsets = np.append(0, np.cumsum(lengths)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))


def _of_lists(column: pa.Array) -> tuple[Array, Array]:
    return column.value_lengths().to_numpy(), column.flatten().to_numpy()
