"""Django's SQLite backend with the write gate in front of every write."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3.features import DatabaseFeatures as SQLiteFeatures
from django.db.utils import OperationalError
from django.utils.functional import cached_property

from jembol.config.sqlite_gate.gate import Gate, GateShut

if TYPE_CHECKING:
    from collections.abc import Iterator

# django-stubs leaves out the backend's hooks that begin with an underscore: `type: ignore[misc]`.
READING_WORDS = ("SELECT", "PRAGMA", "EXPLAIN", "WITH", "VALUES")


class GatedCursor(sqlite.SQLiteCursorWrapper):
    """A cursor whose single writes outside a transaction pass the gate too."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement, through the gate when it writes by itself."""
        with self.wrapper.own_turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for many rows, through the gate when it writes by itself."""
        with self.wrapper.own_turn(query):
            return super().executemany(query, param_list)


class DatabaseFeatures(SQLiteFeatures):
    """What this SQLite can do."""

    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]
        """Ask SQLite itself: Django 5.2 assumes 999, the default since 3.32 (2020) is 32766."""
        self.connection.ensure_connection()
        limit: int = self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        return limit


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """A connection that queues at the gate before it writes.

    `OPTIONS["gate"] = False` switches the queue off; only the tests that prove its use do so.
    """

    features_class = DatabaseFeatures
    gate: Gate | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Return the parameters of `sqlite3.connect`, without our own option."""
        params: dict[str, Any] = super().get_connection_params()
        self._is_gated = params.pop("gate", True) and not self.is_in_memory_db()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, and stand ready at the gate of this database file."""
        connection = super().get_new_connection(conn_params)
        if self._is_gated:
            patience_s = float(conn_params.get("timeout", 5))
            self.gate = Gate(Path(conn_params["database"]).resolve(), patience_s=patience_s)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that knows the gate."""
        cursor = self.connection.cursor(factory=GatedCursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def own_turn(self, query: str) -> Iterator[None]:
        """Hold the gate for one statement, unless it only reads or a transaction holds it."""
        gate = self.gate
        is_read = query.lstrip()[:7].upper().startswith(READING_WORDS)
        if gate is None or gate.held or is_read:
            yield
            return
        self._take(gate)
        try:
            yield
        finally:
            gate.release()

    def _take(self, gate: Gate) -> None:
        try:
            gate.take()
        except GateShut:
            # The words SQLite itself uses, so that callers need to know one refusal only.
            raise OperationalError("database is locked") from None

    def _start_transaction_under_autocommit(self) -> None:
        gate = self.gate
        if gate is None or gate.held:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        self._take(gate)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            gate.release()
            raise

    def _commit(self) -> None:
        # A refused commit (a deferred foreign key) leaves the transaction open: Django rolls it
        # back next, and only then may others write.
        super()._commit()  # type: ignore[misc]
        if self.gate is not None:
            self.gate.release()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            if self.gate is not None:
                self.gate.release()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.gate is not None:
                self.gate.close()
                self.gate = None
