"""import-linter keeps the layers: the code passes, and a planted breach of each one fails."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from source_tree import ROOT, SOURCES

# For each contract: a new module, what it imports, and the words by which the breach is reported.
BREACHES = {
    "The natural way: each package knows only those below it": (
        "places/planted_upward.py",
        "from jembol.registry import models",
        "jembol.places.planted_upward -> jembol.registry.models",
    ),
    "Inside a domain package": (
        "training/errors.py",
        "from jembol.training import models",
        "jembol.training.errors -> jembol.training.models",
    ),
    "Only interfaces and other actions may act": (
        "reporting/planted_act.py",
        "from jembol.registry import actions",
        "jembol.reporting.planted_act -> jembol.registry.actions",
    ),
    "The value types and the mathematics know no framework": (
        "kit/planted_framework.py",
        "import django",
        "jembol.kit.planted_framework -> django",
    ),
    "Rules are values in, values out": (
        "accounts/rules.py",
        "from jembol.accounts import models",
        "jembol.accounts.rules -> jembol.accounts.models",
    ),
    "Domain packages know no interface library": (
        "registry/planted_page.py",
        "import django_htmx",
        "jembol.registry.planted_page -> django_htmx",
    ),
    "The page kit knows no domain": (
        "ui/planted_domain.py",
        "from jembol.training import models",
        "jembol.ui.planted_domain -> jembol.training.models",
    ),
    "No rings": (
        "kit/money.py",
        "from jembol.kit import planted_ring",
        ".planted_ring -> .money",
    ),
}
EXHAUSTIVE = "The natural way: each package knows only those below it"


def contracts():
    with (ROOT / "pyproject.toml").open("rb") as file:
        return [one["name"] for one in tomllib.load(file)["tool"]["importlinter"]["contracts"]]


def lint(sources):
    """Run import-linter on a tree and return its exit code and what it says."""
    words = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    done = subprocess.run(
        [*words, "--config", ROOT / "pyproject.toml"],
        cwd=sources,
        env={**os.environ, "PYTHONPATH": str(sources), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the code, in which a test may plant what it likes."""
    shutil.copytree(
        SOURCES / "jembol", tmp_path / "jembol", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def plant(copy, path, line):
    file = copy / "jembol" / path
    before = file.read_text() if file.exists() else '"""Planted."""\n'
    file.write_text(f"{before}\n{line}\n")


def chapter(report, contract):
    """What the report says about one broken contract."""
    detailed = report.split("Broken contracts", 1)[1]
    lines = re.split(rf"(?m)^{re.escape(contract)}$", detailed, maxsplit=1)[1].splitlines()
    headings = set(contracts())
    until = next((at for at, line in enumerate(lines) if line in headings), len(lines))
    return "\n".join(lines[:until])


def test_the_code_keeps_every_contract():
    code, report = lint(SOURCES)

    assert code == 0, report
    assert report.count(" KEPT") == len(contracts())


def test_a_planted_breach_of_each_contract_is_caught(copy):
    for path, line, _told in BREACHES.values():
        plant(copy, path, line)
    plant(copy, "kit/planted_ring.py", "from jembol.kit import money")

    code, report = lint(copy)

    assert code == 1
    assert set(BREACHES) == set(contracts()), "a contract has no planted breach"
    untold = [
        name for name, (*_plant, told) in BREACHES.items() if told not in chapter(report, name)
    ]
    assert untold == [], report


def test_a_new_package_must_be_given_its_place(copy):
    (copy / "jembol/planted").mkdir()
    plant(copy, "planted/__init__.py", "")

    code, report = lint(copy)

    assert code == 1
    assert "planted" in chapter(report, EXHAUSTIVE)
