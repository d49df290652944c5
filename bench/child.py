"""One measure in a process of its own, on the database that the environment names."""

import importlib
import json
import sys
from pathlib import Path

import django


def main() -> None:
    """Measure what the first word names, and write the figures where the second word says."""
    module, answer = sys.argv[1:]
    django.setup()
    measured = importlib.import_module(f"bench.{module}").measure()
    Path(answer).write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
