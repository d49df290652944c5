"""Names of the facts that cards write into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEY_MADE: Final = "cards.key.made"
KEY_DISTRUSTED: Final = "cards.key.distrusted"
CARD_ISSUED: Final = "cards.card.issued"
CARD_REVOKED: Final = "cards.card.revoked"

PHRASES: Final[dict[str, str | Promise]] = {
    KEY_MADE: _("Key for signed codes made"),
    KEY_DISTRUSTED: _("Key for signed codes no longer trusted"),
    CARD_ISSUED: _("Citizen card issued"),
    CARD_REVOKED: _("Citizen card revoked"),
}
"""The words of each fact."""
