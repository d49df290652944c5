"""`python -m bench [NAME …]`: measure, on SQLite and PostgreSQL in turn, and print tables."""

import argparse
import json
import shutil
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

from bench.deployment import POSTGRESQL, SQLITE, Deployment, durable_server
from bench.figures import Table
from bench.machine import busyness, machine
from bench.sizes import Sizes

TITLES = {
    "cold_start": "Cold start",
    "writers": "Fifty writers at once",
    "import_rows": "Import into an empty register",
    "import_into_city": "Import into the city",
    "city": "Building the city through actions (each chunk is a round)",
    "pages": "Pages over HTTP",
    "depth": "Rows of the list of people between 80 and 95 per cent of its length",
    "searching": "Finding people",
    "journal": "Verifying the journal",
    "hall": "A class of 6,000 over HTTP",
    "live": "One person looked up while somebody types",
    "phone": "The same on a phone, among 5,000 carried people",
    "field_app": "The field app: first opening, and starts from cold",
}
IN_A_CITY = ("city", "pages", "depth", "searching", "journal")
"""What needs the city with all its people."""
IMPORTS = ("import_rows", "import_into_city")

Deployments = dict[str, Deployment]
"""Deployments by engine."""


class Run:
    """One run: its deployments, and what was measured so far."""

    def __init__(self, sizes: Sizes, grounds: Deployments, cities: Deployments) -> None:
        """Measure on these deployments.

        Args:
            sizes: How much.
            grounds: The country's areas and one open city, by engine.
            cities: The same with all people; empty when nothing asks for them.
        """
        self.sizes = sizes
        self.grounds = grounds
        self.cities = cities
        self.tables: list[Table] = []

    def measure(self, name: str) -> None:
        """Repeat one measure, engine after engine in each round."""
        table = self._table(name)
        for number in range(self.sizes.rounds):
            for engine in self.grounds:
                print(f".. {name}, round {number + 1}, {engine}; {busyness()}", flush=True)
                deployment, drop = self._place(name, engine)
                try:
                    module = "import_rows" if name in IMPORTS else name
                    table.add(engine, deployment.measure(module, self.sizes))
                finally:
                    drop()

    def _place(self, name: str, engine: str) -> tuple[Deployment, Callable[[], None]]:
        """Return where one round of a measure runs, and how to clean up after it."""
        ground = self.grounds[engine]
        if name in IN_A_CITY:
            return self.cities[engine], lambda: None
        if name == "cold_start":
            fresh = Deployment(engine, "fresh", ground.state, ground.server).begin()
            return fresh, fresh.drop
        source = self.cities[engine] if name == "import_into_city" else ground
        copy = source.copied(f"{source.name}-{name}")
        return copy, copy.drop

    def _table(self, name: str) -> Table:
        table = Table(TITLES[name], list(self.grounds))
        self.tables.append(table)
        return table


class Builder:
    """Makes the deployments of a run in a temporary folder and takes them away again."""

    def __init__(self, sizes: Sizes) -> None:
        """Start the PostgreSQL server and prepare the ground on both engines."""
        self.sizes = sizes
        self.folder = Path(tempfile.mkdtemp(prefix="jembol-bench-"))
        self.server = durable_server()
        address = self.server.url_of("").rstrip("/")
        self.grounds = {
            SQLITE: Deployment(SQLITE, "ground", self.folder / SQLITE),
            POSTGRESQL: Deployment(POSTGRESQL, "ground", self.folder / POSTGRESQL, address),
        }
        self.cities: Deployments = {}
        for engine, ground in self.grounds.items():
            print(f".. ground on {engine}", flush=True)
            ground.begin().measure("ground", sizes)

    def build_cities(self) -> Table:
        """Build the city on both engines at once; return how fast that was."""
        print(f".. city on both engines; {busyness()}", flush=True)
        table = Table(TITLES["city"], list(self.grounds))
        self.cities = {engine: one.copied("city") for engine, one in self.grounds.items()}
        with ThreadPoolExecutor() as pool:
            building = {
                engine: pool.submit(city.measure, "city", self.sizes)
                for engine, city in self.cities.items()
            }
        for engine, built in building.items():
            table.add(engine, built.result())
        return table

    def hold(self, file: Path) -> None:
        """Write down where the deployments are, and wait until told to end."""
        told = {
            "grounds": [one.told() for one in self.grounds.values()],
            "cities": [one.told() for one in self.cities.values()],
        }
        file.write_text(json.dumps(told), encoding="utf-8")
        print(
            f"The city stands ready: python -m bench --use {file} NAME … (Ctrl-C or SIGTERM ends)"
        )
        # A shell that starts this in the background lets it ignore Ctrl-C.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            signal.pause()

    def clear(self) -> None:
        """Stop the server and remove everything."""
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def main() -> None:
    """Measure what the command line names."""
    asked = _arguments()
    sizes = Sizes(**{one.name: getattr(asked, one.name) for one in fields(Sizes)})
    facts = [*machine(), f"Sizes: {sizes}", f"Before: {busyness()}"]
    tables: list[Table] = []
    try:
        if asked.use:
            _measure(Run(sizes, *_held(asked.use)), asked.names, tables)
        else:
            _measure_afresh(sizes, asked, tables)
    finally:
        print("\n".join(["", *facts, f"After: {busyness()}", ""]))
        for table in tables:
            print("\n".join(table.lines()))


def _measure_afresh(sizes: Sizes, asked: argparse.Namespace, tables: list[Table]) -> None:
    builder = Builder(sizes)
    try:
        if asked.hold or set(asked.names) & {*IN_A_CITY, "import_into_city"}:
            tables.append(builder.build_cities())
        if asked.hold:
            print("\n".join(tables[0].lines()))
            builder.hold(asked.hold)
        else:
            _measure(Run(sizes, builder.grounds, builder.cities), asked.names, tables)
    finally:
        builder.clear()


def _measure(run: Run, names: list[str], tables: list[Table]) -> None:
    try:
        for name in names:
            if name != "city":
                run.measure(name)
    finally:
        tables.extend(run.tables)


def _held(file: Path) -> tuple[Deployments, Deployments]:
    """Return the grounds and the cities that another process holds."""
    told = json.loads(file.read_text(encoding="utf-8"))
    grounds, cities = (
        {one["engine"]: Deployment.found(one) for one in told[kind]}
        for kind in ("grounds", "cities")
    )
    return grounds, cities


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(TITLES)}")
    for one in fields(Sizes):
        parser.add_argument(f"--{one.name}", type=int, default=one.default)
    parser.add_argument("--hold", type=Path, metavar="FILE", help="only build, and wait")
    parser.add_argument("--use", type=Path, metavar="FILE", help="measure what --hold built")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(TITLES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    asked.names = asked.names or list(TITLES)
    return asked


if __name__ == "__main__":
    main()
