"""Rows are written by actions, by the ground packages about themselves, and by nobody else."""

import ast
import re

import pytest
from source_tree import Module, calls_in, modules

WRITES = {
    *("save", "create", "bulk_create", "bulk_update", "delete"),
    *("get_or_create", "update_or_create", "acreate", "asave", "adelete"),
}
# The journal, the queue, the shelf and the phones' door keep their own rows, and so does the
# import's machine: what an envelope changes is told by the action of its kind.
OWN_ROWS = {"journal", "outbox", "files", "intake", "sync"}
WRITING_SQL = re.compile(r"\s*(insert|update|delete|replace|truncate)\b", re.IGNORECASE)


def is_write(call):
    """Whether a call writes rows: `.save()`, or `.update(field=…)`, which no dict or hash has."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        return bool(call.keywords) and not call.args
    return call.func.attr in WRITES


def is_writing_sql(call):
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"execute", "executemany"}:
        return False
    first = call.args[0] if call.args else None
    parts = first.values if isinstance(first, ast.JoinedStr) else [first]
    text = parts[0].value if parts and isinstance(parts[0], ast.Constant) else ""
    return isinstance(text, str) and WRITING_SQL.match(text) is not None


def writes_in(module):
    return [
        module.place(call)
        for call in calls_in(module.tree)
        if is_write(call) or is_writing_sql(call)
    ]


def may_write(module):
    return module.is_action or module.package in OWN_ROWS


def test_nobody_but_actions_writes():
    found = [place for module in modules() if not may_write(module) for place in writes_in(module)]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "person.save()",
        "Person.objects.create(name=name)",
        "Person.objects.filter(pk=1).update(name=name)",
        "Person.objects.all().delete()",
        "cursor.execute('UPDATE registry_person SET name = 1')",
        "cursor.execute(f'delete from {table}')",
    ],
)
def test_a_write_outside_actions_is_found(line):
    planted = Module("jembol.desk.registry", line)

    assert not may_write(planted)
    assert writes_in(planted) == ["planted.py:1"]


@pytest.mark.parametrize(
    "line", ["digest.update(b'x')", "known.update(more)", "query.execute('PRAGMA x')"]
)
def test_what_writes_no_row_is_left_alone(line):
    assert writes_in(Module("jembol.desk.registry", line)) == []


def test_actions_are_where_the_writes_are():
    assert sum(len(writes_in(module)) for module in modules() if module.is_action) > 20
