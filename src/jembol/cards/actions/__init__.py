"""The verbs of cards."""

from jembol.cards.actions.cards import issue_card, revoke_card
from jembol.cards.actions.keys import distrust_key, ensure_key, rotate_keys

__all__ = (
    "distrust_key",
    "ensure_key",
    "issue_card",
    "revoke_card",
    "rotate_keys",
)
