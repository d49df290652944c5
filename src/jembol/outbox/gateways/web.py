"""One POST to the one address that the settings name: nothing is followed, nothing is guessed."""

import http.client
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from jembol.outbox.errors import NotAccepted
from jembol.outbox.gateways.letter import GatewayTrouble

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
LONGEST_ANSWER: Final = 64 * 1024
TRY_LATER: Final = frozenset({408, 409, 425, 429})
"""Answers below 500 after which a later attempt may succeed."""


def is_safe(url: str) -> bool:
    """Whether a key may be sent there: HTTPS, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Any:
    """Send the body and return the answer, read as JSON; None when it is no JSON.

    The address comes from the settings alone, and a redirect is not followed: a gateway cannot
    send this server anywhere else.

    Raises:
        GatewayTrouble: no answer in time, or one that says to try later.
        NotAccepted: the gateway refuses for good.
    """
    parts = urlsplit(url)
    connection = _connection(parts)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST", target, body=body, headers=dict(headers))
        answer = connection.getresponse()
        said = answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as problem:
        # The words of the problem may hold the address, and with it a key: its kind is enough.
        raise GatewayTrouble(f"no answer ({type(problem).__name__})") from None
    finally:
        connection.close()
    _judge(answer.status)
    try:
        return json.loads(said)
    except ValueError:
        return None


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=settings.GATEWAY_SECONDS)


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status >= 500 or status in TRY_LATER:
        raise GatewayTrouble(f"answer {status}")
    raise NotAccepted(
        _("The gateway refused the message (answer %(status)s). Check the key and the number.")
        % {"status": status},
        status=status,
    )
