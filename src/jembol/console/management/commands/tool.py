"""`jembol tool link`: the methods as programs that read and write plain files."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jembol.console.programs.link import Job, run
from jembol.methods.linkage.files import NotATable
from jembol.methods.linkage.link import THRESHOLD

WRONG = 2
"""Exit status where the input has to be mended."""


class Command(BaseCommand):
    help = "Run one method on files: link (which records are one person)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        tools = parser.add_subparsers(dest="tool", required=True)
        link = tools.add_parser("link", help="which records of a list are one person")
        link.add_argument("people", type=Path, help="CSV or Parquet with record_id, nama, nik, …")
        link.add_argument("--out", type=Path, required=True, help="CSV to write")
        link.add_argument(
            "--threshold", type=float, default=THRESHOLD,
            help=f"probability from which two groups are joined (default {THRESHOLD})",
        )  # fmt: skip
        link.add_argument(
            "--engine", choices=("duckdb", "spark"), default="duckdb",
            help="one machine, or a Spark cluster",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        if not 0 < options["threshold"] < 1:
            raise CommandError(
                f"--threshold lies between 0 and 1, not at {options['threshold']}; 0.9 is cautious",
                returncode=WRONG,
            )
        started = time.monotonic()
        job = Job(options["people"], options["out"], options["threshold"], self._told)
        try:
            linked = run(job)
        except NotATable as problem:
            raise CommandError(str(problem), returncode=WRONG) from problem
        self.stderr.write(
            f"{len(linked.clusters)} records, {len(set(linked.clusters.tolist()))} people, "
            f"{linked.pairs} pairs compared, {linked.left_out[0]} keys left out as too common, "
            f"{time.monotonic() - started:.1f} s"
        )

    def _told(self, stage: str, done: int, total: int) -> None:
        end = "\n" if done == total else "\r"
        sys.stderr.write(f"{stage} {done}/{total}{end}")
        sys.stderr.flush()
