"""What this browser signed up before: only to it may be said that somebody is on the list already.

The cookie holds keyed digests and nothing that can be read; who finds the device learns nothing,
and who types another person's name and number is told the same whether that person signed up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

from jembol.registry.rules import folded_name, phone_number
from jembol.vault.sealing import digest

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE: Final = "daftar"
KEPT: Final = 20
KEPT_SECONDS: Final = 180 * 24 * 3600
_SIGNS: Final = 16


def word_of(class_id: str, name: str, phone: str) -> str:
    """Return the word for one sign-up, by which only this deployment knows it again.

    Raises:
        PhoneUnreadable: the text is no telephone number.
    """
    told = (class_id, folded_name(name), phone_number(phone))
    return digest("public.sign_up", "\x1f".join(told))[:_SIGNS]


def is_own(request: HttpRequest, word: str) -> bool:
    """Whether this browser sent the same sign-up before."""
    return word in _words(request)


def remember(request: HttpRequest, response: HttpResponse, word: str) -> None:
    """Let this browser know the sign-up again."""
    words = [*(one for one in _words(request) if one != word), word][-KEPT:]
    response.set_signed_cookie(
        COOKIE,
        ".".join(words),
        max_age=KEPT_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _words(request: HttpRequest) -> list[str]:
    told = request.get_signed_cookie(COOKIE, default="", max_age=KEPT_SECONDS)
    return told.split(".") if told else []
