"""The secret link in a message: made from its key, found by a digest, stored nowhere."""

import base64
from typing import Final
from urllib.parse import quote

from django.conf import settings

from jembol.outbox.models import Message
from jembol.vault.sealing import digest

MARK: Final = "{tautan}"
"""Where a stored text has the link; it is put in when the message leaves."""

_BYTES: Final = 10
"""80 bits: nobody guesses one, and an SMS still has room for words."""


def token_of(message_id: str) -> str:
    """Return the secret of a message's link."""
    secret = bytes.fromhex(digest("outbox.link.secret", message_id))[:_BYTES]
    return base64.b32encode(secret).decode().lower()


def digest_of_token(token: str) -> str:
    """Return what is stored of a link's secret."""
    return digest("outbox.link", token)


def link_of(message_id: str) -> str:
    """Return the address in a message, which leads to the page about it."""
    return f"{settings.PUBLIC_ADDRESS}/pesan/{token_of(message_id)}/"


def text_of(message: Message) -> str:
    """Return the text as the recipient gets it."""
    return message.body.replace(MARK, link_of(message.pk))


def message_behind(token: str) -> Message | None:
    """Return the message whose link this is."""
    return Message.objects.filter(link_digest=digest_of_token(token)).first()


def whatsapp_link(number: str, text: str) -> str:
    """Return the address that opens WhatsApp with a text to this number.

    Args:
        number: In E.164 form.
        text: What is filled in.
    """
    return f"https://wa.me/{number.removeprefix('+')}?text={quote(text, safe='')}"
