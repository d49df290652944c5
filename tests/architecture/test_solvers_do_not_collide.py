"""`highspy` beside OR-Tools ends the process at import: both bring HiGHS (google/or-tools#5246)."""

import re

import pytest
from source_tree import ROOT

LOCKED = re.compile(r"^highspy\b", re.MULTILINE | re.IGNORECASE)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_no_lock_file_names_highspy(path):
    assert not LOCKED.search(path.read_text(encoding="utf-8"))


def test_there_are_locks_and_the_name_would_be_found():
    assert len(LOCKS) >= 3
    assert LOCKED.search("numpy==2.3\nhighspy==1.15.1 \\\n    --hash=sha256:0\n")
