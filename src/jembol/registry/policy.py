"""What a city lets the linkage do by itself, and the bounds of that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LOWEST: Final = 0.5
HIGHEST: Final = 1.0

FEWEST_SAMPLES: Final = 20
"""Merges of a bulk accept that a second officer sees at least."""

UNDO_DAYS: Final = 30
"""Days during which a bulk accept can be taken back as a whole."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds of one city; the defaults hold until somebody sets others.

    Attributes:
        merge_above: Probability from which pairs may be accepted together.
        ask_above: Probability from which a pair is asked about.
        audit_share: Share of a bulk accept that a second officer sees.
        changed_at: When they were set; None for the defaults.
    """

    merge_above: float = 0.995
    ask_above: float = 0.5
    audit_share: float = 0.05
    changed_at: datetime | None = None
