"""What keeps two turns of one venue or mentor apart, in the words of each database.

PostgreSQL has an exclusion constraint for it (its manual, 8.17.10). SQLite has none, so triggers
look for a row that shares a moment. Both are half-open: the next turn may begin when one ends.
Turns whose session has no hours stand in the way of their like only, hence two lanes per table.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration must
run `install` again at its end (a test finds a missing guard).
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TURNS: Final = (("training_venueturn", "venue_id"), ("training_mentorturn", "mentor_id"))
"""Each table of turns, and the column of what the turn takes."""

_LANES: Final = (("with_hours", "has_hours"), ("of_whole_days", "NOT has_hours"))


def names(*, vendor: str) -> list[tuple[str, str]]:
    """Return each guard with its table."""
    kinds = ("with_hours", "of_whole_days") if vendor == "postgresql" else ("insert", "update")
    return [(f"{table}_stay_apart_{kind}", table) for table, _taken in TURNS for kind in kinds]


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards, no matter which of them are there."""
    remove(_apps, schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        # Trusted since PostgreSQL 13: the owner of a database may create it.
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist", params=None)
    for table, taken in TURNS:
        for statement in (_excluded if is_postgresql else _triggered)(table, taken):
            schema_editor.execute(statement, params=None)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the guards; the extension stays, for others may use it."""
    vendor = schema_editor.connection.vendor
    for name, table in names(vendor=vendor):
        statement = (
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"
            if vendor == "postgresql"
            else f"DROP TRIGGER IF EXISTS {name}"
        )
        schema_editor.execute(statement, params=None)


def _excluded(table: str, taken: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_stay_apart_{lane} EXCLUDE USING gist "
        f"({taken} WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ({condition})"
        for lane, condition in _LANES
    ]


def _triggered(table: str, taken: str) -> list[str]:
    return [_trigger(table, taken, verb) for verb in ("INSERT", "UPDATE")]


def _trigger(table: str, taken: str, verb: str) -> str:
    # Moments are texts in UTC of one form, so they compare like moments.
    itself = "AND other.id <> OLD.id" if verb == "UPDATE" else ""
    return f"""CREATE TRIGGER {table}_stay_apart_{verb.lower()} BEFORE {verb} ON {table}
    WHEN EXISTS (
        SELECT 1 FROM {table} AS other
        WHERE other.{taken} = NEW.{taken} AND other.has_hours = NEW.has_hours
          AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at {itself}
    )
    BEGIN SELECT RAISE(ABORT, '{table}: two turns share a moment'); END"""  # noqa: S608 - own names
