"""Rules of the door: values in, values out."""

from jembol.sync.rules.clocks import (
    FLAGGED_SKEW,
    LONGEST_RUN,
    Corrected,
    Moment,
    corrected,
    has_gap_before,
    in_order_of,
    is_flagged,
    skew_of,
)
from jembol.sync.rules.edits import Joined, Secret, Step, folded, joined

__all__ = [
    "FLAGGED_SKEW",
    "LONGEST_RUN",
    "Corrected",
    "Joined",
    "Moment",
    "Secret",
    "Step",
    "corrected",
    "folded",
    "has_gap_before",
    "in_order_of",
    "is_flagged",
    "joined",
    "skew_of",
]
