"""What cards refuse."""

from jembol.kit.refusal import Refusal


class CardStands(Refusal):
    """The person has a card that was not revoked."""

    code = "card-stands"


class CardRevokedBefore(Refusal):
    """The card was revoked before."""

    code = "card-revoked-before"


class UnknownKey(Refusal):
    """No key has this name."""

    code = "unknown-key"
