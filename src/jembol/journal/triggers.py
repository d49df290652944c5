"""Triggers that make facts append-only, in the words of each database.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration must
run `install` again at its end (a test finds a missing trigger).
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = (
    "id",
    "stream",
    "seq",
    "at",
    "event",
    "by_kind",
    "by_id",
    "by_label",
    "door",
    "about_kind",
    "about_id",
    "area_key",
    "person_id",
    "why",
    "details_digest",
    "previous_hash",
    "hash",
)
"""Columns of a fact that nobody may change; `details` and `salt` may become NULL, nothing else."""

NAMES = (
    "journal_fact_is_never_deleted",
    "journal_fact_is_never_changed",
    "journal_fact_is_never_replaced",
    "journal_chain_only_grows",
    "journal_chain_is_never_deleted",
)

_SAME_ON_SQLITE = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
_SQLITE = (
    """CREATE TRIGGER journal_fact_is_never_deleted BEFORE DELETE ON journal_fact
    BEGIN SELECT RAISE(ABORT, 'journal facts are append-only'); END""",
    f"""CREATE TRIGGER journal_fact_is_never_changed BEFORE UPDATE ON journal_fact
    WHEN NOT (NEW.details IS NULL AND NEW.salt IS NULL AND {_SAME_ON_SQLITE})
    BEGIN SELECT RAISE(ABORT, 'journal facts are append-only'); END""",
    # INSERT OR REPLACE removes the old row without firing the trigger on DELETE.
    """CREATE TRIGGER journal_fact_is_never_replaced BEFORE INSERT ON journal_fact
    WHEN EXISTS (SELECT 1 FROM journal_fact WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM journal_fact WHERE stream = NEW.stream AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'journal facts are append-only'); END""",
    """CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain
    WHEN NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq
    BEGIN SELECT RAISE(ABORT, 'the head of a chain only grows'); END""",
    """CREATE TRIGGER journal_chain_is_never_deleted BEFORE DELETE ON journal_chain
    BEGIN SELECT RAISE(ABORT, 'the head of a chain only grows'); END""",
)

_ROW = ", ".join('{row}."' + name + '"' for name in KEPT)
_SAME_ON_POSTGRESQL = (
    f"ROW({_ROW.format(row='NEW')}) IS NOT DISTINCT FROM ROW({_ROW.format(row='OLD')})"
)
_POSTGRESQL = (
    """CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER journal_fact_is_never_deleted BEFORE DELETE ON journal_fact
    FOR EACH ROW EXECUTE FUNCTION journal_refuse('journal facts are append-only')""",
    f"""CREATE TRIGGER journal_fact_is_never_changed BEFORE UPDATE ON journal_fact FOR EACH ROW
    WHEN (NOT (NEW.details IS NULL AND NEW.salt IS NULL AND {_SAME_ON_POSTGRESQL}))
    EXECUTE FUNCTION journal_refuse('journal facts are append-only')""",
    """CREATE TRIGGER journal_fact_is_never_replaced BEFORE TRUNCATE ON journal_fact
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse('journal facts are append-only')""",
    """CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain FOR EACH ROW
    WHEN (NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq)
    EXECUTE FUNCTION journal_refuse('the head of a chain only grows')""",
    """CREATE TRIGGER journal_chain_is_never_deleted BEFORE DELETE ON journal_chain
    FOR EACH ROW EXECUTE FUNCTION journal_refuse('the head of a chain only grows')""",
)


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers that are missing no matter what was there before."""
    remove(_apps, schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        schema_editor.execute(statement, params=None)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in NAMES:
        table = "journal_chain" if "chain" in name else "journal_fact"
        place = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{place}", params=None)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS journal_refuse()", params=None)
