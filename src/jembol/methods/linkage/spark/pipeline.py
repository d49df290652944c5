"""A whole list linked on a cluster.

Two shuffles carry the work: records under their keys, where likely pairs are found, and records by
their component, where people are cut. Between them the pairs come to the driver, which joins them
into components. A pair takes 20 bytes there, and a record has one or two, so by reckoning a driver
of 16 GB serves a hundred million records (`spark.driver.maxResultSize` must be above Spark's 1 GB).
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from jembol.methods.linkage.blocking import CAPS
from jembol.methods.linkage.clusters import small_components
from jembol.methods.linkage.columns import Array
from jembol.methods.linkage.files import NotATable
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.link import EDGE_FLOOR, ENOUGH_PAIRS, Edges
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.spark import carriers, steps

Told = Callable[[str, int, int], None]
ROWS_OF_A_PART: Final = 100_000
_SEPARATORS: Final = ",;\t|"
_KEEP: Final = StorageLevel.DISK_ONLY


class Outcome(NamedTuple):
    """What came of a list.

    Attributes:
        records: In the list.
        people: Groups.
        pairs: Pairs compared.
        left_out: Keys that too many records share.
    """

    records: int
    people: int
    pairs: int
    left_out: int


class List(NamedTuple):
    """A list of people that the cluster can read: a CSV or Parquet file, or a folder of them.

    Attributes:
        rows: As they are.
        name: For whoever reads a refusal.
    """

    rows: DataFrame
    name: str


def opened(session: SparkSession, people: str) -> List:
    """Open a list.

    Raises:
        NotATable: it is absent, or neither CSV nor Parquet.
    """
    try:
        if people.casefold().rstrip("/").endswith(".parquet"):
            return List(session.read.parquet(people), people)
        first = session.read.text(people).head()
        header = str(first[0]) if first else ""
        separator = max(_SEPARATORS, key=header.count)
        # As `files` reads it on one machine; a quoted cell may hold an end of line.
        rows = session.read.csv(
            people, header=True, sep=separator, quote='"', escape='"', multiLine=True,
            mode="FAILFAST",
        ).select("*")  # fmt: skip
    except AnalysisException as problem:
        raise NotATable(f"Spark finds no list at {people}: {_first_line(problem)}") from problem
    return List(rows, people)


def link_on(
    session: SparkSession, people: List, fields: Mapping[str, str], out: Path, *,
    threshold: float, told: Told,
) -> Outcome:  # fmt: skip
    """Write which records are one person: the same groups as on one machine.

    Args:
        session: Of the cluster.
        people: What to link.
        fields: For each field of `Written`, and `record_id`, the name of its column.
        out: CSV to write, in the order of the ids.
        threshold: Probability from which two groups are one person.
        told: Told stage, done, total.

    Raises:
        NotATable: the list breaks off, or has an id twice.
    """
    return _Run(session, threshold, told).through(people, fields, out)


class _Run:
    """One run, so that what it keeps on the cluster is given back together."""

    def __init__(self, session: SparkSession, threshold: float, told: Told) -> None:
        self.session = session
        self.context = session.sparkContext
        self.threshold = threshold
        self.told = told
        self.kept: list[Any] = []
        self._divide_into(2 * self.context.defaultParallelism)

    def through(self, people: List, fields: Mapping[str, str], out: Path) -> Outcome:
        try:
            return self._through(people, fields, out)
        except (PySparkException, Py4JJavaError) as problem:
            if "MALFORMED" in str(problem):
                name = people.name
                raise NotATable(f"{name} breaks off, or has rows of unlike lengths") from problem
            raise
        finally:
            for one in self.kept:
                one.unpersist()

    def _through(self, people: List, fields: Mapping[str, str], out: Path) -> Outcome:
        read, offsets, count = self._read(people, fields)
        if not count:
            return Outcome(0, _written(out, iter(())), 0, 0)
        self._divide_into(max(self.parts, count // ROWS_OF_A_PART))
        records = self._weighed(read, offsets, count)
        left_out, most = self._sizes(records)
        model = self._model(records, left_out, max(1, most // ENOUGH_PAIRS))
        edges = self._edges(records, left_out, model)
        groups = self._groups(records, count, edges, model)
        self.told("groups", 0, 1)
        written = _written(out, ((one[1], one[2], one[3]) for one in groups.toLocalIterator()))
        self.told("groups", 1, 1)
        return Outcome(count, written, edges.pairs, len(left_out))

    def _read(self, people: List, fields: Mapping[str, str]) -> tuple[DataFrame, Array, int]:
        """Return packed records in the order of their ids, and how many stand before each part."""
        self.told("read", 0, 1)
        texts = people.rows.select(
            *(sql.coalesce(_named(column).cast("string"), sql.lit("")).alias(field)
              for field, column in fields.items())
        )  # fmt: skip
        read = self._hold(
            texts.repartitionByRange(self.parts, "record_id")
            .sortWithinPartitions("record_id")
            .mapInArrow(carriers.normalised, "record_id string, again boolean, record binary")
            .withColumn("place", sql.monotonically_increasing_id())
        )
        sizes = read.groupBy(sql.shiftright("place", 33).alias("part")).count().collect()
        twice = read.where("again").select("record_id").head()
        if twice:
            raise NotATable(
                f"column record_id: two records have the id {twice[0]!r}; give each its own"
            )
        counts = np.zeros(max((row[0] for row in sizes), default=-1) + 2, np.int64)
        for row in sizes:
            counts[row[0] + 1] = row[1]
        self.told("read", 1, 1)
        return read, np.cumsum(counts), int(counts.sum())

    def _weighed(self, read: DataFrame, offsets: Array, count: int) -> DataFrame:
        self.told("keys", 0, 1)
        found = (
            read.mapInArrow(carriers.counting, "kind int, value bigint, count bigint")
            .groupBy("kind", "value")
            .agg(sql.sum("count").alias("count"))
            # A word of one record weighs as one that stands in none, so it need not travel; an
            # enterprise's does not, because there are fewer enterprises than records.
            .where(f"count > 1 or kind not in ({steps.WORD}, {steps.PHONE})")
            .toArrow()
        )
        counts = steps.Counts(
            *(found.column(name).to_numpy() for name in ("kind", "value", "count"))
        )
        rarity = self._brought(steps.rarity_of(counts))
        carry = carriers.weighing(rarity, self._brought(offsets), count)
        form = "number bigint, record_id string, record binary, keys array<bigint>"
        return self._hold(read.mapInArrow(carry, form))

    def _sizes(self, records: DataFrame) -> tuple[Array, int]:
        """Return the keys of too many records, sorted, and about how many pairs the others make."""
        caps = sql.array(*(sql.lit(int(cap)) for cap in CAPS))
        cap = sql.get(caps, sql.col("key").bitwiseAND(3).cast("int"))
        keys = records.select(sql.explode("keys").alias("key")).groupBy("key").count()
        sizes = self._hold(
            keys.where("count > 1").withColumn("is_left_out", sql.col("count") > cap)
        )
        most = sizes.where("not is_left_out").select(sql.expr("sum(count * count div 2)")).head()
        left_out = sizes.where("is_left_out").select("key").toArrow().column("key").to_numpy()
        self.told("keys", 1, 1)
        return np.sort(left_out), int(most[0] or 0) if most else 0

    def _meeting(self, records: DataFrame, left_out: Array, every: int) -> DataFrame:
        form = "key bigint, number bigint, record binary, keys array<bigint>"
        carry = carriers.meeting(self._brought(left_out), every)
        return (
            records.select("number", "record", "keys")
            .mapInArrow(carry, form)
            .repartition(self.parts, "key")
            .sortWithinPartitions("key", "number")
        )

    def _model(self, records: DataFrame, left_out: Array, every: int) -> Model:
        self.told("pairs", 0, 2)
        found = (
            self._meeting(records, left_out, every)
            .mapInArrow(carriers.sampling(every), "pattern bigint, count bigint")
            .groupBy("pattern")
            .agg(sql.sum("count").alias("count"))
            .toArrow()
        )
        counts = np.zeros(PATTERNS, np.int64)
        counts[found.column("pattern").to_numpy()] = found.column("count").to_numpy()
        self.told("pairs", 1, 2)
        return Model.shipped().of_register(counts)

    def _edges(self, records: DataFrame, left_out: Array, model: Model) -> Edges:
        carry = carriers.comparing(self._brought(model.scores))
        found = (
            self._meeting(records, left_out, 1)
            .mapInArrow(carry, "left bigint, right bigint, weight float")
            .toArrow()
        )
        left, right, weights = (found.column(name).to_numpy() for name in found.column_names)
        is_pair = left >= 0
        self.told("pairs", 2, 2)
        pairs = int(right[~is_pair].sum())
        return Edges(left[is_pair], right[is_pair], weights[is_pair], pairs)

    def _groups(self, records: DataFrame, count: int, edges: Edges, model: Model) -> DataFrame:
        components = small_components(count, edges.left, edges.right, edges.weights, EDGE_FLOOR)
        strongest = np.full(count, steps.ALONE, np.float32)
        np.maximum.at(strongest, edges.left, edges.weights)
        np.maximum.at(strongest, edges.right, edges.weights)
        met = np.flatnonzero(strongest > steps.ALONE)
        known = self.session.createDataFrame(
            pa.table({"number": met, "component": components[met], "strongest": strongest[met]})
        )
        carry = carriers.grouping(self._brought(model), self.threshold)
        return (
            records.select("number", "record_id", "record")
            .join(known, "number", "left")
            .withColumn("component", sql.coalesce("component", "number"))
            .withColumn("strongest", sql.coalesce("strongest", sql.lit(steps.ALONE).cast("float")))
            .repartition(self.parts, "component")
            .sortWithinPartitions("component", "number")
            .mapInArrow(
                carry, "number bigint, record_id string, cluster_id string, probability float"
            )
            .orderBy("number")
        )

    def _divide_into(self, parts: int) -> None:
        self.parts = parts
        self.session.conf.set("spark.sql.shuffle.partitions", parts)

    def _hold(self, rows: DataFrame) -> DataFrame:
        held = rows.persist(_KEEP)
        self.kept.append(held)
        return held

    def _brought(self, value: Any) -> Any:
        brought = self.context.broadcast(value)
        self.kept.append(brought)
        return brought


def _named(column: str) -> Any:
    return sql.col("`" + column.replace("`", "``") + "`")


def _written(out: Path, rows: Iterator[Sequence[Any]]) -> int:
    """Write the file whole or not at all; return how many people there are."""
    half = out.with_name(out.name + ".half")
    people = 0
    with half.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["record_id", "cluster_id", "probability"])
        for record, cluster, probability in rows:
            people += record == cluster
            writer.writerow([record, cluster, f"{probability:.4f}"])
    half.replace(out)
    return people


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]
