"""`jembol tool link`: the methods as programs that read and write plain files."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jembol.console.programs.link import Job, run
from jembol.console.programs.link_on_cluster import run_on_cluster
from jembol.methods.linkage.files import NotATable
from jembol.methods.linkage.link import THRESHOLD
from jembol.methods.linkage.spark.refusal import NoCluster

WRONG = 2
"""Exit status where the input has to be mended."""


class Command(BaseCommand):
    help = "Run one method on files: link (which records are one person)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        tools = parser.add_subparsers(dest="tool", required=True)
        link = tools.add_parser("link", help="which records of a list are one person")
        link.add_argument("people", help="CSV or Parquet with record_id, nama, nik, …")
        link.add_argument("--out", type=Path, required=True, help="CSV to write")
        link.add_argument(
            "--threshold", type=float, default=THRESHOLD,
            help=f"probability from which two groups are joined (default {THRESHOLD})",
        )  # fmt: skip
        link.add_argument(
            "--engine", choices=("duckdb", "spark"), default="duckdb",
            help="one machine, or a Spark cluster",
        )  # fmt: skip
        link.add_argument(
            "--master", default="",
            help="address of the Spark cluster (default: what Spark's own settings say)",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        if not 0 < options["threshold"] < 1:
            raise CommandError(
                f"--threshold lies between 0 and 1, not at {options['threshold']}; 0.9 is cautious",
                returncode=WRONG,
            )
        started = time.monotonic()
        try:
            told = self._linked(options)
        except (NotATable, NoCluster) as problem:
            raise CommandError(str(problem), returncode=WRONG) from problem
        self.stderr.write(f"{told}, {time.monotonic() - started:.1f} s")

    def _linked(self, options: Mapping[str, Any]) -> str:
        people = str(options["people"])
        job = Job(Path(people), options["out"], options["threshold"], self._told)
        if options["engine"] == "spark":
            found = run_on_cluster(job, people, options["master"])
            return _summary(found.records, found.people, found.pairs, found.left_out)
        linked = run(job)
        clusters = linked.clusters.tolist()
        return _summary(len(clusters), len(set(clusters)), linked.pairs, linked.left_out[0])

    def _told(self, stage: str, done: int, total: int) -> None:
        end = "\n" if done == total else "\r"
        sys.stderr.write(f"{stage} {done}/{total}{end}")
        sys.stderr.flush()


def _summary(records: int, people: int, pairs: int, left_out: int) -> str:
    return (
        f"{records} records, {people} people, {pairs} pairs compared, "
        f"{left_out} keys left out as too common"
    )
