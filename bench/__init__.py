"""Benchmarks: the product's own code at the size of a city, on SQLite and on PostgreSQL.

`python -m bench` runs all of them, `python -m bench NAME …` some; docs/benchmarks.md has the
figures. Nothing here is a test, and no test asserts a time.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The tests own the temporary PostgreSQL, the child processes, the fifty writers and Chromium.
for folder in (ROOT / "tests", ROOT / "tests" / "server", ROOT / "tests" / "browser"):
    sys.path.insert(0, str(folder))
