"""Who writes a row tells it to the journal, in the action itself or in one that it calls."""

import ast
from dataclasses import dataclass, field

from source_tree import Module, modules
from test_only_actions_write import OWN_ROWS, is_write, is_writing_sql

RECORDS = {"jembol.journal.record.record", "jembol.journal.record.record_many"}


@dataclass
class Function:
    """One function: what it calls by full name, and whether it writes by itself."""

    name: str
    module: Module
    node: ast.FunctionDef
    calls: set = field(default_factory=set)
    writes: bool = False


def imports_of(module):
    """Local name -> full name of everything that the module imports."""
    known = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name] = alias.name
    return known


def functions_of(module):
    known = imports_of(module)
    top = [node for node in module.tree.body if isinstance(node, ast.FunctionDef)]
    local = {node.name: f"{module.name}.{node.name}" for node in top}
    for node in top:
        function = Function(local[node.name], module, node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                function.writes |= is_write(inner) or is_writing_sql(inner)
            if isinstance(inner, ast.Name):
                function.calls.add(local.get(inner.id) or known.get(inner.id))
            if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                function.calls.add(f"{known.get(inner.value.id)}.{inner.attr}")
        yield function


class CallGraph:
    """Which function reaches which, over all modules, re-exports of `actions` included."""

    def __init__(self, every):
        self.functions = {one.name: one for module in every for one in functions_of(module)}
        self.exports = {
            f"{module.name}.{local}": full
            for module in every
            if module.name.endswith(".actions")
            for local, full in imports_of(module).items()
        }

    def reached_from(self, name):
        """Yield this name and everything called below it."""
        seen, waiting = set(), [name]
        while waiting:
            one = waiting.pop()
            one = self.exports.get(one, one)
            if one in seen or one is None:
                continue
            seen.add(one)
            if one in self.functions:
                waiting.extend(self.functions[one].calls)
        return seen

    def writes(self, name):
        reached = (self.functions.get(one) for one in self.reached_from(name))
        return any(one is not None and one.writes for one in reached)

    def records(self, name):
        return bool(RECORDS & self.reached_from(name))


def public_actions(graph):
    return [
        function
        for function in graph.functions.values()
        if function.module.is_action
        and function.module.package not in OWN_ROWS
        and not function.node.name.startswith("_")
    ]


def silent_actions(every):
    """Public functions of actions that write and leave the journal without a fact."""
    graph = CallGraph(every)
    verbs = public_actions(graph)
    told = set().union(*(graph.reached_from(one.name) for one in verbs if graph.records(one.name)))
    exported = set(graph.exports.values())
    return [
        f"{one.module.place(one.node)} {one.node.name}"
        for one in verbs
        if graph.writes(one.name)
        and not graph.records(one.name)
        # A part that is no verb by itself is told by the action that uses it.
        and (one.name in exported or one.name not in told)
    ]


def test_every_action_that_writes_tells_the_journal():
    assert silent_actions(modules()) == []


def test_the_verbs_are_found_at_all():
    graph = CallGraph(modules())
    verbs = {one.name for one in public_actions(graph) if graph.writes(one.name)}

    assert {"jembol.accounts.actions.appoint", "jembol.places.actions.open_city"} <= verbs
    assert all(graph.records(name) for name in ("jembol.accounts.actions.appoint",))


def test_an_action_that_says_nothing_is_found():
    planted = Module(
        "jembol.training.actions.planted",
        "def rename(*, course, name, by):\n    _keep(course)\n\n\n"
        "def _keep(course):\n    course.save()\n",
    )

    assert silent_actions((planted,)) == ["planted.py:1 rename"]


def test_an_action_that_journals_two_calls_deeper_passes():
    planted = Module(
        "jembol.training.actions.planted",
        "from jembol.journal.record import record\n"
        "def rename(*, course, by):\n    course.save()\n    _tell(course)\n"
        "def _tell(course):\n    record('x', about=course)\n",
    )

    assert silent_actions((planted,)) == []


def test_every_action_is_told_its_actor_by_name_and_at_most_its_rows_by_place():
    graph = CallGraph(modules())
    loose = [
        one.name
        for one in public_actions(graph)
        if graph.writes(one.name)
        and graph.records(one.name)
        and one.name in set(graph.exports.values())
        and (
            len(one.node.args.args) > 1 or "by" not in {arg.arg for arg in one.node.args.kwonlyargs}
        )
    ]

    assert loose == []
