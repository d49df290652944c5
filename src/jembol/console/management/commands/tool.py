"""`jembol tool`: the methods as programs that read and write plain files."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jembol.console.programs import allocate, route
from jembol.console.programs.link import Job, run
from jembol.console.programs.link_on_cluster import run_on_cluster
from jembol.methods.allocation.problem import NotAProblem
from jembol.methods.allocation.solve import GAP
from jembol.methods.linkage.files import NotATable
from jembol.methods.linkage.link import THRESHOLD
from jembol.methods.linkage.spark.refusal import NoCluster
from jembol.methods.routing import NotAProblem as NoRoutes

WRONG = 2
"""Exit status where the input has to be mended."""
LONGEST = 86_400
MOST_SEED = 10**9


class Command(BaseCommand):
    help = (
        "Run one method on files: link (which records are one person), allocate (who sits where),"
        " route (who visits whom, in what order)."
    )
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

        self._add_allocate(tools)
        self._add_route(tools)

    def _add_allocate(self, tools: Any) -> None:
        tool = tools.add_parser("allocate", help="who sits in which class")
        tool.add_argument(
            "problem", type=Path, nargs="+", help="PROBLEM.json, or applicants.csv and classes.csv"
        )
        tool.add_argument("--out", type=Path, required=True, help="JSON (or CSV) to write")
        tool.add_argument("--seconds", type=float, default=10, help="end the search after (10)")
        tool.add_argument(
            "--gap", type=float, default=GAP, help=f"share that is good enough (default {GAP})"
        )
        tool.add_argument("--seed", type=int, default=1, help="decides between equals (default 1)")
        tool.add_argument(
            "--language", choices=("id", "en"), default="id", help="of the reasons (default id)"
        )

    def _add_route(self, tools: Any) -> None:
        tool = tools.add_parser("route", help="who visits which stops, in what order")
        tool.add_argument(
            "problem", type=Path, nargs="+", help="PROBLEM.json, or stops.csv and officers.csv"
        )
        tool.add_argument("--out", type=Path, required=True, help="JSON, or CSV by its ending")
        tool.add_argument(
            "--seconds", type=float, default=10, help="of CPU for each start of the search (10)"
        )
        tool.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
        tool.add_argument(
            "--language", choices=("id", "en"), default="id", help="of the reasons (default id)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        tools = {"allocate": self._allocate, "link": self._link, "route": self._route}
        tools[options["tool"]](options)

    def _route(self, options: Mapping[str, Any]) -> None:
        paths = tuple(options["problem"])
        if not 0 <= options["seconds"] <= LONGEST:
            raise CommandError(
                f"--seconds is {options['seconds']}; give 0 to {LONGEST}", returncode=WRONG
            )
        if not 0 <= options["seed"] <= MOST_SEED:
            raise CommandError(
                f"--seed is {options['seed']}; give 0 to {MOST_SEED}", returncode=WRONG
            )
        if len(paths) > 2 or (len(paths) == 1) != (paths[0].suffix.lower() == ".json"):
            raise CommandError(
                "give one PROBLEM.json, or stops.csv and officers.csv", returncode=WRONG
            )
        job = route.Job(
            paths, options["out"], options["seconds"], options["seed"], options["language"]
        )
        started = time.monotonic()
        try:
            plan = route.run(job)
        except NoRoutes as problem:
            raise CommandError(str(problem), returncode=WRONG) from problem
        self.stderr.write(
            f"{len(plan.officers)} visited, {len(plan.unserved)} left out, objective"
            f" {plan.objective}, travel {plan.travel} s, {plan.iterations} iterations,"
            f" {time.monotonic() - started:.1f} s"
        )

    def _allocate(self, options: Mapping[str, Any]) -> None:
        paths = tuple(options["problem"])
        for name in ("seconds", "gap"):
            if not 0 <= options[name] < float("inf"):
                raise CommandError(f"--{name} is {options[name]}; give 0 or more", returncode=WRONG)
        if len(paths) > 2:
            raise CommandError(
                "give one PROBLEM.json, or applicants.csv and classes.csv", returncode=WRONG
            )
        job = allocate.Job(
            paths, options["out"], options["seconds"], options["gap"], options["seed"],
            options["language"], self._bettered,
        )  # fmt: skip
        started = time.monotonic()
        try:
            plan = allocate.run(job)
        except (NotAProblem, OverflowError) as problem:
            raise CommandError(str(problem), returncode=WRONG) from problem
        for stratum, lacking in plan.shortfalls.items():
            self.stderr.write(f"{stratum}: {lacking} seats below its minimum; no plan has fewer")
        self.stderr.write(
            f"{len(plan.placed)} placed, value {plan.value}, gap {plan.gap:.4%}, {plan.flows}"
            f" flows, {time.monotonic() - started:.1f} s"
        )

    def _bettered(self, value: int, bound: int) -> None:
        sys.stderr.write(f"value {value}, bound {bound}\n")
        sys.stderr.flush()

    def _link(self, options: Mapping[str, Any]) -> None:
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
