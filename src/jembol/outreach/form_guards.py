"""Triggers that keep versions of forms as they were, in the words of each database.

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration must
run `install` again at its end (a test finds a missing trigger).
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = "outreach_formversion"
NAMES: Final = ("form_version_is_never_changed", "form_version_is_never_deleted")
_WORDS: Final = "a version of a form is never changed"
_EVENTS: Final = ("UPDATE", "DELETE")


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, whatever was there before."""
    remove(_apps, schema_editor)
    act = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""CREATE FUNCTION form_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation';
            END $$""",
            params=None,
        )
        act = "FOR EACH ROW EXECUTE FUNCTION form_version_refuse()"
    for name, event in zip(NAMES, _EVENTS, strict=True):
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} {act}", params=None)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    place = f" ON {TABLE}" if is_postgresql else ""
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{place}", params=None)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS form_version_refuse()", params=None)
