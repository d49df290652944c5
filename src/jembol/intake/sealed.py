"""What rows and samples hold about people, sealed as JSON."""

from __future__ import annotations

import json
from typing import Any

from jembol.vault.sealing import open_sealed, seal

ROW = "intake.row.body"
BEFORE = "intake.row.before"
SAMPLES = "intake.import.samples"


def seal_json(value: object, context: str) -> bytes:
    """Return the value as sealed JSON."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), context)


def open_json(blob: bytes | memoryview, context: str) -> Any:
    """Return what `seal_json` was given for this context.

    Raises:
        SealBroken: the value was changed, or belongs to another place.
    """
    return json.loads(open_sealed(blob, context))


def of_row(context: str, batch_id: int, table: int, number: int) -> str:
    """Return the context of one row: its bytes cannot be moved to another row."""
    return f"{context}:{batch_id}:{table}:{number}"
