"""What import-linter cannot see: hidden imports, parts of Django, and names that say nothing."""

import ast

import pytest
from source_tree import Module, modules

GROUND = {"kit", "methods", "vault", "journal", "files", "outbox", "sync"}
DOMAIN = {
    "places", "papers", "calendars", "accounts", "registry", "cards", "training", "outreach",
    "intake", "reporting",
}  # fmt: skip
INTERFACES = {"desk", "field", "public", "console", "ui", "config"}
FORBIDDEN_PARTS = {
    "rules": ("django.db", "django.http", "django.contrib", "django.conf"),
    "domain": ("django.shortcuts", "django.forms", "django.http", "django.template", "django.urls"),
}
SAYING_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
SAYING_NOTHING |= {"service", "services", "base", "tools", "stuff"}
# allauth calls the adapter with the request of a page.
BRIDGES = {"jembol.accounts.adapter"}
# Django asks for a module of this name in every database backend.
NAMED_BY_DJANGO = {"jembol.config.sqlite_gate.base"}


def imported_by(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def hidden_imports(module):
    """First-party imports inside a function: rings that nobody sees."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        module.place(inner)
        for function in ast.walk(module.tree)
        if isinstance(function, functions)
        for inner in ast.walk(function)
        if any(name.split(".")[0] == "jembol" for name in imported_by(inner))
    ]


def forbidden_parts(module):
    """Parts of Django that the place of the module forbids."""
    parts = ()
    if module.name.split(".")[2:3] == ["rules"]:
        parts += FORBIDDEN_PARTS["rules"]
    if module.package in DOMAIN | GROUND and module.name not in BRIDGES:
        parts += FORBIDDEN_PARTS["domain"]
    return [
        f"{module.place(node)} {name}"
        for node in ast.walk(module.tree)
        for name in imported_by(node)
        if any(name == part or name.startswith(f"{part}.") for part in parts)
    ]


def test_no_first_party_import_hides_in_a_function():
    assert [place for module in modules() for place in hidden_imports(module)] == []


def test_a_hidden_import_is_found():
    planted = Module("jembol.kit.x", "def f():\n    from jembol.kit import nik\n    return nik\n")

    assert hidden_imports(planted) == ["planted.py:2"]


def test_domain_packages_know_no_page_and_rules_no_database():
    assert [found for module in modules() for found in forbidden_parts(module)] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("jembol.training.rules", "from django.db import models"),
        ("jembol.training.queries", "from django.shortcuts import redirect"),
        ("jembol.registry.actions.people", "from django import forms"),
        ("jembol.places.models", "import django.urls"),
    ],
)
def test_a_forbidden_part_of_django_is_found(name, line):
    assert forbidden_parts(Module(name, line)) != []


def test_every_package_of_the_code_is_known_here():
    packages = {module.package for module in modules()} - {""}

    assert packages == GROUND | DOMAIN | INTERFACES


def test_every_module_is_named_after_what_it_holds():
    vague = [
        module.name
        for module in modules()
        if SAYING_NOTHING & set(module.name.split(".")) and module.name not in NAMED_BY_DJANGO
    ]

    assert vague == []
