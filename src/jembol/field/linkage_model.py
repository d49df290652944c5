"""What the phone needs to see who is known already, as one static file.

The rules' words, patterns, bounds and weights stand in `methods.linkage`, `registry.link_keys` and
`registry.matching`; the file repeats them for scripts and is made anew by `tools/linkage_model.py`.
Its address carries its digest, so that a page and its tables are of one version.
"""

import json
from pathlib import Path
from typing import Any, Final

from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.portable import plain, portable
from jembol.registry import link_keys, matching, rules

NAME: Final = "field/linkage-model.json"
"""For the template tag `static`."""

FILE: Final = Path(__file__).resolve().parent / "static" / NAME


def model() -> dict[str, Any]:
    """Return all tables by which the phone compares, as plain values."""
    comparer = shipped()
    told = portable(comparer.model, comparer.frequencies)
    bounds: dict[str, Any] = plain(
        {"matching": matching.TABLES | rules.TABLES, "near": link_keys.TABLES}
    )
    return told | bounds


def text() -> str:
    """Return the file as it has to stand, a table on each line."""
    compact = (",", ":")
    lines = (
        f"{json.dumps(name)}:{json.dumps(table, ensure_ascii=False, separators=compact)}"
        for name, table in model().items()
    )
    return "{" + ",\n".join(lines) + "}\n"
