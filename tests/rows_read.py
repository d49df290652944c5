"""How many rows the database hands over, by the table that was asked."""

from collections import Counter
from contextlib import ExitStack

from django.db import connection


class RowsRead:
    """Counts rows while it is open: each SELECT is asked a second time, for its number alone."""

    def __init__(self):
        self.rows, self._open = Counter(), ExitStack()

    def __enter__(self):
        self._open.enter_context(connection.execute_wrapper(self._count))
        return self

    def __exit__(self, *_error):
        self._open.close()

    def _count(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT") and ' FROM "' in sql and "FOR UPDATE" not in sql:
            table = sql.split(' FROM "', 1)[1].split('"', 1)[0]
            # The bare cursor of the driver, so that the question is not counted itself.
            with connection.cursor() as other:
                plain = other.cursor
                plain.execute(f"SELECT COUNT(*) FROM ({sql}) AS asked", params)
                self.rows[table] += plain.fetchone()[0]
        return answer
