"""The verbs of the door."""

from jembol.sync.actions.receiving import receive
from jembol.sync.actions.releasing import let_in, release_due

__all__ = ("let_in", "receive", "release_due")
