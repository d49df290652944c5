"""Addresses that leave the browser: printed on paper, sent in a message, put into a QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest


def lasting(request: HttpRequest, name: str, *args: object) -> str:
    """Return the whole address of a page as strangers will open it.

    `JEMBOL_ADDRESS` decides, so that a paper printed from a machine in the office names the city's
    address and not that machine; without it the host of the request stands in.
    """
    link = reverse(name, args=args)
    return f"{settings.ADDRESS}{link}" if settings.ADDRESS else request.build_absolute_uri(link)
