"""What does not belong into a repository: hosts, places of one machine, left-overs."""

import csv
import hashlib
import re

import pytest
from source_tree import ROOT, text_of, tracked_files

ME = "tests/architecture/test_the_repository_is_clean.py"
UNWANTED = {
    "host of a package registry": re.compile(
        r"(?:pypi|pythonhosted|npmjs|yarnpkg|debian|launchpad)\.(?:org|com|net)\b", re.IGNORECASE
    ),
    "address of an index": re.compile(r"--(?:extra-)?index-url|--find-links|\bregistry\s*="),
    "place of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|opt/pypi)/"),
    "left-over": re.compile(r"(?:#|//|/\*|<!--|\{#)\s*(?:TODO|FIXME|XXX|HACK)\b"),
    "conflict": re.compile(r"^(?:<{7}|>{7})\s", re.MULTILINE),
}


def unwanted_in(text):
    return [what for what, pattern in UNWANTED.items() if pattern.search(text)]


def test_no_tracked_file_holds_what_belongs_to_one_machine():
    files = [path for path in tracked_files() if path.relative_to(ROOT).as_posix() != ME]
    found = [
        f"{path.relative_to(ROOT)}: {what}" for path in files for what in unwanted_in(text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://pypi.org/project/x",
        "pip install --index-url http://x",
        'open("/root/x")',
        "# TODO: later",
        "<<<<<<< ours",
    ],
)
def test_what_is_unwanted_is_found(text):
    assert unwanted_in(text) != []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_package_of_a_lock_has_its_hashes(name):
    lock = (ROOT / f"requirements/{name}.txt").read_text()
    pins = re.findall(r"^([\w.-]+)==[^\n]*(?:\\\n[^\n]*)*", lock, re.MULTILINE)
    hashed = re.findall(r"^([\w.-]+)==[^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)

    assert pins == hashed
    assert len(pins) > 20


def test_the_lock_of_developers_holds_what_running_needs():
    def pins(name):
        lock = (ROOT / f"requirements/{name}.txt").read_text()
        return set(re.findall(r"^([\w.-]+==\S+)", lock, re.MULTILINE))

    assert pins("run") - pins("dev") == set()


def test_every_table_of_data_names_its_source_and_checksum():
    told = (ROOT / "data/README.md").read_text(encoding="utf-8")
    chapters = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL))
    tables = sorted((ROOT / "data").glob("*.csv"))

    assert sorted(chapters) == [path.name for path in tables]
    for path in tables:
        chapter = chapters[path.name]
        assert hashlib.sha256(path.read_bytes()).hexdigest() in chapter, path.name
        assert all(f"- {word}:" in chapter for word in ("Source", "Licence", "Date")), path.name


def test_every_table_of_data_has_a_heading_and_full_rows():
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)

        assert len(set(heading)) == len(heading), path.name
        assert {len(row) for row in rows} == {len(heading)}, path.name


def test_ci_and_makefile_run_the_same_tests():
    script = (ROOT / ".ci/run").read_text()

    assert script.startswith("#!/bin/bash")
    assert "make test" in script
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
