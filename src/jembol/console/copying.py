"""Copy the whole database out and in again: SQLite by itself, PostgreSQL with its own programs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

DEBIAN_BINARIES = Path("/usr/lib/postgresql")


class CannotCopy(Exception):
    """What is missing or in the way, and the remedy."""


def engine() -> str:
    """Return the kind of database of this deployment: sqlite or postgresql."""
    return str(connection.vendor)


def is_empty() -> bool:
    """Say whether the database has no table yet."""
    return not connection.introspection.table_names()


def copy_out(target: Path) -> None:
    """Write a copy of the database, from one consistent moment, while others work on.

    Raises:
        CannotCopy: a program of PostgreSQL is missing or refuses.
    """
    if engine() == "sqlite":
        # A connection of its own, past the write gate: VACUUM INTO only reads.
        with closing(sqlite3.connect(f"file:{_sqlite_file()}?mode=ro", uri=True)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
        return
    _run("pg_dump", "--format=custom", f"--file={target}", _name())


def copy_in(source: Path, *, aside: Path) -> None:
    """Put the copy in the place of the database; what was there stays under another name.

    Args:
        source: The checked copy; it is moved.
        aside: A fresh folder; its name also names the former database of PostgreSQL.

    Raises:
        CannotCopy: the copy is broken, or PostgreSQL refuses; the former database stands.
    """
    if engine() == "sqlite":
        _swap_sqlite(source, aside)
    else:
        _swap_postgresql(source, aside.name.replace("-", "_"))


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _swap_sqlite(source: Path, aside: Path) -> None:
    with closing(sqlite3.connect(source)) as fresh:
        (said,) = fresh.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise CannotCopy(f"The database in the archive is broken: {said}")
    file = _sqlite_file()
    connection.close()
    if file.exists():
        with closing(sqlite3.connect(file)) as former:
            # What stands in the -wal file belongs to the database that is kept.
            former.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.rename(aside / file.name)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    source.rename(file)


def _swap_postgresql(source: Path, former: str) -> None:
    """Restore into a new database, then let the two change names."""
    name, fresh = _name(), f"{_name()}_restoring"
    connection.close()
    _administer([sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh))])
    _administer([sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh))])
    try:
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={fresh}", str(source))
        _administer([_renamed(name, f"{name}_{former}"), _renamed(fresh, name)])
    except CannotCopy:
        _administer([sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh))])
        raise


def _renamed(old: str, new: str) -> sql.Composed:
    names = (sql.Identifier(old), sql.Identifier(new))
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names)


def _administer(statements: Sequence[sql.Composed]) -> None:
    of = connection.settings_dict
    words: dict[str, Any] = {
        "host": of["HOST"], "port": of["PORT"], "user": of["USER"], "password": of["PASSWORD"]
    }  # fmt: skip
    given = {name: value for name, value in words.items() if value}
    try:
        # One transaction, so that both renamings happen or neither does; creating stands alone.
        with psycopg.connect(
            **given, dbname="postgres", autocommit=len(statements) == 1
        ) as maintenance:
            for statement in statements:
                maintenance.execute(statement)
    except psycopg.Error as problem:
        raise CannotCopy(f"PostgreSQL refuses: {str(problem).strip()}") from problem


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL against the server of this deployment.

    Raises:
        CannotCopy: it is missing, or it failed.
    """
    of = connection.settings_dict
    access = {"PGHOST": of["HOST"], "PGPORT": of["PORT"], "PGUSER": of["USER"]}
    access["PGPASSWORD"] = of["PASSWORD"]
    done = subprocess.run(
        [_found(program), *words],
        env={**os.environ, **{name: str(value) for name, value in access.items() if value}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotCopy(f"{program} failed: {done.stderr.strip() or done.returncode}")


def _found(program: str) -> str:
    debian = sorted(
        DEBIAN_BINARIES.glob(f"*/bin/{program}"), key=lambda path: int(path.parent.parent.name)
    )
    found = str(debian[-1]) if debian else shutil.which(program)
    if found is None:
        raise CannotCopy(f"{program} is missing. Install it: apt-get install postgresql-client")
    return found
