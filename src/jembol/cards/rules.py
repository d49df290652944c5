"""How long keys sign and prove, and how long a card holds; values in, values out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SIGNS: Final = timedelta(days=365)
"""A key signs for a year: whoever steals one later can forge no more than that."""

PROVES: Final = timedelta(days=6 * 365)
"""A key proves for five years more than it signs, as long as a card holds."""

CARD_HOLDS: Final = timedelta(days=5 * 365)
"""As long as a KTP's photograph was once good for; then the card is printed anew."""


@dataclass(frozen=True, slots=True)
class KeyDays:
    """The days of a key, all inclusive."""

    valid_from: date
    signs_until: date
    valid_until: date


def days_of_key(made_on: date) -> KeyDays:
    """Return the days of a key that is made on this day."""
    return KeyDays(made_on, made_on + SIGNS, made_on + PROVES)


def card_until(issued_on: date, key_until: date) -> date:
    """Return the last day of a card; no code outlives the key that proves it."""
    return min(issued_on + CARD_HOLDS, key_until)
