"""Migrations say what they do, stand in one line, and cover the models."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from source_tree import JEMBOL

NAME = re.compile(r"(?P<number>\d{4})_(?!auto_)[a-z][a-z0-9_]+")
OURS = {app.label for app in apps.get_app_configs() if app.name.startswith("jembol.")}


def names_by_package():
    found = {}
    for path in sorted(JEMBOL.glob("*/migrations/[0-9]*.py")):
        found.setdefault(path.parent.parent.name, []).append(path.stem)
    return found


@pytest.mark.parametrize("package", sorted(names_by_package()))
def test_migrations_are_numbered_without_gaps_and_named_for_their_effect(package):
    names = names_by_package()[package]
    numbers = [int(match["number"]) for name in names if (match := NAME.fullmatch(name))]

    assert numbers == list(range(1, len(names) + 1)), names


def test_an_unnamed_migration_is_found():
    assert NAME.fullmatch("0002_auto_20261121_0800") is None
    assert NAME.fullmatch("0002_give_venues_a_phone") is not None


def test_every_package_has_one_last_migration():
    graph = MigrationLoader(None).graph
    ends = {label: graph.leaf_nodes(label) for label in OURS}

    assert {label: found for label, found in ends.items() if len(found) > 1} == {}


@pytest.mark.django_db
def test_no_model_lacks_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_only_the_first_migration_of_a_package_is_initial():
    loader = MigrationLoader(None)
    ours = {key: one for key, one in loader.disk_migrations.items() if key[0] in OURS}
    wrong = [key for key, one in ours.items() if one.initial and not key[1].startswith("0001_")]

    assert wrong == []
