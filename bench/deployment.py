"""Deployments in temporary places: a state folder and a database, copied for each round."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

import postgres_server
from bench import ROOT

if TYPE_CHECKING:
    from bench.figures import Round
    from bench.sizes import Sizes

# The server of the tests forgets everything at a power cut; a city's must not, and is measured so.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "256MB",
}

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


def durable_server() -> postgres_server.PostgresServer:
    """Start a PostgreSQL server that keeps its promises."""
    postgres_server.SETTINGS.update(DURABLE)
    return postgres_server.PostgresServer().start()


@dataclass(frozen=True)
class Deployment:
    """One database of one engine, with the state folder that holds its keys.

    Attributes:
        engine: SQLITE or POSTGRESQL.
        name: Name of the database.
        state: Folder for keys, files and cache; copies share it.
        server: Address of the PostgreSQL server, empty for SQLite.
    """

    engine: str
    name: str
    state: Path
    server: str = ""

    def environment(self) -> dict[str, str]:
        """Return the variables with which the product finds this deployment."""
        return {
            "DJANGO_SETTINGS_MODULE": "jembol.config.settings",
            "JEMBOL_STATE": str(self.state),
            "JEMBOL_SQLITE": str(self.file),
            "JEMBOL_DATABASE_URL": self.server and f"{self.server}/{self.name}",
        }

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return self.state / f"{self.name}.sqlite3"

    def begin(self) -> Deployment:
        """Make the empty database."""
        self.state.mkdir(parents=True, exist_ok=True)
        self._ask(f'CREATE DATABASE "{self.name}"')
        return self

    def copied(self, name: str) -> Deployment:
        """Return a copy of the whole database under another name."""
        copy = Deployment(self.engine, name, self.state, self.server)
        if self.server:
            self._ask(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
            return copy
        with (
            closing(sqlite3.connect(self.file)) as old,
            closing(sqlite3.connect(copy.file)) as new,
        ):
            old.backup(new)
        return copy

    def drop(self) -> None:
        """Remove the database."""
        self._ask(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        for path in self.state.glob(f"{self.name}.sqlite3*"):
            path.unlink()

    def _ask(self, statement: str) -> None:
        if self.server:
            with psycopg.connect(f"{self.server}/postgres", autocommit=True) as link:
                link.execute(statement)

    def told(self) -> dict[str, str]:
        """Return what another process needs to find it again."""
        return {**asdict(self), "state": str(self.state)}

    @classmethod
    def found(cls, told: dict[str, str]) -> Deployment:
        """Return the deployment that another process told of."""
        return cls(**{**told, "state": Path(told["state"])})  # type: ignore[arg-type]

    def measure(self, module: str, sizes: Sizes) -> Round:
        """Run one measure here, in a process of its own."""
        answer = self.state / f"{self.name}-answer.json"
        subprocess.run(
            [sys.executable, "-m", "bench.child", module, str(answer)],
            env={**os.environ, **self.environment(), **sizes.environment()},
            cwd=ROOT,
            check=True,
        )
        measured: Round = json.loads(answer.read_text(encoding="utf-8"))
        return measured
