"""Work that training asks for, by name."""

from typing import Final

from jembol.outbox.tasks import Order

SETTLE: Final = Order("training.settle")
"""Offers of a class that ran out end, and freed seats are offered to whose turn it is."""
