"""The verbs of cards."""

from jembol.cards.actions.cards import issue_card, revoke_card
from jembol.cards.actions.keys import Signer, distrust_key, rotate_keys, signer_for

__all__ = (
    "Signer",
    "distrust_key",
    "issue_card",
    "revoke_card",
    "rotate_keys",
    "signer_for",
)
