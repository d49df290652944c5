"""Rules of outreach: values in, values out."""

from jembol.outreach.rules.need import (
    PARTS,
    Part,
    Weighing,
    Weight,
)
from jembol.outreach.rules.wishes import (
    FEWEST_TOLD,
    MOST_OPEN,
    MOST_PEOPLE,
    NEAR_M,
    Alike,
    Asked,
    alike,
    content_of,
    default_end,
    holds_a_number,
    is_year_of_wishes,
    said,
    told,
)

__all__ = [
    "FEWEST_TOLD",
    "MOST_OPEN",
    "MOST_PEOPLE",
    "NEAR_M",
    "PARTS",
    "Alike",
    "Asked",
    "Part",
    "Weighing",
    "Weight",
    "alike",
    "content_of",
    "default_end",
    "holds_a_number",
    "is_year_of_wishes",
    "said",
    "told",
]
