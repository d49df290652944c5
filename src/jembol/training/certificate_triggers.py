"""Triggers that keep certificates as they were issued, in the words of each database.

A certificate is never deleted, and nothing of it changes but that it is revoked, once. SQLite drops
a table's triggers when a later migration rebuilds the table: such a migration must run `install`
again at its end (a test finds a missing trigger).
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "training_certificate"
KEPT = (
    "id", "code", "city_id", "year", "number", "written_number", "training_class_id",
    "registration_id", "batch_id", "replaces_id", "name", "folded", "title", "days", "minutes",
    "issued_on", "template_id", "frozen", "digest", "at",
)  # fmt: skip
NAMES = ("certificate_is_never_deleted", "certificate_is_never_changed")
_WORDS = "a certificate is revoked, never deleted or changed"

_SAME_ON_SQLITE = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
_SQLITE = (
    f"""CREATE TRIGGER certificate_is_never_deleted BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
    f"""CREATE TRIGGER certificate_is_never_changed BEFORE UPDATE ON {TABLE}
    WHEN NOT (OLD.revoked_at IS NULL AND {_SAME_ON_SQLITE})
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END""",
)

_ROW = ", ".join('{row}."' + name + '"' for name in KEPT)
_SAME_ON_POSTGRESQL = (
    f"ROW({_ROW.format(row='NEW')}) IS NOT DISTINCT FROM ROW({_ROW.format(row='OLD')})"
)
_POSTGRESQL = (
    f"""CREATE FUNCTION certificate_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE TRIGGER certificate_is_never_deleted BEFORE DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION certificate_refuse()""",
    f"""CREATE TRIGGER certificate_is_never_changed BEFORE UPDATE ON {TABLE} FOR EACH ROW
    WHEN (NOT (OLD.revoked_at IS NULL AND {_SAME_ON_POSTGRESQL}))
    EXECUTE FUNCTION certificate_refuse()""",
)


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, whatever was there before."""
    remove(_apps, schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        schema_editor.execute(statement, params=None)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    place = f" ON {TABLE}" if is_postgresql else ""
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{place}", params=None)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS certificate_refuse()", params=None)
