"""Rules of outreach: values in, values out."""

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
    "Alike",
    "Asked",
    "alike",
    "content_of",
    "default_end",
    "holds_a_number",
    "is_year_of_wishes",
    "said",
    "told",
]
