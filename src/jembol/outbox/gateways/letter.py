"""What a gateway is given, and what it may say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, opened for its way out.

    Attributes:
        id: The key by which the other side knows a repetition.
        to: The number in E.164 form, or an e-mail address.
        subject: For channels that have one.
        text: With the link in it.
        asked_at: When it was asked for, ISO.
    """

    id: str
    to: str
    subject: str
    text: str
    asked_at: str


class GatewayTrouble(Exception):
    """The gateway did not take the message now; later it may."""
