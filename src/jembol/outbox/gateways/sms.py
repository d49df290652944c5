"""SMS by any gateway that takes a form or JSON over HTTP; the settings name its fields."""

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from jembol.outbox.gateways.letter import Letter
from jembol.outbox.gateways.web import post


def send(letter: Letter) -> str:
    """Hand one message to the gateway; return its key there.

    Raises:
        GatewayTrouble: it may work later.
        NotAccepted: it never will.
    """
    values = {
        "to": letter.to,
        "text": letter.text,
        "id": letter.id,
        "key": settings.SMS_KEY,
        "sender": settings.SMS_SENDER,
    }
    # Written as ours=theirs; a field that is not named is not sent.
    fields = {
        theirs: values[ours]
        for ours, _sign, theirs in (pair.partition("=") for pair in settings.SMS_FIELDS)
        if ours in values and theirs and values[ours]
    }
    headers = {"Idempotency-Key": letter.id, "Authorization": f"Bearer {settings.SMS_KEY}"}
    if settings.SMS_FORM:
        body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(fields).encode(), "application/json"
    return _key_in(post(settings.SMS_URL, body, {**headers, "Content-Type": kind}))


def _key_in(answer: Any) -> str:
    if not isinstance(answer, dict):
        return ""
    found = answer.get("id") or answer.get("message_id") or answer.get("messageId") or ""
    return str(found)[:200]
