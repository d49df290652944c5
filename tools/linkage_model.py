"""Writes `static/field/linkage-model.json`, by which the field app compares people.

Run `python tools/linkage_model.py` after a change of the rules or the shipped weights; `--check`
only says whether the file is stale.
"""

import importlib
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jembol.config.settings")


def main(words: list[str]) -> int:
    """Write or check the file."""
    django.setup()
    linkage_model = importlib.import_module("jembol.field.linkage_model")
    told = linkage_model.text()
    is_same = linkage_model.FILE.exists() and linkage_model.FILE.read_text("utf-8") == told
    if "--check" in words:
        if not is_same:
            print("linkage-model.json is stale: run python tools/linkage_model.py")
        return int(not is_same)
    linkage_model.FILE.write_text(told, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
