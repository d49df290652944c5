"""Work of training in the background, by name; `tasks` does it."""

from typing import Final

from jembol.outbox.tasks import Order

ISSUE: Final = Order("training.certificates")
BUNDLE: Final = Order("training.certificate_bundle")
PACK: Final = Order("training.pack")
SETTLE: Final = Order("training.settle")
"""Offers of a class that ran out end, and freed seats are offered to whose turn it is."""
