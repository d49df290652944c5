"""WhatsApp Business in the shape of its Cloud API.

A business may begin a conversation only with a template that was approved there; the template's
one parameter takes our text. Without a template the text goes as it is, which is allowed only
within 24 hours of the person's own message.
"""

import json
import re
from typing import Any

from django.conf import settings

from jembol.outbox.gateways.letter import Letter
from jembol.outbox.gateways.web import post


def send(letter: Letter) -> str:
    """Hand one message to WhatsApp; return its key there.

    Raises:
        GatewayTrouble: it may work later.
        NotAccepted: it never will.
    """
    said = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": letter.to.removeprefix("+"),
        "biz_opaque_callback_data": letter.id,
        **_content(letter.text),
    }
    headers = {
        "Authorization": f"Bearer {settings.WHATSAPP_KEY}",
        "Content-Type": "application/json",
        "Idempotency-Key": letter.id,
    }
    return _key_in(post(settings.WHATSAPP_URL, json.dumps(said).encode(), headers))


def _content(text: str) -> dict[str, object]:
    if not settings.WHATSAPP_TEMPLATE:
        return {"type": "text", "text": {"preview_url": False, "body": text}}
    # A parameter takes no line breaks and no runs of blanks.
    parameter = {"type": "text", "text": re.sub(r"\s+", " ", text)}
    template = {
        "name": settings.WHATSAPP_TEMPLATE,
        "language": {"code": "id"},
        "components": [{"type": "body", "parameters": [parameter]}],
    }
    return {"type": "template", "template": template}


def _key_in(answer: Any) -> str:
    try:
        return str(answer["messages"][0]["id"])[:200]
    except (TypeError, KeyError, IndexError):
        return ""
