"""A file that grows past its budget holds two subjects: split it by noun."""

import pytest
from source_tree import JEMBOL, ROOT, tracked_files

BUDGETS = {".py": 500, ".html": 120, ".js": 200}


def too_long(paths):
    return [
        f"{path.relative_to(ROOT)}: {lines} of {BUDGETS[path.suffix]} lines"
        for path in paths
        if path.suffix in BUDGETS
        and "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > BUDGETS[path.suffix]
    ]


def test_no_file_is_over_its_budget():
    assert too_long(tracked_files()) == []


@pytest.mark.parametrize("ending", sorted(BUDGETS))
def test_a_file_one_line_over_is_found(ending, tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    full, over = tmp_path / f"full{ending}", tmp_path / f"over{ending}"
    full.write_text("x\n" * BUDGETS[ending])
    over.write_text("x\n" * (BUDGETS[ending] + 1))

    assert too_long([full, over]) == [
        f"over{ending}: {BUDGETS[ending] + 1} of {BUDGETS[ending]} lines"
    ]


def test_the_budget_looks_at_the_product():
    assert JEMBOL / "config/settings.py" in tracked_files()
